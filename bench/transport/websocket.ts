import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import { type RawData, WebSocket, WebSocketServer } from "ws";
import type { Receive, Send, Stack } from "./stack.ts";

/**
 * WebSocket by the `ws` package: no compression, no check of texts. The TCP socket below is corked for a turn, so that
 * all messages of it leave in one write, as they do with coalesced TCP. A client masks what it sends: the protocol
 * demands it.
 */
export const websocket: Stack = {
  async serve() {
    const server = new WebSocketServer({
      host: "127.0.0.1",
      port: 0,
      backlog: 4_096,
      clientTracking: false,
      perMessageDeflate: false,
      skipUTF8Validation: true,
    });
    server.on("connection", (peer, request) => receive(peer, corkedSend(peer, request.socket)));
    await once(server, "listening");
    return (server.address() as AddressInfo).port;
  },
  async connect(port, received) {
    const peer = new WebSocket(`ws://127.0.0.1:${port}`, { perMessageDeflate: false, skipUTF8Validation: true });
    receive(peer, received);
    const opened = once(peer, "open");
    const [response] = await once(peer, "upgrade");
    await opened;
    return corkedSend(peer, response.socket);
  },
};

function receive(peer: WebSocket, received: Receive): void {
  peer.on("error", () => peer.terminate());
  // A message comes as one Buffer unless another `binaryType` is asked for.
  peer.on("message", (message: RawData) => received(message as Buffer));
}

function corkedSend(peer: WebSocket, socket: Socket): Send {
  let isCorked = false;
  const uncork = (): void => {
    isCorked = false;
    socket.uncork();
  };
  return (message) => {
    if (!isCorked) {
      isCorked = true;
      socket.cork();
      process.nextTick(uncork);
    }
    peer.send(message, sendOptions);
  };
}

const sendOptions = { binary: true, compress: false } as const;
