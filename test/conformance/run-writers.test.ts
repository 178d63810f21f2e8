import { expect, test } from "vitest";
import { judgeWritten } from "./run-writers.ts";
import { allSubjects, type Subject } from "./subjects.ts";

/** What compares written frames takes those of the vectors, and sees everything else. */
const subject = allSubjects().find(({ id }) => id === "zraft_v2_client");
if (subject === undefined) throw new Error("there is no zraft_v2_client");
const [canonical, loose] = [subject.vectors.find(({ decodeOnly }) => !decodeOnly), subject.vectors.find(isLoose)];
if (canonical === undefined || loose === undefined)
  throw new Error("zraft_v2_client lacks a vector of one of two kinds");
const two: Subject = { ...subject, vectors: [canonical, loose] };
const [first, second] = two.vectors.map(({ frame }) => Buffer.from(frame).toString("hex"));

test("frames of the vectors are understood", async () => {
  expect(await judgeWritten([two], [first ?? "", second ?? ""])).toEqual({ passed: 2, frames: 2, failures: [] });
});

test.each([
  ["is missing", [], "was not written: no answer"],
  ["was refused", ["!ConsistencyError nonce"], "was not written: ConsistencyError nonce"],
  ["has another byte at the end", [`${first}00`], `was written as ${first}00, expected ${first}`],
])("a frame that %s is seen", async (_what, lines, problem) => {
  const { passed, failures } = await judgeWritten([{ ...two, vectors: [canonical] }], lines);
  expect([passed, ...failures]).toEqual([0, `zraft_v2_client ${canonical.id}: ${problem}`]);
});

test.each([
  ["another message", "7a72616674020300000000000000aa", "another message"],
  ["no message", "7a726166740263", "which our codec refuses: "],
])("where bytes may differ, %s is seen", async (_what, line, problem) => {
  const { failures } = await judgeWritten([{ ...two, vectors: [loose] }], [line]);
  expect(failures).toEqual([expect.stringContaining(`${loose.id}: was written as ${line}, ${problem}`)]);
});

test("a frame that was made up is compared with the message beside it", async () => {
  const none: Subject = { ...two, vectors: [] };
  const made = (timestamp: number) =>
    JSON.stringify({
      subject: "zraft_v2_client",
      message: { type: "KeepAlive", timestamp },
      hex: "7a72616674020300000000000000aa",
    });
  expect(await judgeWritten([none], [made(170), made(171)])).toMatchObject({ passed: 1, frames: 2 });
  await expect(judgeWritten([], [made(170)])).rejects.toThrow("there is no such .ksy");
});

function isLoose({ decodeOnly }: { readonly decodeOnly: boolean }): boolean {
  return decodeOnly;
}
