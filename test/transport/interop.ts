import type { CurveOptions } from "../../runtime/security/curve-options.ts";
import { generateKeyPair } from "../../runtime/security/key-pair.ts";
import type { Transport } from "../../runtime/transport/transport.ts";
import { createZeromqTransport } from "../../runtime/transport/zeromq/index.ts";
import { createZmtpTransport } from "../../runtime/transport/zmtp/index.ts";
import { Child } from "../engine/child-process.ts";
import { ClientEnd, ServerEnd } from "./ends.ts";

/** The transports that speak ZMTP over TCP, and therefore to each other. */
export type SpeakerName = "zmtp" | "zeromq";

/** Every transport with every other, and with itself: the client's and the server's. */
export const pairs: readonly (readonly [client: SpeakerName, server: SpeakerName])[] = [
  ["zmtp", "zmtp"],
  ["zmtp", "zeromq"],
  ["zeromq", "zmtp"],
  ["zeromq", "zeromq"],
];

/** What a test wants to be otherwise. `zeromq` has no times of its own: they stay as they are. */
export interface SpeakerOptions {
  readonly frameBytesMax?: number;
  readonly queueBytesMax?: number;
  readonly handshakeTimeoutMs?: number;
  readonly heartbeatIntervalMs?: number;
  readonly curve?: CurveOptions;
}

/** Options of both ends of a connection. */
export interface PairOptions {
  readonly client: SpeakerOptions;
  readonly server: SpeakerOptions;
}

/** How two ends come to trust each other, and what each is made with for that. */
export const mechanisms: readonly (readonly [name: "NULL" | "CURVE", options: PairOptions])[] = (() => {
  const client = generateKeyPair();
  const server = generateKeyPair();
  return [
    ["NULL", { client: {}, server: {} }],
    [
      "CURVE",
      {
        client: { curve: { keys: client, serverKey: server.publicKey } },
        server: { curve: { keys: server, clientKeys: [client.publicKey] } },
      },
    ],
  ];
})();

/** The transport of that name. */
export function createTransport(name: string, options: SpeakerOptions = {}): Transport {
  if (name === "zmtp") return createZmtpTransport(options);
  if (name === "zeromq") return createZeromqTransport(options);
  throw new Error(`there is no transport ${name}`);
}

/** What one test has set up, to be cleared away after it. */
export class Stage {
  readonly #cleanups: (() => Promise<unknown>)[] = [];

  /** A server on a port of its own, or at `options.address`. */
  async listen(transport: Transport, options: { echoes?: boolean; address?: string } = {}): Promise<ServerEnd> {
    const end = await ServerEnd.listen(transport, options.address ?? "tcp://127.0.0.1:0", options);
    this.defer(() => end.listener.close());
    return end;
  }

  connect(transport: Transport, address: string): ClientEnd {
    const end = new ClientEnd(transport, address);
    this.defer(() => end.connection.close());
    return end;
  }

  /** Starts a program beside this one. */
  start(program: string, ...args: readonly string[]): Child {
    const child = new Child(new URL(program, import.meta.url).href, args);
    this.defer(() => child.kill());
    return child;
  }

  defer(cleanup: () => Promise<unknown>): void {
    this.#cleanups.push(cleanup);
  }

  async clear(): Promise<void> {
    await Promise.all(this.#cleanups.splice(0).map((cleanup) => cleanup()));
  }
}

/** The port in `tcp://HOST:PORT`. */
export function portIn(address: string): number {
  return Number(address.split(":").at(-1));
}
