import type { ServerMessage } from "../../generated/protocol/messages.ts";
import type { RequestError, SessionError } from "../../runtime/protocol/errors.ts";
import { limits } from "../../runtime/protocol/limits.ts";
import type { ServerReport } from "../../runtime/protocol/server-events.ts";
import type { ClientProcess, OpenCall } from "./client-process.ts";
import { checkRegister, type RegisterOperation } from "./linearizability.ts";
import type { MemberProcess } from "./member-process.ts";
import type { Link } from "./network.ts";
import { check, Violation } from "./violation.ts";
import type { World } from "./world.ts";

/** Holds what happens in a world against what is promised. */
export class Checks {
  readonly #world: World;
  /** What callers saw of each register. */
  readonly #histories = new Map<number, RegisterOperation[]>();
  /** Commands of which their callers were told that they were not applied and never will be. */
  readonly #notApplied = new Set<number>();

  constructor(world: World) {
    this.#world = world;
  }

  // ---------------------------------------------------------------- what callers are told

  resolved(call: OpenCall, result: number): void {
    const { truth } = this.#world;
    this.#world.count("call answered");
    this.#record(call, result);
    if (call.verb === "read") return;
    const fate = truth.commands.get(call.number);
    check(
      fate !== undefined,
      "answered means committed",
      () => `command ${call.number} was answered and is not in the log`,
    );
    check(!fate.isRefused && fate.result === result, "honest outcome", () => {
      return `command ${call.number} was answered with ${result}, the log says ${fate.isRefused ? "refused" : fate.result}`;
    });
  }

  rejected(call: OpenCall, { code, outcome }: RequestError | SessionError): void {
    const fate = this.#world.truth.commands.get(call.number);
    const told = () => `caller ${call.number} was told ${code}, ${outcome}; the log says ${JSON.stringify(fate)}`;
    this.#world.count(`call ended with ${code}`);
    if (code === "ERR_RESPONSE_EVICTED") {
      check(fate !== undefined && !fate.isRefused, "honest outcome", told);
      // Only a full cache forgets the answer to a command whose caller still waits.
      const isFull = this.#world.profile.limits.cachedResponseBytesMax !== undefined;
      check(
        isFull,
        "honest outcome",
        () => `the answer to ${call.number} was forgotten although there was room for it`,
      );
    }
    if (code === "ERR_INVALID_REQUEST") check(call.verb === "refuse", "honest outcome", told);
    if (outcome === "applied") check(fate !== undefined, "honest outcome", told);
    if (outcome === "not-applied") this.#notApplied.add(call.number);
    else this.#record(call, undefined);
  }

  /** The caller is gone. */
  forgotten(call: OpenCall): void {
    this.#record(call, undefined);
  }

  /** A client was told that its session is over. */
  expired({ name, sessionId }: ClientProcess): void {
    check(sessionId === undefined || !this.#world.truth.isLiving(sessionId), "session kept", () => {
      return `${name} is told that ${sessionId} has expired, and the log does not say so`;
    });
  }

  /** A server has said something to a client: that it may not have its session, perhaps. */
  heard({ name, link }: ClientProcess, message: ServerMessage): void {
    if (message.type !== "SessionRejected" || message.reason !== "Unauthorized") return;
    check(link?.isAllowed === false, "session kept", () => `${name} is refused its session, and nobody has decided so`);
    this.#world.count("session refused");
  }

  // ---------------------------------------------------------------- what members do

  /** A member says something to a client: whose session it gives to whom. */
  said({ memberId }: MemberProcess, link: Link, message: ServerMessage): void {
    if (message.type !== "SessionCreated" && message.type !== "SessionContinued") return;
    const sessionId = message.type === "SessionCreated" ? message.sessionId : (link.asked?.sessionId ?? "");
    const owner = this.#world.truth.sessions.get(sessionId)?.owner;
    const { name, identity } = link.client;
    check(owner === identity.publicKey, "own session", () => {
      return `${memberId} gives ${sessionId} of ${owner} to ${name}, whose key is ${identity.publicKey}`;
    });
    const isAsked = this.#world.profile.access?.authorizes ?? false;
    check(!isAsked || link.isAllowed === true, "authorized", () => {
      return `${memberId} gives ${sessionId} to ${name}, and nobody has said that it may`;
    });
  }

  /** A member has applied an entry, or loaded a snapshot of the state after it. */
  applied(member: MemberProcess, index: number): void {
    const { digests } = this.#world.truth;
    check(member.application.digest === digests[index], "members agree", () => {
      return `after entry ${index} the state of ${member.memberId} is not what the log says`;
    });
    if (index % 16 === 0) this.#bounded(member);
  }

  /** A member has loaded a snapshot. */
  loaded(member: MemberProcess, index: number): void {
    this.applied(member, index);
    this.#bounded(member);
  }

  reported({ memberId }: MemberProcess, report: ServerReport): void {
    if (report.type === "stateMachineError" && report.error instanceof Violation) throw report.error;
    if (report.type === "overloaded") this.#world.count("overload");
    if (report.type === "rateLimited") this.#world.count(`over ${report.rate}`);
    if (report.type === "notOwner" || report.type === "authorizationFailed") this.#world.count(report.type);
    const problem = report.type === "protocolViolation" ? report.problem : undefined;
    // A late frame may arrive on a connection that has lost its session meanwhile.
    check(problem === undefined || problem.includes("without a session"), "no fault of ours", () => {
      return `${memberId} complains of what a client of ours sent: ${problem}`;
    });
  }

  // ---------------------------------------------------------------- the end

  /** Everything is at rest: what was said must be so, and nothing must be left over. */
  atRest(): void {
    const { truth, members } = this.#world;
    for (const number of this.#notApplied) {
      check(
        !truth.hasApplied(number),
        "honest outcome",
        () => `command ${number}, said not to be applied, was applied`,
      );
    }
    this.#linearizable();
    const living = truth.living.map(({ sessionId }) => sessionId);
    const wanted = this.#world.clients.map(({ sessionId }) => sessionId).sort();
    check(living.slice().sort().join() === wanted.join(), "bounded memory", () => {
      return `the sessions ${living.join()} are left, clients have ${wanted.join()}`;
    });
    for (const member of members) this.#nothingLeft(member, living);
  }

  #linearizable(): void {
    for (const [key, history] of this.#histories) {
      const verdict = checkRegister(history);
      if (verdict === "undecided") this.#world.count("history undecided");
      check(verdict !== "not linearizable", "linearizable", () => {
        return `no order of the ${history.length} operations on key ${key} explains what they saw`;
      });
    }
  }

  #nothingLeft(member: MemberProcess, living: readonly string[]): void {
    const sessions = [...member.table.sessions.values()];
    check(sessions.map(({ sessionId }) => sessionId).join() === living.join(), "members agree", () => {
      return `${member.memberId} has the sessions ${sessions.map(({ sessionId }) => sessionId).join()}, the log ${living.join()}`;
    });
    for (const { sessionId, responses, outbox } of sessions) {
      check(responses.size <= 1, "bounded memory", () => {
        return `${member.memberId} keeps ${responses.size} answers of ${sessionId}, which waits for none`;
      });
      check(outbox.length === 0, "server requests", () => {
        return `${member.memberId} keeps ${outbox.length} server requests of ${sessionId}, which has them all`;
      });
    }
  }

  /** Sessions keep what their clients may ask for again, and nothing else. */
  #bounded(member: MemberProcess): void {
    const { truth, consensus } = this.#world;
    const isUpToDate = member.table.appliedIndex === consensus.committedIndex;
    for (const { sessionId, outbox, responses } of member.table.sessions.values()) {
      const told = () =>
        `${member.memberId} keeps ${outbox.length} server requests and ${responses.size} answers of ${sessionId}`;
      check(
        outbox.length <= limits.serverRequestsPendingMax && responses.size <= limits.requestWindow,
        "bounded memory",
        told,
      );
      const fate = truth.sessions.get(sessionId);
      if (!isUpToDate || fate === undefined) continue;
      let kept = 0;
      for (const requestId of fate.commands.keys()) if (requestId >= fate.lowestPendingRequestId) kept += 1;
      const waiting = fate.serverRequests.length - fate.acknowledgedId;
      check(responses.size === kept && outbox.length === waiting, "members agree", () => {
        return `${told()}, the log has ${waiting} and ${kept}`;
      });
    }
  }

  #record({ verb, key, number, calledAt }: OpenCall, seen: number | undefined): void {
    if (verb !== "swap" && (verb !== "read" || seen === undefined)) return;
    const history = this.#histories.get(key) ?? [];
    this.#histories.set(key, history);
    const returnedAt = seen === undefined ? Number.POSITIVE_INFINITY : this.#world.newOrder();
    history.push({ type: verb, written: number, seen, calledAt, returnedAt });
  }
}
