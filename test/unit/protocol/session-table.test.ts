import { describe, expect, test } from "vitest";
import type { LogRecord } from "../../../generated/log/messages.ts";
import { limits } from "../../../runtime/protocol/limits.ts";
import { SessionTable, type TableEffect } from "../../../runtime/protocol/session-table.ts";
import type { StateMachine } from "../../../runtime/protocol/state-machine.ts";

const nothing = new Uint8Array(0);

/** A state machine of which a test says only what matters to it. */
function machine(parts: Partial<StateMachine>): StateMachine {
  return {
    apply: () => nothing,
    query: () => nothing,
    snapshot: () => [],
    restore: async () => {},
    ...parts,
  };
}

class Log {
  readonly table: SessionTable;
  #index = 0;

  constructor(stateMachine: StateMachine) {
    this.table = new SessionTable(stateMachine);
  }

  /** The same table by way of its snapshot. */
  restart(stateMachine: StateMachine): Log {
    const log = new Log(stateMachine);
    log.#index = this.#index;
    log.table.restore(this.table.appliedIndex, [...this.table.snapshot()]);
    return log;
  }

  append(...records: LogRecord[]): readonly TableEffect[] {
    this.#index += 1;
    return this.table.applyEntry({ index: this.#index, proposedAt: 1_000 * this.#index, records });
  }

  create(sessionId: string): readonly TableEffect[] {
    return this.append({ type: "CreateSession", sessionId, nonce: 1n, capabilities: { a: "1" } });
  }

  command(requestId: number, lowestPendingRequestId = 1, payload = nothing): readonly TableEffect[] {
    const ids = { firstRequestId: requestId, lowestPendingRequestId };
    return this.append({ type: "Commands", sessionId: "s1", ...ids, payloads: [payload] });
  }
}

test("the state machine hears of sessions that begin and end, with the time of the entry", () => {
  const heard: unknown[] = [];
  const log = new Log(
    machine({
      sessionCreated: (session, { index, atUnixMs }) =>
        heard.push([session.sessionId, session.sessionIndex, index, atUnixMs]),
      sessionEnded: (session, reason, { index }) => heard.push([session.sessionId, reason, index]),
    }),
  );
  log.create("s1");
  log.create("s1"); // A second record of the same session changes nothing.
  log.append({ type: "CloseSession", sessionId: "s1", reason: "ClientShutdown" });
  expect(heard).toEqual([
    ["s1", 1, 1, 1_000],
    ["s1", "ClientShutdown", 3],
  ]);
});

test("a session event that throws is reported, and the log goes on", () => {
  const log = new Log(
    machine({
      sessionCreated() {
        throw new Error("no thanks");
      },
    }),
  );
  expect(log.create("s1").map(({ type }) => type)).toEqual(["created", "stateMachineError"]);
  expect(log.command(1)).toMatchObject([{ type: "respond", firstRequestId: 1 }]);
});

test("a command sees its session, its number and the time of its entry", () => {
  let seen: unknown;
  const log = new Log(
    machine({
      apply(command, { session, requestId, index, atUnixMs }) {
        seen = { sessionId: session.sessionId, capabilities: session.capabilities, requestId, index, atUnixMs };
        return command;
      },
    }),
  );
  log.create("s1");
  log.command(1);
  expect(seen).toEqual({ sessionId: "s1", capabilities: { a: "1" }, requestId: 1, index: 2, atUnixMs: 2_000 });
});

describe("a refused command", () => {
  const refusing = (message: string) =>
    machine({
      apply() {
        throw new Error(message);
      },
    });

  test("is refused again, with the same words, without being tried again", () => {
    const log = new Log(refusing("no such key"));
    log.create("s1");
    expect(log.command(1)).toMatchObject([
      { type: "stateMachineError", error: { message: "no such key" } },
      { type: "refused", requestId: 1, detail: "no such key" },
    ]);
    expect(log.command(1)).toEqual([{ type: "refused", sessionId: "s1", requestId: 1, detail: "no such key" }]);
    const restarted = log.restart(machine({}));
    expect(restarted.command(1)).toMatchObject([{ type: "refused", detail: "no such key" }]);
    expect(restarted.table.sessions.get("s1")?.lookup(1)).toEqual({ state: "refused", detail: "no such key" });
  });

  test.each([[undefined], [Object.create(null)], [Object.assign(new Error(), { message: 5 })], [{ message: "no" }]])(
    "may have been refused with anything: %o",
    (thrown) => {
      const log = new Log(
        machine({
          apply() {
            throw thrown;
          },
        }),
      );
      log.create("s1");
      expect(log.command(1)[1]).toMatchObject({ type: "refused", detail: "no reason was given" });
    },
  );

  test("keeps the beginning of a long reason, up to a whole character", () => {
    const log = new Log(refusing(`${"x".repeat(limits.refusalBytesMax - 1)}é and more`));
    log.create("s1");
    expect(log.command(1)[1]).toMatchObject({ detail: "x".repeat(limits.refusalBytesMax - 1) });
  });

  test("is never taken for an applied one, even when its reason is forgotten", () => {
    const result = new Uint8Array(limits.payloadBytesMax);
    const log = new Log(
      machine({
        apply(command) {
          if (command.length > 0) throw new Error("refused");
          return result;
        },
      }),
    );
    log.create("s1");
    log.command(1, 1, Uint8Array.of(1));
    for (let requestId = 2; requestId <= limits.cachedResponseBytesMax / result.length + 3; requestId++) {
      log.command(requestId);
    }
    expect(log.command(1)).toEqual([{ type: "refused", sessionId: "s1", requestId: 1, detail: "" }]);
    expect(log.command(2)).toMatchObject([{ type: "evicted" }]);
  });
});

test("an answer names the entry that applied the command, also when it is given again", () => {
  const log = new Log(machine({}));
  log.create("s1");
  expect(log.command(1)).toMatchObject([{ type: "respond", index: 2 }]);
  log.command(2);
  expect(log.command(1)).toMatchObject([{ type: "respond", index: 2 }]);
  expect(log.restart(machine({})).command(1)).toMatchObject([{ type: "respond", index: 2 }]);
});

describe("limits", () => {
  test("over the bytes of kept answers the oldest are forgotten, and stay applied once", () => {
    let applied = 0;
    const result = new Uint8Array(limits.payloadBytesMax);
    const log = new Log(
      machine({
        apply() {
          applied += 1;
          return result;
        },
      }),
    );
    log.create("s1");
    const kept = limits.cachedResponseBytesMax / limits.payloadBytesMax;
    for (let requestId = 1; requestId <= kept + 2; requestId++) log.command(requestId);
    expect(log.command(1)).toMatchObject([{ type: "evicted", requestId: 1 }]);
    expect(log.command(2)).toMatchObject([{ type: "evicted", requestId: 2 }]);
    expect(log.command(3)).toMatchObject([{ type: "respond", firstRequestId: 3 }]);
    expect(applied).toBe(kept + 2);
  });

  test("a request id beyond the window ends the session", () => {
    const log = new Log(machine({}));
    log.create("s1");
    expect(log.command(limits.requestWindow, 1)).toMatchObject([{ type: "respond" }]);
    expect(log.command(limits.requestWindow + 1, 1)).toMatchObject([{ type: "ended", reason: "WindowExceeded" }]);
  });

  test("a full outbox is said to the state machine, which may send again after an acknowledgement", () => {
    const sent: boolean[] = [];
    const log = new Log(
      machine({
        apply(_command, { send }) {
          sent.push(send("s1", nothing));
          return nothing;
        },
      }),
    );
    log.create("s1");
    for (let requestId = 1; requestId <= limits.serverRequestsPendingMax + 1; requestId++)
      log.command(requestId, requestId);
    expect(sent.filter((isSent) => isSent)).toHaveLength(limits.serverRequestsPendingMax);
    expect(sent.at(-1)).toBe(false);
    log.append({ type: "AckServerRequest", sessionId: "s1", requestId: 5 });
    log.command(limits.serverRequestsPendingMax + 2, limits.serverRequestsPendingMax + 2);
    expect(sent.at(-1)).toBe(true);
  });

  test.each([
    ["a result over the limit", () => new Uint8Array(limits.payloadBytesMax + 1), /the result is 1048577 bytes/],
    ["no result at all", (): Uint8Array => JSON.parse("null"), /must return a Uint8Array, not null/],
  ])("%s leaves the command applied, with a result that nobody gets", (_name, apply, message) => {
    const log = new Log(machine({ apply }));
    log.create("s1");
    const [report, answer] = log.command(1);
    expect(report).toMatchObject({ type: "stateMachineError", error: { message: expect.stringMatching(message) } });
    expect(answer).toMatchObject({ type: "evicted", requestId: 1 });
    expect(log.command(1)).toMatchObject([{ type: "evicted", requestId: 1 }]);
  });

  test("nothing is sent to a session that does not exist", () => {
    const log = new Log(machine({ apply: (_command, { send }) => Uint8Array.of(send("other", nothing) ? 1 : 0) }));
    log.create("s1");
    expect(log.command(1)).toMatchObject([{ type: "respond", results: [Uint8Array.of(0)] }]);
  });
});
