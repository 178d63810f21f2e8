import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { limits } from "../../../runtime/protocol/limits.ts";
import { edited, FOLDER } from "./mutated-copy.ts";
import { mutations } from "./mutations.ts";
import { runWorld } from "./world.ts";

const root = join(import.meta.dirname, "../../..");

test("a hundred worlds break no rule", { timeout: 120_000 }, () => {
  for (let seed = 1; seed <= 100; seed++) expect(runWorld(seed).violation, `seed ${seed}`).toBeUndefined();
});

test("a seed gives one world, whatever ran before it", () => {
  const lines: string[] = [];
  const first = runWorld(7, (line) => lines.push(line));
  runWorld(8);
  const again: string[] = [];
  expect(runWorld(7, (line) => again.push(line))).toEqual(first);
  expect(again).toEqual(lines);
  expect(lines.some((line) => line.includes("leads in term"))).toBe(true);
});

test("the lower bounds of a world are gone after it", () => {
  const before = { ...limits };
  for (let seed = 1; seed <= 5; seed++) runWorld(seed);
  expect(limits).toEqual(before);
});

/** Whether the worlds find them is what `npm run simulate:etcd -- --mutations` shows. */
describe("mutations", () => {
  test.each(mutations)("$name fits the sources", ({ edits }) => {
    for (const edit of edits) {
      const text = readFileSync(join(root, FOLDER, edit.file), "utf8");
      expect(edited(text, edit)).not.toBe(text);
    }
  });

  test("a bug that no longer fits is an error, not a bug that is not there", () => {
    const edit = { file: "f.ts", original: "a", mutated: "b" };
    expect(() => edited("c", edit)).toThrow('"a" stands 0 times in f.ts, it must be once');
    expect(() => edited("aa", edit)).toThrow("stands 2 times");
  });
});
