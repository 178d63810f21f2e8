import { BebopView } from "bebop";
import type { ClientMessage, ClientRequest, ServerMessage } from "hawser/protocol";
import * as generated from "../generated/bebop/messages.js";
import type { Family, Library } from "../library.ts";
import { clientTypes, type Fields, fieldsOf, messageOf, reasonNumber, serverTypes, withFields } from "../plain.ts";

/** A case of a union by its number. */
interface Tagged {
  readonly tag: number;
  readonly value: Fields;
}

/** All 64-bit integers are bigints and maps are Maps, as the library has them. */
const client: Family<ClientMessage, generated.ClientMessage> = {
  prepare: (message) => {
    const value = message.type === "ClientRequest" ? { request: own(message) } : own(message);
    return { tag: clientTypes.indexOf(message.type) + 1, value } as unknown as generated.ClientMessage;
  },
  encode: (record) => generated.ClientMessage.encode(record),
  decode: (frame) => generated.ClientMessage.readFrom(reading(frame)),
  restore: ({ tag, value }: Tagged) =>
    messageOf(clientTypes[tag - 1] ?? "nothing", "request" in value ? (value["request"] as Fields) : value),
};

const server: Family<ServerMessage, generated.ServerMessage> = {
  prepare: (message) =>
    ({ tag: serverTypes.indexOf(message.type) + 1, value: own(message) }) as unknown as generated.ServerMessage,
  encode: (record) => generated.ServerMessage.encode(record),
  decode: (frame) => generated.ServerMessage.readFrom(reading(frame)),
  restore: ({ tag, value }: Tagged) => messageOf(serverTypes[tag - 1] ?? "nothing", value),
};

const batch: Family<readonly ClientRequest[], generated.Batch> = {
  prepare: (requests) => ({ requests: requests.map((each) => own(each) as unknown as generated.ClientRequest) }),
  encode: (record) => generated.Batch.encode(record),
  decode: (frame) => generated.Batch.readFrom(reading(frame)),
  restore: (decoded: generated.Batch) => decoded.requests.map((request) => messageOf("ClientRequest", request)),
};

export const bebop: Library = { client, server, batch, ownsResult: false };

/** The generated `decode` does this too, and then copies and freezes what it read, which takes 500 ns more. */
function reading(frame: Uint8Array): BebopView {
  view.startReading(frame);
  return view;
}

function own(message: ClientMessage | ServerMessage): Fields {
  return withFields(fieldsOf(message), {
    requestId: BigInt,
    lowestPendingRequestId: BigInt,
    createdAt: BigInt,
    timestamp: BigInt,
    capabilities: (entries: Readonly<Record<string, string>>) => new Map(Object.entries(entries)),
    reason: () => reasonNumber(message),
  });
}

const view = BebopView.getInstance();
