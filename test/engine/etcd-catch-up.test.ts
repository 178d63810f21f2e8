import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { type EtcdCluster, startEtcdCluster } from "../../examples/cluster/etcd-process.ts";
import { limits } from "../../runtime/protocol/limits.ts";
import { TcpProxy } from "../nemesis/proxy.ts";
import { payloadsOf } from "./data-directory.ts";
import { leading, type StartedMember, startMember } from "./etcd-members.ts";
import { administer, base64, describeWithEtcd, newPrefix } from "./real-etcd.ts";
import { bytes, Recorder, rejectionOf } from "./recorder.ts";

// Snapshots in etcd, what they replace, and members that come back to them or to a long log.

describeWithEtcd("catching up", () => {
  let etcd: EtcdCluster;
  let endpoint = "";
  beforeAll(async () => {
    etcd = await startEtcdCluster(1);
    endpoint = etcd.endpoints[0] ?? "";
  }, 60_000);
  afterAll(() => etcd?.end());

  test("a snapshot takes the place of the entries before it, and of the snapshot before it", async () => {
    const prefix = newPrefix();
    const leader = await startLeader(prefix);
    await propose(leader, payloadsOf("first", 150));
    await save(leader, 50);
    expect(await keysWith(`${prefix}chunk/`)).toHaveLength(3);
    expect(await keysWith(`${prefix}log/`)).toEqual([]);
    await propose(leader, payloadsOf("second", 2_500));
    await save(leader, 1_000);
    expect(await keysWith(`${prefix}chunk/`)).toHaveLength(3);
    await propose(leader, ["third"]);
    expect(await keysWith(`${prefix}log/`)).toEqual([`${prefix}log/0000000000002651`]);

    const { application } = await startMember({ endpoints: etcd.endpoints, prefix, memberId: "b" });
    expect(application.events.filter((event) => event !== "follower")).toEqual(["snapshot 2650", "entry 2651"]);
    expect(application.payloads).toEqual(leader.application.payloads);
  });

  test("a member that was restarted loads the snapshot and what came after it, and goes on", async () => {
    const prefix = newPrefix();
    const leader = await startLeader(prefix);
    await propose(leader, payloadsOf("a", 30));
    await save(leader);
    await propose(leader, payloadsOf("b", 30));
    await leader.engine.stop();
    const again = await startLeader(prefix);
    expect(again.application.payloads).toEqual([...payloadsOf("a", 30), ...payloadsOf("b", 30)]);
    expect(await again.engine.propose(bytes("c"))).toMatchObject({ index: 61 });
  });

  test("a member that was away, and whose entries are in a snapshot and compacted, goes on with the snapshot", async () => {
    const prefix = newPrefix();
    const leader = await startLeader(prefix);
    const { member: away, link } = await startBehindLink(prefix);
    await propose(leader, payloadsOf("before", 10));
    await away.application.until(() => away.application.entries.length === 10);
    link.set("refuse");
    for (const round of [1, 2, 3]) {
      await propose(leader, payloadsOf(`round ${round}`, 100));
      await save(leader);
    }
    await propose(leader, payloadsOf("after", 10));
    link.set("pass");
    await away.application.until(() => away.application.payloads.length === 320);
    expect(away.application.payloads).toEqual(leader.application.payloads);
    expect(away.application.events).toContain("snapshot 310");
    expect(away.application.fatalErrors).toEqual([]);
    await propose(leader, ["live"]);
    await away.application.until(() => away.application.payloads.at(-1) === "live");
  });

  test("a member that was away for 20,000 entries applies each of them", { timeout: 60_000 }, async () => {
    const prefix = newPrefix();
    const leader = await startLeader(prefix);
    const { member: away, link } = await startBehindLink(prefix);
    link.set("blackhole");
    await propose(leader, payloadsOf("missed", 20_000));
    link.set("pass");
    await away.application.until(() => away.application.entries.length === 20_000);
    expect(away.application.payloads).toEqual(leader.application.payloads);
    await propose(leader, ["live"]);
    await away.application.until(() => away.application.payloads.at(-1) === "live");
  });

  test("an application that is slow holds back its own member only", { timeout: 60_000 }, async () => {
    const prefix = newPrefix();
    const leader = await startLeader(prefix);
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const slow = new Recorder();
    slow.beforeApply = () => held;
    const options = { endpoints: etcd.endpoints, prefix, memberId: "b" };
    const { engine } = await startMember(options, slow);
    // More than a member keeps for its application.
    const count = Math.ceil((1.2 * limits.proposalBytesMax) / limits.payloadBytesMax);
    for (let number = 0; number < count; number++) {
      await leader.engine.propose(Buffer.alloc(limits.payloadBytesMax, `${number} `));
    }
    expect(slow.entries).toEqual([]);
    release();
    await slow.until(() => slow.entries.length === count);
    expect(slow.payloads).toEqual(leader.application.payloads);
    expect(engine.leadership).toEqual({ role: "follower", leader: "a" });
  });

  test("a snapshot that is too long for etcd is refused with the limit, and the log goes on", async () => {
    const prefix = newPrefix();
    const leader = await startLeader(prefix);
    await propose(leader, ["a"]);
    const chunk = new Uint8Array(1024 * 1024);
    const error = await rejectionOf(leader.engine.saveSnapshot(1, repeated(chunk, 65)));
    expect(error).toMatchObject({ code: "ERR_INVALID_ARGUMENT" });
    expect(error.message).toContain(`${limits.etcdSnapshotBytesMax} bytes (etcdSnapshotBytesMax)`);
    const long = await rejectionOf(leader.engine.saveSnapshot(1, repeated(new Uint8Array(2_000_000), 1)));
    expect(long.message).toContain(`2000000 bytes, the limit is ${limits.etcdChunkBytesMax}`);
    await save(leader);
    await propose(leader, ["b"]);
  });

  test.each(["damaged", "missing"])("a chunk that is %s is never given to the application", async (what) => {
    const prefix = newPrefix();
    const leader = await startLeader(prefix);
    await propose(leader, payloadsOf("a", 30));
    await save(leader, 10);
    const [, key = ""] = await keysWith(`${prefix}chunk/`);
    if (what === "missing") await administer(endpoint, "kv/deleterange", { key: base64(key) });
    else await administer(endpoint, "kv/put", { key: base64(key), value: base64([1, 4, 0, 0, 0, 0, 0, 0, 0, 1, 65]) });
    const application = new Recorder();
    const error = await rejectionOf(startMember({ endpoints: etcd.endpoints, prefix, memberId: "b" }, application));
    expect(error).toMatchObject({ code: "ERR_STORE_CORRUPT" });
    expect(error.message).toContain(key);
    expect(application.events.filter((event) => event !== "follower")).toEqual([]);
  });

  async function startLeader(prefix: string): Promise<StartedMember> {
    const member = await startMember({ endpoints: etcd.endpoints, prefix });
    await leading(member);
    return member;
  }

  async function startBehindLink(prefix: string): Promise<{ readonly member: StartedMember; readonly link: TcpProxy }> {
    const link = await TcpProxy.start(Number(new URL(endpoint).port));
    onTestFinished(() => link.close());
    const member = await startMember({ endpoints: [`http://127.0.0.1:${link.port}`], prefix, memberId: "b" });
    return { member, link };
  }

  async function keysWith(prefix: string): Promise<readonly string[]> {
    const range = { key: base64(prefix), range_end: base64(`${prefix}~`), keys_only: true };
    const { kvs = [] } = (await administer(endpoint, "kv/range", range)) as {
      readonly kvs?: readonly { readonly key: string }[];
    };
    return kvs.map(({ key }) => Buffer.from(key, "base64").toString());
  }
});

async function propose({ engine }: StartedMember, payloads: readonly string[]): Promise<void> {
  await Promise.all(payloads.map((payload) => engine.propose(bytes(payload))));
  await engine.readBarrier();
}

async function save({ engine, application }: StartedMember, perChunk?: number): Promise<void> {
  await engine.saveSnapshot(application.entries.at(-1)?.index ?? 0, application.chunks(perChunk));
}

async function* repeated(chunk: Uint8Array, count: number): AsyncGenerator<Uint8Array> {
  for (let number = 0; number < count; number++) yield chunk;
}
