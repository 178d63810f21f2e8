import { loadStack } from "../transport/stack.ts";
import type { Paced } from "./pace.ts";

/** Connections to a bare server of `node:net`, which sends back what it gets. */
export async function connectBare(port: number, connections: number): Promise<readonly Paced[]> {
  const { connect } = await loadStack("tcp");
  const payload = new Uint8Array(KEEP_ALIVE_BYTES);
  const clients: Paced[] = [];
  for (let left = connections; left > 0; left--) {
    let sent = 0;
    let answered = 0;
    const send = await connect(port, () => {
      answered += 1;
    });
    clients.push({
      get sent() {
        return sent;
      },
      get answered() {
        return answered;
      },
      keepAlive() {
        sent += 1;
        send(payload);
      },
    });
  }
  return clients;
}

/** With the four bytes of the length before it as many as hawser sends for a keep-alive. */
const KEEP_ALIVE_BYTES = 13;
