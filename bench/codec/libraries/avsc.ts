import { Buffer } from "node:buffer";
import avro from "avsc";
import type { ClientMessage, ClientRequest, ServerMessage } from "hawser/protocol";
import type { Family, Library } from "../library.ts";
import { clientTypes, type Fields, fieldsOf, messageOf, reasons, serverTypes, withFields } from "../plain.ts";

/** A union's value is an object with the name of its case, as the library has it. */
export type Wrapped = Readonly<Record<string, Fields>>;

/** Nonces are bigints: the library's way to have 64-bit integers that a number cannot hold. */
const nonceType = avro.types.LongType.__with({
  fromBuffer: (buffer: Buffer) => buffer.readBigInt64LE(),
  toBuffer: (value: bigint) => {
    const buffer = Buffer.allocUnsafe(8);
    buffer.writeBigInt64LE(value);
    return buffer;
  },
  fromJSON: BigInt,
  toJSON: String,
  isValid: (value: unknown) => typeof value === "bigint",
  compare: (a: bigint, b: bigint) => (a === b ? 0 : a < b ? -1 : 1),
});

const fieldTypes: Readonly<Record<string, unknown>> = {
  capabilities: { type: "map", values: "string" },
  nonce: "Nonce",
  sessionId: "string",
  correlationId: "string",
  leaderId: ["null", "string"],
  timestamp: "long",
  createdAt: "long",
  requestId: "long",
  lowestPendingRequestId: "long",
  payload: "bytes",
  result: "bytes",
};

const fieldNames: Readonly<Record<string, readonly string[]>> = {
  CreateSession: ["capabilities", "nonce"],
  ContinueSession: ["sessionId", "nonce"],
  KeepAlive: ["timestamp"],
  ClientRequest: ["requestId", "lowestPendingRequestId", "payload", "createdAt"],
  ServerRequestAck: ["requestId"],
  CloseSession: ["reason"],
  ConnectionClosed: [],
  Query: ["correlationId", "payload", "createdAt"],
  SessionCreated: ["sessionId", "nonce"],
  SessionContinued: ["nonce"],
  SessionRejected: ["reason", "nonce", "leaderId"],
  SessionClosed: ["reason", "leaderId"],
  KeepAliveResponse: ["timestamp"],
  ClientResponse: ["requestId", "result"],
  ServerRequest: ["requestId", "payload", "createdAt"],
  RequestError: ["requestId", "reason"],
  QueryResponse: ["correlationId", "result"],
};

const clientType = typeFor(clientTypes.map(recordOf));
const serverType = typeFor(serverTypes.map(recordOf));
const batchType = typeFor({ type: "array", items: recordOf("ClientRequest") });

const client: Family<ClientMessage, Wrapped> = {
  prepare: (message) => ({ [message.type]: own(message) }),
  encode: encodeClient,
  decode: (frame) => clientType.fromBuffer(frame as Buffer),
  restore,
};

const server: Family<ServerMessage, Wrapped> = {
  prepare: (message) => ({ [message.type]: own(message) }),
  encode: (wrapped) => encode(serverType, wrapped),
  decode: decodeServer,
  restore,
};

const batch: Family<readonly ClientRequest[], readonly Fields[]> = {
  prepare: (requests) => requests.map(own),
  encode: (records) => encode(batchType, records),
  decode: (frame) => batchType.fromBuffer(frame as Buffer),
  restore: (decoded: readonly Fields[]) => decoded.map((fields) => messageOf("ClientRequest", fields)),
};

export const avsc: Library = { client, server, batch, ownsResult: false };

export function encodeClient(wrapped: Wrapped): Buffer {
  return encode(clientType, wrapped);
}

export function decodeServer(frame: Uint8Array): unknown {
  return serverType.fromBuffer(frame as Buffer);
}

/** `Type.encode` writes into a buffer of the caller; where that was too short the result is negative. */
function encode(type: avro.Type, value: unknown): Buffer {
  const end = type.encode(value, buffer, 0);
  if (end < 0) throw new Error(`needs ${-end} bytes more than ${buffer.length}`);
  return buffer.subarray(0, end);
}

function typeFor(schema: unknown): avro.Type {
  const registry: Record<string, avro.Type> = { Nonce: nonceType };
  return avro.Type.forSchema(schema as avro.Schema, { registry, wrapUnions: "auto" } as never);
}

function recordOf(name: string): object {
  const fields = (fieldNames[name] ?? []).map((field) => {
    const symbols = reasons[name];
    const type = field === "reason" ? { type: "enum", name: `${name}Reason`, symbols } : fieldTypes[field];
    return { name: field, type };
  });
  return { type: "record", name, fields };
}

function own(message: ClientMessage | ServerMessage): Fields {
  const fields = withFields(fieldsOf(message), {
    payload: Buffer.from,
    result: Buffer.from,
    reason: (reason: string | { readonly type: string }) => (typeof reason === "string" ? reason : reason.type),
  });
  return "leaderId" in message ? { leaderId: null, ...fields } : fields;
}

function restore<Message>(decoded: Wrapped): Message {
  const [[type, fields] = ["nothing", {}]] = Object.entries(decoded);
  return messageOf(type, fields);
}

const buffer = Buffer.allocUnsafeSlow(64 * 1_024);
