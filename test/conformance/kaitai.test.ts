import * as fc from "fast-check";
import compiler from "kaitai-struct-compiler";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { clientMessage, serverMessage } from "../../generated/protocol/arbitraries.ts";
import { encodeClientMessage, encodeServerMessage, type ProtocolVersion } from "../../generated/protocol/codec.ts";
import type { ClientMessage, ServerMessage } from "../../generated/protocol/messages.ts";
import { differenceOf } from "./compare-readings.ts";
import { compileKsy, kaitaiReader } from "./kaitai-javascript.ts";
import { expectedReading } from "./reading.ts";
import { mustRefuse } from "./run-language.ts";
import { allSubjects, type Subject } from "./subjects.ts";

/**
 * Readers that Kaitai Struct makes of our .ksy files find in each frame what our own codec wrote into it. In JavaScript; what
 * the other languages find, `npm run conformance` shows.
 */
const subjects = allSubjects();

describe.each(subjects.map((subject) => [subject.id, subject] as const))("%s", (_id, subject) => {
  test("finds every field of every vector", async () => {
    const read = await kaitaiReader(subject.ksy);
    const wrong = subject.vectors.flatMap(({ id, frame, expected }) => {
      const found = read(frame);
      const difference = expected === undefined ? undefined : differenceOf(found, expected);
      return difference === undefined ? [] : [`${id}: ${difference}`];
    });
    expect(wrong).toEqual([]);
    expect(subject.vectors.length).toBeGreaterThan(0);
  });

  test("refuses what a .ksy says of frames that are none, and nothing else", async () => {
    const read = await kaitaiReader(subject.ksy);
    const wrong = subject.refusals.filter(({ frame, ...refusal }) => {
      const isRefused = refuses(read, frame);
      return isRefused !== mustRefuse({ validates: true, refusesBadText: false }, subject, { frame, ...refusal });
    });
    expect(wrong.map(({ id }) => id)).toEqual([]);
  });
});

const targets = ["cpp_stl", "csharp", "go", "java", "lua", "nim", "perl", "php", "python", "ruby", "rust"];

test.each(targets)("every .ksy compiles to %s", { timeout: 60_000 }, async (target) => {
  for (const { ksy } of subjects) {
    // The compiler has no validation for Nim, and says so by an exception.
    const parsed = parse(ksy, (key: unknown, value: unknown) =>
      target === "nim" && key === "valid" ? undefined : value,
    );
    expect(Object.values(await compileKsy(target, parsed)).join("")).not.toBe("");
  }
});

const directions = [
  {
    family: "client",
    messages: clientMessage,
    encode: (message: unknown, version: ProtocolVersion) => encodeClientMessage(message as ClientMessage, version),
  },
  {
    family: "server",
    messages: serverMessage,
    encode: (message: unknown, version: ProtocolVersion) => encodeServerMessage(message as ServerMessage, version),
  },
];

describe.each(directions)("random messages of the $family", ({ family, messages, encode }) => {
  test.each<ProtocolVersion>([1, 2])("of version %i", { timeout: 120_000 }, async (version) => {
    const subject = subjectNamed(`zraft_v${version}_${family}`);
    const read = await kaitaiReader(subject.ksy);
    const arbitrary: fc.Arbitrary<unknown> = messages(version);
    const agrees = fc.property(arbitrary, (message) => {
      const expected = expectedReading(message, subject.protocol, subject.version, subject.family);
      expect(differenceOf(read(encode(message, version)), expected)).toBe(undefined);
    });
    await fc.assert(agrees, { numRuns: 10_000 });
  });
});

describe("the compiler of npm", () => {
  test.each(["java", "python"])(
    "makes no writers for %s, since its interface has no option for them",
    async (target) => {
      const files = await compileKsy(target, parse(subjectNamed("zraft_v2_client").ksy));
      expect(Object.values(files).join("")).not.toContain("_write");
      // Language, schema and importer; and, with a default, whether to debug.
      expect(compiler.compile).toHaveLength(3);
    },
  );
});

function subjectNamed(id: string): Subject {
  const found = subjects.find((subject) => subject.id === id);
  if (found === undefined) throw new Error(`there is no ${id}`);
  return found;
}

function refuses(read: (frame: Uint8Array) => unknown, frame: Uint8Array): boolean {
  try {
    read(frame);
    return false;
  } catch {
    return true;
  }
}
