import type { ClientMessage, ClientRequest, ServerMessage } from "hawser/protocol";
import { Sia } from "sializer";
import type { Family, Library } from "../library.ts";
import { messageOf, reasonNumber } from "../plain.ts";
import type { Fields } from "./compact-encoding/client.ts";

const client: Family<ClientMessage, Fields> = {
  prepare: own,
  encode: encodeClient,
  decode: (frame) => readClientMessage(receiver.seek(0).setContent(frame)),
  restore: ({ type, ...fields }: Fields) => messageOf(type, fields),
};

const server: Family<ServerMessage, Fields> = {
  prepare: own,
  encode: (message) => writeServerMessage(sender.setContent(nothing), message).content,
  decode: decodeServer,
  restore: ({ type, ...fields }: Fields) => messageOf(type, fields),
};

const batch: Family<readonly ClientRequest[], Fields[]> = {
  prepare: (requests) => requests.map(own),
  encode: (requests) => sender.setContent(nothing).addArray32(requests, writeClientRequest).content,
  decode: (frame) => receiver.seek(0).setContent(frame).readArray32(readClientRequest),
  restore: (decoded: readonly Fields[]) => decoded.map((fields) => messageOf("ClientRequest", fields)),
};

export const sia: Library = { client, server, batch, ownsResult: true };

export function encodeClient(message: Fields): Uint8Array {
  return writeClientMessage(sender.setContent(nothing), message).content;
}

export function decodeServer(frame: Uint8Array): Partial<Fields> {
  return readServerMessage(receiver.seek(0).setContent(frame));
}

function own(message: ClientMessage | ServerMessage): Fields {
  const reason = reasonNumber(message);
  return (reason === undefined ? message : { ...message, reason }) as unknown as Fields;
}

function writeClientMessage(sia: Sia, message: Fields): Sia {
  switch (message.type) {
    case "CreateSession":
      sia.addUInt8(1);
      writeCapabilities(sia, message.capabilities);
      writeNonce(sia, message.nonce);
      return sia;
    case "ContinueSession":
      sia.addUInt8(2);
      sia.addString8(message.sessionId);
      writeNonce(sia, message.nonce);
      return sia;
    case "KeepAlive":
      sia.addUInt8(3);
      sia.addInt64(message.timestamp);
      return sia;
    case "ClientRequest":
      return writeClientRequest(sia.addUInt8(4), message);
    case "ServerRequestAck":
      sia.addUInt8(5);
      sia.addUInt64(message.requestId);
      return sia;
    case "CloseSession":
      sia.addUInt8(6);
      sia.addUInt8(message.reason);
      return sia;
    case "ConnectionClosed":
      sia.addUInt8(7);
      return sia;
    case "Query":
      sia.addUInt8(8);
      sia.addString16(message.correlationId);
      sia.addByteArray32(message.payload);
      sia.addInt64(message.createdAt);
      return sia;
    default:
      throw new Error(`no type: ${message.type}`);
  }
}

function readClientMessage(sia: Sia): Partial<Fields> {
  const tag = sia.readUInt8();
  switch (tag) {
    case 1:
      return { type: "CreateSession", capabilities: readCapabilities(sia), nonce: readNonce(sia) };
    case 2:
      return { type: "ContinueSession", sessionId: sia.readString8(), nonce: readNonce(sia) };
    case 3:
      return { type: "KeepAlive", timestamp: sia.readInt64() };
    case 4:
      return readClientRequest(sia);
    case 5:
      return { type: "ServerRequestAck", requestId: sia.readUInt64() };
    case 6:
      return { type: "CloseSession", reason: sia.readUInt8() };
    case 7:
      return { type: "ConnectionClosed" };
    case 8:
      return {
        type: "Query",
        correlationId: sia.readString16(),
        payload: sia.readByteArray32(),
        createdAt: sia.readInt64(),
      };
    default:
      throw new Error(`no tag: ${tag}`);
  }
}

function writeServerMessage(sia: Sia, message: Fields): Sia {
  switch (message.type) {
    case "SessionCreated":
      sia.addUInt8(1);
      sia.addString8(message.sessionId);
      writeNonce(sia, message.nonce);
      return sia;
    case "SessionContinued":
      sia.addUInt8(2);
      writeNonce(sia, message.nonce);
      return sia;
    case "SessionRejected":
      sia.addUInt8(3);
      sia.addUInt8(message.reason);
      writeNonce(sia, message.nonce);
      writeLeaderId(sia, message.leaderId);
      return sia;
    case "SessionClosed":
      sia.addUInt8(4);
      sia.addUInt8(message.reason);
      writeLeaderId(sia, message.leaderId);
      return sia;
    case "KeepAliveResponse":
      sia.addUInt8(5);
      sia.addInt64(message.timestamp);
      return sia;
    case "ClientResponse":
      sia.addUInt8(6);
      sia.addUInt64(message.requestId);
      sia.addByteArray32(message.result);
      return sia;
    case "ServerRequest":
      sia.addUInt8(7);
      sia.addUInt64(message.requestId);
      sia.addByteArray32(message.payload);
      sia.addInt64(message.createdAt);
      return sia;
    case "RequestError":
      sia.addUInt8(8);
      sia.addUInt64(message.requestId);
      sia.addUInt8(message.reason);
      return sia;
    case "QueryResponse":
      sia.addUInt8(9);
      sia.addString16(message.correlationId);
      sia.addByteArray32(message.result);
      return sia;
    default:
      throw new Error(`no type: ${message.type}`);
  }
}

function readServerMessage(sia: Sia): Partial<Fields> {
  const tag = sia.readUInt8();
  switch (tag) {
    case 1:
      return { type: "SessionCreated", sessionId: sia.readString8(), nonce: readNonce(sia) };
    case 2:
      return { type: "SessionContinued", nonce: readNonce(sia) };
    case 3:
      return { type: "SessionRejected", reason: sia.readUInt8(), nonce: readNonce(sia), leaderId: readLeaderId(sia) };
    case 4:
      return { type: "SessionClosed", reason: sia.readUInt8(), leaderId: readLeaderId(sia) };
    case 5:
      return { type: "KeepAliveResponse", timestamp: sia.readInt64() };
    case 6:
      return { type: "ClientResponse", requestId: sia.readUInt64(), result: sia.readByteArray32() };
    case 7:
      return {
        type: "ServerRequest",
        requestId: sia.readUInt64(),
        payload: sia.readByteArray32(),
        createdAt: sia.readInt64(),
      };
    case 8:
      return { type: "RequestError", requestId: sia.readUInt64(), reason: sia.readUInt8() };
    case 9:
      return { type: "QueryResponse", correlationId: sia.readString16(), result: sia.readByteArray32() };
    default:
      throw new Error(`no tag: ${tag}`);
  }
}

function writeClientRequest(sia: Sia, message: Fields): Sia {
  sia.addUInt64(message.requestId);
  sia.addUInt64(message.lowestPendingRequestId);
  sia.addByteArray32(message.payload);
  sia.addInt64(message.createdAt);
  return sia;
}

function readClientRequest(sia: Sia): Partial<Fields> {
  return {
    type: "ClientRequest",
    requestId: sia.readUInt64(),
    lowestPendingRequestId: sia.readUInt64(),
    payload: sia.readByteArray32(),
    createdAt: sia.readInt64(),
  };
}

/** Its own bigints have no sign and go through hexadecimal text: two halves are faster. */
function writeNonce(sia: Sia, nonce: bigint): void {
  const unsigned = BigInt.asUintN(64, nonce);
  sia.addUInt32(Number(unsigned >> 32n)).addUInt32(Number(unsigned & 0xffff_ffffn));
}

function readNonce(sia: Sia): bigint {
  const high = BigInt(sia.readUInt32());
  return BigInt.asIntN(64, (high << 32n) | BigInt(sia.readUInt32()));
}

function writeCapabilities(sia: Sia, capabilities: Readonly<Record<string, string>>): void {
  sia.addArray16(Object.entries(capabilities), writeCapability);
}

function writeCapability(sia: Sia, [name, value]: readonly [string, string]): void {
  sia.addString16(name).addString16(value);
}

function readCapabilities(sia: Sia): Readonly<Record<string, string>> {
  return Object.fromEntries(sia.readArray16(readCapability));
}

function readCapability(sia: Sia): [string, string] {
  return [sia.readString16(), sia.readString16()];
}

function writeLeaderId(sia: Sia, leaderId: string | undefined): void {
  sia.addBool(leaderId !== undefined);
  if (leaderId !== undefined) sia.addString16(leaderId);
}

function readLeaderId(sia: Sia): string | undefined {
  return sia.readBool() ? sia.readString16() : undefined;
}

const sender = new Sia();
const receiver = new Sia();
const nothing = new Uint8Array(0);
