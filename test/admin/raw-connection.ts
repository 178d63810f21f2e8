import { connect as connectSocket, type Socket } from "node:net";
import { cleanup } from "./stage.ts";

/** Sends bytes, and resolves with everything that came until the other end hung up. */
export async function talk(address: string, bytes: string): Promise<string> {
  const socket = await connected(address);
  let text = "";
  socket.on("data", (chunk) => {
    text += chunk;
  });
  const closed = new Promise((resolve) => socket.once("close", resolve));
  socket.write(bytes, "latin1");
  await closed;
  return text;
}

/** Sends a request, and resolves with the first bytes of the answer. */
export function answerOn(socket: Socket, bytes: string): Promise<string> {
  return new Promise((resolve) => {
    socket.once("data", (chunk) => resolve(String(chunk)));
    socket.write(bytes);
  });
}

/** Opens a connection, closed after the test. */
export function connected(address: string): Promise<Socket> {
  const { hostname, port } = new URL(address);
  return new Promise((resolve, reject) => {
    const socket = connectSocket(Number(port), hostname, () => resolve(socket.on("error", () => {})));
    socket.once("error", reject);
    cleanup(() => socket.destroy());
  });
}
