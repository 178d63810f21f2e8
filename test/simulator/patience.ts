import type { ClientMessage, ServerMessage } from "../../generated/protocol/messages.ts";
import { limits } from "../../runtime/protocol/limits.ts";
import { describe } from "./describe.ts";
import { check } from "./violation.ts";

/** Watches that a client does as servers ask: what they refuse for now comes again when they want it, and not before. */
export class Patience {
  readonly #name: string;
  #noHandshakeBeforeMs = 0;
  readonly #noRequestBeforeMs = new Map<string, number>();

  constructor(name: string) {
    this.#name = name;
  }

  /** A server has said something. `now`: by the clock of the client. */
  heard(message: ServerMessage, now: number): void {
    if (message.type === "Batch") {
      for (const item of message.items) this.heard(item, now);
    } else if (message.type === "SessionRejected" && message.reason === "Overloaded") {
      this.#noHandshakeBeforeMs = now + Math.min(message.retryAfter ?? 0, limits.backoffMaxMs);
    } else if (message.type === "RequestError" || message.type === "QueryError") {
      if (message.reason.type !== "Overloaded") return;
      this.#noRequestBeforeMs.set(nameOf(message), now + message.reason.retryAfter);
    }
  }

  /** The application wants a connection now, or the process begins anew. */
  begin(): void {
    this.#noHandshakeBeforeMs = 0;
  }

  /** The client dials. Requests were refused over the connection before. */
  dials(now: number): void {
    const earlyMs = this.#noHandshakeBeforeMs - now;
    check(earlyMs <= ROUNDING_MS, "patience", () => `${this.#name} comes back ${earlyMs} ms before it should`);
    this.#noRequestBeforeMs.clear();
  }

  sends(message: ClientMessage, now: number): void {
    if (message.type === "Batch") {
      for (const item of message.items) this.sends(item, now);
    } else if (message.type === "ClientRequest" || message.type === "Query") {
      const earlyMs = (this.#noRequestBeforeMs.get(nameOf(message)) ?? 0) - now;
      check(earlyMs <= ROUNDING_MS, "patience", () => {
        return `${this.#name} asks again ${earlyMs} ms before it should: ${describe(message)}`;
      });
    }
  }
}

/** Commands and queries are numbered apart. */
function nameOf(message: { readonly requestId: number } | { readonly correlationId: string }): string {
  return "requestId" in message ? `command ${message.requestId}` : `query ${message.correlationId}`;
}

/** Clocks of processes are converted to and fro. */
const ROUNDING_MS = 1;
