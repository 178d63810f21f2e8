import { Builder, ByteBuffer } from "flatbuffers";
import type { ClientMessage, ClientRequest, ServerMessage } from "hawser/protocol";
import * as tables from "../generated/flatbuffers/bench.js";
import type { Family, Library } from "../library.ts";
import { messageOf, reasonNumber } from "../plain.ts";

/**
 * The generated functions build and read; these put a message into them and every field out of them. That is faster
 * than the generated objects, which copy bytes one by one. All 64-bit integers are bigints, as the library has them.
 */
export interface Fields {
  readonly type: string;
  readonly capabilities: readonly (readonly [string, string])[];
  readonly nonce: bigint;
  readonly sessionId: string;
  readonly correlationId: string;
  readonly leaderId?: string | null | undefined;
  readonly timestamp: bigint;
  readonly createdAt: bigint;
  readonly requestId: bigint;
  readonly lowestPendingRequestId: bigint;
  readonly payload: Uint8Array;
  readonly result: Uint8Array;
  readonly reason: number;
}

const client: Family<ClientMessage, Fields> = {
  prepare: own,
  encode: encodeClient,
  decode: (frame) => readClient(tables.ClientMessage.getRootAsClientMessage(new ByteBuffer(frame))),
  restore,
};

const server: Family<ServerMessage, Fields> = {
  prepare: own,
  encode: (message) => {
    builder.clear();
    const offset = buildServer(message);
    tables.ServerMessage.startServerMessage(builder);
    const union = tables.ServerUnion[message.type as keyof typeof tables.ServerUnion];
    tables.ServerMessage.addMessageType(builder, union);
    tables.ServerMessage.addMessage(builder, offset);
    builder.finish(tables.ServerMessage.endServerMessage(builder));
    return builder.asUint8Array();
  },
  decode: decodeServer,
  restore,
};

const batch: Family<readonly ClientRequest[], readonly Fields[]> = {
  prepare: (requests) => requests.map(own),
  encode: (requests) => {
    builder.clear();
    const offsets = requests.map(buildClientRequest);
    const vector = tables.Batch.createRequestsVector(builder, offsets);
    builder.finish(tables.Batch.createBatch(builder, vector));
    return builder.asUint8Array();
  },
  decode: (frame) => {
    const table = tables.Batch.getRootAsBatch(new ByteBuffer(frame));
    const requests: unknown[] = [];
    const count = table.requestsLength();
    for (let index = 0; index < count; index++) requests.push(readClientRequest(table.requests(index)!));
    return requests;
  },
  restore: (decoded: readonly Fields[]) => decoded.map((fields) => messageOf("ClientRequest", fields)),
};

export const flatbuffers: Library = { client, server, batch, ownsResult: false };

export function encodeClient(message: Fields): Uint8Array {
  builder.clear();
  const offset = buildClient(message);
  tables.ClientMessage.startClientMessage(builder);
  const union = tables.ClientUnion[message.type as keyof typeof tables.ClientUnion];
  tables.ClientMessage.addMessageType(builder, union);
  tables.ClientMessage.addMessage(builder, offset);
  builder.finish(tables.ClientMessage.endClientMessage(builder));
  return builder.asUint8Array();
}

export function decodeServer(frame: Uint8Array): unknown {
  return readServer(tables.ServerMessage.getRootAsServerMessage(new ByteBuffer(frame)));
}

function own(message: ClientMessage | ServerMessage): Fields {
  const fields = Object.entries(message).map(([name, value]) => [
    name,
    typeof value === "number" ? BigInt(value) : name === "capabilities" ? Object.entries(value) : value,
  ]);
  const reason = reasonNumber(message);
  return { ...Object.fromEntries(fields), ...(reason === undefined ? {} : { reason }) };
}

function restore<Message>({ type, capabilities, ...fields }: Fields): Message {
  const entries = capabilities === undefined ? {} : { capabilities: Object.fromEntries(capabilities) };
  return messageOf(type, { ...fields, ...entries });
}

function buildClient(message: Fields): number {
  switch (message.type) {
    case "CreateSession":
      return tables.CreateSession.createCreateSession(builder, buildCapabilities(message.capabilities), message.nonce);
    case "ContinueSession":
      return tables.ContinueSession.createContinueSession(
        builder,
        builder.createString(message.sessionId),
        message.nonce,
      );
    case "KeepAlive":
      return tables.KeepAlive.createKeepAlive(builder, message.timestamp);
    case "ClientRequest":
      return buildClientRequest(message);
    case "ServerRequestAck":
      return tables.ServerRequestAck.createServerRequestAck(builder, message.requestId);
    case "CloseSession":
      return tables.CloseSession.createCloseSession(builder, message.reason);
    case "ConnectionClosed":
      return tables.ConnectionClosed.createConnectionClosed(builder);
    case "Query":
      return tables.Query.createQuery(
        builder,
        builder.createString(message.correlationId),
        builder.createByteVector(message.payload),
        message.createdAt,
      );
    default:
      throw new Error(`no type: ${message.type}`);
  }
}

function readClient(root: tables.ClientMessage): unknown {
  const type = root.messageType();
  switch (type) {
    case tables.ClientUnion.CreateSession: {
      const table: tables.CreateSession = root.message(new tables.CreateSession());
      return { type: "CreateSession", capabilities: readCapabilities(table), nonce: table.nonce() };
    }
    case tables.ClientUnion.ContinueSession: {
      const table: tables.ContinueSession = root.message(new tables.ContinueSession());
      return { type: "ContinueSession", sessionId: table.sessionId(), nonce: table.nonce() };
    }
    case tables.ClientUnion.KeepAlive: {
      const table: tables.KeepAlive = root.message(new tables.KeepAlive());
      return { type: "KeepAlive", timestamp: table.timestamp() };
    }
    case tables.ClientUnion.ClientRequest:
      return readClientRequest(root.message(new tables.ClientRequest()));
    case tables.ClientUnion.ServerRequestAck: {
      const table: tables.ServerRequestAck = root.message(new tables.ServerRequestAck());
      return { type: "ServerRequestAck", requestId: table.requestId() };
    }
    case tables.ClientUnion.CloseSession: {
      const table: tables.CloseSession = root.message(new tables.CloseSession());
      return { type: "CloseSession", reason: table.reason() };
    }
    case tables.ClientUnion.ConnectionClosed:
      return { type: "ConnectionClosed" };
    case tables.ClientUnion.Query: {
      const table: tables.Query = root.message(new tables.Query());
      return {
        type: "Query",
        correlationId: table.correlationId(),
        payload: table.payloadArray(),
        createdAt: table.createdAt(),
      };
    }
    default:
      throw new Error(`no type: ${type}`);
  }
}

function buildServer(message: Fields): number {
  switch (message.type) {
    case "SessionCreated":
      return tables.SessionCreated.createSessionCreated(
        builder,
        builder.createString(message.sessionId),
        message.nonce,
      );
    case "SessionContinued":
      return tables.SessionContinued.createSessionContinued(builder, message.nonce);
    case "SessionRejected": {
      const leaderId = message.leaderId == null ? 0 : builder.createString(message.leaderId);
      tables.SessionRejected.startSessionRejected(builder);
      tables.SessionRejected.addReason(builder, message.reason);
      tables.SessionRejected.addNonce(builder, message.nonce);
      if (leaderId !== 0) tables.SessionRejected.addLeaderId(builder, leaderId);
      return tables.SessionRejected.endSessionRejected(builder);
    }
    case "SessionClosed": {
      const leaderId = message.leaderId == null ? 0 : builder.createString(message.leaderId);
      tables.SessionClosed.startSessionClosed(builder);
      tables.SessionClosed.addReason(builder, message.reason);
      if (leaderId !== 0) tables.SessionClosed.addLeaderId(builder, leaderId);
      return tables.SessionClosed.endSessionClosed(builder);
    }
    case "KeepAliveResponse":
      return tables.KeepAliveResponse.createKeepAliveResponse(builder, message.timestamp);
    case "ClientResponse":
      return tables.ClientResponse.createClientResponse(
        builder,
        message.requestId,
        builder.createByteVector(message.result),
      );
    case "ServerRequest":
      return tables.ServerRequest.createServerRequest(
        builder,
        message.requestId,
        builder.createByteVector(message.payload),
        message.createdAt,
      );
    case "RequestError":
      return tables.RequestError.createRequestError(builder, message.requestId, message.reason);
    case "QueryResponse":
      return tables.QueryResponse.createQueryResponse(
        builder,
        builder.createString(message.correlationId),
        builder.createByteVector(message.result),
      );
    default:
      throw new Error(`no type: ${message.type}`);
  }
}

function readServer(root: tables.ServerMessage): unknown {
  const type = root.messageType();
  switch (type) {
    case tables.ServerUnion.SessionCreated: {
      const table: tables.SessionCreated = root.message(new tables.SessionCreated());
      return { type: "SessionCreated", sessionId: table.sessionId(), nonce: table.nonce() };
    }
    case tables.ServerUnion.SessionContinued: {
      const table: tables.SessionContinued = root.message(new tables.SessionContinued());
      return { type: "SessionContinued", nonce: table.nonce() };
    }
    case tables.ServerUnion.SessionRejected: {
      const table: tables.SessionRejected = root.message(new tables.SessionRejected());
      return { type: "SessionRejected", reason: table.reason(), nonce: table.nonce(), leaderId: table.leaderId() };
    }
    case tables.ServerUnion.SessionClosed: {
      const table: tables.SessionClosed = root.message(new tables.SessionClosed());
      return { type: "SessionClosed", reason: table.reason(), leaderId: table.leaderId() };
    }
    case tables.ServerUnion.KeepAliveResponse: {
      const table: tables.KeepAliveResponse = root.message(new tables.KeepAliveResponse());
      return { type: "KeepAliveResponse", timestamp: table.timestamp() };
    }
    case tables.ServerUnion.ClientResponse: {
      const table: tables.ClientResponse = root.message(new tables.ClientResponse());
      return { type: "ClientResponse", requestId: table.requestId(), result: table.resultArray() };
    }
    case tables.ServerUnion.ServerRequest: {
      const table: tables.ServerRequest = root.message(new tables.ServerRequest());
      return {
        type: "ServerRequest",
        requestId: table.requestId(),
        payload: table.payloadArray(),
        createdAt: table.createdAt(),
      };
    }
    case tables.ServerUnion.RequestError: {
      const table: tables.RequestError = root.message(new tables.RequestError());
      return { type: "RequestError", requestId: table.requestId(), reason: table.reason() };
    }
    case tables.ServerUnion.QueryResponse: {
      const table: tables.QueryResponse = root.message(new tables.QueryResponse());
      return { type: "QueryResponse", correlationId: table.correlationId(), result: table.resultArray() };
    }
    default:
      throw new Error(`no type: ${type}`);
  }
}

function buildClientRequest(message: Fields): number {
  const payload = builder.createByteVector(message.payload);
  return tables.ClientRequest.createClientRequest(
    builder,
    message.requestId,
    message.lowestPendingRequestId,
    payload,
    message.createdAt,
  );
}

function readClientRequest(table: tables.ClientRequest): unknown {
  return {
    type: "ClientRequest",
    requestId: table.requestId(),
    lowestPendingRequestId: table.lowestPendingRequestId(),
    payload: table.payloadArray(),
    createdAt: table.createdAt(),
  };
}

function buildCapabilities(capabilities: Fields["capabilities"]): number {
  const offsets: number[] = [];
  for (const [name, value] of capabilities) {
    const nameOffset = builder.createString(name);
    offsets.push(tables.Capability.createCapability(builder, nameOffset, builder.createString(value)));
  }
  return tables.CreateSession.createCapabilitiesVector(builder, offsets);
}

function readCapabilities(table: tables.CreateSession): unknown {
  const entries: unknown[] = [];
  const count = table.capabilitiesLength();
  for (let index = 0; index < count; index++) {
    const capability = table.capabilities(index)!;
    entries.push([capability.name(), capability.value()]);
  }
  return entries;
}

const builder = new Builder(64 * 1_024);
