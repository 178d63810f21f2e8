import { type KsyMember, type KsyShape, type KsyTypeShape, upperCamel } from "./ksy-shape.ts";

/** `readings.nim`: how the readers that Nim was given are shown. */
export function emitNimDriver(shapes: readonly KsyShape[]): string {
  return [
    "import strutils",
    "import kaitai_struct_nim_runtime",
    ...shapes.map(({ id }) => `import ${id}`),
    "",
    "proc hex(bytes: openArray[byte]): string =",
    '  result = "\\"x"',
    "  for each in bytes: result.add(toHex(each.int, 2).toLowerAscii)",
    "  result.add('\"')",
    "",
    ...shapes.flatMap((shape) => shape.types.map(({ name }) => `proc show(one: ${objectOf(shape, name)}): string`)),
    ...shapes.flatMap((shape) => shape.types.map((type) => showProc(shape, type))),
    "",
    "proc readFrame*(name: string, io: KaitaiStream): string =",
    "  case name",
    ...shapes.map(({ id }) => `  of "${id}": show(${upperCamel(id)}.read(io, nil, nil))`),
    '  else: raise newException(ValueError, "no reader of that name")',
    "",
  ].join("\n");
}

function objectOf({ id }: KsyShape, name: string): string {
  return name === "" ? upperCamel(id) : `${upperCamel(id)}_${upperCamel(name)}`;
}

function showProc(shape: KsyShape, { name, members }: KsyTypeShape): string {
  return [
    `proc show(one: ${objectOf(shape, name)}): string =`,
    "  var parts: seq[string]",
    ...members.flatMap((member) => showMember(shape, member)).map((line) => `  ${line}`),
    '  "{" & parts.join(",") & "}"',
  ].join("\n");
}

function showMember(shape: KsyShape, member: KsyMember): string[] {
  const { id, kind, types, isRepeated, flag } = member;
  const field = `one.\`${upperCamel(id).replace(/^./, (letter) => letter.toLowerCase())}\``;
  const add = (reading: string) => `parts.add("\\"${id}\\":" & ${reading})`;
  if (kind === "switch") {
    return types.map(
      (type) =>
        `if not ${field}.isNil and ${field} of ${objectOf(shape, type)}: ${add(`show(${objectOf(shape, type)}(${field}))`)}`,
    );
  }
  const shown = isRepeated
    ? [
        "block:",
        "  var list: seq[string]",
        `  for each in ${field}: list.add(${reading(member, "each")})`,
        `  ${add('"[" & list.join(",") & "]"')}`,
      ]
    : [add(reading(member, field))];
  if (flag === undefined) return shown;
  const flagField = upperCamel(flag.id).replace(/^./, (letter) => letter.toLowerCase());
  return [`if one.\`${flagField}\`${flag.isBool ? "" : " == 1"}:`, ...shown.map((line) => `  ${line}`)];
}

function reading({ kind }: KsyMember, value: string): string {
  switch (kind) {
    case "struct":
      return `show(${value})`;
    case "bytes":
      return `hex(${value})`;
    case "string":
      return `hex(${value}.toOpenArrayByte(0, ${value}.len - 1))`;
    case "float":
      return `"\\"" & formatFloat(${value}.float64, ffScientific, 17) & "\\""`;
    case "enum":
      return `"\\"" & $ord(${value}) & "\\""`;
    case "bool":
      return `"\\"" & $ord(${value}) & "\\""`;
    default:
      return `"\\"" & $${value} & "\\""`;
  }
}
