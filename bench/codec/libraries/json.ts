import { Buffer } from "node:buffer";
import type { ClientMessage, ClientRequest, ServerMessage } from "hawser/protocol";
import type { Family, Library } from "../library.ts";
import { messageOf } from "../plain.ts";

/** A message with what JSON cannot hold as text. */
interface Fields {
  payload?: Uint8Array | string;
  result?: Uint8Array | string;
  nonce?: bigint | string;
}

const family: Family<ClientMessage & ServerMessage, object> = {
  prepare: (message) => message,
  encode: (message) => Buffer.from(JSON.stringify(toText(message))),
  decode: (frame) => fromText(JSON.parse((frame as Buffer).toString())),
  restore: ({ type, ...fields }: { readonly type: string }) => messageOf(type, fields),
};

const batch: Family<readonly ClientRequest[], readonly object[]> = {
  prepare: (requests) => requests,
  encode: (requests) => Buffer.from(JSON.stringify(requests.map(toText))),
  decode: (frame) => (JSON.parse((frame as Buffer).toString()) as Fields[]).map(fromText),
  restore: (decoded: readonly object[]) => decoded.map((fields) => messageOf("ClientRequest", fields)),
};

export const json: Library = {
  client: family as Family<ClientMessage>,
  server: family as Family<ServerMessage>,
  batch,
  ownsResult: true,
};

/** Faster than a replacer, which is called for every field. */
function toText(message: Fields): Fields {
  const text = { ...message };
  if (text.payload !== undefined) text.payload = base64(text.payload as Uint8Array);
  if (text.result !== undefined) text.result = base64(text.result as Uint8Array);
  if (text.nonce !== undefined) text.nonce = String(text.nonce);
  return text;
}

function fromText(message: Fields): Fields {
  if (message.payload !== undefined) message.payload = Buffer.from(message.payload as string, "base64");
  if (message.result !== undefined) message.result = Buffer.from(message.result as string, "base64");
  if (message.nonce !== undefined) message.nonce = BigInt(message.nonce);
  return message;
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("base64");
}
