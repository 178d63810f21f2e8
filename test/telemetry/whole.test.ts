import { connect as connectTcp } from "node:net";
import { type Client, type ConnectOptions, connect } from "hawser/client";
import { type PrometheusTelemetry, prometheus } from "hawser/prometheus";
import { type ConsensusEngine, type Limits, limits, type Server, type ServerOptions, startServer } from "hawser/server";
import { memoryEngine } from "hawser/server/memory";
import { zmtp } from "hawser/transport/zmtp";
import { afterEach, describe, expect, test } from "vitest";
import type { MetricName } from "../../runtime/telemetry/metrics.ts";
import { metrics } from "../../runtime/telemetry/metrics.ts";
import { ProtocolRelay } from "../service/protocol-relay.ts";
import { followerEngine } from "../service/scenarios/follower-engine.ts";
import { slowed } from "../service/slowed-engine.ts";
import { until } from "../service/until.ts";
import { Notebook } from "../transcript/notebook.ts";
import { ClientEnd } from "../transport/ends.ts";
import { portIn } from "../transport/interop.ts";

const usual: Limits = { ...limits };
const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  Object.assign(limits, usual);
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** Names of metrics that had a figure above 0 at some time. */
const moved = new Set<string>();

/** One telemetry for the servers and clients of a test. */
class Watch {
  readonly telemetry: PrometheusTelemetry = prometheus();

  async serve(options: Partial<ServerOptions> = {}): Promise<Server> {
    const server = await startServer({
      memberId: "a",
      address: "tcp://127.0.0.1:0",
      engine: memoryEngine(),
      stateMachine: new Notebook(),
      telemetry: this.telemetry,
      ...options,
    });
    cleanups.push(() => server.stop());
    return server;
  }

  async open(address: string, options: Partial<ConnectOptions> = {}): Promise<Client> {
    const client = await connect({ members: { a: address }, telemetry: this.telemetry, ...options });
    cleanups.push(() => client.close());
    return client;
  }

  /** The sum of all figures of a metric that have these attributes; of a histogram, how many values it has. */
  of(name: MetricName, attributes: Readonly<Record<string, string>> = {}): number {
    const { values, histograms } = this.telemetry.figures();
    let sum = 0;
    for (const [each, figures] of values) {
      for (const figure of figures) {
        if (figure.value > 0) moved.add(each);
        if (each === name && hasAll(figure.attributes, attributes)) sum += figure.value;
      }
    }
    for (const [each, figures] of histograms) {
      for (const figure of figures) {
        const count = figure.counts.reduce((total, ofBucket) => total + ofBucket);
        if (count > 0) moved.add(each);
        if (each === name && hasAll(figure.attributes, attributes)) sum += count;
      }
    }
    return sum;
  }

  /** Waits until a metric is above 0. */
  async see(name: MetricName, attributes: Readonly<Record<string, string>> = {}): Promise<void> {
    await until(() => this.of(name, attributes) > 0);
  }
}

function hasAll(attributes: Readonly<Record<string, string>>, wanted: Readonly<Record<string, string>>): boolean {
  return Object.entries(wanted).every(([name, value]) => attributes[name] === value);
}

function submit(client: Client, command: string): Promise<unknown> {
  return client.submit(Buffer.from(command));
}

/** Something that is waited for, until it is let go. */
function gate(): { readonly opened: Promise<void>; open: () => void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  cleanups.push(() => open());
  return { opened, open };
}

describe("what servers and clients do is seen", () => {
  test("sessions, commands and queries", async () => {
    const watch = new Watch();
    const server = await watch.serve();
    const client = await watch.open(server.address, { keepAliveIntervalMs: 20 });
    await submit(client, "add one");
    await expect(submit(client, "refuse")).rejects.toThrow();
    await client.query(Buffer.from("count"));
    await expect(client.query(Buffer.from("refuse"))).rejects.toThrow();
    expect(watch.of("hawser.server.sessions", { state: "connected" })).toBe(1);
    expect(watch.of("hawser.server.table.sessions")).toBe(1);
    expect(watch.of("hawser.client.sessions", { state: "connected" })).toBe(1);
    expect(watch.of("hawser.server.requests", { outcome: "applied" })).toBe(1);
    expect(watch.of("hawser.server.requests", { outcome: "refused" })).toBe(1);
    expect(watch.of("hawser.server.queries", { outcome: "answered" })).toBe(1);
    expect(watch.of("hawser.server.queries", { outcome: "refused" })).toBe(1);
    expect(watch.of("hawser.client.calls", { kind: "command", outcome: "ok" })).toBe(1);
    expect(watch.of("hawser.client.calls", { kind: "query", outcome: "ERR_INVALID_REQUEST" })).toBe(1);
    expect(watch.of("hawser.client.call.duration", { kind: "command" })).toBe(2);
    await watch.see("hawser.client.keep_alive.duration");
    await client.disconnect();
    expect(watch.of("hawser.client.sessions", { state: "idle" })).toBe(1);
    await watch.see("hawser.server.sessions", { state: "detached" });
    await client.connect();
    expect(watch.of("hawser.server.sessions.continued")).toBe(1);
    expect(watch.of("hawser.client.connections", { session: "continued" })).toBe(1);
    await client.close();
    expect(watch.of("hawser.server.sessions.ended", { reason: "ClientShutdown" })).toBe(1);
    expect(watch.of("hawser.client.sessions.ended", { reason: "closed" })).toBe(1);
    const times = ["proposal", "commit", "apply", "read_barrier"] as const;
    for (const each of times) expect(watch.of(`hawser.server.${each}.duration`)).toBeGreaterThan(0);
    await server.stop();
    expect(watch.of("hawser.server.requests", { outcome: "applied" })).toBe(1);
    expect(watch.of("hawser.server.table.sessions")).toBe(0);
  });

  test("what waits, comes again and is answered once", async () => {
    const watch = new Watch();
    const { opened, open } = gate();
    let isSlow = false;
    const server = await watch.serve({
      engine: slowed(memoryEngine(), () => (isSlow ? opened : Promise.resolve())),
    });
    const client = await watch.open(server.address, { resendAfterMs: 20 });
    isSlow = true;
    const result = submit(client, "add one");
    result.catch(() => {});
    await watch.see("hawser.server.requests.pending");
    await watch.see("hawser.client.calls.pending");
    await watch.see("hawser.client.calls.resent");
    await watch.see("hawser.server.requests", { outcome: "under_way" });
    open();
    await result;
    expect(watch.of("hawser.server.requests", { outcome: "applied" })).toBe(1);
  });

  test("server requests, and their redelivery", async () => {
    const watch = new Watch();
    const server = await watch.serve({ resendAfterMs: 20 });
    const client = await watch.open(server.address, { acknowledge: "explicit" });
    await submit(client, `send ${client.sessionId} work`);
    await watch.see("hawser.server.server_requests.pending");
    await watch.see("hawser.server.server_requests.redelivered");
    await watch.see("hawser.client.server_requests");
    for await (const request of client.serverRequests) {
      request.ack();
      break;
    }
    await until(() => watch.of("hawser.server.server_requests.pending") === 0);
    expect(watch.of("hawser.client.server_requests")).toBe(1);
  });

  test("the way to the leader", async () => {
    const watch = new Watch();
    const leader = await watch.serve({ memberId: "b" });
    const follower = await watch.serve({ engine: followerEngine("b") });
    await watch.open(leader.address, { members: { a: follower.address, b: leader.address } });
    expect(watch.of("hawser.client.redirects")).toBe(1);
    expect(watch.of("hawser.server.handshakes.rejected", { reason: "NotLeader", member: "a" })).toBe(1);
    expect(watch.of("hawser.server.leader", { member: "a" })).toBe(0);
    expect(watch.of("hawser.server.leader", { member: "b" })).toBe(1);
    expect(watch.of("hawser.server.leadership.changes", { member: "b" })).toBe(1);
  });

  test("a member that is not there", async () => {
    const watch = new Watch();
    const members = { a: "tcp://127.0.0.1:1" };
    const gone = watch.open("", { members, connectTimeoutMs: 1_000 });
    gone.catch(() => {});
    await watch.see("hawser.client.circuits", { state: "open" });
    await watch.see("hawser.client.disconnections");
    await expect(gone).rejects.toMatchObject({ code: "ERR_CONNECT_TIMEOUT" });
  });

  test("limits, strangers and nonsense", async () => {
    const watch = new Watch();
    const server = await watch.serve({
      authorize: ({ capabilities }) => capabilities["denied"] === undefined,
      admission: { perClient: { requestsPerSecond: 100, burstSeconds: 1 } },
    });
    const client = await watch.open(server.address);
    Object.assign(limits, { sessionProposalsMax: 2 });
    await Promise.all(["one", "two", "three", "four", "five"].map((note) => submit(client, `add ${note}`)));
    expect(watch.of("hawser.server.overloads", { limit: "sessionProposalsMax" })).toBeGreaterThan(0);
    Object.assign(limits, usual);
    await Promise.all(Array.from({ length: 120 }, (_, index) => submit(client, `add ${index}`)));
    await submit(client, "add one more");
    await watch.see("hawser.server.rate_limits", { rate: "requestsPerSecond", scope: "client" });
    await expect(watch.open(server.address, { capabilities: { denied: 1 } })).rejects.toThrow();
    expect(watch.of("hawser.server.authorizations.refused", { reason: "denied" })).toBe(1);
    expect(watch.of("hawser.client.sessions.ended", { reason: "rejected" })).toBe(1);
    new ClientEnd(zmtp, server.address).connection.send(Buffer.from("nonsense"));
    await watch.see("hawser.server.faults", { source: "malformed_frame" });
    await watch.see("hawser.server.connections.dropped");
    const guest = connectTcp(portIn(server.address), "127.0.0.1");
    cleanups.push(() => guest.destroy());
    await watch.see("hawser.server.connections", { state: "handshaking" });
    guest.write("GET / HTTP/1.1\r\nHost: hawser\r\n\r\n".repeat(10));
    await watch.see("hawser.server.connections.refused");
  });

  test("sessions that end for want of a sign of life", async () => {
    const watch = new Watch();
    const { opened, open } = gate();
    let isSlow = false;
    const server = await watch.serve({
      engine: slowed(memoryEngine(), () => (isSlow ? opened : Promise.resolve())),
      sessionTimeoutMinMs: 50,
    });
    const client = await watch.open(server.address, { sessionTimeoutMs: 50, keepAliveIntervalMs: 60_000 });
    isSlow = true;
    await watch.see("hawser.server.sessions", { state: "ending" });
    open();
    await watch.see("hawser.server.sessions.ended", { reason: "Expired" });
    await until(() => watch.of("hawser.client.sessions.ended", { reason: "expired" }) === 1);
    await client.close();
  });

  test("snapshots, and how far a member lags behind while one is taken", async () => {
    const watch = new Watch();
    const { opened, open } = gate();
    const stateMachine = new Notebook();
    const server = await watch.serve({
      snapshotEntries: 2,
      stateMachine: {
        apply: (command, context) => stateMachine.apply(command, context),
        query: (query) => stateMachine.query(query),
        async *snapshot() {
          await opened;
          yield* stateMachine.snapshot();
        },
        restore: (chunks) => stateMachine.restore(chunks),
      },
    });
    const client = await watch.open(server.address);
    const results = Promise.all([submit(client, "add one"), submit(client, "add two")]);
    await results;
    const last = submit(client, "add three");
    await watch.see("hawser.server.log.lag");
    open();
    await last;
    await watch.see("hawser.server.snapshot.duration", { outcome: "stored" });
    expect(watch.of("hawser.server.log.committed")).toBe(watch.of("hawser.server.log.applied"));
  });

  test("clients that do not take their answers", async () => {
    Object.assign(limits, { connectionQueueBytesMax: 24 * MiB });
    const watch = new Watch();
    const { opened, open } = gate();
    const engine = memoryEngine();
    const server = await watch.serve({
      engine: withBarrier(engine, () => opened),
      stateMachine: {
        apply: (command) => command,
        query: () => new Uint8Array(MiB),
        snapshot: () => [],
        restore: async () => {},
      },
    });
    const relay = await ProtocolRelay.start(server.address);
    cleanups.push(() => relay.close());
    const client = await watch.open(relay.address);
    const answers = Array.from({ length: 23 }, () => client.query(new Uint8Array(1)));
    await until(() => watch.of("hawser.server.queries.pending") === answers.length);
    relay.cut();
    open();
    await watch.see("hawser.server.send_queue.throttled");
    expect(watch.of("hawser.server.send_queue.size")).toBeGreaterThan(12 * MiB);
    relay.heal();
    await Promise.all(answers);
    const before = watch.of("hawser.client.io", { direction: "received" });
    expect(before).toBeGreaterThan(23 * MiB);
    // What is short leaves at the end of the turn.
    const short = client.query(new Uint8Array(KiB));
    await Promise.resolve();
    expect(watch.of("hawser.client.send_queue.size")).toBeGreaterThan(KiB);
    await short;
  });
});

test("every metric of the catalogue has moved", () => {
  expect(Object.keys(metrics).filter((name) => !moved.has(name))).toEqual([]);
});

/** An engine whose read barriers wait. */
function withBarrier(engine: ConsensusEngine, ready: () => Promise<void>): ConsensusEngine {
  return {
    get leadership() {
      return engine.leadership;
    },
    start: (application) => engine.start(application),
    propose: (payload) => engine.propose(payload),
    readBarrier: () => ready().then(() => engine.readBarrier()),
    saveSnapshot: (index, chunks) => engine.saveSnapshot(index, chunks),
    stop: () => engine.stop(),
  };
}

const KiB = 1024;
const MiB = 1024 * KiB;
