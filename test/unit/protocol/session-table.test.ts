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

  append(...records: LogRecord[]): readonly TableEffect[] {
    this.#index += 1;
    return this.table.applyEntry({ index: this.#index, proposedAt: 1_000 * this.#index, records });
  }

  create(sessionId: string): readonly TableEffect[] {
    return this.append({ type: "CreateSession", sessionId, nonce: 1n, capabilities: { a: "1" } });
  }

  command(requestId: number, lowestPendingRequestId = 1, payload = nothing): readonly TableEffect[] {
    return this.append({ type: "Command", sessionId: "s1", requestId, lowestPendingRequestId, payload });
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
  expect(log.create("s1").map(({ type }) => type)).toEqual(["created", "refused"]);
  expect(log.command(1)).toMatchObject([{ type: "respond", requestId: 1 }]);
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
    expect(log.command(3)).toMatchObject([{ type: "respond", requestId: 3 }]);
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
  ])("%s is a refusal", (_name, apply, message) => {
    const log = new Log(machine({ apply }));
    log.create("s1");
    const [refused, ended] = log.command(1);
    expect(refused).toMatchObject({ type: "refused", error: { message: expect.stringMatching(message) } });
    expect(ended).toMatchObject({ type: "ended", reason: "CommandRefused" });
  });

  test("nothing is sent to a session that does not exist", () => {
    const log = new Log(machine({ apply: (_command, { send }) => Uint8Array.of(send("other", nothing) ? 1 : 0) }));
    log.create("s1");
    expect(log.command(1)).toMatchObject([{ type: "respond", result: Uint8Array.of(0) }]);
  });
});
