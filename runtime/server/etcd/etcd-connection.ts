import { type CallOptions, type ChannelCredentials, Client, type ClientDuplexStream, Metadata } from "@grpc/grpc-js";
import { limits } from "../../protocol/limits.ts";
import { requestErrorOf } from "./etcd-failure.ts";
import type { Method } from "./etcd-messages.ts";

/**
 * The connection to one member of etcd, made at the first call and kept.
 *
 * gRPC notices by itself that a connection is closed, but not soon that one leads nowhere: that TCP gives it up takes a
 * quarter of an hour. Calls that go unanswered for `limits.etcdSilenceMaxMs`, with nothing answered in between, give it
 * up here, and the next one dials anew.
 *
 * Errors: `EtcdRequestError`.
 */
export class EtcdConnection {
  readonly endpoint: string;
  readonly #credentials: ChannelCredentials;
  #client: Client | undefined;
  #isClosed = false;
  #unansweredSince: number | undefined;

  constructor(endpoint: string, credentials: ChannelCredentials) {
    this.endpoint = endpoint;
    this.#credentials = credentials;
  }

  /** Makes one call, which is over, one way or the other, after `timeoutMs`. */
  call<Request, Response>(
    method: Method<Request, Response>,
    request: Request,
    timeoutMs: number,
    token?: string,
  ): Promise<Response> {
    const client = this.#connected();
    const { path, serialize, deserialize } = method;
    const options: CallOptions = { deadline: Date.now() + timeoutMs };
    const calledAt = performance.now();
    return new Promise((resolve, reject) => {
      client.makeUnaryRequest(path, serialize, deserialize, request, metadataOf(token), options, (error, response) => {
        if (error === null && response !== undefined) {
          this.answered();
          resolve(response);
          return;
        }
        const failure = requestErrorOf(error ?? NO_ANSWER, this.endpoint);
        if (failure.failure.reason === "unavailable") this.#unanswered(client, calledAt);
        else this.answered();
        reject(failure);
      });
    });
  }

  /** Opens a stream of messages both ways. */
  open<Request, Response>(method: Method<Request, Response>, token?: string): ClientDuplexStream<Request, Response> {
    const { path, serialize, deserialize } = method;
    return this.#connected().makeBidiStreamRequest(path, serialize, deserialize, metadataOf(token), {});
  }

  /** Something came over the connection: it leads somewhere. */
  answered(): void {
    this.#unansweredSince = undefined;
  }

  /** Makes no more calls. Those under way go on to their end. */
  close(): void {
    this.#isClosed = true;
    this.#client?.close();
    this.#client = undefined;
  }

  #connected(): Client {
    if (this.#isClosed) throw new Error(`the connection to ${this.endpoint} was closed`);
    this.#client ??= new Client(`dns:${new URL(this.endpoint).host}`, this.#credentials, channelOptions);
    return this.#client;
  }

  #unanswered(client: Client, calledAt: number): void {
    this.#unansweredSince ??= calledAt;
    if (performance.now() - this.#unansweredSince < limits.etcdSilenceMaxMs || this.#client !== client) return;
    client.close();
    this.#client = undefined;
    this.#unansweredSince = undefined;
  }
}

/**
 * `hasleader`: a member that knows of no leader is to say so at once, instead of letting the call wait and the watch stand
 * still.
 */
function metadataOf(token: string | undefined): Metadata {
  const metadata = new Metadata();
  metadata.set("hasleader", "true");
  if (token !== undefined) metadata.set("token", token);
  return metadata;
}

const NO_ANSWER = { code: 14, details: "an answer without a message" } as const;

const channelOptions: Readonly<Record<string, number>> = {
  "grpc.initial_reconnect_backoff_ms": 100,
  "grpc.max_reconnect_backoff_ms": 1_000,
  // etcd ends connections that ask for a sign of life more often than every five seconds, or while nothing is under way.
  "grpc.keepalive_time_ms": 10_000,
  "grpc.keepalive_timeout_ms": 3_000,
  "grpc.keepalive_permit_without_calls": 0,
  "grpc.max_receive_message_length": limits.etcdResponseBytesMax,
  // Whether an attempt is made again is for the engine to decide, which knows what it would repeat.
  "grpc.enable_retries": 0,
  "grpc.service_config_disable_resolution": 1,
  // Two engines in one process are as far apart as in two.
  "grpc.use_local_subchannel_pool": 1,
  "grpc.enable_http_proxy": 0,
};
