import type { RequestId } from "../../generated/protocol/messages.ts";
import { limits } from "./limits.ts";

/** What was kept of a command: its result, only that it was applied, or why it was refused. */
export interface CachedResponse {
  readonly requestId: RequestId;
  /** The entry of the log that holds it. */
  readonly index: number;
  /** `undefined` where it was refused, or its result is forgotten. */
  readonly result: Uint8Array | undefined;
  /** Why it was refused; `undefined` where it was applied. */
  readonly refusal: string | undefined;
}

/**
 * The answers that are kept for one session, by request id.
 *
 * Shape: a ring of slots, sorted by request id, without holes between the first and the last answer. Ids mostly follow one
 * another, so that an answer lies where its distance from the first says; else it is found by halving. Memory is in
 * proportion to the answers, however far apart their ids are. A `Map` to which ids are added at one end while they are
 * deleted at the other is built anew again and again, and each old one keeps the next alive until a full collection: it took
 * twice the time of this.
 *
 * Bounds: `limits.requestWindow` answers, by the rule of the window, and `limits.cachedResponseBytesMax` bytes of results:
 * over it the results of the lowest ids are forgotten, but not that those commands were applied. Which ones depends on
 * nothing but the answers themselves, so that a member which began from a snapshot forgets the same.
 */
export class KeptResponses {
  /** A power of two of them. */
  #slots: (CachedResponse | undefined)[] = [undefined];
  /** Where the first answer is. */
  #head = 0;
  #size = 0;
  #bytes = 0;
  /** So many of the first answers have nothing left to forget. */
  #forgotten = 0;

  /** How many answers there are. */
  get size(): number {
    return this.#size;
  }

  /** Every answer, the lowest id first. */
  *[Symbol.iterator](): IterableIterator<CachedResponse> {
    for (let position = 0; position < this.#size; position++) yield this.#at(position);
  }

  get(requestId: RequestId): CachedResponse | undefined {
    const position = this.#search(requestId);
    if (position === this.#size) return undefined;
    const found = this.#at(position);
    return found.requestId === requestId ? found : undefined;
  }

  /** Keeps the answers to commands that have none yet. */
  add(responses: readonly CachedResponse[]): void {
    for (const response of ownResults(responses)) this.#add(response);
  }

  /** Drops every answer below `requestId`. */
  dropBelow(requestId: RequestId): void {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let dropped = 0;
    for (; dropped < this.#size; dropped++) {
      const slot = (this.#head + dropped) & mask;
      const response = slots[slot];
      if (response === undefined || response.requestId >= requestId) break;
      this.#bytes -= weight(response);
      slots[slot] = undefined;
    }
    this.#head = (this.#head + dropped) & mask;
    this.#size -= dropped;
    this.#forgotten = Math.max(0, this.#forgotten - dropped);
    // By one step only: a session that is busy needs the room again at once.
    if (slots.length > 1 && this.#size * 8 < slots.length) this.#resize(slots.length / 2);
  }

  #add(response: CachedResponse): void {
    if (this.#size === this.#slots.length) this.#resize(this.#size * 2);
    const position = this.#search(response.requestId);
    this.#open(position);
    this.#set(position, response);
    this.#bytes += weight(response);
    this.#forgotten = Math.min(this.#forgotten, position);
    while (this.#bytes > limits.cachedResponseBytesMax) this.#forgetNext();
  }

  /** Makes room at a position: whatever is fewer moves, so that ids in falling order cost no more than in rising order. */
  #open(position: number): void {
    this.#size += 1;
    if (position * 2 >= this.#size) {
      for (let moved = this.#size - 1; moved > position; moved--) this.#set(moved, this.#at(moved - 1));
      return;
    }
    this.#head = (this.#head - 1) & (this.#slots.length - 1);
    for (let moved = 0; moved < position; moved++) this.#set(moved, this.#at(moved + 1));
  }

  /** Where the answer is, or would be put: before the first with a higher id. */
  #search(requestId: RequestId): number {
    const size = this.#size;
    if (size === 0 || requestId > this.#at(size - 1).requestId) return size;
    // Ids are whole numbers and rise, so no answer lies further from the first than its id does.
    const distance = requestId - this.#at(0).requestId;
    if (distance <= 0) return 0;
    if (distance < size && this.#at(distance).requestId === requestId) return distance;
    let low = 0;
    let high = Math.min(distance, size - 1);
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#at(middle).requestId < requestId) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #forgetNext(): void {
    const response = this.#at(this.#forgotten);
    const { requestId, index, refusal } = response;
    this.#bytes -= weight(response);
    const rest = refusal === undefined ? undefined : "";
    if (weight(response) > 0) this.#set(this.#forgotten, { requestId, index, result: undefined, refusal: rest });
    this.#forgotten += 1;
  }

  #at(position: number): CachedResponse {
    return this.#slots[(this.#head + position) & (this.#slots.length - 1)] as CachedResponse;
  }

  #set(position: number, response: CachedResponse): void {
    this.#slots[(this.#head + position) & (this.#slots.length - 1)] = response;
  }

  #resize(length: number): void {
    const slots = new Array<CachedResponse | undefined>(length).fill(undefined);
    for (let position = 0; position < this.#size; position++) slots[position] = this.#at(position);
    this.#slots = slots;
    this.#head = 0;
  }
}

/**
 * The same answers with results that keep little else alive. A result as the state machine gives it is a view, often, of the
 * entry of the log where it is a part of the command, or of 64 KiB where a codec of hawser made it; kept as it is, it holds
 * all of that for as long as its session sends nothing. So results are copied, which takes 80 ns for each. Where commands
 * came so fast that the results of a run are a good part of the memory that the first of them lies in, they stay there.
 */
function ownResults(responses: readonly CachedResponse[]): readonly CachedResponse[] {
  let byteLength = 0;
  for (const response of responses) byteLength += response.result?.length ?? 0;
  const first = responses.length < RUN_MIN ? undefined : responses[0]?.result;
  if (first !== undefined && byteLength * HELD_BYTES_RATIO_MAX >= first.buffer.byteLength) return responses;
  return responses.map((response) => {
    return response.result === undefined ? response : { ...response, result: new Uint8Array(response.result) };
  });
}

/** To ask a short result for its memory costs more than a copy. */
const RUN_MIN = 8;

/** How many times the bytes of the results of a run may be kept alive by them. */
const HELD_BYTES_RATIO_MAX = 16;

/** What a kept answer counts for: its bytes, about. */
function weight({ result, refusal }: CachedResponse): number {
  return (result?.length ?? 0) + (refusal?.length ?? 0);
}
