import { Client, Server } from "zeromq/draft.js";
import type { Receive, Send, Stack } from "./stack.ts";

/**
 * The `zeromq` package as its documentation shows it. Its queues are without limits, so that they are never full; a
 * socket still takes one message at a time, and now and then lets one wait for the event loop.
 */
export const bareZeromq: Stack = {
  async serve() {
    const server = new Server(socketOptions);
    await server.bind("tcp://127.0.0.1:*");
    void echo(server);
    return Number(new URL(server.lastEndpoint ?? "").port);
  },
  async connect(port, received) {
    const client = new Client(socketOptions);
    client.connect(`tcp://127.0.0.1:${port}`);
    void deliver(client, received);
    return inTurn(client);
  },
};

async function echo(server: Server): Promise<void> {
  for await (const [message, peer] of server) await server.send(message, peer);
}

async function deliver(client: Client, received: Receive): Promise<void> {
  for await (const [message] of client) received(message);
}

function inTurn(client: Client): Send {
  let waiting: Uint8Array[] = [];
  let isSending = false;
  const sendAll = async (): Promise<void> => {
    isSending = true;
    while (waiting.length > 0) {
      const messages = waiting;
      waiting = [];
      for (const message of messages) await client.send(message);
    }
    isSending = false;
  };
  return (message) => {
    waiting.push(message);
    if (!isSending) void sendAll();
  };
}

const socketOptions = { linger: 0, receiveHighWaterMark: 0, sendHighWaterMark: 0 } as const;
