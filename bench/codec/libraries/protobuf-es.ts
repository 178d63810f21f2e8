import { create, fromBinary, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import type { ClientMessage, ClientRequest, ServerMessage } from "hawser/protocol";
import * as schemas from "../generated/protobuf-es/messages_pb.js";
import type { Family, Library } from "../library.ts";
import { type Fields, fieldsOf, messageOf, reasonNumber, withFields } from "../plain.ts";

/** All 64-bit integers are bigints, as the library has them. */
const client: Family<ClientMessage, schemas.ClientMessage> = {
  prepare: (message) => create(schemas.ClientMessageSchema, oneOf(message)),
  encode: (own) => toBinary(schemas.ClientMessageSchema, own),
  decode: (frame) => fromBinary(schemas.ClientMessageSchema, frame),
  restore,
};

const server: Family<ServerMessage, schemas.ServerMessage> = {
  prepare: (message) => create(schemas.ServerMessageSchema, oneOf(message)),
  encode: (own) => toBinary(schemas.ServerMessageSchema, own),
  decode: (frame) => fromBinary(schemas.ServerMessageSchema, frame),
  restore,
};

const batch: Family<readonly ClientRequest[], schemas.Batch> = {
  prepare: (requests) => create(schemas.BatchSchema, { requests: requests.map((request) => own(request)) }),
  encode: (own) => toBinary(schemas.BatchSchema, own),
  decode: (frame) => fromBinary(schemas.BatchSchema, frame),
  restore: (decoded: schemas.Batch) => decoded.requests.map((request) => messageOf("ClientRequest", request)),
};

export const protobufEs: Library = { client, server, batch, ownsResult: true };

function oneOf(
  message: ClientMessage | ServerMessage,
): MessageInitShape<typeof schemas.ClientMessageSchema> & MessageInitShape<typeof schemas.ServerMessageSchema> {
  const name = message.type.charAt(0).toLowerCase() + message.type.slice(1);
  return { message: { case: name, value: own(message) } } as never;
}

function own(message: ClientMessage | ServerMessage): Fields {
  return withFields(fieldsOf(message), {
    requestId: BigInt,
    lowestPendingRequestId: BigInt,
    createdAt: BigInt,
    timestamp: BigInt,
    reason: () => reasonNumber(message),
  });
}

function restore<Message>(decoded: schemas.ClientMessage | schemas.ServerMessage): Message {
  const { case: name = "nothing", value = {} } = decoded.message;
  return messageOf(name.charAt(0).toUpperCase() + name.slice(1), { ...value });
}
