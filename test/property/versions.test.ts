import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { baseType, isPresent } from "../../codegen/layout.ts";
import type { Family, Field, Type, Version } from "../../codegen/protocol.ts";
import { clientMessage, serverMessage } from "../../generated/protocol/arbitraries.ts";
import type { ProtocolVersion } from "../../generated/protocol/codec.ts";
import { WireError } from "../../runtime/wire/index.ts";
import { defaultOf } from "./random-message.ts";
import { type Codec, codecs } from "./schema-codecs.ts";

/**
 * What an older version makes of a newer one's messages: it drops what may be dropped, and refuses the rest by name.
 * `HAWSER_SEED=…` repeats a run.
 */
const seed = Number(process.env["HAWSER_SEED"] ?? Date.now() % 2 ** 31);

interface Pair {
  readonly older: Codec;
  readonly newer: Codec;
}

const pairs: readonly Pair[] = codecs.flatMap((older) =>
  codecs
    .filter(({ family, version }) => family === older.family && version.number > older.version.number)
    .map((newer) => ({ older, newer })),
);

test("there are versions to compare", () => {
  expect(pairs.map(({ older: { family, version } }) => `${family.name} ${version.number}`)).toEqual([
    "client 1",
    "server 1",
  ]);
});

describe.each(pairs)(
  "$older.family.name $newer.version.number in version $older.version.number",
  ({ older, newer }) => {
    test(`keeps what it can carry, and refuses what must not be lost (HAWSER_SEED=${seed})`, () => {
      let refused = 0;
      fc.assert(
        fc.property(messagesOf(newer), (message) => {
          const expected = seenBy(older.version, older.family, message);
          if ("lost" in expected) {
            refused += 1;
            expect(errorOf(() => older.encode(message))).toMatchObject({
              code: "ERR_WIRE_NOT_IN_VERSION",
              path: expected.lost,
            });
          } else {
            expect(older.decode(older.encode(message))).toEqual(expected.value);
          }
        }),
        { seed, numRuns: 5_000 },
      );
      expect(refused).toBeGreaterThan(100);
    });

    test(`what the older one has, the newer one has unchanged (HAWSER_SEED=${seed})`, () => {
      fc.assert(
        fc.property(messagesOf(older), (message) => {
          expect(newer.decode(newer.encode(message))).toEqual(message);
          expect(older.decode(older.encode(message))).toEqual(message);
        }),
        { seed, numRuns: 2_000 },
      );
    });
  },
);

function messagesOf({ family, version }: Codec): fc.Arbitrary<{ readonly type: string }> {
  const number = version.number as ProtocolVersion;
  return family.name === "client" ? clientMessage(number) : serverMessage(number);
}

type Seen = { readonly value: unknown } | { readonly lost: string };

/** What a reader sees of a message that was written in a version, or the path of what cannot be written. */
function seenBy(version: Version, family: Family, message: { readonly type: string }): Seen {
  const found = family.messages.find(({ name }) => name === message.type);
  if (found === undefined || !isPresent(found, version)) return { lost: "message.type" };
  const fields = seenFields(version, found.fields, message, found.name);
  return "lost" in fields ? fields : { value: { type: message.type, ...(fields.value as object) } };
}

function seenFields(version: Version, fields: readonly Field[], owner: object, path: string): Seen {
  const seen: Record<string, unknown> = {};
  for (const field of fields) {
    const value: unknown = Reflect.get(owner, field.name);
    if (!isPresent(field, version)) {
      const isLost = !field.ignorable && value !== undefined && value !== defaultOf(field);
      if (isLost) return { lost: `${path}.${field.name}` };
      seen[field.name] = defaultOf(field);
    } else if (value !== undefined) {
      const part = seenValue(version, field.type, value, `${path}.${field.name}`);
      if ("lost" in part) return part;
      seen[field.name] = part.value;
    }
  }
  return { value: seen };
}

/** Only enumerations and unions have parts that a version may lack in the schemas here. */
function seenValue(version: Version, type: Type, value: unknown, path: string): Seen {
  const base = baseType(type);
  if (base.kind === "enum") {
    const named = base.values.find(({ name }) => name === value);
    return named === undefined || isPresent(named, version) ? { value } : { lost: path };
  }
  if (base.kind !== "union") return { value };
  const { type: name } = value as { readonly type: string };
  const found = base.cases.find((each) => each.name === name);
  if (found === undefined || !isPresent(found, version)) return { lost: `${path}.type` };
  const fields = seenFields(version, found.fields, value as object, path);
  return "lost" in fields ? fields : { value: { type: name, ...(fields.value as object) } };
}

function errorOf(call: () => unknown): WireError {
  try {
    call();
  } catch (error) {
    if (error instanceof WireError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}
