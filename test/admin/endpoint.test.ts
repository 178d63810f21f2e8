import { inspect } from "node:util";
import { startAdminEndpoint } from "hawser/admin";
import { limits } from "hawser/server";
import { describe, expect, test } from "vitest";
import { talk } from "./raw-connection.ts";
import { ask, authorization, serve, token } from "./stage.ts";

describe("where it listens", () => {
  test("at this machine alone, at a free port, unless told otherwise", async () => {
    const { admin } = await serve();
    expect(admin.address).toMatch(/^http:\/\/127\.0\.0\.1:[1-9]\d*$/);
    expect(await ask(admin, "/healthz")).toMatchObject({ status: 200, body: '{"phase":"serving"}\n' });
  });

  test.each(["http://0.0.0.0:0", "http://*:0", "http://[::]:0"])("%s is refused without a token", async (address) => {
    const { server } = await serve();
    await expect(startAdminEndpoint({ server, address })).rejects.toMatchObject({
      code: "ERR_INVALID_ARGUMENT",
      message: `address ${address} can be reached from other machines, and there is no token: give a token, or listen at http://127.0.0.1:PORT`,
    });
  });

  test("anywhere with a token", async () => {
    const { admin } = await serve({ address: "http://0.0.0.0:0", token });
    const local = { ...admin, address: admin.address.replace("0.0.0.0", "127.0.0.1") } as typeof admin;
    expect(await ask(local, "/metrics")).toMatchObject({ status: 401 });
    // Who asks from elsewhere uses a name that the server does not know.
    expect(await ask(local, "/metrics", { headers: { ...authorization, host: "a.example" } })).toMatchObject({
      status: 200,
    });
  });

  test("[::1] and localhost are this machine", async () => {
    for (const address of ["http://[::1]:0", "http://localhost:0"]) {
      const { admin } = await serve({ address });
      expect(await ask(admin, "/healthz")).toMatchObject({ status: 200 });
    }
  });

  test.each([
    "127.0.0.1:7001",
    "https://127.0.0.1:1",
    "http://127.0.0.1",
    "http://10.1:80",
    "http://a:1/x",
    "http://a:99999",
  ])("%s is no address", async (address) => {
    const { server } = await serve();
    await expect(startAdminEndpoint({ server, address })).rejects.toMatchObject({
      code: "ERR_INVALID_ARGUMENT",
      message: expect.stringContaining(`address "${address}" cannot be used`),
    });
  });

  test("a port that is taken is a ListenError", async () => {
    const { server, admin } = await serve();
    await expect(startAdminEndpoint({ server, address: admin.address })).rejects.toMatchObject({
      code: "ERR_ADDRESS_IN_USE",
    });
    await expect(startAdminEndpoint({ server, address: "http://203.0.113.1:1", token })).rejects.toMatchObject({
      code: "ERR_ADDRESS_UNAVAILABLE",
    });
  });

  test("options that are wrong are refused", async () => {
    const { server } = await serve();
    const wrong = [
      { server, adress: "http://127.0.0.1:0" },
      { server: {} },
      { server, telemetry: {} },
      { server, address: 1 },
    ];
    for (const options of wrong) {
      await expect(startAdminEndpoint(options as never)).rejects.toMatchObject({ code: "ERR_INVALID_ARGUMENT" });
    }
  });
});

describe("the token", () => {
  test.each(["/metrics", "/api/status", "/api/sessions"])("%s needs it", async (path) => {
    const { admin } = await serve({ token });
    const wrong = [
      {},
      { authorization: token },
      { authorization: "Bearer" },
      { authorization: `Bearer ${token}x` },
      { authorization: `Bearer ${token.slice(1)}` },
      { authorization: `Basic ${Buffer.from(`:${token}`).toString("base64")}` },
      { cookie: `token=${token}` },
    ];
    for (const headers of wrong) {
      const answer = await ask(admin, path, { headers });
      expect(answer).toMatchObject({ status: 401, headers: { "www-authenticate": 'Bearer realm="hawser"' } });
      expect(answer.body).not.toContain(token);
    }
    expect(await ask(admin, `${path}?token=${token}`)).toMatchObject({ status: 401 });
    expect(await ask(admin, path, { headers: authorization })).toMatchObject({ status: 200 });
    expect(await ask(admin, path, { headers: { authorization: `bearer ${token}` } })).toMatchObject({ status: 200 });
  });

  test("the empty page and the probes do without, and say nothing of the cluster", async () => {
    const { server, admin } = await serve({ token }, { memberId: "a-telling-name" });
    for (const path of ["/", "/healthz", "/readyz"]) {
      const { status, body } = await ask(admin, path);
      expect(status).toBe(200);
      expect(body).not.toContain("a-telling-name");
      expect(body).not.toContain(server.address);
    }
  });

  test.each([
    ["", /has 0 characters, it must have 16 to 512/],
    ["too short", /has 9 characters, it must have 16 to 512/],
    ["x".repeat(513), /has 513 characters/],
    ["twenty characters, or more", /a character that a header of HTTP cannot carry/],
    [7, /of type number/],
  ])("%j is none, and is not repeated", async (wrong, problem) => {
    const { server } = await serve();
    const refused = await startAdminEndpoint({ server, token: wrong as string }).catch((error: Error) => error);
    expect(refused).toMatchObject({ code: "ERR_INVALID_ARGUMENT", message: expect.stringMatching(problem) });
    expect((refused as Error).message).toContain("openssl rand -hex 32");
    if (wrong !== "" && wrong !== 7) expect((refused as Error).message).not.toContain(wrong);
  });

  test("inspecting the endpoint does not show it", async () => {
    const { admin } = await serve({ token });
    expect(inspect(admin, { depth: 20, showHidden: true })).not.toContain(token);
  });
});

describe("what is refused", () => {
  test.each(["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"])("%s", async (method) => {
    const { admin } = await serve();
    for (const path of ["/", "/metrics", "/api/sessions"]) {
      const answer = await ask(admin, path, { method });
      expect(answer).toMatchObject({ status: 405, headers: { allow: "GET, HEAD" } });
      expect(Object.keys(answer.headers).filter((name) => name.startsWith("access-control"))).toEqual([]);
    }
  });

  test("HEAD is answered without a body", async () => {
    const { admin } = await serve();
    const answer = await ask(admin, "/readyz", { method: "HEAD" });
    expect(answer).toMatchObject({ status: 200, body: "", headers: { "content-length": "29" } });
  });

  test.each([
    "evil.example",
    "evil.example:7001",
    "127.0.0.1.evil.example",
    "localhost.evil.example",
    "10.0.0.1",
    "[2001:db8::1]:80",
  ])("a Host of elsewhere on loopback: %j", async (host) => {
    const { admin } = await serve();
    for (const path of ["/", "/healthz", "/api/status"]) {
      expect(await ask(admin, path, { headers: { host } })).toMatchObject({ status: 421 });
    }
  });

  test.each(["localhost", "LocalHost:8080", "127.0.0.1", "127.9.9.9:1", "[::1]:80"])(
    "a Host of here is taken: %s",
    async (host) => {
      const { admin } = await serve();
      expect(await ask(admin, "/healthz", { headers: { host } })).toMatchObject({ status: 200 });
    },
  );

  test("an empty Host", async () => {
    const { admin } = await serve();
    expect(await talk(admin.address, "GET / HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n")).toMatch(
      /^HTTP\/1\.1 421 /,
    );
  });

  test("a question with a body", async () => {
    const { admin } = await serve();
    const headers = { "content-length": "4" };
    expect(await ask(admin, "/healthz", { headers, body: "body" })).toMatchObject({ status: 400 });
  });

  test("paths that are none, whatever they try", async () => {
    const { admin } = await serve();
    for (const path of [
      "/nothing",
      "/..",
      "/../package.json",
      "/%2e%2e/",
      "//",
      "/api",
      "/constructor",
      "/__proto__",
    ]) {
      expect(await ask(admin, path)).toMatchObject({ status: 404 });
    }
    expect(
      await talk(admin.address, "GET http://127.0.0.1/ HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"),
    ).toMatch(/^HTTP\/1\.1 400 /);
  });

  test("what is no HTTP", async () => {
    const { admin } = await serve();
    expect(await talk(admin.address, "\x16\x03\x01\x00\xff\r\n\r\n")).toMatch(/^HTTP\/1\.1 400 /);
    expect(await talk(admin.address, "GET / HTTP/1.1\r\nConnection: close\r\n\r\n")).toMatch(/^HTTP\/1\.1 400 /);
    expect(await talk(admin.address, "GET / HTTP/1.1\nHost: localhost\nA : b\n\n")).toMatch(/^HTTP\/1\.1 400 /);
  });

  test("a head that is too long", async () => {
    const { admin } = await serve();
    const long = "x".repeat(limits.adminHeaderBytesMax);
    expect(await talk(admin.address, `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${long}\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 431 /,
    );
  });
});

describe("every answer", () => {
  test.each(["/", "/healthz", "/readyz", "/metrics", "/api/status", "/api/sessions", "/nothing"])(
    "%s is kept by nobody",
    async (path) => {
      const { admin } = await serve();
      const { headers } = await ask(admin, path);
      expect(headers).toMatchObject({
        "cache-control": "no-store",
        "cross-origin-resource-policy": "same-origin",
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "content-security-policy": expect.stringMatching(/^default-src 'none'; .*frame-ancestors 'none'/),
      });
      expect(headers["content-security-policy"]).not.toMatch(/unsafe|\*|http/);
      expect(Object.keys(headers).filter((name) => name.startsWith("access-control"))).toEqual([]);
    },
  );
});
