import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { mutate } from "./mutated-copy.ts";
import { mutations } from "./mutations.ts";

const root = join(import.meta.dirname, "../..");

/** Whether the simulator finds them is what `npm run simulate:mutations` shows. */
test.each(mutations)("$name fits the sources", (mutation) => {
  const text = readFileSync(join(root, "runtime/protocol", mutation.file), "utf8");
  expect(mutate(text, mutation)).not.toBe(text);
});

test("a bug that no longer fits is an error, not a bug that is not there", () => {
  const mutation = { name: "m", doc: "", file: "f.ts", original: "a", mutated: "b" };
  expect(() => mutate("c", mutation)).toThrow("stands 0 times in runtime/protocol/f.ts, it must be once");
  expect(() => mutate("aa", mutation)).toThrow("stands 2 times");
});

test("docs/guarantees.md has a row for each, and found them all", () => {
  const [, table = ""] =
    /<!-- mutations -->([\s\S]*)<!-- \/mutations -->/.exec(readFileSync(join(root, "docs/guarantees.md"), "utf8")) ??
    [];
  const rows = [...table.matchAll(/^\| `([a-z-]+)` \|.*\| (\d+) \|/gm)].map(([, name]) => name);
  expect(rows).toEqual(mutations.map(({ name }) => name));
});
