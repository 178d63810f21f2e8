import type { Application, Entry, Leadership, SnapshotRef } from "../../runtime/server/consensus.ts";

/** An application that remembers what it was told, and whose state is the list of all payloads. */
export class Recorder implements Application {
  /** Everything in order: `entry 1`, `leader 1`, `follower`, `snapshot 5`. */
  readonly events: string[] = [];
  readonly entries: Entry[] = [];
  readonly fatalErrors: Error[] = [];
  /** The payloads that lead to the present state, those of a restored snapshot included. */
  payloads: string[] = [];
  /** Runs inside `onEntry`, which waits for it. */
  beforeApply: ((entry: Entry) => void | Promise<void>) | undefined;
  readonly #watchers: { readonly holds: () => boolean; resolve(): void }[] = [];

  onEntry(entry: Entry): void | Promise<void> {
    const ready = this.beforeApply?.(entry);
    if (ready === undefined) return this.#apply(entry);
    return ready.then(() => this.#apply(entry));
  }

  onLeadership(leadership: Leadership): void {
    this.#record(leadership.role === "leader" ? `leader ${leadership.term}` : "follower");
  }

  async onSnapshot(snapshot: SnapshotRef): Promise<void> {
    this.payloads = [];
    for await (const chunk of snapshot.chunks) {
      const text = Buffer.from(chunk).toString();
      if (text !== "") this.payloads.push(...text.split("\n"));
    }
    this.#record(`snapshot ${snapshot.index}`);
  }

  onFatal(error: Error): void {
    this.fatalErrors.push(error);
    this.#record("fatal");
  }

  /** The state as chunks of at most `perChunk` payloads. */
  async *chunks(perChunk = 100): AsyncIterable<Uint8Array> {
    const payloads = [...this.payloads];
    for (let start = 0; start < payloads.length; start += perChunk) {
      yield Buffer.from(payloads.slice(start, start + perChunk).join("\n"));
    }
  }

  /** Resolves when `holds` does; it is asked after every event. */
  until(holds: () => boolean): Promise<void> {
    if (holds()) return Promise.resolve();
    return new Promise((resolve) => this.#watchers.push({ holds, resolve }));
  }

  #apply(entry: Entry): void {
    this.entries.push(entry);
    this.payloads.push(Buffer.from(entry.payload).toString());
    this.#record(`entry ${entry.index}`);
  }

  #record(event: string): void {
    this.events.push(event);
    for (const watcher of this.#watchers.filter(({ holds }) => holds())) {
      this.#watchers.splice(this.#watchers.indexOf(watcher), 1);
      watcher.resolve();
    }
  }
}

/** The bytes of `text`. */
export function bytes(text: string): Uint8Array {
  return Buffer.from(text);
}

/** What an operation rejects with. Throws when it does not reject, so that a test cannot pass by that. */
export async function rejectionOf(operation: Promise<unknown>): Promise<Error & { code?: unknown }> {
  const outcome = await operation.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ("value" in outcome) throw new Error(`resolved with ${JSON.stringify(outcome.value)}, a rejection was expected`);
  if (!(outcome.error instanceof Error)) throw new Error(`rejected with ${String(outcome.error)}, not an Error`);
  return outcome.error;
}
