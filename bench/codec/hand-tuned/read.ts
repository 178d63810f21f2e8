import type { ClientMessage, ClientRequest, ServerMessage } from "hawser/protocol";
import { readName, readText } from "./text.ts";

/** Written by hand for the benchmark, like write.ts: hawser's checks without its way to tell what is wrong. */

export function readClient(frame: Buffer): { readonly version: 1; readonly message: ClientMessage } {
  return { version: 1, message: readClientMessage(frame, readHead(frame)) };
}

export function readServer(frame: Buffer): { readonly version: 1; readonly message: ServerMessage } {
  return { version: 1, message: readServerMessage(frame, readHead(frame)) };
}

/** The frame of schemas/batch.yaml. */
export function readBatch(frame: Buffer): readonly ClientRequest[] {
  requireBytes(frame, 6);
  if (read16(frame, 0) !== 0x0101) refuse();
  const count = read32(frame, 2) >>> 0;
  if (count > (frame.length - 6) / 28) refuse();
  const requests: ClientRequest[] = [];
  let at = 6;
  for (let index = 0; index < count; index++) {
    const request = readRequest(frame, at);
    requests.push(request);
    at += 28 + request.payload.length;
  }
  if (at !== frame.length) refuse();
  return requests;
}

/** A function for each message: what the engine compiles stays small enough for all of it to be inlined. */
function readClientMessage(frame: Buffer, tag: number): ClientMessage {
  switch (tag) {
    case 1:
      return readCreateSession(frame);
    case 2:
      return readContinueSession(frame);
    case 3:
      return readKeepAlive(frame);
    case 4:
      return readRequest(frame, 7);
    case 5:
      return readServerRequestAck(frame);
    case 6:
      if (frame[7] !== 1) refuse();
      return { type: "CloseSession", reason: "ClientShutdown" };
    case 7:
      return { type: "ConnectionClosed" };
    case 8:
      return readQuery(frame);
    default:
      return refuse();
  }
}

function readServerMessage(frame: Buffer, tag: number): ServerMessage {
  switch (tag) {
    case 1:
      return readSessionCreated(frame);
    case 2:
      requireBytes(frame, 15);
      return { type: "SessionContinued", nonce: readNonce(frame, 7), sessionTimeout: 0, members: [] };
    case 3:
      return readSessionRejected(frame);
    case 4:
      return readSessionClosed(frame);
    case 5:
      requireBytes(frame, 15);
      return { type: "KeepAliveResponse", timestamp: readSafe(frame, 7) };
    case 6:
      return readClientResponse(frame);
    case 7:
      return readServerRequest(frame);
    case 8:
      return readRequestError(frame);
    case 9:
      return readQueryResponse(frame);
    default:
      return refuse();
  }
}

function readKeepAlive(frame: Buffer): ClientMessage {
  requireBytes(frame, 15);
  return { type: "KeepAlive", timestamp: readSafe(frame, 7) };
}

function readContinueSession(frame: Buffer): ClientMessage {
  const sessionId = readSessionId(frame);
  return { type: "ContinueSession", sessionId, nonce: readNonce(frame, 8 + frame[7]!) };
}

function readServerRequestAck(frame: Buffer): ClientMessage {
  requireBytes(frame, 15);
  return { type: "ServerRequestAck", requestId: readSafe(frame, 7) };
}

function readQuery(frame: Buffer): ClientMessage {
  requireBytes(frame, 9);
  const length = read16(frame, 7);
  const end = 9 + length;
  requireBytes(frame, end + 4);
  if (length < 1) refuse();
  const correlationId = readText(frame, 9, length);
  const payloadEnd = end + 4 + readLength(frame, end);
  requireBytes(frame, payloadEnd + 8);
  const payload = viewOf(frame, end + 4, payloadEnd);
  return { type: "Query", correlationId, payload, createdAt: readSafe(frame, payloadEnd) };
}

function readClientResponse(frame: Buffer): ServerMessage {
  requireBytes(frame, 19);
  const requestId = readSafe(frame, 7);
  const end = 19 + readLength(frame, 15);
  requireBytes(frame, end);
  return { type: "ClientResponse", requestId, result: viewOf(frame, 19, end), commitIndex: 0 };
}

function readServerRequest(frame: Buffer): ServerMessage {
  requireBytes(frame, 19);
  const requestId = readSafe(frame, 7);
  const end = 19 + readLength(frame, 15);
  requireBytes(frame, end + 8);
  const payload = viewOf(frame, 19, end);
  return { type: "ServerRequest", requestId, payload, createdAt: readSafe(frame, end) };
}

function readQueryResponse(frame: Buffer): ServerMessage {
  requireBytes(frame, 9);
  const length = read16(frame, 7);
  const end = 9 + length;
  requireBytes(frame, end + 4);
  if (length < 1) refuse();
  const correlationId = readText(frame, 9, length);
  const resultEnd = end + 4 + readLength(frame, end);
  requireBytes(frame, resultEnd);
  return { type: "QueryResponse", correlationId, result: viewOf(frame, end + 4, resultEnd) };
}

function readSessionCreated(frame: Buffer): ServerMessage {
  const sessionId = readSessionId(frame);
  return { type: "SessionCreated", sessionId, nonce: readNonce(frame, 8 + frame[7]!), sessionTimeout: 0, members: [] };
}

function readSessionRejected(frame: Buffer): ServerMessage {
  requireBytes(frame, 17);
  const reason = rejections[frame[7]!] ?? refuse();
  const nonce = readNonce(frame, 8);
  return { type: "SessionRejected", reason, nonce, leaderId: readLeader(frame, 16), members: [] };
}

function readSessionClosed(frame: Buffer): ServerMessage {
  requireBytes(frame, 9);
  const reason = closes[frame[7]!] ?? refuse();
  return { type: "SessionClosed", reason, leaderId: readLeader(frame, 8) };
}

function readRequestError(frame: Buffer): ServerMessage {
  requireBytes(frame, 16);
  if (frame[15] !== 1) refuse();
  return { type: "RequestError", requestId: readSafe(frame, 7), reason: { type: "ResponseEvicted" } };
}

function readRequest(frame: Buffer, at: number): ClientRequest {
  requireBytes(frame, at + 20);
  const requestId = readSafe(frame, at);
  const lowestPendingRequestId = readSafe(frame, at + 8);
  const end = at + 20 + readLength(frame, at + 16);
  requireBytes(frame, end + 8);
  const payload = viewOf(frame, at + 20, end);
  return { type: "ClientRequest", requestId, lowestPendingRequestId, payload, createdAt: readSafe(frame, end) };
}

function readCreateSession(frame: Buffer): ClientMessage {
  requireBytes(frame, 9);
  const count = read16(frame, 7);
  if (count < 1 || count > (frame.length - 9) / 4) refuse();
  const capabilities: Record<string, string> = {};
  let at = 9;
  for (let index = 0; index < count; index++) {
    requireBytes(frame, at + 2);
    const nameLength = read16(frame, at);
    const nameEnd = at + 2 + nameLength;
    requireBytes(frame, nameEnd + 2);
    const name = readName(frame, at + 2, nameLength);
    const valueLength = read16(frame, nameEnd);
    at = nameEnd + 2 + valueLength;
    requireBytes(frame, at);
    const value = readName(frame, nameEnd + 2, valueLength);
    if (name === "__proto__") Object.defineProperty(capabilities, name, { ...ownProperty, value });
    else capabilities[name] = value;
  }
  requireBytes(frame, at + 8);
  return { type: "CreateSession", capabilities, nonce: readNonce(frame, at) };
}

/** The tag, after the signature and the version. */
function readHead(frame: Buffer): number {
  if (!(frame instanceof Uint8Array) || frame.length < 7) return refuse();
  if (read32(frame, 0) !== 0x7a72_6166 || frame[4] !== 0x74 || frame[5] !== 1) return refuse();
  return frame[6]!;
}

/** With its length before it, and eight bytes behind it. */
function readSessionId(frame: Buffer): string {
  requireBytes(frame, 8);
  const length = frame[7]!;
  requireBytes(frame, 16 + length);
  return readText(frame, 8, length);
}

function readSafe(frame: Buffer, at: number): number {
  const high = read32(frame, at);
  const low = read32(frame, at + 4) >>> 0;
  if (high === 0) return low;
  const value = high * 0x1_0000_0000 + low;
  return Number.isSafeInteger(value) ? value : refuse();
}

function readNonce(frame: Buffer, at: number): bigint {
  const high = read32(frame, at);
  const low = read32(frame, at + 4);
  if ((high | low) === 0) refuse();
  halves[0] = low;
  halves[1] = high;
  return whole[0]!;
}

function readLength(frame: Buffer, at: number): number {
  const length = read32(frame, at);
  return length < 0 ? refuse() : length;
}

function read16(frame: Buffer, at: number): number {
  return (frame[at]! << 8) | frame[at + 1]!;
}

function read32(frame: Buffer, at: number): number {
  return (frame[at]! << 24) | (frame[at + 1]! << 16) | (frame[at + 2]! << 8) | frame[at + 3]!;
}

/** One bit says whether it is there; the rest is moved down by that bit. */
function readLeader(frame: Buffer, at: number): string | undefined {
  if (frame[at]! < 0x80) return undefined;
  requireBytes(frame, at + 3);
  const length = (((frame[at]! << 16) | (frame[at + 1]! << 8) | frame[at + 2]!) >> 7) & 0xffff;
  const start = at + 2;
  requireBytes(frame, start + length + 1);
  const moved = length > scratch.length ? Buffer.allocUnsafe(length) : scratch;
  for (let index = 0; index < length; index++) {
    moved[index] = ((frame[start + index]! << 8) | frame[start + index + 1]!) >> 7;
  }
  return readName(moved, 0, length);
}

/** The class of Buffers themselves is made in less time than a Uint8Array, and without the checks of `subarray`. */
function viewOf(frame: Buffer, start: number, end: number): Uint8Array {
  return new View(frame.buffer, frame.byteOffset + start, end - start);
}

function requireBytes(frame: Buffer, end: number): void {
  if (frame.length < end) refuse();
}

function refuse(): never {
  throw new RangeError("no message");
}

const View: new (buffer: ArrayBufferLike, offset: number, length: number) => Buffer = Reflect.get(
  Buffer,
  Symbol.species,
);
const whole = new BigInt64Array(1);
const halves = new Int32Array(whole.buffer);
const scratch = Buffer.allocUnsafeSlow(64);
const ownProperty = { enumerable: true, configurable: true, writable: true };
const rejections = [undefined, "NotLeader", "SessionExpired", "InvalidCapabilities", "Other"] as const;
const closes = [
  undefined,
  "Shutdown",
  "NotLeaderAnymore",
  "SessionError",
  "ConnectionClosed",
  "SessionExpired",
] as const;
