import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { SchemaDocument } from "../../codegen/document.ts";
import { type BuiltCodec, buildCodec } from "../codegen/build-codec.ts";
import type { FrameVector, Subject } from "./subjects.ts";
import { defaultsOf, parseVectors, withDefaults } from "./vector-files.ts";

/** What our own codec makes of the frames that another language has written. */
export interface WrittenFrames {
  readonly passed: number;
  readonly frames: number;
  readonly failures: readonly string[];
}

/**
 * Compares the frames that a writer gave, one a line, with those of the vectors: our codec has to find the vector's message
 * in each, and the bytes have to be the same where there is one way to write them. In the lines behind these are frames
 * that the writer made up, each beside its message.
 */
export async function judgeWritten(subjects: readonly Subject[], lines: readonly string[]): Promise<WrittenFrames> {
  const wanted = subjects.flatMap((subject) => subject.vectors.map((vector) => ({ subject, vector })));
  const frames = [
    ...wanted.map(({ subject, vector }, index) => ofVector(subject, vector, lines[index])),
    ...lines.slice(wanted.length).map((line) => madeUp(subjects, line)),
  ];
  const codecs = await codecsFor(subjects);
  const failures = frames.flatMap((frame) => {
    const { document, family } = frame.subject;
    const problem = problemWith(frame, codecs.get(document)?.get(family.name));
    return problem === undefined ? [] : [`${frame.subject.id} ${frame.id}: ${problem}`];
  });
  return { passed: frames.length - failures.length, frames: frames.length, failures };
}

/** A line of a writer, and what it has to be. */
interface WrittenFrame {
  readonly subject: Subject;
  readonly id: string;
  /** In hexadecimal, or behind `!` why there is none. */
  readonly line: string;
  readonly message: unknown;
  /** Absent where a message can be written in more ways than one. */
  readonly hex: string | undefined;
}

function ofVector(
  subject: Subject,
  { id, message, frame, decodeOnly }: FrameVector,
  line = "!no answer",
): WrittenFrame {
  return { subject, id, line, message, hex: decodeOnly ? undefined : Buffer.from(frame).toString("hex") };
}

function madeUp(subjects: readonly Subject[], line: string): WrittenFrame {
  const made: { readonly subject: string; readonly message: unknown; readonly hex: string } = parseVectors(line);
  const subject = subjects.find(({ id }) => id === made.subject);
  if (subject === undefined) throw new Error(`a writer made up a frame of ${made.subject}, and there is no such .ksy`);
  return { subject, id: "made up", line: made.hex, message: made.message, hex: undefined };
}

function problemWith({ subject, line, message, hex }: WrittenFrame, codec: BuiltCodec | undefined): string | undefined {
  if (codec === undefined) return "has no codec";
  if (line.startsWith("!")) return `was not written: ${line.slice(1)}`;
  if (hex !== undefined && line !== hex) return `was written as ${line}, expected ${hex}`;
  const { document, family, version } = subject;
  const expected = withDefaults(defaultsOf(document), family, version, message);
  try {
    const found = codec.decode(Buffer.from(line, "hex"));
    return isDeepStrictEqual(plain(found), plain(expected)) ? undefined : `was written as ${line}, another message`;
  } catch (error) {
    return `was written as ${line}, which our codec refuses: ${String(error)}`;
  }
}

/** Without what makes equal values different: absent or undefined, and one class of bytes or another. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return `x${Buffer.from(value).toString("hex")}`;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(members.map(([name, member]) => [name, plain(member)]));
}

/** Of each schema, by family. */
async function codecsFor(
  subjects: readonly Subject[],
): Promise<ReadonlyMap<SchemaDocument, ReadonlyMap<string, BuiltCodec>>> {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "hawser-codecs-"));
  try {
    const documents = [...new Set(subjects.map(({ document }) => document))];
    return new Map(
      await Promise.all(documents.map(async (document) => [document, await buildCodec(document, folder)] as const)),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
