import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { LogRecord, SnapshotRecord } from "../../generated/log/messages.ts";
import { limits } from "../../runtime/protocol/limits.ts";
import { SessionTable } from "../../runtime/protocol/session-table.ts";
import type { CommandContext, StateMachine } from "../../runtime/protocol/state-machine.ts";

/** Commands: `add CAPABILITY COUNT`, `complete ID`, `cancel ID`. The boss, who has no capability, gives them. */
class Foreman implements StateMachine {
  apply(command: Uint8Array, { work }: CommandContext): Uint8Array {
    const [verb, name = "", count = ""] = Buffer.from(command).toString().split(" ");
    if (verb === "add") {
      for (let added = 0; added < Number(count); added++) work.add(name, (workId) => Buffer.from(String(workId)));
    } else if (verb === "cancel") work.cancel(Number(name));
    else return Uint8Array.of(work.complete(Number(name)) ? 1 : 0);
    return new Uint8Array(0);
  }

  query(): Uint8Array {
    return new Uint8Array(0);
  }

  *snapshot(): Generator<Uint8Array> {}

  async restore(): Promise<void> {}
}

type WorkRecord = SnapshotRecord & { readonly type: "Work" };

/** Two members that apply the same log; the second one begins with a snapshot of the first. */
class Cluster {
  #tables = [new SessionTable(new Foreman())];
  #index = 0;
  #requests = 0;
  created = 0;

  constructor() {
    this.append({ type: "CreateSession", sessionId: "boss", nonce: 1n, capabilities: { boss: "1" } });
  }

  get table(): SessionTable {
    const [table] = this.#tables;
    if (table === undefined) throw new Error("there is a first member");
    return table;
  }

  get work(): readonly WorkRecord[] {
    return [...this.table.snapshot()].filter((record) => record.type === "Work");
  }

  get workers(): readonly string[] {
    return [...this.table.sessions.keys()].filter((sessionId) => sessionId !== "boss");
  }

  append(record: LogRecord): string {
    this.#index += 1;
    const before = new Map(this.work.map(({ workId, holder }) => [workId, holder]));
    const said = this.#tables.map((table) =>
      JSON.stringify(table.applyEntry({ index: this.#index, proposedAt: this.#index, records: [record] })),
    );
    expect(new Set(said).size).toBe(1);
    const [first, ...others] = this.#tables.map((table) => [...table.snapshot()]);
    for (const other of others) expect(other).toEqual(first);
    this.#check(before);
    return said[0] ?? "";
  }

  command(sessionId: string, text: string): string {
    this.#requests += 1;
    const requestId = this.#requests;
    const payloads = [Buffer.from(text)];
    const ids = { firstRequestId: requestId, lowestPendingRequestId: requestId };
    return this.append({ type: "Commands", sessionId, ...ids, payloads });
  }

  /** Everything that was sent to the session. */
  acknowledge(sessionId: string): void {
    const requestId = this.table.sessions.get(sessionId)?.lastServerRequestId ?? 0;
    this.append({ type: "AckServerRequest", sessionId, requestId });
  }

  restoreSecond(): void {
    const copy = new SessionTable(new Foreman());
    copy.restore(this.table.appliedIndex, [...this.table.snapshot()]);
    this.#tables = [this.table, copy];
  }

  #check(before: ReadonlyMap<number, string | undefined>): void {
    const capable = (capability: string) =>
      [...this.table.sessions.values()].filter((session) => capability in session.capabilities);
    const held = new Map<string, number>();
    for (const { capability, holder, workId } of this.work) {
      if (holder === undefined) continue;
      const session = this.table.sessions.get(holder);
      expect(session?.capabilities).toHaveProperty(capability);
      held.set(`${capability} ${holder}`, (held.get(`${capability} ${holder}`) ?? 0) + 1);
      const told = session?.outbox.map(({ payload }) => Buffer.from(payload).toString());
      if (before.get(workId) !== holder) expect(told).toContain(String(workId));
    }
    expect(Math.max(0, ...held.values())).toBeLessThanOrEqual(limits.workHeldMax);
    for (const { capability, holder } of this.work) {
      if (holder !== undefined) continue;
      for (const { sessionId, outbox } of capable(capability)) {
        if (outbox.length === limits.serverRequestsPendingMax) continue;
        expect(held.get(`${capability} ${sessionId}`)).toBe(limits.workHeldMax);
      }
    }
  }
}

const usual = limits.serverRequestsPendingMax;
beforeAll(() => {
  Object.assign(limits, { serverRequestsPendingMax: limits.workHeldMax + 2 }); // So that it is met.
});
afterAll(() => {
  Object.assign(limits, { serverRequestsPendingMax: usual });
});

type Action = (cluster: Cluster) => void;

const capabilities = fc.constantFrom({ a: "1" }, { b: "1" }, { a: "1", b: "2" }, { c: "" });

const action = fc.oneof<{ arbitrary: fc.Arbitrary<Action>; weight: number }[]>(
  {
    weight: 3,
    arbitrary: capabilities.map((named) => (cluster) => {
      cluster.created += 1;
      cluster.append({
        type: "CreateSession",
        sessionId: `s${cluster.created}`,
        nonce: 1n,
        capabilities: named,
      });
    }),
  },
  {
    weight: 2,
    arbitrary: fc.nat(5).map((which) => (cluster) => {
      const sessionId = cluster.workers[which];
      if (sessionId !== undefined) cluster.append({ type: "CloseSession", sessionId, reason: "Expired" });
    }),
  },
  {
    weight: 5,
    arbitrary: fc.tuple(fc.constantFrom("a", "b", "nobody"), fc.constantFrom(1, 2, 20)).map(
      ([name, count]) =>
        (cluster) =>
          void cluster.command("boss", `add ${name} ${count}`),
    ),
  },
  {
    weight: 5,
    arbitrary: fc.nat(60).map((which) => (cluster) => {
      const { workId, holder } = cluster.work[which] ?? {};
      if (holder !== undefined) expect(cluster.command(holder, `complete ${workId}`)).toContain('"0":1');
    }),
  },
  {
    weight: 1,
    arbitrary: fc.nat(60).map((which) => (cluster) => {
      const { workId } = cluster.work[which] ?? {};
      if (workId !== undefined) expect(cluster.command("boss", `complete ${workId}`)).toContain('"0":0');
    }),
  },
  { weight: 1, arbitrary: fc.nat(60).map((id) => (cluster) => void cluster.command("boss", `cancel ${id}`)) },
  {
    weight: 2,
    arbitrary: fc.nat(5).map((which) => (cluster) => {
      const sessionId = cluster.workers[which];
      if (sessionId !== undefined) cluster.acknowledge(sessionId);
    }),
  },
  { weight: 1, arbitrary: fc.constant<Action>((cluster) => cluster.restoreSecond()) },
);

test("work is with one session that can do it, waits only when none can take it, and is the same on every member", () => {
  fc.assert(
    fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
      const cluster = new Cluster();
      for (const act of actions) act(cluster);
      // Whatever happened before: with somebody who can do it, everything gets done.
      const last = { type: "CreateSession", sessionId: "last", nonce: 1n } as const;
      cluster.append({ ...last, capabilities: { a: "1", b: "1", nobody: "1" } });
      for (let rounds = 0; cluster.work.length > 0; rounds++) {
        expect(rounds).toBeLessThan(2_000);
        const { workId, holder } = cluster.work.find((work) => work.holder !== undefined) ?? {};
        expect(cluster.command(String(holder), `complete ${workId}`)).toContain('"0":1');
        cluster.acknowledge(String(holder));
      }
    }),
    { numRuns: 300 },
  );
});
