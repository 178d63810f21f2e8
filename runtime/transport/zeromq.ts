import { parseTcpAddress } from "./address.ts";
import type { Transport } from "./transport.ts";
import { ZeromqConnection } from "./zeromq-connection.ts";
import { listenZeromq } from "./zeromq-listener.ts";
import type { Waiting } from "./zeromq-socket.ts";

/**
 * ZeroMQ's CLIENT and SERVER sockets over TCP, by the `zeromq` package: what deployed peers speak. Addresses are
 * `tcp://HOST:PORT`; a listener may write `*` for either half. There are no credentials: listen where only trusted
 * clients can connect.
 */
export const zeromq: Transport = createZeromqTransport("doorbell");

/** As `zeromq`, with a choice of how sockets wait; for tests. */
export function createZeromqTransport(waiting: Waiting): Transport {
  return {
    name: "zeromq",
    checkAddress(address) {
      parseTcpAddress(address, "connect");
    },
    connect: (address, handlers) => new ZeromqConnection(parseTcpAddress(address, "connect"), handlers, waiting),
    listen: async (address, handlers) => listenZeromq(address, parseTcpAddress(address, "listen"), handlers, waiting),
  };
}
