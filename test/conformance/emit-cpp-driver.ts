import type { KsyMember, KsyShape, KsyTypeShape } from "./ksy-shape.ts";

/** `readings.cpp`: how the readers that C++ was given are shown. */
export function emitCppDriver(shapes: readonly KsyShape[]): string {
  const includes = shapes.map(({ id }) => `#include "${id}.h"`);
  const functions = shapes.flatMap((shape) => [
    ...shape.types.map(({ name }) => `static std::string show_one(${classOf(shape, name)}* from);`),
    ...shape.types.map((type) => showFunction(shape, type)),
  ]);
  const choices = shapes.map(({ id }) =>
    [`    if (name == "${id}") {`, `        ${id}_t frame(stream);`, "        return show_one(&frame);", "    }"].join(
      "\n",
    ),
  );
  return [
    '#include "driver.h"',
    ...includes,
    ...functions,
    "std::string read_frame(const std::string& name, kaitai::kstream* stream) {",
    ...choices,
    '    throw std::runtime_error("no reader of that name");',
    "}",
    "",
  ].join("\n");
}

function classOf({ id }: KsyShape, name: string): string {
  return name === "" ? `${id}_t` : `${id}_t::${name}_t`;
}

function showFunction(shape: KsyShape, { name, members }: KsyTypeShape): string {
  return [
    `static std::string show_one(${classOf(shape, name)}* from) {`,
    "    std::string parts;",
    ...members.map((member) => `    ${showMember(shape, member)}`),
    "    return closed(parts, '{', '}');",
    "}",
  ].join("\n");
}

function showMember(shape: KsyShape, member: KsyMember): string {
  const { id, isRepeated, flag } = member;
  const add = (reading: string) => `parts += member("${id}", ${reading});`;
  if (member.kind === "switch") {
    const choices = member.types.map(
      (type) =>
        `if (${classOf(shape, type)}* one = dynamic_cast<${classOf(shape, type)}*>(from->${id}())) ${add("show_one(one)")}`,
    );
    return `if (!from->_is_null_${id}()) { ${choices.join(" ")} }`;
  }
  const shown = isRepeated
    ? `std::string list; for (size_t at = 0; at < from->${id}()->size(); at++) list += ${one(member, `from->${id}()->at(at)`)} + ","; ${add("closed(list, '[', ']')")}`
    : add(one(member, `from->${id}()`));
  return flag === undefined ? `{ ${shown} }` : `if (from->${flag.id}()) { ${shown} }`;
}

function one({ kind }: KsyMember, value: string): string {
  if (kind === "struct") return `show_one(${value})`;
  if (kind === "enum") return `show(static_cast<int64_t>(${value}))`;
  if (kind === "float") return `show(static_cast<double>(${value}))`;
  return kind === "bool" ? `show(static_cast<bool>(${value}))` : `show(${value})`;
}
