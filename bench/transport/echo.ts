import { median } from "../measure.ts";
import { Peer } from "./process.ts";
import type { Round, RoundFigures } from "./question.ts";
import type { StackName } from "./stack.ts";

/** One cell: a stack at one size and one number in flight. Medians of the rounds. */
export interface EchoFigures {
  readonly payloadBytes: number;
  readonly inFlight: number;
  readonly stack: StackName;
  readonly perSecond: number;
  readonly p50Us: number;
  readonly p99Us: number;
  /** Time of the processor for one message there and back. */
  readonly serverCpuUs: number;
  readonly clientCpuUs: number;
}

export interface EchoPlan {
  readonly stacks: readonly StackName[];
  readonly rounds: number;
  readonly warmUpMs: number;
  readonly roundMs: number;
  readonly cells: readonly Cell[];
}

/** A size and a number in flight. */
export type Cell = Pick<Round, "payloadBytes" | "inFlight">;

/**
 * Every stack has a server and a client of its own, alive for the whole of it. Rounds go over all cells and, within a
 * cell, over all stacks, each time beginning with another one, so that a noisy machine hits all alike.
 */
export async function measureEchoes(plan: EchoPlan, progress: (text: string) => void): Promise<readonly EchoFigures[]> {
  const pairs: Pair[] = [];
  for (const stack of plan.stacks) pairs.push(await startPair(stack));
  const results = new Map<string, Measured[]>();
  for (let round = 0; round < plan.rounds; round++) {
    progress(`echoes, round ${round + 1} of ${plan.rounds}`);
    for (const cell of plan.cells) {
      for (let turn = 0; turn < pairs.length; turn++) {
        const pair = pairs[(turn + round) % pairs.length]!;
        const key = keyOf(pair.stack, cell);
        const measured = await measureRound(pair, cell, plan);
        results.set(key, [...(results.get(key) ?? []), measured]);
      }
    }
  }
  await Promise.all(pairs.flatMap(({ server, client }) => [client.stop(), server.stop()]));
  return plan.cells.flatMap((cell) =>
    plan.stacks.map((stack) => ({ ...cell, stack, ...medians(results.get(keyOf(stack, cell)) ?? []) })),
  );
}

interface Pair {
  readonly stack: StackName;
  readonly server: Peer;
  readonly client: Peer;
}

interface Measured extends RoundFigures {
  readonly serverCpuUs: number;
}

async function startPair(stack: StackName): Promise<Pair> {
  const server = await Peer.start("server.child.ts", stack);
  const client = await Peer.start("client.child.ts", stack, server.port);
  // Both compile what they run often, before anything is measured.
  await client.ask({ kind: "round", payloadBytes: 64, inFlight: 64, durationMs: COMPILE_MS });
  server.pause();
  client.pause();
  return { stack, server, client };
}

/** The pair runs for this time alone: sockets of the bare zeromq package spin while they wait. */
async function measureRound({ stack, server, client }: Pair, cell: Cell, plan: EchoPlan): Promise<Measured> {
  server.resume();
  client.resume();
  await client.ask({ kind: "round", ...cell, durationMs: plan.warmUpMs });
  const before = await server.ask({ kind: "cpu" });
  const figures = await client.ask({ kind: "round", ...cell, durationMs: plan.roundMs });
  const after = await server.ask({ kind: "cpu" });
  server.pause();
  client.pause();
  if (figures.unanswered > 0) {
    throw new Error(`${stack} lost ${figures.unanswered} of ${cell.inFlight} messages of ${cell.payloadBytes} bytes`);
  }
  return { ...figures, serverCpuUs: after - before };
}

function medians(rounds: readonly Measured[]): Omit<EchoFigures, "stack" | keyof Cell> {
  const of = (figure: (round: Measured) => number): number => median(rounds.map(figure));
  return {
    perSecond: of(({ perSecond }) => perSecond),
    p50Us: of(({ p50Us }) => p50Us),
    p99Us: of(({ p99Us }) => p99Us),
    serverCpuUs: of(({ serverCpuUs, echoes }) => serverCpuUs / echoes),
    clientCpuUs: of(({ cpuUs, echoes }) => cpuUs / echoes),
  };
}

function keyOf(stack: StackName, { payloadBytes, inFlight }: Cell): string {
  return `${stack} ${payloadBytes} ${inFlight}`;
}

const COMPILE_MS = 400;

/** Half of what may wait on a connection of hawser's; the same for all. */
const IN_FLIGHT_BYTES_MAX = 8 * 1_024 * 1_024;

/** What transports are measured with. */
export const transportCells: readonly Cell[] = [64, 1_024, 8_192, 65_536].flatMap((payloadBytes) =>
  [1, 64, 1_000].map((inFlight) => ({
    payloadBytes,
    inFlight: Math.min(inFlight, Math.floor(IN_FLIGHT_BYTES_MAX / payloadBytes)),
  })),
);
