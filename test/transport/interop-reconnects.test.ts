import { afterEach, describe, expect, test } from "vitest";
import { mechanisms, pairs, Stage } from "./interop.ts";

/** Connections come and go for months. Each runs in a process of its own, where nothing else takes or frees memory. */
const stage = new Stage();
afterEach(() => stage.clear());

const KiB = 1024;
const reconnects = 1_000;
/** After these, what is made once has been made: code that is compiled, tables and pools that grow. */
const warmUps = 500;
/** The least that a forgotten connection would hold, besides what a later collection frees. */
const usedBytesMax = 1.5 * KiB * reconnects;
/** The same with what lies outside of the heap. Allocators keep some MiB for later, however long it goes on. */
const residentBytesMax = 16 * KiB * reconnects;

interface Left {
  readonly before: Held;
  readonly after: Held;
  readonly bytesBefore: Memory;
  readonly bytesAfter: Memory;
  /** Round trips of the neighbour meanwhile. */
  readonly echoes: number;
  readonly lost: { readonly neighbour: number; readonly clients: number };
}

interface Held {
  readonly handles: readonly string[];
  readonly descriptors: number;
}

interface Memory {
  readonly used: number;
  readonly resident: number;
}

describe.each(pairs)("a %s client and a %s server", (clientName, serverName) => {
  test.each(mechanisms.map(([name]) => name))(
    "with %s, 1,000 reconnects leave nothing behind, and a neighbour is served all the time",
    async (mechanism) => {
      const child = stage.start(
        "./interop-reconnects.child.ts",
        clientName,
        serverName,
        mechanism,
        String(warmUps),
        String(reconnects),
      );
      const left: Left = JSON.parse((await child.said("left ")).slice("left ".length));
      expect(left.after.handles).toEqual(left.before.handles);
      // The first count may find a file open that the start of the program has not closed yet.
      expect(left.after.descriptors).toBeLessThanOrEqual(left.before.descriptors);
      expect(left.bytesAfter.used - left.bytesBefore.used).toBeLessThan(usedBytesMax);
      expect(left.bytesAfter.resident - left.bytesBefore.resident).toBeLessThan(residentBytesMax);
      expect(left.echoes).toBeGreaterThan(reconnects);
      expect(left.lost).toEqual({ neighbour: 0, clients: warmUps + reconnects });
      expect(await child.ended()).toEqual({ code: 0, signal: null });
    },
  );
});
