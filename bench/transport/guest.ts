import { connect, type Socket } from "node:net";

/** Opens a TCP connection to a port of this machine, now and whenever it has ended: a bad guest comes back at once. */
export function keepConnected(port: number, connected: (socket: Socket) => void): void {
  const socket = connect({ host: "127.0.0.1", port });
  socket.on("error", () => {});
  socket.once("connect", () => connected(socket));
  socket.once("close", () => setImmediate(() => keepConnected(port, connected)));
}

/** What a CLIENT of ZMTP 3.1 says first: the greeting with the mechanism NULL, and that it is ready. */
export const introduction: Buffer = Buffer.concat([
  Buffer.from([0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0x7f, 3, 1]),
  Buffer.from("NULL".padEnd(20, "\0"), "latin1"),
  Buffer.alloc(32),
  command("\x05READY\x0bSocket-Type\x00\x00\x00\x06CLIENT"),
]);

/** A message in one short frame of zeros, of up to 255 bytes. */
export function shortFrame(bytes: number): Buffer {
  return Buffer.concat([Buffer.from([0x00, bytes]), Buffer.alloc(bytes)]);
}

/** The first half of a long frame that holds `bytes` in all. */
export function halfFrame(bytes: number): Buffer {
  const header = Buffer.alloc(9);
  header[0] = 0x02;
  header.writeBigUInt64BE(BigInt(bytes), 1);
  return Buffer.concat([header, Buffer.alloc(bytes >> 1)]);
}

function command(text: string): Buffer {
  return Buffer.from(`\x04${String.fromCharCode(text.length)}${text}`, "latin1");
}
