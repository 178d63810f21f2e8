import fc from "fast-check";
import { expect, test } from "vitest";
import type { LogRecord, SnapshotRecord } from "../../generated/log/messages.ts";
import { SessionTable } from "../../runtime/protocol/session-table.ts";
import { Notebook } from "../transcript/notebook.ts";

const sessionId = fc.constantFrom("s1", "s2", "s3");
const requestId = fc.integer({ min: 0, max: 12 });

const record = fc.oneof<{ arbitrary: fc.Arbitrary<LogRecord>; weight: number }[]>(
  {
    weight: 2,
    arbitrary: sessionId.map((id) => ({ type: "CreateSession", sessionId: id, nonce: 1n, capabilities: {} })),
  },
  {
    weight: 8,
    arbitrary: fc
      .tuple(
        sessionId,
        requestId,
        requestId,
        fc.array(fc.constantFrom("add a", "send s1 x", "send s2 y", "refuse"), { minLength: 1, maxLength: 5 }),
        fc.boolean(),
      )
      .map(([id, request, lowest, texts, isInOrder]) => ({
        type: "Commands",
        sessionId: id,
        firstRequestId: request,
        lowestPendingRequestId: isInOrder ? Math.min(request, lowest) : lowest,
        payloads: texts.map((text) => Buffer.from(text)),
      })),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(sessionId, requestId)
      .map(([id, request]) => ({ type: "AckServerRequest", sessionId: id, requestId: request })),
  },
  { weight: 1, arbitrary: sessionId.map((id) => ({ type: "CloseSession", sessionId: id, reason: "ClientShutdown" })) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(sessionId, fc.nat(20))
      .map(([id, index]) => ({ type: "ExpireSession", sessionId: id, unlessActiveAfter: index })),
  },
);

/**
 * What must come out, written as plainly as can be: every answer is kept for ever, and only the rules decide what is
 * said.
 */
class Twin {
  notes = 0;
  readonly sessions = new Map<string, TwinSession>();

  /** Returns what is said of each command. */
  apply(entry: LogRecord, index: number): readonly string[] {
    if (entry.type === "CreateSession") {
      if (!this.sessions.has(entry.sessionId)) {
        this.sessions.set(entry.sessionId, { lowest: -1, answers: new Map(), sent: 0, acked: 0, active: index });
      }
      return [];
    }
    const session = this.sessions.get(entry.sessionId);
    if (session === undefined) return [];
    if (entry.type === "CloseSession") this.sessions.delete(entry.sessionId);
    if (entry.type === "ExpireSession" && session.active <= entry.unlessActiveAfter)
      this.sessions.delete(entry.sessionId);
    if (entry.type === "AckServerRequest") {
      session.active = index;
      if (entry.requestId <= session.sent) session.acked = Math.max(session.acked, entry.requestId);
    }
    if (entry.type !== "Commands") return [];
    session.active = index;
    session.lowest = Math.max(session.lowest, entry.lowestPendingRequestId);
    return entry.payloads.map((payload, position) => {
      return this.#command(session, entry.firstRequestId + position, Buffer.from(payload).toString());
    });
  }

  #command(session: TwinSession, request: number, text: string): string {
    if (request < session.lowest) return "evicted";
    const known = session.answers.get(request);
    if (known !== undefined) return known;
    if (text === "refuse") {
      session.answers.set(request, "refused");
      return "refused";
    }
    if (text.startsWith("add")) this.notes += 1;
    const target = this.sessions.get(text.split(" ")[1] ?? "");
    if (text.startsWith("send") && target !== undefined) target.sent += 1;
    session.answers.set(request, String(this.notes));
    return String(this.notes);
  }
}

interface TwinSession {
  lowest: number;
  readonly answers: Map<number, string>;
  sent: number;
  acked: number;
  active: number;
}

test("says what the rules say, over any log, across snapshots at any point", () => {
  fc.assert(
    fc.property(fc.array(record, { maxLength: 80 }), fc.nat(80), (records, snapshotAt) => {
      const notebook = new Notebook();
      let table = new SessionTable(notebook);
      const twin = new Twin();
      records.forEach((entry, position) => {
        const index = position + 1;
        const effects = table.applyEntry({ index, proposedAt: 1_000 + index, records: [entry] });
        const said = effects.flatMap((effect) => {
          if (effect.type === "respond") return effect.results.map((result) => Buffer.from(result).toString());
          return effect.type === "evicted" || effect.type === "refused" ? [effect.type] : [];
        });
        expect(said).toEqual(twin.apply(entry, index));
        expect([...table.sessions.keys()]).toEqual([...twin.sessions.keys()]);
        for (const [id, session] of table.sessions) {
          const expected = twin.sessions.get(id);
          const from = expected?.acked ?? 0;
          const pending = Array.from({ length: (expected?.sent ?? 0) - from }, (_, offset) => from + offset + 1);
          expect(session.outbox.map((request) => request.requestId)).toEqual(pending);
        }
        if (position === snapshotAt) table = restored(table, notebook);
      });
      expect(notebook.notes.length).toBe(twin.notes);
    }),
    { numRuns: 2_000 },
  );
});

/** The same table by way of its snapshot. */
function restored(table: SessionTable, notebook: Notebook): SessionTable {
  const records: SnapshotRecord[] = [...table.snapshot()];
  const copy = new SessionTable(notebook);
  copy.restore(table.appliedIndex, records);
  expect([...copy.snapshot()]).toEqual(records);
  expect(copy.appliedIndex).toBe(table.appliedIndex);
  return copy;
}
