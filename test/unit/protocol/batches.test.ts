import { describe, expect, test } from "vitest";
import { encodeClientMessage, encodeServerMessage } from "../../../generated/protocol/codec.ts";
import type { ClientMessage, ServerMessage } from "../../../generated/protocol/messages.ts";
import { ClientOutput } from "../../../runtime/protocol/client-output.ts";
import { limits } from "../../../runtime/protocol/limits.ts";
import { ServerOutput } from "../../../runtime/protocol/server-output.ts";

/** What a client sends in one step, and the bytes of each frame. */
function sent(messages: readonly ClientMessage[], version: 1 | 2 = 2): readonly ClientMessage[] {
  const output = new ClientOutput();
  output.speak(version);
  for (const message of messages) output.send(message);
  return output.take().flatMap((effect) => (effect.type === "send" ? [effect.message] : []));
}

function request(requestId: number, byteLength: number): ClientMessage {
  const payload = new Uint8Array(byteLength);
  return { type: "ClientRequest", requestId, lowestPendingRequestId: 1, payload, createdAt: 5 };
}

function requests(count: number, byteLength: number): readonly ClientMessage[] {
  return Array.from({ length: count }, (_, index) => request(index + 1, byteLength));
}

/** The messages of frames, one after the other. */
function unpacked(frames: readonly ClientMessage[]): readonly ClientMessage[] {
  return frames.flatMap((frame) => (frame.type === "Batch" ? frame.items : [frame]));
}

describe("batches", () => {
  test("end at the greatest number of messages", () => {
    const messages = requests(2 * limits.frameMessagesMax + 1, 0);
    const frames = sent(messages);
    expect(frames.map((frame) => (frame.type === "Batch" ? frame.items.length : 1))).toEqual([
      limits.frameMessagesMax,
      limits.frameMessagesMax,
      1,
    ]);
    expect(unpacked(frames)).toEqual(messages);
  });

  test("end before the greatest number of bytes, and a longer message travels alone", () => {
    const messages = [
      ...requests(7, limits.frameMessageBytesMax / 4),
      request(8, limits.payloadBytesMax),
      request(9, 0),
    ];
    const frames = sent(messages);
    expect(frames.map((frame) => (frame.type === "Batch" ? frame.items.length : 1))).toEqual([3, 3, 1, 1, 1]);
    expect(unpacked(frames)).toEqual(messages);
    for (const frame of frames) expect(encodeClientMessage(frame, 2).length).toBeLessThanOrEqual(limits.frameBytesMax);
  });

  test("are not there in version 1", () => {
    const messages = requests(3, 1);
    expect(sent(messages, 1)).toEqual(messages);
  });

  test("do not join what went to one connection before and after it was dialled anew", () => {
    const output = new ClientOutput();
    output.speak(2);
    output.send(request(1, 0));
    output.hangUp();
    output.dial({ memberId: "a", address: "tcp://a" });
    output.speak(2);
    output.send(request(2, 0));
    expect(output.take().map(({ type }) => type)).toEqual(["send", "hangUp", "dial", "send"]);
  });

  test("fit their frames when every text in them is as long as can be", () => {
    const output = new ServerOutput();
    const recipient = { connectionId: 1, version: 2 } as const;
    const correlationId = "€".repeat(20_000);
    const detail = "x".repeat(limits.refusalBytesMax);
    const answer: ServerMessage = { type: "QueryError", correlationId, reason: { type: "InvalidRequest", detail } };
    for (let count = 0; count < 1_000; count++) output.send(recipient, answer);
    for (const effect of output.take()) {
      if (effect.type !== "send") continue;
      expect(encodeServerMessage(effect.message, 2).length).toBeLessThanOrEqual(limits.frameBytesMax);
    }
  });

  test("of a server leave nothing that was dropped behind", () => {
    const output = new ServerOutput();
    const recipient = { connectionId: 1, version: 2 } as const;
    const answer: ServerMessage = { type: "KeepAliveResponse", timestamp: 5 };
    output.send(recipient, answer);
    output.drop(1);
    output.send(recipient, answer);
    expect(output.take().map(({ type }) => type)).toEqual(["send", "drop", "send"]);
    output.send(recipient, answer);
    expect(output.take()).toHaveLength(1);
  });
});
