import { expect, test } from "vitest";
import { Call } from "../../../runtime/protocol/call.ts";
import type { ClientEffect } from "../../../runtime/protocol/client-events.ts";
import { ClientSession } from "../../../runtime/protocol/client-session.ts";
import { limits } from "../../../runtime/protocol/limits.ts";

function connectedSession(): ClientSession {
  const session = new ClientSession({
    members: [{ memberId: "a", address: "tcp://a" }],
    capabilities: { a: "1" },
    protocolVersionMax: 2,
    sessionTimeoutMs: undefined,
    keepAliveIntervalMs: undefined,
    connectionTimeoutMs: limits.connectionTimeoutMs,
    resendAfterMs: limits.resendAfterMs,
    epochOffsetMs: 0,
    random: () => 0.5,
    newNonce: () => 1n,
    isAddress: () => true,
  });
  session.step({ type: "connect" }, 0);
  session.step(
    {
      type: "received",
      version: 1,
      message: { type: "SessionCreated", sessionId: "s", nonce: 1n, sessionTimeout: 0, members: [] },
    },
    0,
  );
  return session;
}

function submit(session: ClientSession, callId: number, byteLength = 1): readonly ClientEffect[] {
  return session.step(new Call("submit", callId, new Uint8Array(byteLength), 60_000), 0);
}

test("a payload of the greatest length goes out, one byte more is refused", () => {
  const session = connectedSession();
  expect(submit(session, 1, limits.payloadBytesMax)[0]?.type).toBe("send");
  expect(submit(session, 2, limits.payloadBytesMax + 1)).toMatchObject([
    {
      type: "reject",
      call: { callId: 2 },
      error: {
        code: "ERR_PAYLOAD_TOO_LARGE",
        outcome: "not-applied",
        message: "payload is 1048577 bytes, the limit is 1048576",
      },
    },
  ]);
});

test("one request more than may wait is refused, and there is room again after an answer", () => {
  const session = connectedSession();
  for (let callId = 1; callId <= limits.requestsInFlightMax; callId++) submit(session, callId);
  expect(submit(session, 20_000)).toMatchObject([{ error: { code: "ERR_OVERLOADED", outcome: "not-applied" } }]);
  const result = new Uint8Array(0);
  session.step(
    { type: "received", version: 1, message: { type: "ClientResponse", requestId: 5_000, result, commitIndex: 0 } },
    0,
  );
  expect(submit(session, 20_001)[0]?.type).toBe("send");
});

test("so are payloads that together would not fit into one connection's queue", () => {
  const session = connectedSession();
  const count = limits.requestBytesInFlightMax / limits.payloadBytesMax;
  for (let callId = 1; callId <= count; callId++) submit(session, callId, limits.payloadBytesMax);
  expect(submit(session, 100)).toMatchObject([{ error: { code: "ERR_OVERLOADED", outcome: "not-applied" } }]);
  const result = new Uint8Array(0);
  session.step(
    { type: "received", version: 1, message: { type: "ClientResponse", requestId: 1, result, commitIndex: 0 } },
    0,
  );
  expect(submit(session, 101)[0]?.type).toBe("send");
});

test("answers from the newest to the oldest leave the lowest pending id right", () => {
  const session = connectedSession();
  const count = 1_000;
  for (let callId = 1; callId <= count; callId++) submit(session, callId);
  const result = new Uint8Array(0);
  for (let requestId = count; requestId >= 2; requestId--) {
    session.step(
      { type: "received", version: 1, message: { type: "ClientResponse", requestId, result, commitIndex: 0 } },
      0,
    );
  }
  expect(submit(session, count + 1)).toMatchObject([{ message: { lowestPendingRequestId: 1 } }]);
  session.step(
    { type: "received", version: 1, message: { type: "ClientResponse", requestId: 1, result, commitIndex: 0 } },
    0,
  );
  expect(submit(session, count + 2)).toMatchObject([{ message: { lowestPendingRequestId: count + 1 } }]);
});

test("server requests over the client's buffer are dropped, to be sent again", () => {
  const session = connectedSession();
  const payload = new Uint8Array(0);
  const arrive = (requestId: number) =>
    session.step(
      { type: "received", version: 1, message: { type: "ServerRequest", requestId, payload, createdAt: 0 } },
      0,
    );
  const max = limits.serverRequestsBufferedMax;
  for (let requestId = 1; requestId <= max; requestId++) expect(arrive(requestId)[0]?.type).toBe("deliver");
  expect(arrive(max + 1)).toEqual([]);
  session.step({ type: "taken" }, 0);
  expect(arrive(max + 1)[0]?.type).toBe("deliver");
});
