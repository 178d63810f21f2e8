import {
  type ClientMessage,
  decodeClientMessage,
  decodeServerMessage,
  encodeClientMessage,
  encodeServerMessage,
  type ServerMessage,
} from "hawser/protocol";
import { nanosecondsPerCall } from "./measure.ts";

/** One row of the table: nanoseconds for one message, and JSON's for the same as a yardstick. */
export interface CodecFigures {
  readonly message: string;
  readonly bytes: number;
  readonly encodeNs: number;
  readonly decodeNs: number;
  readonly jsonEncodeNs: number;
  readonly jsonDecodeNs: number;
}

const payload = new Uint8Array(128).fill(0x61);
const sessionId = "0b9e2c64-5d0f-4c1a-9a37-6a5f1f0d7e21";
const createdAt = 1_767_225_600_000;
const nonce = 81_985_529_216_486_895n;

const clientMessages: Readonly<Record<string, ClientMessage>> = {
  KeepAlive: { type: "KeepAlive", timestamp: createdAt },
  "ClientRequest, 128 B": { type: "ClientRequest", requestId: 12, lowestPendingRequestId: 9, payload, createdAt },
  "Query, 128 B": { type: "Query", correlationId: "read-7", payload, createdAt },
  "CreateSession, 2 entries": { type: "CreateSession", capabilities: { resize: "2", region: "eu" }, nonce },
};

const serverMessages: Readonly<Record<string, ServerMessage>> = {
  SessionCreated: { type: "SessionCreated", sessionId, nonce },
  "ClientResponse, 128 B": { type: "ClientResponse", requestId: 12, result: payload },
  "SessionRejected, with leader": { type: "SessionRejected", reason: "NotLeader", nonce, leaderId: "node-1" },
};

/** Measures every message, one after the other. */
export function measureCodec(): readonly CodecFigures[] {
  const rows: CodecFigures[] = [];
  for (const [name, message] of Object.entries(clientMessages)) {
    rows.push(figures(name, message, (value) => encodeClientMessage(value, 1), decodeClientMessage));
  }
  for (const [name, message] of Object.entries(serverMessages)) {
    rows.push(figures(name, message, (value) => encodeServerMessage(value, 1), decodeServerMessage));
  }
  return rows;
}

function figures<Message>(
  name: string,
  message: Message,
  encode: (message: Message) => Uint8Array,
  decode: (frame: Uint8Array) => unknown,
): CodecFigures {
  const frame = encode(message);
  const text = toJson(message);
  return {
    message: name,
    bytes: frame.length,
    encodeNs: nanosecondsPerCall(() => encode(message)),
    decodeNs: nanosecondsPerCall(() => decode(frame)),
    jsonEncodeNs: nanosecondsPerCall(() => toJson(message)),
    jsonDecodeNs: nanosecondsPerCall(() => JSON.parse(text)),
  };
}

/** JSON as one would send it: bytes as base64, 64-bit numbers as text. */
function toJson(message: unknown): string {
  return JSON.stringify(message, (_key, value) => {
    if (typeof value === "bigint") return String(value);
    return value instanceof Uint8Array ? Buffer.from(value).toString("base64") : value;
  });
}
