import type { Transport } from "hawser/client";
import type { Stack } from "./stack.ts";

/** One of hawser's transports, used as its clients and servers use it. */
export function hawserStack(transport: Transport): Stack {
  return {
    async serve() {
      const listener = await transport.listen("tcp://127.0.0.1:0", {
        connected() {},
        received: (routingId, frame) => listener.send(routingId, frame),
        lost() {},
        failed(error) {
          throw error;
        },
      });
      return Number(/\d+$/.exec(listener.address)?.[0]);
    },
    async connect(port, received) {
      const connection = transport.connect(`tcp://127.0.0.1:${port}`, {
        received,
        lost(reason) {
          throw new Error(`the connection to port ${port} was lost: ${reason}`);
        },
      });
      return (message) => connection.send(message);
    },
  };
}
