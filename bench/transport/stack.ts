/**
 * What is compared: one way to carry messages between processes. Every message that a server gets goes back to where it
 * came from.
 */
export interface Stack {
  /** Serves echoes on any free port of 127.0.0.1, and resolves with that port. */
  serve(): Promise<number>;
  /** Connects, and gives what sends one message. The bytes of a message never change afterwards. */
  connect(port: number, received: Receive): Promise<Send>;
  /** Microseconds of the processor that were used for the server by other processes. */
  otherCpuUs?(): number;
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
  "hawser-zmtp-curve": async (): Promise<Stack> =>
    (await import("./hawser.ts")).hawserStack((await import("./curve.ts")).zmtpWithCurve),
  nats: async (): Promise<Stack> => (await import("../rpc/nats.ts")).nats,
  "grpc-unary": async (): Promise<Stack> => (await import("../rpc/grpc.ts")).grpcUnary,
  "grpc-stream": async (): Promise<Stack> => (await import("../rpc/grpc.ts")).grpcStream,
  "socket.io": async (): Promise<Stack> => (await import("../rpc/socket-io.ts")).socketIo,
  "hawser-memory": async (): Promise<Stack> => (await import("../rpc/hawser.ts")).hawserMemory,
  "hawser-lmdb": async (): Promise<Stack> => (await import("../rpc/hawser.ts")).hawserLmdb,
};

/** Those that carry messages and nothing more, in the order of the tables. What others are held against comes first. */
export const stackNames: readonly StackName[] = [
  "tcp",
  "tcp-write-each",
  "ws",
  "zeromq",
  "hawser-zeromq",
  "hawser-zmtp",
];

/** Those that can be asked for answers, likewise. */
export const rpcStackNames: readonly StackName[] = [
  "tcp",
  "ws",
  "nats",
  "grpc-unary",
  "grpc-stream",
  "socket.io",
  "zeromq",
  "hawser-zmtp",
  "hawser-memory",
  "hawser-lmdb",
];

/** What each is, for `--help`. */
export const stackDescriptions: Readonly<Record<StackName, string>> = {
  tcp: "node:net, length prefix, one write for all messages of a turn",
  "tcp-write-each": "node:net, length prefix, one write for each message",
  ws: "WebSocket by the ws package, binary, not compressed",
  zeromq: "CLIENT and SERVER of the zeromq package, without hawser",
  "hawser-zeromq": "hawser/transport/zeromq",
  "hawser-zmtp": "hawser/transport/zmtp",
  "hawser-zmtp-curve": "hawser/transport/zmtp with CURVE",
  nats: "NATS request and reply by the @nats-io/transport-node package, with a broker between",
  "grpc-unary": "@grpc/grpc-js, a call for each request",
  "grpc-stream": "@grpc/grpc-js, one stream for all",
  "socket.io": "socket.io over WebSocket, with acknowledgements",
  "hawser-memory": "hawser complete: sessions, commands applied once, a log in memory",
  "hawser-lmdb": "hawser complete, each answer after its command was flushed to the disk",
};
