import type { SnapshotRecord } from "../../generated/log/messages.ts";
import type { SessionId } from "../../generated/protocol/messages.ts";
import { Deadlines } from "./deadlines.ts";
import { limits } from "./limits.ts";
import type { SessionInfo, WorkId } from "./state-machine.ts";
import { Worker, WorkTurns } from "./work-turns.ts";

/** Stores a server request for a session; false when there is no such session, or no room for it. */
export type SendWork = (sessionId: SessionId, payload: Uint8Array) => boolean;

/**
 * Work for any session that has a capability: which pieces are not done, and which session has each.
 *
 * A piece goes as a server request to the session whose turn it is, among those with the capability, with room in their
 * outbox and with fewer than `limits.workHeldMax` pieces of that capability. Turns go round: first in the order in which
 * the sessions were created, and whoever was given something comes last. Without such a session the piece waits, the
 * oldest first. When a session ends, what it has not completed goes to others.
 *
 * Everything here is replicated and deterministic. Invariant: while a piece waits, every session with its capability is
 * full, or has no room in its outbox.
 */
export class WorkQueue {
  readonly #sessions: ReadonlyMap<SessionId, SessionInfo>;
  /** What is not done, by id. */
  readonly #pending = new Map<WorkId, PendingWork>();
  #pendingBytes = 0;
  readonly #routes = new Map<string, Route>();
  #lastWorkId: WorkId = 0;

  /** `sessions`: all there are, oldest first. A session is there before `sessionCreated` and not at `sessionEnded`. */
  constructor(sessions: ReadonlyMap<SessionId, SessionInfo>) {
    this.#sessions = sessions;
  }

  /** Adds a piece of work; its id, or `undefined` when too much is pending. */
  add(capability: string, payloadOf: (workId: WorkId) => Uint8Array, send: SendWork): WorkId | undefined {
    checkCapability(capability);
    if (this.#pending.size >= limits.workPendingMax) return undefined;
    this.#lastWorkId += 1;
    const workId = this.#lastWorkId;
    const payload = payloadOf(workId);
    if (payload.length > limits.payloadBytesMax) {
      throw new RangeError(
        `the payload of the work is ${payload.length} bytes, the limit is ${limits.payloadBytesMax}`,
      );
    }
    if (this.#pendingBytes + payload.length > limits.workPendingBytesMax) return undefined;
    this.#pendingBytes += payload.length;
    this.#pending.set(workId, { workId, capability, payload, holder: undefined });
    const route = this.#route(capability);
    route.waiting.set(workId, workId);
    this.#assign(route, send);
    return workId;
  }

  /** Ends a piece of work that the session has; false when it has not. */
  complete(workId: WorkId, sessionId: SessionId, send: SendWork): boolean {
    return this.#pending.get(workId)?.holder === sessionId && this.cancel(workId, send);
  }

  /** Ends a piece of work whoever has it; false when there is no such piece. */
  cancel(workId: WorkId, send: SendWork): boolean {
    const work = this.#pending.get(workId);
    if (work === undefined) return false;
    this.#pending.delete(workId);
    this.#pendingBytes -= work.payload.length;
    const route = this.#route(work.capability);
    route.waiting.delete(workId);
    const worker = work.holder === undefined ? undefined : route.workers.get(work.holder);
    if (worker !== undefined) {
      worker.held.delete(workId);
      route.turns.add(worker);
      this.#assign(route, send);
    }
    this.#dropIfIdle(work.capability, route);
    return true;
  }

  /** How many pieces of work a session has. */
  heldBy(session: SessionInfo): number {
    const held = this.#routesOf(session).map(({ workers }) => workers.get(session.sessionId)?.held.size ?? 0);
    return held.reduce((sum, count) => sum + count, 0);
  }

  /** A session has begun: what waits for its capabilities goes to it. */
  sessionCreated(session: SessionInfo, send: SendWork): void {
    for (const route of this.#routesOf(session)) {
      if (!route.workers.has(session.sessionId)) route.turns.add(admit(route, session.sessionId));
      this.#assign(route, send);
    }
  }

  /** A session has ended: what it has goes to others. */
  sessionEnded(session: SessionInfo, send: SendWork): void {
    const { sessionId } = session;
    for (const capability of Object.keys(session.capabilities)) {
      const route = this.#routes.get(capability);
      const worker = route?.workers.get(sessionId);
      if (route === undefined || worker === undefined) continue;
      route.workers.delete(sessionId);
      route.turns.remove(worker);
      for (const workId of worker.held) {
        const work = this.#pending.get(workId);
        if (work !== undefined) work.holder = undefined;
        route.waiting.set(workId, workId);
      }
      this.#assign(route, send);
      this.#dropIfIdle(capability, route);
    }
  }

  /** The session has room in its outbox again. */
  roomIn(session: SessionInfo, send: SendWork): void {
    if (this.#pending.size === 0) return;
    for (const route of this.#routesOf(session)) this.#assign(route, send);
  }

  /** What a snapshot holds of it. */
  *snapshot(): Generator<SnapshotRecord> {
    // Sorted, so that the same state has the same snapshot on every member.
    for (const [capability, { turns }] of [...this.#routes].sort(([a], [b]) => (a < b ? -1 : 1))) {
      for (const { sessionId } of turns) yield { type: "Worker", capability, sessionId };
    }
    for (const work of this.#pending.values()) yield { type: "Work", ...work };
    if (this.#lastWorkId > 0) yield { type: "WorkEnd", lastWorkId: this.#lastWorkId };
  }

  /** Replaces everything by what `snapshot` gave. The sessions must be there already. */
  restore(records: readonly WorkRecord[]): void {
    this.#pending.clear();
    this.#routes.clear();
    this.#pendingBytes = 0;
    this.#lastWorkId = 0;
    for (const record of records) {
      if (record.type === "WorkEnd") {
        this.#lastWorkId = record.lastWorkId;
        continue;
      }
      const { capability } = record;
      if (!this.#routes.has(capability)) this.#routes.set(capability, newRoute());
      if (record.type === "Work") this.#restoreWork(record);
    }
    for (const session of this.#sessions.values()) {
      for (const route of this.#routesOf(session)) admit(route, session.sessionId);
    }
    for (const record of records) if (record.type === "Worker") this.#restoreTurn(record);
    for (const { workId, capability, holder } of this.#pending.values()) {
      const route = this.#route(capability);
      if (holder === undefined) route.waiting.set(workId, workId);
      else route.workers.get(holder)?.held.add(workId);
    }
  }

  #restoreTurn({ capability, sessionId }: WorkRecord & { type: "Worker" }): void {
    const route = this.#route(capability);
    const worker = route.workers.get(sessionId);
    if (worker !== undefined) route.turns.add(worker);
  }

  #restoreWork({ workId, capability, payload, holder }: WorkRecord & { type: "Work" }): void {
    this.#pending.set(workId, { workId, capability, payload, holder });
    this.#pendingBytes += payload.length;
  }

  /** Gives out what waits, as far as there are sessions for it. */
  #assign(route: Route, send: SendWork): void {
    for (let workId = route.waiting.first; workId !== undefined; workId = route.waiting.first) {
      const work = this.#pending.get(workId);
      const worker = work && firstThatTakes(route, (sessionId) => send(sessionId, work.payload));
      if (work === undefined || worker === undefined) return;
      route.waiting.delete(workId);
      work.holder = worker.sessionId;
      worker.held.add(workId);
      route.turns.remove(worker);
      if (worker.held.size < limits.workHeldMax) route.turns.add(worker);
    }
  }

  #route(capability: string): Route {
    const known = this.#routes.get(capability);
    if (known !== undefined) return known;
    const route = newRoute();
    for (const { sessionId, capabilities } of this.#sessions.values()) {
      if (Object.hasOwn(capabilities, capability)) route.turns.add(admit(route, sessionId));
    }
    this.#routes.set(capability, route);
    return route;
  }

  /** Routes of capabilities that nobody has and nothing waits for are forgotten: their names come from applications. */
  #dropIfIdle(capability: string, route: Route): void {
    if (route.workers.size === 0 && route.waiting.size === 0) this.#routes.delete(capability);
  }

  #routesOf({ capabilities }: SessionInfo): readonly Route[] {
    if (this.#routes.size === 0) return [];
    return Object.keys(capabilities).flatMap((capability) => this.#routes.get(capability) ?? []);
  }
}

/** The records of a snapshot that are the queue's. */
export type WorkRecord = SnapshotRecord & { readonly type: "Worker" | "Work" | "WorkEnd" };

interface PendingWork {
  readonly workId: WorkId;
  readonly capability: string;
  readonly payload: Uint8Array;
  /** The session that has it; undefined while it waits. */
  holder: SessionId | undefined;
}

/** The work of one capability. */
interface Route {
  /** Every session with the capability. */
  readonly workers: Map<SessionId, Worker>;
  /** Those that can be given more. */
  readonly turns: WorkTurns;
  /** What nobody has: the oldest piece comes first. */
  readonly waiting: Deadlines<WorkId>;
}

/** A name that is too long for any session could not be written into a snapshot either. */
function checkCapability(capability: string): void {
  const byteLength = Buffer.byteLength(capability);
  if (byteLength <= limits.capabilityBytesMax) return;
  throw new RangeError(`the name of the capability is ${byteLength} bytes, the limit is ${limits.capabilityBytesMax}`);
}

function newRoute(): Route {
  return { workers: new Map(), turns: new WorkTurns(), waiting: new Deadlines() };
}

function admit(route: Route, sessionId: SessionId): Worker {
  const worker = new Worker(sessionId);
  route.workers.set(sessionId, worker);
  return worker;
}

/** The first in turn that takes it. One with no room in its outbox is passed over, and keeps its place. */
function firstThatTakes({ turns }: Route, takes: (sessionId: SessionId) => boolean): Worker | undefined {
  for (const worker of turns) if (takes(worker.sessionId)) return worker;
  return undefined;
}
