// Generated from work.yaml by "hawser generate". Do not edit: change the schema and generate again.
import * as wire from "hawser/wire";
import type {
  Accepted,
  CommandMessage,
  Done,
  Order,
  Resize,
  ResizeThis,
  Resized,
  ResultMessage,
  ServerRequestMessage,
  SnapshotMessage,
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
    case "Resize":
      return 3 + wire.stringSizeMax(message.picture);
    case "Done":
      return 9;
    default:
      return 0;
  }
}

/** Writes a message from its tag on, and returns where it ends. */
function writeCommandMessage(target: wire.Target, start: number, message: CommandMessage): number {
  if (!wire.isObject(message)) throw wire.invalidValue("message", start, message, "a CommandMessage");
  switch (message.type) {
    case "Resize":
      wire.setU8(target, start, 1);
      return writeResize(target, start + 1, message);
    case "Done":
      wire.setU8(target, start, 2);
      return writeDone(target, start + 1, message);
    default:
      throw wire.invalidValue("message.type", start, Reflect.get(message, "type"), "the type of a CommandMessage");
  }
}

function writeResize(target: wire.Target, start: number, message: Resize): number {
  const picture = message.picture;
  const pictureEnd = wire.writeString(target, start + 2, picture, "Resize.picture", start);
  const pictureLength = pictureEnd - (start + 2);
  if (pictureLength > 65535) throw wire.tooLarge("Resize.picture", start, pictureLength, "bytes", 65535);
  wire.setU16(target, start, pictureLength);
  if (pictureLength < 1) throw wire.lengthOutOfRange("Resize.picture", start, pictureLength, "the smallest is 1");
  return pictureEnd;
}

function writeDone(target: wire.Target, start: number, message: Done): number {
  const workId = message.workId;
  wire.writeU53(target, start, workId, "Done.workId");
  if (workId < 1) throw wire.outOfRange("Done.workId", start, workId, "the smallest is 1");
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
      return readResize(bytes, start + 1, end);
    case 2:
      return readDone(bytes, start + 1, end);
    default:
      throw wire.unknownDiscriminator("frame.tag", start, tag, "CommandMessage");
  }
}

function readResize(bytes: Uint8Array, start: number, end: number): Resize {
  if (end - start < 2) throw wire.truncated("Resize", start, end, { picture: 2 });
  const pictureLength = wire.readU16(bytes, start);
  const pictureEnd = start + 2 + pictureLength;
  if (pictureEnd > end) throw wire.truncated("Resize", start, end, { picture: 2 + pictureLength });
  const picture = wire.readString(bytes, start + 2, pictureEnd, "Resize.picture", start);
  if (pictureLength < 1) throw wire.lengthOutOfRange("Resize.picture", start, pictureLength, "the smallest is 1");
  if (pictureEnd !== end) throw wire.trailingBytes("Resize", pictureEnd, end);
  return { type: "Resize", picture };
}

function readDone(bytes: Uint8Array, start: number, end: number): Done {
  if (end - start < 8) throw wire.truncated("Done", start, end, { workId: 8 });
  const workId = wire.readU53(bytes, start, "Done.workId");
  if (workId < 1) throw wire.outOfRange("Done.workId", start, workId, "the smallest is 1");
  if (start + 8 !== end) throw wire.trailingBytes("Done", start + 8, end);
  return { type: "Done", workId };
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
    case "Accepted":
      return 9;
    case "Confirmed":
      return 1;
    default:
      return 0;
  }
}

/** Writes a message from its tag on, and returns where it ends. */
function writeResultMessage(target: wire.Target, start: number, message: ResultMessage): number {
  if (!wire.isObject(message)) throw wire.invalidValue("message", start, message, "a ResultMessage");
  switch (message.type) {
    case "Accepted":
      wire.setU8(target, start, 1);
      return writeAccepted(target, start + 1, message);
    case "Confirmed":
      wire.setU8(target, start, 2);
      return start + 1;
    default:
      throw wire.invalidValue("message.type", start, Reflect.get(message, "type"), "the type of a ResultMessage");
  }
}

function writeAccepted(target: wire.Target, start: number, message: Accepted): number {
  const workId = message.workId;
  wire.writeU53(target, start, workId, "Accepted.workId");
  if (workId < 1) throw wire.outOfRange("Accepted.workId", start, workId, "the smallest is 1");
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
      return readAccepted(bytes, start + 1, end);
    case 2:
      if (start + 1 !== end) throw wire.trailingBytes("Confirmed", start + 1, end);
      return { type: "Confirmed" };
    default:
      throw wire.unknownDiscriminator("frame.tag", start, tag, "ResultMessage");
  }
}

function readAccepted(bytes: Uint8Array, start: number, end: number): Accepted {
  if (end - start < 8) throw wire.truncated("Accepted", start, end, { workId: 8 });
  const workId = wire.readU53(bytes, start, "Accepted.workId");
  if (workId < 1) throw wire.outOfRange("Accepted.workId", start, workId, "the smallest is 1");
  if (start + 8 !== end) throw wire.trailingBytes("Accepted", start + 8, end);
  return { type: "Accepted", workId };
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
    case "ResizeThis":
      return 11 + wire.stringSizeMax(message.picture);
    case "Resized":
      return 4 + wire.stringSizeMax(message.picture) + wire.stringSizeMax(message.worker);
    default:
      return 0;
  }
}

/** Writes a message from its tag on, and returns where it ends. */
function writeServerRequestMessage(target: wire.Target, start: number, message: ServerRequestMessage): number {
  if (!wire.isObject(message)) throw wire.invalidValue("message", start, message, "a ServerRequestMessage");
  switch (message.type) {
    case "ResizeThis":
      wire.setU8(target, start, 1);
      return writeResizeThis(target, start + 1, message);
    case "Resized":
      wire.setU8(target, start, 2);
      return writeResized(target, start + 1, message);
    default:
      throw wire.invalidValue("message.type", start, Reflect.get(message, "type"), "the type of a ServerRequestMessage");
  }
}

function writeResizeThis(target: wire.Target, start: number, message: ResizeThis): number {
  const workId = message.workId;
  wire.writeU53(target, start, workId, "ResizeThis.workId");
  if (workId < 1) throw wire.outOfRange("ResizeThis.workId", start, workId, "the smallest is 1");
  const picture = message.picture;
  const pictureEnd = wire.writeString(target, start + 10, picture, "ResizeThis.picture", start + 8);
  const pictureLength = pictureEnd - (start + 10);
  if (pictureLength > 65535) throw wire.tooLarge("ResizeThis.picture", start + 8, pictureLength, "bytes", 65535);
  wire.setU16(target, start + 8, pictureLength);
  if (pictureLength < 1) {
    throw wire.lengthOutOfRange("ResizeThis.picture", start + 8, pictureLength, "the smallest is 1");
  }
  return pictureEnd;
}

function writeResized(target: wire.Target, start: number, message: Resized): number {
  const picture = message.picture;
  const pictureEnd = wire.writeString(target, start + 2, picture, "Resized.picture", start);
  const pictureLength = pictureEnd - (start + 2);
  if (pictureLength > 65535) throw wire.tooLarge("Resized.picture", start, pictureLength, "bytes", 65535);
  wire.setU16(target, start, pictureLength);
  if (pictureLength < 1) throw wire.lengthOutOfRange("Resized.picture", start, pictureLength, "the smallest is 1");
  const worker = message.worker;
  const workerEnd = wire.writeString(target, pictureEnd + 1, worker, "Resized.worker", pictureEnd);
  const workerLength = workerEnd - (pictureEnd + 1);
  if (workerLength > 255) throw wire.tooLarge("Resized.worker", pictureEnd, workerLength, "bytes", 255);
  wire.setU8(target, pictureEnd, workerLength);
  return workerEnd;
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
      return readResizeThis(bytes, start + 1, end);
    case 2:
      return readResized(bytes, start + 1, end);
    default:
      throw wire.unknownDiscriminator("frame.tag", start, tag, "ServerRequestMessage");
  }
}

function readResizeThis(bytes: Uint8Array, start: number, end: number): ResizeThis {
  if (end - start < 10) throw wire.truncated("ResizeThis", start, end, { workId: 8, picture: 2 });
  const workId = wire.readU53(bytes, start, "ResizeThis.workId");
  if (workId < 1) throw wire.outOfRange("ResizeThis.workId", start, workId, "the smallest is 1");
  const pictureLength = wire.readU16(bytes, start + 8);
  const pictureEnd = start + 10 + pictureLength;
  if (pictureEnd > end) throw wire.truncated("ResizeThis", start + 8, end, { picture: 2 + pictureLength });
  const picture = wire.readString(bytes, start + 10, pictureEnd, "ResizeThis.picture", start + 8);
  if (pictureLength < 1) {
    throw wire.lengthOutOfRange("ResizeThis.picture", start + 8, pictureLength, "the smallest is 1");
  }
  if (pictureEnd !== end) throw wire.trailingBytes("ResizeThis", pictureEnd, end);
  return { type: "ResizeThis", workId, picture };
}

function readResized(bytes: Uint8Array, start: number, end: number): Resized {
  if (end - start < 2) throw wire.truncated("Resized", start, end, { picture: 2 });
  const pictureLength = wire.readU16(bytes, start);
  const pictureEnd = start + 2 + pictureLength;
  if (end - pictureEnd < 1) throw wire.truncated("Resized", start, end, { picture: 2 + pictureLength, worker: 1 });
  const picture = wire.readString(bytes, start + 2, pictureEnd, "Resized.picture", start);
  if (pictureLength < 1) throw wire.lengthOutOfRange("Resized.picture", start, pictureLength, "the smallest is 1");
  const workerLength = wire.readU8(bytes, pictureEnd);
  const workerEnd = pictureEnd + 1 + workerLength;
  if (workerEnd > end) throw wire.truncated("Resized", pictureEnd, end, { worker: 1 + workerLength });
  const worker = wire.readString(bytes, pictureEnd + 1, workerEnd, "Resized.worker", pictureEnd);
  if (workerEnd !== end) throw wire.trailingBytes("Resized", workerEnd, end);
  return { type: "Resized", picture, worker };
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
    case "Order":
      return 12 + wire.stringSizeMax(message.picture) + wire.stringSizeMax(message.customer);
    default:
      return 0;
  }
}

/** Writes a message from its tag on, and returns where it ends. */
function writeSnapshotMessage(target: wire.Target, start: number, message: SnapshotMessage): number {
  if (!wire.isObject(message)) throw wire.invalidValue("message", start, message, "a SnapshotMessage");
  switch (message.type) {
    case "Order":
      wire.setU8(target, start, 1);
      return writeOrder(target, start + 1, message);
    default:
      throw wire.invalidValue("message.type", start, Reflect.get(message, "type"), "the type of a SnapshotMessage");
  }
}

function writeOrder(target: wire.Target, start: number, message: Order): number {
  const workId = message.workId;
  wire.writeU53(target, start, workId, "Order.workId");
  if (workId < 1) throw wire.outOfRange("Order.workId", start, workId, "the smallest is 1");
  const picture = message.picture;
  const pictureEnd = wire.writeString(target, start + 10, picture, "Order.picture", start + 8);
  const pictureLength = pictureEnd - (start + 10);
  if (pictureLength > 65535) throw wire.tooLarge("Order.picture", start + 8, pictureLength, "bytes", 65535);
  wire.setU16(target, start + 8, pictureLength);
  if (pictureLength < 1) throw wire.lengthOutOfRange("Order.picture", start + 8, pictureLength, "the smallest is 1");
  const customer = message.customer;
  const customerEnd = wire.writeString(target, pictureEnd + 1, customer, "Order.customer", pictureEnd);
  const customerLength = customerEnd - (pictureEnd + 1);
  if (customerLength > 255) throw wire.tooLarge("Order.customer", pictureEnd, customerLength, "bytes", 255);
  wire.setU8(target, pictureEnd, customerLength);
  return customerEnd;
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
      return readOrder(bytes, start + 1, end);
    default:
      throw wire.unknownDiscriminator("frame.tag", start, tag, "SnapshotMessage");
  }
}

function readOrder(bytes: Uint8Array, start: number, end: number): Order {
  if (end - start < 10) throw wire.truncated("Order", start, end, { workId: 8, picture: 2 });
  const workId = wire.readU53(bytes, start, "Order.workId");
  if (workId < 1) throw wire.outOfRange("Order.workId", start, workId, "the smallest is 1");
  const pictureLength = wire.readU16(bytes, start + 8);
  const pictureEnd = start + 10 + pictureLength;
  if (end - pictureEnd < 1) {
    throw wire.truncated("Order", start + 8, end, { picture: 2 + pictureLength, customer: 1 });
  }
  const picture = wire.readString(bytes, start + 10, pictureEnd, "Order.picture", start + 8);
  if (pictureLength < 1) throw wire.lengthOutOfRange("Order.picture", start + 8, pictureLength, "the smallest is 1");
  const customerLength = wire.readU8(bytes, pictureEnd);
  const customerEnd = pictureEnd + 1 + customerLength;
  if (customerEnd > end) throw wire.truncated("Order", pictureEnd, end, { customer: 1 + customerLength });
  const customer = wire.readString(bytes, pictureEnd + 1, customerEnd, "Order.customer", pictureEnd);
  if (customerEnd !== end) throw wire.trailingBytes("Order", customerEnd, end);
  return { type: "Order", workId, picture, customer };
}
