import { afterEach, describe, expect, test } from "vitest";
import { readDecision } from "../../../runtime/protocol/authorization.ts";
import { type Limits, limits } from "../../../runtime/protocol/limits.ts";
import { ServerEndpoint } from "../../../runtime/protocol/server-endpoint.ts";
import type { ServerEffect } from "../../../runtime/protocol/server-events.ts";
import { SessionTable } from "../../../runtime/protocol/session-table.ts";
import { Notebook } from "../../transcript/notebook.ts";

test.each([
  [true, { type: "yes", limits: undefined }],
  [{ allow: true }, { type: "yes", limits: undefined }],
  [
    { allow: true, limits: { requestsPerSecond: 5 } },
    { type: "yes", limits: { requestsPerSecond: 5 } },
  ],
  [false, { type: "no", detail: "the server does not let this client in" }],
  [
    { allow: false, reason: "" },
    { type: "no", detail: "the server does not let this client in" },
  ],
  [
    { allow: false, reason: "not on Sundays" },
    { type: "no", detail: "not on Sundays" },
  ],
])("%j is a decision", (answer, decision) => {
  expect(readDecision(answer)).toEqual(decision);
});

test.each([
  [undefined],
  [null],
  [1],
  ["yes"],
  [{}],
  [[]],
  [{ allow: 1 }],
  [{ allow: "true" }],
  [{ allow: true, limits: null }],
  [{ allow: true, limits: { requestsPerSecond: "5" } }],
  [Promise.resolve(true)],
  [() => true],
  [Symbol("yes")],
])("%s is none", (answer) => {
  expect(readDecision(answer).type).toBe("rubbish");
});

test("a reason is cut to what a message can carry", () => {
  const decision = readDecision({ allow: false, reason: "é".repeat(limits.refusalBytesMax) });
  expect(decision.type === "no" && Buffer.byteLength(decision.detail)).toBe(limits.refusalBytesMax);
});

describe("decisions that are not made yet", () => {
  const usual: Limits = { ...limits };
  afterEach(() => {
    Object.assign(limits, usual);
  });

  test("are bounded, also by those whose connections are gone, until their time is over", () => {
    Object.assign(limits, { authorizationsPendingMax: 2 });
    const endpoint = authorizingLeader();
    const asked = (connectionId: number) => ask(endpoint, connectionId, 0).map(({ type }) => type);
    expect(asked(1)).toEqual(["authorize"]);
    expect(asked(2)).toEqual(["authorize"]);
    endpoint.step({ type: "connectionLost", connectionId: 2 }, 0);
    expect(ask(endpoint, 3, 0)).toEqual([
      { type: "report", report: { type: "overloaded", limit: "authorizationsPendingMax" } },
      expect.objectContaining({ message: expect.objectContaining({ reason: "ClusterUnavailable" }) }),
    ]);
    expect(endpoint.nextDeadline).toBe(limits.authorizationTimeoutMs);
    const late = endpoint.step({ type: "deadline" }, limits.authorizationTimeoutMs);
    expect(late.filter(({ type }) => type === "report")).toHaveLength(2);
    expect(endpoint.nextDeadline).toBeUndefined();
    expect(asked(4)).toEqual(["authorize"]);
  });

  test("come to nothing when they come too late", () => {
    const endpoint = authorizingLeader();
    ask(endpoint, 1, 0);
    endpoint.step({ type: "deadline" }, limits.authorizationTimeoutMs);
    expect(endpoint.step({ type: "authorized", authorizationId: 1, decision: true }, 5_000)).toEqual([]);
    expect(endpoint.step({ type: "authorizationFailed", authorizationId: 7, error: undefined }, 5_000)).toEqual([]);
  });
});

function authorizingLeader(): ServerEndpoint {
  const endpoint = new ServerEndpoint({
    table: new SessionTable(new Notebook()),
    memberId: "node-1",
    members: [],
    protocolVersionMax: 2,
    sessionTimeoutMs: limits.sessionTimeoutMs,
    sessionTimeoutMinMs: limits.sessionTimeoutMinMs,
    sessionTimeoutMaxMs: limits.sessionTimeoutMaxMs,
    resendAfterMs: limits.resendAfterMs,
    authorizes: true,
    unixMs: () => 0,
    newSessionId: () => "s1",
  });
  endpoint.step({ type: "leadership", leadership: { role: "leader", term: 1 } }, 0);
  return endpoint;
}

/** A connection comes and asks for a session. */
function ask(endpoint: ServerEndpoint, connectionId: number, now: number): readonly ServerEffect[] {
  const client = { address: "192.0.2.1", publicKey: undefined };
  endpoint.step({ type: "connected", connectionId, client }, now);
  const message = { type: "CreateSession", capabilities: { a: "1" }, nonce: BigInt(connectionId) } as const;
  return endpoint.step({ type: "received", connectionId, version: 2, message, byteLength: 100 }, now);
}
