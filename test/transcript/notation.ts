/**
 * Messages as text, in one line each: the type, then `field=value` for every field that is there. Payloads are text in
 * quotes where they hold a space or nothing, maps are `name:value,name:value`, a union is its case's name.
 */
import type { ClientMessage, ServerMessage } from "../../generated/protocol/messages.ts";

/** Reads `CreateSession capabilities=resize:2 nonce=7`. */
export function parseMessage<Message extends ClientMessage | ServerMessage>(line: string): Message {
  const [type, ...rest] = words(line);
  const fields = rest.map((word): [string, unknown] => {
    const at = word.indexOf("=");
    const name = word.slice(0, at);
    return [name, parseField(name, word.slice(at + 1))];
  });
  return { type, ...Object.fromEntries(fields) } as Message;
}

/** The other way round. */
export function formatMessage({ type, ...fields }: ClientMessage | ServerMessage): string {
  const words = Object.entries(fields).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${formatValue(value)}`],
  );
  return [type, ...words].join(" ");
}

/** Bytes, a map, a union's case or a scalar, as text. */
export function formatValue(value: unknown): string {
  if (value instanceof Uint8Array) return quoted(Buffer.from(value).toString());
  if (typeof value === "object" && value !== null) {
    if ("type" in value) return String(value.type);
    return Object.entries(value)
      .map(([name, entry]) => `${name}:${entry}`)
      .join(",");
  }
  return String(value);
}

/** Splits a line at spaces outside of quotes; the quotes go away. */
export function words(line: string): string[] {
  return [...line.matchAll(/(?:[^\s"]|"[^"]*")+/g)].map(([word]) => word.replaceAll('"', ""));
}

function quoted(text: string): string {
  return text === "" || /\s/.test(text) ? `"${text}"` : text;
}

function parseField(name: string, text: string): unknown {
  switch (name) {
    case "payload":
    case "result":
      return new Uint8Array(Buffer.from(text));
    case "nonce":
      return BigInt(text);
    case "capabilities":
      return Object.fromEntries(text.split(",").map((entry) => entry.split(":")));
    case "requestId":
    case "lowestPendingRequestId":
    case "timestamp":
    case "createdAt":
      return Number(text);
    case "reason":
      return text === "ResponseEvicted" ? { type: text } : text;
    default:
      return text;
  }
}
