import { baseType } from "../layout.ts";
import type { Checks, NamedType, Type } from "../protocol.ts";
import { anchorOfMessage, anchorOfType, anchorWithin } from "./anchors.ts";
import { code, codeLink, type Inline, type Lines, paragraph, type Row, row, type Section, section } from "./block.ts";
import { type ManualSource, messageTitle } from "./manual-source.ts";
import { allFields } from "./notation-section.ts";
import { limitLines } from "./type-facts.ts";

/** Everything that a value must satisfy beyond its type, and what a decoder says where it does not. */
export function limitsSection(source: ManualSource): Section {
  const { maxSize } = source.document.frame;
  const rows = limitedThings(source).flatMap(({ name, checks }) => {
    const lines = limitLines(checks);
    return lines.length === 0 ? [] : [row([[name]], lines, codeLines(checks))];
  });
  const size =
    maxSize === undefined
      ? "The schema sets no limit for the size of a frame."
      : `A frame has up to ${maxSize} unless a program sets another limit. That is no part of the format, and no codec enforces it.`;
  const columns = ["Of", "Limit", "A decoder says"];
  const none = paragraph("No value has a limit beyond its type.");
  return section("limits", "Limits", [
    paragraph(size),
    rows.length === 0 ? none : { kind: "table", caption: "Limits of values", columns, rows, layout: "definitions" },
  ]);
}

interface Limited {
  readonly name: Inline;
  readonly checks: Checks;
}

function limitedThings(source: ManualSource): Limited[] {
  const { protocol } = source;
  const fields = (owner: string, anchor: string, all: ReturnType<typeof allFields>): Limited[] =>
    all.flatMap(({ name, checks }) =>
      checks === undefined ? [] : [{ name: codeLink(anchorWithin(anchor, name), `${owner}.${name}`), checks }],
    );
  const ofType = (type: NamedType): Limited[] => {
    const anchor = anchorOfType(type.name);
    if (type.kind === "alias")
      return type.checks === undefined ? [] : [{ name: codeLink(anchor, type.name), checks: type.checks }];
    if (type.kind === "struct") return fields(type.name, anchor, type.fields);
    if (type.kind === "enum") return [];
    return type.cases.flatMap(({ name, fields: own }) =>
      fields(`${type.name}.${name}`, anchorWithin(anchor, name), own),
    );
  };
  const messages = protocol.families.flatMap((family) =>
    family.messages.flatMap((message) =>
      fields(messageTitle(family, message, source), anchorOfMessage(family.name, message.name), message.fields),
    ),
  );
  return [...protocol.types.flatMap(ofType), ...messages];
}

/** The code for each line of the limits. */
function codeLines({ range, length, count, not, pattern, encodeOnly }: Checks): Lines {
  const outOfRange = [range, length, count].filter((found) => found !== undefined).length + (not.length > 0 ? 1 : 0);
  const codes = [
    ...Array<string>(outOfRange).fill("ERR_WIRE_OUT_OF_RANGE"),
    ...(pattern === undefined ? [] : ["ERR_WIRE_INVALID_VALUE"]),
  ];
  return codes.map((name) => (encodeOnly ? ["no error"] : [code(name)]));
}

/** The codes that a decoder of this schema can give, and those of its encoder. */
export function errorsSection(source: ManualSource): Section {
  const columns = ["Code", "When decoding", "Place"];
  return section("errors", "Errors", [
    paragraph(
      "A decoder looks at the magic, the version, the tag, and then at the fields in their order. Bytes that are no message give one error: its code, the path of the value, and the byte at which that begins.",
    ),
    { kind: "table", caption: "Errors of decoding", columns, rows: decodingRows(source), layout: "definitions" },
    {
      kind: "table",
      caption: "Errors of encoding",
      columns: ["Code", "When encoding"],
      rows: encodingRows(source),
      layout: "definitions",
    },
  ]);
}

function decodingRows(source: ManualSource): Row[] {
  const { frame, versions } = source.protocol;
  const things = typesIn(source);
  const numbers = versions.map(({ number }) => number).join(" or ");
  const hasText = things.some((type) => type.kind === "string");
  const hasPattern = limitedThings(source).some(({ checks }) => checks.pattern !== undefined && !checks.encodeOnly);
  const error = (name: string, when: string, place: string): Row =>
    row([[code(`ERR_WIRE_${name}`)]], [[when]], [[place]]);
  return [
    ...(frame.magic.length === 0
      ? []
      : [error("BAD_SIGNATURE", "the frame does not begin with the magic", "frame.signature, byte 0")]),
    ...(frame.version === undefined
      ? []
      : [error("UNSUPPORTED_VERSION", `the version is not ${numbers}`, `frame.version, byte ${frame.magic.length}`)]),
    error(
      "UNKNOWN_DISCRIMINATOR",
      "the version has no such tag: of a message, an enum that is closed, or a union",
      "frame.tag, or the field",
    ),
    error(
      "TRUNCATED",
      "the frame ends inside a value, or a count says more entries than the rest of it can hold",
      "the value that is cut off",
    ),
    error(
      "OUT_OF_RANGE",
      "a number, length or count outside its limits; a negative length; a flag other than 0 or 1; a number that is no safe integer",
      "the value, where its length or count stands",
    ),
    ...(hasText ? [error("INVALID_UTF8", "a text is not UTF-8", "the text, where its length stands")] : []),
    ...(hasPattern
      ? [error("INVALID_VALUE", "a text does not match its pattern", "the text, where its length stands")]
      : []),
    ...(frame.trailing === "reject"
      ? [
          error(
            "TRAILING_BYTES",
            "bytes follow the last field, or the bits that fill the last byte are not zeros",
            "the byte after the last field",
          ),
        ]
      : []),
  ];
}

function encodingRows({ protocol }: ManualSource): Row[] {
  const error = (name: string, when: string): Row => row([[code(`ERR_WIRE_${name}`)]], [[when]]);
  return [
    error("OUT_OF_RANGE", "a number, length or count outside its limits"),
    error("INVALID_VALUE", "a value that is missing, of another type, or does not match its pattern"),
    error("TOO_LARGE", "a value that is too long for its length or count"),
    ...(protocol.versions.length === 1 ? [] : [error("NOT_IN_VERSION", "a value that the version does not carry")]),
    ...(protocol.frame.version === undefined
      ? []
      : [error("UNSUPPORTED_VERSION", "a version that the schema does not have")]),
  ];
}

/** The types of every field and alias, and what they are made of. */
function typesIn(source: ManualSource): readonly Exclude<Type, { kind: "alias" }>[] {
  return [...allFields(source).map(({ type }) => type), ...source.protocol.types].flatMap(partsOf);
}

function partsOf(type: Type): Exclude<Type, { kind: "alias" }>[] {
  const base = baseType(type);
  if (base.kind === "list") return [base, ...partsOf(base.element)];
  return base.kind === "map" ? [base, ...partsOf(base.key), ...partsOf(base.value)] : [base];
}
