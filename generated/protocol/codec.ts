// Generated from messages.yaml by "hawser generate". Do not edit: change the schema and generate again.
import * as wire from "../../runtime/wire/index.ts";
import type {
  Capabilities,
  ClientBatch,
  ClientMessage,
  ClientRequest,
  ClientResponse,
  CloseReason,
  CloseSession,
  ClusterChanged,
  ContinueSession,
  CreateSession,
  Detail,
  KeepAlive,
  KeepAliveResponse,
  Member,
  MemberId,
  Members,
  Millis,
  Query,
  QueryError,
  QueryFailure,
  QueryFailureInvalidRequest,
  QueryFailureNotLeader,
  QueryFailureOverloaded,
  QueryResponse,
  RejectionReason,
  RequestError,
  RequestFailure,
  RequestFailureInvalidRequest,
  RequestFailureNotLeader,
  RequestFailureOverloaded,
  RequestTrace,
  ServerBatch,
  ServerMessage,
  ServerRequest,
  ServerRequestAck,
  SessionCloseReason,
  SessionClosed,
  SessionContinued,
  SessionCreated,
  SessionRejected,
  Timestamp,
} from "./messages.ts";

/** Versions of the protocol that this codec speaks. */
export type ProtocolVersion = 1 | 2;

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
  const slab = wire.reserve(sizeMaxClientFrame(message, version));
  const start = slab.used;
  try {
    return slab.take(writeClientFrame(slab, start, message, version));
  } catch (error) {
    throw wire.fromFrameStart(error, start);
  }
}

function sizeMaxClientFrame(message: ClientMessage, version: ProtocolVersion): number {
  switch (version) {
    case 1:
      return 6 + sizeMaxClientMessageV1(message);
    case 2:
      return 6 + sizeMaxClientMessageV2(message);
    default:
      return 6;
  }
}

/** An upper bound on the bytes of a message from its tag on. */
function sizeMaxClientMessageV1(message: ClientMessage): number {
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

/** An upper bound on the bytes of a message from its tag on. */
function sizeMaxClientMessageV2(message: ClientMessage): number {
  if (!wire.isObject(message)) return 0;
  switch (message.type) {
    case "CreateSession":
      return 14 + sizeMaxCapabilities(message.capabilities);
    case "ContinueSession":
      return 10 + wire.stringSizeMax(message.sessionId);
    case "KeepAlive":
      return 9;
    case "ClientRequest":
      return 29 + wire.bytesSize(message.payload);
    case "ServerRequestAck":
      return 9;
    case "CloseSession":
      return 2;
    case "ConnectionClosed":
      return 1;
    case "Query":
      return 15 + wire.stringSizeMax(message.correlationId) + wire.bytesSize(message.payload);
    case "Batch":
      return 1 + sizeMaxClientBatchItems(message.items);
    case "RequestTrace":
      return 34;
    default:
      return 0;
  }
}

function sizeMaxClientBatchItems(value: ReadonlyArray<ClientMessage>): number {
  if (!wire.isList(value)) return 0;
  let size = 2 + value.length * 4;
  for (const item of value) size += sizeMaxInnerClientMessageV2(item);
  return size;
}

/** An upper bound on the bytes of a message from its tag on. */
function sizeMaxInnerClientMessageV2(message: ClientMessage): number {
  if (!wire.isObject(message)) return 0;
  switch (message.type) {
    case "CreateSession":
      return 14 + sizeMaxCapabilities(message.capabilities);
    case "ContinueSession":
      return 10 + wire.stringSizeMax(message.sessionId);
    case "KeepAlive":
      return 9;
    case "ClientRequest":
      return 29 + wire.bytesSize(message.payload);
    case "ServerRequestAck":
      return 9;
    case "CloseSession":
      return 2;
    case "ConnectionClosed":
      return 1;
    case "Query":
      return 15 + wire.stringSizeMax(message.correlationId) + wire.bytesSize(message.payload);
    case "RequestTrace":
      return 34;
    default:
      return 0;
  }
}

function writeClientFrame(
  target: wire.Target,
  start: number,
  message: ClientMessage,
  version: ProtocolVersion,
): number {
  wire.setU32(target, start, 0x7a726166);
  wire.setU8(target, start + 4, 0x74);
  switch (version) {
    case 1:
      wire.setU8(target, start + 5, 1);
      return writeClientMessageV1(target, start + 6, message);
    case 2:
      wire.setU8(target, start + 5, 2);
      return writeClientMessageV2(target, start + 6, message);
    default:
      throw wire.unsupportedVersion("version", start, version, "1, 2");
  }
}

/** Writes a message from its tag on, and returns where it ends. */
function writeClientMessageV1(target: wire.Target, start: number, message: ClientMessage): number {
  if (!wire.isObject(message)) throw wire.invalidValue("message", start, message, "a ClientMessage");
  switch (message.type) {
    case "CreateSession":
      wire.setU8(target, start, 1);
      return writeCreateSessionV1(target, start + 1, message);
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
    case "Batch":
      throw wire.notInVersion("message.type", start, message.type, 1);
    case "RequestTrace":
      throw wire.notInVersion("message.type", start, message.type, 1);
    default:
      throw wire.invalidValue("message.type", start, Reflect.get(message, "type"), "the type of a ClientMessage");
  }
}

function writeCreateSessionV1(target: wire.Target, start: number, message: CreateSession): number {
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

/** Writes a message from its tag on, and returns where it ends. */
function writeClientMessageV2(target: wire.Target, start: number, message: ClientMessage): number {
  if (!wire.isObject(message)) throw wire.invalidValue("message", start, message, "a ClientMessage");
  switch (message.type) {
    case "CreateSession":
      wire.setU8(target, start, 1);
      return writeCreateSessionV2(target, start + 1, message);
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
    case "Batch":
      wire.setU8(target, start, 9);
      return writeClientBatch(target, start + 1, message);
    case "RequestTrace":
      wire.setU8(target, start, 10);
      return writeRequestTrace(target, start + 1, message);
    default:
      throw wire.invalidValue("message.type", start, Reflect.get(message, "type"), "the type of a ClientMessage");
  }
}

function writeCreateSessionV2(target: wire.Target, start: number, message: CreateSession): number {
  const capabilities = message.capabilities;
  const capabilitiesEnd = writeCapabilities(target, start, capabilities, "CreateSession.capabilities");
  const nonce = message.nonce;
  wire.writeI64(target, capabilitiesEnd, nonce, "CreateSession.nonce");
  if (nonce === 0n) throw wire.outOfRange("CreateSession.nonce", capabilitiesEnd, nonce, "which is not allowed");
  const sessionTimeout = message.sessionTimeout;
  wire.setU8(target, capabilitiesEnd + 8, sessionTimeout === undefined ? 0 : 1);
  let sessionTimeoutEnd = capabilitiesEnd + 9;
  if (sessionTimeout !== undefined) {
    wire.writeU32(target, capabilitiesEnd + 9, sessionTimeout, "CreateSession.sessionTimeout");
    sessionTimeoutEnd = capabilitiesEnd + 13;
  }
  return sessionTimeoutEnd;
}

function writeClientBatch(target: wire.Target, start: number, message: ClientBatch): number {
  const itemsField = message.items;
  const itemsEnd = writeClientBatchItems(target, start, itemsField, "Batch.items");
  return itemsEnd;
}

function writeClientBatchItems(
  target: wire.Target,
  start: number,
  value: ReadonlyArray<ClientMessage>,
  path: string,
): number {
  if (!wire.isList(value)) throw wire.invalidValue(path, start, value, "an array");
  const count = value.length;
  if (count > 65535) throw wire.tooLarge(path, start, count, "entries", 65535);
  if (count < 1) throw wire.countOutOfRange(path, start, count, "the smallest is 1");
  wire.setU16(target, start, count);
  let offset = start + 2;
  let index = 0;
  try {
    for (; index < count; index++) {
      const item = value[index] as ClientMessage;
      const elementEnd = writeInnerClientMessageV2(target, offset + 4, item, "");
      const elementLength = elementEnd - (offset + 4);
      if (elementLength > 4294967295) throw wire.tooLarge("", offset, elementLength, "bytes", 4294967295);
      wire.setU32(target, offset, elementLength);
      offset = elementEnd;
    }
  } catch (error) {
    throw wire.within(error, `${path}[${index}]`);
  }
  return offset;
}

/** Writes a message inside another one. Those that hold messages cannot be held, so that nothing nests deeper. */
function writeInnerClientMessageV2(target: wire.Target, start: number, message: ClientMessage, path: string): number {
  try {
    if (!wire.isObject(message)) throw wire.invalidValue("", start, message, "a ClientMessage");
    switch (message.type) {
      case "CreateSession":
        wire.setU8(target, start, 1);
        return writeCreateSessionV2(target, start + 1, message);
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
      case "RequestTrace":
        wire.setU8(target, start, 10);
        return writeRequestTrace(target, start + 1, message);
      default:
        throw wire.invalidValue(".type", start, Reflect.get(message, "type"), "the type of a ClientMessage that another can hold");
    }
  } catch (error) {
    throw wire.within(error, path);
  }
}

function writeRequestTrace(target: wire.Target, start: number, message: RequestTrace): number {
  const requestId = message.requestId;
  wire.writeI53(target, start, requestId, "RequestTrace.requestId");
  if (requestId < 0) throw wire.outOfRange("RequestTrace.requestId", start, requestId, "the smallest is 0");
  const traceId = message.traceId;
  wire.writeFixedBytes(target, start + 8, traceId, 16, "RequestTrace.traceId", start + 8);
  const spanId = message.spanId;
  wire.writeFixedBytes(target, start + 24, spanId, 8, "RequestTrace.spanId", start + 24);
  const flags = message.flags;
  wire.writeU8(target, start + 32, flags, "RequestTrace.flags");
  return start + 33;
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
  if (!wire.hasRoom(target, offset, sizeMaxClientFrame(message, version))) {
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
  const slab = wire.reserve(sizeMaxClientFrame(message, version));
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
  switch (version) {
    case 1:
      return { version: 1, message: readClientMessageV1(frame, 6, frame.length) };
    case 2:
      return { version: 2, message: readClientMessageV2(frame, 6, frame.length) };
    default:
      throw wire.unsupportedVersion("frame.version", 5, version, "1, 2");
  }
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
function readClientMessageV1(bytes: Uint8Array, start: number, end: number): ClientMessage {
  if (end - start < 1) throw wire.truncatedValue("frame.tag", start, end, 1);
  const tag = wire.readU8(bytes, start);
  switch (tag) {
    case 1:
      return readCreateSessionV1(bytes, start + 1, end);
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

function readCreateSessionV1(bytes: Uint8Array, start: number, end: number): CreateSession {
  const capabilities = readCapabilities(bytes, start, end, "CreateSession.capabilities");
  const capabilitiesEnd = readEnd;
  if (end - capabilitiesEnd < 8) throw wire.truncated("CreateSession", capabilitiesEnd, end, { nonce: 8 });
  const nonce = wire.readI64(bytes, capabilitiesEnd);
  if (nonce === 0n) throw wire.outOfRange("CreateSession.nonce", capabilitiesEnd, nonce, "which is not allowed");
  return { type: "CreateSession", capabilities, nonce, sessionTimeout: undefined };
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

/** Reads a message from its tag on. */
function readClientMessageV2(bytes: Uint8Array, start: number, end: number): ClientMessage {
  if (end - start < 1) throw wire.truncatedValue("frame.tag", start, end, 1);
  const tag = wire.readU8(bytes, start);
  switch (tag) {
    case 1:
      return readCreateSessionV2(bytes, start + 1, end);
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
    case 9:
      return readClientBatch(bytes, start + 1, end);
    case 10:
      return readRequestTrace(bytes, start + 1, end);
    default:
      throw wire.unknownDiscriminator("frame.tag", start, tag, "ClientMessage");
  }
}

function readCreateSessionV2(bytes: Uint8Array, start: number, end: number): CreateSession {
  const capabilities = readCapabilities(bytes, start, end, "CreateSession.capabilities");
  const capabilitiesEnd = readEnd;
  if (end - capabilitiesEnd < 9) {
    throw wire.truncated("CreateSession", capabilitiesEnd, end, { nonce: 8, sessionTimeout: 1 });
  }
  const nonce = wire.readI64(bytes, capabilitiesEnd);
  if (nonce === 0n) throw wire.outOfRange("CreateSession.nonce", capabilitiesEnd, nonce, "which is not allowed");
  let sessionTimeout: Millis | undefined;
  if (wire.readBool(bytes, capabilitiesEnd + 8, "CreateSession.sessionTimeout")) {
    if (end - capabilitiesEnd - 9 < 4) {
      throw wire.truncated("CreateSession", capabilitiesEnd + 9, end, { sessionTimeout: 4 });
    }
    sessionTimeout = wire.readU32(bytes, capabilitiesEnd + 9);
  }
  return { type: "CreateSession", capabilities, nonce, sessionTimeout };
}

function readClientBatch(bytes: Uint8Array, start: number, end: number): ClientBatch {
  const itemsField = readClientBatchItems(bytes, start, end, "Batch.items");
  return { type: "Batch", items: itemsField };
}

function readClientBatchItems(
  bytes: Uint8Array,
  start: number,
  end: number,
  path: string,
): ReadonlyArray<ClientMessage> {
  if (end - start < 2) throw wire.truncatedValue(path, start, end, 2);
  const count = wire.readU16(bytes, start);
  if (count < 1) throw wire.countOutOfRange(path, start, count, "the smallest is 1");
  const countMax = (end - start - 2) / 5;
  if (count > countMax) throw wire.truncatedEntries(path, start, count, countMax);
  const items: ClientMessage[] = [];
  let offset = start + 2;
  let index = 0;
  try {
    for (; index < count; index++) {
      if (end - offset < 4) throw wire.truncatedValue("", offset, end, 4);
      const itemLength = wire.readU32(bytes, offset);
      const itemEnd = offset + 4 + itemLength;
      if (itemEnd > end) throw wire.truncatedValue("", offset, end, 4 + itemLength);
      const item = readInnerClientMessageV2(bytes, offset + 4, itemEnd, "");
      items.push(item);
      offset = itemEnd;
    }
  } catch (error) {
    throw wire.within(error, `${path}[${index}]`);
  }
  readEnd = offset;
  return items;
}

/** Reads a message inside another one. Those that hold messages cannot be held, so that nothing nests deeper. */
function readInnerClientMessageV2(bytes: Uint8Array, start: number, end: number, path: string): ClientMessage {
  try {
    if (end - start < 1) throw wire.truncatedValue(".tag", start, end, 1);
    const tag = wire.readU8(bytes, start);
    switch (tag) {
      case 1:
        return readCreateSessionV2(bytes, start + 1, end);
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
      case 10:
        return readRequestTrace(bytes, start + 1, end);
      default:
        throw wire.unknownDiscriminator(".tag", start, tag, "ClientMessage that another can hold");
    }
  } catch (error) {
    throw wire.within(error, path);
  }
}

function readRequestTrace(bytes: Uint8Array, start: number, end: number): RequestTrace {
  if (end - start < 33) {
    throw wire.truncated("RequestTrace", start, end, { requestId: 8, traceId: 16, spanId: 8, flags: 1 });
  }
  const requestId = wire.readI53(bytes, start, "RequestTrace.requestId");
  const traceId = wire.readBytes(bytes, start + 8, start + 24);
  const spanId = wire.readBytes(bytes, start + 24, start + 32);
  const flags = wire.readU8(bytes, start + 32);
  return { type: "RequestTrace", requestId, traceId, spanId, flags };
}

/**
 * The frame of a message, as a version writes it.
 * Throws WireError where the message breaks the schema. The result shares its memory with other results but no
 * bytes; it is the caller's to keep and to change.
 */
export function encodeServerMessage(message: ServerMessage, version: ProtocolVersion): Uint8Array {
  const slab = wire.reserve(sizeMaxServerFrame(message, version));
  const start = slab.used;
  try {
    return slab.take(writeServerFrame(slab, start, message, version));
  } catch (error) {
    throw wire.fromFrameStart(error, start);
  }
}

function sizeMaxServerFrame(message: ServerMessage, version: ProtocolVersion): number {
  switch (version) {
    case 1:
      return 6 + sizeMaxServerMessageV1(message);
    case 2:
      return 6 + sizeMaxServerMessageV2(message);
    default:
      return 6;
  }
}

/** An upper bound on the bytes of a message from its tag on. */
function sizeMaxServerMessageV1(message: ServerMessage): number {
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
      return 10 + sizeMaxRequestFailureV1(message.reason);
    case "QueryResponse":
      return 8 + wire.stringSizeMax(message.correlationId) + wire.bytesSize(message.result);
    default:
      return 0;
  }
}

function sizeMaxRequestFailureV1(value: RequestFailure): number {
  if (!wire.isObject(value)) return 0;
  switch (value.type) {
    case "ResponseEvicted":
      return 2;
    default:
      return 0;
  }
}

/** An upper bound on the bytes of a message from its tag on. */
function sizeMaxServerMessageV2(message: ServerMessage): number {
  if (!wire.isObject(message)) return 0;
  switch (message.type) {
    case "SessionCreated":
      return (
        26 +
        wire.stringSizeMax(message.sessionId) +
        sizeMaxMembers(message.members) +
        (message.leaderId === undefined ? 0 : wire.stringSizeMax(message.leaderId))
      );
    case "SessionContinued":
      return (
        25 +
        sizeMaxMembers(message.members) +
        (message.leaderId === undefined ? 0 : wire.stringSizeMax(message.leaderId))
      );
    case "SessionRejected":
      return (
        21 +
        (message.leaderId === undefined ? 0 : wire.stringSizeMax(message.leaderId)) +
        sizeMaxMembers(message.members) +
        (message.detail === undefined ? 0 : wire.stringSizeMax(message.detail))
      );
    case "SessionClosed":
      return 5 + (message.leaderId === undefined ? 0 : wire.stringSizeMax(message.leaderId));
    case "KeepAliveResponse":
      return 9;
    case "ClientResponse":
      return 21 + wire.bytesSize(message.result);
    case "ServerRequest":
      return 21 + wire.bytesSize(message.payload);
    case "RequestError":
      return 9 + sizeMaxRequestFailureV2(message.reason);
    case "QueryResponse":
      return 7 + wire.stringSizeMax(message.correlationId) + wire.bytesSize(message.result);
    case "QueryError":
      return 3 + wire.stringSizeMax(message.correlationId) + sizeMaxQueryFailure(message.reason);
    case "ClusterChanged":
      return (
        4 +
        sizeMaxMembers(message.members) +
        (message.leaderId === undefined ? 0 : wire.stringSizeMax(message.leaderId))
      );
    case "Batch":
      return 1 + sizeMaxServerBatchItems(message.items);
    default:
      return 0;
  }
}

function sizeMaxMembers(value: Members): number {
  if (!wire.isList(value)) return 0;
  let size = 2 + value.length * 0;
  for (const item of value) size += sizeMaxMember(item);
  return size;
}

function sizeMaxMember(value: Member): number {
  if (!wire.isObject(value)) return 0;
  return 4 + wire.stringSizeMax(value.memberId) + wire.stringSizeMax(value.address);
}

function sizeMaxRequestFailureV2(value: RequestFailure): number {
  if (!wire.isObject(value)) return 0;
  switch (value.type) {
    case "ResponseEvicted":
      return 1;
    case "NotLeader":
      return 4 + (value.leaderId === undefined ? 0 : wire.stringSizeMax(value.leaderId));
    case "InvalidRequest":
      return 3 + wire.stringSizeMax(value.detail);
    case "Overloaded":
      return 5;
    case "SessionExpired":
      return 1;
    default:
      return 0;
  }
}

function sizeMaxQueryFailure(value: QueryFailure): number {
  if (!wire.isObject(value)) return 0;
  switch (value.type) {
    case "NotLeader":
      return 4 + (value.leaderId === undefined ? 0 : wire.stringSizeMax(value.leaderId));
    case "InvalidRequest":
      return 3 + wire.stringSizeMax(value.detail);
    case "Overloaded":
      return 5;
    case "SessionExpired":
      return 1;
    default:
      return 0;
  }
}

function sizeMaxServerBatchItems(value: ReadonlyArray<ServerMessage>): number {
  if (!wire.isList(value)) return 0;
  let size = 2 + value.length * 4;
  for (const item of value) size += sizeMaxInnerServerMessageV2(item);
  return size;
}

/** An upper bound on the bytes of a message from its tag on. */
function sizeMaxInnerServerMessageV2(message: ServerMessage): number {
  if (!wire.isObject(message)) return 0;
  switch (message.type) {
    case "SessionCreated":
      return (
        26 +
        wire.stringSizeMax(message.sessionId) +
        sizeMaxMembers(message.members) +
        (message.leaderId === undefined ? 0 : wire.stringSizeMax(message.leaderId))
      );
    case "SessionContinued":
      return (
        25 +
        sizeMaxMembers(message.members) +
        (message.leaderId === undefined ? 0 : wire.stringSizeMax(message.leaderId))
      );
    case "SessionRejected":
      return (
        21 +
        (message.leaderId === undefined ? 0 : wire.stringSizeMax(message.leaderId)) +
        sizeMaxMembers(message.members) +
        (message.detail === undefined ? 0 : wire.stringSizeMax(message.detail))
      );
    case "SessionClosed":
      return 5 + (message.leaderId === undefined ? 0 : wire.stringSizeMax(message.leaderId));
    case "KeepAliveResponse":
      return 9;
    case "ClientResponse":
      return 21 + wire.bytesSize(message.result);
    case "ServerRequest":
      return 21 + wire.bytesSize(message.payload);
    case "RequestError":
      return 9 + sizeMaxRequestFailureV2(message.reason);
    case "QueryResponse":
      return 7 + wire.stringSizeMax(message.correlationId) + wire.bytesSize(message.result);
    case "QueryError":
      return 3 + wire.stringSizeMax(message.correlationId) + sizeMaxQueryFailure(message.reason);
    case "ClusterChanged":
      return (
        4 +
        sizeMaxMembers(message.members) +
        (message.leaderId === undefined ? 0 : wire.stringSizeMax(message.leaderId))
      );
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
  switch (version) {
    case 1:
      wire.setU8(target, start + 5, 1);
      return writeServerMessageV1(target, start + 6, message);
    case 2:
      wire.setU8(target, start + 5, 2);
      return writeServerMessageV2(target, start + 6, message);
    default:
      throw wire.unsupportedVersion("version", start, version, "1, 2");
  }
}

/** Writes a message from its tag on, and returns where it ends. */
function writeServerMessageV1(target: wire.Target, start: number, message: ServerMessage): number {
  if (!wire.isObject(message)) throw wire.invalidValue("message", start, message, "a ServerMessage");
  switch (message.type) {
    case "SessionCreated":
      wire.setU8(target, start, 1);
      return writeSessionCreatedV1(target, start + 1, message);
    case "SessionContinued":
      wire.setU8(target, start, 2);
      return writeSessionContinuedV1(target, start + 1, message);
    case "SessionRejected":
      wire.setU8(target, start, 3);
      return writeSessionRejectedV1(target, start + 1, message);
    case "SessionClosed":
      wire.setU8(target, start, 4);
      return writeSessionClosedV1(target, start + 1, message);
    case "KeepAliveResponse":
      wire.setU8(target, start, 5);
      return writeKeepAliveResponse(target, start + 1, message);
    case "ClientResponse":
      wire.setU8(target, start, 6);
      return writeClientResponseV1(target, start + 1, message);
    case "ServerRequest":
      wire.setU8(target, start, 7);
      return writeServerRequest(target, start + 1, message);
    case "RequestError":
      wire.setU8(target, start, 8);
      return writeRequestErrorV1(target, start + 1, message);
    case "QueryResponse":
      wire.setU8(target, start, 9);
      return writeQueryResponse(target, start + 1, message);
    case "QueryError":
      throw wire.notInVersion("message.type", start, message.type, 1);
    case "ClusterChanged":
      throw wire.notInVersion("message.type", start, message.type, 1);
    case "Batch":
      throw wire.notInVersion("message.type", start, message.type, 1);
    default:
      throw wire.invalidValue("message.type", start, Reflect.get(message, "type"), "the type of a ServerMessage");
  }
}

function writeSessionCreatedV1(target: wire.Target, start: number, message: SessionCreated): number {
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

function writeSessionContinuedV1(target: wire.Target, start: number, message: SessionContinued): number {
  const nonce = message.nonce;
  wire.writeI64(target, start, nonce, "SessionContinued.nonce");
  if (nonce === 0n) throw wire.outOfRange("SessionContinued.nonce", start, nonce, "which is not allowed");
  return start + 8;
}

function writeSessionRejectedV1(target: wire.Target, start: number, message: SessionRejected): number {
  const reason = message.reason;
  wire.setU8(target, start, tagOfRejectionReasonV1(reason, "SessionRejected.reason", start));
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

function tagOfRejectionReasonV1(value: RejectionReason, path: string, offset: number): number {
  switch (value) {
    case "NotLeader":
      return 1;
    case "SessionExpired":
      return 2;
    case "InvalidCapabilities":
      return 3;
    case "Other":
      return 4;
    case "UnsupportedVersion":
      throw wire.notInVersion(path, offset, value, 1);
    case "Overloaded":
      throw wire.notInVersion(path, offset, value, 1);
    case "ClusterUnavailable":
      throw wire.notInVersion(path, offset, value, 1);
    case "Unauthorized":
      throw wire.notInVersion(path, offset, value, 1);
    default:
      throw wire.invalidValue(path, offset, value, "a value of RejectionReason");
  }
}

function writeSessionClosedV1(target: wire.Target, start: number, message: SessionClosed): number {
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

function writeClientResponseV1(target: wire.Target, start: number, message: ClientResponse): number {
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

function writeRequestErrorV1(target: wire.Target, start: number, message: RequestError): number {
  const requestId = message.requestId;
  wire.writeI53(target, start, requestId, "RequestError.requestId");
  if (requestId < 0) throw wire.outOfRange("RequestError.requestId", start, requestId, "the smallest is 0");
  const reason = message.reason;
  const reasonEnd = writeRequestFailureV1(target, start + 8, reason, "RequestError.reason");
  return reasonEnd;
}

function writeRequestFailureV1(target: wire.Target, start: number, value: RequestFailure, path: string): number {
  if (!wire.isObject(value)) throw wire.invalidValue(path, start, value, "a RequestFailure");
  try {
    switch (value.type) {
      case "ResponseEvicted":
        wire.setU8(target, start, 1);
        return start + 1;
      case "NotLeader":
        throw wire.notInVersion(".type", start, value.type, 1);
      case "InvalidRequest":
        throw wire.notInVersion(".type", start, value.type, 1);
      case "Overloaded":
        throw wire.notInVersion(".type", start, value.type, 1);
      case "SessionExpired":
        throw wire.notInVersion(".type", start, value.type, 1);
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

/** Writes a message from its tag on, and returns where it ends. */
function writeServerMessageV2(target: wire.Target, start: number, message: ServerMessage): number {
  if (!wire.isObject(message)) throw wire.invalidValue("message", start, message, "a ServerMessage");
  switch (message.type) {
    case "SessionCreated":
      wire.setU8(target, start, 1);
      return writeSessionCreatedV2(target, start + 1, message);
    case "SessionContinued":
      wire.setU8(target, start, 2);
      return writeSessionContinuedV2(target, start + 1, message);
    case "SessionRejected":
      wire.setU8(target, start, 3);
      return writeSessionRejectedV2(target, start + 1, message);
    case "SessionClosed":
      wire.setU8(target, start, 4);
      return writeSessionClosedV2(target, start + 1, message);
    case "KeepAliveResponse":
      wire.setU8(target, start, 5);
      return writeKeepAliveResponse(target, start + 1, message);
    case "ClientResponse":
      wire.setU8(target, start, 6);
      return writeClientResponseV2(target, start + 1, message);
    case "ServerRequest":
      wire.setU8(target, start, 7);
      return writeServerRequest(target, start + 1, message);
    case "RequestError":
      wire.setU8(target, start, 8);
      return writeRequestErrorV2(target, start + 1, message);
    case "QueryResponse":
      wire.setU8(target, start, 9);
      return writeQueryResponse(target, start + 1, message);
    case "QueryError":
      wire.setU8(target, start, 10);
      return writeQueryError(target, start + 1, message);
    case "ClusterChanged":
      wire.setU8(target, start, 11);
      return writeClusterChanged(target, start + 1, message);
    case "Batch":
      wire.setU8(target, start, 12);
      return writeServerBatch(target, start + 1, message);
    default:
      throw wire.invalidValue("message.type", start, Reflect.get(message, "type"), "the type of a ServerMessage");
  }
}

function writeSessionCreatedV2(target: wire.Target, start: number, message: SessionCreated): number {
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
  const sessionTimeout = message.sessionTimeout;
  wire.writeU32(target, sessionIdEnd + 8, sessionTimeout, "SessionCreated.sessionTimeout");
  const members = message.members;
  const membersEnd = writeMembers(target, sessionIdEnd + 12, members, "SessionCreated.members");
  const leaderId = message.leaderId;
  wire.setU8(target, membersEnd, leaderId === undefined ? 0 : 1);
  let leaderIdEnd = membersEnd + 1;
  if (leaderId !== undefined) {
    const leaderIdEndField = wire.writeString(target, membersEnd + 3, leaderId, "SessionCreated.leaderId", membersEnd + 1);
    const leaderIdLength = leaderIdEndField - (membersEnd + 3);
    if (leaderIdLength > 65535) {
      throw wire.tooLarge("SessionCreated.leaderId", membersEnd + 1, leaderIdLength, "bytes", 65535);
    }
    wire.setU16(target, membersEnd + 1, leaderIdLength);
    leaderIdEnd = leaderIdEndField;
  }
  const serverTime = message.serverTime;
  wire.setU8(target, leaderIdEnd, serverTime === undefined ? 0 : 1);
  let serverTimeEnd = leaderIdEnd + 1;
  if (serverTime !== undefined) {
    wire.writeI53(target, leaderIdEnd + 1, serverTime, "SessionCreated.serverTime");
    serverTimeEnd = leaderIdEnd + 9;
  }
  return serverTimeEnd;
}

function writeMembers(target: wire.Target, start: number, value: Members, path: string): number {
  if (!wire.isList(value)) throw wire.invalidValue(path, start, value, "an array");
  const count = value.length;
  if (count > 65535) throw wire.tooLarge(path, start, count, "entries", 65535);
  wire.setU16(target, start, count);
  let offset = start + 2;
  let index = 0;
  try {
    for (; index < count; index++) {
      const item = value[index] as Member;
      const elementEnd = writeMember(target, offset, item, "");
      offset = elementEnd;
    }
  } catch (error) {
    throw wire.within(error, `${path}[${index}]`);
  }
  return offset;
}

function writeMember(target: wire.Target, start: number, value: Member, path: string): number {
  if (!wire.isObject(value)) throw wire.invalidValue(path, start, value, "a Member");
  try {
    const memberId = value.memberId;
    const memberIdEnd = wire.writeString(target, start + 2, memberId, ".memberId", start);
    const memberIdLength = memberIdEnd - (start + 2);
    if (memberIdLength > 65535) throw wire.tooLarge(".memberId", start, memberIdLength, "bytes", 65535);
    wire.setU16(target, start, memberIdLength);
    const address = value.address;
    const addressEnd = wire.writeString(target, memberIdEnd + 2, address, ".address", memberIdEnd);
    const addressLength = addressEnd - (memberIdEnd + 2);
    if (addressLength > 65535) throw wire.tooLarge(".address", memberIdEnd, addressLength, "bytes", 65535);
    wire.setU16(target, memberIdEnd, addressLength);
    if (addressLength < 1) throw wire.lengthOutOfRange(".address", memberIdEnd, addressLength, "the smallest is 1");
    if (addressLength > 1024) {
      throw wire.lengthOutOfRange(".address", memberIdEnd, addressLength, "the largest is 1024");
    }
    return addressEnd;
  } catch (error) {
    throw wire.within(error, path);
  }
}

function writeSessionContinuedV2(target: wire.Target, start: number, message: SessionContinued): number {
  const nonce = message.nonce;
  wire.writeI64(target, start, nonce, "SessionContinued.nonce");
  if (nonce === 0n) throw wire.outOfRange("SessionContinued.nonce", start, nonce, "which is not allowed");
  const sessionTimeout = message.sessionTimeout;
  wire.writeU32(target, start + 8, sessionTimeout, "SessionContinued.sessionTimeout");
  const members = message.members;
  const membersEnd = writeMembers(target, start + 12, members, "SessionContinued.members");
  const leaderId = message.leaderId;
  wire.setU8(target, membersEnd, leaderId === undefined ? 0 : 1);
  let leaderIdEnd = membersEnd + 1;
  if (leaderId !== undefined) {
    const leaderIdEndField = wire.writeString(target, membersEnd + 3, leaderId, "SessionContinued.leaderId", membersEnd + 1);
    const leaderIdLength = leaderIdEndField - (membersEnd + 3);
    if (leaderIdLength > 65535) {
      throw wire.tooLarge("SessionContinued.leaderId", membersEnd + 1, leaderIdLength, "bytes", 65535);
    }
    wire.setU16(target, membersEnd + 1, leaderIdLength);
    leaderIdEnd = leaderIdEndField;
  }
  const serverTime = message.serverTime;
  wire.setU8(target, leaderIdEnd, serverTime === undefined ? 0 : 1);
  let serverTimeEnd = leaderIdEnd + 1;
  if (serverTime !== undefined) {
    wire.writeI53(target, leaderIdEnd + 1, serverTime, "SessionContinued.serverTime");
    serverTimeEnd = leaderIdEnd + 9;
  }
  return serverTimeEnd;
}

function writeSessionRejectedV2(target: wire.Target, start: number, message: SessionRejected): number {
  const reason = message.reason;
  wire.setU8(target, start, tagOfRejectionReasonV2(reason, "SessionRejected.reason", start));
  const nonce = message.nonce;
  wire.writeI64(target, start + 1, nonce, "SessionRejected.nonce");
  if (nonce === 0n) throw wire.outOfRange("SessionRejected.nonce", start + 1, nonce, "which is not allowed");
  const leaderId = message.leaderId;
  wire.setU8(target, start + 9, leaderId === undefined ? 0 : 1);
  let leaderIdEnd = start + 10;
  if (leaderId !== undefined) {
    const leaderIdEndField = wire.writeString(target, start + 12, leaderId, "SessionRejected.leaderId", start + 10);
    const leaderIdLength = leaderIdEndField - (start + 12);
    if (leaderIdLength > 65535) {
      throw wire.tooLarge("SessionRejected.leaderId", start + 10, leaderIdLength, "bytes", 65535);
    }
    wire.setU16(target, start + 10, leaderIdLength);
    leaderIdEnd = leaderIdEndField;
  }
  const retryAfter = message.retryAfter;
  wire.setU8(target, leaderIdEnd, retryAfter === undefined ? 0 : 1);
  let retryAfterEnd = leaderIdEnd + 1;
  if (retryAfter !== undefined) {
    wire.writeU32(target, leaderIdEnd + 1, retryAfter, "SessionRejected.retryAfter");
    retryAfterEnd = leaderIdEnd + 5;
  }
  const members = message.members;
  const membersEnd = writeMembers(target, retryAfterEnd, members, "SessionRejected.members");
  const detail = message.detail;
  wire.setU8(target, membersEnd, detail === undefined ? 0 : 1);
  let detailEnd = membersEnd + 1;
  if (detail !== undefined) {
    const detailEndField = wire.writeString(target, membersEnd + 3, detail, "SessionRejected.detail", membersEnd + 1);
    const detailLength = detailEndField - (membersEnd + 3);
    if (detailLength > 65535) {
      throw wire.tooLarge("SessionRejected.detail", membersEnd + 1, detailLength, "bytes", 65535);
    }
    wire.setU16(target, membersEnd + 1, detailLength);
    if (detailLength > 1024) {
      throw wire.lengthOutOfRange("SessionRejected.detail", membersEnd + 1, detailLength, "the largest is 1024");
    }
    detailEnd = detailEndField;
  }
  return detailEnd;
}

function tagOfRejectionReasonV2(value: RejectionReason, path: string, offset: number): number {
  switch (value) {
    case "NotLeader":
      return 1;
    case "SessionExpired":
      return 2;
    case "InvalidCapabilities":
      return 3;
    case "Other":
      return 4;
    case "UnsupportedVersion":
      return 5;
    case "Overloaded":
      return 6;
    case "ClusterUnavailable":
      return 7;
    case "Unauthorized":
      return 8;
    default:
      throw wire.invalidValue(path, offset, value, "a value of RejectionReason");
  }
}

function writeSessionClosedV2(target: wire.Target, start: number, message: SessionClosed): number {
  const reason = message.reason;
  wire.setU8(target, start, tagOfSessionCloseReason(reason, "SessionClosed.reason", start));
  const leaderId = message.leaderId;
  wire.setU8(target, start + 1, leaderId === undefined ? 0 : 1);
  let leaderIdEnd = start + 2;
  if (leaderId !== undefined) {
    const leaderIdEndField = wire.writeString(target, start + 4, leaderId, "SessionClosed.leaderId", start + 2);
    const leaderIdLength = leaderIdEndField - (start + 4);
    if (leaderIdLength > 65535) {
      throw wire.tooLarge("SessionClosed.leaderId", start + 2, leaderIdLength, "bytes", 65535);
    }
    wire.setU16(target, start + 2, leaderIdLength);
    leaderIdEnd = leaderIdEndField;
  }
  return leaderIdEnd;
}

function writeClientResponseV2(target: wire.Target, start: number, message: ClientResponse): number {
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
  const commitIndex = message.commitIndex;
  wire.writeU53(target, resultEnd, commitIndex, "ClientResponse.commitIndex");
  return resultEnd + 8;
}

function writeRequestErrorV2(target: wire.Target, start: number, message: RequestError): number {
  const requestId = message.requestId;
  wire.writeI53(target, start, requestId, "RequestError.requestId");
  if (requestId < 0) throw wire.outOfRange("RequestError.requestId", start, requestId, "the smallest is 0");
  const reason = message.reason;
  const reasonEnd = writeRequestFailureV2(target, start + 8, reason, "RequestError.reason");
  return reasonEnd;
}

function writeRequestFailureV2(target: wire.Target, start: number, value: RequestFailure, path: string): number {
  if (!wire.isObject(value)) throw wire.invalidValue(path, start, value, "a RequestFailure");
  try {
    switch (value.type) {
      case "ResponseEvicted":
        wire.setU8(target, start, 1);
        return start + 1;
      case "NotLeader":
        wire.setU8(target, start, 2);
        return writeRequestFailureV2NotLeader(target, start + 1, value);
      case "InvalidRequest":
        wire.setU8(target, start, 3);
        return writeRequestFailureV2InvalidRequest(target, start + 1, value);
      case "Overloaded":
        wire.setU8(target, start, 4);
        return writeRequestFailureV2Overloaded(target, start + 1, value);
      case "SessionExpired":
        wire.setU8(target, start, 5);
        return start + 1;
      default:
        throw wire.invalidValue(".type", start, Reflect.get(value, "type"), "a case of RequestFailure");
    }
  } catch (error) {
    throw wire.within(error, path);
  }
}

function writeRequestFailureV2NotLeader(target: wire.Target, start: number, value: RequestFailureNotLeader): number {
  const leaderId = value.leaderId;
  wire.setU8(target, start, leaderId === undefined ? 0 : 1);
  let leaderIdEnd = start + 1;
  if (leaderId !== undefined) {
    const leaderIdEndField = wire.writeString(target, start + 3, leaderId, ".leaderId", start + 1);
    const leaderIdLength = leaderIdEndField - (start + 3);
    if (leaderIdLength > 65535) throw wire.tooLarge(".leaderId", start + 1, leaderIdLength, "bytes", 65535);
    wire.setU16(target, start + 1, leaderIdLength);
    leaderIdEnd = leaderIdEndField;
  }
  return leaderIdEnd;
}

function writeRequestFailureV2InvalidRequest(
  target: wire.Target,
  start: number,
  value: RequestFailureInvalidRequest,
): number {
  const detail = value.detail;
  const detailEnd = wire.writeString(target, start + 2, detail, ".detail", start);
  const detailLength = detailEnd - (start + 2);
  if (detailLength > 65535) throw wire.tooLarge(".detail", start, detailLength, "bytes", 65535);
  wire.setU16(target, start, detailLength);
  if (detailLength > 1024) throw wire.lengthOutOfRange(".detail", start, detailLength, "the largest is 1024");
  return detailEnd;
}

function writeRequestFailureV2Overloaded(
  target: wire.Target,
  start: number,
  value: RequestFailureOverloaded,
): number {
  const retryAfter = value.retryAfter;
  wire.writeU32(target, start, retryAfter, ".retryAfter");
  return start + 4;
}

function writeQueryError(target: wire.Target, start: number, message: QueryError): number {
  const correlationId = message.correlationId;
  const correlationIdEnd = wire.writeString(target, start + 2, correlationId, "QueryError.correlationId", start);
  const correlationIdLength = correlationIdEnd - (start + 2);
  if (correlationIdLength > 65535) {
    throw wire.tooLarge("QueryError.correlationId", start, correlationIdLength, "bytes", 65535);
  }
  wire.setU16(target, start, correlationIdLength);
  if (correlationIdLength < 1) {
    throw wire.lengthOutOfRange("QueryError.correlationId", start, correlationIdLength, "the smallest is 1");
  }
  const reason = message.reason;
  const reasonEnd = writeQueryFailure(target, correlationIdEnd, reason, "QueryError.reason");
  return reasonEnd;
}

function writeQueryFailure(target: wire.Target, start: number, value: QueryFailure, path: string): number {
  if (!wire.isObject(value)) throw wire.invalidValue(path, start, value, "a QueryFailure");
  try {
    switch (value.type) {
      case "NotLeader":
        wire.setU8(target, start, 2);
        return writeQueryFailureNotLeader(target, start + 1, value);
      case "InvalidRequest":
        wire.setU8(target, start, 3);
        return writeQueryFailureInvalidRequest(target, start + 1, value);
      case "Overloaded":
        wire.setU8(target, start, 4);
        return writeQueryFailureOverloaded(target, start + 1, value);
      case "SessionExpired":
        wire.setU8(target, start, 5);
        return start + 1;
      default:
        throw wire.invalidValue(".type", start, Reflect.get(value, "type"), "a case of QueryFailure");
    }
  } catch (error) {
    throw wire.within(error, path);
  }
}

function writeQueryFailureNotLeader(target: wire.Target, start: number, value: QueryFailureNotLeader): number {
  const leaderId = value.leaderId;
  wire.setU8(target, start, leaderId === undefined ? 0 : 1);
  let leaderIdEnd = start + 1;
  if (leaderId !== undefined) {
    const leaderIdEndField = wire.writeString(target, start + 3, leaderId, ".leaderId", start + 1);
    const leaderIdLength = leaderIdEndField - (start + 3);
    if (leaderIdLength > 65535) throw wire.tooLarge(".leaderId", start + 1, leaderIdLength, "bytes", 65535);
    wire.setU16(target, start + 1, leaderIdLength);
    leaderIdEnd = leaderIdEndField;
  }
  return leaderIdEnd;
}

function writeQueryFailureInvalidRequest(
  target: wire.Target,
  start: number,
  value: QueryFailureInvalidRequest,
): number {
  const detail = value.detail;
  const detailEnd = wire.writeString(target, start + 2, detail, ".detail", start);
  const detailLength = detailEnd - (start + 2);
  if (detailLength > 65535) throw wire.tooLarge(".detail", start, detailLength, "bytes", 65535);
  wire.setU16(target, start, detailLength);
  if (detailLength > 1024) throw wire.lengthOutOfRange(".detail", start, detailLength, "the largest is 1024");
  return detailEnd;
}

function writeQueryFailureOverloaded(target: wire.Target, start: number, value: QueryFailureOverloaded): number {
  const retryAfter = value.retryAfter;
  wire.writeU32(target, start, retryAfter, ".retryAfter");
  return start + 4;
}

function writeClusterChanged(target: wire.Target, start: number, message: ClusterChanged): number {
  const members = message.members;
  const membersEnd = writeMembers(target, start, members, "ClusterChanged.members");
  const leaderId = message.leaderId;
  wire.setU8(target, membersEnd, leaderId === undefined ? 0 : 1);
  let leaderIdEnd = membersEnd + 1;
  if (leaderId !== undefined) {
    const leaderIdEndField = wire.writeString(target, membersEnd + 3, leaderId, "ClusterChanged.leaderId", membersEnd + 1);
    const leaderIdLength = leaderIdEndField - (membersEnd + 3);
    if (leaderIdLength > 65535) {
      throw wire.tooLarge("ClusterChanged.leaderId", membersEnd + 1, leaderIdLength, "bytes", 65535);
    }
    wire.setU16(target, membersEnd + 1, leaderIdLength);
    leaderIdEnd = leaderIdEndField;
  }
  return leaderIdEnd;
}

function writeServerBatch(target: wire.Target, start: number, message: ServerBatch): number {
  const itemsField = message.items;
  const itemsEnd = writeServerBatchItems(target, start, itemsField, "Batch.items");
  return itemsEnd;
}

function writeServerBatchItems(
  target: wire.Target,
  start: number,
  value: ReadonlyArray<ServerMessage>,
  path: string,
): number {
  if (!wire.isList(value)) throw wire.invalidValue(path, start, value, "an array");
  const count = value.length;
  if (count > 65535) throw wire.tooLarge(path, start, count, "entries", 65535);
  if (count < 1) throw wire.countOutOfRange(path, start, count, "the smallest is 1");
  wire.setU16(target, start, count);
  let offset = start + 2;
  let index = 0;
  try {
    for (; index < count; index++) {
      const item = value[index] as ServerMessage;
      const elementEnd = writeInnerServerMessageV2(target, offset + 4, item, "");
      const elementLength = elementEnd - (offset + 4);
      if (elementLength > 4294967295) throw wire.tooLarge("", offset, elementLength, "bytes", 4294967295);
      wire.setU32(target, offset, elementLength);
      offset = elementEnd;
    }
  } catch (error) {
    throw wire.within(error, `${path}[${index}]`);
  }
  return offset;
}

/** Writes a message inside another one. Those that hold messages cannot be held, so that nothing nests deeper. */
function writeInnerServerMessageV2(target: wire.Target, start: number, message: ServerMessage, path: string): number {
  try {
    if (!wire.isObject(message)) throw wire.invalidValue("", start, message, "a ServerMessage");
    switch (message.type) {
      case "SessionCreated":
        wire.setU8(target, start, 1);
        return writeSessionCreatedV2(target, start + 1, message);
      case "SessionContinued":
        wire.setU8(target, start, 2);
        return writeSessionContinuedV2(target, start + 1, message);
      case "SessionRejected":
        wire.setU8(target, start, 3);
        return writeSessionRejectedV2(target, start + 1, message);
      case "SessionClosed":
        wire.setU8(target, start, 4);
        return writeSessionClosedV2(target, start + 1, message);
      case "KeepAliveResponse":
        wire.setU8(target, start, 5);
        return writeKeepAliveResponse(target, start + 1, message);
      case "ClientResponse":
        wire.setU8(target, start, 6);
        return writeClientResponseV2(target, start + 1, message);
      case "ServerRequest":
        wire.setU8(target, start, 7);
        return writeServerRequest(target, start + 1, message);
      case "RequestError":
        wire.setU8(target, start, 8);
        return writeRequestErrorV2(target, start + 1, message);
      case "QueryResponse":
        wire.setU8(target, start, 9);
        return writeQueryResponse(target, start + 1, message);
      case "QueryError":
        wire.setU8(target, start, 10);
        return writeQueryError(target, start + 1, message);
      case "ClusterChanged":
        wire.setU8(target, start, 11);
        return writeClusterChanged(target, start + 1, message);
      default:
        throw wire.invalidValue(".type", start, Reflect.get(message, "type"), "the type of a ServerMessage that another can hold");
    }
  } catch (error) {
    throw wire.within(error, path);
  }
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
  if (!wire.hasRoom(target, offset, sizeMaxServerFrame(message, version))) {
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
  const slab = wire.reserve(sizeMaxServerFrame(message, version));
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
  switch (version) {
    case 1:
      return { version: 1, message: readServerMessageV1(frame, 6, frame.length) };
    case 2:
      return { version: 2, message: readServerMessageV2(frame, 6, frame.length) };
    default:
      throw wire.unsupportedVersion("frame.version", 5, version, "1, 2");
  }
}

/** Reads a message from its tag on. */
function readServerMessageV1(bytes: Uint8Array, start: number, end: number): ServerMessage {
  if (end - start < 1) throw wire.truncatedValue("frame.tag", start, end, 1);
  const tag = wire.readU8(bytes, start);
  switch (tag) {
    case 1:
      return readSessionCreatedV1(bytes, start + 1, end);
    case 2:
      return readSessionContinuedV1(bytes, start + 1, end);
    case 3:
      return readSessionRejectedV1(bytes, start + 1, end);
    case 4:
      return readSessionClosedV1(bytes, start + 1, end);
    case 5:
      return readKeepAliveResponse(bytes, start + 1, end);
    case 6:
      return readClientResponseV1(bytes, start + 1, end);
    case 7:
      return readServerRequest(bytes, start + 1, end);
    case 8:
      return readRequestErrorV1(bytes, start + 1, end);
    case 9:
      return readQueryResponse(bytes, start + 1, end);
    default:
      throw wire.unknownDiscriminator("frame.tag", start, tag, "ServerMessage");
  }
}

function readSessionCreatedV1(bytes: Uint8Array, start: number, end: number): SessionCreated {
  if (end - start < 1) throw wire.truncated("SessionCreated", start, end, { sessionId: 1 });
  const sessionIdLength = wire.readU8(bytes, start);
  const sessionIdEnd = start + 1 + sessionIdLength;
  if (end - sessionIdEnd < 8) {
    throw wire.truncated("SessionCreated", start, end, { sessionId: 1 + sessionIdLength, nonce: 8 });
  }
  const sessionId = wire.readString(bytes, start + 1, sessionIdEnd, "SessionCreated.sessionId", start);
  const nonce = wire.readI64(bytes, sessionIdEnd);
  if (nonce === 0n) throw wire.outOfRange("SessionCreated.nonce", sessionIdEnd, nonce, "which is not allowed");
  return { type: "SessionCreated", sessionId, nonce, sessionTimeout: 0, members: [], leaderId: undefined, serverTime: undefined };
}

function readSessionContinuedV1(bytes: Uint8Array, start: number, end: number): SessionContinued {
  if (end - start < 8) throw wire.truncated("SessionContinued", start, end, { nonce: 8 });
  const nonce = wire.readI64(bytes, start);
  if (nonce === 0n) throw wire.outOfRange("SessionContinued.nonce", start, nonce, "which is not allowed");
  return { type: "SessionContinued", nonce, sessionTimeout: 0, members: [], leaderId: undefined, serverTime: undefined };
}

function readSessionRejectedV1(bytes: Uint8Array, start: number, end: number): SessionRejected {
  if (end - start < 9) throw wire.truncated("SessionRejected", start, end, { reason: 1, nonce: 8 });
  const reason = readRejectionReasonV1(wire.readU8(bytes, start), "SessionRejected.reason", start);
  const nonce = wire.readI64(bytes, start + 1);
  if (nonce === 0n) throw wire.outOfRange("SessionRejected.nonce", start + 1, nonce, "which is not allowed");
  // From here on flags are single bits, and what follows them is not moved up to the next byte: see bit-packing.ts.
  let leaderId: MemberId | undefined;
  if (wire.readBit(bytes, start + 9, 0, end, "SessionRejected.leaderId")) {
    const leaderIdLength = wire.readPackedU16(bytes, start + 9, 1, end, "SessionRejected.leaderId");
    leaderId = wire.readPackedString(bytes, start + 11, 1, leaderIdLength, end, "SessionRejected.leaderId", start + 9);
  }
  return { type: "SessionRejected", reason, nonce, leaderId, retryAfter: undefined, members: [], detail: undefined };
}

function readRejectionReasonV1(tag: number, path: string, offset: number): RejectionReason {
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

function readSessionClosedV1(bytes: Uint8Array, start: number, end: number): SessionClosed {
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

function readClientResponseV1(bytes: Uint8Array, start: number, end: number): ClientResponse {
  if (end - start < 12) throw wire.truncated("ClientResponse", start, end, { requestId: 8, result: 4 });
  const requestId = wire.readI53(bytes, start, "ClientResponse.requestId");
  const resultLength = wire.readI32(bytes, start + 8);
  if (resultLength < 0) {
    throw wire.lengthOutOfRange("ClientResponse.result", start + 8, resultLength, "the smallest is 0");
  }
  const resultEnd = start + 12 + resultLength;
  if (resultEnd > end) throw wire.truncated("ClientResponse", start + 8, end, { result: 4 + resultLength });
  const result = wire.readBytes(bytes, start + 12, resultEnd);
  return { type: "ClientResponse", requestId, result, commitIndex: 0 };
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

function readRequestErrorV1(bytes: Uint8Array, start: number, end: number): RequestError {
  if (end - start < 8) throw wire.truncated("RequestError", start, end, { requestId: 8 });
  const requestId = wire.readI53(bytes, start, "RequestError.requestId");
  const reason = readRequestFailureV1(bytes, start + 8, end, "RequestError.reason");
  return { type: "RequestError", requestId, reason };
}

function readRequestFailureV1(bytes: Uint8Array, start: number, end: number, path: string): RequestFailure {
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

/** Reads a message from its tag on. */
function readServerMessageV2(bytes: Uint8Array, start: number, end: number): ServerMessage {
  if (end - start < 1) throw wire.truncatedValue("frame.tag", start, end, 1);
  const tag = wire.readU8(bytes, start);
  switch (tag) {
    case 1:
      return readSessionCreatedV2(bytes, start + 1, end);
    case 2:
      return readSessionContinuedV2(bytes, start + 1, end);
    case 3:
      return readSessionRejectedV2(bytes, start + 1, end);
    case 4:
      return readSessionClosedV2(bytes, start + 1, end);
    case 5:
      return readKeepAliveResponse(bytes, start + 1, end);
    case 6:
      return readClientResponseV2(bytes, start + 1, end);
    case 7:
      return readServerRequest(bytes, start + 1, end);
    case 8:
      return readRequestErrorV2(bytes, start + 1, end);
    case 9:
      return readQueryResponse(bytes, start + 1, end);
    case 10:
      return readQueryError(bytes, start + 1, end);
    case 11:
      return readClusterChanged(bytes, start + 1, end);
    case 12:
      return readServerBatch(bytes, start + 1, end);
    default:
      throw wire.unknownDiscriminator("frame.tag", start, tag, "ServerMessage");
  }
}

function readSessionCreatedV2(bytes: Uint8Array, start: number, end: number): SessionCreated {
  if (end - start < 1) throw wire.truncated("SessionCreated", start, end, { sessionId: 1 });
  const sessionIdLength = wire.readU8(bytes, start);
  const sessionIdEnd = start + 1 + sessionIdLength;
  if (end - sessionIdEnd < 12) {
    throw wire.truncated("SessionCreated", start, end, { sessionId: 1 + sessionIdLength, nonce: 8, sessionTimeout: 4 });
  }
  const sessionId = wire.readString(bytes, start + 1, sessionIdEnd, "SessionCreated.sessionId", start);
  const nonce = wire.readI64(bytes, sessionIdEnd);
  if (nonce === 0n) throw wire.outOfRange("SessionCreated.nonce", sessionIdEnd, nonce, "which is not allowed");
  const sessionTimeout = wire.readU32(bytes, sessionIdEnd + 8);
  const members = readMembers(bytes, sessionIdEnd + 12, end, "SessionCreated.members");
  const membersEnd = readEnd;
  if (end - membersEnd < 1) throw wire.truncated("SessionCreated", membersEnd, end, { leaderId: 1 });
  let leaderId: MemberId | undefined;
  let leaderIdEnd = membersEnd + 1;
  if (wire.readBool(bytes, membersEnd, "SessionCreated.leaderId")) {
    if (end - membersEnd - 1 < 2) throw wire.truncated("SessionCreated", membersEnd + 1, end, { leaderId: 2 });
    const leaderIdLength = wire.readU16(bytes, membersEnd + 1);
    const leaderIdEndField = membersEnd + 3 + leaderIdLength;
    if (leaderIdEndField > end) {
      throw wire.truncated("SessionCreated", membersEnd + 1, end, { leaderId: 2 + leaderIdLength });
    }
    leaderId = wire.readString(bytes, membersEnd + 3, leaderIdEndField, "SessionCreated.leaderId", membersEnd + 1);
    leaderIdEnd = leaderIdEndField;
  }
  if (end - leaderIdEnd < 1) throw wire.truncated("SessionCreated", leaderIdEnd, end, { serverTime: 1 });
  let serverTime: Timestamp | undefined;
  if (wire.readBool(bytes, leaderIdEnd, "SessionCreated.serverTime")) {
    if (end - leaderIdEnd - 1 < 8) throw wire.truncated("SessionCreated", leaderIdEnd + 1, end, { serverTime: 8 });
    serverTime = wire.readI53(bytes, leaderIdEnd + 1, "SessionCreated.serverTime");
  }
  return { type: "SessionCreated", sessionId, nonce, sessionTimeout, members, leaderId, serverTime };
}

function readMembers(bytes: Uint8Array, start: number, end: number, path: string): Members {
  if (end - start < 2) throw wire.truncatedValue(path, start, end, 2);
  const count = wire.readU16(bytes, start);
  const countMax = (end - start - 2) / 4;
  if (count > countMax) throw wire.truncatedEntries(path, start, count, countMax);
  const items: Member[] = [];
  let offset = start + 2;
  let index = 0;
  try {
    for (; index < count; index++) {
      const item = readMember(bytes, offset, end, "");
      const itemEnd = readEnd;
      items.push(item);
      offset = itemEnd;
    }
  } catch (error) {
    throw wire.within(error, `${path}[${index}]`);
  }
  readEnd = offset;
  return items;
}

function readMember(bytes: Uint8Array, start: number, end: number, path: string): Member {
  try {
    if (end - start < 2) throw wire.truncated("", start, end, { memberId: 2 });
    const memberIdLength = wire.readU16(bytes, start);
    const memberIdEnd = start + 2 + memberIdLength;
    if (end - memberIdEnd < 2) throw wire.truncated("", start, end, { memberId: 2 + memberIdLength, address: 2 });
    const memberId = wire.readString(bytes, start + 2, memberIdEnd, ".memberId", start);
    const addressLength = wire.readU16(bytes, memberIdEnd);
    const addressEnd = memberIdEnd + 2 + addressLength;
    if (addressEnd > end) throw wire.truncated("", memberIdEnd, end, { address: 2 + addressLength });
    const address = wire.readString(bytes, memberIdEnd + 2, addressEnd, ".address", memberIdEnd);
    if (addressLength < 1) throw wire.lengthOutOfRange(".address", memberIdEnd, addressLength, "the smallest is 1");
    if (addressLength > 1024) {
      throw wire.lengthOutOfRange(".address", memberIdEnd, addressLength, "the largest is 1024");
    }
    readEnd = addressEnd;
    return { memberId, address };
  } catch (error) {
    throw wire.within(error, path);
  }
}

function readSessionContinuedV2(bytes: Uint8Array, start: number, end: number): SessionContinued {
  if (end - start < 12) throw wire.truncated("SessionContinued", start, end, { nonce: 8, sessionTimeout: 4 });
  const nonce = wire.readI64(bytes, start);
  if (nonce === 0n) throw wire.outOfRange("SessionContinued.nonce", start, nonce, "which is not allowed");
  const sessionTimeout = wire.readU32(bytes, start + 8);
  const members = readMembers(bytes, start + 12, end, "SessionContinued.members");
  const membersEnd = readEnd;
  if (end - membersEnd < 1) throw wire.truncated("SessionContinued", membersEnd, end, { leaderId: 1 });
  let leaderId: MemberId | undefined;
  let leaderIdEnd = membersEnd + 1;
  if (wire.readBool(bytes, membersEnd, "SessionContinued.leaderId")) {
    if (end - membersEnd - 1 < 2) throw wire.truncated("SessionContinued", membersEnd + 1, end, { leaderId: 2 });
    const leaderIdLength = wire.readU16(bytes, membersEnd + 1);
    const leaderIdEndField = membersEnd + 3 + leaderIdLength;
    if (leaderIdEndField > end) {
      throw wire.truncated("SessionContinued", membersEnd + 1, end, { leaderId: 2 + leaderIdLength });
    }
    leaderId = wire.readString(bytes, membersEnd + 3, leaderIdEndField, "SessionContinued.leaderId", membersEnd + 1);
    leaderIdEnd = leaderIdEndField;
  }
  if (end - leaderIdEnd < 1) throw wire.truncated("SessionContinued", leaderIdEnd, end, { serverTime: 1 });
  let serverTime: Timestamp | undefined;
  if (wire.readBool(bytes, leaderIdEnd, "SessionContinued.serverTime")) {
    if (end - leaderIdEnd - 1 < 8) throw wire.truncated("SessionContinued", leaderIdEnd + 1, end, { serverTime: 8 });
    serverTime = wire.readI53(bytes, leaderIdEnd + 1, "SessionContinued.serverTime");
  }
  return { type: "SessionContinued", nonce, sessionTimeout, members, leaderId, serverTime };
}

function readSessionRejectedV2(bytes: Uint8Array, start: number, end: number): SessionRejected {
  if (end - start < 10) throw wire.truncated("SessionRejected", start, end, { reason: 1, nonce: 8, leaderId: 1 });
  const reason = readRejectionReasonV2(wire.readU8(bytes, start), "SessionRejected.reason", start);
  const nonce = wire.readI64(bytes, start + 1);
  if (nonce === 0n) throw wire.outOfRange("SessionRejected.nonce", start + 1, nonce, "which is not allowed");
  let leaderId: MemberId | undefined;
  let leaderIdEnd = start + 10;
  if (wire.readBool(bytes, start + 9, "SessionRejected.leaderId")) {
    if (end - start - 10 < 2) throw wire.truncated("SessionRejected", start + 10, end, { leaderId: 2 });
    const leaderIdLength = wire.readU16(bytes, start + 10);
    const leaderIdEndField = start + 12 + leaderIdLength;
    if (leaderIdEndField > end) {
      throw wire.truncated("SessionRejected", start + 10, end, { leaderId: 2 + leaderIdLength });
    }
    leaderId = wire.readString(bytes, start + 12, leaderIdEndField, "SessionRejected.leaderId", start + 10);
    leaderIdEnd = leaderIdEndField;
  }
  if (end - leaderIdEnd < 1) throw wire.truncated("SessionRejected", leaderIdEnd, end, { retryAfter: 1 });
  let retryAfter: Millis | undefined;
  let retryAfterEnd = leaderIdEnd + 1;
  if (wire.readBool(bytes, leaderIdEnd, "SessionRejected.retryAfter")) {
    if (end - leaderIdEnd - 1 < 4) throw wire.truncated("SessionRejected", leaderIdEnd + 1, end, { retryAfter: 4 });
    retryAfter = wire.readU32(bytes, leaderIdEnd + 1);
    retryAfterEnd = leaderIdEnd + 5;
  }
  const members = readMembers(bytes, retryAfterEnd, end, "SessionRejected.members");
  const membersEnd = readEnd;
  if (end - membersEnd < 1) throw wire.truncated("SessionRejected", membersEnd, end, { detail: 1 });
  let detail: Detail | undefined;
  if (wire.readBool(bytes, membersEnd, "SessionRejected.detail")) {
    if (end - membersEnd - 1 < 2) throw wire.truncated("SessionRejected", membersEnd + 1, end, { detail: 2 });
    const detailLength = wire.readU16(bytes, membersEnd + 1);
    const detailEnd = membersEnd + 3 + detailLength;
    if (detailEnd > end) throw wire.truncated("SessionRejected", membersEnd + 1, end, { detail: 2 + detailLength });
    detail = wire.readString(bytes, membersEnd + 3, detailEnd, "SessionRejected.detail", membersEnd + 1);
    if (detailLength > 1024) {
      throw wire.lengthOutOfRange("SessionRejected.detail", membersEnd + 1, detailLength, "the largest is 1024");
    }
  }
  return { type: "SessionRejected", reason, nonce, leaderId, retryAfter, members, detail };
}

function readRejectionReasonV2(tag: number, path: string, offset: number): RejectionReason {
  switch (tag) {
    case 1:
      return "NotLeader";
    case 2:
      return "SessionExpired";
    case 3:
      return "InvalidCapabilities";
    case 4:
      return "Other";
    case 5:
      return "UnsupportedVersion";
    case 6:
      return "Overloaded";
    case 7:
      return "ClusterUnavailable";
    case 8:
      return "Unauthorized";
    default:
      throw wire.unknownDiscriminator(path, offset, tag, "RejectionReason");
  }
}

function readSessionClosedV2(bytes: Uint8Array, start: number, end: number): SessionClosed {
  if (end - start < 2) throw wire.truncated("SessionClosed", start, end, { reason: 1, leaderId: 1 });
  const reason = readSessionCloseReason(wire.readU8(bytes, start), "SessionClosed.reason", start);
  let leaderId: MemberId | undefined;
  if (wire.readBool(bytes, start + 1, "SessionClosed.leaderId")) {
    if (end - start - 2 < 2) throw wire.truncated("SessionClosed", start + 2, end, { leaderId: 2 });
    const leaderIdLength = wire.readU16(bytes, start + 2);
    const leaderIdEnd = start + 4 + leaderIdLength;
    if (leaderIdEnd > end) throw wire.truncated("SessionClosed", start + 2, end, { leaderId: 2 + leaderIdLength });
    leaderId = wire.readString(bytes, start + 4, leaderIdEnd, "SessionClosed.leaderId", start + 2);
  }
  return { type: "SessionClosed", reason, leaderId };
}

function readClientResponseV2(bytes: Uint8Array, start: number, end: number): ClientResponse {
  if (end - start < 12) throw wire.truncated("ClientResponse", start, end, { requestId: 8, result: 4 });
  const requestId = wire.readI53(bytes, start, "ClientResponse.requestId");
  const resultLength = wire.readI32(bytes, start + 8);
  if (resultLength < 0) {
    throw wire.lengthOutOfRange("ClientResponse.result", start + 8, resultLength, "the smallest is 0");
  }
  const resultEnd = start + 12 + resultLength;
  if (end - resultEnd < 8) {
    throw wire.truncated("ClientResponse", start + 8, end, { result: 4 + resultLength, commitIndex: 8 });
  }
  const result = wire.readBytes(bytes, start + 12, resultEnd);
  const commitIndex = wire.readU53(bytes, resultEnd, "ClientResponse.commitIndex");
  return { type: "ClientResponse", requestId, result, commitIndex };
}

function readRequestErrorV2(bytes: Uint8Array, start: number, end: number): RequestError {
  if (end - start < 8) throw wire.truncated("RequestError", start, end, { requestId: 8 });
  const requestId = wire.readI53(bytes, start, "RequestError.requestId");
  const reason = readRequestFailureV2(bytes, start + 8, end, "RequestError.reason");
  return { type: "RequestError", requestId, reason };
}

function readRequestFailureV2(bytes: Uint8Array, start: number, end: number, path: string): RequestFailure {
  if (end - start < 1) throw wire.truncatedValue(path, start, end, 1);
  const tag = wire.readU8(bytes, start);
  try {
    switch (tag) {
      case 1:
        readEnd = start + 1;
        return { type: "ResponseEvicted" };
      case 2:
        return readRequestFailureV2NotLeader(bytes, start + 1, end);
      case 3:
        return readRequestFailureV2InvalidRequest(bytes, start + 1, end);
      case 4:
        return readRequestFailureV2Overloaded(bytes, start + 1, end);
      case 5:
        readEnd = start + 1;
        return { type: "SessionExpired" };
      default:
        throw wire.unknownDiscriminator("", start, tag, "RequestFailure");
    }
  } catch (error) {
    throw wire.within(error, path);
  }
}

function readRequestFailureV2NotLeader(bytes: Uint8Array, start: number, end: number): RequestFailureNotLeader {
  if (end - start < 1) throw wire.truncated("", start, end, { leaderId: 1 });
  let leaderId: MemberId | undefined;
  let leaderIdEnd = start + 1;
  if (wire.readBool(bytes, start, ".leaderId")) {
    if (end - start - 1 < 2) throw wire.truncated("", start + 1, end, { leaderId: 2 });
    const leaderIdLength = wire.readU16(bytes, start + 1);
    const leaderIdEndField = start + 3 + leaderIdLength;
    if (leaderIdEndField > end) throw wire.truncated("", start + 1, end, { leaderId: 2 + leaderIdLength });
    leaderId = wire.readString(bytes, start + 3, leaderIdEndField, ".leaderId", start + 1);
    leaderIdEnd = leaderIdEndField;
  }
  readEnd = leaderIdEnd;
  return { type: "NotLeader", leaderId };
}

function readRequestFailureV2InvalidRequest(
  bytes: Uint8Array,
  start: number,
  end: number,
): RequestFailureInvalidRequest {
  if (end - start < 2) throw wire.truncated("", start, end, { detail: 2 });
  const detailLength = wire.readU16(bytes, start);
  const detailEnd = start + 2 + detailLength;
  if (detailEnd > end) throw wire.truncated("", start, end, { detail: 2 + detailLength });
  const detail = wire.readString(bytes, start + 2, detailEnd, ".detail", start);
  if (detailLength > 1024) throw wire.lengthOutOfRange(".detail", start, detailLength, "the largest is 1024");
  readEnd = detailEnd;
  return { type: "InvalidRequest", detail };
}

function readRequestFailureV2Overloaded(bytes: Uint8Array, start: number, end: number): RequestFailureOverloaded {
  if (end - start < 4) throw wire.truncated("", start, end, { retryAfter: 4 });
  const retryAfter = wire.readU32(bytes, start);
  readEnd = start + 4;
  return { type: "Overloaded", retryAfter };
}

function readQueryError(bytes: Uint8Array, start: number, end: number): QueryError {
  if (end - start < 2) throw wire.truncated("QueryError", start, end, { correlationId: 2 });
  const correlationIdLength = wire.readU16(bytes, start);
  const correlationIdEnd = start + 2 + correlationIdLength;
  if (correlationIdEnd > end) {
    throw wire.truncated("QueryError", start, end, { correlationId: 2 + correlationIdLength });
  }
  const correlationId = wire.readString(bytes, start + 2, correlationIdEnd, "QueryError.correlationId", start);
  if (correlationIdLength < 1) {
    throw wire.lengthOutOfRange("QueryError.correlationId", start, correlationIdLength, "the smallest is 1");
  }
  const reason = readQueryFailure(bytes, correlationIdEnd, end, "QueryError.reason");
  return { type: "QueryError", correlationId, reason };
}

function readQueryFailure(bytes: Uint8Array, start: number, end: number, path: string): QueryFailure {
  if (end - start < 1) throw wire.truncatedValue(path, start, end, 1);
  const tag = wire.readU8(bytes, start);
  try {
    switch (tag) {
      case 2:
        return readQueryFailureNotLeader(bytes, start + 1, end);
      case 3:
        return readQueryFailureInvalidRequest(bytes, start + 1, end);
      case 4:
        return readQueryFailureOverloaded(bytes, start + 1, end);
      case 5:
        readEnd = start + 1;
        return { type: "SessionExpired" };
      default:
        throw wire.unknownDiscriminator("", start, tag, "QueryFailure");
    }
  } catch (error) {
    throw wire.within(error, path);
  }
}

function readQueryFailureNotLeader(bytes: Uint8Array, start: number, end: number): QueryFailureNotLeader {
  if (end - start < 1) throw wire.truncated("", start, end, { leaderId: 1 });
  let leaderId: MemberId | undefined;
  let leaderIdEnd = start + 1;
  if (wire.readBool(bytes, start, ".leaderId")) {
    if (end - start - 1 < 2) throw wire.truncated("", start + 1, end, { leaderId: 2 });
    const leaderIdLength = wire.readU16(bytes, start + 1);
    const leaderIdEndField = start + 3 + leaderIdLength;
    if (leaderIdEndField > end) throw wire.truncated("", start + 1, end, { leaderId: 2 + leaderIdLength });
    leaderId = wire.readString(bytes, start + 3, leaderIdEndField, ".leaderId", start + 1);
    leaderIdEnd = leaderIdEndField;
  }
  readEnd = leaderIdEnd;
  return { type: "NotLeader", leaderId };
}

function readQueryFailureInvalidRequest(bytes: Uint8Array, start: number, end: number): QueryFailureInvalidRequest {
  if (end - start < 2) throw wire.truncated("", start, end, { detail: 2 });
  const detailLength = wire.readU16(bytes, start);
  const detailEnd = start + 2 + detailLength;
  if (detailEnd > end) throw wire.truncated("", start, end, { detail: 2 + detailLength });
  const detail = wire.readString(bytes, start + 2, detailEnd, ".detail", start);
  if (detailLength > 1024) throw wire.lengthOutOfRange(".detail", start, detailLength, "the largest is 1024");
  readEnd = detailEnd;
  return { type: "InvalidRequest", detail };
}

function readQueryFailureOverloaded(bytes: Uint8Array, start: number, end: number): QueryFailureOverloaded {
  if (end - start < 4) throw wire.truncated("", start, end, { retryAfter: 4 });
  const retryAfter = wire.readU32(bytes, start);
  readEnd = start + 4;
  return { type: "Overloaded", retryAfter };
}

function readClusterChanged(bytes: Uint8Array, start: number, end: number): ClusterChanged {
  const members = readMembers(bytes, start, end, "ClusterChanged.members");
  const membersEnd = readEnd;
  if (end - membersEnd < 1) throw wire.truncated("ClusterChanged", membersEnd, end, { leaderId: 1 });
  let leaderId: MemberId | undefined;
  if (wire.readBool(bytes, membersEnd, "ClusterChanged.leaderId")) {
    if (end - membersEnd - 1 < 2) throw wire.truncated("ClusterChanged", membersEnd + 1, end, { leaderId: 2 });
    const leaderIdLength = wire.readU16(bytes, membersEnd + 1);
    const leaderIdEnd = membersEnd + 3 + leaderIdLength;
    if (leaderIdEnd > end) {
      throw wire.truncated("ClusterChanged", membersEnd + 1, end, { leaderId: 2 + leaderIdLength });
    }
    leaderId = wire.readString(bytes, membersEnd + 3, leaderIdEnd, "ClusterChanged.leaderId", membersEnd + 1);
  }
  return { type: "ClusterChanged", members, leaderId };
}

function readServerBatch(bytes: Uint8Array, start: number, end: number): ServerBatch {
  const itemsField = readServerBatchItems(bytes, start, end, "Batch.items");
  return { type: "Batch", items: itemsField };
}

function readServerBatchItems(
  bytes: Uint8Array,
  start: number,
  end: number,
  path: string,
): ReadonlyArray<ServerMessage> {
  if (end - start < 2) throw wire.truncatedValue(path, start, end, 2);
  const count = wire.readU16(bytes, start);
  if (count < 1) throw wire.countOutOfRange(path, start, count, "the smallest is 1");
  const countMax = (end - start - 2) / 5;
  if (count > countMax) throw wire.truncatedEntries(path, start, count, countMax);
  const items: ServerMessage[] = [];
  let offset = start + 2;
  let index = 0;
  try {
    for (; index < count; index++) {
      if (end - offset < 4) throw wire.truncatedValue("", offset, end, 4);
      const itemLength = wire.readU32(bytes, offset);
      const itemEnd = offset + 4 + itemLength;
      if (itemEnd > end) throw wire.truncatedValue("", offset, end, 4 + itemLength);
      const item = readInnerServerMessageV2(bytes, offset + 4, itemEnd, "");
      items.push(item);
      offset = itemEnd;
    }
  } catch (error) {
    throw wire.within(error, `${path}[${index}]`);
  }
  readEnd = offset;
  return items;
}

/** Reads a message inside another one. Those that hold messages cannot be held, so that nothing nests deeper. */
function readInnerServerMessageV2(bytes: Uint8Array, start: number, end: number, path: string): ServerMessage {
  try {
    if (end - start < 1) throw wire.truncatedValue(".tag", start, end, 1);
    const tag = wire.readU8(bytes, start);
    switch (tag) {
      case 1:
        return readSessionCreatedV2(bytes, start + 1, end);
      case 2:
        return readSessionContinuedV2(bytes, start + 1, end);
      case 3:
        return readSessionRejectedV2(bytes, start + 1, end);
      case 4:
        return readSessionClosedV2(bytes, start + 1, end);
      case 5:
        return readKeepAliveResponse(bytes, start + 1, end);
      case 6:
        return readClientResponseV2(bytes, start + 1, end);
      case 7:
        return readServerRequest(bytes, start + 1, end);
      case 8:
        return readRequestErrorV2(bytes, start + 1, end);
      case 9:
        return readQueryResponse(bytes, start + 1, end);
      case 10:
        return readQueryError(bytes, start + 1, end);
      case 11:
        return readClusterChanged(bytes, start + 1, end);
      default:
        throw wire.unknownDiscriminator(".tag", start, tag, "ServerMessage that another can hold");
    }
  } catch (error) {
    throw wire.within(error, path);
  }
}
