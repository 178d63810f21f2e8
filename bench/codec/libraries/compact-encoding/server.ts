import type { Encoder } from "compact-encoding";
import c from "compact-encoding";
import type { Fields } from "./client.ts";

/** Of every message of the family, with its tag. */
export const serverEncoding: Encoder<Fields, Partial<Fields>> = {
  preencode: (state, message) => {
    c.uint8.preencode(state, 0);
    switch (message.type) {
      case "SessionCreated":
        return sessionCreated.preencode(state, message);
      case "SessionContinued":
        return sessionContinued.preencode(state, message);
      case "SessionRejected":
        return sessionRejected.preencode(state, message);
      case "SessionClosed":
        return sessionClosed.preencode(state, message);
      case "KeepAliveResponse":
        return keepAliveResponse.preencode(state, message);
      case "ClientResponse":
        return clientResponse.preencode(state, message);
      case "ServerRequest":
        return serverRequest.preencode(state, message);
      case "RequestError":
        return requestError.preencode(state, message);
      case "QueryResponse":
        return queryResponse.preencode(state, message);
      default:
        throw new Error(`no type: ${message.type}`);
    }
  },
  encode: (state, message) => {
    switch (message.type) {
      case "SessionCreated":
        c.uint8.encode(state, 1);
        return sessionCreated.encode(state, message);
      case "SessionContinued":
        c.uint8.encode(state, 2);
        return sessionContinued.encode(state, message);
      case "SessionRejected":
        c.uint8.encode(state, 3);
        return sessionRejected.encode(state, message);
      case "SessionClosed":
        c.uint8.encode(state, 4);
        return sessionClosed.encode(state, message);
      case "KeepAliveResponse":
        c.uint8.encode(state, 5);
        return keepAliveResponse.encode(state, message);
      case "ClientResponse":
        c.uint8.encode(state, 6);
        return clientResponse.encode(state, message);
      case "ServerRequest":
        c.uint8.encode(state, 7);
        return serverRequest.encode(state, message);
      case "RequestError":
        c.uint8.encode(state, 8);
        return requestError.encode(state, message);
      case "QueryResponse":
        c.uint8.encode(state, 9);
        return queryResponse.encode(state, message);
      default:
        throw new Error(`no type: ${message.type}`);
    }
  },
  decode: (state) => {
    const tag = c.uint8.decode(state);
    switch (tag) {
      case 1:
        return sessionCreated.decode(state);
      case 2:
        return sessionContinued.decode(state);
      case 3:
        return sessionRejected.decode(state);
      case 4:
        return sessionClosed.decode(state);
      case 5:
        return keepAliveResponse.decode(state);
      case 6:
        return clientResponse.decode(state);
      case 7:
        return serverRequest.decode(state);
      case 8:
        return requestError.decode(state);
      case 9:
        return queryResponse.decode(state);
      default:
        throw new Error(`no tag: ${tag}`);
    }
  },
};

const sessionCreated: Encoder<Fields, Partial<Fields>> = {
  preencode: (state, message) => {
    c.string.preencode(state, message.sessionId);
    c.bigint64.preencode(state, message.nonce);
  },
  encode: (state, message) => {
    c.string.encode(state, message.sessionId);
    c.bigint64.encode(state, message.nonce);
  },
  decode: (state) => ({
    type: "SessionCreated",
    sessionId: c.string.decode(state),
    nonce: c.bigint64.decode(state),
  }),
};

const sessionContinued: Encoder<Fields, Partial<Fields>> = {
  preencode: (state, message) => {
    c.bigint64.preencode(state, message.nonce);
  },
  encode: (state, message) => {
    c.bigint64.encode(state, message.nonce);
  },
  decode: (state) => ({
    type: "SessionContinued",
    nonce: c.bigint64.decode(state),
  }),
};

const sessionRejected: Encoder<Fields, Partial<Fields>> = {
  preencode: (state, message) => {
    c.uint8.preencode(state, message.reason);
    c.bigint64.preencode(state, message.nonce);
    c.bool.preencode(state, message.leaderId !== undefined);
    if (message.leaderId !== undefined) c.string.preencode(state, message.leaderId);
  },
  encode: (state, message) => {
    c.uint8.encode(state, message.reason);
    c.bigint64.encode(state, message.nonce);
    c.bool.encode(state, message.leaderId !== undefined);
    if (message.leaderId !== undefined) c.string.encode(state, message.leaderId);
  },
  decode: (state) => ({
    type: "SessionRejected",
    reason: c.uint8.decode(state),
    nonce: c.bigint64.decode(state),
    leaderId: c.bool.decode(state) ? c.string.decode(state) : undefined,
  }),
};

const sessionClosed: Encoder<Fields, Partial<Fields>> = {
  preencode: (state, message) => {
    c.uint8.preencode(state, message.reason);
    c.bool.preencode(state, message.leaderId !== undefined);
    if (message.leaderId !== undefined) c.string.preencode(state, message.leaderId);
  },
  encode: (state, message) => {
    c.uint8.encode(state, message.reason);
    c.bool.encode(state, message.leaderId !== undefined);
    if (message.leaderId !== undefined) c.string.encode(state, message.leaderId);
  },
  decode: (state) => ({
    type: "SessionClosed",
    reason: c.uint8.decode(state),
    leaderId: c.bool.decode(state) ? c.string.decode(state) : undefined,
  }),
};

const keepAliveResponse: Encoder<Fields, Partial<Fields>> = {
  preencode: (state, message) => {
    c.uint.preencode(state, message.timestamp);
  },
  encode: (state, message) => {
    c.uint.encode(state, message.timestamp);
  },
  decode: (state) => ({
    type: "KeepAliveResponse",
    timestamp: c.uint.decode(state),
  }),
};

const clientResponse: Encoder<Fields, Partial<Fields>> = {
  preencode: (state, message) => {
    c.uint.preencode(state, message.requestId);
    c.uint8array.preencode(state, message.result);
  },
  encode: (state, message) => {
    c.uint.encode(state, message.requestId);
    c.uint8array.encode(state, message.result);
  },
  decode: (state) => ({
    type: "ClientResponse",
    requestId: c.uint.decode(state),
    result: c.uint8array.decode(state),
  }),
};

const serverRequest: Encoder<Fields, Partial<Fields>> = {
  preencode: (state, message) => {
    c.uint.preencode(state, message.requestId);
    c.uint8array.preencode(state, message.payload);
    c.uint.preencode(state, message.createdAt);
  },
  encode: (state, message) => {
    c.uint.encode(state, message.requestId);
    c.uint8array.encode(state, message.payload);
    c.uint.encode(state, message.createdAt);
  },
  decode: (state) => ({
    type: "ServerRequest",
    requestId: c.uint.decode(state),
    payload: c.uint8array.decode(state),
    createdAt: c.uint.decode(state),
  }),
};

const requestError: Encoder<Fields, Partial<Fields>> = {
  preencode: (state, message) => {
    c.uint.preencode(state, message.requestId);
    c.uint8.preencode(state, message.reason);
  },
  encode: (state, message) => {
    c.uint.encode(state, message.requestId);
    c.uint8.encode(state, message.reason);
  },
  decode: (state) => ({
    type: "RequestError",
    requestId: c.uint.decode(state),
    reason: c.uint8.decode(state),
  }),
};

const queryResponse: Encoder<Fields, Partial<Fields>> = {
  preencode: (state, message) => {
    c.string.preencode(state, message.correlationId);
    c.uint8array.preencode(state, message.result);
  },
  encode: (state, message) => {
    c.string.encode(state, message.correlationId);
    c.uint8array.encode(state, message.result);
  },
  decode: (state) => ({
    type: "QueryResponse",
    correlationId: c.string.decode(state),
    result: c.uint8array.decode(state),
  }),
};
