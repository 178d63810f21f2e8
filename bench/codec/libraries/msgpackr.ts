import { Buffer } from "node:buffer";
import type { ClientMessage, ClientRequest, ServerMessage } from "hawser/protocol";
import { Packr } from "msgpackr";
import type { Family, Library } from "../library.ts";
import { type Fields, fieldsOf, messageOf, withFields } from "../plain.ts";

/** Sender and receiver share the structures, as its documentation has it for most speed. */
const packr = new Packr({ structures: [], maxSharedStructures: 64 });

const family: Family<ClientMessage & ServerMessage, Fields> = {
  prepare: (message) => own(message),
  encode: (message) => packr.pack(message),
  decode: (frame) => packr.unpack(frame),
  restore: ({ type, ...fields }: { readonly type: string }) => messageOf(type, fields),
};

const batch: Family<readonly ClientRequest[], readonly Fields[]> = {
  prepare: (requests) => requests.map(own),
  encode: (requests) => packr.pack(requests),
  decode: (frame) => packr.unpack(frame),
  restore: (decoded: readonly Fields[]) => decoded.map((fields) => messageOf("ClientRequest", fields)),
};

export const msgpackr: Library = {
  client: family as Family<ClientMessage>,
  server: family as Family<ServerMessage>,
  batch,
  ownsResult: true,
};

/** Payloads as Buffers, which it packs as bytes without a type. */
function own(message: ClientMessage | ServerMessage): Fields {
  return { type: message.type, ...withFields(fieldsOf(message), { payload: Buffer.from, result: Buffer.from }) };
}
