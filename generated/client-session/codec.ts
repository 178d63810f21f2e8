// Generated from client-session.yaml by "hawser generate". Do not edit: change the schema and generate again.
import * as wire from "../../runtime/wire/index.ts";
import type {
  ClientSessionMessage,
  ClientSessionToken,
} from "./messages.ts";

/** Versions of the protocol that this codec speaks. */
export type ProtocolVersion = 1;

/** A message, and the version in which it was written. */
export interface DecodedClientSessionMessage {
  readonly version: ProtocolVersion;
  readonly message: ClientSessionMessage;
}

/**
 * The frame of a message, as a version writes it.
 * Throws WireError where the message breaks the schema. The result shares its memory with other results but no
 * bytes; it is the caller's to keep and to change.
 */
export function encodeClientSessionMessage(message: ClientSessionMessage, version: ProtocolVersion): Uint8Array {
  const slab = wire.reserve(1 + sizeMaxClientSessionMessage(message));
  const start = slab.used;
  try {
    return slab.take(writeClientSessionFrame(slab, start, message, version));
  } catch (error) {
    throw wire.fromFrameStart(error, start);
  }
}

/** An upper bound on the bytes of a message from its tag on. */
function sizeMaxClientSessionMessage(message: ClientSessionMessage): number {
  if (!wire.isObject(message)) return 0;
  switch (message.type) {
    case "ClientSessionToken":
      return 19 + wire.stringSizeMax(message.sessionId);
    default:
      return 0;
  }
}

function writeClientSessionFrame(
  target: wire.Target,
  start: number,
  message: ClientSessionMessage,
  version: ProtocolVersion,
): number {
  if (version !== 1) throw wire.unsupportedVersion("version", start, version, "1");
  wire.setU8(target, start, 1);
  return writeClientSessionMessage(target, start + 1, message);
}

/** Writes a message from its tag on, and returns where it ends. */
function writeClientSessionMessage(target: wire.Target, start: number, message: ClientSessionMessage): number {
  if (!wire.isObject(message)) throw wire.invalidValue("message", start, message, "a ClientSessionMessage");
  switch (message.type) {
    case "ClientSessionToken":
      wire.setU8(target, start, 1);
      return writeClientSessionToken(target, start + 1, message);
    default:
      throw wire.invalidValue("message.type", start, Reflect.get(message, "type"), "the type of a ClientSessionMessage");
  }
}

function writeClientSessionToken(target: wire.Target, start: number, message: ClientSessionToken): number {
  const checksum = message.checksum;
  wire.writeU32(target, start, checksum, "ClientSessionToken.checksum");
  const sessionId = message.sessionId;
  const sessionIdEnd = wire.writeString(target, start + 5, sessionId, "ClientSessionToken.sessionId", start + 4);
  const sessionIdLength = sessionIdEnd - (start + 5);
  if (sessionIdLength > 255) {
    throw wire.tooLarge("ClientSessionToken.sessionId", start + 4, sessionIdLength, "bytes", 255);
  }
  wire.setU8(target, start + 4, sessionIdLength);
  if (sessionIdLength < 1) {
    throw wire.lengthOutOfRange("ClientSessionToken.sessionId", start + 4, sessionIdLength, "the smallest is 1");
  }
  const nextRequestId = message.nextRequestId;
  wire.writeU53(target, sessionIdEnd, nextRequestId, "ClientSessionToken.nextRequestId");
  if (nextRequestId < 1) {
    throw wire.outOfRange("ClientSessionToken.nextRequestId", sessionIdEnd, nextRequestId, "the smallest is 1");
  }
  const protocolVersionMax = message.protocolVersionMax;
  wire.writeU8(target, sessionIdEnd + 8, protocolVersionMax, "ClientSessionToken.protocolVersionMax");
  if (protocolVersionMax < 1) {
    throw wire.outOfRange("ClientSessionToken.protocolVersionMax", sessionIdEnd + 8, protocolVersionMax, "the smallest is 1");
  }
  const sessionTimeout = message.sessionTimeout;
  wire.writeU32(target, sessionIdEnd + 9, sessionTimeout, "ClientSessionToken.sessionTimeout");
  return sessionIdEnd + 13;
}

/**
 * Writes the frame of a message, as a version writes it, into `target` from `offset` on, and returns where it
 * ends.
 * Throws WireError where the message breaks the schema or the frame does not fit; what stands in `target` from
 * `offset` on is undefined then.
 */
export function encodeClientSessionMessageInto(
  message: ClientSessionMessage,
  version: ProtocolVersion,
  target: Uint8Array,
  offset: number,
): number {
  if (!wire.hasRoom(target, offset, 1 + sizeMaxClientSessionMessage(message))) {
    return wire.copyInto(encodeClientSessionMessage(message, version), target, offset);
  }
  try {
    return writeClientSessionFrame(wire.targetOf(target), offset, message, version);
  } catch (error) {
    throw wire.fromFrameStart(error, offset);
  }
}

/**
 * How many bytes the frame of a message has, as a version writes it. Throws WireError like
 * `encodeClientSessionMessage`.
 */
export function byteLengthOfClientSessionMessage(message: ClientSessionMessage, version: ProtocolVersion): number {
  const slab = wire.reserve(1 + sizeMaxClientSessionMessage(message));
  const start = slab.used;
  try {
    return writeClientSessionFrame(slab, start, message, version) - start;
  } catch (error) {
    throw wire.fromFrameStart(error, start);
  }
}

/**
 * The message of a frame, and the version in which it was written.
 * Throws WireError, and nothing else, for bytes that are no message. Payloads are views of the frame, without
 * copying: they live as long as it does and change with it.
 */
export function decodeClientSessionMessage(frame: Uint8Array): DecodedClientSessionMessage {
  const version = readVersion(frame);
  if (version !== 1) throw wire.unsupportedVersion("frame.version", 0, version, "1");
  return { version: 1, message: readClientSessionMessage(frame, 1, frame.length) };
}

/** The version of a frame. */
function readVersion(frame: Uint8Array): number {
  if (!wire.isBytes(frame)) throw wire.invalidValue("frame", 0, frame, "a Uint8Array");
  const end = frame.length;
  if (end < 1) throw wire.truncatedValue("frame.version", 0, end, 1);
  return wire.readU8(frame, 0);
}

/** Reads a message from its tag on. */
function readClientSessionMessage(bytes: Uint8Array, start: number, end: number): ClientSessionMessage {
  if (end - start < 1) throw wire.truncatedValue("frame.tag", start, end, 1);
  const tag = wire.readU8(bytes, start);
  switch (tag) {
    case 1:
      return readClientSessionToken(bytes, start + 1, end);
    default:
      throw wire.unknownDiscriminator("frame.tag", start, tag, "ClientSessionMessage");
  }
}

function readClientSessionToken(bytes: Uint8Array, start: number, end: number): ClientSessionToken {
  if (end - start < 5) throw wire.truncated("ClientSessionToken", start, end, { checksum: 4, sessionId: 1 });
  const checksum = wire.readU32(bytes, start);
  const sessionIdLength = wire.readU8(bytes, start + 4);
  const sessionIdEnd = start + 5 + sessionIdLength;
  if (end - sessionIdEnd < 13) {
    throw wire.truncated("ClientSessionToken", start + 4, end, { sessionId: 1 + sessionIdLength, nextRequestId: 8, protocolVersionMax: 1, sessionTimeout: 4 });
  }
  const sessionId = wire.readString(bytes, start + 5, sessionIdEnd, "ClientSessionToken.sessionId", start + 4);
  if (sessionIdLength < 1) {
    throw wire.lengthOutOfRange("ClientSessionToken.sessionId", start + 4, sessionIdLength, "the smallest is 1");
  }
  const nextRequestId = wire.readU53(bytes, sessionIdEnd, "ClientSessionToken.nextRequestId");
  if (nextRequestId < 1) {
    throw wire.outOfRange("ClientSessionToken.nextRequestId", sessionIdEnd, nextRequestId, "the smallest is 1");
  }
  const protocolVersionMax = wire.readU8(bytes, sessionIdEnd + 8);
  if (protocolVersionMax < 1) {
    throw wire.outOfRange("ClientSessionToken.protocolVersionMax", sessionIdEnd + 8, protocolVersionMax, "the smallest is 1");
  }
  const sessionTimeout = wire.readU32(bytes, sessionIdEnd + 9);
  if (sessionIdEnd + 13 !== end) throw wire.trailingBytes("ClientSessionToken", sessionIdEnd + 13, end);
  return { type: "ClientSessionToken", checksum, sessionId, nextRequestId, protocolVersionMax, sessionTimeout };
}
