import { limits } from "hawser/server";
import { memoryEngine } from "hawser/server/memory";
import { describe, expect, test } from "vitest";
import type { SessionsAnswer } from "../../runtime/admin/answers.ts";
import { until } from "../service/until.ts";
import { ask, changed, open, type Served, serve } from "./stage.ts";

describe("readiness", () => {
  test("is there when this member leads", async () => {
    const { admin } = await serve();
    expect(await ask(admin, "/readyz")).toMatchObject({ status: 200, body: '{"ready":true,"reason":null}\n' });
  });

  test("is not while nobody is known to lead, and comes back", async () => {
    let isLed = true;
    const engine = memoryEngine();
    const { admin } = await serve(
      {},
      { engine: changed(engine, "leadership", () => (isLed ? engine.leadership : { role: "follower" })) },
    );
    isLed = false;
    expect(await ask(admin, "/readyz")).toMatchObject({
      status: 503,
      body: '{"ready":false,"reason":"no leader is known"}\n',
    });
    expect(await ask(admin, "/healthz")).toMatchObject({ status: 200 });
    isLed = true;
    expect(await ask(admin, "/readyz")).toMatchObject({ status: 200 });
  });

  test("is not while much of what is committed is not applied", async () => {
    const engine = memoryEngine();
    let ahead = 0;
    const { server, admin } = await serve(
      {},
      { engine: changed(engine, "committedIndex", () => (engine.committedIndex ?? 0) + ahead) },
    );
    ahead = limits.adminReadyLagEntriesMax + server.appliedIndex - (engine.committedIndex ?? 0);
    expect(await ask(admin, "/readyz")).toMatchObject({ status: 200 });
    ahead += 1;
    expect(await ask(admin, "/readyz")).toMatchObject({
      status: 503,
      body: expect.stringContaining(
        "101 entries of the log are committed and not applied yet; ready with 100 or fewer",
      ),
    });
  });

  test("is not while the server drains", async () => {
    let pass = () => {};
    const gate = new Promise<void>((resolve) => {
      pass = resolve;
    });
    const engine = memoryEngine();
    const slow = changed(engine, "readBarrier", () => () => gate.then(() => engine.readBarrier()));
    const { server, admin } = await serve({}, { engine: slow });
    const stopped = server.stop();
    expect(await ask(admin, "/readyz")).toMatchObject({ status: 503, body: expect.stringContaining("draining") });
    expect(await ask(admin, "/healthz")).toMatchObject({ status: 200, body: '{"phase":"draining"}\n' });
    pass();
    await stopped;
  });
});

describe("/metrics", () => {
  test("is what Prometheus reads", async () => {
    const served = await serve();
    await open(served);
    const { headers, body } = await ask(served.admin, "/metrics");
    expect(headers["content-type"]).toBe("text/plain; version=0.0.4; charset=utf-8");
    expect(body).toContain('hawser_server_sessions{member="a",state="connected"} 1');
  });

  test("says what to do where there is no telemetry", async () => {
    const { admin } = await serve({ telemetry: undefined });
    expect(await ask(admin, "/metrics")).toMatchObject({ status: 404, body: expect.stringContaining("prometheus()") });
    const { body } = await ask(admin, "/api/status");
    expect(JSON.parse(body)).toMatchObject({ samples: null, member: { memberId: "a", role: "leader", leader: "a" } });
  });
});

describe("/api/status", () => {
  test("tells how the member is doing, and its samples", async () => {
    const served = await serve();
    await open(served);
    const { server } = served;
    const status = JSON.parse((await ask(served.admin, "/api/status")).body);
    expect(status).toMatchObject({
      hawserVersion: expect.stringMatching(/^\d+\.\d+\.\d+/),
      member: {
        memberId: "a",
        address: server.address,
        phase: "serving",
        role: "leader",
        leader: "a",
        term: 1,
        appliedIndex: server.appliedIndex,
        committedIndex: server.appliedIndex,
        sessionCount: 1,
      },
      readiness: { ready: true, reason: null },
      samples: { intervalMs: limits.adminSampleIntervalMs, samples: [{ number: 1 }] },
    });
    const { samples } = JSON.parse((await ask(served.admin, "/api/status?after=1")).body);
    expect(samples.samples).toEqual([]);
  });

  test.each(["x", "-1", "1.5", "9".repeat(16)])("after=%s is refused", async (after) => {
    const { admin } = await serve();
    expect(await ask(admin, `/api/status?after=${after}`)).toMatchObject({ status: 400 });
  });
});

describe("/api/sessions", () => {
  async function sessions({ admin }: Served, parameters = ""): Promise<SessionsAnswer> {
    const { status, body } = await ask(admin, `/api/sessions?${parameters}`);
    expect(status).toBe(200);
    return JSON.parse(body);
  }

  test("has one row for each, without what is not known", async () => {
    const served = await serve();
    expect(await sessions(served)).toEqual({ total: 0, matching: 0, offset: 0, rows: [] });
    const client = await open(served, { capabilities: { work: "x", zone: "eu" } });
    const [row, ...others] = (await sessions(served)).rows;
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      sessionId: client.sessionId,
      state: "connected",
      sessionTimeoutMs: limits.sessionTimeoutMs,
      requestsPending: 0,
      serverRequestsPending: 0,
      workHeld: 0,
      protocolVersion: 2,
      owner: null,
      address: expect.stringContaining("127.0.0.1"),
    });
    expect(row?.capabilities).toContain("work=x");
  });

  test("is paged, sorted and filtered", async () => {
    const served = await serve();
    const clients = [];
    for (const zone of ["eu", "us", "eu", "us", "eu"]) clients.push(await open(served, { capabilities: { zone } }));
    const ids = clients.map(({ sessionId }) => sessionId);
    const page = await sessions(served, "limit=2&offset=2");
    expect(page).toMatchObject({ total: 5, matching: 5, offset: 2 });
    expect(page.rows.map(({ sessionId }) => sessionId)).toEqual(ids.slice(2, 4));
    const sorted = await sessions(served, "sort=sessionId&order=asc");
    expect(sorted.rows.map(({ sessionId }) => sessionId)).toEqual([...ids].sort());
    expect(await sessions(served, "filter=ZONE%3DUS")).toMatchObject({ total: 5, matching: 2 });
    expect((await sessions(served, `filter=${ids[3]}`)).rows).toMatchObject([{ sessionId: ids[3] }]);
    expect(await sessions(served, "state=detached")).toMatchObject({ total: 5, matching: 0, rows: [] });
    await clients[1]?.disconnect();
    await until(() => served.server.sessions().filter(({ connected }) => !connected).length === 1);
    expect((await sessions(served, "state=detached")).rows).toMatchObject([{ sessionId: ids[1], address: null }]);
  });

  test.each([
    "sort=constructor",
    "order=up",
    "state=gone",
    "limit=0",
    `limit=${limits.adminSessionsPerPageMax + 1}`,
    "limit=x",
    "offset=-1",
    `offset=${limits.adminSessionsDepthMax}`,
    `filter=${"x".repeat(limits.adminFilterCharactersMax + 1)}`,
    "sord=age",
  ])("%s is refused with what may be", async (parameters) => {
    const { admin } = await serve();
    const { status, body } = await ask(admin, `/api/sessions?${parameters}`);
    expect(status).toBe(400);
    expect(JSON.parse(body).error).toMatch(/must be|limit is|known are/);
  });
});
