import fc from "fast-check";
import { expect, test } from "vitest";
import type { LogRecord } from "../../generated/log/messages.ts";
import { limits } from "../../runtime/protocol/limits.ts";
import { ProposalQueue } from "../../runtime/server/proposal-queue.ts";

const MIB = 1_024 * 1_024;
const long = new Uint8Array(0.7 * MIB);
const short = new Uint8Array(16);

const step = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      type: fc.constant("add" as const),
      session: fc.integer({ min: 0, max: 4 }),
      commands: fc.constantFrom(1, 2, 200, limits.runCommandsMax),
      payload: fc.constantFrom(short, short, short, long),
    }),
  },
  { weight: 2, arbitrary: fc.constant({ type: "take" as const }) },
);

test("every record comes out once, those of a session in their order, in batches that are within their bounds", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
      const queue = new ProposalQueue();
      const sent = new Map<string, number>();
      const taken = new Map<string, number>();
      let waiting = 0;
      const take = () => {
        const { records } = queue.take();
        waiting -= records.length;
        expect(records.length).toBeGreaterThan(0);
        expect(commandsOf(records) <= limits.batchRecordsMax || records.length === 1).toBe(true);
        expect(bytesOf(records) <= limits.batchBytesMax || records.length === 1).toBe(true);
        for (const record of records) {
          if (record.type !== "Commands") throw new TypeError(record.type);
          const next = taken.get(record.sessionId) ?? 0;
          expect(record.firstRequestId).toBe(next);
          taken.set(record.sessionId, next + 1);
        }
      };
      for (const each of steps) {
        if (each.type === "add") {
          const sessionId = `s${each.session}`;
          const next = sent.get(sessionId) ?? 0;
          const commands = each.payload === long ? 1 : each.commands;
          if (!queue.add(run(sessionId, next, commands, each.payload), 0)) continue;
          sent.set(sessionId, next + 1);
          waiting += 1;
        } else if (!queue.isEmpty) take();
        expect(queue.isEmpty).toBe(waiting === 0);
      }
      while (!queue.isEmpty) take();
      expect(taken).toEqual(sent);
    }),
  );
});

test("a session that sends one command waits for one batch, however many commands of another wait", () => {
  const queue = new ProposalQueue();
  for (let index = 0; index < 40; index++) queue.add(run("greedy", index, limits.runCommandsMax, short), index);
  expect(commandsOf(queue.take().records)).toBe(limits.batchRecordsMax);

  queue.add(run("modest", 0, 1, short), 40);
  const { records, since } = queue.take();
  expect(records.map(({ sessionId }) => sessionId)).toContain("modest");
  expect(since).toBeLessThan(40);

  // With it gone the other has the whole batch again.
  const next = queue.take().records;
  expect(new Set(next.map(({ sessionId }) => sessionId))).toEqual(new Set(["greedy"]));
  expect(commandsOf(next)).toBe(limits.batchRecordsMax);
});

test("sessions that all want more than there is have equal shares", () => {
  const queue = new ProposalQueue();
  const sessions = ["a", "b", "c", "d", "e"];
  for (let index = 0; index < 100; index++) {
    for (const sessionId of sessions) queue.add(run(sessionId, index, limits.runCommandsMax, short), index);
  }
  const commands = new Map<string, number>();
  for (let batch = 0; batch < 50; batch++) {
    for (const record of queue.take().records) {
      commands.set(record.sessionId, (commands.get(record.sessionId) ?? 0) + commandsOf([record]));
    }
  }
  const shares = sessions.map((sessionId) => commands.get(sessionId) ?? 0);
  expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(limits.runCommandsMax);
});

test("what does not fit is refused, and taken again when there is room", () => {
  const queue = new ProposalQueue();
  let accepted = 0;
  while (queue.add(run("s", accepted, 1, long), 0)) accepted += 1;
  expect(accepted).toBe(Math.floor(limits.proposalQueueBytesMax / (long.length + 68)));
  queue.take();
  expect(queue.add(run("s", accepted, 1, long), 0)).toBe(true);
  queue.clear();
  expect(queue.isEmpty).toBe(true);
  expect(queue.add(run("s", 0, 1, long), 0)).toBe(true);
});

/** `firstRequestId` counts the records of a session, to see their order. */
function run(sessionId: string, position: number, commands: number, payload: Uint8Array): LogRecord {
  const payloads = new Array<Uint8Array>(commands).fill(payload);
  return { type: "Commands", sessionId, firstRequestId: position, lowestPendingRequestId: 0, payloads };
}

function commandsOf(records: readonly LogRecord[]): number {
  return records.reduce((sum, record) => sum + (record.type === "Commands" ? record.payloads.length : 1), 0);
}

function bytesOf(records: readonly LogRecord[]): number {
  const lengths = records.flatMap((record) => (record.type === "Commands" ? record.payloads : []));
  return lengths.reduce((sum, { length }) => sum + length, 0);
}
