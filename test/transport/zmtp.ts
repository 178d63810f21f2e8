import { connect, type Socket } from "node:net";

/** The few bytes of ZeroMQ's own protocol, ZMTP 3.1, that a guest needs to misbehave. */

/** What every connection begins with: the signature, the version and the mechanism NULL. */
export const greeting: Buffer = Buffer.alloc(64);
greeting.set([0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f, 3, 1]);
greeting.write("NULL", 12);

const ready: Buffer = Buffer.from("\x04\x1c\x05READY\x0bSocket-Type\x00\x00\x00\x06CLIENT", "latin1");

/** Connects to a SERVER on this machine as a CLIENT would, and resolves when both have said that they are ready. */
export async function connectAsClient(port: number): Promise<Socket> {
  const socket = connect(port, "127.0.0.1");
  // The server may hang up on it.
  socket.on("error", () => {});
  socket.write(Buffer.concat([greeting, ready]));
  let said = "";
  await new Promise<void>((resolve) => {
    socket.on("data", (bytes) => {
      if (said.includes("READY")) return;
      said += bytes.toString("latin1");
      if (said.includes("READY")) resolve();
    });
  });
  return socket;
}

/** A PING that asks for a connection without traffic to be given up after 0.1 s. */
export const ping: Buffer = Buffer.from("\x04\x07\x04PING\x00\x01", "latin1");

/** A frame of `length` zero bytes, below 256. */
export function frame(length: number): Buffer {
  return Buffer.concat([Buffer.from([0, length]), Buffer.alloc(length)]);
}
