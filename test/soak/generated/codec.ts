// Generated from tally.yaml by "hawser generate". Do not edit: change the schema and generate again.
import * as wire from "hawser/wire";
import type {
  Add,
  Added,
  Call,
  CommandMessage,
  Done,
  Fetch,
  Filled,
  Finish,
  Notice,
  Offer,
  OpenWork,
  QueryMessage,
  QueryResultMessage,
  Read,
  ResultMessage,
  ServerRequestMessage,
  SessionTally,
  SnapshotMessage,
  Tally,
  Totals,
  Work,
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
      return 13 + wire.bytesSize(message.filling);
    case "Refuse":
      return 1;
    case "Call":
      return 3;
    case "Offer":
      return 3;
    case "Finish":
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
    case "Refuse":
      wire.setU8(target, start, 2);
      return start + 1;
    case "Call":
      wire.setU8(target, start, 3);
      return writeCall(target, start + 1, message);
    case "Offer":
      wire.setU8(target, start, 4);
      return writeOffer(target, start + 1, message);
    case "Finish":
      wire.setU8(target, start, 5);
      return writeFinish(target, start + 1, message);
    default:
      throw wire.invalidValue("message.type", start, Reflect.get(message, "type"), "the type of a CommandMessage");
  }
}

function writeAdd(target: wire.Target, start: number, message: Add): number {
  const serial = message.serial;
  wire.writeI53(target, start, serial, "Add.serial");
  const filling = message.filling;
  const fillingEnd = wire.writeBytes(target, start + 12, filling, "Add.filling", start + 8);
  const fillingLength = fillingEnd - (start + 12);
  if (fillingLength > 4294967295) throw wire.tooLarge("Add.filling", start + 8, fillingLength, "bytes", 4294967295);
  wire.setU32(target, start + 8, fillingLength);
  if (fillingLength > 2000000) {
    throw wire.lengthOutOfRange("Add.filling", start + 8, fillingLength, "the largest is 2000000");
  }
  return fillingEnd;
}

function writeCall(target: wire.Target, start: number, message: Call): number {
  const times = message.times;
  wire.writeU16(target, start, times, "Call.times");
  return start + 2;
}

function writeOffer(target: wire.Target, start: number, message: Offer): number {
  const times = message.times;
  wire.writeU16(target, start, times, "Offer.times");
  return start + 2;
}

function writeFinish(target: wire.Target, start: number, message: Finish): number {
  const workId = message.workId;
  wire.writeU53(target, start, workId, "Finish.workId");
  if (workId < 1) throw wire.outOfRange("Finish.workId", start, workId, "the smallest is 1");
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
    case 2:
      if (start + 1 !== end) throw wire.trailingBytes("Refuse", start + 1, end);
      return { type: "Refuse" };
    case 3:
      return readCall(bytes, start + 1, end);
    case 4:
      return readOffer(bytes, start + 1, end);
    case 5:
      return readFinish(bytes, start + 1, end);
    default:
      throw wire.unknownDiscriminator("frame.tag", start, tag, "CommandMessage");
  }
}

function readAdd(bytes: Uint8Array, start: number, end: number): Add {
  if (end - start < 12) throw wire.truncated("Add", start, end, { serial: 8, filling: 4 });
  const serial = wire.readI53(bytes, start, "Add.serial");
  const fillingLength = wire.readU32(bytes, start + 8);
  const fillingEnd = start + 12 + fillingLength;
  if (fillingEnd > end) throw wire.truncated("Add", start + 8, end, { filling: 4 + fillingLength });
  const filling = wire.readBytes(bytes, start + 12, fillingEnd);
  if (fillingLength > 2000000) {
    throw wire.lengthOutOfRange("Add.filling", start + 8, fillingLength, "the largest is 2000000");
  }
  if (fillingEnd !== end) throw wire.trailingBytes("Add", fillingEnd, end);
  return { type: "Add", serial, filling };
}

function readCall(bytes: Uint8Array, start: number, end: number): Call {
  if (end - start < 2) throw wire.truncated("Call", start, end, { times: 2 });
  const times = wire.readU16(bytes, start);
  if (start + 2 !== end) throw wire.trailingBytes("Call", start + 2, end);
  return { type: "Call", times };
}

function readOffer(bytes: Uint8Array, start: number, end: number): Offer {
  if (end - start < 2) throw wire.truncated("Offer", start, end, { times: 2 });
  const times = wire.readU16(bytes, start);
  if (start + 2 !== end) throw wire.trailingBytes("Offer", start + 2, end);
  return { type: "Offer", times };
}

function readFinish(bytes: Uint8Array, start: number, end: number): Finish {
  if (end - start < 8) throw wire.truncated("Finish", start, end, { workId: 8 });
  const workId = wire.readU53(bytes, start, "Finish.workId");
  if (workId < 1) throw wire.outOfRange("Finish.workId", start, workId, "the smallest is 1");
  if (start + 8 !== end) throw wire.trailingBytes("Finish", start + 8, end);
  return { type: "Finish", workId };
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
    case "Added":
      return 17;
    case "Done":
      return 9;
    default:
      return 0;
  }
}

/** Writes a message from its tag on, and returns where it ends. */
function writeResultMessage(target: wire.Target, start: number, message: ResultMessage): number {
  if (!wire.isObject(message)) throw wire.invalidValue("message", start, message, "a ResultMessage");
  switch (message.type) {
    case "Added":
      wire.setU8(target, start, 1);
      return writeAdded(target, start + 1, message);
    case "Done":
      wire.setU8(target, start, 2);
      return writeDone(target, start + 1, message);
    default:
      throw wire.invalidValue("message.type", start, Reflect.get(message, "type"), "the type of a ResultMessage");
  }
}

function writeAdded(target: wire.Target, start: number, message: Added): number {
  const serial = message.serial;
  wire.writeI53(target, start, serial, "Added.serial");
  const countField = message.count;
  wire.writeI53(target, start + 8, countField, "Added.count");
  return start + 16;
}

function writeDone(target: wire.Target, start: number, message: Done): number {
  const countField = message.count;
  wire.writeI53(target, start, countField, "Done.count");
  return start + 8;
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
    case 1:
      return readAdded(bytes, start + 1, end);
    case 2:
      return readDone(bytes, start + 1, end);
    default:
      throw wire.unknownDiscriminator("frame.tag", start, tag, "ResultMessage");
  }
}

function readAdded(bytes: Uint8Array, start: number, end: number): Added {
  if (end - start < 16) throw wire.truncated("Added", start, end, { serial: 8, count: 8 });
  const serial = wire.readI53(bytes, start, "Added.serial");
  const countField = wire.readI53(bytes, start + 8, "Added.count");
  if (start + 16 !== end) throw wire.trailingBytes("Added", start + 16, end);
  return { type: "Added", serial, count: countField };
}

function readDone(bytes: Uint8Array, start: number, end: number): Done {
  if (end - start < 8) throw wire.truncated("Done", start, end, { count: 8 });
  const countField = wire.readI53(bytes, start, "Done.count");
  if (start + 8 !== end) throw wire.trailingBytes("Done", start + 8, end);
  return { type: "Done", count: countField };
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
      return 2 + wire.stringSizeMax(message.sessionId);
    case "Fetch":
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
      wire.setU8(target, start, 1);
      return writeRead(target, start + 1, message);
    case "Fetch":
      wire.setU8(target, start, 2);
      return writeFetch(target, start + 1, message);
    default:
      throw wire.invalidValue("message.type", start, Reflect.get(message, "type"), "the type of a QueryMessage");
  }
}

function writeRead(target: wire.Target, start: number, message: Read): number {
  const sessionId = message.sessionId;
  const sessionIdEnd = wire.writeString(target, start + 1, sessionId, "Read.sessionId", start);
  const sessionIdLength = sessionIdEnd - (start + 1);
  if (sessionIdLength > 255) throw wire.tooLarge("Read.sessionId", start, sessionIdLength, "bytes", 255);
  wire.setU8(target, start, sessionIdLength);
  return sessionIdEnd;
}

function writeFetch(target: wire.Target, start: number, message: Fetch): number {
  const length = message.length;
  wire.writeU32(target, start, length, "Fetch.length");
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
    case 1:
      return readRead(bytes, start + 1, end);
    case 2:
      return readFetch(bytes, start + 1, end);
    default:
      throw wire.unknownDiscriminator("frame.tag", start, tag, "QueryMessage");
  }
}

function readRead(bytes: Uint8Array, start: number, end: number): Read {
  if (end - start < 1) throw wire.truncated("Read", start, end, { sessionId: 1 });
  const sessionIdLength = wire.readU8(bytes, start);
  const sessionIdEnd = start + 1 + sessionIdLength;
  if (sessionIdEnd > end) throw wire.truncated("Read", start, end, { sessionId: 1 + sessionIdLength });
  const sessionId = wire.readString(bytes, start + 1, sessionIdEnd, "Read.sessionId", start);
  if (sessionIdEnd !== end) throw wire.trailingBytes("Read", sessionIdEnd, end);
  return { type: "Read", sessionId };
}

function readFetch(bytes: Uint8Array, start: number, end: number): Fetch {
  if (end - start < 4) throw wire.truncated("Fetch", start, end, { length: 4 });
  const length = wire.readU32(bytes, start);
  if (start + 4 !== end) throw wire.trailingBytes("Fetch", start + 4, end);
  return { type: "Fetch", length };
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
    case "Tally":
      return 25;
    case "Filled":
      return 5 + wire.bytesSize(message.filling);
    default:
      return 0;
  }
}

/** Writes a message from its tag on, and returns where it ends. */
function writeQueryResultMessage(target: wire.Target, start: number, message: QueryResultMessage): number {
  if (!wire.isObject(message)) throw wire.invalidValue("message", start, message, "a QueryResultMessage");
  switch (message.type) {
    case "Tally":
      wire.setU8(target, start, 1);
      return writeTally(target, start + 1, message);
    case "Filled":
      wire.setU8(target, start, 2);
      return writeFilled(target, start + 1, message);
    default:
      throw wire.invalidValue("message.type", start, Reflect.get(message, "type"), "the type of a QueryResultMessage");
  }
}

function writeTally(target: wire.Target, start: number, message: Tally): number {
  const countField = message.count;
  wire.writeI53(target, start, countField, "Tally.count");
  const sum = message.sum;
  wire.writeI53(target, start + 8, sum, "Tally.sum");
  const notices = message.notices;
  wire.writeI53(target, start + 16, notices, "Tally.notices");
  return start + 24;
}

function writeFilled(target: wire.Target, start: number, message: Filled): number {
  const filling = message.filling;
  const fillingEnd = wire.writeBytes(target, start + 4, filling, "Filled.filling", start);
  const fillingLength = fillingEnd - (start + 4);
  if (fillingLength > 4294967295) throw wire.tooLarge("Filled.filling", start, fillingLength, "bytes", 4294967295);
  wire.setU32(target, start, fillingLength);
  if (fillingLength > 2000000) {
    throw wire.lengthOutOfRange("Filled.filling", start, fillingLength, "the largest is 2000000");
  }
  return fillingEnd;
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
    case 1:
      return readTally(bytes, start + 1, end);
    case 2:
      return readFilled(bytes, start + 1, end);
    default:
      throw wire.unknownDiscriminator("frame.tag", start, tag, "QueryResultMessage");
  }
}

function readTally(bytes: Uint8Array, start: number, end: number): Tally {
  if (end - start < 24) throw wire.truncated("Tally", start, end, { count: 8, sum: 8, notices: 8 });
  const countField = wire.readI53(bytes, start, "Tally.count");
  const sum = wire.readI53(bytes, start + 8, "Tally.sum");
  const notices = wire.readI53(bytes, start + 16, "Tally.notices");
  if (start + 24 !== end) throw wire.trailingBytes("Tally", start + 24, end);
  return { type: "Tally", count: countField, sum, notices };
}

function readFilled(bytes: Uint8Array, start: number, end: number): Filled {
  if (end - start < 4) throw wire.truncated("Filled", start, end, { filling: 4 });
  const fillingLength = wire.readU32(bytes, start);
  const fillingEnd = start + 4 + fillingLength;
  if (fillingEnd > end) throw wire.truncated("Filled", start, end, { filling: 4 + fillingLength });
  const filling = wire.readBytes(bytes, start + 4, fillingEnd);
  if (fillingLength > 2000000) {
    throw wire.lengthOutOfRange("Filled.filling", start, fillingLength, "the largest is 2000000");
  }
  if (fillingEnd !== end) throw wire.trailingBytes("Filled", fillingEnd, end);
  return { type: "Filled", filling };
}

/**
 * The frame of a message.
 * Throws WireError where the message breaks the schema. The result shares its memory with other results but no
 * bytes; it is the caller's to keep and to change.
 */
export function encodeServerRequestMessage(message: ServerRequestMessage): Uint8Array {
  const slab = wire.reserve(sizeMaxServerRequestMessage(message));
  const start = slab.used;
  try {
    return slab.take(writeServerRequestMessage(slab, start, message));
  } catch (error) {
    throw wire.fromFrameStart(error, start);
  }
}

/** An upper bound on the bytes of a message from its tag on. */
function sizeMaxServerRequestMessage(message: ServerRequestMessage): number {
  if (!wire.isObject(message)) return 0;
  switch (message.type) {
    case "Notice":
      return 9;
    case "Work":
      return 9;
    default:
      return 0;
  }
}

/** Writes a message from its tag on, and returns where it ends. */
function writeServerRequestMessage(target: wire.Target, start: number, message: ServerRequestMessage): number {
  if (!wire.isObject(message)) throw wire.invalidValue("message", start, message, "a ServerRequestMessage");
  switch (message.type) {
    case "Notice":
      wire.setU8(target, start, 1);
      return writeNotice(target, start + 1, message);
    case "Work":
      wire.setU8(target, start, 2);
      return writeWork(target, start + 1, message);
    default:
      throw wire.invalidValue("message.type", start, Reflect.get(message, "type"), "the type of a ServerRequestMessage");
  }
}

function writeNotice(target: wire.Target, start: number, message: Notice): number {
  const number = message.number;
  wire.writeI53(target, start, number, "Notice.number");
  return start + 8;
}

function writeWork(target: wire.Target, start: number, message: Work): number {
  const workId = message.workId;
  wire.writeU53(target, start, workId, "Work.workId");
  if (workId < 1) throw wire.outOfRange("Work.workId", start, workId, "the smallest is 1");
  return start + 8;
}

/**
 * Writes the frame of a message into `target` from `offset` on, and returns where it ends.
 * Throws WireError where the message breaks the schema or the frame does not fit; what stands in `target` from
 * `offset` on is undefined then.
 */
export function encodeServerRequestMessageInto(
  message: ServerRequestMessage,
  target: Uint8Array,
  offset: number,
): number {
  if (!wire.hasRoom(target, offset, sizeMaxServerRequestMessage(message))) {
    return wire.copyInto(encodeServerRequestMessage(message), target, offset);
  }
  try {
    return writeServerRequestMessage(wire.targetOf(target), offset, message);
  } catch (error) {
    throw wire.fromFrameStart(error, offset);
  }
}

/** How many bytes the frame of a message has. Throws WireError like `encodeServerRequestMessage`. */
export function byteLengthOfServerRequestMessage(message: ServerRequestMessage): number {
  const slab = wire.reserve(sizeMaxServerRequestMessage(message));
  const start = slab.used;
  try {
    return writeServerRequestMessage(slab, start, message) - start;
  } catch (error) {
    throw wire.fromFrameStart(error, start);
  }
}

/**
 * The message of a frame.
 * Throws WireError, and nothing else, for bytes that are no message. Payloads are views of the frame, without
 * copying: they live as long as it does and change with it.
 */
export function decodeServerRequestMessage(frame: Uint8Array): ServerRequestMessage {
  if (!wire.isBytes(frame)) throw wire.invalidValue("frame", 0, frame, "a Uint8Array");
  return readServerRequestMessage(frame, 0, frame.length);
}

/** Reads a message from its tag on. */
function readServerRequestMessage(bytes: Uint8Array, start: number, end: number): ServerRequestMessage {
  if (end - start < 1) throw wire.truncatedValue("frame.tag", start, end, 1);
  const tag = wire.readU8(bytes, start);
  switch (tag) {
    case 1:
      return readNotice(bytes, start + 1, end);
    case 2:
      return readWork(bytes, start + 1, end);
    default:
      throw wire.unknownDiscriminator("frame.tag", start, tag, "ServerRequestMessage");
  }
}

function readNotice(bytes: Uint8Array, start: number, end: number): Notice {
  if (end - start < 8) throw wire.truncated("Notice", start, end, { number: 8 });
  const number = wire.readI53(bytes, start, "Notice.number");
  if (start + 8 !== end) throw wire.trailingBytes("Notice", start + 8, end);
  return { type: "Notice", number };
}

function readWork(bytes: Uint8Array, start: number, end: number): Work {
  if (end - start < 8) throw wire.truncated("Work", start, end, { workId: 8 });
  const workId = wire.readU53(bytes, start, "Work.workId");
  if (workId < 1) throw wire.outOfRange("Work.workId", start, workId, "the smallest is 1");
  if (start + 8 !== end) throw wire.trailingBytes("Work", start + 8, end);
  return { type: "Work", workId };
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
    case "SessionTally":
      return 26 + wire.stringSizeMax(message.sessionId);
    case "OpenWork":
      return 9;
    case "Totals":
      return 25;
    default:
      return 0;
  }
}

/** Writes a message from its tag on, and returns where it ends. */
function writeSnapshotMessage(target: wire.Target, start: number, message: SnapshotMessage): number {
  if (!wire.isObject(message)) throw wire.invalidValue("message", start, message, "a SnapshotMessage");
  switch (message.type) {
    case "SessionTally":
      wire.setU8(target, start, 1);
      return writeSessionTally(target, start + 1, message);
    case "OpenWork":
      wire.setU8(target, start, 2);
      return writeOpenWork(target, start + 1, message);
    case "Totals":
      wire.setU8(target, start, 3);
      return writeTotals(target, start + 1, message);
    default:
      throw wire.invalidValue("message.type", start, Reflect.get(message, "type"), "the type of a SnapshotMessage");
  }
}

function writeSessionTally(target: wire.Target, start: number, message: SessionTally): number {
  const sessionId = message.sessionId;
  const sessionIdEnd = wire.writeString(target, start + 1, sessionId, "SessionTally.sessionId", start);
  const sessionIdLength = sessionIdEnd - (start + 1);
  if (sessionIdLength > 255) throw wire.tooLarge("SessionTally.sessionId", start, sessionIdLength, "bytes", 255);
  wire.setU8(target, start, sessionIdLength);
  const countField = message.count;
  wire.writeI53(target, sessionIdEnd, countField, "SessionTally.count");
  const sum = message.sum;
  wire.writeI53(target, sessionIdEnd + 8, sum, "SessionTally.sum");
  const notices = message.notices;
  wire.writeI53(target, sessionIdEnd + 16, notices, "SessionTally.notices");
  return sessionIdEnd + 24;
}

function writeOpenWork(target: wire.Target, start: number, message: OpenWork): number {
  const workId = message.workId;
  wire.writeU53(target, start, workId, "OpenWork.workId");
  if (workId < 1) throw wire.outOfRange("OpenWork.workId", start, workId, "the smallest is 1");
  return start + 8;
}

function writeTotals(target: wire.Target, start: number, message: Totals): number {
  const added = message.added;
  wire.writeI53(target, start, added, "Totals.added");
  const offered = message.offered;
  wire.writeI53(target, start + 8, offered, "Totals.offered");
  const finished = message.finished;
  wire.writeI53(target, start + 16, finished, "Totals.finished");
  return start + 24;
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
      return readSessionTally(bytes, start + 1, end);
    case 2:
      return readOpenWork(bytes, start + 1, end);
    case 3:
      return readTotals(bytes, start + 1, end);
    default:
      throw wire.unknownDiscriminator("frame.tag", start, tag, "SnapshotMessage");
  }
}

function readSessionTally(bytes: Uint8Array, start: number, end: number): SessionTally {
  if (end - start < 1) throw wire.truncated("SessionTally", start, end, { sessionId: 1 });
  const sessionIdLength = wire.readU8(bytes, start);
  const sessionIdEnd = start + 1 + sessionIdLength;
  if (end - sessionIdEnd < 24) {
    throw wire.truncated("SessionTally", start, end, { sessionId: 1 + sessionIdLength, count: 8, sum: 8, notices: 8 });
  }
  const sessionId = wire.readString(bytes, start + 1, sessionIdEnd, "SessionTally.sessionId", start);
  const countField = wire.readI53(bytes, sessionIdEnd, "SessionTally.count");
  const sum = wire.readI53(bytes, sessionIdEnd + 8, "SessionTally.sum");
  const notices = wire.readI53(bytes, sessionIdEnd + 16, "SessionTally.notices");
  if (sessionIdEnd + 24 !== end) throw wire.trailingBytes("SessionTally", sessionIdEnd + 24, end);
  return { type: "SessionTally", sessionId, count: countField, sum, notices };
}

function readOpenWork(bytes: Uint8Array, start: number, end: number): OpenWork {
  if (end - start < 8) throw wire.truncated("OpenWork", start, end, { workId: 8 });
  const workId = wire.readU53(bytes, start, "OpenWork.workId");
  if (workId < 1) throw wire.outOfRange("OpenWork.workId", start, workId, "the smallest is 1");
  if (start + 8 !== end) throw wire.trailingBytes("OpenWork", start + 8, end);
  return { type: "OpenWork", workId };
}

function readTotals(bytes: Uint8Array, start: number, end: number): Totals {
  if (end - start < 24) throw wire.truncated("Totals", start, end, { added: 8, offered: 8, finished: 8 });
  const added = wire.readI53(bytes, start, "Totals.added");
  const offered = wire.readI53(bytes, start + 8, "Totals.offered");
  const finished = wire.readI53(bytes, start + 16, "Totals.finished");
  if (start + 24 !== end) throw wire.trailingBytes("Totals", start + 24, end);
  return { type: "Totals", added, offered, finished };
}
