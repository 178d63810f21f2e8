// Generated from batch.yaml by "hawser generate". Do not edit: change the schema and generate again.
import * as wire from "hawser/wire";
import type {
  Batch,
  BatchMessage,
  BatchRequest,
} from "./messages.ts";

/** Versions of the protocol that this codec speaks. */
export type ProtocolVersion = 1;

/** A message, and the version in which it was written. */
export interface DecodedBatchMessage {
  readonly version: ProtocolVersion;
  readonly message: BatchMessage;
}

/** Where the list, map, struct or union ends that was read last. */
let readEnd = 0;

/**
 * The frame of a message, as a version writes it.
 * Throws WireError where the message breaks the schema. The result shares its memory with other results but no
 * bytes; it is the caller's to keep and to change.
 */
export function encodeBatchMessage(message: BatchMessage, version: ProtocolVersion): Uint8Array {
  const slab = wire.reserve(1 + sizeMaxBatchMessage(message));
  const start = slab.used;
  try {
    return slab.take(writeBatchFrame(slab, start, message, version));
  } catch (error) {
    throw wire.fromFrameStart(error, start);
  }
}

/** An upper bound on the bytes of a message from its tag on. */
function sizeMaxBatchMessage(message: BatchMessage): number {
  if (!wire.isObject(message)) return 0;
  switch (message.type) {
    case "Batch":
      return 1 + sizeMaxBatchRequests(message.requests);
    default:
      return 0;
  }
}

function sizeMaxBatchRequests(value: ReadonlyArray<BatchRequest>): number {
  if (!wire.isList(value)) return 0;
  let size = 4 + value.length * 0;
  for (const item of value) size += sizeMaxBatchRequest(item);
  return size;
}

function sizeMaxBatchRequest(value: BatchRequest): number {
  if (!wire.isObject(value)) return 0;
  return 28 + wire.bytesSize(value.payload);
}

function writeBatchFrame(
  target: wire.Target,
  start: number,
  message: BatchMessage,
  version: ProtocolVersion,
): number {
  if (version !== 1) throw wire.unsupportedVersion("version", start, version, "1");
  wire.setU8(target, start, 1);
  return writeBatchMessage(target, start + 1, message);
}

/** Writes a message from its tag on, and returns where it ends. */
function writeBatchMessage(target: wire.Target, start: number, message: BatchMessage): number {
  if (!wire.isObject(message)) throw wire.invalidValue("message", start, message, "a BatchMessage");
  switch (message.type) {
    case "Batch":
      wire.setU8(target, start, 1);
      return writeBatch(target, start + 1, message);
    default:
      throw wire.invalidValue("message.type", start, Reflect.get(message, "type"), "the type of a BatchMessage");
  }
}

function writeBatch(target: wire.Target, start: number, message: Batch): number {
  const requests = message.requests;
  const requestsEnd = writeBatchRequests(target, start, requests, "Batch.requests");
  return requestsEnd;
}

function writeBatchRequests(
  target: wire.Target,
  start: number,
  value: ReadonlyArray<BatchRequest>,
  path: string,
): number {
  if (!wire.isList(value)) throw wire.invalidValue(path, start, value, "an array");
  const count = value.length;
  if (count > 4294967295) throw wire.tooLarge(path, start, count, "entries", 4294967295);
  wire.setU32(target, start, count);
  let offset = start + 4;
  let index = 0;
  try {
    for (; index < count; index++) {
      const item = value[index] as BatchRequest;
      const elementEnd = writeBatchRequest(target, offset, item, "");
      offset = elementEnd;
    }
  } catch (error) {
    throw wire.within(error, `${path}[${index}]`);
  }
  return offset;
}

function writeBatchRequest(target: wire.Target, start: number, value: BatchRequest, path: string): number {
  if (!wire.isObject(value)) throw wire.invalidValue(path, start, value, "a BatchRequest");
  try {
    const requestId = value.requestId;
    wire.writeI53(target, start, requestId, ".requestId");
    if (requestId < 0) throw wire.outOfRange(".requestId", start, requestId, "the smallest is 0");
    const lowestPendingRequestId = value.lowestPendingRequestId;
    wire.writeI53(target, start + 8, lowestPendingRequestId, ".lowestPendingRequestId");
    if (lowestPendingRequestId < 0) {
      throw wire.outOfRange(".lowestPendingRequestId", start + 8, lowestPendingRequestId, "the smallest is 0");
    }
    const payload = value.payload;
    const payloadEnd = wire.writeBytes(target, start + 20, payload, ".payload", start + 16);
    const payloadLength = payloadEnd - (start + 20);
    if (payloadLength > 2147483647) throw wire.tooLarge(".payload", start + 16, payloadLength, "bytes", 2147483647);
    wire.setU32(target, start + 16, payloadLength);
    const createdAt = value.createdAt;
    wire.writeI53(target, payloadEnd, createdAt, ".createdAt");
    return payloadEnd + 8;
  } catch (error) {
    throw wire.within(error, path);
  }
}

/**
 * Writes the frame of a message, as a version writes it, into `target` from `offset` on, and returns where it
 * ends.
 * Throws WireError where the message breaks the schema or the frame does not fit; what stands in `target` from
 * `offset` on is undefined then.
 */
export function encodeBatchMessageInto(
  message: BatchMessage,
  version: ProtocolVersion,
  target: Uint8Array,
  offset: number,
): number {
  if (!wire.hasRoom(target, offset, 1 + sizeMaxBatchMessage(message))) {
    return wire.copyInto(encodeBatchMessage(message, version), target, offset);
  }
  try {
    return writeBatchFrame(wire.targetOf(target), offset, message, version);
  } catch (error) {
    throw wire.fromFrameStart(error, offset);
  }
}

/** How many bytes the frame of a message has, as a version writes it. Throws WireError like `encodeBatchMessage`. */
export function byteLengthOfBatchMessage(message: BatchMessage, version: ProtocolVersion): number {
  const slab = wire.reserve(1 + sizeMaxBatchMessage(message));
  const start = slab.used;
  try {
    return writeBatchFrame(slab, start, message, version) - start;
  } catch (error) {
    throw wire.fromFrameStart(error, start);
  }
}

/**
 * The message of a frame, and the version in which it was written.
 * Throws WireError, and nothing else, for bytes that are no message. Payloads are views of the frame, without
 * copying: they live as long as it does and change with it.
 */
export function decodeBatchMessage(frame: Uint8Array): DecodedBatchMessage {
  const version = readVersion(frame);
  if (version !== 1) throw wire.unsupportedVersion("frame.version", 0, version, "1");
  return { version: 1, message: readBatchMessage(frame, 1, frame.length) };
}

/** The version of a frame. */
function readVersion(frame: Uint8Array): number {
  if (!wire.isBytes(frame)) throw wire.invalidValue("frame", 0, frame, "a Uint8Array");
  const end = frame.length;
  if (end < 1) throw wire.truncatedValue("frame.version", 0, end, 1);
  return wire.readU8(frame, 0);
}

/** Reads a message from its tag on. */
function readBatchMessage(bytes: Uint8Array, start: number, end: number): BatchMessage {
  if (end - start < 1) throw wire.truncatedValue("frame.tag", start, end, 1);
  const tag = wire.readU8(bytes, start);
  switch (tag) {
    case 1:
      return readBatch(bytes, start + 1, end);
    default:
      throw wire.unknownDiscriminator("frame.tag", start, tag, "BatchMessage");
  }
}

function readBatch(bytes: Uint8Array, start: number, end: number): Batch {
  const requests = readBatchRequests(bytes, start, end, "Batch.requests");
  const requestsEnd = readEnd;
  if (requestsEnd !== end) throw wire.trailingBytes("Batch", requestsEnd, end);
  return { type: "Batch", requests };
}

function readBatchRequests(bytes: Uint8Array, start: number, end: number, path: string): ReadonlyArray<BatchRequest> {
  if (end - start < 4) throw wire.truncatedValue(path, start, end, 4);
  const count = wire.readU32(bytes, start);
  const countMax = (end - start - 4) / 28;
  if (count > countMax) throw wire.truncatedEntries(path, start, count, countMax);
  const items: BatchRequest[] = [];
  let offset = start + 4;
  let index = 0;
  try {
    for (; index < count; index++) {
      const item = readBatchRequest(bytes, offset, end, "");
      const itemEnd = readEnd;
      items.push(item);
      offset = itemEnd;
    }
  } catch (error) {
    throw wire.within(error, `${path}[${index}]`);
  }
  readEnd = offset;
  return items;
}

function readBatchRequest(bytes: Uint8Array, start: number, end: number, path: string): BatchRequest {
  try {
    if (end - start < 20) {
      throw wire.truncated("", start, end, { requestId: 8, lowestPendingRequestId: 8, payload: 4 });
    }
    const requestId = wire.readI53(bytes, start, ".requestId");
    const lowestPendingRequestId = wire.readI53(bytes, start + 8, ".lowestPendingRequestId");
    const payloadLength = wire.readI32(bytes, start + 16);
    if (payloadLength < 0) throw wire.lengthOutOfRange(".payload", start + 16, payloadLength, "the smallest is 0");
    const payloadEnd = start + 20 + payloadLength;
    if (end - payloadEnd < 8) throw wire.truncated("", start + 16, end, { payload: 4 + payloadLength, createdAt: 8 });
    const payload = wire.readBytes(bytes, start + 20, payloadEnd);
    const createdAt = wire.readI53(bytes, payloadEnd, ".createdAt");
    readEnd = payloadEnd + 8;
    return { requestId, lowestPendingRequestId, payload, createdAt };
  } catch (error) {
    throw wire.within(error, path);
  }
}
