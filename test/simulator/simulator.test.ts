import { expect, test } from "vitest";
import { limits } from "../../runtime/protocol/limits.ts";
import { runWorld } from "./world.ts";

test("a few worlds keep every promise", () => {
  for (let seed = 1; seed <= 40; seed++) expect(runWorld(seed).violation, `seed ${seed}`).toBeUndefined();
});

test("a seed gives one world, traced or not, whatever ran before it", () => {
  const lines: string[] = [];
  const first = runWorld(7, (line) => lines.push(line));
  runWorld(8);
  const again: string[] = [];
  expect(runWorld(7, (line) => again.push(line))).toEqual(first);
  expect(again).toEqual(lines);
  expect(runWorld(7)).toEqual(first);
  expect(lines.some((line) => line.includes("SessionCreated"))).toBe(true);
});

test("the lower bounds of a world are gone after it", () => {
  const before = { ...limits };
  for (let seed = 1; seed <= 5; seed++) runWorld(seed);
  expect(limits).toEqual(before);
});
