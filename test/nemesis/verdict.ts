import type { Arena } from "./arena.ts";
import { checkHistory, explanation, type HistoryVerdict } from "./checker.ts";
import { ROLLING_RESTART } from "./faults.ts";
import { describeOperation, type Operation, registersOf, writtenBy } from "./history.ts";
import type { Strike } from "./nemesis.ts";
import type { Porcupine } from "./porcupine.ts";
import type { MemberState } from "./server-member.ts";

/** A promise that was not kept. `details`: what shows it, line by line. */
export interface Violation {
  readonly promise: string;
  readonly details: readonly string[];
}

/** What both checkers say of a history: what is wrong with it, and whether each of them found that. */
export interface Judgement {
  readonly violations: readonly Violation[];
  readonly ours: HistoryVerdict;
  /** Nothing where there is no Go. */
  readonly theirs: HistoryVerdict | undefined;
}

/** Linearizability, by our checker and by Porcupine, which have to agree. */
export async function judge(history: readonly Operation[], porcupine: Porcupine | undefined): Promise<Judgement> {
  const ours = checkHistory(history);
  const [theirs] = (await porcupine?.check([history])) ?? [];
  const violations: Violation[] = [];
  const registers = registersOf(history);
  for (const key of ours.notLinearizable) {
    const shortest = explanation(registers.get(key) ?? []).map(describeOperation);
    violations.push(...violation(`linearizable: no order explains what was seen of register ${key}`, shortest));
  }
  for (const key of ours.undecided) {
    violations.push({ promise: "linearizable", details: [`our checker gave up on register ${key}`] });
  }
  if (theirs !== undefined && !isSame(ours, theirs)) {
    const details = [`ours: ${JSON.stringify(ours)}`, `Porcupine: ${JSON.stringify(theirs)}`];
    violations.push({ promise: "both checkers say the same", details });
  }
  return { violations, ours, theirs };
}

/** What the journal of applied commands says of what clients were told. */
export function checkJournal(history: readonly Operation[], journal: readonly number[]): readonly Violation[] {
  const applied = new Set(journal);
  const asked = new Map<number, Operation>();
  for (const operation of history) {
    const serial = writtenBy(operation);
    if (serial !== undefined) asked.set(serial, operation);
  }
  const once = new Set<number>();
  const twice = journal.filter((serial) => once.size === once.add(serial).size);
  const isTold = ({ failure }: Operation) => failure === undefined || failure.outcome === "applied";
  const commands = [...asked];
  return [
    violation("no command is applied twice", twice.map(String)),
    violation(
      "no answered command is lost",
      described(commands, (serial, operation) => isTold(operation) && !applied.has(serial)),
    ),
    violation(
      "no command is applied that was said not to be",
      described(commands, (serial, { failure }) => failure?.outcome === "not-applied" && applied.has(serial)),
    ),
    violation("no command is applied that nobody sent", journal.filter((serial) => !asked.has(serial)).map(String)),
  ].flat();
}

/** What servers say of themselves at rest, each of them once or more often: always the same. */
export function checkStates(states: readonly MemberState[], arena: Arena): readonly Violation[] {
  const told = states.map(({ appliedIndex, digest, sessionIds }, at) => {
    const name = arena.servers[at % arena.servers.length]?.name ?? "";
    const isSame = JSON.stringify([digest, sessionIds]) === JSON.stringify([states[0]?.digest, states[0]?.sessionIds]);
    const text = `server ${name}: entry ${appliedIndex}, state ${digest}, ${sessionIds.length} sessions`;
    return { name, sessionIds, isSame, text };
  });
  const lost = told.flatMap(({ name, sessionIds }) =>
    arena.sessionIds
      .filter((sessionId) => !sessionIds.includes(sessionId))
      .map((id) => `server ${name} has lost ${id}`),
  );
  return [
    violation("members agree", told.every(({ isSame }) => isSame) ? [] : told.map(({ text }) => text)),
    violation("sessions are kept", lost),
  ].flat();
}

/** A rolling restart must not fail a single call. */
export function checkRollingRestarts(history: readonly Operation[], strikes: readonly Strike[]): readonly Violation[] {
  const failed = strikes
    .filter(({ kind }) => kind === ROLLING_RESTART)
    .flatMap(({ at, healedAt }) =>
      history.filter(({ invoke, failure }) => failure !== undefined && invoke >= at && invoke <= healedAt),
    );
  return violation(
    "no call fails in a rolling restart",
    failed.map((operation) => `${describeOperation(operation)}: ${operation.failure?.code}`),
  );
}

/** A violation where there is something to show. */
export function violation(promise: string, details: readonly string[]): readonly Violation[] {
  if (details.length === 0) return [];
  const more = details.length > DETAILS_MAX ? [`… and ${details.length - DETAILS_MAX} more`] : [];
  return [{ promise, details: [...details.slice(0, DETAILS_MAX), ...more] }];
}

function described(
  commands: readonly (readonly [number, Operation])[],
  isWrong: (serial: number, operation: Operation) => boolean,
): readonly string[] {
  return commands
    .filter(([serial, operation]) => isWrong(serial, operation))
    .map(
      ([, operation]) =>
        `${describeOperation(operation)}${operation.failure === undefined ? "" : `: ${operation.failure.code}`}`,
    );
}

function isSame(one: HistoryVerdict, other: HistoryVerdict): boolean {
  const keys = (verdict: HistoryVerdict) => verdict.notLinearizable.toSorted().join();
  return one.verdict === other.verdict && one.keys === other.keys && keys(one) === keys(other);
}

const DETAILS_MAX = 12;
