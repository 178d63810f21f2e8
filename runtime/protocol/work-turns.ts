import type { SessionId } from "../../generated/protocol/messages.ts";
import type { WorkId } from "./state-machine.ts";

/** A session with the capability that some work needs. */
export class Worker {
  readonly sessionId: SessionId;
  /** The pieces that it has. */
  readonly held: Set<WorkId> = new Set();
  /** Whether it is in the order of turns, and between whom. For `WorkTurns` only. */
  inTurn = false;
  before: Worker | undefined = undefined;
  after: Worker | undefined = undefined;

  constructor(sessionId: SessionId) {
    this.sessionId = sessionId;
  }
}

/**
 * Who can be given work, in the order of their turns. A linked list: workers leave and come back with every few pieces, and
 * a `Set` that is used so is slow from its front, where it keeps what was deleted.
 */
export class WorkTurns {
  #first: Worker | undefined = undefined;
  #last: Worker | undefined = undefined;

  /** Adds a worker at the end, unless it is there already. */
  add(worker: Worker): void {
    if (worker.inTurn) return;
    worker.inTurn = true;
    worker.before = this.#last;
    if (this.#last === undefined) this.#first = worker;
    else this.#last.after = worker;
    this.#last = worker;
  }

  /** Takes a worker out, if it is there. */
  remove(worker: Worker): void {
    if (!worker.inTurn) return;
    const { before, after } = worker;
    if (before === undefined) this.#first = after;
    else before.after = after;
    if (after === undefined) this.#last = before;
    else after.before = before;
    worker.inTurn = false;
    worker.before = undefined;
    worker.after = undefined;
  }

  /** Everybody, in order. */
  *[Symbol.iterator](): Iterator<Worker> {
    for (let worker = this.#first; worker !== undefined; worker = worker.after) yield worker;
  }
}
