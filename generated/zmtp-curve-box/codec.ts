// Generated from zmtp-curve-box.yaml by "hawser generate". Do not edit: change the schema and generate again.
import * as wire from "../../runtime/wire/index.ts";
import type {
  Command,
  ContentMessage,
  Cookie,
  CookieContent,
  FrameMessage,
  HelloContent,
  InitiateContent,
  Message,
  Part,
  Property,
  ReadyContent,
  VouchContent,
  WelcomeContent,
} from "./messages.ts";

/** Where the list, map, struct or union ends that was read last. */
let readEnd = 0;

/**
 * The frame of a message.
 * Throws WireError where the message breaks the schema. The result shares its memory with other results but no
 * bytes; it is the caller's to keep and to change.
 */
export function encodeContentMessage(message: ContentMessage): Uint8Array {
  const slab = wire.reserve(sizeMaxContentMessage(message));
  const start = slab.used;
  try {
    return slab.take(writeContentMessage(slab, start, message));
  } catch (error) {
    throw wire.fromFrameStart(error, start);
  }
}

/** An upper bound on the bytes of a message from its tag on. */
function sizeMaxContentMessage(message: ContentMessage): number {
  if (!wire.isObject(message)) return 0;
  switch (message.type) {
    case "HelloContent":
      return 65;
    case "WelcomeContent":
      return 33 + sizeMaxCookie(message.cookie);
    case "CookieContent":
      return 65;
    case "VouchContent":
      return 65;
    case "InitiateContent":
      return 129 + sizeMaxInitiateContentProperties(message.properties);
    case "ReadyContent":
      return 1 + sizeMaxReadyContentProperties(message.properties);
    default:
      return 0;
  }
}

function sizeMaxCookie(value: Cookie): number {
  if (!wire.isObject(value)) return 0;
  return 96;
}

function sizeMaxInitiateContentProperties(value: ReadonlyArray<Property>): number {
  if (!wire.isList(value)) return 0;
  let size = 0;
  for (const item of value) size += sizeMaxProperty(item);
  return size;
}

function sizeMaxProperty(value: Property): number {
  if (!wire.isObject(value)) return 0;
  return 5 + wire.stringSizeMax(value.name) + wire.bytesSize(value.value);
}

function sizeMaxReadyContentProperties(value: ReadonlyArray<Property>): number {
  if (!wire.isList(value)) return 0;
  let size = 0;
  for (const item of value) size += sizeMaxProperty(item);
  return size;
}

/** Writes a message from its tag on, and returns where it ends. */
function writeContentMessage(target: wire.Target, start: number, message: ContentMessage): number {
  if (!wire.isObject(message)) throw wire.invalidValue("message", start, message, "a ContentMessage");
  switch (message.type) {
    case "HelloContent":
      wire.setU8(target, start, 1);
      return writeHelloContent(target, start + 1, message);
    case "WelcomeContent":
      wire.setU8(target, start, 2);
      return writeWelcomeContent(target, start + 1, message);
    case "CookieContent":
      wire.setU8(target, start, 3);
      return writeCookieContent(target, start + 1, message);
    case "VouchContent":
      wire.setU8(target, start, 4);
      return writeVouchContent(target, start + 1, message);
    case "InitiateContent":
      wire.setU8(target, start, 5);
      return writeInitiateContent(target, start + 1, message);
    case "ReadyContent":
      wire.setU8(target, start, 6);
      return writeReadyContent(target, start + 1, message);
    default:
      throw wire.invalidValue("message.type", start, Reflect.get(message, "type"), "the type of a ContentMessage");
  }
}

function writeHelloContent(target: wire.Target, start: number, message: HelloContent): number {
  const zeros = message.zeros;
  wire.writeFixedBytes(target, start, zeros, 64, "HelloContent.zeros", start);
  return start + 64;
}

function writeWelcomeContent(target: wire.Target, start: number, message: WelcomeContent): number {
  const serverTransientKey = message.serverTransientKey;
  wire.writeFixedBytes(target, start, serverTransientKey, 32, "WelcomeContent.serverTransientKey", start);
  const cookie = message.cookie;
  const cookieEnd = writeCookie(target, start + 32, cookie, "WelcomeContent.cookie");
  return cookieEnd;
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

function writeCookieContent(target: wire.Target, start: number, message: CookieContent): number {
  const clientTransientKey = message.clientTransientKey;
  wire.writeFixedBytes(target, start, clientTransientKey, 32, "CookieContent.clientTransientKey", start);
  const serverTransientSecretKey = message.serverTransientSecretKey;
  wire.writeFixedBytes(target, start + 32, serverTransientSecretKey, 32, "CookieContent.serverTransientSecretKey", start + 32);
  return start + 64;
}

function writeVouchContent(target: wire.Target, start: number, message: VouchContent): number {
  const clientTransientKey = message.clientTransientKey;
  wire.writeFixedBytes(target, start, clientTransientKey, 32, "VouchContent.clientTransientKey", start);
  const serverKey = message.serverKey;
  wire.writeFixedBytes(target, start + 32, serverKey, 32, "VouchContent.serverKey", start + 32);
  return start + 64;
}

function writeInitiateContent(target: wire.Target, start: number, message: InitiateContent): number {
  const clientKey = message.clientKey;
  wire.writeFixedBytes(target, start, clientKey, 32, "InitiateContent.clientKey", start);
  const vouchNonce = message.vouchNonce;
  wire.writeFixedBytes(target, start + 32, vouchNonce, 16, "InitiateContent.vouchNonce", start + 32);
  const vouchBox = message.vouchBox;
  wire.writeFixedBytes(target, start + 48, vouchBox, 80, "InitiateContent.vouchBox", start + 48);
  const properties = message.properties;
  const propertiesEnd = writeInitiateContentProperties(target, start + 128, properties, "InitiateContent.properties");
  return propertiesEnd;
}

function writeInitiateContentProperties(
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
    if (valueLength > 8192) throw wire.lengthOutOfRange(".value", nameEnd, valueLength, "the largest is 8192");
    return valueEnd;
  } catch (error) {
    throw wire.within(error, path);
  }
}

function writeReadyContent(target: wire.Target, start: number, message: ReadyContent): number {
  const properties = message.properties;
  const propertiesEnd = writeReadyContentProperties(target, start, properties, "ReadyContent.properties");
  return propertiesEnd;
}

function writeReadyContentProperties(
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

/**
 * Writes the frame of a message into `target` from `offset` on, and returns where it ends.
 * Throws WireError where the message breaks the schema or the frame does not fit; what stands in `target` from
 * `offset` on is undefined then.
 */
export function encodeContentMessageInto(message: ContentMessage, target: Uint8Array, offset: number): number {
  if (!wire.hasRoom(target, offset, sizeMaxContentMessage(message))) {
    return wire.copyInto(encodeContentMessage(message), target, offset);
  }
  try {
    return writeContentMessage(wire.targetOf(target), offset, message);
  } catch (error) {
    throw wire.fromFrameStart(error, offset);
  }
}

/** How many bytes the frame of a message has. Throws WireError like `encodeContentMessage`. */
export function byteLengthOfContentMessage(message: ContentMessage): number {
  const slab = wire.reserve(sizeMaxContentMessage(message));
  const start = slab.used;
  try {
    return writeContentMessage(slab, start, message) - start;
  } catch (error) {
    throw wire.fromFrameStart(error, start);
  }
}

/**
 * The message of a frame.
 * Throws WireError, and nothing else, for bytes that are no message. Payloads are views of the frame, without
 * copying: they live as long as it does and change with it.
 */
export function decodeContentMessage(frame: Uint8Array): ContentMessage {
  if (!wire.isBytes(frame)) throw wire.invalidValue("frame", 0, frame, "a Uint8Array");
  return readContentMessage(frame, 0, frame.length);
}

/** Reads a message from its tag on. */
function readContentMessage(bytes: Uint8Array, start: number, end: number): ContentMessage {
  if (end - start < 1) throw wire.truncatedValue("frame.tag", start, end, 1);
  const tag = wire.readU8(bytes, start);
  switch (tag) {
    case 1:
      return readHelloContent(bytes, start + 1, end);
    case 2:
      return readWelcomeContent(bytes, start + 1, end);
    case 3:
      return readCookieContent(bytes, start + 1, end);
    case 4:
      return readVouchContent(bytes, start + 1, end);
    case 5:
      return readInitiateContent(bytes, start + 1, end);
    case 6:
      return readReadyContent(bytes, start + 1, end);
    default:
      throw wire.unknownDiscriminator("frame.tag", start, tag, "ContentMessage");
  }
}

function readHelloContent(bytes: Uint8Array, start: number, end: number): HelloContent {
  if (end - start < 64) throw wire.truncated("HelloContent", start, end, { zeros: 64 });
  const zeros = wire.readBytes(bytes, start, start + 64);
  if (start + 64 !== end) throw wire.trailingBytes("HelloContent", start + 64, end);
  return { type: "HelloContent", zeros };
}

function readWelcomeContent(bytes: Uint8Array, start: number, end: number): WelcomeContent {
  if (end - start < 32) throw wire.truncated("WelcomeContent", start, end, { serverTransientKey: 32 });
  const serverTransientKey = wire.readBytes(bytes, start, start + 32);
  const cookie = readCookie(bytes, start + 32, end, "WelcomeContent.cookie");
  const cookieEnd = readEnd;
  if (cookieEnd !== end) throw wire.trailingBytes("WelcomeContent", cookieEnd, end);
  return { type: "WelcomeContent", serverTransientKey, cookie };
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

function readCookieContent(bytes: Uint8Array, start: number, end: number): CookieContent {
  if (end - start < 64) {
    throw wire.truncated("CookieContent", start, end, { clientTransientKey: 32, serverTransientSecretKey: 32 });
  }
  const clientTransientKey = wire.readBytes(bytes, start, start + 32);
  const serverTransientSecretKey = wire.readBytes(bytes, start + 32, start + 64);
  if (start + 64 !== end) throw wire.trailingBytes("CookieContent", start + 64, end);
  return { type: "CookieContent", clientTransientKey, serverTransientSecretKey };
}

function readVouchContent(bytes: Uint8Array, start: number, end: number): VouchContent {
  if (end - start < 64) throw wire.truncated("VouchContent", start, end, { clientTransientKey: 32, serverKey: 32 });
  const clientTransientKey = wire.readBytes(bytes, start, start + 32);
  const serverKey = wire.readBytes(bytes, start + 32, start + 64);
  if (start + 64 !== end) throw wire.trailingBytes("VouchContent", start + 64, end);
  return { type: "VouchContent", clientTransientKey, serverKey };
}

function readInitiateContent(bytes: Uint8Array, start: number, end: number): InitiateContent {
  if (end - start < 128) {
    throw wire.truncated("InitiateContent", start, end, { clientKey: 32, vouchNonce: 16, vouchBox: 80 });
  }
  const clientKey = wire.readBytes(bytes, start, start + 32);
  const vouchNonce = wire.readBytes(bytes, start + 32, start + 48);
  const vouchBox = wire.readBytes(bytes, start + 48, start + 128);
  const properties = readInitiateContentProperties(bytes, start + 128, end, "InitiateContent.properties");
  return { type: "InitiateContent", clientKey, vouchNonce, vouchBox, properties };
}

function readInitiateContentProperties(
  bytes: Uint8Array,
  start: number,
  end: number,
  path: string,
): ReadonlyArray<Property> {
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
    if (valueLength > 8192) throw wire.lengthOutOfRange(".value", nameEnd, valueLength, "the largest is 8192");
    readEnd = valueEnd;
    return { name, value: valueField };
  } catch (error) {
    throw wire.within(error, path);
  }
}

function readReadyContent(bytes: Uint8Array, start: number, end: number): ReadyContent {
  const properties = readReadyContentProperties(bytes, start, end, "ReadyContent.properties");
  return { type: "ReadyContent", properties };
}

function readReadyContentProperties(
  bytes: Uint8Array,
  start: number,
  end: number,
  path: string,
): ReadonlyArray<Property> {
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

/**
 * The frame of a message.
 * Throws WireError where the message breaks the schema. The result shares its memory with other results but no
 * bytes; it is the caller's to keep and to change.
 */
export function encodeFrameMessage(message: FrameMessage): Uint8Array {
  const slab = wire.reserve(sizeMaxFrameMessage(message));
  const start = slab.used;
  try {
    return slab.take(writeFrameMessage(slab, start, message));
  } catch (error) {
    throw wire.fromFrameStart(error, start);
  }
}

/** An upper bound on the bytes of a message from its tag on. */
function sizeMaxFrameMessage(message: FrameMessage): number {
  if (!wire.isObject(message)) return 0;
  switch (message.type) {
    case "Message":
      return 1 + wire.bytesSize(message.body);
    case "Part":
      return 1 + wire.bytesSize(message.body);
    case "Command":
      return 1 + wire.bytesSize(message.body);
    default:
      return 0;
  }
}

/** Writes a message from its tag on, and returns where it ends. */
function writeFrameMessage(target: wire.Target, start: number, message: FrameMessage): number {
  if (!wire.isObject(message)) throw wire.invalidValue("message", start, message, "a FrameMessage");
  switch (message.type) {
    case "Message":
      wire.setU8(target, start, 0);
      return writeMessage(target, start + 1, message);
    case "Part":
      wire.setU8(target, start, 1);
      return writePart(target, start + 1, message);
    case "Command":
      wire.setU8(target, start, 2);
      return writeCommand(target, start + 1, message);
    default:
      throw wire.invalidValue("message.type", start, Reflect.get(message, "type"), "the type of a FrameMessage");
  }
}

function writeMessage(target: wire.Target, start: number, message: Message): number {
  const body = message.body;
  const bodyEnd = wire.writeBytes(target, start, body, "Message.body", start);
  return bodyEnd;
}

function writePart(target: wire.Target, start: number, message: Part): number {
  const body = message.body;
  const bodyEnd = wire.writeBytes(target, start, body, "Part.body", start);
  return bodyEnd;
}

function writeCommand(target: wire.Target, start: number, message: Command): number {
  const body = message.body;
  const bodyEnd = wire.writeBytes(target, start, body, "Command.body", start);
  return bodyEnd;
}

/**
 * Writes the frame of a message into `target` from `offset` on, and returns where it ends.
 * Throws WireError where the message breaks the schema or the frame does not fit; what stands in `target` from
 * `offset` on is undefined then.
 */
export function encodeFrameMessageInto(message: FrameMessage, target: Uint8Array, offset: number): number {
  if (!wire.hasRoom(target, offset, sizeMaxFrameMessage(message))) {
    return wire.copyInto(encodeFrameMessage(message), target, offset);
  }
  try {
    return writeFrameMessage(wire.targetOf(target), offset, message);
  } catch (error) {
    throw wire.fromFrameStart(error, offset);
  }
}

/** How many bytes the frame of a message has. Throws WireError like `encodeFrameMessage`. */
export function byteLengthOfFrameMessage(message: FrameMessage): number {
  const slab = wire.reserve(sizeMaxFrameMessage(message));
  const start = slab.used;
  try {
    return writeFrameMessage(slab, start, message) - start;
  } catch (error) {
    throw wire.fromFrameStart(error, start);
  }
}

/**
 * The message of a frame.
 * Throws WireError, and nothing else, for bytes that are no message. Payloads are views of the frame, without
 * copying: they live as long as it does and change with it.
 */
export function decodeFrameMessage(frame: Uint8Array): FrameMessage {
  if (!wire.isBytes(frame)) throw wire.invalidValue("frame", 0, frame, "a Uint8Array");
  return readFrameMessage(frame, 0, frame.length);
}

/** Reads a message from its tag on. */
function readFrameMessage(bytes: Uint8Array, start: number, end: number): FrameMessage {
  if (end - start < 1) throw wire.truncatedValue("frame.tag", start, end, 1);
  const tag = wire.readU8(bytes, start);
  switch (tag) {
    case 0:
      return readMessage(bytes, start + 1, end);
    case 1:
      return readPart(bytes, start + 1, end);
    case 2:
      return readCommand(bytes, start + 1, end);
    default:
      throw wire.unknownDiscriminator("frame.tag", start, tag, "FrameMessage");
  }
}

function readMessage(bytes: Uint8Array, start: number, end: number): Message {
  const body = wire.readBytes(bytes, start, end);
  return { type: "Message", body };
}

function readPart(bytes: Uint8Array, start: number, end: number): Part {
  const body = wire.readBytes(bytes, start, end);
  return { type: "Part", body };
}

function readCommand(bytes: Uint8Array, start: number, end: number): Command {
  const body = wire.readBytes(bytes, start, end);
  return { type: "Command", body };
}
