import { afterAll, describe, expect, test } from "vitest";
import { Chance } from "./chance.ts";
import { Work } from "./coverage.ts";
import { findingFiles, readCorpus, readFinding } from "./files.ts";
import { examined } from "./fuzzer.ts";
import { hex } from "./hex.ts";
import { chooseAttack } from "./hostile.ts";
import { InstrumentedCode } from "./instrument.ts";
import { loadTargets } from "./targets.ts";

/** What fuzzing found worth keeping: inputs that reach much of the codecs, and those that once broke a promise. */
const work = new Work();
const code = new InstrumentedCode(work);
afterAll(() => code.remove());
const targets = await loadTargets(code, work);

describe.each(targets)("$name", (target) => {
  const inputs = readCorpus(target.name);

  test("keeps its promises for every input that was kept", () => {
    expect(inputs.length).toBeGreaterThan(4);
    const broken = inputs.flatMap((input) => {
      const error = examined(target, input);
      return error === undefined ? [] : [`${hex(input)}: ${error.message}`];
    });
    expect(broken).toEqual([]);
  });

  test("keeps them when a value of a message is replaced", () => {
    const chance = new Chance(inputs.length);
    const broken = inputs.flatMap((input) => {
      const decoded = decodedOrRefused(() => target.decode(input));
      const attack = chooseAttack(decoded?.message, chance);
      const error = decoded && examined(target, input, attack);
      return error === undefined ? [] : [`${hex(input)}, ${attack.value}: ${error.message}`];
    });
    expect(broken).toEqual([]);
  });
});

test.each([...findingFiles()])("%s", (file) => {
  const { target: name, frame, attack } = readFinding(file);
  const target = targets.find((candidate) => candidate.name === name);
  if (target === undefined) throw new Error(`no target is named ${name}: the file lies in the wrong folder`);
  expect(examined(target, frame, attack)).toBeUndefined();
});

function decodedOrRefused<Value>(decode: () => Value): Value | undefined {
  try {
    return decode();
  } catch {
    return undefined;
  }
}
