// Generated from kv.yaml by "hawser generate". Do not edit: change the schema and generate again.
import * as wire from "hawser/wire";
import type {
  CommandMessage,
  Get,
  Notification,
  NotificationMessage,
  Present,
  QueryMessage,
  QueryResultMessage,
  Set,
  SnapshotMessage,
  Value,
  Watch,
  Watcher,
} from "./messages.ts";

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
    case "Set":
      return 9 + wire.stringSizeMax(message.key) + wire.stringSizeMax(message.value);
    case "Watch":
      return 5 + wire.stringSizeMax(message.key);
    default:
      return 0;
  }
}

/** Writes a message from its tag on, and returns where it ends. */
function writeCommandMessage(target: wire.Target, start: number, message: CommandMessage): number {
  if (!wire.isObject(message)) throw wire.invalidValue("message", start, message, "a CommandMessage");
  switch (message.type) {
    case "Set":
      wire.setU8(target, start, 83);
      return writeSet(target, start + 1, message);
    case "Watch":
      wire.setU8(target, start, 87);
      return writeWatch(target, start + 1, message);
    default:
      throw wire.invalidValue("message.type", start, Reflect.get(message, "type"), "the type of a CommandMessage");
  }
}

function writeSet(target: wire.Target, start: number, message: Set): number {
  const keyField = message.key;
  const keyEnd = wire.writeString(target, start + 4, keyField, "Set.key", start);
  const keyLength = keyEnd - (start + 4);
  if (keyLength > 2147483647) throw wire.tooLarge("Set.key", start, keyLength, "bytes", 2147483647);
  wire.setU32(target, start, keyLength);
  const valueField = message.value;
  const valueEnd = wire.writeString(target, keyEnd + 4, valueField, "Set.value", keyEnd);
  const valueLength = valueEnd - (keyEnd + 4);
  if (valueLength > 2147483647) throw wire.tooLarge("Set.value", keyEnd, valueLength, "bytes", 2147483647);
  wire.setU32(target, keyEnd, valueLength);
  return valueEnd;
}

function writeWatch(target: wire.Target, start: number, message: Watch): number {
  const keyField = message.key;
  const keyEnd = wire.writeString(target, start + 4, keyField, "Watch.key", start);
  const keyLength = keyEnd - (start + 4);
  if (keyLength > 2147483647) throw wire.tooLarge("Watch.key", start, keyLength, "bytes", 2147483647);
  wire.setU32(target, start, keyLength);
  return keyEnd;
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
  const tag = wire.readU8(bytes, start);
  switch (tag) {
    case 83:
      return readSet(bytes, start + 1, end);
    case 87:
      return readWatch(bytes, start + 1, end);
    default:
      throw wire.unknownDiscriminator("frame.tag", start, tag, "CommandMessage");
  }
}

function readSet(bytes: Uint8Array, start: number, end: number): Set {
  if (end - start < 4) throw wire.truncated("Set", start, end, { key: 4 });
  const keyLength = wire.readI32(bytes, start);
  if (keyLength < 0) throw wire.lengthOutOfRange("Set.key", start, keyLength, "the smallest is 0");
  const keyEnd = start + 4 + keyLength;
  if (end - keyEnd < 4) throw wire.truncated("Set", start, end, { key: 4 + keyLength, value: 4 });
  const keyField = wire.readString(bytes, start + 4, keyEnd, "Set.key", start);
  const valueLength = wire.readI32(bytes, keyEnd);
  if (valueLength < 0) throw wire.lengthOutOfRange("Set.value", keyEnd, valueLength, "the smallest is 0");
  const valueEnd = keyEnd + 4 + valueLength;
  if (valueEnd > end) throw wire.truncated("Set", keyEnd, end, { value: 4 + valueLength });
  const valueField = wire.readString(bytes, keyEnd + 4, valueEnd, "Set.value", keyEnd);
  if (valueEnd !== end) throw wire.trailingBytes("Set", valueEnd, end);
  return { type: "Set", key: keyField, value: valueField };
}

function readWatch(bytes: Uint8Array, start: number, end: number): Watch {
  if (end - start < 4) throw wire.truncated("Watch", start, end, { key: 4 });
  const keyLength = wire.readI32(bytes, start);
  if (keyLength < 0) throw wire.lengthOutOfRange("Watch.key", start, keyLength, "the smallest is 0");
  const keyEnd = start + 4 + keyLength;
  if (keyEnd > end) throw wire.truncated("Watch", start, end, { key: 4 + keyLength });
  const keyField = wire.readString(bytes, start + 4, keyEnd, "Watch.key", start);
  if (keyEnd !== end) throw wire.trailingBytes("Watch", keyEnd, end);
  return { type: "Watch", key: keyField };
}

/**
 * The frame of a message.
 * Throws WireError where the message breaks the schema. The result shares its memory with other results but no
 * bytes; it is the caller's to keep and to change.
 */
export function encodeQueryMessage(message: QueryMessage): Uint8Array {
  const slab = wire.reserve(sizeMaxQueryMessage(message));
  const start = slab.used;
  try {
    return slab.take(writeQueryMessage(slab, start, message));
  } catch (error) {
    throw wire.fromFrameStart(error, start);
  }
}

/** An upper bound on the bytes of a message from its tag on. */
function sizeMaxQueryMessage(message: QueryMessage): number {
  if (!wire.isObject(message)) return 0;
  switch (message.type) {
    case "Get":
      return 5 + wire.stringSizeMax(message.key);
    default:
      return 0;
  }
}

/** Writes a message from its tag on, and returns where it ends. */
function writeQueryMessage(target: wire.Target, start: number, message: QueryMessage): number {
  if (!wire.isObject(message)) throw wire.invalidValue("message", start, message, "a QueryMessage");
  switch (message.type) {
    case "Get":
      wire.setU8(target, start, 71);
      return writeGet(target, start + 1, message);
    default:
      throw wire.invalidValue("message.type", start, Reflect.get(message, "type"), "the type of a QueryMessage");
  }
}

function writeGet(target: wire.Target, start: number, message: Get): number {
  const keyField = message.key;
  const keyEnd = wire.writeString(target, start + 4, keyField, "Get.key", start);
  const keyLength = keyEnd - (start + 4);
  if (keyLength > 2147483647) throw wire.tooLarge("Get.key", start, keyLength, "bytes", 2147483647);
  wire.setU32(target, start, keyLength);
  return keyEnd;
}

/**
 * Writes the frame of a message into `target` from `offset` on, and returns where it ends.
 * Throws WireError where the message breaks the schema or the frame does not fit; what stands in `target` from
 * `offset` on is undefined then.
 */
export function encodeQueryMessageInto(message: QueryMessage, target: Uint8Array, offset: number): number {
  if (!wire.hasRoom(target, offset, sizeMaxQueryMessage(message))) {
    return wire.copyInto(encodeQueryMessage(message), target, offset);
  }
  try {
    return writeQueryMessage(wire.targetOf(target), offset, message);
  } catch (error) {
    throw wire.fromFrameStart(error, offset);
  }
}

/** How many bytes the frame of a message has. Throws WireError like `encodeQueryMessage`. */
export function byteLengthOfQueryMessage(message: QueryMessage): number {
  const slab = wire.reserve(sizeMaxQueryMessage(message));
  const start = slab.used;
  try {
    return writeQueryMessage(slab, start, message) - start;
  } catch (error) {
    throw wire.fromFrameStart(error, start);
  }
}

/**
 * The message of a frame.
 * Throws WireError, and nothing else, for bytes that are no message. Payloads are views of the frame, without
 * copying: they live as long as it does and change with it.
 */
export function decodeQueryMessage(frame: Uint8Array): QueryMessage {
  if (!wire.isBytes(frame)) throw wire.invalidValue("frame", 0, frame, "a Uint8Array");
  return readQueryMessage(frame, 0, frame.length);
}

/** Reads a message from its tag on. */
function readQueryMessage(bytes: Uint8Array, start: number, end: number): QueryMessage {
  if (end - start < 1) throw wire.truncatedValue("frame.tag", start, end, 1);
  const tag = wire.readU8(bytes, start);
  switch (tag) {
    case 71:
      return readGet(bytes, start + 1, end);
    default:
      throw wire.unknownDiscriminator("frame.tag", start, tag, "QueryMessage");
  }
}

function readGet(bytes: Uint8Array, start: number, end: number): Get {
  if (end - start < 4) throw wire.truncated("Get", start, end, { key: 4 });
  const keyLength = wire.readI32(bytes, start);
  if (keyLength < 0) throw wire.lengthOutOfRange("Get.key", start, keyLength, "the smallest is 0");
  const keyEnd = start + 4 + keyLength;
  if (keyEnd > end) throw wire.truncated("Get", start, end, { key: 4 + keyLength });
  const keyField = wire.readString(bytes, start + 4, keyEnd, "Get.key", start);
  if (keyEnd !== end) throw wire.trailingBytes("Get", keyEnd, end);
  return { type: "Get", key: keyField };
}

/**
 * The frame of a message.
 * Throws WireError where the message breaks the schema. The result shares its memory with other results but no
 * bytes; it is the caller's to keep and to change.
 */
export function encodeQueryResultMessage(message: QueryResultMessage): Uint8Array {
  const slab = wire.reserve(sizeMaxQueryResultMessage(message));
  const start = slab.used;
  try {
    return slab.take(writeQueryResultMessage(slab, start, message));
  } catch (error) {
    throw wire.fromFrameStart(error, start);
  }
}

/** An upper bound on the bytes of a message from its tag on. */
function sizeMaxQueryResultMessage(message: QueryResultMessage): number {
  if (!wire.isObject(message)) return 0;
  switch (message.type) {
    case "Absent":
      return 1;
    case "Present":
      return 5 + wire.stringSizeMax(message.value);
    default:
      return 0;
  }
}

/** Writes a message from its tag on, and returns where it ends. */
function writeQueryResultMessage(target: wire.Target, start: number, message: QueryResultMessage): number {
  if (!wire.isObject(message)) throw wire.invalidValue("message", start, message, "a QueryResultMessage");
  switch (message.type) {
    case "Absent":
      wire.setU8(target, start, 0);
      return start + 1;
    case "Present":
      wire.setU8(target, start, 255);
      return writePresent(target, start + 1, message);
    default:
      throw wire.invalidValue("message.type", start, Reflect.get(message, "type"), "the type of a QueryResultMessage");
  }
}

function writePresent(target: wire.Target, start: number, message: Present): number {
  const valueField = message.value;
  const valueEnd = wire.writeString(target, start + 4, valueField, "Present.value", start);
  const valueLength = valueEnd - (start + 4);
  if (valueLength > 2147483647) throw wire.tooLarge("Present.value", start, valueLength, "bytes", 2147483647);
  wire.setU32(target, start, valueLength);
  return valueEnd;
}

/**
 * Writes the frame of a message into `target` from `offset` on, and returns where it ends.
 * Throws WireError where the message breaks the schema or the frame does not fit; what stands in `target` from
 * `offset` on is undefined then.
 */
export function encodeQueryResultMessageInto(
  message: QueryResultMessage,
  target: Uint8Array,
  offset: number,
): number {
  if (!wire.hasRoom(target, offset, sizeMaxQueryResultMessage(message))) {
    return wire.copyInto(encodeQueryResultMessage(message), target, offset);
  }
  try {
    return writeQueryResultMessage(wire.targetOf(target), offset, message);
  } catch (error) {
    throw wire.fromFrameStart(error, offset);
  }
}

/** How many bytes the frame of a message has. Throws WireError like `encodeQueryResultMessage`. */
export function byteLengthOfQueryResultMessage(message: QueryResultMessage): number {
  const slab = wire.reserve(sizeMaxQueryResultMessage(message));
  const start = slab.used;
  try {
    return writeQueryResultMessage(slab, start, message) - start;
  } catch (error) {
    throw wire.fromFrameStart(error, start);
  }
}

/**
 * The message of a frame.
 * Throws WireError, and nothing else, for bytes that are no message. Payloads are views of the frame, without
 * copying: they live as long as it does and change with it.
 */
export function decodeQueryResultMessage(frame: Uint8Array): QueryResultMessage {
  if (!wire.isBytes(frame)) throw wire.invalidValue("frame", 0, frame, "a Uint8Array");
  return readQueryResultMessage(frame, 0, frame.length);
}

/** Reads a message from its tag on. */
function readQueryResultMessage(bytes: Uint8Array, start: number, end: number): QueryResultMessage {
  if (end - start < 1) throw wire.truncatedValue("frame.tag", start, end, 1);
  const tag = wire.readU8(bytes, start);
  switch (tag) {
    case 0:
      if (start + 1 !== end) throw wire.trailingBytes("Absent", start + 1, end);
      return { type: "Absent" };
    case 255:
      return readPresent(bytes, start + 1, end);
    default:
      throw wire.unknownDiscriminator("frame.tag", start, tag, "QueryResultMessage");
  }
}

function readPresent(bytes: Uint8Array, start: number, end: number): Present {
  if (end - start < 4) throw wire.truncated("Present", start, end, { value: 4 });
  const valueLength = wire.readI32(bytes, start);
  if (valueLength < 0) throw wire.lengthOutOfRange("Present.value", start, valueLength, "the smallest is 0");
  const valueEnd = start + 4 + valueLength;
  if (valueEnd > end) throw wire.truncated("Present", start, end, { value: 4 + valueLength });
  const valueField = wire.readString(bytes, start + 4, valueEnd, "Present.value", start);
  if (valueEnd !== end) throw wire.trailingBytes("Present", valueEnd, end);
  return { type: "Present", value: valueField };
}

/**
 * The frame of a message.
 * Throws WireError where the message breaks the schema. The result shares its memory with other results but no
 * bytes; it is the caller's to keep and to change.
 */
export function encodeNotificationMessage(message: NotificationMessage): Uint8Array {
  const slab = wire.reserve(sizeMaxNotificationMessage(message));
  const start = slab.used;
  try {
    return slab.take(writeNotificationMessage(slab, start, message));
  } catch (error) {
    throw wire.fromFrameStart(error, start);
  }
}

/** An upper bound on the bytes of a message from its tag on. */
function sizeMaxNotificationMessage(message: NotificationMessage): number {
  if (!wire.isObject(message)) return 0;
  switch (message.type) {
    case "Notification":
      return 9 + wire.stringSizeMax(message.key) + wire.stringSizeMax(message.value);
    default:
      return 0;
  }
}

/** Writes a message from its tag on, and returns where it ends. */
function writeNotificationMessage(target: wire.Target, start: number, message: NotificationMessage): number {
  if (!wire.isObject(message)) throw wire.invalidValue("message", start, message, "a NotificationMessage");
  switch (message.type) {
    case "Notification":
      wire.setU8(target, start, 78);
      return writeNotification(target, start + 1, message);
    default:
      throw wire.invalidValue("message.type", start, Reflect.get(message, "type"), "the type of a NotificationMessage");
  }
}

function writeNotification(target: wire.Target, start: number, message: Notification): number {
  const keyField = message.key;
  const keyEnd = wire.writeString(target, start + 4, keyField, "Notification.key", start);
  const keyLength = keyEnd - (start + 4);
  if (keyLength > 2147483647) throw wire.tooLarge("Notification.key", start, keyLength, "bytes", 2147483647);
  wire.setU32(target, start, keyLength);
  const valueField = message.value;
  const valueEnd = wire.writeString(target, keyEnd + 4, valueField, "Notification.value", keyEnd);
  const valueLength = valueEnd - (keyEnd + 4);
  if (valueLength > 2147483647) throw wire.tooLarge("Notification.value", keyEnd, valueLength, "bytes", 2147483647);
  wire.setU32(target, keyEnd, valueLength);
  return valueEnd;
}

/**
 * Writes the frame of a message into `target` from `offset` on, and returns where it ends.
 * Throws WireError where the message breaks the schema or the frame does not fit; what stands in `target` from
 * `offset` on is undefined then.
 */
export function encodeNotificationMessageInto(
  message: NotificationMessage,
  target: Uint8Array,
  offset: number,
): number {
  if (!wire.hasRoom(target, offset, sizeMaxNotificationMessage(message))) {
    return wire.copyInto(encodeNotificationMessage(message), target, offset);
  }
  try {
    return writeNotificationMessage(wire.targetOf(target), offset, message);
  } catch (error) {
    throw wire.fromFrameStart(error, offset);
  }
}

/** How many bytes the frame of a message has. Throws WireError like `encodeNotificationMessage`. */
export function byteLengthOfNotificationMessage(message: NotificationMessage): number {
  const slab = wire.reserve(sizeMaxNotificationMessage(message));
  const start = slab.used;
  try {
    return writeNotificationMessage(slab, start, message) - start;
  } catch (error) {
    throw wire.fromFrameStart(error, start);
  }
}

/**
 * The message of a frame.
 * Throws WireError, and nothing else, for bytes that are no message. Payloads are views of the frame, without
 * copying: they live as long as it does and change with it.
 */
export function decodeNotificationMessage(frame: Uint8Array): NotificationMessage {
  if (!wire.isBytes(frame)) throw wire.invalidValue("frame", 0, frame, "a Uint8Array");
  return readNotificationMessage(frame, 0, frame.length);
}

/** Reads a message from its tag on. */
function readNotificationMessage(bytes: Uint8Array, start: number, end: number): NotificationMessage {
  if (end - start < 1) throw wire.truncatedValue("frame.tag", start, end, 1);
  const tag = wire.readU8(bytes, start);
  switch (tag) {
    case 78:
      return readNotification(bytes, start + 1, end);
    default:
      throw wire.unknownDiscriminator("frame.tag", start, tag, "NotificationMessage");
  }
}

function readNotification(bytes: Uint8Array, start: number, end: number): Notification {
  if (end - start < 4) throw wire.truncated("Notification", start, end, { key: 4 });
  const keyLength = wire.readI32(bytes, start);
  if (keyLength < 0) throw wire.lengthOutOfRange("Notification.key", start, keyLength, "the smallest is 0");
  const keyEnd = start + 4 + keyLength;
  if (end - keyEnd < 4) throw wire.truncated("Notification", start, end, { key: 4 + keyLength, value: 4 });
  const keyField = wire.readString(bytes, start + 4, keyEnd, "Notification.key", start);
  const valueLength = wire.readI32(bytes, keyEnd);
  if (valueLength < 0) throw wire.lengthOutOfRange("Notification.value", keyEnd, valueLength, "the smallest is 0");
  const valueEnd = keyEnd + 4 + valueLength;
  if (valueEnd > end) throw wire.truncated("Notification", keyEnd, end, { value: 4 + valueLength });
  const valueField = wire.readString(bytes, keyEnd + 4, valueEnd, "Notification.value", keyEnd);
  if (valueEnd !== end) throw wire.trailingBytes("Notification", valueEnd, end);
  return { type: "Notification", key: keyField, value: valueField };
}

/**
 * The frame of a message.
 * Throws WireError where the message breaks the schema. The result shares its memory with other results but no
 * bytes; it is the caller's to keep and to change.
 */
export function encodeSnapshotMessage(message: SnapshotMessage): Uint8Array {
  const slab = wire.reserve(sizeMaxSnapshotMessage(message));
  const start = slab.used;
  try {
    return slab.take(writeSnapshotMessage(slab, start, message));
  } catch (error) {
    throw wire.fromFrameStart(error, start);
  }
}

/** An upper bound on the bytes of a message from its tag on. */
function sizeMaxSnapshotMessage(message: SnapshotMessage): number {
  if (!wire.isObject(message)) return 0;
  switch (message.type) {
    case "Value":
      return 9 + wire.stringSizeMax(message.key) + wire.stringSizeMax(message.value);
    case "Watcher":
      return 6 + wire.stringSizeMax(message.key) + wire.stringSizeMax(message.sessionId);
    default:
      return 0;
  }
}

/** Writes a message from its tag on, and returns where it ends. */
function writeSnapshotMessage(target: wire.Target, start: number, message: SnapshotMessage): number {
  if (!wire.isObject(message)) throw wire.invalidValue("message", start, message, "a SnapshotMessage");
  switch (message.type) {
    case "Value":
      wire.setU8(target, start, 1);
      return writeValue(target, start + 1, message);
    case "Watcher":
      wire.setU8(target, start, 2);
      return writeWatcher(target, start + 1, message);
    default:
      throw wire.invalidValue("message.type", start, Reflect.get(message, "type"), "the type of a SnapshotMessage");
  }
}

function writeValue(target: wire.Target, start: number, message: Value): number {
  const keyField = message.key;
  const keyEnd = wire.writeString(target, start + 4, keyField, "Value.key", start);
  const keyLength = keyEnd - (start + 4);
  if (keyLength > 2147483647) throw wire.tooLarge("Value.key", start, keyLength, "bytes", 2147483647);
  wire.setU32(target, start, keyLength);
  const valueField = message.value;
  const valueEnd = wire.writeString(target, keyEnd + 4, valueField, "Value.value", keyEnd);
  const valueLength = valueEnd - (keyEnd + 4);
  if (valueLength > 2147483647) throw wire.tooLarge("Value.value", keyEnd, valueLength, "bytes", 2147483647);
  wire.setU32(target, keyEnd, valueLength);
  return valueEnd;
}

function writeWatcher(target: wire.Target, start: number, message: Watcher): number {
  const keyField = message.key;
  const keyEnd = wire.writeString(target, start + 4, keyField, "Watcher.key", start);
  const keyLength = keyEnd - (start + 4);
  if (keyLength > 2147483647) throw wire.tooLarge("Watcher.key", start, keyLength, "bytes", 2147483647);
  wire.setU32(target, start, keyLength);
  const sessionId = message.sessionId;
  const sessionIdEnd = wire.writeString(target, keyEnd + 1, sessionId, "Watcher.sessionId", keyEnd);
  const sessionIdLength = sessionIdEnd - (keyEnd + 1);
  if (sessionIdLength > 255) throw wire.tooLarge("Watcher.sessionId", keyEnd, sessionIdLength, "bytes", 255);
  wire.setU8(target, keyEnd, sessionIdLength);
  return sessionIdEnd;
}

/**
 * Writes the frame of a message into `target` from `offset` on, and returns where it ends.
 * Throws WireError where the message breaks the schema or the frame does not fit; what stands in `target` from
 * `offset` on is undefined then.
 */
export function encodeSnapshotMessageInto(message: SnapshotMessage, target: Uint8Array, offset: number): number {
  if (!wire.hasRoom(target, offset, sizeMaxSnapshotMessage(message))) {
    return wire.copyInto(encodeSnapshotMessage(message), target, offset);
  }
  try {
    return writeSnapshotMessage(wire.targetOf(target), offset, message);
  } catch (error) {
    throw wire.fromFrameStart(error, offset);
  }
}

/** How many bytes the frame of a message has. Throws WireError like `encodeSnapshotMessage`. */
export function byteLengthOfSnapshotMessage(message: SnapshotMessage): number {
  const slab = wire.reserve(sizeMaxSnapshotMessage(message));
  const start = slab.used;
  try {
    return writeSnapshotMessage(slab, start, message) - start;
  } catch (error) {
    throw wire.fromFrameStart(error, start);
  }
}

/**
 * The message of a frame.
 * Throws WireError, and nothing else, for bytes that are no message. Payloads are views of the frame, without
 * copying: they live as long as it does and change with it.
 */
export function decodeSnapshotMessage(frame: Uint8Array): SnapshotMessage {
  if (!wire.isBytes(frame)) throw wire.invalidValue("frame", 0, frame, "a Uint8Array");
  return readSnapshotMessage(frame, 0, frame.length);
}

/** Reads a message from its tag on. */
function readSnapshotMessage(bytes: Uint8Array, start: number, end: number): SnapshotMessage {
  if (end - start < 1) throw wire.truncatedValue("frame.tag", start, end, 1);
  const tag = wire.readU8(bytes, start);
  switch (tag) {
    case 1:
      return readValue(bytes, start + 1, end);
    case 2:
      return readWatcher(bytes, start + 1, end);
    default:
      throw wire.unknownDiscriminator("frame.tag", start, tag, "SnapshotMessage");
  }
}

function readValue(bytes: Uint8Array, start: number, end: number): Value {
  if (end - start < 4) throw wire.truncated("Value", start, end, { key: 4 });
  const keyLength = wire.readI32(bytes, start);
  if (keyLength < 0) throw wire.lengthOutOfRange("Value.key", start, keyLength, "the smallest is 0");
  const keyEnd = start + 4 + keyLength;
  if (end - keyEnd < 4) throw wire.truncated("Value", start, end, { key: 4 + keyLength, value: 4 });
  const keyField = wire.readString(bytes, start + 4, keyEnd, "Value.key", start);
  const valueLength = wire.readI32(bytes, keyEnd);
  if (valueLength < 0) throw wire.lengthOutOfRange("Value.value", keyEnd, valueLength, "the smallest is 0");
  const valueEnd = keyEnd + 4 + valueLength;
  if (valueEnd > end) throw wire.truncated("Value", keyEnd, end, { value: 4 + valueLength });
  const valueField = wire.readString(bytes, keyEnd + 4, valueEnd, "Value.value", keyEnd);
  if (valueEnd !== end) throw wire.trailingBytes("Value", valueEnd, end);
  return { type: "Value", key: keyField, value: valueField };
}

function readWatcher(bytes: Uint8Array, start: number, end: number): Watcher {
  if (end - start < 4) throw wire.truncated("Watcher", start, end, { key: 4 });
  const keyLength = wire.readI32(bytes, start);
  if (keyLength < 0) throw wire.lengthOutOfRange("Watcher.key", start, keyLength, "the smallest is 0");
  const keyEnd = start + 4 + keyLength;
  if (end - keyEnd < 1) throw wire.truncated("Watcher", start, end, { key: 4 + keyLength, sessionId: 1 });
  const keyField = wire.readString(bytes, start + 4, keyEnd, "Watcher.key", start);
  const sessionIdLength = wire.readU8(bytes, keyEnd);
  const sessionIdEnd = keyEnd + 1 + sessionIdLength;
  if (sessionIdEnd > end) throw wire.truncated("Watcher", keyEnd, end, { sessionId: 1 + sessionIdLength });
  const sessionId = wire.readString(bytes, keyEnd + 1, sessionIdEnd, "Watcher.sessionId", keyEnd);
  if (sessionIdEnd !== end) throw wire.trailingBytes("Watcher", sessionIdEnd, end);
  return { type: "Watcher", key: keyField, sessionId };
}
