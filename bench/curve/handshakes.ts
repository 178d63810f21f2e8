import type { Transport } from "hawser/client";
import { zmtp } from "hawser/transport/zmtp";
import { median } from "../measure.ts";
import { zmtpWithCurve } from "../transport/curve.ts";
import { Peer } from "../transport/process.ts";

/** Transports that are held against each other: the same one, without keys and with them. */
export const stacks = ["hawser-zmtp", "hawser-zmtp-curve"] as const;

/** Connections that are made one after the other. */
export interface HandshakeFigures {
  readonly stack: (typeof stacks)[number];
  readonly perSecond: number;
  /** Time of the processor on the server for one: TCP, handshake, one message there and back, and the end. */
  readonly serverCpuUs: number;
}

/** Rounds go over both transports in turn. */
export async function measureHandshakes(rounds: number, roundMs: number): Promise<readonly HandshakeFigures[]> {
  const measured = new Map<string, HandshakeFigures[]>(stacks.map((stack) => [stack, []]));
  for (let round = 0; round < rounds; round++) {
    for (const stack of stacks) measured.get(stack)?.push(await measureRound(stack, roundMs));
  }
  return stacks.map((stack) => {
    const figures = measured.get(stack) ?? [];
    const perSecond = median(figures.map((each) => each.perSecond));
    return { stack, perSecond, serverCpuUs: median(figures.map((each) => each.serverCpuUs)) };
  });
}

async function measureRound(stack: (typeof stacks)[number], roundMs: number): Promise<HandshakeFigures> {
  const server = await Peer.start("server.child.ts", stack);
  const address = `tcp://127.0.0.1:${server.port}`;
  const transport = stack === "hawser-zmtp" ? zmtp : zmtpWithCurve;
  await connectAtATime(transport, address, roundMs / 4);
  const before = await server.ask({ kind: "cpu" });
  const startedAt = performance.now();
  const count = await connectAtATime(transport, address, roundMs);
  const seconds = (performance.now() - startedAt) / 1_000;
  const cpuUs = (await server.ask({ kind: "cpu" })) - before;
  await server.stop();
  return { stack, perSecond: count / seconds, serverCpuUs: cpuUs / count };
}

/** How many connections were made in the time, some at a time. */
async function connectAtATime(transport: Transport, address: string, durationMs: number): Promise<number> {
  const until = performance.now() + durationMs;
  let count = 0;
  const dialler = async (): Promise<void> => {
    while (performance.now() < until) {
      await connectOnce(transport, address);
      count += 1;
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, dialler));
  return count;
}

/** Until a message has come back, which says that the handshake is done. */
async function connectOnce(transport: Transport, address: string): Promise<void> {
  let close = async (): Promise<void> => {};
  await new Promise<void>((resolve, reject) => {
    const connection = transport.connect(address, {
      received: () => resolve(),
      lost: (reason) => reject(new Error(`the connection to ${address} was lost: ${reason}`)),
    });
    close = () => connection.close();
    connection.send(HELLO);
  });
  await close();
}

const AT_A_TIME = 16;
const HELLO: Uint8Array = Buffer.from("hello");
