import { type ClientStatus, isLastStatus } from "../protocol/client-events.ts";
import type { ClientObservation } from "../protocol/client-observation.ts";
import { limits } from "../protocol/limits.ts";
import { Stream } from "./stream.ts";

/** Those who are told of a client's life: readers of its streams, and promises that wait for a change. */
export class Observers {
  readonly #statuses = new Set<Stream<ClientStatus>>();
  readonly #events = new Set<Stream<ClientObservation>>();
  readonly #watchers = new Set<(status: ClientStatus) => void>();
  #lastStatus: ClientStatus | undefined;
  #lastMembers: ClientStatus | undefined;
  #trouble: string | undefined;
  #isOver = false;

  /** How things stand; `undefined` before the first attempt. */
  get lastStatus(): ClientStatus | undefined {
    return this.#lastStatus;
  }

  /** What went wrong last. */
  get trouble(): string | undefined {
    return this.#trouble;
  }

  /** Whether anybody reads events. */
  get wantEvents(): boolean {
    return this.#events.size > 0;
  }

  /** A stream of statuses that begins with how things stand, and whom the cluster consists of where it has said so. */
  status(): Stream<ClientStatus> {
    const stream = this.#stream(this.#statuses, limits.statusEventsBufferedMax);
    for (const status of [this.#lastStatus, this.#lastMembers]) if (status !== undefined) stream.push(status);
    if (this.#isOver) stream.end();
    return stream;
  }

  /** A stream of events. */
  events(): Stream<ClientObservation> {
    const stream = this.#stream(this.#events, limits.clientEventsBufferedMax);
    if (this.#isOver) stream.end();
    return stream;
  }

  /** Calls `watcher` at each change, until the function that is returned is called. */
  watch(watcher: (status: ClientStatus) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** An event has come. */
  observe(event: ClientObservation): void {
    for (const reader of this.#events) reader.push(event);
  }

  /** The client's state has changed. */
  report(status: ClientStatus): void {
    if (status.type === "sessionNotSaved") this.#trouble = `the session could not be stored: ${status.reason}`;
    else if (status.type === "disconnected") this.#trouble = status.reason;
    if (status.type === "members") this.#lastMembers = status;
    else if (isLasting(status)) this.#lastStatus = status;
    for (const reader of this.#statuses) reader.push(status);
    for (const watcher of this.#watchers) watcher(status);
    if (!isLastStatus(status)) return;
    this.#isOver = true;
    for (const reader of [...this.#statuses, ...this.#events]) reader.end();
    this.#statuses.clear();
    this.#events.clear();
  }

  #stream<Item>(readers: Set<Stream<Item>>, itemsMax: number): Stream<Item> {
    const stream: Stream<Item> = new Stream({ itemsMax, left: () => readers.delete(stream) });
    if (!this.#isOver) readers.add(stream);
    return stream;
  }
}

/** Whether a status says how things stand, not only what has happened. */
function isLasting({ type }: ClientStatus): boolean {
  return !["leaderChanged", "circuit", "sessionSaved", "sessionNotSaved"].includes(type);
}
