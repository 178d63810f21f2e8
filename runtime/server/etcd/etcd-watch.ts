import type { ClientDuplexStream } from "@grpc/grpc-js";
import type { RequestFailure, WatchEvent } from "./etcd-api.ts";
import { EtcdRequestError, isPermissionRefusal, isTokenRefusal, requestErrorOf } from "./etcd-failure.ts";
import type { WatchRequest, WatchResponse } from "./etcd-messages.ts";

/** The keys to watch, and from when on. */
export interface WatchedRange {
  readonly key: string;
  readonly rangeEnd: string;
  /** The first revision whose events are wanted. */
  readonly fromRevision: number;
}

/** What becomes of a watch. `ended` comes once and last, and not at all after `cancel`. */
export interface WatchHandlers {
  /** Keys were written, in the order of their revisions. */
  events(events: readonly WatchEvent[]): void;
  /** The watch lives: it was made, or an answer to `askProgress` has come. */
  progress(): void;
  ended(failure: RequestFailure): void;
}

type WatchStream = ClientDuplexStream<WatchRequest, WatchResponse>;

/** One watch, on a stream of its own. It ends with the connection, and is never renewed here. */
export class EtcdWatch {
  readonly #handlers: WatchHandlers;
  readonly #endpoint: string;
  #stream: WatchStream | undefined;
  #isOver = false;
  /** Told that etcd no longer takes the token that the stream was opened with. */
  #tokenRefused: () => void = () => {};

  constructor(endpoint: string, handlers: WatchHandlers) {
    this.#endpoint = endpoint;
    this.#handlers = handlers;
  }

  /** Asks for the events over a stream that was just opened. */
  begin(stream: WatchStream, { key, rangeEnd, fromRevision }: WatchedRange, tokenRefused: () => void): void {
    // The stream says by `error` that it was cancelled, and would end the process if nobody heard it.
    stream.on("error", (error: Error & { readonly code?: number; readonly details?: string }) =>
      this.#failed(error.code ?? UNKNOWN, error.details ?? error.message),
    );
    stream.on("end", () => this.#failed(UNAVAILABLE, "the watch was closed"));
    if (this.#isOver) {
      stream.cancel();
      return;
    }
    this.#stream = stream;
    this.#tokenRefused = tokenRefused;
    stream.on("data", (response: WatchResponse) => this.#received(response));
    // Not in fragments: etcd takes a time for them that is quadratic in the number of events, and does nothing else.
    stream.write({ createRequest: { key, rangeEnd, startRevision: fromRevision, filters: [NO_DELETIONS] } });
  }

  /** The stream could not be opened. */
  failed(error: unknown): void {
    if (error instanceof EtcdRequestError) this.#end(error.failure);
    else this.#failed(UNKNOWN, String(error));
  }

  /** Asks for a sign of life. */
  askProgress(): void {
    if (!this.#isOver) this.#stream?.write({ progressRequest: {} });
  }

  /** Nothing is told any more. */
  cancel(): void {
    this.#isOver = true;
    this.#stream?.cancel();
  }

  #received(response: WatchResponse): void {
    if (this.#isOver) return;
    if (response.canceled) {
      this.#cancelled(response);
      return;
    }
    const events = response.events.flatMap(({ kv }) => (kv === null ? [] : [kv]));
    if (events.length === 0) this.#handlers.progress();
    else this.#handlers.events(events);
  }

  #cancelled({ compactRevision, cancelReason }: WatchResponse): void {
    if (compactRevision > 0) {
      const message = `etcd at ${this.#endpoint}: what was before revision ${compactRevision} has been compacted`;
      this.#end({ outcome: "refused", reason: "compacted", message });
      return;
    }
    const message = `etcd at ${this.#endpoint}: ${cancelReason === "" ? "the watch was cancelled" : cancelReason}`;
    if (isTokenRefusal(cancelReason)) this.#tokenRefused();
    const reason = isPermissionRefusal(cancelReason) ? "denied" : "unavailable";
    this.#end({ outcome: "refused", reason, message });
  }

  #failed(code: number, details: string): void {
    const error = requestErrorOf({ code, details }, this.#endpoint);
    if (error.wantsNewToken) this.#tokenRefused();
    this.#end(error.failure);
  }

  #end(failure: RequestFailure): void {
    if (this.#isOver) return;
    this.cancel();
    this.#handlers.ended(failure);
  }
}

/** Of gRPC's codes. */
const UNKNOWN = 2;
const UNAVAILABLE = 14;
/** Of the filters of a watch. */
const NO_DELETIONS = 1;
