import { encodeLogMessage } from "../../generated/log/codec.ts";
import type { LogRecord } from "../../generated/log/messages.ts";
import { limits } from "../protocol/limits.ts";
import type { ConsensusEngine } from "./consensus.ts";
import { ProposalQueue } from "./proposal-queue.ts";

/** What a batcher is made with. */
export interface BatcherOptions {
  readonly engine: Pick<ConsensusEngine, "propose">;
  /** The wall clock: milliseconds since the Unix epoch. */
  readonly unixMs: () => number;
  /** Told of each record that is not in the log, or perhaps not, and the error that the engine gave. */
  readonly failed: (record: LogRecord, error: unknown) => void;
  /** Told of each batch that is committed: how long ago the first of its records came. Left out where nobody asks. */
  readonly committed?: ((seconds: number) => void) | undefined;
}

/**
 * Group commit: one proposal is in flight at a time, and everything that arrives meanwhile goes together into the next,
 * as much as a batch holds, of all sessions in turn. Under load a commit carries as many commands as came during the one
 * before; a lone command waits for nothing but the end of the turn of the event loop, and not for that when
 * the turn takes longer than `limits.batchWaitMaxMs`.
 */
export class Batcher {
  readonly #options: BatcherOptions;
  readonly #queue = new ProposalQueue();
  /** When the first of what waits for the end of the turn came; undefined when nothing does. */
  #scheduledAt: number | undefined;
  #inFlight = false;
  #idle: (() => void)[] = [];
  #lastUnixMs = 0;
  /** Counts the leaderships. */
  #leadership = 0;

  constructor(options: BatcherOptions) {
    this.#options = options;
  }

  /**
   * Adds a record to the next batch. Over `limits.proposalQueueBytesMax` it fails at once: false. `now`: monotonic
   * milliseconds.
   */
  add(record: LogRecord, now: number): boolean {
    if (!this.#queue.add(record, now)) return false;
    if (!this.#inFlight && this.#scheduledAt === undefined) {
      // After this turn of the event loop: what arrived with the first record goes with it.
      this.#scheduledAt = now;
      setImmediate(() => this.#begin());
    }
    return true;
  }

  /**
   * Proposes what has waited for too long: while thousands of clients come at once, one turn of the event loop takes more
   * than a second. To be called whenever something has happened. `now`: monotonic milliseconds.
   */
  hurry(now: number): void {
    if (this.#scheduledAt !== undefined && now - this.#scheduledAt >= limits.batchWaitMaxMs) this.#begin();
  }

  /**
   * The member's role has changed: what waits is given up, and nobody is told of what fails. A record is right only in the
   * leadership that proposed it: the end of a session, say, belongs to a lease that the next one has granted anew.
   */
  discard(): void {
    this.#leadership += 1;
    this.#queue.clear();
  }

  /** Resolves when nothing waits and nothing is in flight. */
  idle(): Promise<void> {
    if (this.#queue.isEmpty && !this.#inFlight) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  #begin(): void {
    this.#scheduledAt = undefined;
    if (!this.#inFlight) void this.#run();
  }

  async #run(): Promise<void> {
    this.#inFlight = true;
    while (!this.#queue.isEmpty) {
      const { records, since } = this.#queue.take();
      const leadership = this.#leadership;
      try {
        await this.#options.engine.propose(
          encodeLogMessage({ type: "LogEntry", proposedAt: this.#proposedAt(), records }, 1),
        );
        this.#options.committed?.((performance.now() - since) / 1e3);
      } catch (error) {
        // Whatever became of the records, nobody was answered: clients send again, and the table applies each once.
        for (const record of leadership === this.#leadership ? records : []) this.#options.failed(record, error);
      }
    }
    this.#inFlight = false;
    for (const resolve of this.#idle.splice(0)) resolve();
  }

  /** The time of a batch never goes back, whatever happens to the wall clock while this process leads. */
  #proposedAt(): number {
    this.#lastUnixMs = Math.max(this.#lastUnixMs, this.#options.unixMs());
    return this.#lastUnixMs;
  }
}
