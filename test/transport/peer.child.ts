import { ServerEnd } from "./ends.ts";
import { createTransport } from "./interop.ts";

/**
 * A peer in a process of its own, to be killed or stopped: `server ADDRESS TRANSPORT`, or `client ADDRESS TRANSPORT`. Says
 * what it does.
 */
const [role, address = "tcp://127.0.0.1:0", name = "zeromq"] = process.argv.slice(2);
const transport = createTransport(name);
if (role === "server") {
  const server = await ServerEnd.listen(transport, address, { echoes: true });
  console.log(`listens ${server.listener.address}`);
} else {
  const client = transport.connect(address, {
    received: (frame) => console.log(`received ${frame.byteLength}`),
    lost: (reason) => console.log(`lost ${reason}`),
  });
  client.send(Buffer.from("hello"));
}
