import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { typeText } from "../../codegen/rules/rule-context.ts";
import {
  extents,
  lengthTypes,
  parseFieldType,
  primitiveTypes,
  type TextSpan,
  type TypeExpression,
  TypeSyntaxError,
} from "../../codegen/type-expression.ts";

const { type: typeArbitrary } = fc.letrec<{ type: TypeExpression }>((tie) => {
  const length = fc.constantFrom(...lengthTypes);
  const extent = fc.constantFrom(...extents);
  return {
    type: fc.oneof(
      { maxDepth: 5 },
      fc.constantFrom(...primitiveTypes).map((name) => ({ kind: "primitive" as const, name })),
      fc.record({ kind: fc.constantFrom("string" as const, "bytes" as const), length: extent }),
      fc.record({ kind: fc.constant("message" as const), length }),
      fc.integer({ min: 1, max: 65_535 }).map((byteCount) => ({ kind: "fixedBytes" as const, byteCount })),
      fc.stringMatching(/^[A-Z][A-Za-z0-9]{0,8}$/).map((name) => ({ kind: "named" as const, name })),
      fc.record({ kind: fc.constant("list" as const), length: extent, element: tie("type") }),
      fc.record({ kind: fc.constant("map" as const), length, key: tie("type"), value: tie("type") }),
    ),
  };
});

describe("parseFieldType", () => {
  test("reads back what is written", () => {
    fc.assert(
      fc.property(typeArbitrary, fc.boolean(), (type, optional) => {
        expect(parseFieldType(typeText(type) + (optional ? "?" : ""))).toEqual({ type, optional });
      }),
    );
  });

  test("does not mind spaces between tokens", () => {
    expect(parseFieldType(" map < u16 , string<u8> , bytes[ 4 ] > ? ")).toEqual(
      parseFieldType("map<u16,string<u8>,bytes[4]>?"),
    );
  });

  test("records where every part is", () => {
    const text = "map<u16, string<u8>, list<u8, MemberId>>?";
    const spans = new Map<TypeExpression, TextSpan>();
    parseFieldType(text, spans);
    const parts = [...spans.values()].map(({ offset, length }) => text.slice(offset, offset + length));
    expect(parts).toEqual(["string<u8>", "MemberId", "list<u8, MemberId>", text.slice(0, -1)]);
  });

  test("throws nothing but TypeSyntaxError, with a place in the text or right behind it", () => {
    const token = fc.constantFrom(
      "u8",
      "list",
      "map",
      "string",
      "bytes",
      "T",
      "<",
      ">",
      ",",
      "[",
      "]",
      "?",
      " ",
      "4",
      "é",
      "👋",
    );
    fc.assert(
      fc.property(fc.array(token, { maxLength: 12 }), (tokens) => {
        const text = tokens.join("");
        try {
          parseFieldType(text);
        } catch (error) {
          if (!(error instanceof TypeSyntaxError)) throw error;
          expect(error.span.offset).toBeLessThanOrEqual(text.length);
          expect(error.span.length).toBeGreaterThan(0);
        }
      }),
    );
  });
});
