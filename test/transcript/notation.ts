/**
 * Messages as text, in one line each: the type, then `field=value` for every field that is there. Payloads are text in
 * quotes where they hold a space or nothing, maps are `name:value,name:value`, members `a@ADDRESS,b@ADDRESS`, a union is
 * its case's name and what it carries: `Overloaded:500`. The messages of a batch stand in brackets. What the version of
 * the frame cannot carry is not there: every message goes through the codec.
 */
import {
  decodeClientMessage,
  decodeServerMessage,
  encodeClientMessage,
  encodeServerMessage,
  type ProtocolVersion,
} from "../../generated/protocol/codec.ts";
import type { ClientMessage, Member, ServerMessage } from "../../generated/protocol/messages.ts";

/** Reads `CreateSession capabilities=resize:2 nonce=7` as a server gets it. */
export function parseClientMessage(line: string, version: ProtocolVersion): ClientMessage {
  return decodeClientMessage(encodeClientMessage(parseMessage(line) as ClientMessage, version)).message;
}

/** Reads `SessionCreated sessionId=s1 nonce=7` as a client gets it. */
export function parseServerMessage(line: string, version: ProtocolVersion): ServerMessage {
  return decodeServerMessage(encodeServerMessage(parseMessage(line) as ServerMessage, version)).message;
}

/** What a client sends, as the server will see it. */
export function formatClientMessage(message: ClientMessage, version: ProtocolVersion): string {
  return formatMessage(decodeClientMessage(encodeClientMessage(message, version)).message);
}

/** What a server sends, as the client will see it. */
export function formatServerMessage(message: ServerMessage, version: ProtocolVersion): string {
  return formatMessage(decodeServerMessage(encodeServerMessage(message, version)).message);
}

/** `<-` and `->` are arrows of version 1, `<-2` and `->2` of version 2. */
export function versionOf(arrow: string): ProtocolVersion {
  return arrow.endsWith("2") ? 2 : 1;
}

/** The other way round. */
export function arrow(direction: "<-" | "->", version: ProtocolVersion): string {
  return version === 1 ? direction : `${direction}${version}`;
}

/** Bytes, a map, a list of bytes or of members, a union's case or a scalar, as text. */
export function formatValue(value: unknown): string {
  if (value instanceof Uint8Array) return quoted(Buffer.from(value).toString());
  if (Array.isArray(value)) return value.map(formatItem).join(",");
  if (typeof value === "object" && value !== null) {
    if ("type" in value) {
      const { type, ...fields } = value;
      const [carried] = Object.values(fields).filter((field) => field !== undefined);
      return carried === undefined ? String(type) : `${type}:${quoted(String(carried))}`;
    }
    return Object.entries(value)
      .map(([name, entry]) => `${name}:${entry}`)
      .join(",");
  }
  return typeof value === "string" ? quoted(value) : String(value);
}

function formatItem(item: Member | Uint8Array): string {
  return item instanceof Uint8Array ? formatValue(item) : `${item.memberId}@${item.address}`;
}

/** Splits a line at spaces outside of quotes; the quotes go away. */
export function words(line: string): string[] {
  return [...line.matchAll(/(?:[^\s"]|"[^"]*")+/g)].map(([word]) => word.replaceAll('"', ""));
}

function parseMessage(line: string): { readonly type: string } {
  const [type = "", ...rest] = words(line);
  if (type === "Batch")
    return { type, ...{ items: [...line.matchAll(/\[([^\]]*)\]/g)].map(([, item = ""]) => parseMessage(item)) } };
  const fields = rest.map((word): [string, unknown] => {
    const at = word.indexOf("=");
    const name = word.slice(0, at);
    return [name, parseField(type, name, word.slice(at + 1))];
  });
  return { type, ...defaults[type], ...Object.fromEntries(fields) };
}

function formatMessage({ type, ...fields }: ClientMessage | ServerMessage): string {
  if ("items" in fields) return [type, ...fields.items.map((item) => `[${formatMessage(item)}]`)].join(" ");
  const isSaid = ([name, value]: [string, unknown]) =>
    value !== undefined && String(value) !== String(defaults[type]?.[name as keyof typeof unsaid] ?? "-");
  const words = Object.entries(fields).filter(isSaid);
  return [type, ...words.map(([name, value]) => `${name}=${formatValue(value)}`)].join(" ");
}

function quoted(text: string): string {
  return text === "" || /\s/.test(text) ? `"${text.replaceAll('"', "'")}"` : text;
}

function parseField(type: string, name: string, text: string): unknown {
  switch (name) {
    case "payload":
    case "result":
      return new Uint8Array(Buffer.from(text));
    case "nonce":
      return BigInt(text);
    case "capabilities":
      return Object.fromEntries(text.split(",").map((entry) => entry.split(":")));
    case "members":
      return text.split(",").map((entry) => {
        const [memberId, address] = entry.split("@");
        return { memberId, address };
      });
    case "requestId":
    case "lowestPendingRequestId":
    case "timestamp":
    case "createdAt":
    case "sessionTimeout":
    case "retryAfter":
    case "serverTime":
    case "commitIndex":
    case "flags":
      return Number(text);
    case "traceId":
    case "spanId":
      return new Uint8Array(Buffer.from(text));
    case "reason":
      return type === "RequestError" || type === "QueryError" ? parseFailure(text) : text;
    default:
      return text;
  }
}

/** Reads `Overloaded:500`. */
function parseFailure(text: string): unknown {
  const [, type, carried] = /^(\w+)(?::(.*))?$/.exec(text) ?? [];
  switch (type) {
    case "InvalidRequest":
      return { type, detail: carried ?? "" };
    case "Overloaded":
      return { type, retryAfter: Number(carried) };
    case "NotLeader":
      return { type, leaderId: carried };
    default:
      return { type };
  }
}

/** What a field has where it says nothing. */
const unsaid = { sessionTimeout: 0, members: [], commitIndex: 0, serverTime: 0 };
const defaults: Readonly<Record<string, Partial<typeof unsaid>>> = {
  SessionCreated: { sessionTimeout: unsaid.sessionTimeout, members: unsaid.members, serverTime: unsaid.serverTime },
  SessionContinued: { sessionTimeout: unsaid.sessionTimeout, members: unsaid.members, serverTime: unsaid.serverTime },
  SessionRejected: { members: unsaid.members },
  ClusterChanged: { members: unsaid.members },
  ClientResponse: { commitIndex: unsaid.commitIndex },
};
