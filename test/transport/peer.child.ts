import { zeromq } from "../../runtime/transport/zeromq/index.ts";
import { ServerEnd } from "./ends.ts";

/** A peer in a process of its own, to be killed or stopped: `server`, or `client ADDRESS`. Says what it does. */
const [role, address = ""] = process.argv.slice(2);
if (role === "server") {
  const server = await ServerEnd.listen(zeromq, "tcp://127.0.0.1:0", { echoes: true });
  console.log(`listens ${server.listener.address}`);
} else {
  const client = zeromq.connect(address, {
    received: (frame) => console.log(`received ${frame.byteLength}`),
    lost: (reason) => console.log(`lost ${reason}`),
  });
  client.send(Buffer.from("hello"));
}
