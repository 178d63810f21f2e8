// Generated from version-1.yaml by "hawser generate". Do not edit: change the schema and generate again.
import * as wire from "hawser/wire";
import type {
  Capabilities,
  ClientMessage,
  ClientRequest,
  ClientResponse,
  CloseReason,
  CloseSession,
  ContinueSession,
  CreateSession,
  KeepAlive,
  KeepAliveResponse,
  MemberId,
  Query,
  QueryResponse,
  RejectionReason,
  RequestError,
  RequestFailure,
  ServerMessage,
  ServerRequest,
  ServerRequestAck,
  SessionCloseReason,
  SessionClosed,
  SessionContinued,
  SessionCreated,
  SessionRejected,
} from "./messages.ts";

/** Versions of the protocol that this codec speaks. */
export type ProtocolVersion = 1;

/** A message, and the version in which it was written. */
export interface DecodedClientMessage {
  readonly version: ProtocolVersion;
  readonly message: ClientMessage;
}

/** A message, and the version in which it was written. */
export interface DecodedServerMessage {
  readonly version: ProtocolVersion;
  readonly message: ServerMessage;
}

/** Where the list, map, struct or union ends that was read last. */
let readEnd = 0;

/**
 * The frame of a message, as a version writes it.
 * Throws WireError where the message breaks the schema. The result shares its memory with other results but no
 * bytes; it is the caller's to keep and to change.
 */
export function encodeClientMessage(message: ClientMessage, version: ProtocolVersion): Uint8Array {
  const slab = wire.reserve(6 + sizeMaxClientMessage(message));
  const start = slab.used;
  try {
    return slab.take(writeClientFrame(slab, start, message, version));
  } catch (error) {
    throw wire.fromFrameStart(error, start);
  }
}

/** An upper bound on the bytes of a message from its tag on. */
function sizeMaxClientMessage(message: ClientMessage): number {
  if (!wire.isObject(message)) return 0;
  switch (message.type) {
    case "CreateSession":
      return 10 + sizeMaxCapabilities(message.capabilities);
    case "ContinueSession":
      return 11 + wire.stringSizeMax(message.sessionId);
    case "KeepAlive":
      return 10;
    case "ClientRequest":
      return 30 + wire.bytesSize(message.payload);
    case "ServerRequestAck":
      return 10;
    case "CloseSession":
      return 3;
    case "ConnectionClosed":
      return 2;
    case "Query":
      return 16 + wire.stringSizeMax(message.correlationId) + wire.bytesSize(message.payload);
    default:
      return 0;
  }
}

function sizeMaxCapabilities(value: Capabilities): number {
  if (!wire.isRecord(value)) return 0;
  let size = 2;
  for (const key in value) size += 4 + wire.stringSizeMax(key) + wire.stringSizeMax(value[key] as string);
  return size;
}

function writeClientFrame(
  target: wire.Target,
  start: number,
  message: ClientMessage,
  version: ProtocolVersion,
): number {
  wire.setU32(target, start, 0x7a726166);
  wire.setU8(target, start + 4, 0x74);
  if (version !== 1) throw wire.unsupportedVersion("version", start, version, "1");
  wire.setU8(target, start + 5, 1);
  return writeClientMessage(target, start + 6, message);
}

/** Writes a message from its tag on, and returns where it ends. */
function writeClientMessage(target: wire.Target, start: number, message: ClientMessage): number {
  if (!wire.isObject(message)) throw wire.invalidValue("message", start, message, "a ClientMessage");
  switch (message.type) {
    case "CreateSession":
      wire.setU8(target, start, 1);
      return writeCreateSession(target, start + 1, message);
    case "ContinueSession":
      wire.setU8(target, start, 2);
      return writeContinueSession(target, start + 1, message);
    case "KeepAlive":
      wire.setU8(target, start, 3);
      return writeKeepAlive(target, start + 1, message);
    case "ClientRequest":
      wire.setU8(target, start, 4);
      return writeClientRequest(target, start + 1, message);
    case "ServerRequestAck":
      wire.setU8(target, start, 5);
      return writeServerRequestAck(target, start + 1, message);
    case "CloseSession":
      wire.setU8(target, start, 6);
      return writeCloseSession(target, start + 1, message);
    case "ConnectionClosed":
      wire.setU8(target, start, 7);
      return start + 1;
    case "Query":
      wire.setU8(target, start, 8);
      return writeQuery(target, start + 1, message);
    default:
      throw wire.invalidValue("message.type", start, Reflect.get(message, "type"), "the type of a ClientMessage");
  }
}

function writeCreateSession(target: wire.Target, start: number, message: CreateSession): number {
  const capabilities = message.capabilities;
  const capabilitiesEnd = writeCapabilities(target, start, capabilities, "CreateSession.capabilities");
  const nonce = message.nonce;
  wire.writeI64(target, capabilitiesEnd, nonce, "CreateSession.nonce");
  if (nonce === 0n) throw wire.outOfRange("CreateSession.nonce", capabilitiesEnd, nonce, "which is not allowed");
  return capabilitiesEnd + 8;
}

function writeCapabilities(target: wire.Target, start: number, value: Capabilities, path: string): number {
  if (!wire.isRecord(value)) throw wire.invalidValue(path, start, value, "an object with entries");
  let offset = start + 2;
  let count = 0;
  let key: string | undefined;
  try {
    for (const entryKey in value) {
      if (!wire.hasOwn(value, entryKey)) continue;
      const entryValue = value[entryKey] as string;
      key = entryKey;
      const entryKeyEnd = wire.writeString(target, offset + 2, entryKey, "", offset);
      const entryKeyLength = entryKeyEnd - (offset + 2);
      if (entryKeyLength > 65535) throw wire.tooLarge("", offset, entryKeyLength, "bytes", 65535);
      wire.setU16(target, offset, entryKeyLength);
      const entryValueEnd = wire.writeString(target, entryKeyEnd + 2, entryValue, "", entryKeyEnd);
      const entryValueLength = entryValueEnd - (entryKeyEnd + 2);
      if (entryValueLength > 65535) throw wire.tooLarge("", entryKeyEnd, entryValueLength, "bytes", 65535);
      wire.setU16(target, entryKeyEnd, entryValueLength);
      offset = entryValueEnd;
      count++;
    }
  } catch (error) {
    throw wire.within(error, wire.entryPath(path, key, count));
  }
  if (count > 65535) throw wire.tooLarge(path, start, count, "entries", 65535);
  if (count < 1) throw wire.countOutOfRange(path, start, count, "the smallest is 1");
  wire.setU16(target, start, count);
  return offset;
}

function writeContinueSession(target: wire.Target, start: number, message: ContinueSession): number {
  const sessionId = message.sessionId;
  const sessionIdEnd = wire.writeString(target, start + 1, sessionId, "ContinueSession.sessionId", start);
  const sessionIdLength = sessionIdEnd - (start + 1);
  if (sessionIdLength > 255) throw wire.tooLarge("ContinueSession.sessionId", start, sessionIdLength, "bytes", 255);
  wire.setU8(target, start, sessionIdLength);
  if (sessionIdLength < 1) {
    throw wire.lengthOutOfRange("ContinueSession.sessionId", start, sessionIdLength, "the smallest is 1");
  }
  const nonce = message.nonce;
  wire.writeI64(target, sessionIdEnd, nonce, "ContinueSession.nonce");
  if (nonce === 0n) throw wire.outOfRange("ContinueSession.nonce", sessionIdEnd, nonce, "which is not allowed");
  return sessionIdEnd + 8;
}

function writeKeepAlive(target: wire.Target, start: number, message: KeepAlive): number {
  const timestamp = message.timestamp;
  wire.writeI53(target, start, timestamp, "KeepAlive.timestamp");
  return start + 8;
}

function writeClientRequest(target: wire.Target, start: number, message: ClientRequest): number {
  const requestId = message.requestId;
  wire.writeI53(target, start, requestId, "ClientRequest.requestId");
  if (requestId < 0) throw wire.outOfRange("ClientRequest.requestId", start, requestId, "the smallest is 0");
  const lowestPendingRequestId = message.lowestPendingRequestId;
  wire.writeI53(target, start + 8, lowestPendingRequestId, "ClientRequest.lowestPendingRequestId");
  if (lowestPendingRequestId < 0) {
    throw wire.outOfRange("ClientRequest.lowestPendingRequestId", start + 8, lowestPendingRequestId, "the smallest is 0");
  }
  const payload = message.payload;
  const payloadEnd = wire.writeBytes(target, start + 20, payload, "ClientRequest.payload", start + 16);
  const payloadLength = payloadEnd - (start + 20);
  if (payloadLength > 2147483647) {
    throw wire.tooLarge("ClientRequest.payload", start + 16, payloadLength, "bytes", 2147483647);
  }
  wire.setU32(target, start + 16, payloadLength);
  const createdAt = message.createdAt;
  wire.writeI53(target, payloadEnd, createdAt, "ClientRequest.createdAt");
  return payloadEnd + 8;
}

function writeServerRequestAck(target: wire.Target, start: number, message: ServerRequestAck): number {
  const requestId = message.requestId;
  wire.writeI53(target, start, requestId, "ServerRequestAck.requestId");
  if (requestId < 0) throw wire.outOfRange("ServerRequestAck.requestId", start, requestId, "the smallest is 0");
  return start + 8;
}

function writeCloseSession(target: wire.Target, start: number, message: CloseSession): number {
  const reason = message.reason;
  wire.setU8(target, start, tagOfCloseReason(reason, "CloseSession.reason", start));
  return start + 1;
}

function tagOfCloseReason(value: CloseReason, path: string, offset: number): number {
  switch (value) {
    case "ClientShutdown":
      return 1;
    default:
      throw wire.invalidValue(path, offset, value, "a value of CloseReason");
  }
}

function writeQuery(target: wire.Target, start: number, message: Query): number {
  const correlationId = message.correlationId;
  const correlationIdEnd = wire.writeString(target, start + 2, correlationId, "Query.correlationId", start);
  const correlationIdLength = correlationIdEnd - (start + 2);
  if (correlationIdLength > 65535) {
    throw wire.tooLarge("Query.correlationId", start, correlationIdLength, "bytes", 65535);
  }
  wire.setU16(target, start, correlationIdLength);
  if (correlationIdLength < 1) {
    throw wire.lengthOutOfRange("Query.correlationId", start, correlationIdLength, "the smallest is 1");
  }
  const payload = message.payload;
  const payloadEnd = wire.writeBytes(target, correlationIdEnd + 4, payload, "Query.payload", correlationIdEnd);
  const payloadLength = payloadEnd - (correlationIdEnd + 4);
  if (payloadLength > 2147483647) {
    throw wire.tooLarge("Query.payload", correlationIdEnd, payloadLength, "bytes", 2147483647);
  }
  wire.setU32(target, correlationIdEnd, payloadLength);
  const createdAt = message.createdAt;
  wire.writeI53(target, payloadEnd, createdAt, "Query.createdAt");
  return payloadEnd + 8;
}

/**
 * Writes the frame of a message, as a version writes it, into `target` from `offset` on, and returns where it
 * ends.
 * Throws WireError where the message breaks the schema or the frame does not fit; what stands in `target` from
 * `offset` on is undefined then.
 */
export function encodeClientMessageInto(
  message: ClientMessage,
  version: ProtocolVersion,
  target: Uint8Array,
  offset: number,
): number {
  if (!wire.hasRoom(target, offset, 6 + sizeMaxClientMessage(message))) {
    return wire.copyInto(encodeClientMessage(message, version), target, offset);
  }
  try {
    return writeClientFrame(wire.targetOf(target), offset, message, version);
  } catch (error) {
    throw wire.fromFrameStart(error, offset);
  }
}

/**
 * How many bytes the frame of a message has, as a version writes it. Throws WireError like
 * `encodeClientMessage`.
 */
export function byteLengthOfClientMessage(message: ClientMessage, version: ProtocolVersion): number {
  const slab = wire.reserve(6 + sizeMaxClientMessage(message));
  const start = slab.used;
  try {
    return writeClientFrame(slab, start, message, version) - start;
  } catch (error) {
    throw wire.fromFrameStart(error, start);
  }
}

/**
 * The message of a frame, and the version in which it was written.
 * Throws WireError, and nothing else, for bytes that are no message. Payloads are views of the frame, without
 * copying: they live as long as it does and change with it.
 */
export function decodeClientMessage(frame: Uint8Array): DecodedClientMessage {
  const version = readVersion(frame);
  if (version !== 1) throw wire.unsupportedVersion("frame.version", 5, version, "1");
  return { version: 1, message: readClientMessage(frame, 6, frame.length) };
}

/** The version of a frame. */
function readVersion(frame: Uint8Array): number {
  if (!wire.isBytes(frame)) throw wire.invalidValue("frame", 0, frame, "a Uint8Array");
  const end = frame.length;
  if (end < 5) throw wire.truncatedValue("frame.signature", 0, end, 5);
  if (wire.readU32(frame, 0) !== 0x7a726166 || wire.readU8(frame, 4) !== 0x74) {
    throw wire.badSignature(frame.subarray(0, 5), "7a 72 61 66 74");
  }
  if (end < 6) throw wire.truncatedValue("frame.version", 5, end, 1);
  return wire.readU8(frame, 5);
}

/** Reads a message from its tag on. */
function readClientMessage(bytes: Uint8Array, start: number, end: number): ClientMessage {
  if (end - start < 1) throw wire.truncatedValue("frame.tag", start, end, 1);
  const tag = wire.readU8(bytes, start);
  switch (tag) {
    case 1:
      return readCreateSession(bytes, start + 1, end);
    case 2:
      return readContinueSession(bytes, start + 1, end);
    case 3:
      return readKeepAlive(bytes, start + 1, end);
    case 4:
      return readClientRequest(bytes, start + 1, end);
    case 5:
      return readServerRequestAck(bytes, start + 1, end);
    case 6:
      return readCloseSession(bytes, start + 1, end);
    case 7:
      return { type: "ConnectionClosed" };
    case 8:
      return readQuery(bytes, start + 1, end);
    default:
      throw wire.unknownDiscriminator("frame.tag", start, tag, "ClientMessage");
  }
}

function readCreateSession(bytes: Uint8Array, start: number, end: number): CreateSession {
  const capabilities = readCapabilities(bytes, start, end, "CreateSession.capabilities");
  const capabilitiesEnd = readEnd;
  if (end - capabilitiesEnd < 8) throw wire.truncated("CreateSession", capabilitiesEnd, end, { nonce: 8 });
  const nonce = wire.readI64(bytes, capabilitiesEnd);
  if (nonce === 0n) throw wire.outOfRange("CreateSession.nonce", capabilitiesEnd, nonce, "which is not allowed");
  return { type: "CreateSession", capabilities, nonce };
}

function readCapabilities(bytes: Uint8Array, start: number, end: number, path: string): Capabilities {
  if (end - start < 2) throw wire.truncatedValue(path, start, end, 2);
  const count = wire.readU16(bytes, start);
  if (count < 1) throw wire.countOutOfRange(path, start, count, "the smallest is 1");
  const countMax = (end - start - 2) / 4;
  if (count > countMax) throw wire.truncatedEntries(path, start, count, countMax);
  const entries: Record<string, string> = {};
  let offset = start + 2;
  let index = 0;
  let key: string | undefined;
  try {
    for (; index < count; index++) {
      key = undefined;
      if (end - offset < 2) throw wire.truncatedValue("", offset, end, 2);
      const entryKeyLength = wire.readU16(bytes, offset);
      const entryKeyEnd = offset + 2 + entryKeyLength;
      if (entryKeyEnd > end) throw wire.truncatedValue("", offset, end, 2 + entryKeyLength);
      const entryKey = wire.readKey(bytes, offset + 2, entryKeyEnd, "", offset);
      key = entryKey;
      if (end - entryKeyEnd < 2) throw wire.truncatedValue("", entryKeyEnd, end, 2);
      const entryValueLength = wire.readU16(bytes, entryKeyEnd);
      const entryValueEnd = entryKeyEnd + 2 + entryValueLength;
      if (entryValueEnd > end) throw wire.truncatedValue("", entryKeyEnd, end, 2 + entryValueLength);
      const entryValue = wire.readString(bytes, entryKeyEnd + 2, entryValueEnd, "", entryKeyEnd);
      wire.setEntry(entries, entryKey, entryValue);
      offset = entryValueEnd;
    }
  } catch (error) {
    throw wire.within(error, wire.entryPath(path, key, index));
  }
  readEnd = offset;
  return entries;
}

function readContinueSession(bytes: Uint8Array, start: number, end: number): ContinueSession {
  if (end - start < 1) throw wire.truncated("ContinueSession", start, end, { sessionId: 1 });
  const sessionIdLength = wire.readU8(bytes, start);
  const sessionIdEnd = start + 1 + sessionIdLength;
  if (end - sessionIdEnd < 8) {
    throw wire.truncated("ContinueSession", start, end, { sessionId: 1 + sessionIdLength, nonce: 8 });
  }
  const sessionId = wire.readString(bytes, start + 1, sessionIdEnd, "ContinueSession.sessionId", start);
  const nonce = wire.readI64(bytes, sessionIdEnd);
  if (nonce === 0n) throw wire.outOfRange("ContinueSession.nonce", sessionIdEnd, nonce, "which is not allowed");
  return { type: "ContinueSession", sessionId, nonce };
}

function readKeepAlive(bytes: Uint8Array, start: number, end: number): KeepAlive {
  if (end - start < 8) throw wire.truncated("KeepAlive", start, end, { timestamp: 8 });
  const timestamp = wire.readI53(bytes, start, "KeepAlive.timestamp");
  return { type: "KeepAlive", timestamp };
}

function readClientRequest(bytes: Uint8Array, start: number, end: number): ClientRequest {
  if (end - start < 20) {
    throw wire.truncated("ClientRequest", start, end, { requestId: 8, lowestPendingRequestId: 8, payload: 4 });
  }
  const requestId = wire.readI53(bytes, start, "ClientRequest.requestId");
  const lowestPendingRequestId = wire.readI53(bytes, start + 8, "ClientRequest.lowestPendingRequestId");
  const payloadLength = wire.readI32(bytes, start + 16);
  if (payloadLength < 0) {
    throw wire.lengthOutOfRange("ClientRequest.payload", start + 16, payloadLength, "the smallest is 0");
  }
  const payloadEnd = start + 20 + payloadLength;
  if (end - payloadEnd < 8) {
    throw wire.truncated("ClientRequest", start + 16, end, { payload: 4 + payloadLength, createdAt: 8 });
  }
  const payload = wire.readBytes(bytes, start + 20, payloadEnd);
  const createdAt = wire.readI53(bytes, payloadEnd, "ClientRequest.createdAt");
  return { type: "ClientRequest", requestId, lowestPendingRequestId, payload, createdAt };
}

function readServerRequestAck(bytes: Uint8Array, start: number, end: number): ServerRequestAck {
  if (end - start < 8) throw wire.truncated("ServerRequestAck", start, end, { requestId: 8 });
  const requestId = wire.readI53(bytes, start, "ServerRequestAck.requestId");
  return { type: "ServerRequestAck", requestId };
}

function readCloseSession(bytes: Uint8Array, start: number, end: number): CloseSession {
  if (end - start < 1) throw wire.truncated("CloseSession", start, end, { reason: 1 });
  const reason = readCloseReason(wire.readU8(bytes, start), "CloseSession.reason", start);
  return { type: "CloseSession", reason };
}

function readCloseReason(tag: number, path: string, offset: number): CloseReason {
  switch (tag) {
    case 1:
      return "ClientShutdown";
    default:
      throw wire.unknownDiscriminator(path, offset, tag, "CloseReason");
  }
}

function readQuery(bytes: Uint8Array, start: number, end: number): Query {
  if (end - start < 2) throw wire.truncated("Query", start, end, { correlationId: 2 });
  const correlationIdLength = wire.readU16(bytes, start);
  const correlationIdEnd = start + 2 + correlationIdLength;
  if (end - correlationIdEnd < 4) {
    throw wire.truncated("Query", start, end, { correlationId: 2 + correlationIdLength, payload: 4 });
  }
  const correlationId = wire.readString(bytes, start + 2, correlationIdEnd, "Query.correlationId", start);
  if (correlationIdLength < 1) {
    throw wire.lengthOutOfRange("Query.correlationId", start, correlationIdLength, "the smallest is 1");
  }
  const payloadLength = wire.readI32(bytes, correlationIdEnd);
  if (payloadLength < 0) {
    throw wire.lengthOutOfRange("Query.payload", correlationIdEnd, payloadLength, "the smallest is 0");
  }
  const payloadEnd = correlationIdEnd + 4 + payloadLength;
  if (end - payloadEnd < 8) {
    throw wire.truncated("Query", correlationIdEnd, end, { payload: 4 + payloadLength, createdAt: 8 });
  }
  const payload = wire.readBytes(bytes, correlationIdEnd + 4, payloadEnd);
  const createdAt = wire.readI53(bytes, payloadEnd, "Query.createdAt");
  return { type: "Query", correlationId, payload, createdAt };
}

/**
 * The frame of a message, as a version writes it.
 * Throws WireError where the message breaks the schema. The result shares its memory with other results but no
 * bytes; it is the caller's to keep and to change.
 */
export function encodeServerMessage(message: ServerMessage, version: ProtocolVersion): Uint8Array {
  const slab = wire.reserve(6 + sizeMaxServerMessage(message));
  const start = slab.used;
  try {
    return slab.take(writeServerFrame(slab, start, message, version));
  } catch (error) {
    throw wire.fromFrameStart(error, start);
  }
}

/** An upper bound on the bytes of a message from its tag on. */
function sizeMaxServerMessage(message: ServerMessage): number {
  if (!wire.isObject(message)) return 0;
  switch (message.type) {
    case "SessionCreated":
      return 11 + wire.stringSizeMax(message.sessionId);
    case "SessionContinued":
      return 10;
    case "SessionRejected":
      return 14 + (message.leaderId === undefined ? 0 : wire.stringSizeMax(message.leaderId));
    case "SessionClosed":
      return 6 + (message.leaderId === undefined ? 0 : wire.stringSizeMax(message.leaderId));
    case "KeepAliveResponse":
      return 10;
    case "ClientResponse":
      return 14 + wire.bytesSize(message.result);
    case "ServerRequest":
      return 22 + wire.bytesSize(message.payload);
    case "RequestError":
      return 10 + sizeMaxRequestFailure(message.reason);
    case "QueryResponse":
      return 8 + wire.stringSizeMax(message.correlationId) + wire.bytesSize(message.result);
    default:
      return 0;
  }
}

function sizeMaxRequestFailure(value: RequestFailure): number {
  if (!wire.isObject(value)) return 0;
  switch (value.type) {
    case "ResponseEvicted":
      return 2;
    default:
      return 0;
  }
}

function writeServerFrame(
  target: wire.Target,
  start: number,
  message: ServerMessage,
  version: ProtocolVersion,
): number {
  wire.setU32(target, start, 0x7a726166);
  wire.setU8(target, start + 4, 0x74);
  if (version !== 1) throw wire.unsupportedVersion("version", start, version, "1");
  wire.setU8(target, start + 5, 1);
  return writeServerMessage(target, start + 6, message);
}

/** Writes a message from its tag on, and returns where it ends. */
function writeServerMessage(target: wire.Target, start: number, message: ServerMessage): number {
  if (!wire.isObject(message)) throw wire.invalidValue("message", start, message, "a ServerMessage");
  switch (message.type) {
    case "SessionCreated":
      wire.setU8(target, start, 1);
      return writeSessionCreated(target, start + 1, message);
    case "SessionContinued":
      wire.setU8(target, start, 2);
      return writeSessionContinued(target, start + 1, message);
    case "SessionRejected":
      wire.setU8(target, start, 3);
      return writeSessionRejected(target, start + 1, message);
    case "SessionClosed":
      wire.setU8(target, start, 4);
      return writeSessionClosed(target, start + 1, message);
    case "KeepAliveResponse":
      wire.setU8(target, start, 5);
      return writeKeepAliveResponse(target, start + 1, message);
    case "ClientResponse":
      wire.setU8(target, start, 6);
      return writeClientResponse(target, start + 1, message);
    case "ServerRequest":
      wire.setU8(target, start, 7);
      return writeServerRequest(target, start + 1, message);
    case "RequestError":
      wire.setU8(target, start, 8);
      return writeRequestError(target, start + 1, message);
    case "QueryResponse":
      wire.setU8(target, start, 9);
      return writeQueryResponse(target, start + 1, message);
    default:
      throw wire.invalidValue("message.type", start, Reflect.get(message, "type"), "the type of a ServerMessage");
  }
}

function writeSessionCreated(target: wire.Target, start: number, message: SessionCreated): number {
  const sessionId = message.sessionId;
  const sessionIdEnd = wire.writeString(target, start + 1, sessionId, "SessionCreated.sessionId", start);
  const sessionIdLength = sessionIdEnd - (start + 1);
  if (sessionIdLength > 255) throw wire.tooLarge("SessionCreated.sessionId", start, sessionIdLength, "bytes", 255);
  wire.setU8(target, start, sessionIdLength);
  if (sessionIdLength < 1) {
    throw wire.lengthOutOfRange("SessionCreated.sessionId", start, sessionIdLength, "the smallest is 1");
  }
  const nonce = message.nonce;
  wire.writeI64(target, sessionIdEnd, nonce, "SessionCreated.nonce");
  if (nonce === 0n) throw wire.outOfRange("SessionCreated.nonce", sessionIdEnd, nonce, "which is not allowed");
  return sessionIdEnd + 8;
}

function writeSessionContinued(target: wire.Target, start: number, message: SessionContinued): number {
  const nonce = message.nonce;
  wire.writeI64(target, start, nonce, "SessionContinued.nonce");
  if (nonce === 0n) throw wire.outOfRange("SessionContinued.nonce", start, nonce, "which is not allowed");
  return start + 8;
}

function writeSessionRejected(target: wire.Target, start: number, message: SessionRejected): number {
  const reason = message.reason;
  wire.setU8(target, start, tagOfRejectionReason(reason, "SessionRejected.reason", start));
  const nonce = message.nonce;
  wire.writeI64(target, start + 1, nonce, "SessionRejected.nonce");
  if (nonce === 0n) throw wire.outOfRange("SessionRejected.nonce", start + 1, nonce, "which is not allowed");
  // From here on flags are single bits, and what follows them is not moved up to the next byte: see bit-packing.ts.
  const leaderId = message.leaderId;
  wire.setBit(target, start + 9, 0, leaderId !== undefined);
  let leaderIdEnd = start + 9;
  if (leaderId !== undefined) {
    const leaderIdWholeEnd = wire.writeString(target, start + 12, leaderId, "SessionRejected.leaderId", start + 9);
    const leaderIdLength = leaderIdWholeEnd - (start + 12);
    if (leaderIdLength > 65535) {
      throw wire.tooLarge("SessionRejected.leaderId", start + 9, leaderIdLength, "bytes", 65535);
    }
    wire.setU16(target, start + 10, leaderIdLength);
    const leaderIdPackedEnd = wire.pack(target, start + 9, 1, leaderIdWholeEnd);
    leaderIdEnd = leaderIdPackedEnd;
  }
  return leaderIdEnd + 1;
}

function tagOfRejectionReason(value: RejectionReason, path: string, offset: number): number {
  switch (value) {
    case "NotLeader":
      return 1;
    case "SessionExpired":
      return 2;
    case "InvalidCapabilities":
      return 3;
    case "Other":
      return 4;
    default:
      throw wire.invalidValue(path, offset, value, "a value of RejectionReason");
  }
}

function writeSessionClosed(target: wire.Target, start: number, message: SessionClosed): number {
  const reason = message.reason;
  wire.setU8(target, start, tagOfSessionCloseReason(reason, "SessionClosed.reason", start));
  // From here on flags are single bits, and what follows them is not moved up to the next byte: see bit-packing.ts.
  const leaderId = message.leaderId;
  wire.setBit(target, start + 1, 0, leaderId !== undefined);
  let leaderIdEnd = start + 1;
  if (leaderId !== undefined) {
    const leaderIdWholeEnd = wire.writeString(target, start + 4, leaderId, "SessionClosed.leaderId", start + 1);
    const leaderIdLength = leaderIdWholeEnd - (start + 4);
    if (leaderIdLength > 65535) {
      throw wire.tooLarge("SessionClosed.leaderId", start + 1, leaderIdLength, "bytes", 65535);
    }
    wire.setU16(target, start + 2, leaderIdLength);
    const leaderIdPackedEnd = wire.pack(target, start + 1, 1, leaderIdWholeEnd);
    leaderIdEnd = leaderIdPackedEnd;
  }
  return leaderIdEnd + 1;
}

function tagOfSessionCloseReason(value: SessionCloseReason, path: string, offset: number): number {
  switch (value) {
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
      throw wire.invalidValue(path, offset, value, "a value of SessionCloseReason");
  }
}

function writeKeepAliveResponse(target: wire.Target, start: number, message: KeepAliveResponse): number {
  const timestamp = message.timestamp;
  wire.writeI53(target, start, timestamp, "KeepAliveResponse.timestamp");
  return start + 8;
}

function writeClientResponse(target: wire.Target, start: number, message: ClientResponse): number {
  const requestId = message.requestId;
  wire.writeI53(target, start, requestId, "ClientResponse.requestId");
  if (requestId < 0) throw wire.outOfRange("ClientResponse.requestId", start, requestId, "the smallest is 0");
  const result = message.result;
  const resultEnd = wire.writeBytes(target, start + 12, result, "ClientResponse.result", start + 8);
  const resultLength = resultEnd - (start + 12);
  if (resultLength > 2147483647) {
    throw wire.tooLarge("ClientResponse.result", start + 8, resultLength, "bytes", 2147483647);
  }
  wire.setU32(target, start + 8, resultLength);
  return resultEnd;
}

function writeServerRequest(target: wire.Target, start: number, message: ServerRequest): number {
  const requestId = message.requestId;
  wire.writeI53(target, start, requestId, "ServerRequest.requestId");
  if (requestId < 0) throw wire.outOfRange("ServerRequest.requestId", start, requestId, "the smallest is 0");
  const payload = message.payload;
  const payloadEnd = wire.writeBytes(target, start + 12, payload, "ServerRequest.payload", start + 8);
  const payloadLength = payloadEnd - (start + 12);
  if (payloadLength > 2147483647) {
    throw wire.tooLarge("ServerRequest.payload", start + 8, payloadLength, "bytes", 2147483647);
  }
  wire.setU32(target, start + 8, payloadLength);
  const createdAt = message.createdAt;
  wire.writeI53(target, payloadEnd, createdAt, "ServerRequest.createdAt");
  return payloadEnd + 8;
}

function writeRequestError(target: wire.Target, start: number, message: RequestError): number {
  const requestId = message.requestId;
  wire.writeI53(target, start, requestId, "RequestError.requestId");
  if (requestId < 0) throw wire.outOfRange("RequestError.requestId", start, requestId, "the smallest is 0");
  const reason = message.reason;
  const reasonEnd = writeRequestFailure(target, start + 8, reason, "RequestError.reason");
  return reasonEnd;
}

function writeRequestFailure(target: wire.Target, start: number, value: RequestFailure, path: string): number {
  if (!wire.isObject(value)) throw wire.invalidValue(path, start, value, "a RequestFailure");
  try {
    switch (value.type) {
      case "ResponseEvicted":
        wire.setU8(target, start, 1);
        return start + 1;
      default:
        throw wire.invalidValue(".type", start, Reflect.get(value, "type"), "a case of RequestFailure");
    }
  } catch (error) {
    throw wire.within(error, path);
  }
}

function writeQueryResponse(target: wire.Target, start: number, message: QueryResponse): number {
  const correlationId = message.correlationId;
  const correlationIdEnd = wire.writeString(target, start + 2, correlationId, "QueryResponse.correlationId", start);
  const correlationIdLength = correlationIdEnd - (start + 2);
  if (correlationIdLength > 65535) {
    throw wire.tooLarge("QueryResponse.correlationId", start, correlationIdLength, "bytes", 65535);
  }
  wire.setU16(target, start, correlationIdLength);
  if (correlationIdLength < 1) {
    throw wire.lengthOutOfRange("QueryResponse.correlationId", start, correlationIdLength, "the smallest is 1");
  }
  const result = message.result;
  const resultEnd = wire.writeBytes(target, correlationIdEnd + 4, result, "QueryResponse.result", correlationIdEnd);
  const resultLength = resultEnd - (correlationIdEnd + 4);
  if (resultLength > 2147483647) {
    throw wire.tooLarge("QueryResponse.result", correlationIdEnd, resultLength, "bytes", 2147483647);
  }
  wire.setU32(target, correlationIdEnd, resultLength);
  return resultEnd;
}

/**
 * Writes the frame of a message, as a version writes it, into `target` from `offset` on, and returns where it
 * ends.
 * Throws WireError where the message breaks the schema or the frame does not fit; what stands in `target` from
 * `offset` on is undefined then.
 */
export function encodeServerMessageInto(
  message: ServerMessage,
  version: ProtocolVersion,
  target: Uint8Array,
  offset: number,
): number {
  if (!wire.hasRoom(target, offset, 6 + sizeMaxServerMessage(message))) {
    return wire.copyInto(encodeServerMessage(message, version), target, offset);
  }
  try {
    return writeServerFrame(wire.targetOf(target), offset, message, version);
  } catch (error) {
    throw wire.fromFrameStart(error, offset);
  }
}

/**
 * How many bytes the frame of a message has, as a version writes it. Throws WireError like
 * `encodeServerMessage`.
 */
export function byteLengthOfServerMessage(message: ServerMessage, version: ProtocolVersion): number {
  const slab = wire.reserve(6 + sizeMaxServerMessage(message));
  const start = slab.used;
  try {
    return writeServerFrame(slab, start, message, version) - start;
  } catch (error) {
    throw wire.fromFrameStart(error, start);
  }
}

/**
 * The message of a frame, and the version in which it was written.
 * Throws WireError, and nothing else, for bytes that are no message. Payloads are views of the frame, without
 * copying: they live as long as it does and change with it.
 */
export function decodeServerMessage(frame: Uint8Array): DecodedServerMessage {
  const version = readVersion(frame);
  if (version !== 1) throw wire.unsupportedVersion("frame.version", 5, version, "1");
  return { version: 1, message: readServerMessage(frame, 6, frame.length) };
}

/** Reads a message from its tag on. */
function readServerMessage(bytes: Uint8Array, start: number, end: number): ServerMessage {
  if (end - start < 1) throw wire.truncatedValue("frame.tag", start, end, 1);
  const tag = wire.readU8(bytes, start);
  switch (tag) {
    case 1:
      return readSessionCreated(bytes, start + 1, end);
    case 2:
      return readSessionContinued(bytes, start + 1, end);
    case 3:
      return readSessionRejected(bytes, start + 1, end);
    case 4:
      return readSessionClosed(bytes, start + 1, end);
    case 5:
      return readKeepAliveResponse(bytes, start + 1, end);
    case 6:
      return readClientResponse(bytes, start + 1, end);
    case 7:
      return readServerRequest(bytes, start + 1, end);
    case 8:
      return readRequestError(bytes, start + 1, end);
    case 9:
      return readQueryResponse(bytes, start + 1, end);
    default:
      throw wire.unknownDiscriminator("frame.tag", start, tag, "ServerMessage");
  }
}

function readSessionCreated(bytes: Uint8Array, start: number, end: number): SessionCreated {
  if (end - start < 1) throw wire.truncated("SessionCreated", start, end, { sessionId: 1 });
  const sessionIdLength = wire.readU8(bytes, start);
  const sessionIdEnd = start + 1 + sessionIdLength;
  if (end - sessionIdEnd < 8) {
    throw wire.truncated("SessionCreated", start, end, { sessionId: 1 + sessionIdLength, nonce: 8 });
  }
  const sessionId = wire.readString(bytes, start + 1, sessionIdEnd, "SessionCreated.sessionId", start);
  const nonce = wire.readI64(bytes, sessionIdEnd);
  if (nonce === 0n) throw wire.outOfRange("SessionCreated.nonce", sessionIdEnd, nonce, "which is not allowed");
  return { type: "SessionCreated", sessionId, nonce };
}

function readSessionContinued(bytes: Uint8Array, start: number, end: number): SessionContinued {
  if (end - start < 8) throw wire.truncated("SessionContinued", start, end, { nonce: 8 });
  const nonce = wire.readI64(bytes, start);
  if (nonce === 0n) throw wire.outOfRange("SessionContinued.nonce", start, nonce, "which is not allowed");
  return { type: "SessionContinued", nonce };
}

function readSessionRejected(bytes: Uint8Array, start: number, end: number): SessionRejected {
  if (end - start < 9) throw wire.truncated("SessionRejected", start, end, { reason: 1, nonce: 8 });
  const reason = readRejectionReason(wire.readU8(bytes, start), "SessionRejected.reason", start);
  const nonce = wire.readI64(bytes, start + 1);
  if (nonce === 0n) throw wire.outOfRange("SessionRejected.nonce", start + 1, nonce, "which is not allowed");
  // From here on flags are single bits, and what follows them is not moved up to the next byte: see bit-packing.ts.
  let leaderId: MemberId | undefined;
  if (wire.readBit(bytes, start + 9, 0, end, "SessionRejected.leaderId")) {
    const leaderIdLength = wire.readPackedU16(bytes, start + 9, 1, end, "SessionRejected.leaderId");
    leaderId = wire.readPackedString(bytes, start + 11, 1, leaderIdLength, end, "SessionRejected.leaderId", start + 9);
  }
  return { type: "SessionRejected", reason, nonce, leaderId };
}

function readRejectionReason(tag: number, path: string, offset: number): RejectionReason {
  switch (tag) {
    case 1:
      return "NotLeader";
    case 2:
      return "SessionExpired";
    case 3:
      return "InvalidCapabilities";
    case 4:
      return "Other";
    default:
      throw wire.unknownDiscriminator(path, offset, tag, "RejectionReason");
  }
}

function readSessionClosed(bytes: Uint8Array, start: number, end: number): SessionClosed {
  if (end - start < 1) throw wire.truncated("SessionClosed", start, end, { reason: 1 });
  const reason = readSessionCloseReason(wire.readU8(bytes, start), "SessionClosed.reason", start);
  // From here on flags are single bits, and what follows them is not moved up to the next byte: see bit-packing.ts.
  let leaderId: MemberId | undefined;
  if (wire.readBit(bytes, start + 1, 0, end, "SessionClosed.leaderId")) {
    const leaderIdLength = wire.readPackedU16(bytes, start + 1, 1, end, "SessionClosed.leaderId");
    leaderId = wire.readPackedString(bytes, start + 3, 1, leaderIdLength, end, "SessionClosed.leaderId", start + 1);
  }
  return { type: "SessionClosed", reason, leaderId };
}

function readSessionCloseReason(tag: number, path: string, offset: number): SessionCloseReason {
  switch (tag) {
    case 1:
      return "Shutdown";
    case 2:
      return "NotLeaderAnymore";
    case 3:
      return "SessionError";
    case 4:
      return "ConnectionClosed";
    case 5:
      return "SessionExpired";
    default:
      throw wire.unknownDiscriminator(path, offset, tag, "SessionCloseReason");
  }
}

function readKeepAliveResponse(bytes: Uint8Array, start: number, end: number): KeepAliveResponse {
  if (end - start < 8) throw wire.truncated("KeepAliveResponse", start, end, { timestamp: 8 });
  const timestamp = wire.readI53(bytes, start, "KeepAliveResponse.timestamp");
  return { type: "KeepAliveResponse", timestamp };
}

function readClientResponse(bytes: Uint8Array, start: number, end: number): ClientResponse {
  if (end - start < 12) throw wire.truncated("ClientResponse", start, end, { requestId: 8, result: 4 });
  const requestId = wire.readI53(bytes, start, "ClientResponse.requestId");
  const resultLength = wire.readI32(bytes, start + 8);
  if (resultLength < 0) {
    throw wire.lengthOutOfRange("ClientResponse.result", start + 8, resultLength, "the smallest is 0");
  }
  const resultEnd = start + 12 + resultLength;
  if (resultEnd > end) throw wire.truncated("ClientResponse", start + 8, end, { result: 4 + resultLength });
  const result = wire.readBytes(bytes, start + 12, resultEnd);
  return { type: "ClientResponse", requestId, result };
}

function readServerRequest(bytes: Uint8Array, start: number, end: number): ServerRequest {
  if (end - start < 12) throw wire.truncated("ServerRequest", start, end, { requestId: 8, payload: 4 });
  const requestId = wire.readI53(bytes, start, "ServerRequest.requestId");
  const payloadLength = wire.readI32(bytes, start + 8);
  if (payloadLength < 0) {
    throw wire.lengthOutOfRange("ServerRequest.payload", start + 8, payloadLength, "the smallest is 0");
  }
  const payloadEnd = start + 12 + payloadLength;
  if (end - payloadEnd < 8) {
    throw wire.truncated("ServerRequest", start + 8, end, { payload: 4 + payloadLength, createdAt: 8 });
  }
  const payload = wire.readBytes(bytes, start + 12, payloadEnd);
  const createdAt = wire.readI53(bytes, payloadEnd, "ServerRequest.createdAt");
  return { type: "ServerRequest", requestId, payload, createdAt };
}

function readRequestError(bytes: Uint8Array, start: number, end: number): RequestError {
  if (end - start < 8) throw wire.truncated("RequestError", start, end, { requestId: 8 });
  const requestId = wire.readI53(bytes, start, "RequestError.requestId");
  const reason = readRequestFailure(bytes, start + 8, end, "RequestError.reason");
  return { type: "RequestError", requestId, reason };
}

function readRequestFailure(bytes: Uint8Array, start: number, end: number, path: string): RequestFailure {
  if (end - start < 1) throw wire.truncatedValue(path, start, end, 1);
  const tag = wire.readU8(bytes, start);
  try {
    switch (tag) {
      case 1:
        readEnd = start + 1;
        return { type: "ResponseEvicted" };
      default:
        throw wire.unknownDiscriminator("", start, tag, "RequestFailure");
    }
  } catch (error) {
    throw wire.within(error, path);
  }
}

function readQueryResponse(bytes: Uint8Array, start: number, end: number): QueryResponse {
  if (end - start < 2) throw wire.truncated("QueryResponse", start, end, { correlationId: 2 });
  const correlationIdLength = wire.readU16(bytes, start);
  const correlationIdEnd = start + 2 + correlationIdLength;
  if (end - correlationIdEnd < 4) {
    throw wire.truncated("QueryResponse", start, end, { correlationId: 2 + correlationIdLength, result: 4 });
  }
  const correlationId = wire.readString(bytes, start + 2, correlationIdEnd, "QueryResponse.correlationId", start);
  if (correlationIdLength < 1) {
    throw wire.lengthOutOfRange("QueryResponse.correlationId", start, correlationIdLength, "the smallest is 1");
  }
  const resultLength = wire.readI32(bytes, correlationIdEnd);
  if (resultLength < 0) {
    throw wire.lengthOutOfRange("QueryResponse.result", correlationIdEnd, resultLength, "the smallest is 0");
  }
  const resultEnd = correlationIdEnd + 4 + resultLength;
  if (resultEnd > end) throw wire.truncated("QueryResponse", correlationIdEnd, end, { result: 4 + resultLength });
  const result = wire.readBytes(bytes, correlationIdEnd + 4, resultEnd);
  return { type: "QueryResponse", correlationId, result };
}
