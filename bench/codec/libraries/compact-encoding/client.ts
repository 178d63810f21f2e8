import type { Encoder } from "compact-encoding";
import c from "compact-encoding";

/** Encodings as the library's documentation composes them: an object of three functions for each structure. */

/** A message whose reason is a number. Which fields are there hangs on its type. */
export interface Fields {
  readonly type: string;
  readonly capabilities: Readonly<Record<string, string>>;
  readonly nonce: bigint;
  readonly sessionId: string;
  readonly correlationId: string;
  readonly leaderId?: string | undefined;
  readonly timestamp: number;
  readonly createdAt: number;
  readonly requestId: number;
  readonly lowestPendingRequestId: number;
  readonly payload: Uint8Array;
  readonly result: Uint8Array;
  readonly reason: number;
}

/** Of every message of the family, with its tag. */
export const clientEncoding: Encoder<Fields, Partial<Fields>> = {
  preencode: (state, message) => {
    c.uint8.preencode(state, 0);
    switch (message.type) {
      case "CreateSession":
        return createSession.preencode(state, message);
      case "ContinueSession":
        return continueSession.preencode(state, message);
      case "KeepAlive":
        return keepAlive.preencode(state, message);
      case "ClientRequest":
        return clientRequest.preencode(state, message);
      case "ServerRequestAck":
        return serverRequestAck.preencode(state, message);
      case "CloseSession":
        return closeSession.preencode(state, message);
      case "ConnectionClosed":
        return connectionClosed.preencode(state, message);
      case "Query":
        return query.preencode(state, message);
      default:
        throw new Error(`no type: ${message.type}`);
    }
  },
  encode: (state, message) => {
    switch (message.type) {
      case "CreateSession":
        c.uint8.encode(state, 1);
        return createSession.encode(state, message);
      case "ContinueSession":
        c.uint8.encode(state, 2);
        return continueSession.encode(state, message);
      case "KeepAlive":
        c.uint8.encode(state, 3);
        return keepAlive.encode(state, message);
      case "ClientRequest":
        c.uint8.encode(state, 4);
        return clientRequest.encode(state, message);
      case "ServerRequestAck":
        c.uint8.encode(state, 5);
        return serverRequestAck.encode(state, message);
      case "CloseSession":
        c.uint8.encode(state, 6);
        return closeSession.encode(state, message);
      case "ConnectionClosed":
        c.uint8.encode(state, 7);
        return connectionClosed.encode(state, message);
      case "Query":
        c.uint8.encode(state, 8);
        return query.encode(state, message);
      default:
        throw new Error(`no type: ${message.type}`);
    }
  },
  decode: (state) => {
    const tag = c.uint8.decode(state);
    switch (tag) {
      case 1:
        return createSession.decode(state);
      case 2:
        return continueSession.decode(state);
      case 3:
        return keepAlive.decode(state);
      case 4:
        return clientRequest.decode(state);
      case 5:
        return serverRequestAck.decode(state);
      case 6:
        return closeSession.decode(state);
      case 7:
        return connectionClosed.decode(state);
      case 8:
        return query.decode(state);
      default:
        throw new Error(`no tag: ${tag}`);
    }
  },
};

const createSession: Encoder<Fields, Partial<Fields>> = {
  preencode: (state, message) => {
    c.stringRecord.preencode(state, message.capabilities);
    c.bigint64.preencode(state, message.nonce);
  },
  encode: (state, message) => {
    c.stringRecord.encode(state, message.capabilities);
    c.bigint64.encode(state, message.nonce);
  },
  decode: (state) => ({
    type: "CreateSession",
    capabilities: c.stringRecord.decode(state),
    nonce: c.bigint64.decode(state),
  }),
};

const continueSession: Encoder<Fields, Partial<Fields>> = {
  preencode: (state, message) => {
    c.string.preencode(state, message.sessionId);
    c.bigint64.preencode(state, message.nonce);
  },
  encode: (state, message) => {
    c.string.encode(state, message.sessionId);
    c.bigint64.encode(state, message.nonce);
  },
  decode: (state) => ({
    type: "ContinueSession",
    sessionId: c.string.decode(state),
    nonce: c.bigint64.decode(state),
  }),
};

const keepAlive: Encoder<Fields, Partial<Fields>> = {
  preencode: (state, message) => {
    c.uint.preencode(state, message.timestamp);
  },
  encode: (state, message) => {
    c.uint.encode(state, message.timestamp);
  },
  decode: (state) => ({
    type: "KeepAlive",
    timestamp: c.uint.decode(state),
  }),
};

export const clientRequest: Encoder<Fields, Partial<Fields>> = {
  preencode: (state, message) => {
    c.uint.preencode(state, message.requestId);
    c.uint.preencode(state, message.lowestPendingRequestId);
    c.uint8array.preencode(state, message.payload);
    c.uint.preencode(state, message.createdAt);
  },
  encode: (state, message) => {
    c.uint.encode(state, message.requestId);
    c.uint.encode(state, message.lowestPendingRequestId);
    c.uint8array.encode(state, message.payload);
    c.uint.encode(state, message.createdAt);
  },
  decode: (state) => ({
    type: "ClientRequest",
    requestId: c.uint.decode(state),
    lowestPendingRequestId: c.uint.decode(state),
    payload: c.uint8array.decode(state),
    createdAt: c.uint.decode(state),
  }),
};

const serverRequestAck: Encoder<Fields, Partial<Fields>> = {
  preencode: (state, message) => {
    c.uint.preencode(state, message.requestId);
  },
  encode: (state, message) => {
    c.uint.encode(state, message.requestId);
  },
  decode: (state) => ({
    type: "ServerRequestAck",
    requestId: c.uint.decode(state),
  }),
};

const closeSession: Encoder<Fields, Partial<Fields>> = {
  preencode: (state, message) => {
    c.uint8.preencode(state, message.reason);
  },
  encode: (state, message) => {
    c.uint8.encode(state, message.reason);
  },
  decode: (state) => ({
    type: "CloseSession",
    reason: c.uint8.decode(state),
  }),
};

const connectionClosed: Encoder<Fields, Partial<Fields>> = {
  preencode: () => undefined,
  encode: () => undefined,
  decode: () => ({ type: "ConnectionClosed" }),
};

const query: Encoder<Fields, Partial<Fields>> = {
  preencode: (state, message) => {
    c.string.preencode(state, message.correlationId);
    c.uint8array.preencode(state, message.payload);
    c.uint.preencode(state, message.createdAt);
  },
  encode: (state, message) => {
    c.string.encode(state, message.correlationId);
    c.uint8array.encode(state, message.payload);
    c.uint.encode(state, message.createdAt);
  },
  decode: (state) => ({
    type: "Query",
    correlationId: c.string.decode(state),
    payload: c.uint8array.decode(state),
    createdAt: c.uint.decode(state),
  }),
};
