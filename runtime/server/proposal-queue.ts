import type { Capabilities, LogRecord } from "../../generated/log/messages.ts";
import type { SessionId } from "../../generated/protocol/messages.ts";
import { limits } from "../protocol/limits.ts";

/** What is proposed together. */
export interface Batch {
  readonly records: readonly LogRecord[];
  /** When the first of them came, or a little before: monotonic milliseconds. */
  readonly since: number;
}

/**
 * Records that wait to be proposed. What fits into one batch keeps its order. What does not is taken in turn, a record of
 * each session: one that has ten thousand commands waiting delays the commands of another by a batch, not by all of them.
 * The records of one session keep their order in any case.
 *
 * Bounds: `limits.proposalQueueBytesMax` in all; a batch has `limits.batchBytesMax` bytes and `limits.batchRecordsMax`
 * commands, or one record that is longer. Every operation takes constant time for each record.
 */
export class ProposalQueue {
  /** In the order of their arrival, and not more than one batch; empty while there are lines. */
  #arrived: LogRecord[] = [];
  #arrivedAt = 0;
  #arrivedCommands = 0;
  /** By session, in the order of their turns. None is empty. */
  readonly #lines = new Map<SessionId, Line>();
  #byteLength = 0;

  get isEmpty(): boolean {
    return this.#arrived.length === 0 && this.#lines.size === 0;
  }

  /** Adds a record; false when there is no room. `now`: monotonic milliseconds. */
  add(record: LogRecord, now: number): boolean {
    const byteLength = this.#byteLength + weight(record);
    if (byteLength > limits.proposalQueueBytesMax) return false;
    this.#byteLength = byteLength;
    const commands = this.#arrivedCommands + commandCount(record);
    const isFirst = this.#arrived.length === 0;
    if (this.#lines.size > 0) {
      this.#queue(record, now);
    } else if (isFirst || (byteLength <= limits.batchBytesMax && commands <= limits.batchRecordsMax)) {
      if (isFirst) this.#arrivedAt = now;
      this.#arrived.push(record);
      this.#arrivedCommands = commands;
    } else {
      for (const each of this.#takeArrived()) this.#queue(each, this.#arrivedAt);
      this.#queue(record, now);
    }
    return true;
  }

  /** Takes the next batch; not to be called when nothing waits. */
  take(): Batch {
    if (this.#lines.size > 0) return this.#takeTurns();
    this.#byteLength = 0;
    return { records: this.#takeArrived(), since: this.#arrivedAt };
  }

  /** Gives up everything that waits. */
  clear(): void {
    this.#takeArrived();
    this.#lines.clear();
    this.#byteLength = 0;
  }

  #takeArrived(): readonly LogRecord[] {
    const arrived = this.#arrived;
    this.#arrived = [];
    this.#arrivedCommands = 0;
    return arrived;
  }

  #queue(record: LogRecord, now: number): void {
    const line = this.#lines.get(record.sessionId);
    if (line === undefined) this.#lines.set(record.sessionId, new Line(record, now));
    else line.add(record, now);
  }

  #takeTurns(): Batch {
    const records: LogRecord[] = [];
    let since = Number.POSITIVE_INFINITY;
    let byteLength = 0;
    let commands = 0;
    for (const [sessionId, line] of this.#lines) {
      const { record, since: recordSince } = line.first;
      byteLength += weight(record);
      commands += commandCount(record);
      const isTooMuch = byteLength > limits.batchBytesMax || commands > limits.batchRecordsMax;
      if (isTooMuch && records.length > 0) break;
      records.push(record);
      since = Math.min(since, recordSince);
      this.#byteLength -= weight(record);
      // A map is walked in the order of insertion, also through what is added meanwhile: its next turn is the last.
      this.#lines.delete(sessionId);
      if (line.takeFirst()) this.#lines.set(sessionId, line);
    }
    return { records, since };
  }
}

/** The records of one session that wait, at least one. */
class Line {
  #waiting: Waiting[];
  /** Those before it are gone. */
  #first = 0;

  constructor(record: LogRecord, since: number) {
    this.#waiting = [{ record, since }];
  }

  get first(): Waiting {
    return this.#waiting[this.#first] as Waiting;
  }

  add(record: LogRecord, since: number): void {
    this.#waiting.push({ record, since });
  }

  /** Drops the first; false when it was the last. */
  takeFirst(): boolean {
    this.#first += 1;
    if (this.#first * 2 >= this.#waiting.length) {
      this.#waiting = this.#waiting.slice(this.#first);
      this.#first = 0;
    }
    return this.#waiting.length > 0;
  }
}

interface Waiting {
  readonly record: LogRecord;
  readonly since: number;
}

function commandCount(record: LogRecord): number {
  return record.type === "Commands" ? record.payloads.length : 1;
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
