// Generated from log.yaml by "hawser generate". Do not edit: change the schema and generate again.
import * as wire from "../../runtime/wire/index.ts";
import type {
  Capabilities,
  EndReason,
  LogEntry,
  LogMessage,
  LogRecord,
  LogRecordAckServerRequest,
  LogRecordCloseSession,
  LogRecordCommands,
  LogRecordCreateSession,
  LogRecordExpireSession,
  Millis,
  Payload,
  PublicKey,
  RequestId,
  SessionId,
  SnapshotChunk,
  SnapshotMessage,
  SnapshotRecord,
  SnapshotRecordEnd,
  SnapshotRecordResponse,
  SnapshotRecordServerRequest,
  SnapshotRecordSession,
  SnapshotRecordStart,
  SnapshotRecordState,
  SnapshotRecordWork,
  SnapshotRecordWorkEnd,
  SnapshotRecordWorker,
  StoreMessage,
  StoredChunk,
  StoredClusterSnapshot,
  StoredEntry,
  StoredHead,
  StoredIdentity,
  StoredLeader,
  StoredMember,
  StoredSnapshot,
} from "./messages.ts";

/** Versions of the protocol that this codec speaks. */
export type ProtocolVersion = 1;

/** A message, and the version in which it was written. */
export interface DecodedLogMessage {
  readonly version: ProtocolVersion;
  readonly message: LogMessage;
}

/** A message, and the version in which it was written. */
export interface DecodedSnapshotMessage {
  readonly version: ProtocolVersion;
  readonly message: SnapshotMessage;
}

/** A message, and the version in which it was written. */
export interface DecodedStoreMessage {
  readonly version: ProtocolVersion;
  readonly message: StoreMessage;
}

/** Where the list, map, struct or union ends that was read last. */
let readEnd = 0;

/**
 * The frame of a message, as a version writes it.
 * Throws WireError where the message breaks the schema. The result shares its memory with other results but no
 * bytes; it is the caller's to keep and to change.
 */
export function encodeLogMessage(message: LogMessage, version: ProtocolVersion): Uint8Array {
  const slab = wire.reserve(1 + sizeMaxLogMessage(message));
  const start = slab.used;
  try {
    return slab.take(writeLogFrame(slab, start, message, version));
  } catch (error) {
    throw wire.fromFrameStart(error, start);
  }
}

/** An upper bound on the bytes of a message from its tag on. */
function sizeMaxLogMessage(message: LogMessage): number {
  if (!wire.isObject(message)) return 0;
  switch (message.type) {
    case "LogEntry":
      return 9 + sizeMaxLogEntryRecords(message.records);
    default:
      return 0;
  }
}

function sizeMaxLogEntryRecords(value: ReadonlyArray<LogRecord>): number {
  if (!wire.isList(value)) return 0;
  let size = 4 + value.length * 0;
  for (const item of value) size += sizeMaxLogRecord(item);
  return size;
}

function sizeMaxLogRecord(value: LogRecord): number {
  if (!wire.isObject(value)) return 0;
  switch (value.type) {
    case "CreateSession":
      return (
        17 +
        wire.stringSizeMax(value.sessionId) +
        sizeMaxCapabilities(value.capabilities) +
        (value.owner === undefined ? 0 : wire.stringSizeMax(value.owner))
      );
    case "AckServerRequest":
      return 10 + wire.stringSizeMax(value.sessionId);
    case "CloseSession":
      return 3 + wire.stringSizeMax(value.sessionId);
    case "ExpireSession":
      return 10 + wire.stringSizeMax(value.sessionId);
    case "Commands":
      return 18 + wire.stringSizeMax(value.sessionId) + sizeMaxLogRecordCommandsPayloads(value.payloads);
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

function sizeMaxLogRecordCommandsPayloads(value: ReadonlyArray<Payload>): number {
  if (!wire.isList(value)) return 0;
  let size = 2 + value.length * 4;
  for (const item of value) size += wire.bytesSize(item);
  return size;
}

function writeLogFrame(target: wire.Target, start: number, message: LogMessage, version: ProtocolVersion): number {
  if (version !== 1) throw wire.unsupportedVersion("version", start, version, "1");
  wire.setU8(target, start, 1);
  return writeLogMessage(target, start + 1, message);
}

/** Writes a message from its tag on, and returns where it ends. */
function writeLogMessage(target: wire.Target, start: number, message: LogMessage): number {
  if (!wire.isObject(message)) throw wire.invalidValue("message", start, message, "a LogMessage");
  switch (message.type) {
    case "LogEntry":
      wire.setU8(target, start, 1);
      return writeLogEntry(target, start + 1, message);
    default:
      throw wire.invalidValue("message.type", start, Reflect.get(message, "type"), "the type of a LogMessage");
  }
}

function writeLogEntry(target: wire.Target, start: number, message: LogEntry): number {
  const proposedAt = message.proposedAt;
  wire.writeI53(target, start, proposedAt, "LogEntry.proposedAt");
  const records = message.records;
  const recordsEnd = writeLogEntryRecords(target, start + 8, records, "LogEntry.records");
  return recordsEnd;
}

function writeLogEntryRecords(
  target: wire.Target,
  start: number,
  value: ReadonlyArray<LogRecord>,
  path: string,
): number {
  if (!wire.isList(value)) throw wire.invalidValue(path, start, value, "an array");
  const count = value.length;
  if (count > 4294967295) throw wire.tooLarge(path, start, count, "entries", 4294967295);
  wire.setU32(target, start, count);
  let offset = start + 4;
  let index = 0;
  try {
    for (; index < count; index++) {
      const item = value[index] as LogRecord;
      const elementEnd = writeLogRecord(target, offset, item, "");
      offset = elementEnd;
    }
  } catch (error) {
    throw wire.within(error, `${path}[${index}]`);
  }
  return offset;
}

function writeLogRecord(target: wire.Target, start: number, value: LogRecord, path: string): number {
  if (!wire.isObject(value)) throw wire.invalidValue(path, start, value, "a LogRecord");
  try {
    switch (value.type) {
      case "CreateSession":
        wire.setU8(target, start, 1);
        return writeLogRecordCreateSession(target, start + 1, value);
      case "AckServerRequest":
        wire.setU8(target, start, 3);
        return writeLogRecordAckServerRequest(target, start + 1, value);
      case "CloseSession":
        wire.setU8(target, start, 4);
        return writeLogRecordCloseSession(target, start + 1, value);
      case "ExpireSession":
        wire.setU8(target, start, 5);
        return writeLogRecordExpireSession(target, start + 1, value);
      case "Commands":
        wire.setU8(target, start, 6);
        return writeLogRecordCommands(target, start + 1, value);
      default:
        throw wire.invalidValue(".type", start, Reflect.get(value, "type"), "a case of LogRecord");
    }
  } catch (error) {
    throw wire.within(error, path);
  }
}

function writeLogRecordCreateSession(target: wire.Target, start: number, value: LogRecordCreateSession): number {
  const sessionId = value.sessionId;
  const sessionIdEnd = wire.writeString(target, start + 1, sessionId, ".sessionId", start);
  const sessionIdLength = sessionIdEnd - (start + 1);
  if (sessionIdLength > 255) throw wire.tooLarge(".sessionId", start, sessionIdLength, "bytes", 255);
  wire.setU8(target, start, sessionIdLength);
  if (sessionIdLength < 1) throw wire.lengthOutOfRange(".sessionId", start, sessionIdLength, "the smallest is 1");
  const nonce = value.nonce;
  wire.writeI64(target, sessionIdEnd, nonce, ".nonce");
  const capabilities = value.capabilities;
  const capabilitiesEnd = writeCapabilities(target, sessionIdEnd + 8, capabilities, ".capabilities");
  const sessionTimeout = value.sessionTimeout;
  wire.setU8(target, capabilitiesEnd, sessionTimeout === undefined ? 0 : 1);
  let sessionTimeoutEnd = capabilitiesEnd + 1;
  if (sessionTimeout !== undefined) {
    wire.writeU32(target, capabilitiesEnd + 1, sessionTimeout, ".sessionTimeout");
    sessionTimeoutEnd = capabilitiesEnd + 5;
  }
  const owner = value.owner;
  wire.setU8(target, sessionTimeoutEnd, owner === undefined ? 0 : 1);
  let ownerEnd = sessionTimeoutEnd + 1;
  if (owner !== undefined) {
    const ownerEndField = wire.writeString(target, sessionTimeoutEnd + 2, owner, ".owner", sessionTimeoutEnd + 1);
    const ownerLength = ownerEndField - (sessionTimeoutEnd + 2);
    if (ownerLength > 255) throw wire.tooLarge(".owner", sessionTimeoutEnd + 1, ownerLength, "bytes", 255);
    wire.setU8(target, sessionTimeoutEnd + 1, ownerLength);
    if (ownerLength < 1) {
      throw wire.lengthOutOfRange(".owner", sessionTimeoutEnd + 1, ownerLength, "the smallest is 1");
    }
    ownerEnd = ownerEndField;
  }
  return ownerEnd;
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
  wire.setU16(target, start, count);
  return offset;
}

function writeLogRecordAckServerRequest(
  target: wire.Target,
  start: number,
  value: LogRecordAckServerRequest,
): number {
  const sessionId = value.sessionId;
  const sessionIdEnd = wire.writeString(target, start + 1, sessionId, ".sessionId", start);
  const sessionIdLength = sessionIdEnd - (start + 1);
  if (sessionIdLength > 255) throw wire.tooLarge(".sessionId", start, sessionIdLength, "bytes", 255);
  wire.setU8(target, start, sessionIdLength);
  if (sessionIdLength < 1) throw wire.lengthOutOfRange(".sessionId", start, sessionIdLength, "the smallest is 1");
  const requestId = value.requestId;
  wire.writeI53(target, sessionIdEnd, requestId, ".requestId");
  return sessionIdEnd + 8;
}

function writeLogRecordCloseSession(target: wire.Target, start: number, value: LogRecordCloseSession): number {
  const sessionId = value.sessionId;
  const sessionIdEnd = wire.writeString(target, start + 1, sessionId, ".sessionId", start);
  const sessionIdLength = sessionIdEnd - (start + 1);
  if (sessionIdLength > 255) throw wire.tooLarge(".sessionId", start, sessionIdLength, "bytes", 255);
  wire.setU8(target, start, sessionIdLength);
  if (sessionIdLength < 1) throw wire.lengthOutOfRange(".sessionId", start, sessionIdLength, "the smallest is 1");
  const reason = value.reason;
  wire.setU8(target, sessionIdEnd, tagOfEndReason(reason, ".reason", sessionIdEnd));
  return sessionIdEnd + 1;
}

function tagOfEndReason(value: EndReason, path: string, offset: number): number {
  switch (value) {
    case "ClientShutdown":
      return 1;
    case "Expired":
      return 2;
    case "CommandRefused":
      return 3;
    case "QueryRefused":
      return 4;
    case "WindowExceeded":
      return 5;
    default:
      throw wire.invalidValue(path, offset, value, "a value of EndReason");
  }
}

function writeLogRecordExpireSession(target: wire.Target, start: number, value: LogRecordExpireSession): number {
  const sessionId = value.sessionId;
  const sessionIdEnd = wire.writeString(target, start + 1, sessionId, ".sessionId", start);
  const sessionIdLength = sessionIdEnd - (start + 1);
  if (sessionIdLength > 255) throw wire.tooLarge(".sessionId", start, sessionIdLength, "bytes", 255);
  wire.setU8(target, start, sessionIdLength);
  if (sessionIdLength < 1) throw wire.lengthOutOfRange(".sessionId", start, sessionIdLength, "the smallest is 1");
  const unlessActiveAfter = value.unlessActiveAfter;
  wire.writeU53(target, sessionIdEnd, unlessActiveAfter, ".unlessActiveAfter");
  return sessionIdEnd + 8;
}

function writeLogRecordCommands(target: wire.Target, start: number, value: LogRecordCommands): number {
  const sessionId = value.sessionId;
  const sessionIdEnd = wire.writeString(target, start + 1, sessionId, ".sessionId", start);
  const sessionIdLength = sessionIdEnd - (start + 1);
  if (sessionIdLength > 255) throw wire.tooLarge(".sessionId", start, sessionIdLength, "bytes", 255);
  wire.setU8(target, start, sessionIdLength);
  if (sessionIdLength < 1) throw wire.lengthOutOfRange(".sessionId", start, sessionIdLength, "the smallest is 1");
  const firstRequestId = value.firstRequestId;
  wire.writeI53(target, sessionIdEnd, firstRequestId, ".firstRequestId");
  const lowestPendingRequestId = value.lowestPendingRequestId;
  wire.writeI53(target, sessionIdEnd + 8, lowestPendingRequestId, ".lowestPendingRequestId");
  const payloads = value.payloads;
  const payloadsEnd = writeLogRecordCommandsPayloads(target, sessionIdEnd + 16, payloads, ".payloads");
  return payloadsEnd;
}

function writeLogRecordCommandsPayloads(
  target: wire.Target,
  start: number,
  value: ReadonlyArray<Payload>,
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
      const item = value[index] as Payload;
      const elementEnd = wire.writeBytes(target, offset + 4, item, "", offset);
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

/**
 * Writes the frame of a message, as a version writes it, into `target` from `offset` on, and returns where it
 * ends.
 * Throws WireError where the message breaks the schema or the frame does not fit; what stands in `target` from
 * `offset` on is undefined then.
 */
export function encodeLogMessageInto(
  message: LogMessage,
  version: ProtocolVersion,
  target: Uint8Array,
  offset: number,
): number {
  if (!wire.hasRoom(target, offset, 1 + sizeMaxLogMessage(message))) {
    return wire.copyInto(encodeLogMessage(message, version), target, offset);
  }
  try {
    return writeLogFrame(wire.targetOf(target), offset, message, version);
  } catch (error) {
    throw wire.fromFrameStart(error, offset);
  }
}

/** How many bytes the frame of a message has, as a version writes it. Throws WireError like `encodeLogMessage`. */
export function byteLengthOfLogMessage(message: LogMessage, version: ProtocolVersion): number {
  const slab = wire.reserve(1 + sizeMaxLogMessage(message));
  const start = slab.used;
  try {
    return writeLogFrame(slab, start, message, version) - start;
  } catch (error) {
    throw wire.fromFrameStart(error, start);
  }
}

/**
 * The message of a frame, and the version in which it was written.
 * Throws WireError, and nothing else, for bytes that are no message. Payloads are views of the frame, without
 * copying: they live as long as it does and change with it.
 */
export function decodeLogMessage(frame: Uint8Array): DecodedLogMessage {
  const version = readVersion(frame);
  if (version !== 1) throw wire.unsupportedVersion("frame.version", 0, version, "1");
  return { version: 1, message: readLogMessage(frame, 1, frame.length) };
}

/** The version of a frame. */
function readVersion(frame: Uint8Array): number {
  if (!wire.isBytes(frame)) throw wire.invalidValue("frame", 0, frame, "a Uint8Array");
  const end = frame.length;
  if (end < 1) throw wire.truncatedValue("frame.version", 0, end, 1);
  return wire.readU8(frame, 0);
}

/** Reads a message from its tag on. */
function readLogMessage(bytes: Uint8Array, start: number, end: number): LogMessage {
  if (end - start < 1) throw wire.truncatedValue("frame.tag", start, end, 1);
  const tag = wire.readU8(bytes, start);
  switch (tag) {
    case 1:
      return readLogEntry(bytes, start + 1, end);
    default:
      throw wire.unknownDiscriminator("frame.tag", start, tag, "LogMessage");
  }
}

function readLogEntry(bytes: Uint8Array, start: number, end: number): LogEntry {
  if (end - start < 8) throw wire.truncated("LogEntry", start, end, { proposedAt: 8 });
  const proposedAt = wire.readI53(bytes, start, "LogEntry.proposedAt");
  const records = readLogEntryRecords(bytes, start + 8, end, "LogEntry.records");
  const recordsEnd = readEnd;
  if (recordsEnd !== end) throw wire.trailingBytes("LogEntry", recordsEnd, end);
  return { type: "LogEntry", proposedAt, records };
}

function readLogEntryRecords(bytes: Uint8Array, start: number, end: number, path: string): ReadonlyArray<LogRecord> {
  if (end - start < 4) throw wire.truncatedValue(path, start, end, 4);
  const count = wire.readU32(bytes, start);
  const countMax = (end - start - 4) / 3;
  if (count > countMax) throw wire.truncatedEntries(path, start, count, countMax);
  const items: LogRecord[] = [];
  let offset = start + 4;
  let index = 0;
  try {
    for (; index < count; index++) {
      const item = readLogRecord(bytes, offset, end, "");
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

function readLogRecord(bytes: Uint8Array, start: number, end: number, path: string): LogRecord {
  if (end - start < 1) throw wire.truncatedValue(path, start, end, 1);
  const tag = wire.readU8(bytes, start);
  try {
    switch (tag) {
      case 1:
        return readLogRecordCreateSession(bytes, start + 1, end);
      case 3:
        return readLogRecordAckServerRequest(bytes, start + 1, end);
      case 4:
        return readLogRecordCloseSession(bytes, start + 1, end);
      case 5:
        return readLogRecordExpireSession(bytes, start + 1, end);
      case 6:
        return readLogRecordCommands(bytes, start + 1, end);
      default:
        throw wire.unknownDiscriminator("", start, tag, "LogRecord");
    }
  } catch (error) {
    throw wire.within(error, path);
  }
}

function readLogRecordCreateSession(bytes: Uint8Array, start: number, end: number): LogRecordCreateSession {
  if (end - start < 1) throw wire.truncated("", start, end, { sessionId: 1 });
  const sessionIdLength = wire.readU8(bytes, start);
  const sessionIdEnd = start + 1 + sessionIdLength;
  if (end - sessionIdEnd < 8) throw wire.truncated("", start, end, { sessionId: 1 + sessionIdLength, nonce: 8 });
  const sessionId = wire.readString(bytes, start + 1, sessionIdEnd, ".sessionId", start);
  if (sessionIdLength < 1) throw wire.lengthOutOfRange(".sessionId", start, sessionIdLength, "the smallest is 1");
  const nonce = wire.readI64(bytes, sessionIdEnd);
  const capabilities = readCapabilities(bytes, sessionIdEnd + 8, end, ".capabilities");
  const capabilitiesEnd = readEnd;
  if (end - capabilitiesEnd < 1) throw wire.truncated("", capabilitiesEnd, end, { sessionTimeout: 1 });
  let sessionTimeout: Millis | undefined;
  let sessionTimeoutEnd = capabilitiesEnd + 1;
  if (wire.readBool(bytes, capabilitiesEnd, ".sessionTimeout")) {
    if (end - capabilitiesEnd - 1 < 4) throw wire.truncated("", capabilitiesEnd + 1, end, { sessionTimeout: 4 });
    sessionTimeout = wire.readU32(bytes, capabilitiesEnd + 1);
    sessionTimeoutEnd = capabilitiesEnd + 5;
  }
  if (end - sessionTimeoutEnd < 1) throw wire.truncated("", sessionTimeoutEnd, end, { owner: 1 });
  let owner: PublicKey | undefined;
  let ownerEnd = sessionTimeoutEnd + 1;
  if (wire.readBool(bytes, sessionTimeoutEnd, ".owner")) {
    if (end - sessionTimeoutEnd - 1 < 1) throw wire.truncated("", sessionTimeoutEnd + 1, end, { owner: 1 });
    const ownerLength = wire.readU8(bytes, sessionTimeoutEnd + 1);
    const ownerEndField = sessionTimeoutEnd + 2 + ownerLength;
    if (ownerEndField > end) throw wire.truncated("", sessionTimeoutEnd + 1, end, { owner: 1 + ownerLength });
    owner = wire.readString(bytes, sessionTimeoutEnd + 2, ownerEndField, ".owner", sessionTimeoutEnd + 1);
    if (ownerLength < 1) {
      throw wire.lengthOutOfRange(".owner", sessionTimeoutEnd + 1, ownerLength, "the smallest is 1");
    }
    ownerEnd = ownerEndField;
  }
  readEnd = ownerEnd;
  return { type: "CreateSession", sessionId, nonce, capabilities, sessionTimeout, owner };
}

function readCapabilities(bytes: Uint8Array, start: number, end: number, path: string): Capabilities {
  if (end - start < 2) throw wire.truncatedValue(path, start, end, 2);
  const count = wire.readU16(bytes, start);
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

function readLogRecordAckServerRequest(bytes: Uint8Array, start: number, end: number): LogRecordAckServerRequest {
  if (end - start < 1) throw wire.truncated("", start, end, { sessionId: 1 });
  const sessionIdLength = wire.readU8(bytes, start);
  const sessionIdEnd = start + 1 + sessionIdLength;
  if (end - sessionIdEnd < 8) throw wire.truncated("", start, end, { sessionId: 1 + sessionIdLength, requestId: 8 });
  const sessionId = wire.readString(bytes, start + 1, sessionIdEnd, ".sessionId", start);
  if (sessionIdLength < 1) throw wire.lengthOutOfRange(".sessionId", start, sessionIdLength, "the smallest is 1");
  const requestId = wire.readI53(bytes, sessionIdEnd, ".requestId");
  readEnd = sessionIdEnd + 8;
  return { type: "AckServerRequest", sessionId, requestId };
}

function readLogRecordCloseSession(bytes: Uint8Array, start: number, end: number): LogRecordCloseSession {
  if (end - start < 1) throw wire.truncated("", start, end, { sessionId: 1 });
  const sessionIdLength = wire.readU8(bytes, start);
  const sessionIdEnd = start + 1 + sessionIdLength;
  if (end - sessionIdEnd < 1) throw wire.truncated("", start, end, { sessionId: 1 + sessionIdLength, reason: 1 });
  const sessionId = wire.readString(bytes, start + 1, sessionIdEnd, ".sessionId", start);
  if (sessionIdLength < 1) throw wire.lengthOutOfRange(".sessionId", start, sessionIdLength, "the smallest is 1");
  const reason = readEndReason(wire.readU8(bytes, sessionIdEnd), ".reason", sessionIdEnd);
  readEnd = sessionIdEnd + 1;
  return { type: "CloseSession", sessionId, reason };
}

function readEndReason(tag: number, path: string, offset: number): EndReason {
  switch (tag) {
    case 1:
      return "ClientShutdown";
    case 2:
      return "Expired";
    case 3:
      return "CommandRefused";
    case 4:
      return "QueryRefused";
    case 5:
      return "WindowExceeded";
    default:
      throw wire.unknownDiscriminator(path, offset, tag, "EndReason");
  }
}

function readLogRecordExpireSession(bytes: Uint8Array, start: number, end: number): LogRecordExpireSession {
  if (end - start < 1) throw wire.truncated("", start, end, { sessionId: 1 });
  const sessionIdLength = wire.readU8(bytes, start);
  const sessionIdEnd = start + 1 + sessionIdLength;
  if (end - sessionIdEnd < 8) {
    throw wire.truncated("", start, end, { sessionId: 1 + sessionIdLength, unlessActiveAfter: 8 });
  }
  const sessionId = wire.readString(bytes, start + 1, sessionIdEnd, ".sessionId", start);
  if (sessionIdLength < 1) throw wire.lengthOutOfRange(".sessionId", start, sessionIdLength, "the smallest is 1");
  const unlessActiveAfter = wire.readU53(bytes, sessionIdEnd, ".unlessActiveAfter");
  readEnd = sessionIdEnd + 8;
  return { type: "ExpireSession", sessionId, unlessActiveAfter };
}

function readLogRecordCommands(bytes: Uint8Array, start: number, end: number): LogRecordCommands {
  if (end - start < 1) throw wire.truncated("", start, end, { sessionId: 1 });
  const sessionIdLength = wire.readU8(bytes, start);
  const sessionIdEnd = start + 1 + sessionIdLength;
  if (end - sessionIdEnd < 16) {
    throw wire.truncated("", start, end, { sessionId: 1 + sessionIdLength, firstRequestId: 8, lowestPendingRequestId: 8 });
  }
  const sessionId = wire.readString(bytes, start + 1, sessionIdEnd, ".sessionId", start);
  if (sessionIdLength < 1) throw wire.lengthOutOfRange(".sessionId", start, sessionIdLength, "the smallest is 1");
  const firstRequestId = wire.readI53(bytes, sessionIdEnd, ".firstRequestId");
  const lowestPendingRequestId = wire.readI53(bytes, sessionIdEnd + 8, ".lowestPendingRequestId");
  const payloads = readLogRecordCommandsPayloads(bytes, sessionIdEnd + 16, end, ".payloads");
  const payloadsEnd = readEnd;
  readEnd = payloadsEnd;
  return { type: "Commands", sessionId, firstRequestId, lowestPendingRequestId, payloads };
}

function readLogRecordCommandsPayloads(
  bytes: Uint8Array,
  start: number,
  end: number,
  path: string,
): ReadonlyArray<Payload> {
  if (end - start < 2) throw wire.truncatedValue(path, start, end, 2);
  const count = wire.readU16(bytes, start);
  if (count < 1) throw wire.countOutOfRange(path, start, count, "the smallest is 1");
  const countMax = (end - start - 2) / 4;
  if (count > countMax) throw wire.truncatedEntries(path, start, count, countMax);
  const items: Payload[] = [];
  let offset = start + 2;
  let index = 0;
  try {
    for (; index < count; index++) {
      if (end - offset < 4) throw wire.truncatedValue("", offset, end, 4);
      const itemLength = wire.readU32(bytes, offset);
      const itemEnd = offset + 4 + itemLength;
      if (itemEnd > end) throw wire.truncatedValue("", offset, end, 4 + itemLength);
      const item = wire.readBytes(bytes, offset + 4, itemEnd);
      items.push(item);
      offset = itemEnd;
    }
  } catch (error) {
    throw wire.within(error, `${path}[${index}]`);
  }
  readEnd = offset;
  return items;
}

/**
 * The frame of a message, as a version writes it.
 * Throws WireError where the message breaks the schema. The result shares its memory with other results but no
 * bytes; it is the caller's to keep and to change.
 */
export function encodeSnapshotMessage(message: SnapshotMessage, version: ProtocolVersion): Uint8Array {
  const slab = wire.reserve(1 + sizeMaxSnapshotMessage(message));
  const start = slab.used;
  try {
    return slab.take(writeSnapshotFrame(slab, start, message, version));
  } catch (error) {
    throw wire.fromFrameStart(error, start);
  }
}

/** An upper bound on the bytes of a message from its tag on. */
function sizeMaxSnapshotMessage(message: SnapshotMessage): number {
  if (!wire.isObject(message)) return 0;
  switch (message.type) {
    case "SnapshotChunk":
      return 1 + sizeMaxSnapshotChunkRecords(message.records);
    default:
      return 0;
  }
}

function sizeMaxSnapshotChunkRecords(value: ReadonlyArray<SnapshotRecord>): number {
  if (!wire.isList(value)) return 0;
  let size = 4 + value.length * 0;
  for (const item of value) size += sizeMaxSnapshotRecord(item);
  return size;
}

function sizeMaxSnapshotRecord(value: SnapshotRecord): number {
  if (!wire.isObject(value)) return 0;
  switch (value.type) {
    case "Start":
      return 9;
    case "Session":
      return (
        58 +
        wire.stringSizeMax(value.sessionId) +
        sizeMaxCapabilities(value.capabilities) +
        (value.owner === undefined ? 0 : wire.stringSizeMax(value.owner))
      );
    case "Response":
      return (
        25 +
        (value.result === undefined ? 0 : wire.bytesSize(value.result)) +
        (value.refusal === undefined ? 0 : wire.stringSizeMax(value.refusal))
      );
    case "ServerRequest":
      return 21 + wire.bytesSize(value.payload);
    case "Worker":
      return 4 + wire.stringSizeMax(value.capability) + wire.stringSizeMax(value.sessionId);
    case "Work":
      return (
        17 +
        wire.stringSizeMax(value.capability) +
        wire.bytesSize(value.payload) +
        (value.holder === undefined ? 0 : wire.stringSizeMax(value.holder))
      );
    case "WorkEnd":
      return 9;
    case "State":
      return 5 + wire.bytesSize(value.chunk);
    case "End":
      return 9;
    default:
      return 0;
  }
}

function writeSnapshotFrame(
  target: wire.Target,
  start: number,
  message: SnapshotMessage,
  version: ProtocolVersion,
): number {
  if (version !== 1) throw wire.unsupportedVersion("version", start, version, "1");
  wire.setU8(target, start, 1);
  return writeSnapshotMessage(target, start + 1, message);
}

/** Writes a message from its tag on, and returns where it ends. */
function writeSnapshotMessage(target: wire.Target, start: number, message: SnapshotMessage): number {
  if (!wire.isObject(message)) throw wire.invalidValue("message", start, message, "a SnapshotMessage");
  switch (message.type) {
    case "SnapshotChunk":
      wire.setU8(target, start, 1);
      return writeSnapshotChunk(target, start + 1, message);
    default:
      throw wire.invalidValue("message.type", start, Reflect.get(message, "type"), "the type of a SnapshotMessage");
  }
}

function writeSnapshotChunk(target: wire.Target, start: number, message: SnapshotChunk): number {
  const records = message.records;
  const recordsEnd = writeSnapshotChunkRecords(target, start, records, "SnapshotChunk.records");
  return recordsEnd;
}

function writeSnapshotChunkRecords(
  target: wire.Target,
  start: number,
  value: ReadonlyArray<SnapshotRecord>,
  path: string,
): number {
  if (!wire.isList(value)) throw wire.invalidValue(path, start, value, "an array");
  const count = value.length;
  if (count > 4294967295) throw wire.tooLarge(path, start, count, "entries", 4294967295);
  wire.setU32(target, start, count);
  let offset = start + 4;
  let index = 0;
  try {
    for (; index < count; index++) {
      const item = value[index] as SnapshotRecord;
      const elementEnd = writeSnapshotRecord(target, offset, item, "");
      offset = elementEnd;
    }
  } catch (error) {
    throw wire.within(error, `${path}[${index}]`);
  }
  return offset;
}

function writeSnapshotRecord(target: wire.Target, start: number, value: SnapshotRecord, path: string): number {
  if (!wire.isObject(value)) throw wire.invalidValue(path, start, value, "a SnapshotRecord");
  try {
    switch (value.type) {
      case "Start":
        wire.setU8(target, start, 1);
        return writeSnapshotRecordStart(target, start + 1, value);
      case "Session":
        wire.setU8(target, start, 2);
        return writeSnapshotRecordSession(target, start + 1, value);
      case "Response":
        wire.setU8(target, start, 3);
        return writeSnapshotRecordResponse(target, start + 1, value);
      case "ServerRequest":
        wire.setU8(target, start, 4);
        return writeSnapshotRecordServerRequest(target, start + 1, value);
      case "Worker":
        wire.setU8(target, start, 7);
        return writeSnapshotRecordWorker(target, start + 1, value);
      case "Work":
        wire.setU8(target, start, 8);
        return writeSnapshotRecordWork(target, start + 1, value);
      case "WorkEnd":
        wire.setU8(target, start, 9);
        return writeSnapshotRecordWorkEnd(target, start + 1, value);
      case "State":
        wire.setU8(target, start, 5);
        return writeSnapshotRecordState(target, start + 1, value);
      case "End":
        wire.setU8(target, start, 6);
        return writeSnapshotRecordEnd(target, start + 1, value);
      default:
        throw wire.invalidValue(".type", start, Reflect.get(value, "type"), "a case of SnapshotRecord");
    }
  } catch (error) {
    throw wire.within(error, path);
  }
}

function writeSnapshotRecordStart(target: wire.Target, start: number, value: SnapshotRecordStart): number {
  const appliedIndex = value.appliedIndex;
  wire.writeU53(target, start, appliedIndex, ".appliedIndex");
  return start + 8;
}

function writeSnapshotRecordSession(target: wire.Target, start: number, value: SnapshotRecordSession): number {
  const sessionId = value.sessionId;
  const sessionIdEnd = wire.writeString(target, start + 1, sessionId, ".sessionId", start);
  const sessionIdLength = sessionIdEnd - (start + 1);
  if (sessionIdLength > 255) throw wire.tooLarge(".sessionId", start, sessionIdLength, "bytes", 255);
  wire.setU8(target, start, sessionIdLength);
  if (sessionIdLength < 1) throw wire.lengthOutOfRange(".sessionId", start, sessionIdLength, "the smallest is 1");
  const nonce = value.nonce;
  wire.writeI64(target, sessionIdEnd, nonce, ".nonce");
  const createdAt = value.createdAt;
  wire.writeI53(target, sessionIdEnd + 8, createdAt, ".createdAt");
  const capabilities = value.capabilities;
  const capabilitiesEnd = writeCapabilities(target, sessionIdEnd + 16, capabilities, ".capabilities");
  const sessionTimeout = value.sessionTimeout;
  wire.setU8(target, capabilitiesEnd, sessionTimeout === undefined ? 0 : 1);
  let sessionTimeoutEnd = capabilitiesEnd + 1;
  if (sessionTimeout !== undefined) {
    wire.writeU32(target, capabilitiesEnd + 1, sessionTimeout, ".sessionTimeout");
    sessionTimeoutEnd = capabilitiesEnd + 5;
  }
  const owner = value.owner;
  wire.setU8(target, sessionTimeoutEnd, owner === undefined ? 0 : 1);
  let ownerEnd = sessionTimeoutEnd + 1;
  if (owner !== undefined) {
    const ownerEndField = wire.writeString(target, sessionTimeoutEnd + 2, owner, ".owner", sessionTimeoutEnd + 1);
    const ownerLength = ownerEndField - (sessionTimeoutEnd + 2);
    if (ownerLength > 255) throw wire.tooLarge(".owner", sessionTimeoutEnd + 1, ownerLength, "bytes", 255);
    wire.setU8(target, sessionTimeoutEnd + 1, ownerLength);
    if (ownerLength < 1) {
      throw wire.lengthOutOfRange(".owner", sessionTimeoutEnd + 1, ownerLength, "the smallest is 1");
    }
    ownerEnd = ownerEndField;
  }
  const sessionIndex = value.sessionIndex;
  wire.writeU53(target, ownerEnd, sessionIndex, ".sessionIndex");
  const activeIndex = value.activeIndex;
  wire.writeU53(target, ownerEnd + 8, activeIndex, ".activeIndex");
  const lowestPendingRequestId = value.lowestPendingRequestId;
  wire.setU8(target, ownerEnd + 16, lowestPendingRequestId === undefined ? 0 : 1);
  let lowestPendingRequestIdEnd = ownerEnd + 17;
  if (lowestPendingRequestId !== undefined) {
    wire.writeI53(target, ownerEnd + 17, lowestPendingRequestId, ".lowestPendingRequestId");
    lowestPendingRequestIdEnd = ownerEnd + 25;
  }
  const lastServerRequestId = value.lastServerRequestId;
  wire.writeI53(target, lowestPendingRequestIdEnd, lastServerRequestId, ".lastServerRequestId");
  return lowestPendingRequestIdEnd + 8;
}

function writeSnapshotRecordResponse(target: wire.Target, start: number, value: SnapshotRecordResponse): number {
  const requestId = value.requestId;
  wire.writeI53(target, start, requestId, ".requestId");
  const indexField = value.index;
  wire.writeU53(target, start + 8, indexField, ".index");
  const result = value.result;
  wire.setU8(target, start + 16, result === undefined ? 0 : 1);
  let resultEnd = start + 17;
  if (result !== undefined) {
    const resultEndField = wire.writeBytes(target, start + 21, result, ".result", start + 17);
    const resultLength = resultEndField - (start + 21);
    if (resultLength > 4294967295) throw wire.tooLarge(".result", start + 17, resultLength, "bytes", 4294967295);
    wire.setU32(target, start + 17, resultLength);
    resultEnd = resultEndField;
  }
  const refusal = value.refusal;
  wire.setU8(target, resultEnd, refusal === undefined ? 0 : 1);
  let refusalEnd = resultEnd + 1;
  if (refusal !== undefined) {
    const refusalEndField = wire.writeString(target, resultEnd + 3, refusal, ".refusal", resultEnd + 1);
    const refusalLength = refusalEndField - (resultEnd + 3);
    if (refusalLength > 65535) throw wire.tooLarge(".refusal", resultEnd + 1, refusalLength, "bytes", 65535);
    wire.setU16(target, resultEnd + 1, refusalLength);
    if (refusalLength > 1024) {
      throw wire.lengthOutOfRange(".refusal", resultEnd + 1, refusalLength, "the largest is 1024");
    }
    refusalEnd = refusalEndField;
  }
  return refusalEnd;
}

function writeSnapshotRecordServerRequest(
  target: wire.Target,
  start: number,
  value: SnapshotRecordServerRequest,
): number {
  const requestId = value.requestId;
  wire.writeI53(target, start, requestId, ".requestId");
  const payload = value.payload;
  const payloadEnd = wire.writeBytes(target, start + 12, payload, ".payload", start + 8);
  const payloadLength = payloadEnd - (start + 12);
  if (payloadLength > 4294967295) throw wire.tooLarge(".payload", start + 8, payloadLength, "bytes", 4294967295);
  wire.setU32(target, start + 8, payloadLength);
  const createdAt = value.createdAt;
  wire.writeI53(target, payloadEnd, createdAt, ".createdAt");
  return payloadEnd + 8;
}

function writeSnapshotRecordWorker(target: wire.Target, start: number, value: SnapshotRecordWorker): number {
  const capability = value.capability;
  const capabilityEnd = wire.writeString(target, start + 2, capability, ".capability", start);
  const capabilityLength = capabilityEnd - (start + 2);
  if (capabilityLength > 65535) throw wire.tooLarge(".capability", start, capabilityLength, "bytes", 65535);
  wire.setU16(target, start, capabilityLength);
  const sessionId = value.sessionId;
  const sessionIdEnd = wire.writeString(target, capabilityEnd + 1, sessionId, ".sessionId", capabilityEnd);
  const sessionIdLength = sessionIdEnd - (capabilityEnd + 1);
  if (sessionIdLength > 255) throw wire.tooLarge(".sessionId", capabilityEnd, sessionIdLength, "bytes", 255);
  wire.setU8(target, capabilityEnd, sessionIdLength);
  if (sessionIdLength < 1) {
    throw wire.lengthOutOfRange(".sessionId", capabilityEnd, sessionIdLength, "the smallest is 1");
  }
  return sessionIdEnd;
}

function writeSnapshotRecordWork(target: wire.Target, start: number, value: SnapshotRecordWork): number {
  const workId = value.workId;
  wire.writeU53(target, start, workId, ".workId");
  const capability = value.capability;
  const capabilityEnd = wire.writeString(target, start + 10, capability, ".capability", start + 8);
  const capabilityLength = capabilityEnd - (start + 10);
  if (capabilityLength > 65535) throw wire.tooLarge(".capability", start + 8, capabilityLength, "bytes", 65535);
  wire.setU16(target, start + 8, capabilityLength);
  const payload = value.payload;
  const payloadEnd = wire.writeBytes(target, capabilityEnd + 4, payload, ".payload", capabilityEnd);
  const payloadLength = payloadEnd - (capabilityEnd + 4);
  if (payloadLength > 4294967295) throw wire.tooLarge(".payload", capabilityEnd, payloadLength, "bytes", 4294967295);
  wire.setU32(target, capabilityEnd, payloadLength);
  const holder = value.holder;
  wire.setU8(target, payloadEnd, holder === undefined ? 0 : 1);
  let holderEnd = payloadEnd + 1;
  if (holder !== undefined) {
    const holderEndField = wire.writeString(target, payloadEnd + 2, holder, ".holder", payloadEnd + 1);
    const holderLength = holderEndField - (payloadEnd + 2);
    if (holderLength > 255) throw wire.tooLarge(".holder", payloadEnd + 1, holderLength, "bytes", 255);
    wire.setU8(target, payloadEnd + 1, holderLength);
    if (holderLength < 1) throw wire.lengthOutOfRange(".holder", payloadEnd + 1, holderLength, "the smallest is 1");
    holderEnd = holderEndField;
  }
  return holderEnd;
}

function writeSnapshotRecordWorkEnd(target: wire.Target, start: number, value: SnapshotRecordWorkEnd): number {
  const lastWorkId = value.lastWorkId;
  wire.writeU53(target, start, lastWorkId, ".lastWorkId");
  return start + 8;
}

function writeSnapshotRecordState(target: wire.Target, start: number, value: SnapshotRecordState): number {
  const chunk = value.chunk;
  const chunkEnd = wire.writeBytes(target, start + 4, chunk, ".chunk", start);
  const chunkLength = chunkEnd - (start + 4);
  if (chunkLength > 4294967295) throw wire.tooLarge(".chunk", start, chunkLength, "bytes", 4294967295);
  wire.setU32(target, start, chunkLength);
  return chunkEnd;
}

function writeSnapshotRecordEnd(target: wire.Target, start: number, value: SnapshotRecordEnd): number {
  const recordCount = value.recordCount;
  wire.writeU53(target, start, recordCount, ".recordCount");
  return start + 8;
}

/**
 * Writes the frame of a message, as a version writes it, into `target` from `offset` on, and returns where it
 * ends.
 * Throws WireError where the message breaks the schema or the frame does not fit; what stands in `target` from
 * `offset` on is undefined then.
 */
export function encodeSnapshotMessageInto(
  message: SnapshotMessage,
  version: ProtocolVersion,
  target: Uint8Array,
  offset: number,
): number {
  if (!wire.hasRoom(target, offset, 1 + sizeMaxSnapshotMessage(message))) {
    return wire.copyInto(encodeSnapshotMessage(message, version), target, offset);
  }
  try {
    return writeSnapshotFrame(wire.targetOf(target), offset, message, version);
  } catch (error) {
    throw wire.fromFrameStart(error, offset);
  }
}

/**
 * How many bytes the frame of a message has, as a version writes it. Throws WireError like
 * `encodeSnapshotMessage`.
 */
export function byteLengthOfSnapshotMessage(message: SnapshotMessage, version: ProtocolVersion): number {
  const slab = wire.reserve(1 + sizeMaxSnapshotMessage(message));
  const start = slab.used;
  try {
    return writeSnapshotFrame(slab, start, message, version) - start;
  } catch (error) {
    throw wire.fromFrameStart(error, start);
  }
}

/**
 * The message of a frame, and the version in which it was written.
 * Throws WireError, and nothing else, for bytes that are no message. Payloads are views of the frame, without
 * copying: they live as long as it does and change with it.
 */
export function decodeSnapshotMessage(frame: Uint8Array): DecodedSnapshotMessage {
  const version = readVersion(frame);
  if (version !== 1) throw wire.unsupportedVersion("frame.version", 0, version, "1");
  return { version: 1, message: readSnapshotMessage(frame, 1, frame.length) };
}

/** Reads a message from its tag on. */
function readSnapshotMessage(bytes: Uint8Array, start: number, end: number): SnapshotMessage {
  if (end - start < 1) throw wire.truncatedValue("frame.tag", start, end, 1);
  const tag = wire.readU8(bytes, start);
  switch (tag) {
    case 1:
      return readSnapshotChunk(bytes, start + 1, end);
    default:
      throw wire.unknownDiscriminator("frame.tag", start, tag, "SnapshotMessage");
  }
}

function readSnapshotChunk(bytes: Uint8Array, start: number, end: number): SnapshotChunk {
  const records = readSnapshotChunkRecords(bytes, start, end, "SnapshotChunk.records");
  const recordsEnd = readEnd;
  if (recordsEnd !== end) throw wire.trailingBytes("SnapshotChunk", recordsEnd, end);
  return { type: "SnapshotChunk", records };
}

function readSnapshotChunkRecords(
  bytes: Uint8Array,
  start: number,
  end: number,
  path: string,
): ReadonlyArray<SnapshotRecord> {
  if (end - start < 4) throw wire.truncatedValue(path, start, end, 4);
  const count = wire.readU32(bytes, start);
  const countMax = (end - start - 4) / 4;
  if (count > countMax) throw wire.truncatedEntries(path, start, count, countMax);
  const items: SnapshotRecord[] = [];
  let offset = start + 4;
  let index = 0;
  try {
    for (; index < count; index++) {
      const item = readSnapshotRecord(bytes, offset, end, "");
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

function readSnapshotRecord(bytes: Uint8Array, start: number, end: number, path: string): SnapshotRecord {
  if (end - start < 1) throw wire.truncatedValue(path, start, end, 1);
  const tag = wire.readU8(bytes, start);
  try {
    switch (tag) {
      case 1:
        return readSnapshotRecordStart(bytes, start + 1, end);
      case 2:
        return readSnapshotRecordSession(bytes, start + 1, end);
      case 3:
        return readSnapshotRecordResponse(bytes, start + 1, end);
      case 4:
        return readSnapshotRecordServerRequest(bytes, start + 1, end);
      case 7:
        return readSnapshotRecordWorker(bytes, start + 1, end);
      case 8:
        return readSnapshotRecordWork(bytes, start + 1, end);
      case 9:
        return readSnapshotRecordWorkEnd(bytes, start + 1, end);
      case 5:
        return readSnapshotRecordState(bytes, start + 1, end);
      case 6:
        return readSnapshotRecordEnd(bytes, start + 1, end);
      default:
        throw wire.unknownDiscriminator("", start, tag, "SnapshotRecord");
    }
  } catch (error) {
    throw wire.within(error, path);
  }
}

function readSnapshotRecordStart(bytes: Uint8Array, start: number, end: number): SnapshotRecordStart {
  if (end - start < 8) throw wire.truncated("", start, end, { appliedIndex: 8 });
  const appliedIndex = wire.readU53(bytes, start, ".appliedIndex");
  readEnd = start + 8;
  return { type: "Start", appliedIndex };
}

function readSnapshotRecordSession(bytes: Uint8Array, start: number, end: number): SnapshotRecordSession {
  if (end - start < 1) throw wire.truncated("", start, end, { sessionId: 1 });
  const sessionIdLength = wire.readU8(bytes, start);
  const sessionIdEnd = start + 1 + sessionIdLength;
  if (end - sessionIdEnd < 16) {
    throw wire.truncated("", start, end, { sessionId: 1 + sessionIdLength, nonce: 8, createdAt: 8 });
  }
  const sessionId = wire.readString(bytes, start + 1, sessionIdEnd, ".sessionId", start);
  if (sessionIdLength < 1) throw wire.lengthOutOfRange(".sessionId", start, sessionIdLength, "the smallest is 1");
  const nonce = wire.readI64(bytes, sessionIdEnd);
  const createdAt = wire.readI53(bytes, sessionIdEnd + 8, ".createdAt");
  const capabilities = readCapabilities(bytes, sessionIdEnd + 16, end, ".capabilities");
  const capabilitiesEnd = readEnd;
  if (end - capabilitiesEnd < 1) throw wire.truncated("", capabilitiesEnd, end, { sessionTimeout: 1 });
  let sessionTimeout: Millis | undefined;
  let sessionTimeoutEnd = capabilitiesEnd + 1;
  if (wire.readBool(bytes, capabilitiesEnd, ".sessionTimeout")) {
    if (end - capabilitiesEnd - 1 < 4) throw wire.truncated("", capabilitiesEnd + 1, end, { sessionTimeout: 4 });
    sessionTimeout = wire.readU32(bytes, capabilitiesEnd + 1);
    sessionTimeoutEnd = capabilitiesEnd + 5;
  }
  if (end - sessionTimeoutEnd < 1) throw wire.truncated("", sessionTimeoutEnd, end, { owner: 1 });
  let owner: PublicKey | undefined;
  let ownerEnd = sessionTimeoutEnd + 1;
  if (wire.readBool(bytes, sessionTimeoutEnd, ".owner")) {
    if (end - sessionTimeoutEnd - 1 < 1) throw wire.truncated("", sessionTimeoutEnd + 1, end, { owner: 1 });
    const ownerLength = wire.readU8(bytes, sessionTimeoutEnd + 1);
    const ownerEndField = sessionTimeoutEnd + 2 + ownerLength;
    if (ownerEndField > end) throw wire.truncated("", sessionTimeoutEnd + 1, end, { owner: 1 + ownerLength });
    owner = wire.readString(bytes, sessionTimeoutEnd + 2, ownerEndField, ".owner", sessionTimeoutEnd + 1);
    if (ownerLength < 1) {
      throw wire.lengthOutOfRange(".owner", sessionTimeoutEnd + 1, ownerLength, "the smallest is 1");
    }
    ownerEnd = ownerEndField;
  }
  if (end - ownerEnd < 17) {
    throw wire.truncated("", ownerEnd, end, { sessionIndex: 8, activeIndex: 8, lowestPendingRequestId: 1 });
  }
  const sessionIndex = wire.readU53(bytes, ownerEnd, ".sessionIndex");
  const activeIndex = wire.readU53(bytes, ownerEnd + 8, ".activeIndex");
  let lowestPendingRequestId: RequestId | undefined;
  let lowestPendingRequestIdEnd = ownerEnd + 17;
  if (wire.readBool(bytes, ownerEnd + 16, ".lowestPendingRequestId")) {
    if (end - ownerEnd - 17 < 8) throw wire.truncated("", ownerEnd + 17, end, { lowestPendingRequestId: 8 });
    lowestPendingRequestId = wire.readI53(bytes, ownerEnd + 17, ".lowestPendingRequestId");
    lowestPendingRequestIdEnd = ownerEnd + 25;
  }
  if (end - lowestPendingRequestIdEnd < 8) {
    throw wire.truncated("", lowestPendingRequestIdEnd, end, { lastServerRequestId: 8 });
  }
  const lastServerRequestId = wire.readI53(bytes, lowestPendingRequestIdEnd, ".lastServerRequestId");
  readEnd = lowestPendingRequestIdEnd + 8;
  return { type: "Session", sessionId, nonce, createdAt, capabilities, sessionTimeout, owner, sessionIndex, activeIndex, lowestPendingRequestId, lastServerRequestId };
}

function readSnapshotRecordResponse(bytes: Uint8Array, start: number, end: number): SnapshotRecordResponse {
  if (end - start < 17) throw wire.truncated("", start, end, { requestId: 8, index: 8, result: 1 });
  const requestId = wire.readI53(bytes, start, ".requestId");
  const indexField = wire.readU53(bytes, start + 8, ".index");
  let result: Payload | undefined;
  let resultEnd = start + 17;
  if (wire.readBool(bytes, start + 16, ".result")) {
    if (end - start - 17 < 4) throw wire.truncated("", start + 17, end, { result: 4 });
    const resultLength = wire.readU32(bytes, start + 17);
    const resultEndField = start + 21 + resultLength;
    if (resultEndField > end) throw wire.truncated("", start + 17, end, { result: 4 + resultLength });
    result = wire.readBytes(bytes, start + 21, resultEndField);
    resultEnd = resultEndField;
  }
  if (end - resultEnd < 1) throw wire.truncated("", resultEnd, end, { refusal: 1 });
  let refusal: string | undefined;
  let refusalEnd = resultEnd + 1;
  if (wire.readBool(bytes, resultEnd, ".refusal")) {
    if (end - resultEnd - 1 < 2) throw wire.truncated("", resultEnd + 1, end, { refusal: 2 });
    const refusalLength = wire.readU16(bytes, resultEnd + 1);
    const refusalEndField = resultEnd + 3 + refusalLength;
    if (refusalEndField > end) throw wire.truncated("", resultEnd + 1, end, { refusal: 2 + refusalLength });
    refusal = wire.readString(bytes, resultEnd + 3, refusalEndField, ".refusal", resultEnd + 1);
    if (refusalLength > 1024) {
      throw wire.lengthOutOfRange(".refusal", resultEnd + 1, refusalLength, "the largest is 1024");
    }
    refusalEnd = refusalEndField;
  }
  readEnd = refusalEnd;
  return { type: "Response", requestId, index: indexField, result, refusal };
}

function readSnapshotRecordServerRequest(bytes: Uint8Array, start: number, end: number): SnapshotRecordServerRequest {
  if (end - start < 12) throw wire.truncated("", start, end, { requestId: 8, payload: 4 });
  const requestId = wire.readI53(bytes, start, ".requestId");
  const payloadLength = wire.readU32(bytes, start + 8);
  const payloadEnd = start + 12 + payloadLength;
  if (end - payloadEnd < 8) throw wire.truncated("", start + 8, end, { payload: 4 + payloadLength, createdAt: 8 });
  const payload = wire.readBytes(bytes, start + 12, payloadEnd);
  const createdAt = wire.readI53(bytes, payloadEnd, ".createdAt");
  readEnd = payloadEnd + 8;
  return { type: "ServerRequest", requestId, payload, createdAt };
}

function readSnapshotRecordWorker(bytes: Uint8Array, start: number, end: number): SnapshotRecordWorker {
  if (end - start < 2) throw wire.truncated("", start, end, { capability: 2 });
  const capabilityLength = wire.readU16(bytes, start);
  const capabilityEnd = start + 2 + capabilityLength;
  if (end - capabilityEnd < 1) {
    throw wire.truncated("", start, end, { capability: 2 + capabilityLength, sessionId: 1 });
  }
  const capability = wire.readString(bytes, start + 2, capabilityEnd, ".capability", start);
  const sessionIdLength = wire.readU8(bytes, capabilityEnd);
  const sessionIdEnd = capabilityEnd + 1 + sessionIdLength;
  if (sessionIdEnd > end) throw wire.truncated("", capabilityEnd, end, { sessionId: 1 + sessionIdLength });
  const sessionId = wire.readString(bytes, capabilityEnd + 1, sessionIdEnd, ".sessionId", capabilityEnd);
  if (sessionIdLength < 1) {
    throw wire.lengthOutOfRange(".sessionId", capabilityEnd, sessionIdLength, "the smallest is 1");
  }
  readEnd = sessionIdEnd;
  return { type: "Worker", capability, sessionId };
}

function readSnapshotRecordWork(bytes: Uint8Array, start: number, end: number): SnapshotRecordWork {
  if (end - start < 10) throw wire.truncated("", start, end, { workId: 8, capability: 2 });
  const workId = wire.readU53(bytes, start, ".workId");
  const capabilityLength = wire.readU16(bytes, start + 8);
  const capabilityEnd = start + 10 + capabilityLength;
  if (end - capabilityEnd < 4) {
    throw wire.truncated("", start + 8, end, { capability: 2 + capabilityLength, payload: 4 });
  }
  const capability = wire.readString(bytes, start + 10, capabilityEnd, ".capability", start + 8);
  const payloadLength = wire.readU32(bytes, capabilityEnd);
  const payloadEnd = capabilityEnd + 4 + payloadLength;
  if (end - payloadEnd < 1) throw wire.truncated("", capabilityEnd, end, { payload: 4 + payloadLength, holder: 1 });
  const payload = wire.readBytes(bytes, capabilityEnd + 4, payloadEnd);
  let holder: SessionId | undefined;
  let holderEnd = payloadEnd + 1;
  if (wire.readBool(bytes, payloadEnd, ".holder")) {
    if (end - payloadEnd - 1 < 1) throw wire.truncated("", payloadEnd + 1, end, { holder: 1 });
    const holderLength = wire.readU8(bytes, payloadEnd + 1);
    const holderEndField = payloadEnd + 2 + holderLength;
    if (holderEndField > end) throw wire.truncated("", payloadEnd + 1, end, { holder: 1 + holderLength });
    holder = wire.readString(bytes, payloadEnd + 2, holderEndField, ".holder", payloadEnd + 1);
    if (holderLength < 1) throw wire.lengthOutOfRange(".holder", payloadEnd + 1, holderLength, "the smallest is 1");
    holderEnd = holderEndField;
  }
  readEnd = holderEnd;
  return { type: "Work", workId, capability, payload, holder };
}

function readSnapshotRecordWorkEnd(bytes: Uint8Array, start: number, end: number): SnapshotRecordWorkEnd {
  if (end - start < 8) throw wire.truncated("", start, end, { lastWorkId: 8 });
  const lastWorkId = wire.readU53(bytes, start, ".lastWorkId");
  readEnd = start + 8;
  return { type: "WorkEnd", lastWorkId };
}

function readSnapshotRecordState(bytes: Uint8Array, start: number, end: number): SnapshotRecordState {
  if (end - start < 4) throw wire.truncated("", start, end, { chunk: 4 });
  const chunkLength = wire.readU32(bytes, start);
  const chunkEnd = start + 4 + chunkLength;
  if (chunkEnd > end) throw wire.truncated("", start, end, { chunk: 4 + chunkLength });
  const chunk = wire.readBytes(bytes, start + 4, chunkEnd);
  readEnd = chunkEnd;
  return { type: "State", chunk };
}

function readSnapshotRecordEnd(bytes: Uint8Array, start: number, end: number): SnapshotRecordEnd {
  if (end - start < 8) throw wire.truncated("", start, end, { recordCount: 8 });
  const recordCount = wire.readU53(bytes, start, ".recordCount");
  readEnd = start + 8;
  return { type: "End", recordCount };
}

/**
 * The frame of a message, as a version writes it.
 * Throws WireError where the message breaks the schema. The result shares its memory with other results but no
 * bytes; it is the caller's to keep and to change.
 */
export function encodeStoreMessage(message: StoreMessage, version: ProtocolVersion): Uint8Array {
  const slab = wire.reserve(1 + sizeMaxStoreMessage(message));
  const start = slab.used;
  try {
    return slab.take(writeStoreFrame(slab, start, message, version));
  } catch (error) {
    throw wire.fromFrameStart(error, start);
  }
}

/** An upper bound on the bytes of a message from its tag on. */
function sizeMaxStoreMessage(message: StoreMessage): number {
  if (!wire.isObject(message)) return 0;
  switch (message.type) {
    case "StoredEntry":
      return 17 + wire.bytesSize(message.payload);
    case "StoredMember":
      return 13;
    case "StoredSnapshot":
      return 25;
    case "StoredChunk":
      return 9 + wire.bytesSize(message.chunk);
    case "StoredIdentity":
      return 21;
    case "StoredHead":
      return 13;
    case "StoredLeader":
      return 16 + (message.memberId === undefined ? 0 : wire.stringSizeMax(message.memberId));
    case "StoredClusterSnapshot":
      return 33;
    default:
      return 0;
  }
}

function writeStoreFrame(
  target: wire.Target,
  start: number,
  message: StoreMessage,
  version: ProtocolVersion,
): number {
  if (version !== 1) throw wire.unsupportedVersion("version", start, version, "1");
  wire.setU8(target, start, 1);
  return writeStoreMessage(target, start + 1, message);
}

/** Writes a message from its tag on, and returns where it ends. */
function writeStoreMessage(target: wire.Target, start: number, message: StoreMessage): number {
  if (!wire.isObject(message)) throw wire.invalidValue("message", start, message, "a StoreMessage");
  switch (message.type) {
    case "StoredEntry":
      wire.setU8(target, start, 1);
      return writeStoredEntry(target, start + 1, message);
    case "StoredMember":
      wire.setU8(target, start, 2);
      return writeStoredMember(target, start + 1, message);
    case "StoredSnapshot":
      wire.setU8(target, start, 3);
      return writeStoredSnapshot(target, start + 1, message);
    case "StoredChunk":
      wire.setU8(target, start, 4);
      return writeStoredChunk(target, start + 1, message);
    case "StoredIdentity":
      wire.setU8(target, start, 5);
      return writeStoredIdentity(target, start + 1, message);
    case "StoredHead":
      wire.setU8(target, start, 6);
      return writeStoredHead(target, start + 1, message);
    case "StoredLeader":
      wire.setU8(target, start, 7);
      return writeStoredLeader(target, start + 1, message);
    case "StoredClusterSnapshot":
      wire.setU8(target, start, 8);
      return writeStoredClusterSnapshot(target, start + 1, message);
    default:
      throw wire.invalidValue("message.type", start, Reflect.get(message, "type"), "the type of a StoreMessage");
  }
}

function writeStoredEntry(target: wire.Target, start: number, message: StoredEntry): number {
  const term = message.term;
  wire.writeU53(target, start, term, "StoredEntry.term");
  const checksum = message.checksum;
  wire.writeU32(target, start + 8, checksum, "StoredEntry.checksum");
  const payload = message.payload;
  const payloadEnd = wire.writeBytes(target, start + 16, payload, "StoredEntry.payload", start + 12);
  const payloadLength = payloadEnd - (start + 16);
  if (payloadLength > 4294967295) {
    throw wire.tooLarge("StoredEntry.payload", start + 12, payloadLength, "bytes", 4294967295);
  }
  wire.setU32(target, start + 12, payloadLength);
  return payloadEnd;
}

function writeStoredMember(target: wire.Target, start: number, message: StoredMember): number {
  const term = message.term;
  wire.writeU53(target, start, term, "StoredMember.term");
  const checksum = message.checksum;
  wire.writeU32(target, start + 8, checksum, "StoredMember.checksum");
  return start + 12;
}

function writeStoredSnapshot(target: wire.Target, start: number, message: StoredSnapshot): number {
  const indexField = message.index;
  wire.writeU53(target, start, indexField, "StoredSnapshot.index");
  const term = message.term;
  wire.writeU53(target, start + 8, term, "StoredSnapshot.term");
  const chunkCount = message.chunkCount;
  wire.writeU32(target, start + 16, chunkCount, "StoredSnapshot.chunkCount");
  const checksum = message.checksum;
  wire.writeU32(target, start + 20, checksum, "StoredSnapshot.checksum");
  return start + 24;
}

function writeStoredChunk(target: wire.Target, start: number, message: StoredChunk): number {
  const checksum = message.checksum;
  wire.writeU32(target, start, checksum, "StoredChunk.checksum");
  const chunk = message.chunk;
  const chunkEnd = wire.writeBytes(target, start + 8, chunk, "StoredChunk.chunk", start + 4);
  const chunkLength = chunkEnd - (start + 8);
  if (chunkLength > 4294967295) throw wire.tooLarge("StoredChunk.chunk", start + 4, chunkLength, "bytes", 4294967295);
  wire.setU32(target, start + 4, chunkLength);
  return chunkEnd;
}

function writeStoredIdentity(target: wire.Target, start: number, message: StoredIdentity): number {
  const storeId = message.storeId;
  wire.writeUuid(target, start, storeId, "StoredIdentity.storeId");
  const checksum = message.checksum;
  wire.writeU32(target, start + 16, checksum, "StoredIdentity.checksum");
  return start + 20;
}

function writeStoredHead(target: wire.Target, start: number, message: StoredHead): number {
  const indexField = message.index;
  wire.writeU53(target, start, indexField, "StoredHead.index");
  const checksum = message.checksum;
  wire.writeU32(target, start + 8, checksum, "StoredHead.checksum");
  return start + 12;
}

function writeStoredLeader(target: wire.Target, start: number, message: StoredLeader): number {
  const memberId = message.memberId;
  wire.setU8(target, start, memberId === undefined ? 0 : 1);
  let memberIdEnd = start + 1;
  if (memberId !== undefined) {
    const memberIdEndField = wire.writeString(target, start + 3, memberId, "StoredLeader.memberId", start + 1);
    const memberIdLength = memberIdEndField - (start + 3);
    if (memberIdLength > 65535) {
      throw wire.tooLarge("StoredLeader.memberId", start + 1, memberIdLength, "bytes", 65535);
    }
    wire.setU16(target, start + 1, memberIdLength);
    memberIdEnd = memberIdEndField;
  }
  const claim = message.claim;
  wire.writeU53(target, memberIdEnd, claim, "StoredLeader.claim");
  const checksum = message.checksum;
  wire.writeU32(target, memberIdEnd + 8, checksum, "StoredLeader.checksum");
  return memberIdEnd + 12;
}

function writeStoredClusterSnapshot(target: wire.Target, start: number, message: StoredClusterSnapshot): number {
  const indexField = message.index;
  wire.writeU53(target, start, indexField, "StoredClusterSnapshot.index");
  const term = message.term;
  wire.writeU53(target, start + 8, term, "StoredClusterSnapshot.term");
  const number = message.number;
  wire.writeU53(target, start + 16, number, "StoredClusterSnapshot.number");
  const chunkCount = message.chunkCount;
  wire.writeU32(target, start + 24, chunkCount, "StoredClusterSnapshot.chunkCount");
  const checksum = message.checksum;
  wire.writeU32(target, start + 28, checksum, "StoredClusterSnapshot.checksum");
  return start + 32;
}

/**
 * Writes the frame of a message, as a version writes it, into `target` from `offset` on, and returns where it
 * ends.
 * Throws WireError where the message breaks the schema or the frame does not fit; what stands in `target` from
 * `offset` on is undefined then.
 */
export function encodeStoreMessageInto(
  message: StoreMessage,
  version: ProtocolVersion,
  target: Uint8Array,
  offset: number,
): number {
  if (!wire.hasRoom(target, offset, 1 + sizeMaxStoreMessage(message))) {
    return wire.copyInto(encodeStoreMessage(message, version), target, offset);
  }
  try {
    return writeStoreFrame(wire.targetOf(target), offset, message, version);
  } catch (error) {
    throw wire.fromFrameStart(error, offset);
  }
}

/** How many bytes the frame of a message has, as a version writes it. Throws WireError like `encodeStoreMessage`. */
export function byteLengthOfStoreMessage(message: StoreMessage, version: ProtocolVersion): number {
  const slab = wire.reserve(1 + sizeMaxStoreMessage(message));
  const start = slab.used;
  try {
    return writeStoreFrame(slab, start, message, version) - start;
  } catch (error) {
    throw wire.fromFrameStart(error, start);
  }
}

/**
 * The message of a frame, and the version in which it was written.
 * Throws WireError, and nothing else, for bytes that are no message. Payloads are views of the frame, without
 * copying: they live as long as it does and change with it.
 */
export function decodeStoreMessage(frame: Uint8Array): DecodedStoreMessage {
  const version = readVersion(frame);
  if (version !== 1) throw wire.unsupportedVersion("frame.version", 0, version, "1");
  return { version: 1, message: readStoreMessage(frame, 1, frame.length) };
}

/** Reads a message from its tag on. */
function readStoreMessage(bytes: Uint8Array, start: number, end: number): StoreMessage {
  if (end - start < 1) throw wire.truncatedValue("frame.tag", start, end, 1);
  const tag = wire.readU8(bytes, start);
  switch (tag) {
    case 1:
      return readStoredEntry(bytes, start + 1, end);
    case 2:
      return readStoredMember(bytes, start + 1, end);
    case 3:
      return readStoredSnapshot(bytes, start + 1, end);
    case 4:
      return readStoredChunk(bytes, start + 1, end);
    case 5:
      return readStoredIdentity(bytes, start + 1, end);
    case 6:
      return readStoredHead(bytes, start + 1, end);
    case 7:
      return readStoredLeader(bytes, start + 1, end);
    case 8:
      return readStoredClusterSnapshot(bytes, start + 1, end);
    default:
      throw wire.unknownDiscriminator("frame.tag", start, tag, "StoreMessage");
  }
}

function readStoredEntry(bytes: Uint8Array, start: number, end: number): StoredEntry {
  if (end - start < 16) throw wire.truncated("StoredEntry", start, end, { term: 8, checksum: 4, payload: 4 });
  const term = wire.readU53(bytes, start, "StoredEntry.term");
  const checksum = wire.readU32(bytes, start + 8);
  const payloadLength = wire.readU32(bytes, start + 12);
  const payloadEnd = start + 16 + payloadLength;
  if (payloadEnd > end) throw wire.truncated("StoredEntry", start + 12, end, { payload: 4 + payloadLength });
  const payload = wire.readBytes(bytes, start + 16, payloadEnd);
  if (payloadEnd !== end) throw wire.trailingBytes("StoredEntry", payloadEnd, end);
  return { type: "StoredEntry", term, checksum, payload };
}

function readStoredMember(bytes: Uint8Array, start: number, end: number): StoredMember {
  if (end - start < 12) throw wire.truncated("StoredMember", start, end, { term: 8, checksum: 4 });
  const term = wire.readU53(bytes, start, "StoredMember.term");
  const checksum = wire.readU32(bytes, start + 8);
  if (start + 12 !== end) throw wire.trailingBytes("StoredMember", start + 12, end);
  return { type: "StoredMember", term, checksum };
}

function readStoredSnapshot(bytes: Uint8Array, start: number, end: number): StoredSnapshot {
  if (end - start < 24) {
    throw wire.truncated("StoredSnapshot", start, end, { index: 8, term: 8, chunkCount: 4, checksum: 4 });
  }
  const indexField = wire.readU53(bytes, start, "StoredSnapshot.index");
  const term = wire.readU53(bytes, start + 8, "StoredSnapshot.term");
  const chunkCount = wire.readU32(bytes, start + 16);
  const checksum = wire.readU32(bytes, start + 20);
  if (start + 24 !== end) throw wire.trailingBytes("StoredSnapshot", start + 24, end);
  return { type: "StoredSnapshot", index: indexField, term, chunkCount, checksum };
}

function readStoredChunk(bytes: Uint8Array, start: number, end: number): StoredChunk {
  if (end - start < 8) throw wire.truncated("StoredChunk", start, end, { checksum: 4, chunk: 4 });
  const checksum = wire.readU32(bytes, start);
  const chunkLength = wire.readU32(bytes, start + 4);
  const chunkEnd = start + 8 + chunkLength;
  if (chunkEnd > end) throw wire.truncated("StoredChunk", start + 4, end, { chunk: 4 + chunkLength });
  const chunk = wire.readBytes(bytes, start + 8, chunkEnd);
  if (chunkEnd !== end) throw wire.trailingBytes("StoredChunk", chunkEnd, end);
  return { type: "StoredChunk", checksum, chunk };
}

function readStoredIdentity(bytes: Uint8Array, start: number, end: number): StoredIdentity {
  if (end - start < 20) throw wire.truncated("StoredIdentity", start, end, { storeId: 16, checksum: 4 });
  const storeId = wire.readUuid(bytes, start);
  const checksum = wire.readU32(bytes, start + 16);
  if (start + 20 !== end) throw wire.trailingBytes("StoredIdentity", start + 20, end);
  return { type: "StoredIdentity", storeId, checksum };
}

function readStoredHead(bytes: Uint8Array, start: number, end: number): StoredHead {
  if (end - start < 12) throw wire.truncated("StoredHead", start, end, { index: 8, checksum: 4 });
  const indexField = wire.readU53(bytes, start, "StoredHead.index");
  const checksum = wire.readU32(bytes, start + 8);
  if (start + 12 !== end) throw wire.trailingBytes("StoredHead", start + 12, end);
  return { type: "StoredHead", index: indexField, checksum };
}

function readStoredLeader(bytes: Uint8Array, start: number, end: number): StoredLeader {
  if (end - start < 1) throw wire.truncated("StoredLeader", start, end, { memberId: 1 });
  let memberId: string | undefined;
  let memberIdEnd = start + 1;
  if (wire.readBool(bytes, start, "StoredLeader.memberId")) {
    if (end - start - 1 < 2) throw wire.truncated("StoredLeader", start + 1, end, { memberId: 2 });
    const memberIdLength = wire.readU16(bytes, start + 1);
    const memberIdEndField = start + 3 + memberIdLength;
    if (memberIdEndField > end) {
      throw wire.truncated("StoredLeader", start + 1, end, { memberId: 2 + memberIdLength });
    }
    memberId = wire.readString(bytes, start + 3, memberIdEndField, "StoredLeader.memberId", start + 1);
    memberIdEnd = memberIdEndField;
  }
  if (end - memberIdEnd < 12) throw wire.truncated("StoredLeader", memberIdEnd, end, { claim: 8, checksum: 4 });
  const claim = wire.readU53(bytes, memberIdEnd, "StoredLeader.claim");
  const checksum = wire.readU32(bytes, memberIdEnd + 8);
  if (memberIdEnd + 12 !== end) throw wire.trailingBytes("StoredLeader", memberIdEnd + 12, end);
  return { type: "StoredLeader", memberId, claim, checksum };
}

function readStoredClusterSnapshot(bytes: Uint8Array, start: number, end: number): StoredClusterSnapshot {
  if (end - start < 32) {
    throw wire.truncated("StoredClusterSnapshot", start, end, { index: 8, term: 8, number: 8, chunkCount: 4, checksum: 4 });
  }
  const indexField = wire.readU53(bytes, start, "StoredClusterSnapshot.index");
  const term = wire.readU53(bytes, start + 8, "StoredClusterSnapshot.term");
  const number = wire.readU53(bytes, start + 16, "StoredClusterSnapshot.number");
  const chunkCount = wire.readU32(bytes, start + 24);
  const checksum = wire.readU32(bytes, start + 28);
  if (start + 32 !== end) throw wire.trailingBytes("StoredClusterSnapshot", start + 32, end);
  return { type: "StoredClusterSnapshot", index: indexField, term, number, chunkCount, checksum };
}
