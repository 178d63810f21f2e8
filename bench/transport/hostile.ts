import { median } from "../measure.ts";
import type { Disturbance } from "./disturbance.ts";
import { Peer } from "./process.ts";
import type { StackName } from "./stack.ts";

/** What one client with one message in flight feels of what happens beside it. Medians of the rounds. */
export interface VictimFigures {
  readonly stack: StackName;
  readonly beside: string;
  readonly p50Us: number;
  readonly p99Us: number;
  /** Rounds in which the victim waited seconds for an echo. */
  readonly starvedRounds: number;
}

export interface HostilePlan {
  readonly stacks: readonly StackName[];
  readonly rounds: number;
  readonly warmUpMs: number;
  readonly roundMs: number;
}

/** Each measurement has a fresh server, so that nothing is left there from the guest before. */
export async function measureHostile(
  plan: HostilePlan,
  progress: (text: string) => void,
): Promise<readonly VictimFigures[]> {
  const cells = scenarios.flatMap((scenario) =>
    plan.stacks.map((stack): Cell => ({ scenario, stack, p50sUs: [], p99sUs: [], starvedRounds: 0 })),
  );
  for (let round = 0; round < plan.rounds; round++) {
    for (const cell of cells) {
      progress(`hostile, round ${round + 1} of ${plan.rounds}: ${cell.stack}, ${cell.scenario.beside}`);
      await measureVictim(cell, plan);
    }
  }
  return cells.map(({ stack, scenario, p50sUs, p99sUs, starvedRounds }) => ({
    stack,
    beside: scenario.beside,
    p50Us: median(p50sUs),
    p99Us: median(p99sUs),
    starvedRounds,
  }));
}

interface Scenario {
  readonly beside: string;
  readonly guest: Disturbance | "busy-client" | undefined;
}

interface Cell {
  readonly scenario: Scenario;
  readonly stack: StackName;
  readonly p50sUs: number[];
  readonly p99sUs: number[];
  starvedRounds: number;
}

async function measureVictim(cell: Cell, plan: HostilePlan): Promise<void> {
  const { stack, scenario } = cell;
  const server = await Peer.start("server.child.ts", stack);
  const victim = await Peer.start("client.child.ts", stack, server.port);
  const calls = { kind: "round", payloadBytes: PAYLOAD_BYTES, inFlight: 1 } as const;
  // Both compile what they run often; with many in flight that is soon done.
  await victim.ask({ ...calls, inFlight: 64, durationMs: COMPILE_MS });
  const guest = await startGuest(scenario.guest, stack, server.port);
  guest?.stepBack();
  // The first moments with the guest are its own warm-up, and that of the server with it.
  await victim.ask({ ...calls, durationMs: plan.warmUpMs });
  const { p50Us, p99Us, unanswered } = await victim.ask({ ...calls, durationMs: plan.roundMs });
  cell.p50sUs.push(p50Us);
  cell.p99sUs.push(p99Us);
  if (unanswered > 0) cell.starvedRounds += 1;
  for (const peer of [victim, guest, server]) await peer?.stop();
}

async function startGuest(guest: Scenario["guest"], stack: StackName, port: number): Promise<Peer | undefined> {
  if (guest === undefined) return undefined;
  if (guest !== "busy-client") return Peer.start("disturber.child.ts", guest, port);
  const client = await Peer.start("client.child.ts", stack, port);
  // Until it is stopped; nobody waits for its figures.
  client.ask({ kind: "round", payloadBytes: PAYLOAD_BYTES, inFlight: 1_000, durationMs: 60_000 }).catch(() => {});
  return client;
}

const PAYLOAD_BYTES = 64;
const COMPILE_MS = 400;

/** The first is what the others are held against; the next two are no attacks and show what sharing two cores costs. */
const scenarios: readonly Scenario[] = [
  { beside: "nobody", guest: undefined },
  { beside: "a process that burns a core", guest: "burn" },
  { beside: "an honest client, 1,000 in flight", guest: "busy-client" },
  { beside: "a flooder that reads", guest: "flood" },
  { beside: "a flooder that never reads", guest: "flood-unread" },
  { beside: "2,000 connections that never speak", guest: "silent" },
  { beside: "half a frame of the greatest length", guest: "half-frame" },
];
