import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import type { EtcdEngineOptions, EtcdEngineReport } from "../../runtime/server/etcd/index.ts";
import { Certificates, pemOf } from "./certificates.ts";
import { checkRules, leaderOf, leading, type StartedMember, startMember, startMembers } from "./etcd-members.ts";
import { describeWithEtcd, enableUsers, startEtcd } from "./real-etcd.ts";
import { rejectionOf } from "./recorder.ts";

// The engine as it is used where etcd does not trust everybody.

describeWithEtcd("an etcd that does not trust everybody", () => {
  test("two members with certificates on both sides", async () => {
    const certificates = new Certificates();
    const { certFile, keyFile } = certificates.sign("etcd");
    const trusted = ["--trusted-ca-file", certificates.ca.certFile, "--client-cert-auth"];
    const flags = ["--cert-file", certFile, "--key-file", keyFile, ...trusted];
    const { endpoints } = await startEtcd(1, { clientScheme: "https", flags });
    const own = certificates.sign("hawser");
    const tls = { ca: pemOf(certificates.ca.certFile), cert: pemOf(own.certFile), key: pemOf(own.keyFile) };
    const members = await startMembers(["a", "b"], { endpoints, tls });
    const leader = await leaderOf(members);
    await leader.engine.propose(Buffer.from("x"));
    await Promise.all(members.map(({ application }) => application.until(() => application.payloads.includes("x"))));
    checkRules(members);
  }, 60_000);

  test("a user of the prefix alone, whose tokens expire: everything works, snapshots and all", async () => {
    const { endpoints } = await startEtcd(1, { flags: ["--auth-token-ttl", "1"] });
    await enableUsers(endpoints[0] ?? "", "hawser/");
    const reports: EtcdEngineReport[] = [];
    const options: Partial<EtcdEngineOptions> & Pick<EtcdEngineOptions, "endpoints"> = {
      endpoints,
      username: "hawser",
      password: "secret",
      onReport: (report) => reports.push(report),
    };
    const member = await startMember(options);
    const { engine, application } = member;
    await leading(member);
    for (const round of [1, 2, 3]) {
      await commitAndSave(member, `round ${round}`);
      // The leader's own heartbeats keep its token alive; what is not used for a second expires.
      await delay(1_500);
    }
    expect(application.payloads).toEqual(["round 1", "round 2", "round 3"]);
    // From some version on only administrators may compact.
    expect(reports.filter(({ type }) => type !== "compactionDenied")).toEqual([]);
    expect(reports.length).toBeLessThanOrEqual(1);
    const other = await startMember({ ...options, memberId: "b" });
    await engine.stop();
    await leading(other);
    await commitAndSave(other, "round 4");
    expect(other.application.payloads).toEqual(["round 1", "round 2", "round 3", "round 4"]);
    const elsewhere = rejectionOf(startMember({ ...options, memberId: "c", prefix: "elsewhere/" }));
    expect(await elsewhere).toMatchObject({ code: "ERR_STORE_DENIED" });
  }, 60_000);
});

async function commitAndSave({ engine, application }: StartedMember, payload: string): Promise<void> {
  const { index } = await engine.propose(Buffer.from(payload));
  await engine.readBarrier();
  await engine.saveSnapshot(index, application.chunks());
}
