import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Child } from "../engine/child-process.ts";
import { Chance } from "./chance.ts";
import { Work } from "./coverage.ts";
import { Fuzzer } from "./fuzzer.ts";
import { InstrumentedCode, type InstrumentedModule } from "./instrument.ts";
import { INPUT_BYTES_MAX, mutated } from "./mutator.ts";
import type { Target, WireFault } from "./targets.ts";

/** Decoders with a fault each, and nothing that they take. */
const source = `
  export class Refused extends Error {
    constructor(offset) {
      super("toy is refused");
      this.code = "ERR_WIRE_TOY";
      this.path = "toy";
      this.offset = offset;
    }
  }
  export function hidden(frame) {
    if (frame[0] === 0x72) {
      if (frame[1] === 0x6f) {
        if (frame[2] === 0x70) {
          if (frame[3] === 0x65) throw new TypeError("at the end of the rope");
        }
      }
    }
    throw new Refused(0);
  }
  export function endless(frame) {
    for (let offset = 0; offset < frame.length; offset += frame[offset] === 0x80 ? 0 : 1);
    throw new Refused(0);
  }
  export function beyond(frame) {
    throw new Refused(frame.length + (frame[2] === 7 ? 1 : 0));
  }
  export function around(frame) {
    throw new Refused(new Uint8Array(frame.buffer)[frame.byteOffset + frame.length] === undefined ? 0 : 1);
  }`;

describe("the fuzzer finds", () => {
  const work = new Work();
  const code = new InstrumentedCode(work);
  let toy: InstrumentedModule;
  beforeAll(async () => {
    toy = await code.codec("toy", source);
  });
  afterAll(() => code.remove());

  test("what four right bytes, one after the other, lead to", { timeout: 60_000 }, () => {
    const fuzzer = fuzzed("hidden", 500_000);
    expect(fuzzer.findings).toMatchObject([{ error: new TypeError("at the end of the rope") }]);
    expect(Buffer.from(fuzzer.findings[0]?.frame ?? []).toString()).toBe("rope");
  });

  test("what never ends", () => {
    const [finding] = fuzzed("endless", 2_000).findings;
    expect(finding?.error.name).toBe("WorkExceeded");
    expect([...(finding?.frame ?? [])]).toContain(0x80);
  });

  test("an error that names a byte behind the frame", () => {
    expect(fuzzed("beyond", 5_000).findings[0]?.error.message).toMatch(/^toy is refused: at byte/);
  });

  test("a decoder that looks at what is behind the frame", () => {
    const [finding] = fuzzed("around", 10).findings;
    expect(finding?.error.message).toBe("bytes around the frame change the error");
  });

  test("the same with the same seed", () => {
    const inputs = [1, 1, 2].map((seed) => fuzzed("hidden", 3_000, seed).corpus.inputs);
    expect(inputs[1]).toEqual(inputs[0]);
    expect(inputs[2]).not.toEqual(inputs[0]);
  });

  function fuzzed(fault: string, executions: number, seed = 1): Fuzzer {
    const refused = toy.exports["Refused"] as new () => WireFault;
    const never = () => expect.fail("nothing is ever decoded");
    const target: Target = {
      name: fault,
      work,
      modules: toy.counters.slice(-1),
      seeds: [new Uint8Array(4)],
      dictionary: [Uint8Array.of(1)],
      traits: {
        ignoresTrailing: false,
        holdsMessages: false,
        hasMaps: false,
        hasFloats: false,
        ignorableFields: new Set(),
        encodeOnlyFields: new Set(),
      },
      decode: toy.exports[fault] as Target["decode"],
      encode: never,
      encodeInto: never,
      byteLength: never,
      isWireError: (error): error is WireFault => error instanceof refused,
    };
    const fuzzer = new Fuzzer(target, seed);
    while (fuzzer.executions < executions && fuzzer.findings.length === 0) fuzzer.step();
    return fuzzer;
  }
});

test("no input grows without bound", () => {
  const chance = new Chance(1);
  const sources = { dictionary: [Uint8Array.of(1, 2)], other: () => new Uint8Array(6_000) };
  let input: Uint8Array = new Uint8Array(6_000);
  for (let count = 0; count < 500; count++) {
    input = mutated(input, sources, chance);
    expect(input.length).toBeLessThanOrEqual(INPUT_BYTES_MAX);
  }
});

/** To load the generator and to instrument everything takes seconds on a busy machine. */
describe("npm run fuzz", { timeout: 60_000 }, () => {
  const program = "../fuzz/main.ts";

  test("ends with what it did when it is told to", async () => {
    const child = new Child(program, ["--seed", "5", "--target", "kv.query"]);
    await child.said("seed 5, 60 s for 2 targets");
    child.process.kill("SIGTERM");
    expect(await child.ended()).toEqual({ code: 0, signal: null });
    expect(child.lines.at(-1)).toMatch(/executions, .* counters reached, 0 findings$/);
  });

  test("replays what was found", async () => {
    const folder = mkdtempSync(join(tmpdir(), "hawser-findings-"));
    try {
      const file = join(folder, "kv.query", "one.hex");
      mkdirSync(join(folder, "kv.query"));
      writeFileSync(file, '470000000161\n{"at":["key"],"value":"a lone surrogate"}\n# TypeError: was once thrown\n');
      const child = new Child(program, ["--replay", file]);
      expect(await child.ended()).toEqual({ code: 0, signal: null });
      expect(child.lines).toEqual(["kv.query keeps its promises for 470000000161"]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
