import type { ProtocolVersion } from "../../generated/protocol/codec.ts";
import type { ClientMessage, Member, RequestId } from "../../generated/protocol/messages.ts";
import type { Call } from "./call.ts";
import type { ClientEffect, ClientStatus } from "./client-events.ts";
import { ClientTally } from "./client-tally.ts";
import type { RequestError, SessionError } from "./errors.ts";
import { bytesInBatch, FrameDraft } from "./frame-draft.ts";
import type { SavedSession } from "./request-id-reserve.ts";
import type { TraceContext } from "./trace-context.ts";

/** Collects what one `step` of a client wants done. Messages that follow each other share frames where they can. */
export class ClientOutput {
  /** What the client has done. */
  readonly tally: ClientTally = new ClientTally();
  #effects: ClientEffect[] = [];
  #version: ProtocolVersion = 1;
  #draft: FrameDraft<ClientMessage> | undefined;

  /** Returns what was collected and begins anew. */
  take(): readonly ClientEffect[] {
    const effects = this.#effects;
    this.#effects = [];
    this.#draft = undefined;
    return effects;
  }

  /** The new connection speaks version 1 until its server has answered. */
  dial(member: Member): void {
    this.#version = 1;
    this.#draft = undefined;
    this.#effects.push({ type: "dial", member });
  }

  hangUp(): void {
    this.#draft = undefined;
    this.#effects.push({ type: "hangUp" });
  }

  /** What is sent from now on, up to the next `dial`, is in this version. */
  speak(version: ProtocolVersion): void {
    this.#version = version;
  }

  send(message: ClientMessage): void {
    const version = this.#version;
    const byteLength = version === 1 ? undefined : bytesInBatch(message);
    const draft = this.#draft;
    if (byteLength !== undefined && draft?.add(message, byteLength) === true) {
      // The third and every later one is in the batch that the second made.
      if (draft.items.length === 2) {
        this.#effects[draft.position] = { type: "send", version, message: { type: "Batch", items: draft.items } };
      }
      return;
    }
    this.#draft = byteLength === undefined ? undefined : new FrameDraft(this.#effects.length, message, byteLength);
    this.#effects.push({ type: "send", version, message });
  }

  /** Tells the server which trace the command belongs to that is sent next, where it can be told. */
  trace(requestId: RequestId, { traceId, spanId, flags }: TraceContext): void {
    if (this.#version > 1) this.send({ type: "RequestTrace", requestId, traceId, spanId, flags });
  }

  resolve(call: Call, result: Uint8Array): void {
    this.#effects.push({ type: "resolve", call, result });
  }

  reject(call: Call, error: RequestError | SessionError): void {
    this.#effects.push({ type: "reject", call, error });
  }

  deliver(request: (ClientEffect & { type: "deliver" })["request"]): void {
    this.#effects.push({ type: "deliver", request });
  }

  save(session: SavedSession): void {
    this.#effects.push({ type: "save", session });
  }

  report(status: ClientStatus): void {
    this.#effects.push({ type: "report", status });
  }
}
