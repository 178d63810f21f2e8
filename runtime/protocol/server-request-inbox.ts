import type { RequestId, ServerRequest } from "../../generated/protocol/messages.ts";
import { limits } from "./limits.ts";

/** What to do with a server request that arrived. */
export type Arrival = "deliver" | "acknowledgeAgain" | "ignore";

/**
 * The receiving end of server requests. Their ids run 1, 2, 3, … in a session: one that is out of order is dropped, one
 * that the application has had is acknowledged again, since the acknowledgement may have been lost.
 */
export class ServerRequestInbox {
  #deliveredId: RequestId = 0;
  #acknowledgedId: RequestId = 0;
  #waiting = 0;

  /** The newest server request that the application has. */
  get acknowledgedId(): RequestId {
    return this.#acknowledgedId;
  }

  /** Decides about one that arrived. Those that find no room are dropped: the server sends them again. */
  arrive({ requestId }: ServerRequest): Arrival {
    if (requestId <= this.#acknowledgedId) return "acknowledgeAgain";
    if (requestId !== this.#deliveredId + 1 || this.#waiting >= limits.serverRequestsBufferedMax) return "ignore";
    this.#deliveredId = requestId;
    this.#waiting += 1;
    return "deliver";
  }

  /** The application took one, which makes room. */
  take(): void {
    this.#waiting = Math.max(0, this.#waiting - 1);
  }

  /** The application has every one up to `requestId`; false when that is nothing new. */
  acknowledge(requestId: RequestId): boolean {
    if (requestId <= this.#acknowledgedId || requestId > this.#deliveredId) return false;
    this.#acknowledgedId = requestId;
    return true;
  }
}
