import { type Client, type ClientStatus, type ConnectOptions, connect } from "hawser/client";
import { type Server, type ServerOptions, startServer } from "hawser/server";
import { memoryEngine } from "hawser/server/memory";
import { afterEach } from "vitest";
import { Notebook } from "../../transcript/notebook.ts";
import { ProtocolRelay } from "../protocol-relay.ts";

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** A server on loopback with a notebook, stopped after the test. */
export async function serve(options: Partial<ServerOptions> = {}): Promise<Server> {
  const server = await startServer({
    memberId: "a",
    address: "tcp://127.0.0.1:0",
    engine: memoryEngine(),
    stateMachine: new Notebook(),
    ...options,
  });
  cleanups.push(() => server.stop());
  return server;
}

/** A way to a server that can be cut, closed after the test. */
export async function relayTo(server: Server): Promise<ProtocolRelay> {
  const relay = await ProtocolRelay.start(server.address);
  cleanups.push(() => relay.close());
  return relay;
}

/** A client, closed after the test. */
export async function open(address: string, options: Partial<ConnectOptions> = {}): Promise<Client> {
  const client = await connect({ members: { a: address }, ...options });
  cleanups.push(() => client.close());
  return client;
}

/** Submits a text and gives the result as one. */
export async function submit(client: Client, command: string): Promise<string> {
  return Buffer.from(await client.submit(Buffer.from(command))).toString();
}

/** Notes a client's statuses from now on. */
export class StatusLog {
  readonly statuses: ClientStatus[] = [];
  readonly #ended: Promise<void>;
  #changed = () => {};

  constructor(client: Client) {
    this.#ended = this.#read(client);
  }

  /** Resolves with the first status of a type that has not been asked for, and forgets those before it. */
  async next<Type extends ClientStatus["type"]>(type: Type): Promise<ClientStatus & { readonly type: Type }> {
    for (;;) {
      for (let status = this.statuses.shift(); status !== undefined; status = this.statuses.shift()) {
        if (status.type === type) return status as ClientStatus & { readonly type: Type };
      }
      const changed = new Promise<"changed">((resolve) => {
        this.#changed = () => resolve("changed");
      });
      const ended = this.#ended.then(() => "ended" as const);
      if ((await Promise.race([changed, ended])) === "ended" && this.statuses.length === 0) {
        throw new Error(`the client ended without ${type}`);
      }
    }
  }

  async #read(client: Client): Promise<void> {
    for await (const status of client.status()) {
      this.statuses.push(status);
      this.#changed();
    }
  }
}
