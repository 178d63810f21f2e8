import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { type EtcdCluster, startEtcdCluster } from "../../examples/cluster/etcd-process.ts";
import { TcpProxy } from "../nemesis/proxy.ts";
import { checkRules, leaderOf, type StartedMember, startMember, startMembers } from "./etcd-members.ts";
import { describeWithEtcd, newPrefix } from "./real-etcd.ts";
import { bytes, rejectionOf } from "./recorder.ts";

// The rules of the port (runtime/server/consensus.ts), by number, where they speak of several members: for the engine
// that can have them.

describeWithEtcd("several members on one etcd", () => {
  let etcd: EtcdCluster;
  beforeAll(async () => {
    etcd = await startEtcdCluster(1);
  }, 60_000);
  afterAll(() => etcd?.end());

  test("rules 1, 4, 5: all members apply the same entries in the same order, through all changes of leader", async () => {
    const members = await startMembers(["a", "b", "c"], { endpoints: etcd.endpoints, prefix: newPrefix() });
    let living = members;
    for (let round = 1; round <= 3; round++) {
      const leader = await leaderOf(living);
      const positions = await Promise.all(
        Array.from({ length: 200 }, (_, at) => leader.engine.propose(bytes(`${round}: ${at}`))),
      );
      expect(positions.map(({ index }) => index)).toEqual(positions.map((_, at) => 200 * (round - 1) + at + 1));
      await Promise.all(
        living.map(({ application }) => application.until(() => application.entries.length === 200 * round)),
      );
      living = living.filter((member) => member !== leader);
      if (living.length > 0) await leader.engine.stop();
    }
    checkRules(members);
    expect(members.map(({ application }) => application.entries.length).sort()).toEqual([200, 400, 600]);
  });

  test("a follower proposes nothing, reads nothing, stores nothing, and says who leads", async () => {
    const members = await startMembers(["a", "b"], { endpoints: etcd.endpoints, prefix: newPrefix() });
    const leader = await leaderOf(members);
    await leader.engine.propose(bytes("a"));
    const [follower] = members.filter((member) => member !== leader);
    if (follower === undefined) throw new Error("there is no follower");
    const { engine, application } = follower;
    await application.until(() => application.entries.length === 1);
    const refusals = [engine.propose(bytes("b")), engine.readBarrier(), engine.saveSnapshot(1, application.chunks())];
    for (const refusal of refusals) {
      expect(await rejectionOf(refusal)).toMatchObject({ code: "ERR_NOT_LEADER", leader: leader.memberId });
    }
    await leader.engine.readBarrier();
    checkRules(members);
    expect(leader.application.payloads).toEqual(["a"]);
  });

  test("stop hands over: nobody waits for the silence of a leader that has said that it goes", async () => {
    const electionTimeoutMs = 10_000;
    const options = { endpoints: etcd.endpoints, prefix: newPrefix(), electionTimeoutMs };
    const members = await startMembers(["a", "b", "c"], options);
    const leader = await leaderOf(members);
    await leader.engine.propose(bytes("before"));
    const others = members.filter((member) => member !== leader);
    const stoppedAt = performance.now();
    await leader.engine.stop();
    const next = await leaderOf(others);
    expect(performance.now() - stoppedAt).toBeLessThan(electionTimeoutMs / 4);
    await next.engine.propose(bytes("after"));
    await next.engine.readBarrier();
    expect(next.application.payloads).toEqual(["before", "after"]);
    checkRules(members);
  });

  test("a member that comes late applies everything, and takes part", async () => {
    const options = { endpoints: etcd.endpoints, prefix: newPrefix() };
    const members = await startMembers(["a"], options);
    const [first] = members;
    if (first === undefined) throw new Error("there is no member");
    await leaderOf(members);
    const payloads = Array.from({ length: 500 }, (_, at) => `${at}`);
    await Promise.all(payloads.map((payload) => first.engine.propose(bytes(payload))));
    const late = await startMember({ ...options, memberId: "b" });
    expect(late.application.payloads).toEqual(payloads);
    await first.engine.stop();
    await leaderOf([late]);
    expect(await late.engine.propose(bytes("mine"))).toMatchObject({ index: 501 });
    checkRules([first, late]);
  });

  /** Two members whose connections to etcd can be broken, each of them the leader's and the other's. */
  async function startApart(): Promise<{
    readonly deposed: StartedMember;
    readonly link: TcpProxy;
    readonly other: StartedMember;
  }> {
    const prefix = newPrefix();
    const port = Number(new URL(etcd.endpoints[0] ?? "").port);
    const apart = await Promise.all(
      ["a", "b"].map(async (memberId) => {
        const link = await TcpProxy.start(port);
        onTestFinished(() => link.close());
        const member = await startMember({ endpoints: [`http://127.0.0.1:${link.port}`], memberId, prefix });
        return { member, link };
      }),
    );
    const leader = await leaderOf(apart.map(({ member }) => member));
    const [first, second] = apart[0]?.member === leader ? apart : apart.toReversed();
    if (first === undefined || second === undefined) throw new Error("two members were started");
    await leader.engine.propose(bytes("first"));
    return { deposed: leader, link: first.link, other: second.member };
  }

  test("rules 2, 4, 7, 8: a leader that is cut off has no say, whatever arrives late of what it said", async () => {
    const { deposed, link, other } = await startApart();
    link.set("hold requests");
    const late = rejectionOf(deposed.engine.propose(bytes("late")));
    const barrier = rejectionOf(deposed.engine.readBarrier());
    await leaderOf([other]);
    await other.engine.propose(bytes("second"));
    // What was held arrives now, when another one leads.
    link.set("pass");
    expect(await late).toMatchObject({ code: expect.stringMatching(/^ERR_(NOT_LEADER|AMBIGUOUS_COMMIT)$/) });
    expect(await barrier).toMatchObject({ code: expect.stringMatching(/^ERR_(NOT_LEADER|UNAVAILABLE)$/) });
    await deposed.application.until(() => deposed.application.entries.length === 2);
    await other.engine.readBarrier();
    expect(other.application.payloads).toEqual(["first", "second"]);
    expect(await rejectionOf(deposed.engine.readBarrier())).toMatchObject({ leader: other.memberId });
    checkRules([deposed, other]);
  });

  test("rules 2, 3: what was written, and its answer lost, is in the log once, where it was said to be", async () => {
    const { deposed, link, other } = await startApart();
    link.set("hold responses");
    const outcome = await deposed.engine.propose(bytes("unanswered")).then(
      ({ index }) => index,
      (error: { readonly index?: number }) => error.index,
    );
    expect(outcome).toBe(2);
    await leaderOf([other]);
    link.set("pass");
    await other.engine.propose(bytes("third"));
    await deposed.application.until(() => deposed.application.entries.length === 3);
    expect(deposed.application.payloads).toEqual(["first", "unanswered", "third"]);
    checkRules([deposed, other]);
  });

  test("a leader that hears nothing any more says that it does not lead", async () => {
    const { deposed, link } = await startApart();
    link.set("blackhole");
    await deposed.application.until(() => deposed.application.events.at(-1) === "follower");
    expect(deposed.engine.leadership.role).toBe("follower");
    expect(await rejectionOf(deposed.engine.propose(bytes("x")))).toMatchObject({ code: "ERR_NOT_LEADER" });
    link.set("pass");
  });
});
