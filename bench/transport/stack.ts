/**
 * What is compared: one way to carry messages between processes. Every message that a server gets goes back to where it
 * came from. Messages keep their order within a connection.
 */
export interface Stack {
  /** Serves echoes on any free port of 127.0.0.1, and resolves with that port. */
  serve(): Promise<number>;
  /** Connects, and gives what sends one message. The bytes of a message never change afterwards. */
  connect(port: number, received: Receive): Promise<Send>;
}

export type Receive = (message: Uint8Array) => void;
export type Send = (message: Uint8Array) => void;

export type StackName = keyof typeof loaders;

/** Loads one stack alone, so that the memory of its processes is its own. */
export function loadStack(name: StackName): Promise<Stack> {
  return loaders[name]();
}

const loaders = {
  tcp: async (): Promise<Stack> => (await import("./tcp.ts")).tcp,
  "tcp-write-each": async (): Promise<Stack> => (await import("./tcp.ts")).tcpWriteEach,
  ws: async (): Promise<Stack> => (await import("./websocket.ts")).websocket,
  zeromq: async (): Promise<Stack> => (await import("./bare-zeromq.ts")).bareZeromq,
  "hawser-zeromq": async (): Promise<Stack> =>
    (await import("./hawser.ts")).hawserStack((await import("hawser/transport/zeromq")).zeromq),
  "hawser-zmtp": async (): Promise<Stack> =>
    (await import("./hawser.ts")).hawserStack((await import("hawser/transport/zmtp")).zmtp),
};

/** All of them, in the order of the tables. The first is what the others are held against. */
export const stackNames = Object.keys(loaders) as readonly StackName[];

/** What each is, for `--help`. */
export const stackDescriptions: Readonly<Record<StackName, string>> = {
  tcp: "node:net, length prefix, one write for all messages of a turn",
  "tcp-write-each": "node:net, length prefix, one write for each message",
  ws: "WebSocket by the ws package, binary, not compressed",
  zeromq: "CLIENT and SERVER of the zeromq package, without hawser",
  "hawser-zeromq": "hawser/transport/zeromq",
  "hawser-zmtp": "hawser/transport/zmtp",
};
