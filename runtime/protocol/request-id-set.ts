import type { RequestId } from "../../generated/protocol/messages.ts";

/**
 * Request ids of one session, such as those of the commands that are on their way.
 *
 * Shape: ranges of ids that follow one another, in order, with a gap between each and the next. Ids are added at the upper
 * end and taken away at the lower one, mostly, and then there is one range, whatever number of ids it stands for; a client
 * that leaves gaps costs two numbers for each. A `Set` costs a hash for each id, and is built anew again and again.
 */
export class RequestIdSet {
  /** The first id of each range. */
  readonly #starts: number[] = [];
  /** The id after the last one of each range. */
  readonly #ends: number[] = [];
  #size = 0;

  /** How many ids there are. */
  get size(): number {
    return this.#size;
  }

  has(requestId: RequestId): boolean {
    const range = this.#rangeUpTo(requestId);
    return range >= 0 && requestId < (this.#ends[range] as number);
  }

  add(requestId: RequestId): void {
    const range = this.#rangeUpTo(requestId);
    const end = range >= 0 ? (this.#ends[range] as number) : Number.NEGATIVE_INFINITY;
    if (requestId < end) return;
    this.#size += 1;
    const joinsNext = this.#starts[range + 1] === requestId + 1;
    if (requestId === end && joinsNext) {
      this.#ends[range] = this.#ends[range + 1] as number;
      this.#remove(range + 1);
    } else if (requestId === end) {
      this.#ends[range] = requestId + 1;
    } else if (joinsNext) {
      this.#starts[range + 1] = requestId;
    } else {
      this.#starts.splice(range + 1, 0, requestId);
      this.#ends.splice(range + 1, 0, requestId + 1);
    }
  }

  delete(requestId: RequestId): void {
    const range = this.#rangeUpTo(requestId);
    const start = this.#starts[range];
    const end = this.#ends[range];
    if (start === undefined || end === undefined || requestId >= end) return;
    this.#size -= 1;
    if (start === requestId && end === requestId + 1) {
      this.#remove(range);
    } else if (start === requestId) {
      this.#starts[range] = requestId + 1;
    } else if (end === requestId + 1) {
      this.#ends[range] = requestId;
    } else {
      this.#starts.splice(range + 1, 0, requestId + 1);
      this.#ends.splice(range, 0, requestId);
    }
  }

  #remove(range: number): void {
    this.#starts.splice(range, 1);
    this.#ends.splice(range, 1);
  }

  /** The last range that does not begin above `requestId`; -1 where there is none. */
  #rangeUpTo(requestId: RequestId): number {
    const starts = this.#starts;
    let low = 0;
    let high = starts.length;
    if (high > 0 && (starts[high - 1] as number) <= requestId) return high - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] as number) <= requestId) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}
