import { type CallOptions, type Client, type ConnectOptions, connect } from "hawser/client";
import {
  decodeNotificationMessage,
  decodeQueryResultMessage,
  encodeCommandMessage,
  encodeQueryMessage,
} from "./generated/codec.ts";

/** A session with the store, in the store's own words. */
export class KeyValueClient implements AsyncDisposable {
  readonly session: Client;

  private constructor(session: Client) {
    this.session = session;
  }

  static async connect(options: ConnectOptions): Promise<KeyValueClient> {
    return new KeyValueClient(await connect({ capabilities: { "key-value": 1 }, ...options }));
  }

  /** Gives `key` the value, once, whatever fails meanwhile. */
  async set(key: string, value: string, options?: CallOptions): Promise<void> {
    await this.session.submit(encodeCommandMessage({ type: "Set", key, value }), options);
  }

  /** The value of `key` now, or undefined. */
  async get(key: string, options?: CallOptions): Promise<string | undefined> {
    const result = decodeQueryResultMessage(
      await this.session.query(encodeQueryMessage({ type: "Get", key }), options),
    );
    return result.type === "Present" ? result.value : undefined;
  }

  /** From now on `changes` tells of this key. */
  async watch(key: string, options?: CallOptions): Promise<void> {
    await this.session.submit(encodeCommandMessage({ type: "Watch", key }), options);
  }

  /** Every change of a watched key, in the order in which the changes were made. */
  async *changes(): AsyncGenerator<{ readonly key: string; readonly value: string }> {
    for await (const request of this.session.serverRequests) yield decodeNotificationMessage(request.payload);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.session.close();
  }
}
