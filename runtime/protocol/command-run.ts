import type { LogRecord } from "../../generated/log/messages.ts";
import type { RequestId, SessionId } from "../../generated/protocol/messages.ts";
import { limits } from "./limits.ts";

/**
 * A record of commands that may still take more of its session in the step that began it: those whose request ids follow one
 * another, up to `limits.runCommandsMax` and `limits.runBytesMax`. A command then costs the log little more than its payload,
 * and a member looks its session up once for all of them.
 */
export class CommandRun {
  readonly record: LogRecord & { readonly type: "Commands" };
  readonly #payloads: Uint8Array[];
  #payloadBytes: number;

  constructor(sessionId: SessionId, requestId: RequestId, lowestPendingRequestId: RequestId, payload: Uint8Array) {
    this.#payloads = [payload];
    this.#payloadBytes = payload.length;
    this.record = {
      type: "Commands",
      sessionId,
      firstRequestId: requestId,
      lowestPendingRequestId,
      payloads: this.#payloads,
    };
  }

  /** Adds a command; false when it must go into another record. */
  add(sessionId: SessionId, requestId: RequestId, lowestPendingRequestId: RequestId, payload: Uint8Array): boolean {
    const { record } = this;
    const payloads = this.#payloads;
    if (requestId !== record.firstRequestId + payloads.length || sessionId !== record.sessionId) return false;
    if (lowestPendingRequestId !== record.lowestPendingRequestId) return false;
    if (payloads.length >= limits.runCommandsMax) return false;
    if (this.#payloadBytes + payload.length > limits.runBytesMax) return false;
    payloads.push(payload);
    this.#payloadBytes += payload.length;
    return true;
  }
}
