import type { ClientMessage, ClientRequest, ServerMessage } from "hawser/protocol";
import { seededRandom } from "../../test/seeded-random.ts";

/** What is measured under one name: one message, or a list of requests, or a stream of messages of every type. */
export type Case =
  | { readonly name: string; readonly family: "client"; readonly message: ClientMessage }
  | { readonly name: string; readonly family: "server"; readonly message: ServerMessage }
  | { readonly name: string; readonly family: "batch"; readonly requests: readonly ClientRequest[] }
  | { readonly name: string; readonly family: "mixed"; readonly messages: readonly FamilyMessage[] };

/** A message and whose it is. */
export type FamilyMessage =
  | { readonly family: "client"; readonly message: ClientMessage }
  | { readonly family: "server"; readonly message: ServerMessage };

/** Without the fields that only version 2 has. */
type ServerMessage1 = {
  [Type in ServerMessage["type"]]: Omit<
    ServerMessage & { readonly type: Type },
    "sessionTimeout" | "members" | "commitIndex" | "retryAfter"
  >;
}[ServerMessage["type"]];

/** Every type of message, once or in several forms. All libraries carry all of them. */
export function everyMessage(random: () => number): readonly FamilyMessage[] {
  const id = (): number => Math.floor(random() * 100_000);
  const now = createdAt + id();
  const nonce = BigInt(1 + id()) * 1_000_003n * (random() < 0.5 ? -1n : 1n);
  const payload = bytes(Math.floor(random() * 256), random);
  const correlationId = `read-${id()}`;
  const requestId = id();
  const lowestPendingRequestId = Math.max(0, requestId - 3);
  const clients: readonly ClientMessage[] = [
    { type: "CreateSession", capabilities: capabilities(2 + Math.floor(random() * 4)), nonce },
    { type: "ContinueSession", sessionId, nonce },
    { type: "KeepAlive", timestamp: now },
    { type: "ClientRequest", requestId, lowestPendingRequestId, payload, createdAt: now },
    { type: "ServerRequestAck", requestId },
    { type: "CloseSession", reason: "ClientShutdown" },
    { type: "ConnectionClosed" },
    { type: "Query", correlationId, payload, createdAt: now },
  ];
  const servers: readonly ServerMessage1[] = [
    { type: "SessionCreated", sessionId, nonce },
    { type: "SessionContinued", nonce },
    { type: "SessionRejected", reason: "NotLeader", nonce, leaderId: "node-1" },
    { type: "SessionRejected", reason: "InvalidCapabilities", nonce, leaderId: undefined },
    { type: "SessionClosed", reason: "SessionExpired", leaderId: "node-2" },
    { type: "KeepAliveResponse", timestamp: now },
    { type: "ClientResponse", requestId, result: payload },
    { type: "ServerRequest", requestId, payload, createdAt: now },
    { type: "RequestError", requestId, reason: { type: "ResponseEvicted" } },
    { type: "QueryResponse", correlationId, result: payload },
  ];
  return [
    ...clients.map((message) => ({ family: "client" as const, message })),
    ...servers.map((message) => ({ family: "server" as const, message: inVersion1(message) })),
  ];
}

/** A server's message as version 1 has it, which all libraries carry. An encoder of version 1 looks at nothing else. */
function inVersion1(message: ServerMessage1): ServerMessage {
  return message as ServerMessage;
}

function request(payloadBytes: number, requestId: number = 12): ClientRequest {
  const lowestPendingRequestId = requestId - 3;
  return { type: "ClientRequest", requestId, lowestPendingRequestId, payload: bytes(payloadBytes), createdAt };
}

function bytes(length: number, random: () => number = () => 0.38): Uint8Array {
  return Uint8Array.from({ length }, () => Math.floor(random() * 256));
}

function capabilities(count: number): Readonly<Record<string, string>> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [names[index] ?? `name-${index}`, `${index}`]));
}

/** About a thousand messages in an order that is random and the same each time. */
function stream(): readonly FamilyMessage[] {
  const random = seededRandom(0x5eed);
  const messages = Array.from({ length: 56 }, () => everyMessage(random)).flat();
  return messages
    .map((message) => ({ message, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ message }) => message);
}

const names: readonly string[] = ["resize", "region", "codec", "zone", "worker", "queue", "priority", "tenant"];
const sessionId = "0b9e2c64-5d0f-4c1a-9a37-6a5f1f0d7e21";
const createdAt = 1_767_225_600_000;
const nonce = 81_985_529_216_486_895n;

/** In the order of the tables. */
export const cases: readonly Case[] = [
  { name: "ClientRequest 16 B", family: "client", message: request(16) },
  { name: "ClientRequest 128 B", family: "client", message: request(128) },
  { name: "ClientRequest 4 KiB", family: "client", message: request(4_096) },
  {
    name: "ClientResponse 128 B",
    family: "server",
    message: inVersion1({ type: "ClientResponse", requestId: 12, result: bytes(128) }),
  },
  { name: "KeepAlive", family: "client", message: { type: "KeepAlive", timestamp: createdAt } },
  { name: "SessionCreated", family: "server", message: inVersion1({ type: "SessionCreated", sessionId, nonce }) },
  {
    name: "CreateSession 2",
    family: "client",
    message: { type: "CreateSession", capabilities: { resize: "2", region: "eu" }, nonce },
  },
  {
    name: "CreateSession 16",
    family: "client",
    message: { type: "CreateSession", capabilities: capabilities(16), nonce },
  },
  {
    name: "Query 128 B",
    family: "client",
    message: { type: "Query", correlationId: "read-7", payload: bytes(128), createdAt },
  },
  {
    name: "batch of 100",
    family: "batch",
    requests: Array.from({ length: 100 }, (_, index) => request(128, 1_000 + index)),
  },
  { name: "mixed stream", family: "mixed", messages: stream() },
];
