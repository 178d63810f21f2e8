import { limits } from "../../protocol/limits.ts";
import { type CurveOptions, checkCurveOptions, clientKeysOf, serverKeyFor } from "../../security/curve-options.ts";
import { parseTcpAddress, type TcpAddress } from "../address.ts";
import type { Transport } from "../transport.ts";
import { ZeromqConnection } from "./connection.ts";
import { listenZeromq } from "./listener.ts";
import type { ZeromqSettings } from "./options.ts";
import { loadZeromq } from "./package.ts";
import type { Waiting } from "./socket.ts";

/**
 * ZeroMQ's CLIENT and SERVER sockets over TCP, by the `zeromq` package, which has to be installed. Entry point
 * `hawser/transport/zeromq`. Addresses are `tcp://HOST:PORT`; a listener may write `*` for either half. There are no
 * credentials: listen where only trusted clients can connect, or use `createZeromqTransport({ curve })`.
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
  /**
   * Both ends prove their keys, and what they say is encrypted. Default: NULL, which trusts everybody.
   *
   * A listener lets nobody in without `clientKeys`, and libzmq does not tell which of them a client has proven: the list
   * holds for all clients, and `ClientIdentity.publicKey` stays undefined. So sessions do not belong to keys here: whoever
   * is on the list and knows a session's id can go on with it. Where that is not enough, use `hawser/transport/zmtp`.
   */
  readonly curve?: CurveOptions;
}

/** As `zeromq`, with keys or other limits. Throws `InvalidArgumentError` for keys that are none. */
export function createZeromqTransport(options: ZeromqOptions = {}): Transport {
  const curve = options.curve === undefined ? undefined : checkCurveOptions(options.curve);
  const settings: ZeromqSettings = {
    curve,
    frameBytesMax: options.frameBytesMax ?? limits.frameBytesMax,
    queueBytesMax: options.queueBytesMax ?? limits.connectionQueueBytesMax,
    waiting: options.waiting ?? "doorbell",
  };
  const keyFor = (address: string): string | undefined => curve && serverKeyFor(curve, address);
  return {
    name: "zeromq",
    authenticatesClients: curve !== undefined,
    checkAddress(address) {
      check(address, "connect");
      // A server, which dials nobody, has other members' addresses checked as well.
      if (curve?.serverKey !== undefined) keyFor(address);
    },
    connect: (address, handlers) =>
      new ZeromqConnection(check(address, "connect"), keyFor(address), handlers, settings),
    listen: async (address, handlers) =>
      listenZeromq(address, check(address, "listen"), curve && clientKeysOf(curve), handlers, settings),
  };
}

/** Also loads the package: that it is not installed is an error of whoever asked for it, and no trouble of the network. */
function check(address: string, use: "connect" | "listen"): TcpAddress {
  loadZeromq();
  return parseTcpAddress(address, use);
}
