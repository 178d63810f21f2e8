// Generated from zmtp-command.yaml by "hawser generate". Do not edit: change the schema and generate again.
import * as wire from "../../runtime/wire/index.ts";
import type {
  CommandMessage,
  Failure,
  Ping,
  Pong,
  Property,
  Ready,
} from "./messages.ts";

/** Where the list, map, struct or union ends that was read last. */
let readEnd = 0;

/**
 * The frame of a message.
 * Throws WireError where the message breaks the schema. The result shares its memory with other results but no
 * bytes; it is the caller's to keep and to change.
 */
export function encodeCommandMessage(message: CommandMessage): Uint8Array {
  const slab = wire.reserve(sizeMaxCommandMessage(message));
  const start = slab.used;
  try {
    return slab.take(writeCommandMessage(slab, start, message));
  } catch (error) {
    throw wire.fromFrameStart(error, start);
  }
}

/** An upper bound on the bytes of a message from its tag on. */
function sizeMaxCommandMessage(message: CommandMessage): number {
  if (!wire.isObject(message)) return 0;
  switch (message.type) {
    case "Ready":
      return 6 + sizeMaxReadyProperties(message.properties);
    case "Failure":
      return 7 + wire.stringSizeMax(message.reason);
    case "Ping":
      return 7 + wire.bytesSize(message.context);
    case "Pong":
      return 5 + wire.bytesSize(message.context);
    default:
      return 0;
  }
}

function sizeMaxReadyProperties(value: ReadonlyArray<Property>): number {
  if (!wire.isList(value)) return 0;
  let size = 0;
  for (const item of value) size += sizeMaxProperty(item);
  return size;
}

function sizeMaxProperty(value: Property): number {
  if (!wire.isObject(value)) return 0;
  return 5 + wire.stringSizeMax(value.name) + wire.bytesSize(value.value);
}

/** Writes a message from its tag on, and returns where it ends. */
function writeCommandMessage(target: wire.Target, start: number, message: CommandMessage): number {
  if (!wire.isObject(message)) throw wire.invalidValue("message", start, message, "a CommandMessage");
  switch (message.type) {
    case "Ready":
      wire.setTextTag(target, start, "READY");
      return writeReady(target, start + 6, message);
    case "Failure":
      wire.setTextTag(target, start, "ERROR");
      return writeFailure(target, start + 6, message);
    case "Ping":
      wire.setTextTag(target, start, "PING");
      return writePing(target, start + 5, message);
    case "Pong":
      wire.setTextTag(target, start, "PONG");
      return writePong(target, start + 5, message);
    default:
      throw wire.invalidValue("message.type", start, Reflect.get(message, "type"), "the type of a CommandMessage");
  }
}

function writeReady(target: wire.Target, start: number, message: Ready): number {
  const properties = message.properties;
  const propertiesEnd = writeReadyProperties(target, start, properties, "Ready.properties");
  return propertiesEnd;
}

function writeReadyProperties(
  target: wire.Target,
  start: number,
  value: ReadonlyArray<Property>,
  path: string,
): number {
  if (!wire.isList(value)) throw wire.invalidValue(path, start, value, "an array");
  const count = value.length;
  let offset = start;
  let index = 0;
  try {
    for (; index < count; index++) {
      const item = value[index] as Property;
      const elementEnd = writeProperty(target, offset, item, "");
      offset = elementEnd;
    }
  } catch (error) {
    throw wire.within(error, `${path}[${index}]`);
  }
  return offset;
}

function writeProperty(target: wire.Target, start: number, value: Property, path: string): number {
  if (!wire.isObject(value)) throw wire.invalidValue(path, start, value, "a Property");
  try {
    const name = value.name;
    const nameEnd = wire.writeString(target, start + 1, name, ".name", start);
    const nameLength = nameEnd - (start + 1);
    if (nameLength > 255) throw wire.tooLarge(".name", start, nameLength, "bytes", 255);
    wire.setU8(target, start, nameLength);
    if (nameLength < 1) throw wire.lengthOutOfRange(".name", start, nameLength, "the smallest is 1");
    const valueField = value.value;
    const valueEnd = wire.writeBytes(target, nameEnd + 4, valueField, ".value", nameEnd);
    const valueLength = valueEnd - (nameEnd + 4);
    if (valueLength > 4294967295) throw wire.tooLarge(".value", nameEnd, valueLength, "bytes", 4294967295);
    wire.setU32(target, nameEnd, valueLength);
    return valueEnd;
  } catch (error) {
    throw wire.within(error, path);
  }
}

function writeFailure(target: wire.Target, start: number, message: Failure): number {
  const reason = message.reason;
  const reasonEnd = wire.writeString(target, start + 1, reason, "Failure.reason", start);
  const reasonLength = reasonEnd - (start + 1);
  if (reasonLength > 255) throw wire.tooLarge("Failure.reason", start, reasonLength, "bytes", 255);
  wire.setU8(target, start, reasonLength);
  return reasonEnd;
}

function writePing(target: wire.Target, start: number, message: Ping): number {
  const ttl = message.ttl;
  wire.writeU16(target, start, ttl, "Ping.ttl");
  const context = message.context;
  const contextEnd = wire.writeBytes(target, start + 2, context, "Ping.context", start + 2);
  const contextLength = contextEnd - (start + 2);
  if (contextLength > 16) throw wire.lengthOutOfRange("Ping.context", start + 2, contextLength, "the largest is 16");
  return contextEnd;
}

function writePong(target: wire.Target, start: number, message: Pong): number {
  const context = message.context;
  const contextEnd = wire.writeBytes(target, start, context, "Pong.context", start);
  const contextLength = contextEnd - start;
  if (contextLength > 16) throw wire.lengthOutOfRange("Pong.context", start, contextLength, "the largest is 16");
  return contextEnd;
}

/**
 * Writes the frame of a message into `target` from `offset` on, and returns where it ends.
 * Throws WireError where the message breaks the schema or the frame does not fit; what stands in `target` from
 * `offset` on is undefined then.
 */
export function encodeCommandMessageInto(message: CommandMessage, target: Uint8Array, offset: number): number {
  if (!wire.hasRoom(target, offset, sizeMaxCommandMessage(message))) {
    return wire.copyInto(encodeCommandMessage(message), target, offset);
  }
  try {
    return writeCommandMessage(wire.targetOf(target), offset, message);
  } catch (error) {
    throw wire.fromFrameStart(error, offset);
  }
}

/** How many bytes the frame of a message has. Throws WireError like `encodeCommandMessage`. */
export function byteLengthOfCommandMessage(message: CommandMessage): number {
  const slab = wire.reserve(sizeMaxCommandMessage(message));
  const start = slab.used;
  try {
    return writeCommandMessage(slab, start, message) - start;
  } catch (error) {
    throw wire.fromFrameStart(error, start);
  }
}

/**
 * The message of a frame.
 * Throws WireError, and nothing else, for bytes that are no message. Payloads are views of the frame, without
 * copying: they live as long as it does and change with it.
 */
export function decodeCommandMessage(frame: Uint8Array): CommandMessage {
  if (!wire.isBytes(frame)) throw wire.invalidValue("frame", 0, frame, "a Uint8Array");
  return readCommandMessage(frame, 0, frame.length);
}

/** Reads a message from its tag on. */
function readCommandMessage(bytes: Uint8Array, start: number, end: number): CommandMessage {
  if (end - start < 1) throw wire.truncatedValue("frame.tag", start, end, 1);
  const tagEnd = start + 1 + wire.readU8(bytes, start);
  if (tagEnd > end) throw wire.truncatedValue("frame.tag", start, end, tagEnd - start);
  const tag = wire.readTextTag(bytes, start + 1, tagEnd);
  switch (tag) {
    case "READY":
      return readReady(bytes, tagEnd, end);
    case "ERROR":
      return readFailure(bytes, tagEnd, end);
    case "PING":
      return readPing(bytes, tagEnd, end);
    case "PONG":
      return readPong(bytes, tagEnd, end);
    default:
      throw wire.unknownDiscriminator("frame.tag", start, tag, "CommandMessage");
  }
}

function readReady(bytes: Uint8Array, start: number, end: number): Ready {
  const properties = readReadyProperties(bytes, start, end, "Ready.properties");
  return { type: "Ready", properties };
}

function readReadyProperties(bytes: Uint8Array, start: number, end: number, path: string): ReadonlyArray<Property> {
  const items: Property[] = [];
  let offset = start;
  try {
    while (offset < end) {
      const item = readProperty(bytes, offset, end, "");
      const itemEnd = readEnd;
      items.push(item);
      offset = itemEnd;
    }
  } catch (error) {
    throw wire.within(error, `${path}[${items.length}]`);
  }
  return items;
}

function readProperty(bytes: Uint8Array, start: number, end: number, path: string): Property {
  try {
    if (end - start < 1) throw wire.truncated("", start, end, { name: 1 });
    const nameLength = wire.readU8(bytes, start);
    const nameEnd = start + 1 + nameLength;
    if (end - nameEnd < 4) throw wire.truncated("", start, end, { name: 1 + nameLength, value: 4 });
    const name = wire.readString(bytes, start + 1, nameEnd, ".name", start);
    if (nameLength < 1) throw wire.lengthOutOfRange(".name", start, nameLength, "the smallest is 1");
    const valueLength = wire.readU32(bytes, nameEnd);
    const valueEnd = nameEnd + 4 + valueLength;
    if (valueEnd > end) throw wire.truncated("", nameEnd, end, { value: 4 + valueLength });
    const valueField = wire.readBytes(bytes, nameEnd + 4, valueEnd);
    readEnd = valueEnd;
    return { name, value: valueField };
  } catch (error) {
    throw wire.within(error, path);
  }
}

function readFailure(bytes: Uint8Array, start: number, end: number): Failure {
  if (end - start < 1) throw wire.truncated("Failure", start, end, { reason: 1 });
  const reasonLength = wire.readU8(bytes, start);
  const reasonEnd = start + 1 + reasonLength;
  if (reasonEnd > end) throw wire.truncated("Failure", start, end, { reason: 1 + reasonLength });
  const reason = wire.readString(bytes, start + 1, reasonEnd, "Failure.reason", start);
  if (reasonEnd !== end) throw wire.trailingBytes("Failure", reasonEnd, end);
  return { type: "Failure", reason };
}

function readPing(bytes: Uint8Array, start: number, end: number): Ping {
  if (end - start < 2) throw wire.truncated("Ping", start, end, { ttl: 2 });
  const ttl = wire.readU16(bytes, start);
  const contextLength = end - start - 2;
  const context = wire.readBytes(bytes, start + 2, end);
  if (contextLength > 16) throw wire.lengthOutOfRange("Ping.context", start + 2, contextLength, "the largest is 16");
  return { type: "Ping", ttl, context };
}

function readPong(bytes: Uint8Array, start: number, end: number): Pong {
  const contextLength = end - start;
  const context = wire.readBytes(bytes, start, end);
  if (contextLength > 16) throw wire.lengthOutOfRange("Pong.context", start, contextLength, "the largest is 16");
  return { type: "Pong", context };
}
