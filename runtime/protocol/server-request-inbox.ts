import type { RequestId, ServerRequest } from "../../generated/protocol/messages.ts";
import type { ClientOutput } from "./client-output.ts";
import { limits } from "./limits.ts";

/**
 * The receiving end of server requests. Their ids run 1, 2, 3, … in a session: one that is out of order is dropped, one
 * that the application has had is acknowledged again, since the acknowledgement may have been lost.
 */
export class ServerRequestInbox {
  #deliveredId: RequestId = 0;
  #acknowledgedId: RequestId = 0;
  #waiting = 0;
  readonly #output: ClientOutput;
  readonly #isResumed: boolean;
  #isJoining = false;

  /** `isResumed`: another process of this session may have had some that this one does not know of. */
  constructor(isResumed: boolean, output: ClientOutput) {
    this.#isResumed = isResumed;
    this.#output = output;
  }

  /**
   * There is a new connection. The first server request on it is the oldest without an acknowledgement, as far as this
   * leader knows: one before it may have known of more that the former process had, so this holds for every connection.
   */
  connected(): void {
    this.#isJoining = this.#isResumed;
  }

  /** One arrived over the connection. Those that find no room are dropped: the server sends them again. */
  arrived(request: ServerRequest): void {
    const { requestId } = request;
    if (this.#isJoining) {
      this.#isJoining = false;
      if (requestId > this.#deliveredId + 1) this.#join(requestId - 1);
    }
    if (requestId <= this.#acknowledgedId) {
      this.#output.send({ type: "ServerRequestAck", requestId: this.#acknowledgedId });
      return;
    }
    if (requestId !== this.#deliveredId + 1 || this.#waiting >= limits.serverRequestsBufferedMax) return;
    this.#deliveredId = requestId;
    this.#waiting += 1;
    this.#output.deliver(request);
  }

  /** The application took one, which makes room. */
  take(): void {
    this.#waiting = Math.max(0, this.#waiting - 1);
  }

  /** The application has every one up to `requestId`. Without a connection the word waits until the server asks again. */
  acknowledge(requestId: RequestId, isConnected: boolean): void {
    if (requestId <= this.#acknowledgedId || requestId > this.#deliveredId) return;
    this.#acknowledgedId = requestId;
    if (isConnected) this.#output.send({ type: "ServerRequestAck", requestId });
  }

  /** Everything up to an id was for a former process, which has acknowledged it. */
  #join(acknowledgedId: RequestId): void {
    this.#deliveredId = acknowledgedId;
    this.#acknowledgedId = acknowledgedId;
  }
}
