import type { RequestId } from "../../generated/protocol/messages.ts";

/**
 * Which server requests an application is done with. It may handle several at a time and be done with them in any order,
 * but an acknowledgement covers every lower id: so it goes up to the first one that is not done.
 *
 * Shape: `#given` holds rising ids, not always contiguous ones: a process that goes on with a session is not given those
 * that the process before has acknowledged. Those before `#first` are acknowledged.
 */
export class HandledRequests {
  readonly #done = new Set<RequestId>();
  #given: RequestId[] = [];
  #first = 0;

  /** One is given to the application. */
  delivered(requestId: RequestId): void {
    this.#given.push(requestId);
  }

  /** The application is done with one. Gives the newest id that can be acknowledged, where that has changed. */
  handled(requestId: RequestId): RequestId | undefined {
    const oldest = this.#given[this.#first];
    if (oldest === undefined || requestId < oldest) return undefined;
    this.#done.add(requestId);
    let newest: RequestId | undefined;
    for (let next = this.#given[this.#first]; next !== undefined && this.#done.delete(next); ) {
      newest = next;
      this.#first += 1;
      next = this.#given[this.#first];
    }
    if (this.#first * 2 >= this.#given.length) {
      this.#given = this.#given.slice(this.#first);
      this.#first = 0;
    }
    return newest;
  }
}
