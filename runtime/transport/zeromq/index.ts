import { limits } from "../../protocol/limits.ts";
import { parseTcpAddress, type TcpAddress } from "../address.ts";
import type { Transport } from "../transport.ts";
import { ZeromqConnection } from "./connection.ts";
import { listenZeromq } from "./listener.ts";
import type { ZeromqSettings } from "./options.ts";
import { loadZeromq } from "./package.ts";
import type { Waiting } from "./socket.ts";

/**
 * ZeroMQ's CLIENT and SERVER sockets over TCP, by the `zeromq` package, which has to be installed.
 * Entry point `hawser/transport/zeromq`. Addresses are
 * `tcp://HOST:PORT`; a listener may write `*` for either half. There are no credentials: listen where only trusted
 * clients can connect.
 */
export const zeromq: Transport = createZeromqTransport();

/** What a deployment, or a test, may want to be otherwise. */
export interface ZeromqOptions {
  /** Longest frame that is accepted, in bytes. Default: `limits.frameBytesMax`. */
  readonly frameBytesMax?: number;
  /** Bytes that may wait on one connection. Default: `limits.connectionQueueBytesMax`. */
  readonly queueBytesMax?: number;
  /** How sockets wait. Default: by their doorbell, where they have one. */
  readonly waiting?: Waiting;
}

/** As `zeromq`, with other limits. */
export function createZeromqTransport(options: ZeromqOptions = {}): Transport {
  const settings: ZeromqSettings = {
    frameBytesMax: options.frameBytesMax ?? limits.frameBytesMax,
    queueBytesMax: options.queueBytesMax ?? limits.connectionQueueBytesMax,
    waiting: options.waiting ?? "doorbell",
  };
  return {
    name: "zeromq",
    checkAddress(address) {
      check(address, "connect");
    },
    connect: (address, handlers) => new ZeromqConnection(check(address, "connect"), handlers, settings),
    listen: async (address, handlers) => listenZeromq(address, check(address, "listen"), handlers, settings),
  };
}

/** Also loads the package: that it is not installed is an error of whoever asked for it, and no trouble of the network. */
function check(address: string, use: "connect" | "listen"): TcpAddress {
  loadZeromq();
  return parseTcpAddress(address, use);
}
