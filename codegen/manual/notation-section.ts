import { prefixMax, prefixSize } from "../layout.ts";
import type { Field, Type } from "../protocol.ts";
import type { Extent } from "../type-expression.ts";
import { type Block, code, paragraph, type Row, row, type Section, section } from "./block.ts";
import type { ManualSource } from "./manual-source.ts";
import { hasBits } from "./overview-sections.ts";
import { byteCount } from "./ruler.ts";

/** The types that the schema uses, as bytes, and how the pictures of bytes are read. */
export function notationSection(source: ManualSource): Section {
  const rows = new Map<string, Row>();
  for (const field of allFields(source)) {
    if (field.optional) rows.set("T?", optionalRow(source));
    noteType(field.type, rows);
  }
  for (const type of source.protocol.types) noteType(type, rows);
  const sorted = [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, found]) => found);
  return section("notation", "How to read this", [
    ...rulerNotes(source),
    {
      kind: "table",
      caption: "Types on the wire",
      columns: ["Type", "On the wire"],
      rows: sorted,
      layout: "definitions",
    },
  ]);
}

function rulerNotes(source: ManualSource): Block[] {
  const bits = hasBits(source)
    ? "In a bit-packed version a flag is one bit. What follows the first flag of a message is not moved up to the next byte; the most significant bit of a byte comes first, and zeros fill the last byte. Places such as 6.1 are a byte and a bit in it."
    : undefined;
  return [
    paragraph(
      "Fields follow each other without padding and without tags of their own. In the pictures of bytes each box is one part of a message, from left to right and from line to line, with its name, its type and its size. Above it stands the byte at which it begins, as long as that is always the same.",
    ),
    { kind: "key" },
    ...(bits === undefined ? [] : [paragraph(bits)]),
  ];
}

/** Every field of the schema, those of types included. */
export function allFields({ protocol }: ManualSource): readonly Field[] {
  const ofMessages = protocol.families.flatMap(({ messages }) => messages.flatMap(({ fields }) => fields));
  const ofTypes = protocol.types.flatMap((type) => {
    if (type.kind === "struct") return type.fields;
    return type.kind === "union" ? type.cases.flatMap(({ fields }) => fields) : [];
  });
  return [...ofMessages, ...ofTypes];
}

function noteType(type: Type, rows: Map<string, Row>): void {
  const note = (name: string, ...texts: readonly string[]): void => {
    if (!rows.has(name))
      rows.set(
        name,
        row(
          [[code(name)]],
          texts.map((text) => [text]),
        ),
      );
  };
  switch (type.kind) {
    case "primitive":
      note(type.name, primitiveTexts[type.name]);
      return;
    case "fixedBytes":
      note(`bytes[${type.byteCount}]`, byteCount(type.byteCount));
      return;
    case "string":
      note(
        `string<${type.length}>`,
        `${extentText(type.length, "length in bytes")}, then UTF-8; a decoder refuses anything else`,
      );
      return;
    case "bytes":
      note(`bytes<${type.length}>`, `${extentText(type.length, "length")}, then the bytes`);
      return;
    case "message":
      note(
        `message<${type.length}>`,
        `${extentText(type.length, "length in bytes")}, then a message of the same family: its tag and its fields`,
      );
      return;
    case "list":
      note(`list<${type.length}, T>`, `${extentText(type.length, "count")}, then the elements`);
      noteType(type.element, rows);
      return;
    case "map":
      note(`map<${type.length}, K, V>`, `${extentText(type.length, "count")}, then key and value of each entry`);
      noteType(type.key, rows);
      noteType(type.value, rows);
      return;
    case "alias":
      noteType(type.target, rows);
      return;
    default:
      // Enums, unions and structs have sections of their own.
      return;
  }
}

/** `u16 length, up to 65535`; what reaches to the end of the message has none. */
function extentText(extent: Extent, what: string): string {
  if (extent === "rest") return "up to the end of the message";
  const signed = extent.startsWith("i") ? ", never negative" : "";
  return `${what} in ${byteCount(prefixSize(extent))} (${extent}, up to ${prefixMax(extent)}${signed})`;
}

function optionalRow(source: ManualSource): Row {
  const bit = hasBits(source) ? "; in a bit-packed version the flag is one bit" : "";
  return row([[code("T?")]], [[`a presence flag, 00 or 01 in one byte, then the value if it is 01${bit}`]]);
}

const primitiveTexts = {
  bool: "1 byte, 00 or 01; one bit in a bit-packed version",
  u8: "1 byte, 0 to 255",
  u16: "2 bytes, 0 to 65535",
  u32: "4 bytes, 0 to 4294967295",
  u53: "8 bytes, 0 to 9007199254740991 (2^53 - 1); both sides refuse more",
  u64: "8 bytes, 0 to 18446744073709551615 (2^64 - 1)",
  i8: "1 byte, two's complement, -128 to 127",
  i16: "2 bytes, two's complement, -32768 to 32767",
  i32: "4 bytes, two's complement, -2147483648 to 2147483647",
  i53: "8 bytes, two's complement, up to 2^53 - 1 either way; both sides refuse more",
  i64: "8 bytes, two's complement, -2^63 to 2^63 - 1",
  f32: "4 bytes, IEEE 754",
  f64: "8 bytes, IEEE 754",
  uuid: "16 bytes, in the order of the digits",
} as const;
