import type { ClientMessage, ClientRequest, ServerMessage } from "hawser/protocol";

/** Between messages of hawser and the forms of other libraries. Nothing here is measured. */

/** The fields of a message without its type, as other libraries name them. */
export function fieldsOf(message: ClientMessage | ServerMessage | ClientRequest): Fields {
  const { type: _, ...fields } = message;
  return fields;
}

/** The same with a few fields changed, by their names. Fields that are not there stay away. */
export function withFields(fields: Fields, changes: Readonly<Record<string, (value: never) => unknown>>): Fields {
  const entries = Object.entries(fields).flatMap(([name, value]) => {
    if (value === undefined) return [];
    const change = changes[name] as ((value: unknown) => unknown) | undefined;
    return [[name, change === undefined ? value : change(value)]];
  });
  return Object.fromEntries(entries);
}

/** A message of hawser from fields in another form: integers of other kinds, maps, numbers for names. */
export function messageOf<Message>(type: string, fields: object): Message {
  const entries = Object.entries(fields).flatMap(([name, value]): [string, unknown][] => {
    if (value === undefined || value === null) return [];
    const restore = restored[name];
    return restore === undefined ? [] : [[name, restore(value, type)]];
  });
  return { type, ...Object.fromEntries(entries) } as Message;
}

/** The number of a reason, from 1 on in each enumeration. */
export function reasonNumber(message: ClientMessage | ServerMessage): number | undefined {
  if (!("reason" in message)) return undefined;
  const reason = typeof message.reason === "string" ? message.reason : message.reason.type;
  return (reasons[message.type] ?? []).indexOf(reason) + 1;
}

/** The names of a message's reasons, in the order of their numbers. */
export const reasons: Readonly<Record<string, readonly string[]>> = {
  SessionRejected: ["NotLeader", "SessionExpired", "InvalidCapabilities", "Other"],
  SessionClosed: ["Shutdown", "NotLeaderAnymore", "SessionError", "ConnectionClosed", "SessionExpired"],
  CloseSession: ["ClientShutdown"],
  RequestError: ["ResponseEvicted"],
};

/** Types in the order of their tags, which start at 1. */
export const clientTypes: readonly ClientMessage["type"][] = [
  "CreateSession",
  "ContinueSession",
  "KeepAlive",
  "ClientRequest",
  "ServerRequestAck",
  "CloseSession",
  "ConnectionClosed",
  "Query",
];

/** Types in the order of their tags, which start at 1. */
export const serverTypes: readonly ServerMessage["type"][] = [
  "SessionCreated",
  "SessionContinued",
  "SessionRejected",
  "SessionClosed",
  "KeepAliveResponse",
  "ClientResponse",
  "ServerRequest",
  "RequestError",
  "QueryResponse",
];

export type Fields = Readonly<Record<string, unknown>>;

const integer = (value: unknown): number => Number(String(value));
const plainBytes = (value: unknown): Uint8Array => Uint8Array.from(value as Uint8Array);

const restored: Readonly<Record<string, (value: unknown, type: string) => unknown>> = {
  requestId: integer,
  lowestPendingRequestId: integer,
  createdAt: integer,
  timestamp: integer,
  nonce: (value) => BigInt(String(value)),
  payload: plainBytes,
  result: plainBytes,
  sessionId: String,
  correlationId: String,
  leaderId: String,
  capabilities: (value) => (value instanceof Map ? Object.fromEntries(value) : { ...(value as object) }),
  reason: (value, type) => {
    const named = value !== null && typeof value === "object" && "type" in value ? value.type : value;
    const name = typeof named === "number" ? reasons[type]?.[named - 1] : named;
    return type === "RequestError" ? { type: name } : name;
  },
};
