import { limits } from "../../protocol/limits.ts";
import { headerBytesMax, sealedFrameOf, writeHeader } from "./framing.ts";
import type { Seal } from "./mechanism.ts";

/**
 * What waits to be sent to one peer. Messages leave in order; commands pass them, for a sign of life must not wait behind
 * megabytes.
 */
export class Outbox {
  readonly #bytesMax: number;
  #commands: Uint8Array[] = [];
  /** Those from `#head` up to `#tail` wait. The array is kept: to let it grow anew costs as much as all the rest. */
  #messages: Uint8Array[] = [];
  #head = 0;
  #tail = 0;
  #bytes = 0;

  /** Holds up to `bytesMax` of `bytes`. */
  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  get isEmpty(): boolean {
    return this.#head === this.#tail && this.#commands.length === 0;
  }

  /** What waits, with `limits.waitingFrameOverheadBytes` for each frame. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Adds a message. False when it would be too much. */
  add(message: Uint8Array): boolean {
    const bytes = this.#bytes + message.byteLength + limits.waitingFrameOverheadBytes;
    if (bytes > this.#bytesMax) return false;
    this.#bytes = bytes;
    this.#messages[this.#tail] = message;
    this.#tail += 1;
    return true;
  }

  /** Adds a whole frame with a command, or the greeting. False when it would be too much. */
  addCommand(frame: Uint8Array): boolean {
    const bytes = this.#bytes + frame.byteLength + limits.waitingFrameOverheadBytes;
    if (bytes > this.#bytesMax) return false;
    this.#bytes = bytes;
    this.#commands.push(frame);
    return true;
  }

  /** Forgets everything. */
  discard(): void {
    this.#commands = [];
    this.#messages = [];
    this.#head = 0;
    this.#tail = 0;
    this.#bytes = 0;
  }

  /**
   * Takes what may leave in one write, as the pieces to be written. Small messages are copied into `slab`, one after the
   * other; long ones go as they are. Without `withMessages` only commands leave, which are sealed already.
   */
  take(slab: SendSlab, withMessages: boolean, seal?: Seal): Uint8Array[] {
    const pieces: Uint8Array[] = [];
    slab.end = slab.start;
    if (this.#commands.length > 0) pieces.push(this.#takeCommands());
    if (withMessages && this.#head < this.#tail) this.#takeMessages(slab, pieces, seal);
    return pieces;
  }

  #takeCommands(): Uint8Array {
    const commands = this.#commands.length === 1 ? this.#commands[0] : Buffer.concat(this.#commands);
    for (const command of this.#commands) this.#bytes -= command.byteLength + limits.waitingFrameOverheadBytes;
    this.#commands = [];
    return commands ?? new Uint8Array(0);
  }

  #takeMessages(slab: SendSlab, pieces: Uint8Array[], seal: Seal | undefined): void {
    const { bytes } = slab;
    const messages = this.#messages;
    const overheadBytes = seal?.overheadBytes ?? 0;
    let start = slab.start;
    let end = start;
    let head = this.#head;
    let taken = 0;
    while (head < this.#tail && taken < limits.sendBurstBytes) {
      const message = messages[head] as Uint8Array;
      const length = message.byteLength;
      if (length > copiedMessageBytesMax) {
        if (end + headerBytesMax > bytes.byteLength) break;
        if (seal === undefined) end = writeHeader(bytes, end, 0, length);
        if (end > start) pieces.push(bytes.subarray(start, end));
        pieces.push(seal === undefined ? message : sealedFrameOf(seal, 0, message));
        start = end;
      } else {
        if (end + headerBytesMax + overheadBytes + length > bytes.byteLength) break;
        end = writeHeader(bytes, end, 0, overheadBytes + length);
        if (seal === undefined) bytes.set(message, end);
        else seal.sealInto(0, message, bytes, end);
        end += overheadBytes + length;
      }
      messages[head] = left;
      head += 1;
      taken += length + limits.waitingFrameOverheadBytes;
    }
    if (end > start) pieces.push(bytes.subarray(start, end));
    slab.end = end;
    this.#bytes -= taken;
    this.#forgetUntil(head);
  }

  #forgetUntil(head: number): void {
    this.#head = head;
    if (head === this.#tail) {
      if (head > keptPlacesMax) this.#messages = [];
      this.#head = 0;
      this.#tail = 0;
    } else if (head > keptPlacesMax) {
      this.#messages = this.#messages.slice(head, this.#tail);
      this.#head = 0;
      this.#tail = this.#messages.length;
    }
  }
}

/**
 * Memory in which small messages are put together for a write. Nearly every write is done when it returns, and the same
 * bytes serve the next one; those of a write that is not done are passed over until they come free with the whole slab.
 */
export class SendSlab {
  bytes: Buffer = Buffer.allocUnsafeSlow(slabBytes);
  /** From here on the bytes are free. */
  start = 0;
  /** Where those that were taken last end. */
  end = 0;

  /** To be called when a write is not done, and reads the bytes that were taken last. */
  keep(): void {
    this.start = this.end;
    if (this.bytes.byteLength - this.start >= slabBytes / 2) return;
    this.bytes = Buffer.allocUnsafeSlow(slabBytes);
    this.start = 0;
  }
}

/** Stands in the place of a message that has left, so that its bytes can be collected. */
const left: Uint8Array = new Uint8Array(0);
/** Longer messages are not copied: two more pieces to write cost less then. */
const copiedMessageBytesMax = 8 * 1024;
const slabBytes = 256 * 1024;
/** Places of messages that have left which are kept for later ones: 8 KiB for a connection that is busy at times. */
const keptPlacesMax = 1_024;
