import type { ClientMessage, ServerMessage } from "../../generated/protocol/messages.ts";

/** A message in one line, for traces. */
export function describe(message: ClientMessage | ServerMessage): string {
  if (message.type === "Batch") return message.items.map(describe).join("; ");
  const { type, ...fields } = message;
  const shown = Object.entries(fields)
    .filter(
      ([name, value]) => value !== undefined && name !== "members" && name !== "createdAt" && name !== "capabilities",
    )
    .map(([name, value]) => `${name}=${text(value)}`);
  return [type, ...shown].join(" ");
}

function text(value: unknown): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString("hex");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
