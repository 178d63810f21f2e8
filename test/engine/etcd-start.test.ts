import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { type EtcdCluster, freePorts, startEtcdCluster } from "../../examples/cluster/etcd-process.ts";
import { EtcdClient } from "../../runtime/server/etcd/etcd-client.ts";
import { type EtcdEngineOptions, etcdEngine } from "../../runtime/server/etcd/index.ts";
import { type CheckedStore, checkStore } from "../../runtime/server/etcd/store-check.ts";
import { TcpProxy } from "../nemesis/proxy.ts";
import { startFakeEtcd } from "./fake-etcd.ts";
import { administer, base64, describeWithEtcd, enableUsers, newPrefix, startEtcd } from "./real-etcd.ts";
import { Recorder, rejectionOf } from "./recorder.ts";

const TRUE_ETCD = [true, false, false, false, true, true];

describe("options", () => {
  const right = { endpoints: ["http://127.0.0.1:2379"], memberId: "a" };

  test.each<[string, object, string]>([
    ["no endpoints", { endpoints: [] }, "endpoints is an array"],
    ["an endpoint without a port", { endpoints: ["http://a"] }, 'an endpoint is "http://a"'],
    ["an endpoint with a path", { endpoints: ["http://a:1/v3"] }, "nothing after it"],
    ["no scheme", { endpoints: ["10.0.0.1:2379"] }, "http://10.0.0.1:2379"],
    ["two schemes", { endpoints: ["http://a:1", "https://b:1"] }, "others with https://"],
    ["certificates without TLS", { tls: {} }, "write https://"],
    ["half a certificate", { endpoints: ["https://a:1"], tls: { cert: "x" } }, "both or none"],
    ["an unknown option of tls", { endpoints: ["https://a:1"], tls: { file: "x" } }, '"file"'],
    ["half a user", { username: "a" }, "username and password"],
    ["a prefix without its slash", { prefix: "hawser" }, 'prefix is "hawser"'],
    ["a prefix of other letters", { prefix: "häwser/" }, "printable ASCII"],
    ["no name", { memberId: "" }, 'memberId is ""'],
    ["a long name", { memberId: "a".repeat(256) }, "256 bytes, the limit is 255"],
    ["an election in no time", { electionTimeoutMs: 100 }, "the least is 400"],
    ["no quota", { storageQuotaBytes: 0 }, "storageQuotaBytes is 0"],
    ["an unknown option", { hosts: [] }, 'no option "hosts"'],
  ])("%s", (_name, wrong, words) => {
    const options = { ...right, ...wrong };
    expect(() => etcdEngine(options)).toThrow(expect.objectContaining({ code: "ERR_INVALID_ARGUMENT" }));
    expect(() => etcdEngine(options)).toThrow(words);
  });
});

describe("who answers is asked who it is", () => {
  test.each<[string, "read" | "write"]>([
    ["3.4.0", "write"],
    ["3.5.27", "write"],
    ["3.5.28", "read"],
    ["3.6.8", "write"],
    ["3.6.9", "read"],
    ["3.7.0-beta.1", "read"],
    ["4.0.0", "read"],
  ])("version %s is asked by a barrier that can %s", async (version, barrier) => {
    expect(await check([await startFakeEtcd({ version, succeeded: TRUE_ETCD })])).toEqual({ barrier });
  });

  test("the oldest member decides, and one that does not answer may be the oldest", async () => {
    const newest = await startFakeEtcd({ version: "3.6.9", succeeded: TRUE_ETCD });
    const older = await startFakeEtcd({ version: "3.5.0", succeeded: TRUE_ETCD });
    const [port = 0] = await freePorts(1);
    expect(await check([newest, older])).toEqual({ barrier: "write" });
    const again = await startFakeEtcd({ version: "3.6.9", succeeded: TRUE_ETCD });
    expect(await check([again, `http://127.0.0.1:${port}`])).toEqual({ barrier: "write" });
  });

  test.each(["3.3.27", "2.3.8", ""])("version %j is too old", async (version) => {
    const endpoint = await startFakeEtcd({ version });
    const error = await rejectionOf(check([endpoint]));
    expect(error).toMatchObject({ code: "ERR_STORE_UNSUITABLE" });
    const words = version === "" ? "unknown" : version;
    expect(error.message).toBe(`etcd at ${endpoint} has version ${words}, at least 3.4 is needed: upgrade etcd`);
  });

  test("members of two clusters are no cluster", async () => {
    const a = await startFakeEtcd({ version: "3.5.0" });
    const b = await startFakeEtcd({ version: "3.5.0", clusterId: 2 });
    const error = await rejectionOf(check([a, b]));
    expect(error).toMatchObject({ code: "ERR_STORE_UNSUITABLE" });
    expect(error.message).toContain(`${a} and ${b} belong to different etcd clusters`);
  });

  test.each<[string, readonly boolean[], string]>([
    ["says yes to everything", [true], "made a key that was there already"],
    ["ignores revisions", [true, false, true], "was to have another revision"],
    ["ignores values", [true, false, false, true], "was to have another value"],
    ["says no to everything", [false], "refused to make a key"],
    ["refuses what is right", [true, false], "refused to write over a key"],
  ])("a store that %s is not trusted", async (_name, succeeded, words) => {
    const error = await rejectionOf(check([await startFakeEtcd({ version: "3.5.0", succeeded })]));
    expect(error).toMatchObject({ code: "ERR_STORE_UNSUITABLE" });
    expect(error.message).toContain(words);
  });

  test("nobody at all: every endpoint is named, with its reason", async () => {
    const [first = 0, second = 0] = await freePorts(2);
    const error = await rejectionOf(check([`http://127.0.0.1:${first}`, `http://127.0.0.1:${second}`]));
    expect(error).toMatchObject({ code: "ERR_STORE_UNAVAILABLE" });
    for (const port of [first, second]) expect(error.message).toContain(`ECONNREFUSED 127.0.0.1:${port}`);
    expect(error.message).toMatch(/^no endpoint has answered within 500 ms: .*Start etcd, or correct the endpoints$/);
  });
});

describeWithEtcd("the start, with etcd", () => {
  let etcd: EtcdCluster;
  beforeAll(async () => {
    etcd = await startEtcdCluster(1);
  }, 60_000);
  afterAll(() => etcd?.end());

  test("etcd passes the test of its guard, and keeps nothing of it", async () => {
    const prefix = newPrefix();
    await check(etcd.endpoints, { prefix });
    const range = { key: base64(prefix), range_end: base64(`${prefix}~`) };
    expect(await administer(etcd.endpoints[0] ?? "", "kv/range", range)).not.toHaveProperty("kvs");
  });

  test("waits for an etcd that is not there yet", async () => {
    const [port = 0] = await freePorts(1);
    const checked = check([`http://127.0.0.1:${port}`], { timeoutMs: 20_000 });
    const proxy = await TcpProxy.start(Number(new URL(etcd.endpoints[0] ?? "").port), { port });
    onTestFinished(() => proxy.close());
    expect(await checked).toHaveProperty("barrier");
  });

  test("stop ends the wait, and start rejects", async () => {
    const [port = 0] = await freePorts(1);
    const { engine, start } = starting({ endpoints: [`http://127.0.0.1:${port}`] });
    await engine.stop();
    expect(await start).toMatchObject({ code: "ERR_UNAVAILABLE" });
  });

  test("a cluster without a majority is no store to start on", async () => {
    const cluster = await startEtcd(3);
    await Promise.all([cluster.member("b").kill(), cluster.member("c").kill()]);
    const error = await rejectionOf(check(cluster.endpoints, { timeoutMs: 3_000 }));
    expect(error).toMatchObject({ code: "ERR_STORE_UNAVAILABLE" });
    expect(error.message).toMatch(/^etcd has taken no write within 3000 ms: .*A majority of its members must run$/);
  }, 60_000);

  test("a wrong password is told at once", async () => {
    const { endpoints } = await startEtcd(1);
    const [endpoint = ""] = endpoints;
    await enableUsers(endpoint, "hawser/");
    const { start } = starting({ endpoints, username: "hawser", password: "wrong" });
    const error = await start;
    expect(error).toMatchObject({ code: "ERR_STORE_DENIED" });
    expect(error.message).toContain("Correct username and password");
    const { start: unnamed } = starting({ endpoints });
    expect(await unnamed).toMatchObject({ code: "ERR_STORE_DENIED" });
  }, 60_000);
});

async function check(
  endpoints: readonly string[],
  { prefix = "test/", timeoutMs = 500 }: { readonly prefix?: string; readonly timeoutMs?: number } = {},
): Promise<CheckedStore> {
  const client = new EtcdClient({ endpoints, tls: {}, user: undefined });
  onTestFinished(() => client.close());
  return checkStore({ client, prefix, timeoutMs, signal: new AbortController().signal });
}

/** An engine that is expected to fail. */
function starting(options: Partial<EtcdEngineOptions> & Pick<EtcdEngineOptions, "endpoints">) {
  const engine = etcdEngine({ memberId: "a", ...options });
  onTestFinished(() => engine.stop());
  return { engine, start: rejectionOf(engine.start(new Recorder())) };
}
