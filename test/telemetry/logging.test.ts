import { Writable } from "node:stream";
import pino from "pino";
import { describe, expect, test } from "vitest";
import { limits } from "../../runtime/protocol/limits.ts";
import type { ServerReport } from "../../runtime/protocol/server-events.ts";
import { clientLog, type Logger, serverLog } from "../../runtime/telemetry/logging.ts";
import { WireError } from "../../runtime/wire/index.ts";

interface Line {
  readonly level: string;
  readonly message: string;
  readonly [field: string]: unknown;
}

/** A logger that keeps its lines. */
function keeping(): { logger: Logger; lines: Line[] } {
  const lines: Line[] = [];
  const write = (level: string) => (fields: object, message: string) => {
    lines.push({ ...fields, level, message });
  };
  return {
    lines,
    logger: { debug: write("debug"), info: write("info"), warn: write("warn"), error: write("error") },
  };
}

function serving(logger: Logger, logSessionIds = false, now = () => 0): (report: ServerReport) => void {
  return serverLog({ logger, fields: { member: "a" }, logSessionIds, now });
}

describe("a server's log", () => {
  test("has the level, the words and the fields of what happens", () => {
    const { logger, lines } = keeping();
    const log = serving(logger);
    log({ type: "leading", term: 7 });
    log({ type: "sessionEnded", sessionId: "s1", reason: "Expired" });
    log({ type: "sessionEnded", sessionId: "s1", reason: "ClientShutdown" });
    log({ type: "stateMachineError", sessionId: undefined, error: new TypeError("no") });
    log({ type: "overloaded", limit: "sessionProposalsMax" });
    expect(lines).toEqual([
      { level: "info", message: "this member leads", member: "a", event: "leading", term: 7 },
      { level: "info", message: "a session has ended", member: "a", event: "sessionEnded", reason: "Expired" },
      { level: "debug", message: "a session has ended", member: "a", event: "sessionEnded", reason: "ClientShutdown" },
      {
        level: "error",
        message: "the state machine threw",
        member: "a",
        event: "stateMachineError",
        error: { name: "TypeError" },
      },
      { level: "warn", message: "a limit was met", member: "a", event: "overloaded", limit: "sessionProposalsMax" },
    ]);
  });

  test("names sessions, keys and addresses only for who wants them", () => {
    const client = { address: "192.0.2.7", publicKey: "Yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hID" };
    const reports: readonly ServerReport[] = [
      { type: "sessionCreated", sessionId: "the-session" },
      { type: "notOwner", sessionId: "the-session", client },
    ];
    const [silent, telling] = [keeping(), keeping()];
    for (const report of reports) {
      serving(silent.logger)(report);
      serving(telling.logger, true)(report);
    }
    expect(JSON.stringify(silent.lines)).not.toMatch(/the-session|192\.0\.2\.7|Yne@/);
    expect(telling.lines).toMatchObject([{ sessionId: "the-session" }, { sessionId: "the-session", ...client }]);
  });

  test("leaves the texts of errors out that may hold what a peer or the application put there", () => {
    const { logger, lines } = keeping();
    const log = serving(logger);
    log({ type: "stateMachineError", sessionId: "s1", error: new RangeError("secret-payload") });
    log({ type: "malformedFrame", error: new WireError("ERR_WIRE_INVALID_VALUE", "Query.payload", 9, "secret-bytes") });
    expect(JSON.stringify(lines)).not.toContain("secret");
    const error = { name: "WireError", code: "ERR_WIRE_INVALID_VALUE", path: "Query.payload", offset: 9 };
    expect(lines[1]).toMatchObject({ event: "malformedFrame", error });
  });

  test("tells what a peer can bring about at will once in a while, and how often it came", () => {
    const { logger, lines } = keeping();
    let now = 0;
    const log = serving(logger, false, () => now);
    for (let count = 0; count < 1_000; count++) log({ type: "protocolViolation", problem: "nonsense" });
    log({ type: "overloaded", limit: "queriesPendingMax" });
    now = limits.logIntervalMs;
    log({ type: "protocolViolation", problem: "nonsense" });
    now = 10 * limits.logIntervalMs;
    log({ type: "protocolViolation", problem: "nonsense" });
    expect(lines.map(({ event, leftOut }) => [event, leftOut])).toEqual([
      ["protocolViolation", undefined],
      ["overloaded", undefined],
      ["protocolViolation", 999],
      ["protocolViolation", undefined],
    ]);
  });
});

test("a client's log tells what becomes of it", () => {
  const { logger, lines } = keeping();
  const log = clientLog({ logger, fields: {}, logSessionIds: false, now: () => 0 });
  log({ type: "connecting", memberId: "a", address: "tcp://127.0.0.1:7000" });
  log({ type: "connected", sessionId: "the-session", memberId: "a", continued: false, protocolVersion: 2 });
  log({ type: "disconnected", reason: "the peer closed the connection", retryInMs: 100 });
  expect(lines).toMatchObject([
    { level: "debug", event: "connecting", memberId: "a" },
    { level: "info", event: "connected", continued: false, protocolVersion: 2 },
    { level: "warn", event: "disconnected", reason: "the peer closed the connection", retryInMs: 100 },
  ]);
  expect(JSON.stringify(lines)).not.toContain("the-session");
});

test("a logger of pino takes it", () => {
  let written = "";
  const sink = new Writable({
    write(chunk, _encoding, done) {
      written += String(chunk);
      done();
    },
  });
  serving(pino({ level: "info" }, sink))({ type: "leading", term: 3 });
  expect(JSON.parse(written)).toMatchObject({
    level: 30,
    member: "a",
    event: "leading",
    term: 3,
    msg: "this member leads",
  });
});
