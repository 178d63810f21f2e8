// Generated from counter.yaml by "hawser generate". Do not edit: change the schema and generate again.
import * as wire from "hawser/wire";
import type {
  Add,
  AnswerMessage,
  CommandMessage,
  QueryMessage,
  SnapshotMessage,
  State,
  Total,
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
    case "Add":
      return 9;
    default:
      return 0;
  }
}

/** Writes a message from its tag on, and returns where it ends. */
function writeCommandMessage(target: wire.Target, start: number, message: CommandMessage): number {
  if (!wire.isObject(message)) throw wire.invalidValue("message", start, message, "a CommandMessage");
  switch (message.type) {
    case "Add":
      wire.setU8(target, start, 1);
      return writeAdd(target, start + 1, message);
    default:
      throw wire.invalidValue("message.type", start, Reflect.get(message, "type"), "the type of a CommandMessage");
  }
}

function writeAdd(target: wire.Target, start: number, message: Add): number {
  const amount = message.amount;
  wire.writeI53(target, start, amount, "Add.amount");
  return start + 8;
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
    case 1:
      return readAdd(bytes, start + 1, end);
    default:
      throw wire.unknownDiscriminator("frame.tag", start, tag, "CommandMessage");
  }
}

function readAdd(bytes: Uint8Array, start: number, end: number): Add {
  if (end - start < 8) throw wire.truncated("Add", start, end, { amount: 8 });
  const amount = wire.readI53(bytes, start, "Add.amount");
  if (start + 8 !== end) throw wire.trailingBytes("Add", start + 8, end);
  return { type: "Add", amount };
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
      return 1;
    default:
      return 0;
  }
}

/** Writes a message from its tag on, and returns where it ends. */
function writeQueryMessage(target: wire.Target, start: number, message: QueryMessage): number {
  if (!wire.isObject(message)) throw wire.invalidValue("message", start, message, "a QueryMessage");
  switch (message.type) {
    case "Read":
      wire.setU8(target, start, 1);
      return start + 1;
    default:
      throw wire.invalidValue("message.type", start, Reflect.get(message, "type"), "the type of a QueryMessage");
  }
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
    case 1:
      if (start + 1 !== end) throw wire.trailingBytes("Read", start + 1, end);
      return { type: "Read" };
    default:
      throw wire.unknownDiscriminator("frame.tag", start, tag, "QueryMessage");
  }
}

/**
 * The frame of a message.
 * Throws WireError where the message breaks the schema. The result shares its memory with other results but no
 * bytes; it is the caller's to keep and to change.
 */
export function encodeAnswerMessage(message: AnswerMessage): Uint8Array {
  const slab = wire.reserve(sizeMaxAnswerMessage(message));
  const start = slab.used;
  try {
    return slab.take(writeAnswerMessage(slab, start, message));
  } catch (error) {
    throw wire.fromFrameStart(error, start);
  }
}

/** An upper bound on the bytes of a message from its tag on. */
function sizeMaxAnswerMessage(message: AnswerMessage): number {
  if (!wire.isObject(message)) return 0;
  switch (message.type) {
    case "Total":
      return 9;
    default:
      return 0;
  }
}

/** Writes a message from its tag on, and returns where it ends. */
function writeAnswerMessage(target: wire.Target, start: number, message: AnswerMessage): number {
  if (!wire.isObject(message)) throw wire.invalidValue("message", start, message, "a AnswerMessage");
  switch (message.type) {
    case "Total":
      wire.setU8(target, start, 1);
      return writeTotal(target, start + 1, message);
    default:
      throw wire.invalidValue("message.type", start, Reflect.get(message, "type"), "the type of a AnswerMessage");
  }
}

function writeTotal(target: wire.Target, start: number, message: Total): number {
  const total = message.total;
  wire.writeI53(target, start, total, "Total.total");
  return start + 8;
}

/**
 * Writes the frame of a message into `target` from `offset` on, and returns where it ends.
 * Throws WireError where the message breaks the schema or the frame does not fit; what stands in `target` from
 * `offset` on is undefined then.
 */
export function encodeAnswerMessageInto(message: AnswerMessage, target: Uint8Array, offset: number): number {
  if (!wire.hasRoom(target, offset, sizeMaxAnswerMessage(message))) {
    return wire.copyInto(encodeAnswerMessage(message), target, offset);
  }
  try {
    return writeAnswerMessage(wire.targetOf(target), offset, message);
  } catch (error) {
    throw wire.fromFrameStart(error, offset);
  }
}

/** How many bytes the frame of a message has. Throws WireError like `encodeAnswerMessage`. */
export function byteLengthOfAnswerMessage(message: AnswerMessage): number {
  const slab = wire.reserve(sizeMaxAnswerMessage(message));
  const start = slab.used;
  try {
    return writeAnswerMessage(slab, start, message) - start;
  } catch (error) {
    throw wire.fromFrameStart(error, start);
  }
}

/**
 * The message of a frame.
 * Throws WireError, and nothing else, for bytes that are no message. Payloads are views of the frame, without
 * copying: they live as long as it does and change with it.
 */
export function decodeAnswerMessage(frame: Uint8Array): AnswerMessage {
  if (!wire.isBytes(frame)) throw wire.invalidValue("frame", 0, frame, "a Uint8Array");
  return readAnswerMessage(frame, 0, frame.length);
}

/** Reads a message from its tag on. */
function readAnswerMessage(bytes: Uint8Array, start: number, end: number): AnswerMessage {
  if (end - start < 1) throw wire.truncatedValue("frame.tag", start, end, 1);
  const tag = wire.readU8(bytes, start);
  switch (tag) {
    case 1:
      return readTotal(bytes, start + 1, end);
    default:
      throw wire.unknownDiscriminator("frame.tag", start, tag, "AnswerMessage");
  }
}

function readTotal(bytes: Uint8Array, start: number, end: number): Total {
  if (end - start < 8) throw wire.truncated("Total", start, end, { total: 8 });
  const total = wire.readI53(bytes, start, "Total.total");
  if (start + 8 !== end) throw wire.trailingBytes("Total", start + 8, end);
  return { type: "Total", total };
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
    case "State":
      return 9;
    default:
      return 0;
  }
}

/** Writes a message from its tag on, and returns where it ends. */
function writeSnapshotMessage(target: wire.Target, start: number, message: SnapshotMessage): number {
  if (!wire.isObject(message)) throw wire.invalidValue("message", start, message, "a SnapshotMessage");
  switch (message.type) {
    case "State":
      wire.setU8(target, start, 1);
      return writeState(target, start + 1, message);
    default:
      throw wire.invalidValue("message.type", start, Reflect.get(message, "type"), "the type of a SnapshotMessage");
  }
}

function writeState(target: wire.Target, start: number, message: State): number {
  const total = message.total;
  wire.writeI53(target, start, total, "State.total");
  return start + 8;
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
      return readState(bytes, start + 1, end);
    default:
      throw wire.unknownDiscriminator("frame.tag", start, tag, "SnapshotMessage");
  }
}

function readState(bytes: Uint8Array, start: number, end: number): State {
  if (end - start < 8) throw wire.truncated("State", start, end, { total: 8 });
  const total = wire.readI53(bytes, start, "State.total");
  if (start + 8 !== end) throw wire.trailingBytes("State", start + 8, end);
  return { type: "State", total };
}
