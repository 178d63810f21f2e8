import type { ClientMessage } from "../../generated/protocol/messages.ts";
import type { CallId, ClientEffect, ClientStatus, Member } from "./client-events.ts";
import type { RequestError, SessionError } from "./errors.ts";

/** Collects what one `step` of a client wants done. */
export class ClientOutput {
  #effects: ClientEffect[] = [];

  /** Returns what was collected and begins anew. */
  take(): readonly ClientEffect[] {
    const effects = this.#effects;
    this.#effects = [];
    return effects;
  }

  dial(member: Member): void {
    this.#effects.push({ type: "dial", member });
  }

  hangUp(): void {
    this.#effects.push({ type: "hangUp" });
  }

  send(message: ClientMessage): void {
    this.#effects.push({ type: "send", message });
  }

  resolve(callId: CallId, result: Uint8Array): void {
    this.#effects.push({ type: "resolve", callId, result });
  }

  reject(callId: CallId, error: RequestError | SessionError): void {
    this.#effects.push({ type: "reject", callId, error });
  }

  deliver(request: (ClientEffect & { type: "deliver" })["request"]): void {
    this.#effects.push({ type: "deliver", request });
  }

  report(status: ClientStatus): void {
    this.#effects.push({ type: "report", status });
  }
}
