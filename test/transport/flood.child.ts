import { once } from "node:events";
import { connectAsClient, frame, ping } from "./zmtp.ts";

/** Floods the server at PORT with small frames and PINGs, and resets the connection while they still wait there. */
const socket = await connectAsClient(Number(process.argv[2]));
console.log("ready");
await once(process.stdin, "data");
socket.write(Buffer.concat(Array.from({ length: 2_000 }, (_, index) => (index % 5 === 0 ? ping : frame(10)))));
setTimeout(() => socket.resetAndDestroy(), 300);
process.stdin.destroy();
