import { type AddressInfo, createServer } from "node:net";

/** Listens for one connection at a time, says where, and is then stopped by its parent: nobody takes what comes. */
const server = createServer();
server.listen({ port: 0, host: "127.0.0.1", backlog: 1 }, () => {
  console.log(`tcp://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
