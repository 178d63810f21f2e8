import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Server } from "socket.io";
import { io } from "socket.io-client";
import type { Stack } from "../transport/stack.ts";

/** socket.io over WebSocket alone, each request with an acknowledgement that carries the answer. */
export const socketIo: Stack = {
  async serve() {
    const http = createServer();
    const server = new Server(http, { transports: ["websocket"], perMessageDeflate: false, serveClient: false });
    server.on("connection", (socket) => {
      socket.on("echo", (message: Uint8Array, answer: (message: Uint8Array) => void) => answer(message));
    });
    http.listen(0, "127.0.0.1");
    await once(http, "listening");
    return (http.address() as AddressInfo).port;
  },
  async connect(port, received) {
    const socket = io(`http://127.0.0.1:${port}`, { transports: ["websocket"] });
    await new Promise<void>((resolve) => socket.once("connect", resolve));
    return (message) => void socket.emit("echo", message, received);
  },
};
