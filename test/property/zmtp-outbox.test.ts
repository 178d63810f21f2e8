import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { limits } from "../../runtime/protocol/limits.ts";
import { FrameReader, flag, frameOf, sealedFrameOf } from "../../runtime/transport/zmtp/framing.ts";
import type { Seal } from "../../runtime/transport/zmtp/mechanism.ts";
import { Outbox, SendSlab } from "../../runtime/transport/zmtp/outbox.ts";
import { collectGarbage } from "../collect-garbage.ts";

const overhead = limits.waitingFrameOverheadBytes;

/** Around the lengths at which something changes: short headers, copied messages, half a slab. */
const length = fc.oneof(
  { weight: 6, arbitrary: fc.nat(300) },
  { weight: 2, arbitrary: fc.integer({ min: 4_090, max: 4_100 }) },
  { weight: 1, arbitrary: fc.constantFrom(0, 65_535, 70_000, 300_000) },
);

type Step =
  | { readonly type: "message" | "command"; readonly lengths: readonly number[] }
  /** `stalls`: the kernel does not take it all, so that the bytes are read later. */
  | { readonly type: "take"; readonly stalls: boolean; readonly withMessages: boolean }
  /** The oldest write that stalled is done. */
  | { readonly type: "done" };

const step = fc.tuple(
  fc.nat(2),
  fc.oneof<fc.Arbitrary<Step>[]>(
    fc.array(length, { maxLength: 40 }).map((lengths) => ({ type: "message", lengths })),
    fc.array(fc.nat(60), { maxLength: 3 }).map((lengths) => ({ type: "command", lengths })),
    fc
      .tuple(fc.boolean(), fc.boolean())
      .map(([stalls, most]) => ({ type: "take", stalls, withMessages: stalls || most })),
    fc.constant({ type: "done" }),
  ),
);

/** One connection: what it was given, and what its kernel was given. */
class Wire {
  readonly outbox: Outbox = new Outbox(4 * 1024 * 1024);
  readonly messages: number[] = [];
  readonly commands: number[] = [];
  readonly #sent: Buffer[] = [];
  /** Pieces of the write that is not done, as they are; the kernel reads them when it has room. */
  #pending: readonly Uint8Array[] = [];

  add(type: "message" | "command", bytes: number): void {
    const body = numbered(this.messages.length + this.commands.length, bytes);
    const waiting = this.outbox.bytes;
    const frame = type === "message" ? body : frameOf(flag.command, body);
    const isAdded = type === "message" ? this.outbox.add(frame) : this.outbox.addCommand(frame);
    expect(isAdded).toBe(waiting + frame.byteLength + overhead <= 4 * 1024 * 1024);
    expect(this.outbox.bytes).toBe(isAdded ? waiting + frame.byteLength + overhead : waiting);
    if (isAdded) this[type === "message" ? "messages" : "commands"].push(hash(body));
  }

  take(slab: SendSlab, withMessages: boolean, stalls: boolean): void {
    // A connection takes nothing while its last write is not done.
    if (this.#pending.length > 0) return;
    const pieces = this.outbox.take(slab, withMessages);
    const bytes = pieces.reduce((sum, piece) => sum + piece.byteLength, 0);
    expect(bytes).toBeLessThan(limits.sendBurstBytes + 300_000 + 20_000);
    if (stalls && pieces.length > 0) {
      this.#pending = pieces;
      slab.keep();
    } else {
      this.#sent.push(...pieces.map((piece) => Buffer.from(piece)));
    }
  }

  done(): void {
    this.#sent.push(...this.#pending.map((piece) => Buffer.from(piece)));
    this.#pending = [];
  }

  /** What a peer reads of all that was sent. */
  read(): { readonly messages: readonly number[]; readonly commands: readonly number[] } {
    const reader = new FrameReader(2 ** 30);
    reader.push(Buffer.concat(this.#sent));
    const read = { messages: [] as number[], commands: [] as number[] };
    for (let body = reader.next(); body !== undefined; body = reader.next()) {
      read[reader.flags === flag.command ? "commands" : "messages"].push(hash(body));
    }
    return read;
  }
}

test("whatever is added leaves in order, however writes are cut and stall, and no connection spoils another's bytes", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const slab = new SendSlab();
      const wires = [new Wire(), new Wire(), new Wire()];
      for (const [index, action] of steps) {
        const wire = wires[index] as Wire;
        if (action.type === "done") wire.done();
        else if (action.type === "take") wire.take(slab, action.withMessages, action.stalls);
        else for (const bytes of action.lengths) wire.add(action.type, bytes);
      }
      for (const wire of wires) {
        wire.done();
        for (let takes = 0; !wire.outbox.isEmpty && takes < 1_000; takes++) wire.take(slab, true, false);
        expect(wire.read()).toEqual({ messages: wire.messages, commands: wire.commands });
        expect([wire.outbox.bytes, wire.outbox.isEmpty]).toEqual([0, true]);
      }
    }),
    { numRuns: 500 },
  );
});

describe("an outbox", () => {
  test("lets commands pass messages, and before the handshake only them", () => {
    const outbox = new Outbox(1_000);
    const slab = new SendSlab();
    outbox.add(Buffer.from("message"));
    outbox.addCommand(frameOf(flag.command, Buffer.from("one")));
    outbox.addCommand(frameOf(flag.command, Buffer.from("two")));
    expect(text(outbox.take(slab, false))).toBe("\x04\x03one\x04\x03two");
    outbox.addCommand(frameOf(flag.command, Buffer.from("three")));
    expect(text(outbox.take(slab, true))).toBe("\x04\x05three\x00\x07message");
    expect([outbox.take(slab, true), outbox.bytes]).toEqual([[], 0]);
  });

  test("holds no more than it may, empty frames included", () => {
    const outbox = new Outbox(10 * overhead);
    for (let count = 0; count < 9; count++) expect(outbox.add(new Uint8Array(0))).toBe(true);
    expect(outbox.addCommand(new Uint8Array(1))).toBe(false);
    expect(outbox.add(new Uint8Array(0))).toBe(true);
    expect(outbox.add(new Uint8Array(0))).toBe(false);
    expect(outbox.bytes).toBe(10 * overhead);
    outbox.discard();
    expect([outbox.bytes, outbox.isEmpty]).toEqual([0, true]);
  });

  test("seals messages when they leave, behind the commands that pass them", () => {
    let sealed = 0;
    const seal: Seal = {
      overheadBytes: 2,
      sealInto(flags, body, target, offset) {
        sealed += 1;
        target.set(Buffer.from(`${sealed}${flags}`), offset);
        target.set(body, offset + 2);
        return offset + 2 + body.byteLength;
      },
      open: () => expect.unreachable(),
      wipe() {},
    };
    const outbox = new Outbox(100_000);
    const long = "long".repeat(2_500);
    for (const message of ["a", "bb", long, "ccc"]) outbox.add(Buffer.from(message));
    expect(sealed).toBe(0);
    outbox.addCommand(sealedFrameOf(seal, flag.command, Buffer.from("!")));
    const longHeader = `\x02${"\0".repeat(6)}${String.fromCharCode((long.length + 2) >> 8, (long.length + 2) & 0xff)}`;
    const expected = `\0\x0314!\0\x0320a\0\x0430bb${longHeader}40${long}\0\x0550ccc`;
    expect(text(outbox.take(new SendSlab(), true, seal))).toBe(expected);
    expect(outbox.bytes).toBe(0);
  });

  test("lets go of what has left, although something always waits", async () => {
    const outbox = new Outbox(limits.connectionQueueBytesMax);
    const slab = new SendSlab();
    const sent: WeakRef<ArrayBuffer>[] = [];
    for (let count = 0; count < 50; count++) {
      const message = new Uint8Array(limits.sendBurstBytes);
      sent.push(new WeakRef(message.buffer));
      outbox.add(message);
      if (count > 0) outbox.take(slab, true);
    }
    // Weak references hold on until the turn is over.
    await new Promise((resolve) => setImmediate(resolve));
    collectGarbage();
    const held = sent.filter((message) => message.deref() !== undefined);
    expect(outbox.isEmpty).toBe(false);
    expect(held).toHaveLength(1);
  });
});

function numbered(number: number, bytes: number): Uint8Array {
  const body = new Uint8Array(bytes).fill(number * 7);
  if (bytes >= 4) new DataView(body.buffer).setUint32(0, number);
  return body;
}

/** FNV-1a over the body: short to compare, and different for what is different. */
function hash(body: Uint8Array): number {
  let sum = 0x811c9dc5 ^ body.byteLength;
  for (const byte of body) sum = Math.imul(sum ^ byte, 0x01000193);
  return sum;
}

function text(pieces: readonly Uint8Array[]): string {
  return Buffer.concat(pieces).toString("latin1");
}
