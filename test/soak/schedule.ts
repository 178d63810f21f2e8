import { Chance } from "../fuzz/chance.ts";

/** What is done to processes. */
export type Event =
  /** The server is asked to stop, and starts again. */
  | "stop the server"
  /** The server is killed, and starts again. */
  | "kill the server"
  /** A process of clients is killed, and starts again at once: it goes on with some of its sessions. */
  | "kill clients"
  /** The same, and it starts again after its leases. */
  | "kill clients for long"
  /** A process of clients stands still for less than its leases: it reads nothing, and says nothing. */
  | "freeze clients"
  /** The same for longer than its leases. */
  | "freeze clients for long"
  /** Somebody connects who is no client. */
  | "guest";

export interface Planned {
  readonly atMs: number;
  readonly event: Event;
}

/**
 * What is done when, in order; the same for the same seed and length.
 *
 * The server ends in the first quarter alone, and once more after all: its memory is judged over the last two thirds, and
 * one long life tells more of it than many short ones. What befalls clients goes on throughout.
 */
export function plan(seed: number, durationMs: number): readonly Planned[] {
  const chance = new Chance(seed);
  const planned: Planned[] = [];
  const add = (events: readonly Event[], everyMs: number, untilMs: number): void => {
    for (let atMs = pause(chance, everyMs); atMs < untilMs; atMs += pause(chance, everyMs)) {
      planned.push({ atMs, event: chance.pick(events) });
    }
  };
  const quarterMs = durationMs / 4;
  add(["stop the server", "kill the server"], Math.min(SERVER_EVERY_MS, quarterMs / 2.5), quarterMs);
  add(["kill clients", "kill clients", "kill clients for long"], CLIENTS_EVERY_MS, durationMs);
  add(["freeze clients", "freeze clients", "freeze clients for long"], FREEZE_EVERY_MS, durationMs);
  add(["guest"], GUEST_EVERY_MS, durationMs);
  return planned.toSorted((a, b) => a.atMs - b.atMs);
}

/** Between half of it and half as much again. */
function pause(chance: Chance, everyMs: number): number {
  return chance.between(Math.ceil(everyMs / 2), Math.ceil(everyMs * 1.5));
}

const SERVER_EVERY_MS = 60_000;
const CLIENTS_EVERY_MS = 40_000;
const FREEZE_EVERY_MS = 45_000;
const GUEST_EVERY_MS = 7_000;
