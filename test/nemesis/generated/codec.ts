// Generated from registers.yaml by "hawser generate". Do not edit: change the schema and generate again.
import * as wire from "hawser/wire";
import type {
  CommandMessage,
  Holds,
  Journal,
  JournalPart,
  Position,
  QueryMessage,
  QueryResultMessage,
  Read,
  ReadJournal,
  Register,
  ResultMessage,
  Serial,
  Serials,
  SnapshotMessage,
  Swap,
  Swapped,
  Write,
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
    case "Write":
      return 10 + wire.stringSizeMax(message.key);
    case "Swap":
      return 18 + wire.stringSizeMax(message.key);
    default:
      return 0;
  }
}

/** Writes a message from its tag on, and returns where it ends. */
function writeCommandMessage(target: wire.Target, start: number, message: CommandMessage): number {
  if (!wire.isObject(message)) throw wire.invalidValue("message", start, message, "a CommandMessage");
  switch (message.type) {
    case "Write":
      wire.setU8(target, start, 87);
      return writeWrite(target, start + 1, message);
    case "Swap":
      wire.setU8(target, start, 83);
      return writeSwap(target, start + 1, message);
    default:
      throw wire.invalidValue("message.type", start, Reflect.get(message, "type"), "the type of a CommandMessage");
  }
}

function writeWrite(target: wire.Target, start: number, message: Write): number {
  const keyField = message.key;
  const keyEnd = wire.writeString(target, start + 1, keyField, "Write.key", start);
  const keyLength = keyEnd - (start + 1);
  if (keyLength > 255) throw wire.tooLarge("Write.key", start, keyLength, "bytes", 255);
  wire.setU8(target, start, keyLength);
  const serial = message.serial;
  wire.writeI53(target, keyEnd, serial, "Write.serial");
  return keyEnd + 8;
}

function writeSwap(target: wire.Target, start: number, message: Swap): number {
  const keyField = message.key;
  const keyEnd = wire.writeString(target, start + 1, keyField, "Swap.key", start);
  const keyLength = keyEnd - (start + 1);
  if (keyLength > 255) throw wire.tooLarge("Swap.key", start, keyLength, "bytes", 255);
  wire.setU8(target, start, keyLength);
  const expected = message.expected;
  wire.writeI53(target, keyEnd, expected, "Swap.expected");
  const serial = message.serial;
  wire.writeI53(target, keyEnd + 8, serial, "Swap.serial");
  return keyEnd + 16;
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
    case 87:
      return readWrite(bytes, start + 1, end);
    case 83:
      return readSwap(bytes, start + 1, end);
    default:
      throw wire.unknownDiscriminator("frame.tag", start, tag, "CommandMessage");
  }
}

function readWrite(bytes: Uint8Array, start: number, end: number): Write {
  if (end - start < 1) throw wire.truncated("Write", start, end, { key: 1 });
  const keyLength = wire.readU8(bytes, start);
  const keyEnd = start + 1 + keyLength;
  if (end - keyEnd < 8) throw wire.truncated("Write", start, end, { key: 1 + keyLength, serial: 8 });
  const keyField = wire.readString(bytes, start + 1, keyEnd, "Write.key", start);
  const serial = wire.readI53(bytes, keyEnd, "Write.serial");
  if (keyEnd + 8 !== end) throw wire.trailingBytes("Write", keyEnd + 8, end);
  return { type: "Write", key: keyField, serial };
}

function readSwap(bytes: Uint8Array, start: number, end: number): Swap {
  if (end - start < 1) throw wire.truncated("Swap", start, end, { key: 1 });
  const keyLength = wire.readU8(bytes, start);
  const keyEnd = start + 1 + keyLength;
  if (end - keyEnd < 16) throw wire.truncated("Swap", start, end, { key: 1 + keyLength, expected: 8, serial: 8 });
  const keyField = wire.readString(bytes, start + 1, keyEnd, "Swap.key", start);
  const expected = wire.readI53(bytes, keyEnd, "Swap.expected");
  const serial = wire.readI53(bytes, keyEnd + 8, "Swap.serial");
  if (keyEnd + 16 !== end) throw wire.trailingBytes("Swap", keyEnd + 16, end);
  return { type: "Swap", key: keyField, expected, serial };
}

/**
 * The frame of a message.
 * Throws WireError where the message breaks the schema. The result shares its memory with other results but no
 * bytes; it is the caller's to keep and to change.
 */
export function encodeResultMessage(message: ResultMessage): Uint8Array {
  const slab = wire.reserve(sizeMaxResultMessage(message));
  const start = slab.used;
  try {
    return slab.take(writeResultMessage(slab, start, message));
  } catch (error) {
    throw wire.fromFrameStart(error, start);
  }
}

/** An upper bound on the bytes of a message from its tag on. */
function sizeMaxResultMessage(message: ResultMessage): number {
  if (!wire.isObject(message)) return 0;
  switch (message.type) {
    case "Written":
      return 1;
    case "Swapped":
      return 2;
    default:
      return 0;
  }
}

/** Writes a message from its tag on, and returns where it ends. */
function writeResultMessage(target: wire.Target, start: number, message: ResultMessage): number {
  if (!wire.isObject(message)) throw wire.invalidValue("message", start, message, "a ResultMessage");
  switch (message.type) {
    case "Written":
      wire.setU8(target, start, 87);
      return start + 1;
    case "Swapped":
      wire.setU8(target, start, 83);
      return writeSwapped(target, start + 1, message);
    default:
      throw wire.invalidValue("message.type", start, Reflect.get(message, "type"), "the type of a ResultMessage");
  }
}

function writeSwapped(target: wire.Target, start: number, message: Swapped): number {
  const isDone = message.isDone;
  wire.writeBool(target, start, isDone, "Swapped.isDone");
  return start + 1;
}

/**
 * Writes the frame of a message into `target` from `offset` on, and returns where it ends.
 * Throws WireError where the message breaks the schema or the frame does not fit; what stands in `target` from
 * `offset` on is undefined then.
 */
export function encodeResultMessageInto(message: ResultMessage, target: Uint8Array, offset: number): number {
  if (!wire.hasRoom(target, offset, sizeMaxResultMessage(message))) {
    return wire.copyInto(encodeResultMessage(message), target, offset);
  }
  try {
    return writeResultMessage(wire.targetOf(target), offset, message);
  } catch (error) {
    throw wire.fromFrameStart(error, offset);
  }
}

/** How many bytes the frame of a message has. Throws WireError like `encodeResultMessage`. */
export function byteLengthOfResultMessage(message: ResultMessage): number {
  const slab = wire.reserve(sizeMaxResultMessage(message));
  const start = slab.used;
  try {
    return writeResultMessage(slab, start, message) - start;
  } catch (error) {
    throw wire.fromFrameStart(error, start);
  }
}

/**
 * The message of a frame.
 * Throws WireError, and nothing else, for bytes that are no message. Payloads are views of the frame, without
 * copying: they live as long as it does and change with it.
 */
export function decodeResultMessage(frame: Uint8Array): ResultMessage {
  if (!wire.isBytes(frame)) throw wire.invalidValue("frame", 0, frame, "a Uint8Array");
  return readResultMessage(frame, 0, frame.length);
}

/** Reads a message from its tag on. */
function readResultMessage(bytes: Uint8Array, start: number, end: number): ResultMessage {
  if (end - start < 1) throw wire.truncatedValue("frame.tag", start, end, 1);
  const tag = wire.readU8(bytes, start);
  switch (tag) {
    case 87:
      if (start + 1 !== end) throw wire.trailingBytes("Written", start + 1, end);
      return { type: "Written" };
    case 83:
      return readSwapped(bytes, start + 1, end);
    default:
      throw wire.unknownDiscriminator("frame.tag", start, tag, "ResultMessage");
  }
}

function readSwapped(bytes: Uint8Array, start: number, end: number): Swapped {
  if (end - start < 1) throw wire.truncated("Swapped", start, end, { isDone: 1 });
  const isDone = wire.readBool(bytes, start, "Swapped.isDone");
  if (start + 1 !== end) throw wire.trailingBytes("Swapped", start + 1, end);
  return { type: "Swapped", isDone };
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
    case "Read":
      return 2 + wire.stringSizeMax(message.key);
    case "ReadJournal":
      return 5;
    default:
      return 0;
  }
}

/** Writes a message from its tag on, and returns where it ends. */
function writeQueryMessage(target: wire.Target, start: number, message: QueryMessage): number {
  if (!wire.isObject(message)) throw wire.invalidValue("message", start, message, "a QueryMessage");
  switch (message.type) {
    case "Read":
      wire.setU8(target, start, 82);
      return writeRead(target, start + 1, message);
    case "ReadJournal":
      wire.setU8(target, start, 74);
      return writeReadJournal(target, start + 1, message);
    default:
      throw wire.invalidValue("message.type", start, Reflect.get(message, "type"), "the type of a QueryMessage");
  }
}

function writeRead(target: wire.Target, start: number, message: Read): number {
  const keyField = message.key;
  const keyEnd = wire.writeString(target, start + 1, keyField, "Read.key", start);
  const keyLength = keyEnd - (start + 1);
  if (keyLength > 255) throw wire.tooLarge("Read.key", start, keyLength, "bytes", 255);
  wire.setU8(target, start, keyLength);
  return keyEnd;
}

function writeReadJournal(target: wire.Target, start: number, message: ReadJournal): number {
  const from = message.from;
  wire.writeU32(target, start, from, "ReadJournal.from");
  return start + 4;
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
    case 82:
      return readRead(bytes, start + 1, end);
    case 74:
      return readReadJournal(bytes, start + 1, end);
    default:
      throw wire.unknownDiscriminator("frame.tag", start, tag, "QueryMessage");
  }
}

function readRead(bytes: Uint8Array, start: number, end: number): Read {
  if (end - start < 1) throw wire.truncated("Read", start, end, { key: 1 });
  const keyLength = wire.readU8(bytes, start);
  const keyEnd = start + 1 + keyLength;
  if (keyEnd > end) throw wire.truncated("Read", start, end, { key: 1 + keyLength });
  const keyField = wire.readString(bytes, start + 1, keyEnd, "Read.key", start);
  if (keyEnd !== end) throw wire.trailingBytes("Read", keyEnd, end);
  return { type: "Read", key: keyField };
}

function readReadJournal(bytes: Uint8Array, start: number, end: number): ReadJournal {
  if (end - start < 4) throw wire.truncated("ReadJournal", start, end, { from: 4 });
  const from = wire.readU32(bytes, start);
  if (start + 4 !== end) throw wire.trailingBytes("ReadJournal", start + 4, end);
  return { type: "ReadJournal", from };
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
    case "Holds":
      return 9;
    case "Journal":
      return 1 + sizeMaxSerials(message.serials);
    default:
      return 0;
  }
}

function sizeMaxSerials(value: Serials): number {
  if (!wire.isList(value)) return 0;
  let size = 2 + value.length * 8;
  return size;
}

/** Writes a message from its tag on, and returns where it ends. */
function writeQueryResultMessage(target: wire.Target, start: number, message: QueryResultMessage): number {
  if (!wire.isObject(message)) throw wire.invalidValue("message", start, message, "a QueryResultMessage");
  switch (message.type) {
    case "Holds":
      wire.setU8(target, start, 82);
      return writeHolds(target, start + 1, message);
    case "Journal":
      wire.setU8(target, start, 74);
      return writeJournal(target, start + 1, message);
    default:
      throw wire.invalidValue("message.type", start, Reflect.get(message, "type"), "the type of a QueryResultMessage");
  }
}

function writeHolds(target: wire.Target, start: number, message: Holds): number {
  const serial = message.serial;
  wire.writeI53(target, start, serial, "Holds.serial");
  return start + 8;
}

function writeJournal(target: wire.Target, start: number, message: Journal): number {
  const serials = message.serials;
  const serialsEnd = writeSerials(target, start, serials, "Journal.serials");
  return serialsEnd;
}

function writeSerials(target: wire.Target, start: number, value: Serials, path: string): number {
  if (!wire.isList(value)) throw wire.invalidValue(path, start, value, "an array");
  const count = value.length;
  if (count > 65535) throw wire.tooLarge(path, start, count, "entries", 65535);
  wire.setU16(target, start, count);
  let offset = start + 2;
  let index = 0;
  try {
    for (; index < count; index++) {
      const item = value[index] as Serial;
      wire.writeI53(target, offset, item, "");
      offset += 8;
    }
  } catch (error) {
    throw wire.within(error, `${path}[${index}]`);
  }
  return offset;
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
    case 82:
      return readHolds(bytes, start + 1, end);
    case 74:
      return readJournal(bytes, start + 1, end);
    default:
      throw wire.unknownDiscriminator("frame.tag", start, tag, "QueryResultMessage");
  }
}

function readHolds(bytes: Uint8Array, start: number, end: number): Holds {
  if (end - start < 8) throw wire.truncated("Holds", start, end, { serial: 8 });
  const serial = wire.readI53(bytes, start, "Holds.serial");
  if (start + 8 !== end) throw wire.trailingBytes("Holds", start + 8, end);
  return { type: "Holds", serial };
}

function readJournal(bytes: Uint8Array, start: number, end: number): Journal {
  const serials = readSerials(bytes, start, end, "Journal.serials");
  const serialsEnd = readEnd;
  if (serialsEnd !== end) throw wire.trailingBytes("Journal", serialsEnd, end);
  return { type: "Journal", serials };
}

function readSerials(bytes: Uint8Array, start: number, end: number, path: string): Serials {
  if (end - start < 2) throw wire.truncatedValue(path, start, end, 2);
  const count = wire.readU16(bytes, start);
  const countMax = (end - start - 2) / 8;
  if (count > countMax) throw wire.truncatedEntries(path, start, count, countMax);
  const items: Serial[] = [];
  let offset = start + 2;
  let index = 0;
  try {
    for (; index < count; index++) {
      const item = wire.readI53(bytes, offset, "");
      items.push(item);
      offset += 8;
    }
  } catch (error) {
    throw wire.within(error, `${path}[${index}]`);
  }
  readEnd = offset;
  return items;
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
    case "Position":
      return 13;
    case "Register":
      return 10 + wire.stringSizeMax(message.key);
    case "JournalPart":
      return 1 + sizeMaxSerials(message.serials);
    default:
      return 0;
  }
}

/** Writes a message from its tag on, and returns where it ends. */
function writeSnapshotMessage(target: wire.Target, start: number, message: SnapshotMessage): number {
  if (!wire.isObject(message)) throw wire.invalidValue("message", start, message, "a SnapshotMessage");
  switch (message.type) {
    case "Position":
      wire.setU8(target, start, 1);
      return writePosition(target, start + 1, message);
    case "Register":
      wire.setU8(target, start, 2);
      return writeRegister(target, start + 1, message);
    case "JournalPart":
      wire.setU8(target, start, 3);
      return writeJournalPart(target, start + 1, message);
    default:
      throw wire.invalidValue("message.type", start, Reflect.get(message, "type"), "the type of a SnapshotMessage");
  }
}

function writePosition(target: wire.Target, start: number, message: Position): number {
  const indexField = message.index;
  wire.writeI53(target, start, indexField, "Position.index");
  const digest = message.digest;
  wire.writeU32(target, start + 8, digest, "Position.digest");
  return start + 12;
}

function writeRegister(target: wire.Target, start: number, message: Register): number {
  const keyField = message.key;
  const keyEnd = wire.writeString(target, start + 1, keyField, "Register.key", start);
  const keyLength = keyEnd - (start + 1);
  if (keyLength > 255) throw wire.tooLarge("Register.key", start, keyLength, "bytes", 255);
  wire.setU8(target, start, keyLength);
  const serial = message.serial;
  wire.writeI53(target, keyEnd, serial, "Register.serial");
  return keyEnd + 8;
}

function writeJournalPart(target: wire.Target, start: number, message: JournalPart): number {
  const serials = message.serials;
  const serialsEnd = writeSerials(target, start, serials, "JournalPart.serials");
  return serialsEnd;
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
      return readPosition(bytes, start + 1, end);
    case 2:
      return readRegister(bytes, start + 1, end);
    case 3:
      return readJournalPart(bytes, start + 1, end);
    default:
      throw wire.unknownDiscriminator("frame.tag", start, tag, "SnapshotMessage");
  }
}

function readPosition(bytes: Uint8Array, start: number, end: number): Position {
  if (end - start < 12) throw wire.truncated("Position", start, end, { index: 8, digest: 4 });
  const indexField = wire.readI53(bytes, start, "Position.index");
  const digest = wire.readU32(bytes, start + 8);
  if (start + 12 !== end) throw wire.trailingBytes("Position", start + 12, end);
  return { type: "Position", index: indexField, digest };
}

function readRegister(bytes: Uint8Array, start: number, end: number): Register {
  if (end - start < 1) throw wire.truncated("Register", start, end, { key: 1 });
  const keyLength = wire.readU8(bytes, start);
  const keyEnd = start + 1 + keyLength;
  if (end - keyEnd < 8) throw wire.truncated("Register", start, end, { key: 1 + keyLength, serial: 8 });
  const keyField = wire.readString(bytes, start + 1, keyEnd, "Register.key", start);
  const serial = wire.readI53(bytes, keyEnd, "Register.serial");
  if (keyEnd + 8 !== end) throw wire.trailingBytes("Register", keyEnd + 8, end);
  return { type: "Register", key: keyField, serial };
}

function readJournalPart(bytes: Uint8Array, start: number, end: number): JournalPart {
  const serials = readSerials(bytes, start, end, "JournalPart.serials");
  const serialsEnd = readEnd;
  if (serialsEnd !== end) throw wire.trailingBytes("JournalPart", serialsEnd, end);
  return { type: "JournalPart", serials };
}
