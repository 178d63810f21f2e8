import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { type EtcdCluster, freePorts, startEtcdCluster } from "../../examples/cluster/etcd-process.ts";
import { limits } from "../../runtime/protocol/limits.ts";
import type { Compare, RequestFailure, Transaction, WatchEvent } from "../../runtime/server/etcd/etcd-api.ts";
import { EtcdClient, type EtcdClientOptions } from "../../runtime/server/etcd/etcd-client.ts";
import { EtcdRequestError } from "../../runtime/server/etcd/etcd-failure.ts";
import { TcpProxy } from "../nemesis/proxy.ts";
import { Certificates, pemOf } from "./certificates.ts";
import { administer, describeWithEtcd, enableUsers, newPrefix, startEtcd } from "./real-etcd.ts";
import { bytes } from "./recorder.ts";

describeWithEtcd("requests to etcd", () => {
  let etcd: EtcdCluster;
  let endpoint = "";
  beforeAll(async () => {
    etcd = await startEtcdCluster(1);
    endpoint = etcd.endpoints[0] ?? "";
  }, 60_000);
  afterAll(() => etcd?.end());

  test("a transaction takes effect as a whole, or not at all, and says which", async () => {
    const client = clientOf([endpoint]);
    const prefix = newPrefix();
    const [a, b] = [`${prefix}a`, `${prefix}b`];
    const made = await client.transact(put(a, "1", [{ key: a, createRevision: 0 }]), 1000);
    expect(made).toMatchObject({ succeeded: true, results: [{ type: "put" }] });
    const refused = await client.transact(
      {
        compare: [
          { key: a, value: bytes("1") },
          { key: a, modRevision: made.revision + 1 },
        ],
        success: [{ type: "put", key: b, value: bytes("2") }],
        failure: [
          { type: "range", key: prefix, rangeEnd: `${prefix}~` },
          { type: "range", key: b },
        ],
      },
      1000,
    );
    const revisions = { createRevision: made.revision, modRevision: made.revision };
    expect(refused).toEqual({
      succeeded: false,
      revision: made.revision,
      results: [
        { type: "range", keyValues: [{ key: a, value: bytes("1"), ...revisions }], more: false },
        { type: "range", keyValues: [], more: false },
      ],
    });
  });

  test("ranges are limited, read without values, read as of a revision, and deleted", async () => {
    const client = clientOf([endpoint]);
    const prefix = newPrefix();
    const keys = ["a", "b", "c"].map((name) => prefix + name);
    let before = 0;
    for (const key of keys) ({ revision: before } = await client.transact(put(key, "old"), 1000));
    await client.transact(put(`${prefix}a`, "new"), 1000);
    const range = { type: "range", key: prefix, rangeEnd: `${prefix}~` } as const;
    const read = await client.transact(
      {
        compare: [],
        success: [
          { ...range, limit: 2, keysOnly: true },
          { ...range, revision: before },
          { type: "delete", key: range.key, rangeEnd: range.rangeEnd },
          range,
        ],
        failure: [],
      },
      1000,
    );
    expect(read.results).toMatchObject([
      { keyValues: [{ key: keys[0], value: bytes("") }, { key: keys[1] }], more: true },
      { keyValues: [{ value: bytes("old") }, { value: bytes("old") }, { value: bytes("old") }], more: false },
      { type: "delete", deleted: 3 },
      { keyValues: [] },
    ]);
  });

  test("a watch tells of what was written since a revision, not of deletions, and lives when it is asked", async () => {
    const client = clientOf([endpoint]);
    const prefix = newPrefix();
    const { revision } = await client.transact(put(`${prefix}a`, "1"), 1000);
    await client.transact({ compare: [], success: [{ type: "delete", key: `${prefix}a` }], failure: [] }, 1000);
    await client.transact(put(`${prefix}b`, "2"), 1000);
    const seen = new Seen();
    const watch = client.watch({ key: prefix, rangeEnd: `${prefix}~`, fromRevision: revision }, seen);
    onTestFinished(() => watch.cancel());
    await seen.until(() => seen.told.length === 3);
    watch.askProgress();
    await seen.until(() => seen.told.length === 4);
    expect(seen.told).toEqual(["progress", `${prefix}a=1`, `${prefix}b=2`, "progress"]);
  });

  test("what etcd refuses is told apart", async () => {
    const client = clientOf([endpoint]);
    const prefix = newPrefix();
    await client.transact(put(`${prefix}a`, "1"), 1000);
    const { revision } = await client.transact(put(`${prefix}a`, "2"), 1000);
    await client.compact(revision, 1000);
    const failures = [
      await failureOf(client.transact(read(prefix, revision - 1), 1000)),
      await failureOf(client.transact(put(`${prefix}a`, "x".repeat(1_600_000)), 1000)),
      await failureOf(client.transact(put(`${prefix}a`, "x".repeat(4_000_000)), 1000)),
      await failureOf(client.compact(revision, 1000)),
    ];
    expect(failures.map(({ outcome, reason }) => `${outcome}: ${reason}`)).toEqual([
      "refused: compacted",
      "refused: invalid",
      "refused: invalid",
      "refused: compacted",
    ]);
    for (const { message } of failures) expect(message).toContain(endpoint);
    const seen = new Seen();
    client.watch({ key: prefix, rangeEnd: `${prefix}~`, fromRevision: revision - 1 }, seen);
    await seen.until(() => seen.told.includes("ended: compacted"));
  });

  test("without a connection a request was never sent; without an answer nobody knows", async () => {
    const [port = 0] = await freePorts(1);
    const dead = clientOf([`http://127.0.0.1:${port}`]);
    expect(await failureOf(dead.transact(put("a", "1"), 1000))).toMatchObject({
      outcome: "refused",
      reason: "unavailable",
      message: expect.stringContaining("ECONNREFUSED"),
    });
    const { client, proxy } = await proxied(endpoint);
    const key = `${newPrefix()}a`;
    await client.transact(read(key), 1000);
    proxy.set("hold responses");
    expect(await failureOf(client.transact(put(key, "1"), 200))).toMatchObject({
      outcome: "unknown",
      reason: "unavailable",
    });
    proxy.set("pass");
    const { results } = await client.transact(read(key), 5000);
    expect(results).toMatchObject([{ keyValues: [{ value: bytes("1") }] }]);
  });

  test("calls and watches go on to other endpoints, each when they are told to", async () => {
    const [port = 0] = await freePorts(1);
    const client = clientOf([`http://127.0.0.1:${port}`, endpoint]);
    const key = `${newPrefix()}a`;
    expect(await failureOf(client.transact(put(key, "1"), 1000))).toMatchObject({ reason: "unavailable" });
    client.rotate("calls");
    const { revision } = await client.transact(put(key, "1"), 1000);
    const seen = new Seen();
    const range = { key, rangeEnd: `${key}~`, fromRevision: revision };
    client.watch(range, seen);
    await seen.until(() => seen.told.includes("ended: unavailable"));
    client.rotate("watches");
    const watch = client.watch(range, seen);
    onTestFinished(() => watch.cancel());
    await seen.until(() => seen.told.includes(`${key}=1`));
  });

  test("a cut connection ends the watch and fails the call, and the next call has a new one", async () => {
    const { client, proxy } = await proxied(endpoint);
    const key = `${newPrefix()}a`;
    const { revision } = await client.transact(put(key, "1"), 1000);
    const seen = new Seen();
    client.watch({ key, rangeEnd: `${key}~`, fromRevision: revision }, seen);
    await seen.until(() => seen.told.includes(`${key}=1`));
    proxy.set("hold requests");
    const call = failureOf(client.transact(put(key, "2"), 5000));
    await new Promise((resolve) => setImmediate(resolve));
    proxy.cut();
    expect(await call).toMatchObject({ outcome: "unknown", reason: "unavailable" });
    await seen.until(() => seen.told.includes("ended: unavailable"));
    proxy.set("pass");
    expect(await eventually(() => client.transact(read(key), 1000))).toMatchObject({
      results: [{ keyValues: [{ value: bytes("1") }] }],
    });
  });

  test("a connection that leads nowhere is given up, and another one is made", async () => {
    let source = "former";
    const proxy = await TcpProxy.start(Number(new URL(endpoint).port), { sourceOf: () => source });
    onTestFinished(() => proxy.close());
    const client = clientOf([`http://127.0.0.1:${proxy.port}`]);
    const key = `${newPrefix()}a`;
    await client.transact(put(key, "1"), 1000);
    // Held for good, as by a router that has forgotten the connection. Those that come later have another way.
    source = "later";
    proxy.set("blackhole", "former");
    expect(await failureOf(client.transact(read(key), 300))).toMatchObject({ outcome: "unknown" });
    const blackholedAt = performance.now();
    await eventually(() => client.transact(read(key), 300));
    expect(performance.now() - blackholedAt).toBeLessThan(2 * limits.etcdSilenceMaxMs);
  });
});

describeWithEtcd("TLS", () => {
  test("both sides show certificates; who shows none, or trusts nobody, does not get in", async () => {
    const certificates = new Certificates();
    const { certFile, keyFile } = certificates.sign("etcd");
    const trusted = ["--trusted-ca-file", certificates.ca.certFile, "--client-cert-auth"];
    const flags = ["--cert-file", certFile, "--key-file", keyFile, ...trusted];
    const { endpoints } = await startEtcd(1, { clientScheme: "https", flags });
    const own = certificates.sign("hawser");
    const [ca, cert, key] = [certificates.ca.certFile, own.certFile, own.keyFile].map(pemOf);
    const client = clientOf(endpoints, { tls: { ca, cert, key } });
    expect(await client.transact(put("a", "1"), 5000)).toMatchObject({ succeeded: true });
    const unnamed = await failureOf(clientOf(endpoints, { tls: { ca } }).transact(put("a", "2"), 2000));
    expect(unnamed.reason).toBe("unavailable");
    const distrustful = await failureOf(clientOf(endpoints, { tls: { cert, key } }).transact(put("a", "2"), 2000));
    expect(distrustful).toMatchObject({ outcome: "refused", message: expect.stringMatching(/certificate/) });
  }, 60_000);

  test("what is no certificate is refused at once", () => {
    expect(() => clientOf(["https://127.0.0.1:2379"], { tls: { ca: "/etc/ca.pem" } })).toThrow(/PEM/);
  });
});

describeWithEtcd("a user name and a password", () => {
  test("a user is held to the prefix; a token that etcd forgot is renewed, and the request made again", async () => {
    const { endpoints } = await startEtcd(1, { flags: ["--auth-token-ttl", "1"] });
    const [endpoint = ""] = endpoints;
    await enableUsers(endpoint, "hawser/");
    const client = clientOf(endpoints, { user: { name: "hawser", password: "secret" } });
    expect(await client.transact(put("hawser/a", "1"), 1000)).toMatchObject({ succeeded: true });
    expect(await failureOf(client.transact(put("other", "1"), 1000))).toMatchObject({
      outcome: "refused",
      reason: "denied",
    });
    const seen = new Seen();
    client.watch({ key: "other", rangeEnd: "other~", fromRevision: 1 }, seen);
    await seen.until(() => seen.told.includes("ended: denied"));
    // etcd looks for tokens that are too old once a second.
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect(await client.transact(put("hawser/a", "2"), 1000)).toMatchObject({ succeeded: true });
    const administrator = await tokenOf(endpoint, "root");
    await administer(endpoint, "auth/role/add", { name: "another" }, administrator);
    expect(await client.transact(put("hawser/a", "3"), 1000)).toMatchObject({ succeeded: true });
    const watch = client.watch({ key: "hawser/a", rangeEnd: "hawser/b", fromRevision: 1 }, seen);
    onTestFinished(() => watch.cancel());
    await seen.until(() => seen.told.includes("hawser/a=3"));

    const stranger = clientOf(endpoints, { user: { name: "hawser", password: "wrong" } });
    const nobody = clientOf(endpoints);
    for (const denied of [stranger, nobody]) {
      expect(await failureOf(denied.transact(put("hawser/a", "x"), 1000))).toMatchObject({
        outcome: "refused",
        reason: "denied",
      });
    }
  }, 60_000);

  test("is not asked for where etcd has no users, and is when it gets some", async () => {
    const { endpoints } = await startEtcd(1);
    const client = clientOf(endpoints, { user: { name: "hawser", password: "secret" } });
    expect(await client.transact(put("hawser/a", "1"), 1000)).toMatchObject({ succeeded: true });
    await enableUsers(endpoints[0] ?? "", "hawser/");
    expect(await client.transact(put("hawser/a", "2"), 1000)).toMatchObject({ succeeded: true });
  }, 60_000);
});

function clientOf(endpoints: readonly string[], options: Partial<EtcdClientOptions> = {}): EtcdClient {
  const client = new EtcdClient({ endpoints, tls: {}, user: undefined, ...options });
  onTestFinished(() => client.close());
  return client;
}

async function proxied(endpoint: string): Promise<{ readonly client: EtcdClient; readonly proxy: TcpProxy }> {
  const proxy = await TcpProxy.start(Number(new URL(endpoint).port));
  onTestFinished(() => proxy.close());
  return { client: clientOf([`http://127.0.0.1:${proxy.port}`]), proxy };
}

function put(key: string, value: string, compare: readonly Compare[] = []): Transaction {
  return { compare, success: [{ type: "put", key, value: bytes(value) }], failure: [] };
}

function read(key: string, revision?: number): Transaction {
  return { compare: [], success: [{ type: "range", key, revision }], failure: [] };
}

async function failureOf(request: Promise<unknown>): Promise<RequestFailure> {
  const error = await request.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (error instanceof EtcdRequestError) return error.failure;
  throw new Error("the request was answered, a failure was expected", { cause: error });
}

async function eventually<Value>(request: () => Promise<Value>): Promise<Value> {
  for (;;) {
    const answer = await request().catch(() => undefined);
    if (answer !== undefined) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function tokenOf(endpoint: string, name: string): Promise<string> {
  const { token } = (await administer(endpoint, "auth/authenticate", { name, password: "secret" })) as {
    readonly token: string;
  };
  return token;
}

/** What a watch has told. */
class Seen {
  readonly told: string[] = [];
  #holds: () => boolean = () => false;
  #resolve: () => void = () => {};

  readonly events = (events: readonly WatchEvent[]): void => {
    for (const { key, value } of events) this.#tell(`${key}=${Buffer.from(value).toString()}`);
  };

  readonly progress = (): void => this.#tell("progress");

  readonly ended = ({ reason }: RequestFailure): void => this.#tell(`ended: ${reason}`);

  until(holds: () => boolean): Promise<void> {
    if (holds()) return Promise.resolve();
    return new Promise((resolve) => {
      this.#holds = holds;
      this.#resolve = resolve;
    });
  }

  #tell(word: string): void {
    this.told.push(word);
    if (this.#holds()) this.#resolve();
  }
}
