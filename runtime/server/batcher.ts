import { encodeLogMessage } from "../../generated/log/codec.ts";
import type { Capabilities, LogRecord } from "../../generated/log/messages.ts";
import { limits } from "../protocol/limits.ts";
import type { ConsensusEngine } from "./consensus.ts";

/** What a batcher is made with. */
export interface BatcherOptions {
  readonly engine: Pick<ConsensusEngine, "propose">;
  /** The wall clock: milliseconds since the Unix epoch. */
  readonly unixMs: () => number;
  /** Told of each record that is not in the log, or perhaps not, and the error that the engine gave. */
  readonly failed: (record: LogRecord, error: unknown) => void;
}

/**
 * Group commit: one proposal is in flight at a time, and everything that arrives meanwhile goes together into the next,
 * up to `limits.batchBytesMax`; a longer record travels alone. Under load a commit carries as many commands as came
 * during the one before; a lone command waits for nothing but the end of the turn of the event loop, and not for that when
 * the turn takes longer than `limits.batchWaitMaxMs`.
 */
export class Batcher {
  readonly #options: BatcherOptions;
  #waiting: LogRecord[] = [];
  #waitingBytes = 0;
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
    const byteLength = weight(record);
    if (this.#waitingBytes + byteLength > limits.proposalQueueBytesMax) return false;
    this.#waiting.push(record);
    this.#waitingBytes += byteLength;
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
    this.#waiting = [];
    this.#waitingBytes = 0;
  }

  /** Resolves when nothing waits and nothing is in flight. */
  idle(): Promise<void> {
    if (this.#waiting.length === 0 && !this.#inFlight) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  #begin(): void {
    this.#scheduledAt = undefined;
    if (!this.#inFlight) void this.#run();
  }

  async #run(): Promise<void> {
    this.#inFlight = true;
    while (this.#waiting.length > 0) {
      const records = this.#takeBatch();
      const leadership = this.#leadership;
      try {
        await this.#options.engine.propose(
          encodeLogMessage({ type: "LogEntry", proposedAt: this.#proposedAt(), records }, 1),
        );
      } catch (error) {
        // Whatever became of the records, nobody was answered: clients send again, and the table applies each once.
        for (const record of leadership === this.#leadership ? records : []) this.#options.failed(record, error);
      }
    }
    this.#inFlight = false;
    for (const resolve of this.#idle.splice(0)) resolve();
  }

  #takeBatch(): readonly LogRecord[] {
    let byteLength = 0;
    let count = 0;
    let commands = 0;
    for (const record of this.#waiting) {
      const recordBytes = weight(record);
      commands += record.type === "Commands" ? record.payloads.length : 1;
      if (count > 0 && (byteLength + recordBytes > limits.batchBytesMax || commands > limits.batchRecordsMax)) break;
      byteLength += recordBytes;
      count += 1;
    }
    this.#waitingBytes -= byteLength;
    if (count === this.#waiting.length) {
      const all = this.#waiting;
      this.#waiting = [];
      return all;
    }
    return this.#waiting.splice(0, count);
  }

  /** The time of a batch never goes back, whatever happens to the wall clock while this process leads. */
  #proposedAt(): number {
    this.#lastUnixMs = Math.max(this.#lastUnixMs, this.#options.unixMs());
    return this.#lastUnixMs;
  }
}

/** About how many bytes a record takes in the log, and never less than it does. */
function weight(record: LogRecord): number {
  if (record.type === "Commands") return RECORD_BYTES + payloadBytes(record.payloads);
  return record.type === "CreateSession" ? RECORD_BYTES + capabilityBytes(record.capabilities) : RECORD_BYTES;
}

/** Each has its length before it. */
function payloadBytes(payloads: readonly Uint8Array[]): number {
  let bytes = 0;
  for (const payload of payloads) bytes += 4 + payload.length;
  return bytes;
}

/** A character takes up to three bytes in UTF-8, and each text has its length before it. */
function capabilityBytes(capabilities: Capabilities): number {
  let bytes = 0;
  for (const name in capabilities) bytes += 4 + 3 * (name.length + (capabilities[name]?.length ?? 0));
  return bytes;
}

/** A tag, a session id and two numbers, with room to spare. */
const RECORD_BYTES = 64;
