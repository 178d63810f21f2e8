import { generateKeyPair } from "../../runtime/security/key-pair.ts";
import { createMemoryTransport } from "../../runtime/transport/memory.ts";
import { createZeromqTransport, zeromq } from "../../runtime/transport/zeromq/index.ts";
import { createZmtpTransport, zmtp } from "../../runtime/transport/zmtp/index.ts";
import { ClientEnd, ServerEnd } from "./ends.ts";

/** Uses every transport and closes it again. Nothing is left then that would keep this program alive. */
const keys = generateKeyPair();
const curve = { keys, serverKey: keys.publicKey, clientKeys: [keys.publicKey] };
const transports = [
  { transport: zmtp, address: "tcp://127.0.0.1:0", nowhere: "tcp://127.0.0.1:9" },
  { transport: zeromq, address: "tcp://127.0.0.1:0", nowhere: "tcp://127.0.0.1:9" },
  {
    transport: createZeromqTransport({ waiting: "polling" }),
    address: "tcp://127.0.0.1:0",
    nowhere: "tcp://127.0.0.1:9",
  },
  { transport: createZmtpTransport({ curve }), address: "tcp://127.0.0.1:0", nowhere: "tcp://127.0.0.1:9" },
  { transport: createZeromqTransport({ curve }), address: "tcp://127.0.0.1:0", nowhere: "tcp://127.0.0.1:9" },
  { transport: createMemoryTransport(), address: "memory://server", nowhere: "memory://nowhere" },
];
for (const { transport, address, nowhere } of transports) {
  const server = await ServerEnd.listen(transport, address, { echoes: true });
  const closing = new ClientEnd(transport, server.listener.address);
  const losing = new ClientEnd(transport, server.listener.address);
  const vain = new ClientEnd(transport, nowhere);
  vain.connection.send(Buffer.from("nobody hears this"));
  await Promise.all([closing.echo("hello"), losing.echo("hello")]);
  await closing.connection.close();
  await server.listener.close();
  await losing.lost.next();
  await Promise.all([losing.connection.close(), vain.connection.close()]);
}
console.log("all closed");
