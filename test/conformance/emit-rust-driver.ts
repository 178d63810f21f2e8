import { type KsyMember, type KsyShape, type KsyTypeShape, upperCamel } from "./ksy-shape.ts";

/** What `main.rs` has besides the part that is written by hand: how the readers that Rust was given are shown. */
export function emitRustDriver(shapes: readonly KsyShape[]): string {
  return [
    "use kaitai::*;",
    ...shapes.flatMap(({ id }) => [`mod ${id};`, `use ${id}::*;`]),
    ...shapes.flatMap((shape) => shape.types.map((type) => showFunction(shape, type))),
    "fn read_frame(name: &str, io: &BytesReader) -> KResult<String> {",
    "    match name {",
    ...shapes.map(({ id }) => `        "${id}" => Ok(show_${upperCamel(id)}(&*read_root::<${upperCamel(id)}>(io)?)),`),
    '        _ => panic!("no reader of that name"),',
    "    }",
    "}",
    "",
  ].join("\n");
}

function structOf({ id }: KsyShape, name: string): string {
  return name === "" ? upperCamel(id) : `${upperCamel(id)}_${upperCamel(name)}`;
}

function showFunction(shape: KsyShape, { name, members }: KsyTypeShape): string {
  const struct = structOf(shape, name);
  return [
    "#[allow(non_snake_case, unused_variables, unused_mut)]",
    `fn show_${struct}(from: &${struct}) -> String {`,
    "    let mut parts = Vec::new();",
    ...members.map((member) => `    ${showMember(shape, struct, member)}`),
    "    closed(parts, '{', '}')",
    "}",
  ].join("\n");
}

function showMember(shape: KsyShape, owner: string, member: KsyMember): string {
  const { id, kind, types, isRepeated, flag } = member;
  const add = (reading: string) => `parts.push(format!("\\"${id}\\":{}", ${reading}));`;
  if (kind === "switch") {
    const choices = types.map((type) => {
      const struct = structOf(shape, type);
      return `Some(${owner}_${upperCamel(id)}::${struct}(one)) => { ${add(`show_${struct}(one)`)} }`;
    });
    return `match &*from.${id}() { ${choices.join(" ")} None => {} }`;
  }
  const list = `closed(from.${id}().iter().map(|one| ${one(shape, member, "one")}).collect(), '[', ']')`;
  const shown = add(isRepeated ? list : one(shape, member, `(&*from.${id}())`));
  if (flag === undefined) return shown;
  return `if *from.${flag.id}()${flag.isBool ? "" : " == 1"} { ${shown} }`;
}

/** `value` is an expression that gives a reference. */
function one(shape: KsyShape, { kind, types }: KsyMember, value: string): string {
  switch (kind) {
    case "struct":
      return `show_${structOf(shape, types[0] ?? "")}(${value})`;
    case "bytes":
      return `hex(${value})`;
    case "string":
      return `hex(${value}.as_bytes())`;
    case "enum":
      return `format!("\\"{}\\"", i64::from(${value}))`;
    case "float":
      return `format!("\\"{}\\"", f64::from(*${value}))`;
    case "bool":
      return `format!("\\"{}\\"", i32::from(*${value}))`;
    default:
      return `format!("\\"{}\\"", ${value})`;
  }
}
