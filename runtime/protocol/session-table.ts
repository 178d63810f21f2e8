import type { EndReason, LogRecord, SnapshotRecord } from "../../generated/log/messages.ts";
import type { RequestId, SessionId } from "../../generated/protocol/messages.ts";
import type { CachedResponse } from "./kept-responses.ts";
import { limits } from "./limits.ts";
import { refusalOf, UnusableResult } from "./refusal.ts";
import { type CommandState, Session } from "./session.ts";
import type { ApplyContext, SessionInfo, StateMachine, Work } from "./state-machine.ts";
import { type SendWork, WorkQueue, type WorkRecord } from "./work-queue.ts";

/**
 * The replicated table of sessions, with the application's state machine inside it.
 *
 * Theory of operation. Every member feeds the entries of the log to `applyEntry`, in order, and so comes to the same table.
 * A command is applied at most once: its request id is looked up in its session first, and an id that was applied is
 * answered from what was kept; so is one that the state machine refused. What a client no longer waits for
 * (`lowestPendingRequestId`) is forgotten and never applied again. A session exists from its `CreateSession` record to its
 * `CloseSession` or `ExpireSession`; a command of a session that does not exist changes nothing, whatever a leader believed
 * when it proposed the command. Commands that share a record share nothing else: each is looked up, applied and answered by
 * itself.
 *
 * `applyEntry` returns what the leader has to tell clients. Every member computes it; only the leader acts on it, perhaps
 * twice after a change of leaders, so clients drop repeats.
 *
 * Nothing here depends on a clock: the time is that of the log entry.
 */
export class SessionTable {
  readonly #stateMachine: StateMachine;
  readonly #sessions = new Map<SessionId, Session>();
  readonly #work = new WorkQueue(this.#sessions);
  #appliedIndex = 0;
  /** The session whose command is being applied. */
  #commander: Session | undefined;
  /** Sessions that got server requests from the record being applied. */
  readonly #dispatched = new Set<SessionId>();

  constructor(stateMachine: StateMachine) {
    this.#stateMachine = stateMachine;
  }

  /** The last entry of the log that was applied. */
  get appliedIndex(): number {
    return this.#appliedIndex;
  }

  /** Every session, oldest first. */
  get sessions(): ReadonlyMap<SessionId, Session> {
    return this.#sessions;
  }

  /** Applies the records of one log entry, in order, and returns what clients are to be told. */
  applyEntry(entry: AppliedEntry): readonly TableEffect[] {
    const effects: TableEffect[] = [];
    this.#appliedIndex = entry.index;
    const send: SendWork = (sessionId, payload) => this.#send(sessionId, payload, entry.proposedAt);
    const context = { index: entry.index, atUnixMs: entry.proposedAt, send, work: this.#workContext(send) };
    for (const record of entry.records) {
      this.#apply(record, context, effects);
      for (const sessionId of this.#dispatched) effects.push({ type: "dispatch", sessionId });
      this.#dispatched.clear();
    }
    return effects;
  }

  /** Answers a query of the application. Throws what the state machine throws. */
  query(query: Uint8Array): Uint8Array {
    return checkedResult(this.#stateMachine.query(query));
  }

  /** How many pieces of work a session has. */
  workHeldBy(session: SessionInfo): number {
    return this.#work.heldBy(session);
  }

  /** The sessions and their work as snapshot records, without the application's state. */
  *snapshot(): Generator<SnapshotRecord> {
    for (const session of this.#sessions.values()) {
      yield {
        type: "Session",
        sessionId: session.sessionId,
        nonce: session.nonce,
        createdAt: session.createdAtUnixMs,
        capabilities: session.capabilities,
        sessionTimeout: session.sessionTimeoutMs,
        owner: session.owner,
        sessionIndex: session.sessionIndex,
        activeIndex: session.activeIndex,
        lowestPendingRequestId: session.lowestPendingRequestId,
        lastServerRequestId: session.lastServerRequestId,
      };
      for (const response of session.responses) yield { type: "Response", ...response };
      for (const request of session.outbox) yield { type: "ServerRequest", ...request };
    }
    yield* this.#work.snapshot();
  }

  /** Replaces the table, and nothing else, by what `snapshot` gave. */
  restore(appliedIndex: number, records: Iterable<SnapshotRecord>): void {
    this.#sessions.clear();
    this.#appliedIndex = appliedIndex;
    let session: Session | undefined;
    const work: WorkRecord[] = [];
    for (const record of records) {
      if (record.type === "Session") {
        const { createdAt, sessionTimeout, owner } = record;
        session = new Session({ ...record, owner, createdAtUnixMs: createdAt, sessionTimeoutMs: sessionTimeout });
        session.activeIndex = record.activeIndex;
        session.lowestPendingRequestId = record.lowestPendingRequestId;
        session.lastServerRequestId = record.lastServerRequestId;
        this.#sessions.set(session.sessionId, session);
      } else if (record.type === "Response") {
        const { requestId, index, result, refusal } = record;
        session?.remember([{ requestId, index, result, refusal }]);
      } else if (record.type === "ServerRequest") {
        session?.restoreServerRequest(record);
      } else if (record.type === "Worker" || record.type === "Work" || record.type === "WorkEnd") {
        work.push(record);
      }
    }
    this.#work.restore(work);
  }

  #apply(record: LogRecord, context: ApplyContext, effects: TableEffect[]): void {
    if (record.type === "CreateSession") {
      this.#create(record, context, effects);
      return;
    }
    const session = this.#sessions.get(record.sessionId);
    if (session === undefined) return;
    switch (record.type) {
      case "Commands":
        session.activeIndex = context.index;
        this.#commands(session, record, context, effects);
        return;
      case "AckServerRequest":
        session.activeIndex = context.index;
        if (session.acknowledge(record.requestId)) this.#work.roomIn(session, context.send);
        effects.push({ type: "acknowledged", sessionId: session.sessionId, requestId: record.requestId });
        return;
      case "CloseSession":
        this.#end(session, record.reason, context, effects);
        return;
      case "ExpireSession":
        // A sign of life that reached the log after the leader decided wins: the lease begins anew.
        if (session.activeIndex > record.unlessActiveAfter)
          effects.push({ type: "survived", sessionId: session.sessionId });
        else this.#end(session, "Expired", context, effects);
        return;
    }
  }

  #create(record: LogRecord & { type: "CreateSession" }, context: ApplyContext, effects: TableEffect[]): void {
    const { sessionId, nonce, capabilities, sessionTimeout, owner } = record;
    if (this.#sessions.has(sessionId)) return;
    const session = new Session({
      sessionId,
      nonce,
      capabilities,
      sessionTimeoutMs: sessionTimeout,
      owner,
      sessionIndex: context.index,
      createdAtUnixMs: context.atUnixMs,
    });
    this.#sessions.set(sessionId, session);
    effects.push({ type: "created", sessionId });
    this.#notify(() => this.#stateMachine.sessionCreated?.(session, context), effects);
    this.#work.sessionCreated(session, context.send);
  }

  /** Each by itself, in order; what ends the session in between leaves the rest without effect. */
  #commands(
    session: Session,
    { firstRequestId, lowestPendingRequestId, payloads }: LogRecord & { type: "Commands" },
    context: ApplyContext,
    effects: TableEffect[],
  ): void {
    session.advance(lowestPendingRequestId);
    const windowEnd = (session.lowestPendingRequestId ?? lowestPendingRequestId) + limits.requestWindow;
    const run: Run = { session, context, effects, responses: [] };
    let requestId = firstRequestId;
    for (const payload of payloads) {
      const known = session.lookup(requestId);
      if (known.state !== "new") {
        repeat(run, requestId, known);
      } else if (requestId >= windowEnd) {
        this.#end(session, "WindowExceeded", context, effects);
        return;
      } else {
        this.#command(run, requestId, payload);
      }
      requestId += 1;
    }
    session.remember(run.responses);
  }

  /** A command of whom nobody has heard before. */
  #command(run: Run, requestId: RequestId, payload: Uint8Array): void {
    const { session } = run;
    const { index, atUnixMs, send, work } = run.context;
    let result: Uint8Array;
    this.#commander = session;
    try {
      result = this.#stateMachine.apply(payload, { index, atUnixMs, send, work, session, requestId });
    } catch (error) {
      if (error instanceof UnusableResult) withoutResult(run, requestId, error);
      else refuse(run, requestId, error);
      return;
    } finally {
      this.#commander = undefined;
    }
    try {
      run.responses.push({ requestId, index, result: checkedResult(result), refusal: undefined });
      respond(run.effects, session.sessionId, requestId, result, index);
    } catch (error) {
      withoutResult(run, requestId, error);
    }
  }

  #end(session: Session, reason: EndReason, context: ApplyContext, effects: TableEffect[]): void {
    this.#sessions.delete(session.sessionId);
    effects.push({ type: "ended", sessionId: session.sessionId, reason });
    this.#notify(() => this.#stateMachine.sessionEnded?.(session, reason, context), effects);
    this.#work.sessionEnded(session, context.send);
  }

  /** A state machine that throws from a session event must not stop the log; it is reported and the log goes on. */
  #notify(call: () => void, effects: TableEffect[]): void {
    try {
      call();
    } catch (error) {
      effects.push({ type: "stateMachineError", sessionId: undefined, error });
    }
  }

  #workContext(send: SendWork): Work {
    return {
      add: (capability, payloadOf) => this.#work.add(capability, payloadOf, send),
      complete: (workId) => {
        const sessionId = this.#commander?.sessionId;
        return sessionId !== undefined && this.#work.complete(workId, sessionId, send);
      },
      cancel: (workId) => this.#work.cancel(workId, send),
    };
  }

  #send(sessionId: SessionId, payload: Uint8Array, createdAt: number): boolean {
    if (payload.length > limits.payloadBytesMax) {
      throw new RangeError(`server request is ${payload.length} bytes, the limit is ${limits.payloadBytesMax}`);
    }
    const sent = this.#sessions.get(sessionId)?.enqueue(payload, createdAt) ?? false;
    if (sent) this.#dispatched.add(sessionId);
    return sent;
  }
}

/** One log entry, decoded. */
export interface AppliedEntry {
  /** Its position in the log. */
  readonly index: number;
  /** When its leader proposed it: milliseconds since the Unix epoch. */
  readonly proposedAt: number;
  readonly records: readonly LogRecord[];
}

/** What applying a record means for clients. */
export type TableEffect =
  | { readonly type: "created"; readonly sessionId: SessionId }
  | {
      readonly type: "respond";
      readonly sessionId: SessionId;
      /** Of the first of the commands whose request ids follow one another. */
      readonly firstRequestId: RequestId;
      /** Of each command, in order. */
      readonly results: readonly Uint8Array[];
      /** The entry of the log that applied them. */
      readonly index: number;
    }
  | {
      readonly type: "refused";
      readonly sessionId: SessionId;
      readonly requestId: RequestId;
      readonly detail: string;
    }
  | { readonly type: "evicted"; readonly sessionId: SessionId; readonly requestId: RequestId }
  | { readonly type: "dispatch"; readonly sessionId: SessionId }
  | { readonly type: "acknowledged"; readonly sessionId: SessionId; readonly requestId: RequestId }
  | { readonly type: "survived"; readonly sessionId: SessionId }
  | { readonly type: "stateMachineError"; readonly sessionId: SessionId | undefined; readonly error: unknown }
  | { readonly type: "ended"; readonly sessionId: SessionId; readonly reason: EndReason };

/** Commands of one session that are being applied. */
interface Run {
  readonly session: Session;
  readonly context: ApplyContext;
  readonly effects: TableEffect[];
  /** What is to be kept of them. */
  readonly responses: CachedResponse[];
}

/** A command that was heard of before. */
function repeat({ session, effects }: Run, requestId: RequestId, known: CommandState): void {
  const { sessionId } = session;
  if (known.state === "answered") respond(effects, sessionId, requestId, known.result, known.index);
  else if (known.state === "refused") effects.push({ type: "refused", sessionId, requestId, detail: known.detail });
  else effects.push({ type: "evicted", sessionId, requestId });
}

/** A command that changed nothing. */
function refuse({ session, context, effects, responses }: Run, requestId: RequestId, error: unknown): void {
  const { sessionId } = session;
  const detail = refusalOf(error);
  responses.push({ requestId, index: context.index, result: undefined, refusal: detail });
  effects.push({ type: "stateMachineError", sessionId, error });
  effects.push({ type: "refused", sessionId, requestId, detail });
}

/** The state may have changed, so the command counts as applied, with a result that nobody can be given. */
function withoutResult({ session, context, effects, responses }: Run, requestId: RequestId, error: unknown): void {
  const { sessionId } = session;
  responses.push({ requestId, index: context.index, result: undefined, refusal: undefined });
  effects.push({ type: "stateMachineError", sessionId, error });
  effects.push({ type: "evicted", sessionId, requestId });
}

/** Adds the answer to a command to those of the commands before it, or else as the first. */
function respond(
  effects: TableEffect[],
  sessionId: SessionId,
  requestId: RequestId,
  result: Uint8Array,
  index: number,
): void {
  const last = effects[effects.length - 1];
  if (last?.type === "respond" && last.sessionId === sessionId && last.index === index) {
    const results = last.results as Uint8Array[];
    if (last.firstRequestId + results.length === requestId) {
      results.push(result);
      return;
    }
  }
  effects.push({ type: "respond", sessionId, firstRequestId: requestId, results: [result], index });
}

function checkedResult(result: Uint8Array): Uint8Array {
  if (!(result instanceof Uint8Array)) {
    throw new TypeError(`a state machine must return a Uint8Array, not ${result === null ? "null" : typeof result}`);
  }
  if (result.length > limits.payloadBytesMax) {
    throw new RangeError(`the result is ${result.length} bytes, the limit is ${limits.payloadBytesMax}`);
  }
  return result;
}
