import { once } from "node:events";
import { type AddressInfo, createServer, type Socket, type Server as TcpServer } from "node:net";
import { type ConsensusEngine, type Server, type ServerOptions, startServer } from "hawser/server";
import { memoryEngine } from "hawser/server/memory";
import { type Examination, type ExaminationOptions, examine } from "../../runtime/doctor/index.ts";
import type { Leadership } from "../../runtime/server/consensus.ts";
import type { Listener } from "../../runtime/transport/transport.ts";
import { zmtp } from "../../runtime/transport/zmtp/index.ts";
import { Notebook } from "../transcript/notebook.ts";

/** Real patients for the doctor, and what is left to be taken down after a test. */
export class Practice {
  readonly #cleanups: (() => unknown)[] = [];

  async clear(): Promise<void> {
    for (const cleanup of this.#cleanups.splice(0).reverse()) await cleanup();
  }

  later(cleanup: () => unknown): void {
    this.#cleanups.push(cleanup);
  }

  /** A real server, in memory unless the options say otherwise. */
  async server(options: Partial<ServerOptions> = {}): Promise<Server> {
    const server = await startServer({
      memberId: "a",
      address: "tcp://127.0.0.1:0",
      engine: memoryEngine(),
      stateMachine: new Notebook(),
      ...options,
    });
    this.later(() => server.stop());
    return server;
  }

  /** A SERVER of ZMTP that is not one of hawser's: it answers each frame with the frames that `answer` gives. */
  async zmtpServer(answer: (frame: Uint8Array) => readonly Uint8Array[] | "hang up"): Promise<string> {
    const listener: Listener = await zmtp.listen("tcp://127.0.0.1:0", {
      connected: () => {},
      received: (routingId, frame) => {
        const frames = answer(frame);
        if (frames === "hang up") listener.drop(routingId);
        else for (const each of frames) listener.send(routingId, each);
      },
      lost: () => {},
      failed: (error) => {
        throw error;
      },
    });
    this.later(() => listener.close());
    return listener.address;
  }

  /** Listens by plain TCP, and does what a stranger does with each connection. */
  async stranger(behave: (socket: Socket) => void): Promise<string> {
    return await this.tcp(createServer(behave));
  }

  /** Where a server of any kind listens. */
  async tcp(server: TcpServer): Promise<string> {
    const sockets = new Set<Socket>();
    server.on("connection", (socket: Socket) => {
      sockets.add(socket);
      socket.on("error", () => {});
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    this.later(async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    });
    return `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }
}

/** Examines what listens at `endpoint`; everything that is not said is usual. */
export function examineAt(endpoint: string, options: Partial<ExaminationOptions> = {}): Promise<Examination> {
  return examine({
    endpoint,
    curve: undefined,
    timeoutMs: 5_000,
    signal: new AbortController().signal,
    unixMs: Date.now,
    onStep: () => {},
    ...options,
  });
}

/** Codes of what was found, and the step at which it ended: `port-closed at connect`. */
export function verdict({ findings, steps }: Examination): string {
  const codes = findings.map(({ code }) => code);
  return `${codes.join(", ") || "nothing"} at ${steps.at(-1)?.name}`;
}

/** An engine that knows what it is to know of the leadership, and does what it is told with proposals. */
export function engineThat(leadership: Leadership, propose: ConsensusEngine["propose"]): ConsensusEngine {
  return {
    leadership,
    start: async (application) => application.onLeadership(leadership),
    propose,
    readBarrier: async () => ({ index: 0 }),
    saveSnapshot: async () => {},
    stop: async () => {},
  };
}
