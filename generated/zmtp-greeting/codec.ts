// Generated from zmtp-greeting.yaml by "hawser generate". Do not edit: change the schema and generate again.
import * as wire from "../../runtime/wire/index.ts";
import type {
  Greeting,
  GreetingMessage,
} from "./messages.ts";

/**
 * The frame of a message.
 * Throws WireError where the message breaks the schema. The result shares its memory with other results but no
 * bytes; it is the caller's to keep and to change.
 */
export function encodeGreetingMessage(message: GreetingMessage): Uint8Array {
  const slab = wire.reserve(sizeMaxGreetingMessage(message));
  const start = slab.used;
  try {
    return slab.take(writeGreetingMessage(slab, start, message));
  } catch (error) {
    throw wire.fromFrameStart(error, start);
  }
}

/** An upper bound on the bytes of a message from its tag on. */
function sizeMaxGreetingMessage(message: GreetingMessage): number {
  if (!wire.isObject(message)) return 0;
  switch (message.type) {
    case "Greeting":
      return 64;
    default:
      return 0;
  }
}

/** Writes a message from its tag on, and returns where it ends. */
function writeGreetingMessage(target: wire.Target, start: number, message: GreetingMessage): number {
  if (!wire.isObject(message)) throw wire.invalidValue("message", start, message, "a GreetingMessage");
  switch (message.type) {
    case "Greeting":
      wire.setU8(target, start, 255);
      return writeGreeting(target, start + 1, message);
    default:
      throw wire.invalidValue("message.type", start, Reflect.get(message, "type"), "the type of a GreetingMessage");
  }
}

function writeGreeting(target: wire.Target, start: number, message: Greeting): number {
  const padding = message.padding;
  wire.writeFixedBytes(target, start, padding, 8, "Greeting.padding", start);
  const signatureEnd = message.signatureEnd;
  wire.writeU8(target, start + 8, signatureEnd, "Greeting.signatureEnd");
  if (signatureEnd < 127) {
    throw wire.outOfRange("Greeting.signatureEnd", start + 8, signatureEnd, "the smallest is 127");
  }
  if (signatureEnd > 127) {
    throw wire.outOfRange("Greeting.signatureEnd", start + 8, signatureEnd, "the largest is 127");
  }
  const major = message.major;
  wire.writeU8(target, start + 9, major, "Greeting.major");
  if (major < 3) throw wire.outOfRange("Greeting.major", start + 9, major, "the smallest is 3");
  const minor = message.minor;
  wire.writeU8(target, start + 10, minor, "Greeting.minor");
  const mechanism = message.mechanism;
  wire.writeFixedBytes(target, start + 11, mechanism, 20, "Greeting.mechanism", start + 11);
  const asServer = message.asServer;
  wire.writeBool(target, start + 31, asServer, "Greeting.asServer");
  const filler = message.filler;
  wire.writeFixedBytes(target, start + 32, filler, 31, "Greeting.filler", start + 32);
  return start + 63;
}

/**
 * Writes the frame of a message into `target` from `offset` on, and returns where it ends.
 * Throws WireError where the message breaks the schema or the frame does not fit; what stands in `target` from
 * `offset` on is undefined then.
 */
export function encodeGreetingMessageInto(message: GreetingMessage, target: Uint8Array, offset: number): number {
  if (!wire.hasRoom(target, offset, sizeMaxGreetingMessage(message))) {
    return wire.copyInto(encodeGreetingMessage(message), target, offset);
  }
  try {
    return writeGreetingMessage(wire.targetOf(target), offset, message);
  } catch (error) {
    throw wire.fromFrameStart(error, offset);
  }
}

/** How many bytes the frame of a message has. Throws WireError like `encodeGreetingMessage`. */
export function byteLengthOfGreetingMessage(message: GreetingMessage): number {
  const slab = wire.reserve(sizeMaxGreetingMessage(message));
  const start = slab.used;
  try {
    return writeGreetingMessage(slab, start, message) - start;
  } catch (error) {
    throw wire.fromFrameStart(error, start);
  }
}

/**
 * The message of a frame.
 * Throws WireError, and nothing else, for bytes that are no message. Payloads are views of the frame, without
 * copying: they live as long as it does and change with it.
 */
export function decodeGreetingMessage(frame: Uint8Array): GreetingMessage {
  if (!wire.isBytes(frame)) throw wire.invalidValue("frame", 0, frame, "a Uint8Array");
  return readGreetingMessage(frame, 0, frame.length);
}

/** Reads a message from its tag on. */
function readGreetingMessage(bytes: Uint8Array, start: number, end: number): GreetingMessage {
  if (end - start < 1) throw wire.truncatedValue("frame.tag", start, end, 1);
  const tag = wire.readU8(bytes, start);
  switch (tag) {
    case 255:
      return readGreeting(bytes, start + 1, end);
    default:
      throw wire.unknownDiscriminator("frame.tag", start, tag, "GreetingMessage");
  }
}

function readGreeting(bytes: Uint8Array, start: number, end: number): Greeting {
  if (end - start < 63) {
    throw wire.truncated("Greeting", start, end, { padding: 8, signatureEnd: 1, major: 1, minor: 1, mechanism: 20, asServer: 1, filler: 31 });
  }
  const padding = wire.readBytes(bytes, start, start + 8);
  const signatureEnd = wire.readU8(bytes, start + 8);
  if (signatureEnd < 127) {
    throw wire.outOfRange("Greeting.signatureEnd", start + 8, signatureEnd, "the smallest is 127");
  }
  if (signatureEnd > 127) {
    throw wire.outOfRange("Greeting.signatureEnd", start + 8, signatureEnd, "the largest is 127");
  }
  const major = wire.readU8(bytes, start + 9);
  if (major < 3) throw wire.outOfRange("Greeting.major", start + 9, major, "the smallest is 3");
  const minor = wire.readU8(bytes, start + 10);
  const mechanism = wire.readBytes(bytes, start + 11, start + 31);
  const asServer = wire.readBool(bytes, start + 31, "Greeting.asServer");
  const filler = wire.readBytes(bytes, start + 32, start + 63);
  if (start + 63 !== end) throw wire.trailingBytes("Greeting", start + 63, end);
  return { type: "Greeting", padding, signatureEnd, major, minor, mechanism, asServer, filler };
}
