import c, { type Encoder } from "compact-encoding";
import type { ClientMessage, ClientRequest, ServerMessage } from "hawser/protocol";
import type { Family, Library } from "../library.ts";
import { messageOf, reasonNumber } from "../plain.ts";
import { clientEncoding, clientRequest, type Fields } from "./compact-encoding/client.ts";
import { serverEncoding } from "./compact-encoding/server.ts";

const batchEncoding = c.array(clientRequest);

const client: Family<ClientMessage, Fields> = familyOf(clientEncoding);
const server: Family<ServerMessage, Fields> = familyOf(serverEncoding);

const batch: Family<readonly ClientRequest[], Fields[]> = {
  prepare: (requests) => requests.map(own),
  encode: (requests) => c.encode(batchEncoding, requests),
  decode: (frame) => c.decode(batchEncoding, frame),
  restore: (decoded: readonly Fields[]) => decoded.map((fields) => messageOf("ClientRequest", fields)),
};

export const compactEncoding: Library = { client, server, batch, ownsResult: true };

function familyOf<Message extends ClientMessage | ServerMessage>(
  encoding: Encoder<Fields, Partial<Fields>>,
): Family<Message, Fields> {
  return {
    prepare: own,
    encode: (message) => c.encode(encoding, message),
    decode: (frame) => c.decode(encoding, frame),
    restore: ({ type, ...fields }: Fields) => messageOf(type, fields),
  };
}

function own(message: ClientMessage | ServerMessage): Fields {
  const reason = reasonNumber(message);
  return (reason === undefined ? message : { ...message, reason }) as unknown as Fields;
}
