import { describe, expect, test } from "vitest";
import { encodeLogMessage } from "../../../generated/log/codec.ts";
import type { LogMessage } from "../../../generated/log/messages.ts";
import { decodeClientMessage, encodeClientMessage, encodeServerMessage } from "../../../generated/protocol/codec.ts";
import type { ClientMessage, ServerMessage } from "../../../generated/protocol/messages.ts";

/** Offsets are counted by hand: "zraft" and the version are six bytes, so that the tag is at 6 and the first field at 7. */
const request = { type: "ClientRequest", requestId: 1, lowestPendingRequestId: 1, createdAt: 0 };
const payload = new Uint8Array(2);

describe("a client message that breaks the schema", () => {
  test.each<[string, unknown, string, number]>([
    ["ERR_WIRE_INVALID_VALUE", undefined, "message", 6],
    ["ERR_WIRE_INVALID_VALUE", { type: "Nope" }, "message.type", 6],
    ["ERR_WIRE_OUT_OF_RANGE", { ...request, requestId: -1, payload }, "ClientRequest.requestId", 7],
    ["ERR_WIRE_OUT_OF_RANGE", { ...request, requestId: 2 ** 53, payload }, "ClientRequest.requestId", 7],
    ["ERR_WIRE_INVALID_VALUE", { ...request, requestId: 1.5, payload }, "ClientRequest.requestId", 7],
    [
      "ERR_WIRE_INVALID_VALUE",
      { ...request, lowestPendingRequestId: 1n, payload },
      "ClientRequest.lowestPendingRequestId",
      15,
    ],
    ["ERR_WIRE_INVALID_VALUE", request, "ClientRequest.payload", 23],
    ["ERR_WIRE_INVALID_VALUE", { ...request, payload: "text" }, "ClientRequest.payload", 23],
    ["ERR_WIRE_INVALID_VALUE", { ...request, payload, createdAt: undefined }, "ClientRequest.createdAt", 29],
    ["ERR_WIRE_OUT_OF_RANGE", { type: "ContinueSession", sessionId: "", nonce: 1n }, "ContinueSession.sessionId", 7],
    [
      "ERR_WIRE_TOO_LARGE",
      { type: "ContinueSession", sessionId: "é".repeat(128), nonce: 1n },
      "ContinueSession.sessionId",
      7,
    ],
    [
      "ERR_WIRE_INVALID_VALUE",
      { type: "ContinueSession", sessionId: "\ud800", nonce: 1n },
      "ContinueSession.sessionId",
      7,
    ],
    [
      "ERR_WIRE_OUT_OF_RANGE",
      { type: "CreateSession", capabilities: { a: "b" }, nonce: 0n },
      "CreateSession.nonce",
      15,
    ],
    [
      "ERR_WIRE_OUT_OF_RANGE",
      { type: "CreateSession", capabilities: { a: "b" }, nonce: 2n ** 63n },
      "CreateSession.nonce",
      15,
    ],
    ["ERR_WIRE_OUT_OF_RANGE", { type: "CreateSession", capabilities: {}, nonce: 1n }, "CreateSession.capabilities", 7],
    [
      "ERR_WIRE_INVALID_VALUE",
      { type: "CreateSession", capabilities: new Map(), nonce: 1n },
      "CreateSession.capabilities",
      7,
    ],
    [
      "ERR_WIRE_INVALID_VALUE",
      { type: "CreateSession", capabilities: { zone: 5 }, nonce: 1n },
      'CreateSession.capabilities["zone"]',
      15,
    ],
    ["ERR_WIRE_INVALID_VALUE", { type: "CloseSession", reason: "Tired" }, "CloseSession.reason", 7],
  ])("%s, row %#", (code, message, path, offset) => {
    // Before and after others, so that offsets are seen to count from the frame and not from memory that frames share.
    encodeClientMessage({ type: "KeepAlive", timestamp: 1 }, 1);
    expect(() => encodeClientMessage(message as ClientMessage, 1)).toThrow(
      expect.objectContaining({ name: "WireError", code, path, offset }),
    );
    const frame = encodeClientMessage({ type: "KeepAlive", timestamp: 2 }, 1);
    expect(decodeClientMessage(frame).message).toEqual({ type: "KeepAlive", timestamp: 2 });
  });

  test("says the value and the limit", () => {
    const message = { ...request, requestId: 9_007_199_254_740_992, payload } as ClientMessage;
    expect(() => encodeClientMessage(message, 1)).toThrow(
      "ClientRequest.requestId is 9007199254740992, the largest safe integer is 9007199254740991",
    );
  });

  test("a version that the codec does not speak", () => {
    expect(() => encodeClientMessage({ type: "KeepAlive", timestamp: 1 }, 3 as 1)).toThrow(
      expect.objectContaining({ name: "WireError", code: "ERR_WIRE_UNSUPPORTED_VERSION" }),
    );
  });
});

test("an optional field is absent or right, never null", () => {
  const message = { type: "SessionRejected", reason: "NotLeader", nonce: 1n, leaderId: null };
  expect(() => encodeServerMessage(message as unknown as ServerMessage, 1)).toThrow(
    expect.objectContaining({ code: "ERR_WIRE_INVALID_VALUE", path: "SessionRejected.leaderId", offset: 16 }),
  );
});

test("a record deep in a list is named by its number and field", () => {
  const close = { type: "CloseSession", sessionId: "s", reason: "ClientShutdown" };
  const records = [close, close, close, { ...close, sessionId: "" }];
  const message = { type: "LogEntry", proposedAt: 1, records } as unknown as LogMessage;
  // Version, tag, eight bytes of time, four of count, three records of four bytes, and the tag of the fourth.
  expect(() => encodeLogMessage(message, 1)).toThrow(
    expect.objectContaining({ code: "ERR_WIRE_OUT_OF_RANGE", path: "LogEntry.records[3].sessionId", offset: 27 }),
  );
});

test.each<[unknown]>([[undefined], ["zraft"], [[1, 2]], [new ArrayBuffer(8)], [new Uint16Array(8)]])(
  "%s is no frame",
  (frame) => {
    expect(() => decodeClientMessage(frame as Uint8Array)).toThrow(/frame.*Uint8Array/);
  },
);
