import type { ClientMessage, ClientRequest, ServerMessage } from "hawser/protocol";
import { writeText } from "./text.ts";

/**
 * Written by hand for the benchmark, to see how much a generator could still win: hawser's bytes, and its checks, in
 * straight-line code over one lasting DataView. Nothing else uses it.
 */

/** Memory that messages are written to. */
export interface Target {
  readonly bytes: Buffer;
  readonly view: DataView;
}

/** Writes at `at` and returns where the message ends; -1 where there is no room. */
export function writeClient(target: Target, at: number, message: ClientMessage): number {
  const { bytes, view } = target;
  if (at + roomMin > bytes.length) return -1;
  switch (message.type) {
    case "ClientRequest":
      return writeRequest(target, writeHead(view, at, 4), message);
    case "KeepAlive":
      return writeSafe(view, writeHead(view, at, 3), message.timestamp);
    case "Query": {
      const end = writeText16(target, writeHead(view, at, 8), message.correlationId, 1);
      const payloadEnd = end < 0 ? -1 : writePayload(target, end, message.payload, 8);
      return payloadEnd < 0 ? -1 : writeSafe(view, payloadEnd, message.createdAt);
    }
    case "CreateSession": {
      const end = writeCapabilities(target, writeHead(view, at, 1), message.capabilities);
      return end < 0 || end + 8 > bytes.length ? -1 : writeNonce(view, end, message.nonce);
    }
    case "ContinueSession":
      return writeSession(target, writeHead(view, at, 2), message.sessionId, message.nonce);
    case "ServerRequestAck":
      return writeId(view, writeHead(view, at, 5), message.requestId);
    case "CloseSession":
      if (message.reason !== "ClientShutdown") throw new TypeError("no reason");
      return writeByte(bytes, writeHead(view, at, 6), 1);
    case "ConnectionClosed":
      return writeHead(view, at, 7);
    default:
      throw new TypeError("no type of message");
  }
}

/** Writes at `at` and returns where the message ends; -1 where there is no room. */
export function writeServer(target: Target, at: number, message: ServerMessage): number {
  const { bytes, view } = target;
  if (at + roomMin > bytes.length) return -1;
  switch (message.type) {
    case "ClientResponse":
      return writePayload(target, writeId(view, writeHead(view, at, 6), message.requestId), message.result, 0);
    case "ServerRequest": {
      const end = writePayload(target, writeId(view, writeHead(view, at, 7), message.requestId), message.payload, 8);
      return end < 0 ? -1 : writeSafe(view, end, message.createdAt);
    }
    case "KeepAliveResponse":
      return writeSafe(view, writeHead(view, at, 5), message.timestamp);
    case "QueryResponse": {
      const end = writeText16(target, writeHead(view, at, 9), message.correlationId, 1);
      return end < 0 ? -1 : writePayload(target, end, message.result, 0);
    }
    case "SessionCreated":
      return writeSession(target, writeHead(view, at, 1), message.sessionId, message.nonce);
    case "SessionContinued":
      return writeNonce(view, writeHead(view, at, 2), message.nonce);
    case "SessionRejected": {
      const tag = writeByte(bytes, writeHead(view, at, 3), rejectionTag(message.reason));
      return writeLeader(target, writeNonce(view, tag, message.nonce), message.leaderId);
    }
    case "SessionClosed":
      return writeLeader(target, writeByte(bytes, writeHead(view, at, 4), closeTag(message.reason)), message.leaderId);
    case "RequestError":
      if (message.reason.type !== "ResponseEvicted") throw new TypeError("no reason");
      return writeByte(bytes, writeId(view, writeHead(view, at, 8), message.requestId), 1);
    default:
      throw new TypeError("no type of message");
  }
}

/** The frame of schemas/batch.yaml. */
export function writeBatch(target: Target, at: number, requests: readonly ClientRequest[]): number {
  const { view } = target;
  if (at + roomMin > target.bytes.length) return -1;
  view.setUint16(at, 0x0101);
  view.setUint32(at + 2, requests.length);
  let end = at + 6;
  for (let index = 0; index < requests.length && end >= 0; index++) end = writeRequest(target, end, requests[index]!);
  return end;
}

function writeRequest(target: Target, at: number, message: ClientRequest): number {
  const { bytes, view } = target;
  if (at + 28 > bytes.length) return -1;
  writeId(view, at, message.requestId);
  writeId(view, at + 8, message.lowestPendingRequestId);
  const end = writePayload(target, at + 16, message.payload, 8);
  return end < 0 ? -1 : writeSafe(view, end, message.createdAt);
}

/** Signature, version and tag as two overlapping words. */
function writeHead(view: DataView, at: number, tag: number): number {
  view.setInt32(at, 0x7a72_6166);
  view.setInt32(at + 3, 0x6674_0100 | tag);
  return at + 7;
}

function writeByte(bytes: Buffer, at: number, value: number): number {
  bytes[at] = value;
  return at + 1;
}

function writeId(view: DataView, at: number, value: number): number {
  if (value < 0) throw new RangeError("an id is negative");
  return writeSafe(view, at, value);
}

function writeSafe(view: DataView, at: number, value: number): number {
  if ((value | 0) === value) {
    view.setInt32(at, value >> 31);
  } else {
    if (!Number.isSafeInteger(value)) throw new RangeError("no safe integer");
    view.setInt32(at, Math.floor(value / 0x1_0000_0000));
  }
  view.setInt32(at + 4, value);
  return at + 8;
}

/** One bigint and its halves share eight bytes: much faster than a DataView's own bigints. */
function writeNonce(view: DataView, at: number, value: bigint): number {
  if (typeof value !== "bigint") throw new TypeError("a nonce is no bigint");
  whole[0] = value;
  const low = halves[0]!;
  const high = halves[1]!;
  if ((low | high) === 0 || whole[0] !== value) throw new RangeError("a nonce is 0 or has more than 64 bits");
  view.setInt32(at, high);
  view.setInt32(at + 4, low);
  return at + 8;
}

/** With its length before it, and with room for `after` bytes behind it. */
function writePayload({ bytes, view }: Target, at: number, payload: Uint8Array, after: number): number {
  if (!(payload instanceof Uint8Array)) throw new TypeError("a payload is no Uint8Array");
  const { length } = payload;
  const start = at + 4;
  const end = start + length;
  if (end + after > bytes.length) return -1;
  if (length > 0x7fff_ffff) throw new RangeError("a payload is too long");
  view.setInt32(at, length);
  if (length > 16) bytes.set(payload, start);
  else for (let index = 0; index < length; index++) bytes[start + index] = payload[index]!;
  return end;
}

function writeText16(target: Target, at: number, text: string, lengthMin: number): number {
  const end = writeText(target.bytes, at + 2, text);
  if (end < 0 || end + 8 > target.bytes.length) return -1;
  const length = end - at - 2;
  if (length > 0xffff || length < lengthMin) throw new RangeError("the length of a text");
  target.view.setUint16(at, length);
  return end;
}

function writeSession(target: Target, at: number, sessionId: string, nonce: bigint): number {
  const end = writeText(target.bytes, at + 1, sessionId);
  if (end < 0 || end + 8 > target.bytes.length) return -1;
  const length = end - at - 1;
  if (length > 0xff || length < 1) throw new RangeError("the length of a session id");
  target.bytes[at] = length;
  return writeNonce(target.view, end, nonce);
}

function writeCapabilities(target: Target, at: number, capabilities: Readonly<Record<string, string>>): number {
  if (typeof capabilities !== "object" || capabilities === null || Array.isArray(capabilities)) {
    throw new TypeError("capabilities are no object");
  }
  let count = 0;
  let end = at + 2;
  for (const name in capabilities) {
    if (!Object.hasOwn(capabilities, name)) continue;
    end = writeText16(target, end, name, 0);
    if (end >= 0) end = writeText16(target, end, capabilities[name]!, 0);
    if (end < 0) return -1;
    count++;
  }
  if (count < 1 || count > 0xffff) throw new RangeError("the number of capabilities");
  target.view.setUint16(at, count);
  return end;
}

/** One bit says whether it is there; what follows is moved down by one bit. */
function writeLeader(target: Target, at: number, leaderId: string | undefined): number {
  const { bytes } = target;
  if (leaderId === undefined) return writeByte(bytes, at, 0);
  const end = writeText16(target, at + 1, leaderId, 0);
  let before = 1;
  for (let index = at; index < end; index++) {
    const byte = index + 1 < end ? bytes[index + 1]! : 0;
    bytes[index] = (before << 7) | (byte >> 1);
    before = byte;
  }
  return end;
}

function rejectionTag(reason: string): number {
  switch (reason) {
    case "NotLeader":
      return 1;
    case "SessionExpired":
      return 2;
    case "InvalidCapabilities":
      return 3;
    case "Other":
      return 4;
    default:
      throw new TypeError("no reason");
  }
}

function closeTag(reason: string): number {
  switch (reason) {
    case "Shutdown":
      return 1;
    case "NotLeaderAnymore":
      return 2;
    case "SessionError":
      return 3;
    case "ConnectionClosed":
      return 4;
    case "SessionExpired":
      return 5;
    default:
      throw new TypeError("no reason");
  }
}

/** Every message without text and payload fits into this. */
const roomMin = 64;
const whole = new BigInt64Array(1);
const halves = new Int32Array(whole.buffer);
