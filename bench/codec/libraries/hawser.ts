import {
  type ClientMessage,
  type ClientRequest,
  decodeClientMessage,
  decodeServerMessage,
  encodeClientMessage,
  encodeServerMessage,
  type ServerMessage,
} from "hawser/protocol";
import { decodeBatchMessage, encodeBatchMessage } from "../generated/batch/codec.ts";
import type { Batch, BatchRequest } from "../generated/batch/messages.ts";
import type { Family, Library } from "../library.ts";
import { fieldsOf, messageOf } from "../plain.ts";

const client: Family<ClientMessage, ClientMessage> = {
  prepare: (message) => message,
  encode: (message) => encodeClientMessage(message, 1),
  decode: decodeClientMessage,
  restore: ({ message }: { readonly message: ClientMessage }) => messageOf(message.type, message),
};

const server: Family<ServerMessage, ServerMessage> = {
  prepare: (message) => message,
  encode: (message) => encodeServerMessage(message, 1),
  decode: decodeServerMessage,
  restore: ({ message }: { readonly message: ServerMessage }) => messageOf(message.type, message),
};

const batch: Family<readonly ClientRequest[], Batch> = {
  prepare: (requests) => ({
    type: "Batch",
    requests: requests.map((request) => fieldsOf(request) as unknown as BatchRequest),
  }),
  encode: (message) => encodeBatchMessage(message, 1),
  decode: decodeBatchMessage,
  restore: ({ message }: { readonly message: Batch }) =>
    message.requests.map((request) => messageOf("ClientRequest", request)),
};

export const hawser: Library = { client, server, batch, ownsResult: true };
