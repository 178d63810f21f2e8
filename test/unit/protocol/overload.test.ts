import { describe, expect, test } from "vitest";
import type { ClientMessage } from "../../../generated/protocol/messages.ts";
import { limits } from "../../../runtime/protocol/limits.ts";
import { ServerEndpoint } from "../../../runtime/protocol/server-endpoint.ts";
import type { ServerEffect } from "../../../runtime/protocol/server-events.ts";
import { SessionTable } from "../../../runtime/protocol/session-table.ts";
import { Notebook } from "../../transcript/notebook.ts";

/** A leader with one session, on connection 1. */
class Leader {
  readonly #version: 1 | 2;
  readonly #table = new SessionTable(new Notebook());
  readonly #endpoint = new ServerEndpoint({
    table: this.#table,
    memberId: "node-1",
    members: [],
    protocolVersionMax: 2,
    sessionTimeoutMs: limits.sessionTimeoutMs,
    sessionTimeoutMinMs: limits.sessionTimeoutMinMs,
    sessionTimeoutMaxMs: limits.sessionTimeoutMaxMs,
    resendAfterMs: limits.resendAfterMs,
    unixMs: () => 0,
    newSessionId: () => "s1",
  });

  constructor(version: 1 | 2) {
    this.#version = version;
    this.#endpoint.step({ type: "leadership", leadership: { role: "leader", term: 1 } }, 0);
    const [proposal] = this.receive({ type: "CreateSession", capabilities: { a: "1" }, nonce: 7n });
    if (proposal?.type !== "propose") throw new Error("a session is proposed");
    const effects = this.#table.applyEntry({ index: 1, proposedAt: 0, records: [proposal.record] });
    this.#endpoint.step({ type: "applied", effects }, 0);
  }

  receive(message: ClientMessage): readonly ServerEffect[] {
    return this.#endpoint.step(
      { type: "received", connectionId: 1, version: this.#version, message, byteLength: 100 },
      0,
    );
  }

  command(requestId: number): readonly ServerEffect[] {
    const payload = Buffer.from("add x");
    return this.receive({ type: "ClientRequest", requestId, lowestPendingRequestId: 1, payload, createdAt: 5 });
  }

  query(correlationId: string): readonly ServerEffect[] {
    return this.receive({ type: "Query", correlationId, payload: Buffer.from("count"), createdAt: 5 });
  }
}

describe("a command over the limit of its session", () => {
  const report = { type: "report", report: { type: "overloaded", limit: "sessionProposalsMax" } };
  function full(version: 1 | 2): Leader {
    const leader = new Leader(version);
    for (let requestId = 1; requestId <= limits.sessionProposalsMax; requestId++) leader.command(requestId);
    return leader;
  }

  test("is refused in version 2", () => {
    expect(full(2).command(limits.sessionProposalsMax + 1)).toEqual([
      report,
      {
        type: "send",
        connectionId: 1,
        version: 2,
        message: {
          type: "RequestError",
          requestId: limits.sessionProposalsMax + 1,
          reason: { type: "Overloaded", retryAfter: limits.retryAfterMs },
        },
      },
    ]);
  });

  test("is passed over in version 1", () => {
    expect(full(1).command(limits.sessionProposalsMax + 1)).toEqual([report]);
  });

  test("is not what is on its way already: that will be answered", () => {
    expect(full(2).command(1)).toEqual([]);
  });
});

describe("a payload over the limit", () => {
  const payload = new Uint8Array(limits.payloadBytesMax + 1);
  const message = { type: "ClientRequest", requestId: 1, lowestPendingRequestId: 1, payload, createdAt: 5 } as const;
  const problem = "a payload of 1048577 bytes, the limit is 1048576";

  test("is refused in version 2", () => {
    expect(new Leader(2).receive(message)).toMatchObject([
      { report: { type: "protocolViolation", problem } },
      { message: { type: "RequestError", requestId: 1, reason: { type: "InvalidRequest", detail: problem } } },
    ]);
  });

  test("costs its connection the session in version 1", () => {
    expect(new Leader(1).receive(message)).toMatchObject([
      { report: { type: "protocolViolation", problem } },
      { report: { type: "sessionDetached" } },
      { message: { type: "SessionClosed", reason: "SessionError" } },
    ]);
  });
});

describe("a query over the limit", () => {
  const report = { type: "report", report: { type: "overloaded", limit: "queriesPendingMax" } };
  function full(version: 1 | 2): Leader {
    const leader = new Leader(version);
    for (let count = 0; count < limits.queriesPendingMax; count++) leader.query("q");
    return leader;
  }

  test("is refused in version 2", () => {
    expect(full(2).query("late")).toMatchObject([
      report,
      { message: { type: "QueryError", correlationId: "late", reason: { retryAfter: limits.retryAfterMs } } },
    ]);
  });

  test("is passed over in version 1", () => {
    expect(full(1).query("late")).toEqual([report]);
  });
});
