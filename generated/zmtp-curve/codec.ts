// Generated from zmtp-curve.yaml by "hawser generate". Do not edit: change the schema and generate again.
import * as wire from "../../runtime/wire/index.ts";
import type {
  CommandMessage,
  Cookie,
  Hello,
  Initiate,
  Message,
  Ready,
  Welcome,
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
    case "Hello":
      return 200;
    case "Welcome":
      return 168;
    case "Initiate":
      return 17 + sizeMaxCookie(message.cookie) + wire.bytesSize(message.box);
    case "Ready":
      return 14 + wire.bytesSize(message.box);
    case "Message":
      return 16 + wire.bytesSize(message.box);
    default:
      return 0;
  }
}

function sizeMaxCookie(value: Cookie): number {
  if (!wire.isObject(value)) return 0;
  return 96;
}

/** Writes a message from its tag on, and returns where it ends. */
function writeCommandMessage(target: wire.Target, start: number, message: CommandMessage): number {
  if (!wire.isObject(message)) throw wire.invalidValue("message", start, message, "a CommandMessage");
  switch (message.type) {
    case "Hello":
      wire.setTextTag(target, start, "HELLO");
      return writeHello(target, start + 6, message);
    case "Welcome":
      wire.setTextTag(target, start, "WELCOME");
      return writeWelcome(target, start + 8, message);
    case "Initiate":
      wire.setTextTag(target, start, "INITIATE");
      return writeInitiate(target, start + 9, message);
    case "Ready":
      wire.setTextTag(target, start, "READY");
      return writeReady(target, start + 6, message);
    case "Message":
      wire.setTextTag(target, start, "MESSAGE");
      return writeMessage(target, start + 8, message);
    default:
      throw wire.invalidValue("message.type", start, Reflect.get(message, "type"), "the type of a CommandMessage");
  }
}

function writeHello(target: wire.Target, start: number, message: Hello): number {
  const major = message.major;
  wire.writeU8(target, start, major, "Hello.major");
  if (major < 1) throw wire.outOfRange("Hello.major", start, major, "the smallest is 1");
  if (major > 1) throw wire.outOfRange("Hello.major", start, major, "the largest is 1");
  const minor = message.minor;
  wire.writeU8(target, start + 1, minor, "Hello.minor");
  if (minor < 0) throw wire.outOfRange("Hello.minor", start + 1, minor, "the smallest is 0");
  if (minor > 0) throw wire.outOfRange("Hello.minor", start + 1, minor, "the largest is 0");
  const padding = message.padding;
  wire.writeFixedBytes(target, start + 2, padding, 72, "Hello.padding", start + 2);
  const clientTransientKey = message.clientTransientKey;
  wire.writeFixedBytes(target, start + 74, clientTransientKey, 32, "Hello.clientTransientKey", start + 74);
  const nonce = message.nonce;
  wire.writeU53(target, start + 106, nonce, "Hello.nonce");
  if (nonce < 1) throw wire.outOfRange("Hello.nonce", start + 106, nonce, "the smallest is 1");
  const box = message.box;
  wire.writeFixedBytes(target, start + 114, box, 80, "Hello.box", start + 114);
  return start + 194;
}

function writeWelcome(target: wire.Target, start: number, message: Welcome): number {
  const nonce = message.nonce;
  wire.writeFixedBytes(target, start, nonce, 16, "Welcome.nonce", start);
  const box = message.box;
  wire.writeFixedBytes(target, start + 16, box, 144, "Welcome.box", start + 16);
  return start + 160;
}

function writeInitiate(target: wire.Target, start: number, message: Initiate): number {
  const cookie = message.cookie;
  const cookieEnd = writeCookie(target, start, cookie, "Initiate.cookie");
  const nonce = message.nonce;
  wire.writeU53(target, cookieEnd, nonce, "Initiate.nonce");
  if (nonce < 1) throw wire.outOfRange("Initiate.nonce", cookieEnd, nonce, "the smallest is 1");
  const box = message.box;
  const boxEnd = wire.writeBytes(target, cookieEnd + 8, box, "Initiate.box", cookieEnd + 8);
  const boxLength = boxEnd - (cookieEnd + 8);
  if (boxLength < 144) throw wire.lengthOutOfRange("Initiate.box", cookieEnd + 8, boxLength, "the smallest is 144");
  return boxEnd;
}

function writeCookie(target: wire.Target, start: number, value: Cookie, path: string): number {
  if (!wire.isObject(value)) throw wire.invalidValue(path, start, value, "a Cookie");
  try {
    const nonce = value.nonce;
    wire.writeFixedBytes(target, start, nonce, 16, ".nonce", start);
    const box = value.box;
    wire.writeFixedBytes(target, start + 16, box, 80, ".box", start + 16);
    return start + 96;
  } catch (error) {
    throw wire.within(error, path);
  }
}

function writeReady(target: wire.Target, start: number, message: Ready): number {
  const nonce = message.nonce;
  wire.writeU53(target, start, nonce, "Ready.nonce");
  if (nonce < 1) throw wire.outOfRange("Ready.nonce", start, nonce, "the smallest is 1");
  const box = message.box;
  const boxEnd = wire.writeBytes(target, start + 8, box, "Ready.box", start + 8);
  const boxLength = boxEnd - (start + 8);
  if (boxLength < 16) throw wire.lengthOutOfRange("Ready.box", start + 8, boxLength, "the smallest is 16");
  return boxEnd;
}

function writeMessage(target: wire.Target, start: number, message: Message): number {
  const nonce = message.nonce;
  wire.writeU53(target, start, nonce, "Message.nonce");
  if (nonce < 1) throw wire.outOfRange("Message.nonce", start, nonce, "the smallest is 1");
  const box = message.box;
  const boxEnd = wire.writeBytes(target, start + 8, box, "Message.box", start + 8);
  const boxLength = boxEnd - (start + 8);
  if (boxLength < 17) throw wire.lengthOutOfRange("Message.box", start + 8, boxLength, "the smallest is 17");
  return boxEnd;
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
    case "HELLO":
      return readHello(bytes, tagEnd, end);
    case "WELCOME":
      return readWelcome(bytes, tagEnd, end);
    case "INITIATE":
      return readInitiate(bytes, tagEnd, end);
    case "READY":
      return readReady(bytes, tagEnd, end);
    case "MESSAGE":
      return readMessage(bytes, tagEnd, end);
    default:
      throw wire.unknownDiscriminator("frame.tag", start, tag, "CommandMessage");
  }
}

function readHello(bytes: Uint8Array, start: number, end: number): Hello {
  if (end - start < 194) {
    throw wire.truncated("Hello", start, end, { major: 1, minor: 1, padding: 72, clientTransientKey: 32, nonce: 8, box: 80 });
  }
  const major = wire.readU8(bytes, start);
  if (major < 1) throw wire.outOfRange("Hello.major", start, major, "the smallest is 1");
  if (major > 1) throw wire.outOfRange("Hello.major", start, major, "the largest is 1");
  const minor = wire.readU8(bytes, start + 1);
  if (minor < 0) throw wire.outOfRange("Hello.minor", start + 1, minor, "the smallest is 0");
  if (minor > 0) throw wire.outOfRange("Hello.minor", start + 1, minor, "the largest is 0");
  const padding = wire.readBytes(bytes, start + 2, start + 74);
  const clientTransientKey = wire.readBytes(bytes, start + 74, start + 106);
  const nonce = wire.readU53(bytes, start + 106, "Hello.nonce");
  if (nonce < 1) throw wire.outOfRange("Hello.nonce", start + 106, nonce, "the smallest is 1");
  const box = wire.readBytes(bytes, start + 114, start + 194);
  if (start + 194 !== end) throw wire.trailingBytes("Hello", start + 194, end);
  return { type: "Hello", major, minor, padding, clientTransientKey, nonce, box };
}

function readWelcome(bytes: Uint8Array, start: number, end: number): Welcome {
  if (end - start < 160) throw wire.truncated("Welcome", start, end, { nonce: 16, box: 144 });
  const nonce = wire.readBytes(bytes, start, start + 16);
  const box = wire.readBytes(bytes, start + 16, start + 160);
  if (start + 160 !== end) throw wire.trailingBytes("Welcome", start + 160, end);
  return { type: "Welcome", nonce, box };
}

function readInitiate(bytes: Uint8Array, start: number, end: number): Initiate {
  const cookie = readCookie(bytes, start, end, "Initiate.cookie");
  const cookieEnd = readEnd;
  if (end - cookieEnd < 8) throw wire.truncated("Initiate", cookieEnd, end, { nonce: 8 });
  const nonce = wire.readU53(bytes, cookieEnd, "Initiate.nonce");
  if (nonce < 1) throw wire.outOfRange("Initiate.nonce", cookieEnd, nonce, "the smallest is 1");
  const boxLength = end - cookieEnd - 8;
  const box = wire.readBytes(bytes, cookieEnd + 8, end);
  if (boxLength < 144) throw wire.lengthOutOfRange("Initiate.box", cookieEnd + 8, boxLength, "the smallest is 144");
  return { type: "Initiate", cookie, nonce, box };
}

function readCookie(bytes: Uint8Array, start: number, end: number, path: string): Cookie {
  try {
    if (end - start < 96) throw wire.truncated("", start, end, { nonce: 16, box: 80 });
    const nonce = wire.readBytes(bytes, start, start + 16);
    const box = wire.readBytes(bytes, start + 16, start + 96);
    readEnd = start + 96;
    return { nonce, box };
  } catch (error) {
    throw wire.within(error, path);
  }
}

function readReady(bytes: Uint8Array, start: number, end: number): Ready {
  if (end - start < 8) throw wire.truncated("Ready", start, end, { nonce: 8 });
  const nonce = wire.readU53(bytes, start, "Ready.nonce");
  if (nonce < 1) throw wire.outOfRange("Ready.nonce", start, nonce, "the smallest is 1");
  const boxLength = end - start - 8;
  const box = wire.readBytes(bytes, start + 8, end);
  if (boxLength < 16) throw wire.lengthOutOfRange("Ready.box", start + 8, boxLength, "the smallest is 16");
  return { type: "Ready", nonce, box };
}

function readMessage(bytes: Uint8Array, start: number, end: number): Message {
  if (end - start < 8) throw wire.truncated("Message", start, end, { nonce: 8 });
  const nonce = wire.readU53(bytes, start, "Message.nonce");
  if (nonce < 1) throw wire.outOfRange("Message.nonce", start, nonce, "the smallest is 1");
  const boxLength = end - start - 8;
  const box = wire.readBytes(bytes, start + 8, end);
  if (boxLength < 17) throw wire.lengthOutOfRange("Message.box", start + 8, boxLength, "the smallest is 17");
  return { type: "Message", nonce, box };
}
