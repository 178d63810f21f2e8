import { expect, onTestFinished, test } from "vitest";
import type { EtcdEngineReport } from "../../runtime/server/etcd/index.ts";
import { TcpProxy } from "../nemesis/proxy.ts";
import {
  checkRules,
  committing,
  leaderOf,
  leading,
  reading,
  type StartedMember,
  startMember,
  startMembers,
} from "./etcd-members.ts";
import { administer, base64, describeWithEtcd, newPrefix, startEtcd } from "./real-etcd.ts";
import { bytes, Recorder, rejectionOf } from "./recorder.ts";

// What happens when etcd fails: each row of the table in docs/operations.md.

describeWithEtcd("when etcd fails", () => {
  test("one endpoint of three is dead: the others are asked", async () => {
    const etcd = await startEtcd(3);
    await etcd.member("a").kill();
    const { engine, application } = await led(await startMember({ endpoints: etcd.endpoints }));
    expect(await engine.propose(bytes("a"))).toMatchObject({ index: 1 });
    expect(await engine.readBarrier()).toEqual({ index: 1 });
    // The one that is asked now goes, too, and another one is back.
    etcd.member("a").start();
    await etcd.member("a").serving();
    await etcd.member("b").kill();
    await committing(engine, "b");
    await engine.readBarrier();
    expect(application.payloads.filter((payload) => payload === "b")).toHaveLength(1);
  }, 60_000);

  test("connections are cut: what is under way is settled, the leader stays and goes on", async () => {
    const { member, proxy } = await startBehindProxy();
    const { engine, application } = member;
    for (let round = 0; round < 5; round++) {
      const proposals = Array.from({ length: 20 }, (_, at) => engine.propose(bytes(`${round}: ${at}`)));
      proxy.cut();
      await Promise.all(proposals);
    }
    await engine.readBarrier();
    expect(application.payloads).toHaveLength(100);
    expect(new Set(application.payloads).size).toBe(100);
    expect(application.events.filter((event) => !event.startsWith("entry"))).toHaveLength(1);
    checkRules([member]);
  }, 60_000);

  test("a connection leads nowhere: the leader steps down, settles everything, and leads again", async () => {
    const { member, proxy } = await startBehindProxy();
    const { engine, application } = member;
    await engine.propose(bytes("before"));
    proxy.set("blackhole");
    const proposal = rejectionOf(engine.propose(bytes("during")));
    const barrier = rejectionOf(engine.readBarrier());
    await application.until(() => application.events.at(-1) === "follower");
    expect(await barrier).toMatchObject({ code: expect.stringMatching(/^ERR_(NOT_LEADER|UNAVAILABLE)$/) });
    expect(await proposal).toMatchObject({ code: "ERR_AMBIGUOUS_COMMIT", index: 2 });
    proxy.set("pass");
    await leading(member);
    await committing(engine, "after");
    await reading(engine);
    const during = application.payloads.indexOf("during");
    expect([-1, 1]).toContain(during);
    checkRules([member]);
  }, 60_000);

  test("etcd loses its quorum: nothing is committed or read, nobody leads; with the quorum all goes on", async () => {
    const etcd = await startEtcd(3);
    const members = await startMembers(["a", "b"], { endpoints: etcd.endpoints });
    const leader = await leaderOf(members);
    await leader.engine.propose(bytes("before"));
    await Promise.all([etcd.member("a").kill(), etcd.member("b").kill()]);
    const proposal = rejectionOf(leader.engine.propose(bytes("during")));
    const barrier = rejectionOf(leader.engine.readBarrier());
    expect(await proposal).toMatchObject({
      code: expect.stringMatching(/^ERR_(AMBIGUOUS_COMMIT|UNAVAILABLE|NOT_LEADER)$/),
    });
    expect(await barrier).toMatchObject({ code: expect.stringMatching(/^ERR_(NOT_LEADER|UNAVAILABLE)$/) });
    await leader.application.until(() => leader.engine.leadership.role === "follower");
    for (const { engine } of members) expect(engine.leadership.role).toBe("follower");
    etcd.member("a").start();
    const next = await leaderOf(members);
    await committing(next.engine, "after");
    const isEverywhere = (payload: string) =>
      Promise.all(members.map(({ application }) => application.until(() => application.payloads.includes(payload))));
    await isEverywhere("after");
    checkRules(members);
  }, 60_000);

  test("etcd is gone for good: stop settles everything and comes to an end", async () => {
    const etcd = await startEtcd(1);
    const { engine, application } = await led(await startMember({ endpoints: etcd.endpoints }));
    await engine.propose(bytes("before"));
    await etcd.member("a").kill();
    const proposal = rejectionOf(engine.propose(bytes("during")));
    await engine.stop();
    expect(await proposal).toMatchObject({
      code: expect.stringMatching(/^ERR_(AMBIGUOUS_COMMIT|UNAVAILABLE|NOT_LEADER)$/),
    });
    expect(application.events.at(-1)).toBe("follower");
  }, 60_000);

  test("etcd's leader is killed: the member goes on within its attempts", async () => {
    const etcd = await startEtcd(3);
    const member = await led(await startMember({ endpoints: etcd.endpoints }));
    const statuses = await Promise.all(
      etcd.members.map(async ({ clientUrl, name }) => {
        const status = (await administer(clientUrl, "maintenance/status", {})) as {
          readonly header: { readonly member_id: string };
          readonly leader: string;
        };
        return { name, leads: status.leader === status.header.member_id };
      }),
    );
    const [etcdLeader] = statuses.filter(({ leads }) => leads);
    await etcd.member(etcdLeader?.name ?? "").kill();
    await committing(member.engine, "after");
    // On a busy machine the member may be deposed for a moment, by its own delay, and leads again.
    await reading(member.engine);
    expect(member.application.payloads.filter((payload) => payload === "after")).toHaveLength(1);
    checkRules([member]);
  }, 60_000);

  test("etcd's store is full: writes are refused with the way out, and go on after it", async () => {
    const etcd = await startEtcd(1, { flags: ["--quota-backend-bytes", `${16 * 1024 * 1024}`] });
    const [endpoint = ""] = etcd.endpoints;
    const member = await led(await startMember({ endpoints: etcd.endpoints }));
    const { engine, application } = member;
    await engine.propose(bytes("before"));
    await fillUp(endpoint);
    const error = await rejectionOf(engine.propose(bytes("during")));
    expect(error).toMatchObject({ code: "ERR_UNAVAILABLE" });
    expect(error.message).toMatch(/NOSPACE.*etcdctl compact.*etcdctl defrag.*etcdctl alarm disarm/);
    await freeSpace(endpoint);
    await committing(engine, "after");
    await reading(engine);
    expect(application.payloads).toEqual(["before", "after"]);
    checkRules([member]);
  }, 60_000);

  test("etcd's store fills up: it is reported from 80 % of the quota on", async () => {
    const etcd = await startEtcd(1);
    const reports: EtcdEngineReport[] = [];
    // etcd's file begins with 20 KiB or so.
    const options = {
      endpoints: etcd.endpoints,
      storageQuotaBytes: 20_000,
      onReport: (report: EtcdEngineReport) => reports.push(report),
    };
    await startMember(options);
    await expect.poll(() => reports.length).toBe(1);
    expect(reports).toEqual([{ type: "storageFillsUp", storageBytes: expect.any(Number), storageQuotaBytes: 20_000 }]);
  }, 60_000);

  test("etcd was emptied under the members: they end, and a new log is not begun under old state", async () => {
    const etcd = await startEtcd(1);
    const members = await startMembers(["a", "b"], { endpoints: etcd.endpoints });
    const leader = await leaderOf(members);
    await Promise.all(["1", "2", "3"].map((payload) => leader.engine.propose(bytes(payload))));
    const [node] = etcd.members;
    await node?.kill();
    await node?.wipe();
    node?.start();
    for (const { application } of members) {
      await application.until(() => application.fatalErrors.length > 0);
      const [error] = application.fatalErrors;
      expect(error).toMatchObject({ code: "ERR_STORE_REPLACED" });
    }
    // Who starts now begins anew, knowingly: with no state.
    const { engine } = await led(await startMember({ endpoints: etcd.endpoints, memberId: "c" }));
    expect(await engine.propose(bytes("new"))).toMatchObject({ index: 1 });
  }, 60_000);

  test("one member of etcd was emptied: etcd does not take it back, and all goes on without it", async () => {
    const etcd = await startEtcd(3);
    const member = await led(await startMember({ endpoints: etcd.endpoints }));
    await member.engine.propose(bytes("before"));
    const emptied = etcd.member("b");
    await emptied.kill();
    await emptied.wipe();
    emptied.start();
    await expect.poll(() => emptied.state, { timeout: 20_000 }).toBe("down");
    expect(emptied.lastLines.join()).toContain("already been bootstrapped");
    await committing(member.engine, "after");
    await member.engine.readBarrier();
    expect(member.application.payloads).toEqual(["before", "after"]);
    checkRules([member]);
  }, 60_000);

  test("etcd was restored from an older backup: members that know more end", async () => {
    const etcd = await startEtcd(1);
    const prefix = newPrefix();
    const { engine, application } = await led(await startMember({ endpoints: etcd.endpoints, prefix }));
    const [endpoint = ""] = etcd.endpoints;
    await engine.propose(bytes("1"));
    const older = await keyValueOf(endpoint, `${prefix}head`);
    await engine.propose(bytes("2"));
    await administer(endpoint, "kv/put", { key: base64(`${prefix}head`), value: older });
    await rejectionOf(engine.propose(bytes("3")));
    await application.until(() => application.fatalErrors.length > 0);
    expect(application.fatalErrors[0]).toMatchObject({ code: "ERR_STORE_REPLACED" });
  }, 60_000);

  test("a value of the log is damaged: it is never applied, the member ends and says which", async () => {
    const etcd = await startEtcd(1);
    const prefix = newPrefix();
    const [endpoint = ""] = etcd.endpoints;
    const { engine } = await led(await startMember({ endpoints: etcd.endpoints, prefix }));
    await Promise.all(["1", "2", "3"].map((payload) => engine.propose(bytes(payload))));
    const key = `${prefix}log/0000000000000002`;
    const damaged = Buffer.from(await keyValueOf(endpoint, key), "base64");
    damaged[damaged.length - 1] = 0x33;
    await administer(endpoint, "kv/put", { key: base64(key), value: base64(damaged) });
    const application = new Recorder();
    const error = await rejectionOf(startMember({ endpoints: etcd.endpoints, prefix, memberId: "b" }, application));
    expect(error).toMatchObject({ code: "ERR_STORE_CORRUPT" });
    expect(error.message).toContain(key);
    expect(application.payloads).not.toContain("3");
  }, 60_000);
});

/** A member that leads, on an etcd behind a link that can be broken. */
async function startBehindProxy(): Promise<{ readonly member: StartedMember; readonly proxy: TcpProxy }> {
  const etcd = await startEtcd(1);
  const proxy = await TcpProxy.start(Number(new URL(etcd.endpoints[0] ?? "").port));
  onTestFinished(() => proxy.close());
  const member = await led(await startMember({ endpoints: [`http://127.0.0.1:${proxy.port}`] }));
  return { member, proxy };
}

async function led(member: StartedMember): Promise<StartedMember> {
  await leading(member);
  return member;
}

async function keyValueOf(endpoint: string, key: string): Promise<string> {
  const { kvs } = (await administer(endpoint, "kv/range", { key: base64(key) })) as {
    readonly kvs: readonly { readonly value: string }[];
  };
  return kvs[0]?.value ?? "";
}

/** Writes keys of somebody else until etcd takes no more. */
async function fillUp(endpoint: string): Promise<void> {
  const value = base64(new Uint8Array(1024 * 1024));
  for (let number = 0; ; number++) {
    const put = administer(endpoint, "kv/put", { key: base64(`filler ${number}`), value });
    const problem = await put.then(() => undefined, String);
    if (problem?.includes("space exceeded")) return;
    if (problem !== undefined) throw new Error(problem);
  }
}

/** What an operator does about a full store. */
async function freeSpace(endpoint: string): Promise<void> {
  const range = { key: base64("filler"), range_end: base64("filles") };
  const { header } = (await administer(endpoint, "kv/deleterange", range)) as {
    readonly header: { readonly revision: string; readonly member_id: string };
  };
  await administer(endpoint, "kv/compaction", { revision: header.revision, physical: true });
  await administer(endpoint, "maintenance/defragment", {});
  const alarm = { action: "DEACTIVATE", alarm: "NOSPACE", memberID: header.member_id };
  await administer(endpoint, "maintenance/alarm", alarm);
}
