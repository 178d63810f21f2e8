import { setTimeout as delay } from "node:timers/promises";
import { limits } from "hawser/client";
import type { Life } from "./life.ts";
import { filling, isFilling } from "./tallies.ts";

/** One thing that a client does with its session. It ends when every call of it has ended. */
export interface Act {
  readonly name: string;
  /** How often it comes, in proportion to the others. */
  readonly weight: number;
  /** Not with version 1 of the protocol, where it would end the session. */
  readonly isNew?: boolean;
  run(life: Life): Promise<void>;
}

/** One after the other, as a program does that has little to do. */
async function trickle(life: Life): Promise<void> {
  const { chance } = life.surroundings;
  for (let left = chance.between(1, 40); left > 0 && !life.isOver; left--) {
    await life.add(chance.below(200));
    if (chance.oneIn(4)) await delay(chance.below(20));
  }
}

async function burst(life: Life): Promise<void> {
  const count = life.surroundings.chance.between(50, 1_000);
  await Promise.all(Array.from({ length: count }, () => life.add(32)));
}

/** As many as there is room for, and more. */
async function flood(life: Life): Promise<void> {
  const calls: Promise<void>[] = [];
  for (let left = limits.requestsInFlightMax + 2_000; left > 0 && !life.isOver; left--) {
    await life.surroundings.watch.call("capacity", limits.requestTimeoutMs, () => life.client.capacity());
    calls.push(life.add());
  }
  await Promise.all(calls);
}

/** More than there is room for: those are refused at once, and the others answered. */
async function overfill(life: Life): Promise<void> {
  const count = limits.requestsInFlightMax + 200;
  await Promise.all(Array.from({ length: count }, () => life.add(0, {}, ["ERR_OVERLOADED"])));
}

async function queries(life: Life): Promise<void> {
  const { chance } = life.surroundings;
  const calls = Array.from({ length: chance.between(1, 100) }, async () => {
    if (chance.oneIn(3)) await life.add();
    else await life.tally();
  });
  await Promise.all(calls);
}

async function longCommands(life: Life): Promise<void> {
  const { chance } = life.surroundings;
  const count = chance.between(1, 6);
  const bytesMax = limits.payloadBytesMax - COMMAND_BYTES;
  await Promise.all(Array.from({ length: count }, () => life.add(chance.between(50_000, bytesMax))));
}

async function longAnswers(life: Life): Promise<void> {
  const { chance, watch } = life.surroundings;
  const calls = Array.from({ length: chance.between(1, 8) }, async () => {
    const length = chance.below(limits.payloadBytesMax - COMMAND_BYTES);
    const ended = await watch.call("long query", limits.requestTimeoutMs, () =>
      life.client.query({ type: "Fetch", length }),
    );
    if (ended.type === "failed" || (ended.result.type === "Filled" && isFilling(ended.result.filling, length))) return;
    life.trouble(`the answer to a Fetch of ${length} bytes is another one`);
  });
  await Promise.all(calls);
}

async function oversize(life: Life): Promise<void> {
  const command = { type: "Add", serial: 0, filling: filling(limits.payloadBytesMax) } as const;
  const ended = await life.submit(command, {}, ["ERR_PAYLOAD_TOO_LARGE"], "oversize");
  if (ended.type === "answered") life.trouble("a command over the greatest length was answered");
}

/** Refusals end in the call, and the session goes on. */
async function refusals(life: Life): Promise<void> {
  const { watch } = life.surroundings;
  const command = await life.submit({ type: "Refuse" }, {}, ["ERR_INVALID_REQUEST"]);
  if (command.type === "answered") life.trouble("a command that asks to be refused was answered");
  const query = await watch.call("refused query", limits.requestTimeoutMs, () =>
    life.client.query({ type: "Read", sessionId: "nobody" }),
  );
  if (query.type === "answered") life.trouble("a query for a session that is not there was answered");
  await life.add();
}

async function notices(life: Life): Promise<void> {
  await life.submit({ type: "Call", times: life.surroundings.chance.between(1, 300) });
}

/** More than wait in the client, while it reads nothing. */
async function slowReader(life: Life): Promise<void> {
  const { chance } = life.surroundings;
  life.isSlow = true;
  await life.submit({ type: "Call", times: limits.serverRequestsBufferedMax + chance.below(1_000) });
  await Promise.all([delay(chance.between(500, 5_000)), burst(life)]);
  life.isSlow = false;
}

async function offer(life: Life): Promise<void> {
  await life.submit({ type: "Offer", times: life.surroundings.chance.between(1, 30) }, {}, ["ERR_INVALID_REQUEST"]);
}

/** Calls that are given up at once, or soon. */
async function impatience(life: Life): Promise<void> {
  const { chance } = life.surroundings;
  const calls = Array.from({ length: chance.between(1, 60) }, () => {
    const afterMs = chance.between(1, 40);
    if (chance.oneIn(2)) return life.add(chance.below(10_000), { timeoutMs: afterMs }, ["ERR_TIMEOUT"]);
    return life.add(chance.below(10_000), { signal: AbortSignal.timeout(afterMs) }, ["ERR_ABORTED"]);
  });
  await Promise.all(calls);
}

/** Away with calls on their way, for less than the lease. What is asked meanwhile waits. */
async function shortLeave(life: Life): Promise<void> {
  const { chance } = life.surroundings;
  const calls = Array.from({ length: chance.between(0, 100) }, () => life.add(100));
  if (chance.oneIn(2)) await delay(chance.below(10));
  await life.leave();
  await Promise.all(calls);
  await delay(chance.below(life.options.timeoutMs / 4));
  const waiting = Array.from({ length: chance.below(20) }, () => life.add());
  await life.comeBack();
  await Promise.all(waiting);
}

async function idle(life: Life): Promise<void> {
  await delay(life.surroundings.chance.between(500, 4_000));
}

/** Room for what a command has besides its filling. */
const COMMAND_BYTES = 64;

export const acts: readonly Act[] = [
  { name: "trickle", weight: 30, run: trickle },
  { name: "burst", weight: 16, run: burst },
  { name: "flood", weight: 1, run: flood },
  { name: "overfill", weight: 1, run: overfill },
  { name: "queries", weight: 16, run: queries },
  { name: "long commands", weight: 4, run: longCommands },
  { name: "long answers", weight: 4, run: longAnswers },
  { name: "oversize", weight: 4, run: oversize },
  { name: "refusals", weight: 8, isNew: true, run: refusals },
  { name: "notices", weight: 12, run: notices },
  { name: "slow reader", weight: 4, run: slowReader },
  { name: "offer", weight: 10, isNew: true, run: offer },
  { name: "impatience", weight: 8, run: impatience },
  { name: "short leave", weight: 8, run: shortLeave },
  { name: "idle", weight: 30, run: idle },
];
