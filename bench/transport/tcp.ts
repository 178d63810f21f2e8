import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import type { Receive, Send, Stack } from "./stack.ts";

/**
 * The yardstick: what `node:net` can do when it is used well. A message is a 32-bit length and its bytes. All messages
 * sent in one turn leave in one write: short ones are copied one after the other, because a copy costs less than another
 * entry of a vector; long ones are handed over as they are.
 */
export const tcp: Stack = tcpStack((socket) => {
  const writer = new TurnWriter(socket);
  return (message) => writer.send(message);
});

/** The same with a write for each message: what one writes first. */
export const tcpWriteEach: Stack = tcpStack((socket) => (message) => {
  if (message.length <= COPIED_BYTES_MAX) {
    const frame = Buffer.allocUnsafe(HEADER_BYTES + message.length);
    frame.writeUInt32BE(message.length);
    frame.set(message, HEADER_BYTES);
    socket.write(frame);
    return;
  }
  const header = Buffer.allocUnsafe(HEADER_BYTES);
  header.writeUInt32BE(message.length);
  socket.cork();
  socket.write(header);
  socket.write(message);
  socket.uncork();
});

function tcpStack(sender: (socket: Socket) => Send): Stack {
  return {
    async serve() {
      const server = createServer({ noDelay: true }, (socket) => {
        socket.on("error", () => socket.destroy());
        readMessages(socket, sender(socket));
      });
      server.listen({ host: "127.0.0.1", port: 0, backlog: BACKLOG });
      await once(server, "listening");
      return (server.address() as AddressInfo).port;
    },
    async connect(port, received) {
      const socket = connect({ host: "127.0.0.1", port, noDelay: true });
      await once(socket, "connect");
      readMessages(socket, received);
      return sender(socket);
    },
  };
}

class TurnWriter {
  readonly #socket: Socket;
  #waiting: Uint8Array[] = [];

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  send(message: Uint8Array): void {
    // The flush runs when the callback of the event loop that is under way has ended, before the next one.
    if (this.#waiting.push(message) === 1) process.nextTick(() => this.#flush());
  }

  #flush(): void {
    const pieces: Uint8Array[] = [];
    let from = 0;
    let end = 0;
    for (const message of this.#waiting) {
      const isCopied = message.length <= COPIED_BYTES_MAX;
      if (end + HEADER_BYTES + COPIED_BYTES_MAX > slab.length) {
        if (from < end) pieces.push(slab.subarray(from, end));
        slab = Buffer.allocUnsafeSlow(SLAB_BYTES);
        from = 0;
        end = 0;
      }
      end = slab.writeUInt32BE(message.length, end);
      if (isCopied) {
        slab.set(message, end);
        end += message.length;
      } else {
        pieces.push(slab.subarray(from, end), message);
        from = end;
      }
    }
    if (from < end) pieces.push(slab.subarray(from, end));
    this.#waiting = [];
    this.#write(pieces);
  }

  #write(pieces: readonly Uint8Array[]): void {
    if (pieces.length > 1) this.#socket.cork();
    for (const piece of pieces) this.#socket.write(piece);
    if (pieces.length > 1) this.#socket.uncork();
    // The kernel has usually taken all of it at once, and then the slab is free again.
    if (this.#socket.writableLength > 0) slab = Buffer.allocUnsafeSlow(SLAB_BYTES);
  }
}

/** Cuts a connection's bytes into messages. Those that came whole are views, the others are copied once. */
function readMessages(socket: Socket, received: Receive): void {
  let rest: Buffer | undefined;
  let partial: Buffer | undefined;
  let partialBytes = 0;
  socket.on("data", (arrived) => {
    let chunk = arrived;
    let at = 0;
    if (partial !== undefined) {
      at = chunk.copy(partial, partialBytes);
      partialBytes += at;
      if (partialBytes < partial.length) return;
      received(partial);
      partial = undefined;
    } else if (rest !== undefined) {
      chunk = Buffer.concat([rest, chunk]);
      rest = undefined;
    }
    while (chunk.length - at >= HEADER_BYTES) {
      const from = at + HEADER_BYTES;
      const length = chunk.readUInt32BE(at);
      if (from + length > chunk.length) {
        partial = Buffer.allocUnsafe(length);
        partialBytes = chunk.copy(partial, 0, from);
        return;
      }
      at = from + length;
      received(chunk.subarray(from, at));
    }
    if (at < chunk.length) rest = chunk.subarray(at);
  });
}

const HEADER_BYTES = 4;
const COPIED_BYTES_MAX = 8 * 1_024;
const SLAB_BYTES = 256 * 1_024;
const BACKLOG = 4_096;

/** Shared by all connections of the process, and unused between two flushes. */
let slab: Buffer = Buffer.allocUnsafeSlow(SLAB_BYTES);
