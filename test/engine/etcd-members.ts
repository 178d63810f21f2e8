import { expect, onTestFinished } from "vitest";
import type { ConsensusEngine } from "../../runtime/server/consensus.ts";
import { type EtcdEngineOptions, etcdEngine } from "../../runtime/server/etcd/index.ts";
import { bytes, Recorder } from "./recorder.ts";

/** A member of a service, with what it was told. */
export interface StartedMember {
  readonly memberId: string;
  readonly engine: ConsensusEngine;
  readonly application: Recorder;
}

/** An engine that has started, and that stops with the test. */
export async function startMember(
  options: Partial<EtcdEngineOptions> & Pick<EtcdEngineOptions, "endpoints">,
  application: Recorder = new Recorder(),
): Promise<StartedMember> {
  const { memberId = "a" } = options;
  const engine = etcdEngine({ ...options, memberId });
  onTestFinished(() => engine.stop());
  await engine.start(application);
  return { memberId, engine, application };
}

/** Resolves when the member leads. */
export async function leading({ engine, application }: StartedMember): Promise<void> {
  await application.until(() => engine.leadership.role === "leader");
}

/** The member that leads, once one of them does. */
export async function leaderOf(members: readonly StartedMember[]): Promise<StartedMember> {
  await Promise.race(members.map(leading));
  const leader = members.find(({ engine }) => engine.leadership.role === "leader");
  if (leader === undefined) throw new Error("no member leads any more");
  return leader;
}

/** Starts several members at the same time. */
export function startMembers(
  memberIds: readonly string[],
  options: Partial<EtcdEngineOptions> & Pick<EtcdEngineOptions, "endpoints">,
): Promise<readonly StartedMember[]> {
  return Promise.all(memberIds.map((memberId) => startMember({ ...options, memberId })));
}

/** Holds what members were told to the rules of the port. All of them must have been started on a log that was empty. */
export function checkRules(members: readonly StartedMember[]): void {
  const logs = members.map(({ application }) =>
    application.entries.map(({ index, term, payload }) => ({ index, term, text: Buffer.from(payload).toString() })),
  );
  const log = logs.reduce((longest, entries) => (entries.length > longest.length ? entries : longest));
  expect(log.map(({ index }) => index)).toEqual(log.map((_, at) => at + 1));
  for (const entries of logs) expect(entries).toEqual(log.slice(0, entries.length));
  const terms = log.map(({ term }) => term);
  expect(terms).toEqual(terms.toSorted((a, b) => a - b));
  for (const { memberId, application } of members) checkEvents(memberId, application.events, terms);
}

function checkEvents(memberId: string, events: readonly string[], terms: readonly number[]): void {
  let leads: number | undefined;
  let applied = 0;
  for (const event of events) {
    const [what, number] = event.split(" ");
    if (what === "follower") leads = undefined;
    if (what === "leader") {
      leads = Number(number);
      const earlier = terms.filter((term) => term < Number(number)).length;
      // Rule 5.
      expect(
        applied,
        `${memberId} leads in term ${number} before it has applied entry ${earlier}`,
      ).toBeGreaterThanOrEqual(earlier);
    }
    if (what === "entry") {
      applied = Number(number);
      const term = terms[applied - 1] ?? 0;
      // Rule 8.
      const isLater = leads !== undefined && term > leads;
      expect(isLater, `${memberId} leads in term ${leads} as it is given entry ${applied} of term ${term}`).toBe(false);
    }
  }
}

/** Proposes until it is committed: for the time after a fault, when a leader may be deposed once more. */
export async function committing(engine: ConsensusEngine, payload: string): Promise<void> {
  await persisting(() => engine.propose(bytes(payload)));
}

/** Passes a read barrier, likewise. */
export async function reading(engine: ConsensusEngine): Promise<void> {
  await persisting(() => engine.readBarrier());
}

async function persisting(attempt: () => Promise<unknown>): Promise<void> {
  for (;;) {
    const isDone = await attempt().then(
      () => true,
      () => false,
    );
    if (isDone) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
