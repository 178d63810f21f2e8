import type { ServerRequest } from "../../generated/protocol/messages.ts";
import type { ClientEvent } from "../protocol/client-events.ts";
import { HandledRequests } from "../protocol/handled-requests.ts";
import { limits } from "../protocol/limits.ts";
import type { PayloadDecoder } from "../protocol/payload-codec.ts";
import type { CheckedConnectOptions } from "./options.ts";
import { Stream } from "./stream.ts";

/** Work that the cluster sent to this client. */
export interface ReceivedServerRequest<Payload = Uint8Array> {
  /** Its number in the session: 1, 2, 3, … */
  readonly requestId: number;
  /**
   * What the state machine sent. Decoded when it is read first; throws what the codec throws for bytes that it does not
   * take, each time, so that the program decides whether to acknowledge them.
   */
  readonly payload: Payload;
  /** When it was sent, by the clock of the leader of that time: milliseconds since the Unix epoch. */
  readonly createdAtUnixMs: number;
  /** You are done with it. The cluster is told when you are with every earlier one too. Does nothing the second time. */
  ack(): void;
}

/** What the cluster sends to a client's application, and what the application says to it. */
export class ServerRequests {
  /** What the application reads. */
  readonly stream: Stream<ReceivedServerRequest<unknown>>;
  readonly #decoder: PayloadDecoder<unknown> | undefined;
  readonly #step: (event: ClientEvent) => void;
  readonly #handled = new HandledRequests();

  constructor(
    { acknowledge, codec }: Pick<CheckedConnectOptions, "acknowledge" | "codec">,
    step: (event: ClientEvent) => void,
  ) {
    this.#decoder = codec.serverRequest;
    this.#step = step;
    this.stream = new Stream({
      itemsMax: limits.serverRequestsBufferedMax,
      taken(request) {
        step({ type: "taken" });
        if (acknowledge === "taken") request.ack();
      },
    });
  }

  /** One has arrived. */
  deliver(request: ServerRequest): void {
    this.#handled.delivered(request.requestId);
    this.stream.push(new IncomingServerRequest(request, this.#decoder, (requestId) => this.#done(requestId)));
  }

  /** No more will come. */
  end(): void {
    this.stream.end();
  }

  #done(handledId: number): void {
    const requestId = this.#handled.handled(handledId);
    if (requestId !== undefined) this.#step({ type: "acknowledge", requestId });
  }
}

/** A server request as the application sees it. */
class IncomingServerRequest implements ReceivedServerRequest<unknown> {
  readonly requestId: number;
  readonly createdAtUnixMs: number;
  readonly #bytes: Uint8Array;
  readonly #decoder: PayloadDecoder<unknown> | undefined;
  readonly #ack: (requestId: number) => void;
  #decoded: { readonly payload: unknown } | undefined;

  constructor(
    { requestId, createdAt, payload }: ServerRequest,
    decoder: PayloadDecoder<unknown> | undefined,
    ack: (requestId: number) => void,
  ) {
    this.requestId = requestId;
    this.createdAtUnixMs = createdAt;
    this.#bytes = payload;
    this.#decoder = decoder;
    this.#ack = ack;
  }

  get payload(): unknown {
    this.#decoded ??= { payload: this.#decoder === undefined ? this.#bytes : this.#decoder.decode(this.#bytes) };
    return this.#decoded.payload;
  }

  ack(): void {
    this.#ack(this.requestId);
  }
}
