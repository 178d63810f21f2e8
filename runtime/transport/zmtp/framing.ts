import { limits } from "../../protocol/limits.ts";
import type { Seal } from "./mechanism.ts";
import { ZmtpError } from "./zmtp-error.ts";

/**
 * ZMTP's framing (RFC 37, "Framing"): a byte of flags; the length in one byte, or in eight when the flag LONG is set; and
 * the body. It cuts a stream into what schemas describe, and is therefore all of ZMTP that is written by hand.
 */
export const flag: { readonly more: 1; readonly long: 2; readonly command: 4 } = { more: 1, long: 2, command: 4 };

/** Bytes of the longest header. */
export const headerBytesMax = 9;

const shortHeaderBytes = 2;
const shortBodyBytesMax = 255;
const flagsMax = flag.more | flag.long | flag.command;

/** Writes the header of a frame with `length` bytes at `offset` and returns where the body begins. */
export function writeHeader(target: Buffer, offset: number, flags: number, length: number): number {
  if (length <= shortBodyBytesMax) {
    target[offset] = flags;
    target[offset + 1] = length;
    return offset + shortHeaderBytes;
  }
  target[offset] = flags | flag.long;
  // Lengths stay below 2^32: limits see to that long before. Byte by byte, for that is twice as fast as the methods.
  target[offset + 1] = 0;
  target[offset + 2] = 0;
  target[offset + 3] = 0;
  target[offset + 4] = 0;
  target[offset + 5] = length >>> 24;
  target[offset + 6] = length >>> 16;
  target[offset + 7] = length >>> 8;
  target[offset + 8] = length;
  return offset + headerBytesMax;
}

/** One whole frame, header and body. */
export function frameOf(flags: number, body: Uint8Array): Buffer {
  const frame = Buffer.allocUnsafe(headerBytesMax + body.byteLength);
  const bodyAt = writeHeader(frame, 0, flags, body.byteLength);
  frame.set(body, bodyAt);
  return frame.subarray(0, bodyAt + body.byteLength);
}

/** One whole frame that carries another one, sealed. */
export function sealedFrameOf(seal: Seal, flags: number, body: Uint8Array): Buffer {
  const length = seal.overheadBytes + body.byteLength;
  const frame = Buffer.allocUnsafe(headerBytesMax + length);
  const bodyAt = writeHeader(frame, 0, 0, length);
  return frame.subarray(0, seal.sealInto(flags, body, frame, bodyAt));
}

/**
 * Finds the frames in what arrives in pieces. A frame that lies whole in one piece is a view into it; one that does not
 * is put together in other memory, which grows with what has come and not with what was announced: at most four times
 * the bytes that the peer really sent, where short ones share node's blocks of 8 KiB.
 */
export class FrameReader {
  /** Flags of the frame that `next` gave last, without LONG. */
  flags = 0;
  /** Longest body that is accepted. */
  bodyBytesMax: number;
  /** The piece that is being read, and how far. */
  #piece: Buffer = nothing;
  #offset = 0;
  /** The memory of the piece: to ask for it for each frame would double the cost of a view. */
  #memory: ArrayBufferLike = nothing.buffer;
  #memoryOffset = 0;
  /** The beginning of a frame whose rest has not come yet. */
  #partial: Buffer = nothing;
  #partialBytes = 0;

  constructor(bodyBytesMax: number) {
    this.bodyBytesMax = bodyBytesMax;
  }

  /** Adds what has arrived. It must not change afterwards. */
  push(piece: Buffer): void {
    const unread = this.#piece.byteLength - this.#offset;
    this.#piece = unread === 0 ? piece : Buffer.concat([this.#piece.subarray(this.#offset), piece]);
    this.#offset = 0;
    this.#memory = this.#piece.buffer;
    this.#memoryOffset = this.#piece.byteOffset;
  }

  /** The body of the next frame; `undefined` when its rest has not come. Throws `ZmtpError`. */
  next(): Uint8Array | undefined {
    const piece = this.#piece;
    const start = this.#offset;
    // Nearly every frame is a message that lies whole in one piece, with its header.
    if (this.#partialBytes === 0 && start + headerBytesMax <= piece.byteLength) {
      const flags = piece[start];
      if (flags === 0) {
        const length = piece[start + 1] as number;
        const end = start + shortHeaderBytes + length;
        if (end <= piece.byteLength && length <= this.bodyBytesMax) return this.#take(0, start + shortHeaderBytes, end);
      } else if (flags === flag.long) {
        const length = longLength(piece, start);
        const end = start + headerBytesMax + length;
        if (end <= piece.byteLength && length <= this.bodyBytesMax) return this.#take(0, start + headerBytesMax, end);
      }
    }
    return this.#nextOfAnyKind();
  }

  #nextOfAnyKind(): Uint8Array | undefined {
    if (this.#partialBytes > 0) return this.#nextInParts() ?? this.#forgetPiece();
    const piece = this.#piece;
    const start = this.#offset;
    const bodyAt = this.#bodyStart(piece, start, piece.byteLength);
    if (bodyAt !== undefined) {
      const end = bodyAt + this.#bodyLength(piece, start);
      if (end <= piece.byteLength) return this.#take((piece[start] ?? 0) & ~flag.long, bodyAt, end);
    }
    if (start < piece.byteLength) this.#nextInParts();
    return this.#forgetPiece();
  }

  /** Everything in it was read: an idle connection must not hold it. */
  #forgetPiece(): undefined {
    this.#piece = nothing;
    this.#memory = nothing.buffer;
    this.#offset = 0;
  }

  #take(flags: number, bodyAt: number, end: number): Uint8Array {
    this.flags = flags;
    this.#offset = end;
    return new Uint8Array(this.#memory, this.#memoryOffset + bodyAt, end - bodyAt);
  }

  /** Moves bytes into `#partial` until it holds one frame. */
  #nextInParts(): Uint8Array | undefined {
    for (;;) {
      const needed = this.#partialBytesNeeded();
      if (this.#partialBytes === needed) return this.#takePartial();
      if (this.#offset === this.#piece.byteLength) return undefined;
      const bytes = Math.min(needed - this.#partialBytes, this.#piece.byteLength - this.#offset);
      this.#reserve(needed, this.#partialBytes + bytes);
      this.#piece.copy(this.#partial, this.#partialBytes, this.#offset, this.#offset + bytes);
      this.#partialBytes += bytes;
      this.#offset += bytes;
    }
  }

  /** How long the frame is whose beginning we have, or its header when even that is not all here. */
  #partialBytesNeeded(): number {
    if (this.#partialBytes === 0) return 1;
    const bodyAt = this.#bodyStart(this.#partial, 0, this.#partialBytes);
    if (bodyAt === undefined) return headerBytes(this.#partial[0] ?? 0);
    return bodyAt + this.#bodyLength(this.#partial, 0);
  }

  #reserve(needed: number, used: number): void {
    if (used <= this.#partial.byteLength) return;
    const grown = Buffer.allocUnsafe(Math.min(needed, Math.max(partialGrowth * used, partialBytesMin)));
    this.#partial.copy(grown, 0, 0, this.#partialBytes);
    this.#partial = grown;
  }

  #takePartial(): Uint8Array {
    const partial = this.#partial;
    const bytes = this.#partialBytes;
    const bodyAt = headerBytes(partial[0] ?? 0);
    this.flags = (partial[0] ?? 0) & ~flag.long;
    this.#partial = nothing;
    this.#partialBytes = 0;
    return new Uint8Array(partial.buffer, partial.byteOffset + bodyAt, bytes - bodyAt);
  }

  /** Where the body of the frame at `start` begins; `undefined` when its header is not all here. */
  #bodyStart(bytes: Buffer, start: number, end: number): number | undefined {
    if (start >= end) return undefined;
    const flags = bytes[start] ?? 0;
    if (flags > flagsMax) throw new ZmtpError(`the peer sent a frame with the unknown flags ${flags}`);
    const bodyAt = start + headerBytes(flags);
    return bodyAt <= end ? bodyAt : undefined;
  }

  /** The length that the whole header at `start` announces. */
  #bodyLength(bytes: Buffer, start: number): number {
    const flags = bytes[start] ?? 0;
    const length = (flags & flag.long) === 0 ? (bytes[start + 1] ?? 0) : longLength(bytes, start);
    const lengthMax = (flags & flag.command) === 0 ? this.bodyBytesMax : limits.commandBytesMax;
    if (length > lengthMax) {
      throw new ZmtpError(`the peer announced a frame of ${length} bytes, at most ${lengthMax} are accepted`);
    }
    return length;
  }
}

/** The length in the long header at `start`, all of which is there. */
function longLength(bytes: Buffer, start: number): number {
  const high = uint32At(bytes, start + 1);
  const low = uint32At(bytes, start + 5);
  return high === 0 ? low : high * 0x1_0000_0000 + low;
}

function uint32At(bytes: Buffer, offset: number): number {
  const a = bytes[offset] as number;
  const b = bytes[offset + 1] as number;
  const c = bytes[offset + 2] as number;
  const d = bytes[offset + 3] as number;
  return ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
}

function headerBytes(flags: number): number {
  return (flags & flag.long) === 0 ? shortHeaderBytes : headerBytesMax;
}

const nothing: Buffer = Buffer.alloc(0);
/** How much longer the memory of a partial frame may be than what has come of it. */
const partialGrowth = 4;
const partialBytesMin = 64;
