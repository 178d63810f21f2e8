import { expect, test } from "vitest";
import { encodeClientMessage, encodeClientMessageInto } from "../../../generated/protocol/codec.ts";

/** Of memory that can grow and shrink, which the compiler's library does not know yet. */
interface ResizableBuffer extends ArrayBuffer {
  resize(size: number): void;
}

test("memory of the caller may grow and shrink between two messages", () => {
  const memory: ResizableBuffer = Reflect.construct(ArrayBuffer, [64, { maxByteLength: 4_096 }]);
  const bytes = new Uint8Array(memory);
  const message = { type: "CreateSession", capabilities: { region: "eu" }, nonce: 7n } as const;
  const frame = encodeClientMessage(message, 1);
  for (const size of [64, 4_096, 100, 4_096]) {
    memory.resize(size);
    const end = encodeClientMessageInto(message, 1, bytes, size - 60);
    expect(Buffer.compare(bytes.subarray(size - 60, end), frame)).toBe(0);
  }
  memory.resize(frame.length);
  expect(() => encodeClientMessageInto(message, 1, bytes, 1)).toThrow(`the target has room for ${frame.length - 1}`);
});
