import {
  type ClientMessage,
  type ClientRequest,
  decodeClientMessage,
  decodeServerMessage,
  encodeClientMessage,
  encodeClientMessageInto,
  encodeServerMessage,
  encodeServerMessageInto,
  type ServerMessage,
} from "hawser/protocol";
import { decodeBatchMessage, encodeBatchMessage, encodeBatchMessageInto } from "../generated/batch/codec.ts";
import type { Batch, BatchRequest } from "../generated/batch/messages.ts";
import {
  decodeClientMessage as decodeClientMessage1,
  decodeServerMessage as decodeServerMessage1,
  encodeClientMessage as encodeClientMessage1,
  encodeServerMessage as encodeServerMessage1,
} from "../generated/version-1/codec.ts";
import type {
  ClientMessage as ClientMessage1,
  ServerMessage as ServerMessage1,
} from "../generated/version-1/messages.ts";
import type { Family, Library } from "../library.ts";
import { fieldsOf, messageOf } from "../plain.ts";

type Decoded<Message> = Omit<Family<Message, Message>, "encode">;

const client: Decoded<ClientMessage> = {
  prepare: (message) => message,
  decode: decodeClientMessage,
  restore: ({ message }: { readonly message: ClientMessage }) => messageOf(message.type, message),
};

const server: Decoded<ServerMessage> = {
  prepare: (message) => message,
  decode: decodeServerMessage,
  restore: ({ message }: { readonly message: ServerMessage }) => messageOf(message.type, message),
};

const batch: Omit<Family<readonly ClientRequest[], Batch>, "encode"> = {
  prepare: (requests) => ({
    type: "Batch",
    requests: requests.map((request) => fieldsOf(request) as unknown as BatchRequest),
  }),
  decode: decodeBatchMessage,
  restore: ({ message }: { readonly message: Batch }) =>
    message.requests.map((request) => messageOf("ClientRequest", request)),
};

/** Each result is the caller's. */
export const hawser: Library = {
  client: { ...client, encode: (message: ClientMessage) => encodeClientMessage(message, 1) },
  server: { ...server, encode: (message: ServerMessage) => encodeServerMessage(message, 1) },
  batch: { ...batch, encode: (message: Batch) => encodeBatchMessage(message, 1) },
  ownsResult: true,
};

/** Generated from version 1 alone: what those who speak it pay for the versions after it. */
export const hawserVersion1: Library = {
  client: {
    ...client,
    encode: (message) => encodeClientMessage1(message as ClientMessage1, 1),
    decode: decodeClientMessage1,
  },
  server: {
    ...server,
    encode: (message) => encodeServerMessage1(message as ServerMessage1, 1),
    decode: decodeServerMessage1,
  },
  batch: hawser.batch,
  ownsResult: true,
};

/** Every message is written to the start of the same buffer, as for a socket that copies at once. */
export const hawserInto: Library = {
  client: { ...client, encode: (message: ClientMessage) => written(encodeClientMessageInto(message, 1, target, 0)) },
  server: { ...server, encode: (message: ServerMessage) => written(encodeServerMessageInto(message, 1, target, 0)) },
  batch: { ...batch, encode: (message: Batch) => written(encodeBatchMessageInto(message, 1, target, 0)) },
  ownsResult: false,
};

function written(end: number): Uint8Array {
  return new Uint8Array(memory, 0, end);
}

const memory = new ArrayBuffer(64 * 1_024);
const target = new Uint8Array(memory);
