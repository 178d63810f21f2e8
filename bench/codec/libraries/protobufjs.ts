import type { ClientMessage, ClientRequest, ServerMessage } from "hawser/protocol";
import protobuf from "protobufjs/minimal.js";
import { hawser as root } from "../generated/protobufjs/messages.js";
import type { Family, Library } from "../library.ts";
import { fieldsOf, messageOf, reasonNumber, withFields } from "../plain.ts";

const { Batch, ClientMessage: Client, ClientRequest: Request, ServerMessage: Server } = root.bench;

const client: Family<ClientMessage, root.bench.ClientMessage> = {
  prepare: (message) => Client.create(oneOf(message)),
  encode: (own) => Client.encode(own).finish(),
  decode: (frame) => Client.decode(frame),
  restore,
};

const server: Family<ServerMessage, root.bench.ServerMessage> = {
  prepare: (message) => Server.create(oneOf(message)),
  encode: (own) => Server.encode(own).finish(),
  decode: (frame) => Server.decode(frame),
  restore,
};

const batch: Family<readonly ClientRequest[], root.bench.Batch> = {
  prepare: (requests) => Batch.create({ requests: requests.map((request) => Request.create(request)) }),
  encode: (own) => Batch.encode(own).finish(),
  decode: (frame) => Batch.decode(frame),
  restore: (decoded: root.bench.Batch) =>
    decoded.requests.map((request) => messageOf("ClientRequest", withDefaults(request))),
};

export const protobufjs: Library = { client, server, batch, ownsResult: true };

/** Integers go in as numbers, which it takes for 64 bits, and come out as `Long`; nonces are `Long` both ways. */
function oneOf(message: ClientMessage | ServerMessage): object {
  const fields = withFields(fieldsOf(message), {
    nonce: (nonce: bigint) => longOf(nonce),
    reason: () => reasonNumber(message),
  });
  const kind = message.type.charAt(0).toLowerCase() + message.type.slice(1);
  // As in a program that fills in messages of the generated classes.
  const made: object = generatedClass(message.type).create(fields);
  return { [kind]: made };
}

function restore<Message>(decoded: { readonly message?: string | null }): Message {
  const kind = decoded.message ?? "nothing";
  return messageOf(kind.charAt(0).toUpperCase() + kind.slice(1), withDefaults(Reflect.get(decoded, kind)));
}

function longOf(value: bigint): object {
  return protobuf.util.LongBits.from({
    low: Number(BigInt.asIntN(32, value)),
    high: Number(BigInt.asIntN(32, value >> 32n)),
    unsigned: false,
  }).toLong();
}

function generatedClass(name: string): { create(fields: object): object } {
  return Reflect.get(root.bench, name);
}

/** Fields that hold what they hold by default are the prototype's. */
function withDefaults(message: object): object {
  const fields: Record<string, unknown> = {};
  for (const name in message) fields[name] = Reflect.get(message, name);
  return fields;
}
