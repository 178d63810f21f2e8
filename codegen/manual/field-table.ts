import type { Field, Lifetime, Type } from "../protocol.ts";
import { anchorWithin } from "./anchors.ts";
import { code, type Lines, type Phrase, type Row, type Table } from "./block.ts";
import type { ManualSource } from "./manual-source.ts";
import { proseLines } from "./prose.ts";
import { fieldLimits, lifetimeLines, typePhrase } from "./type-facts.ts";

/** The fields of a message, struct or case: what they are, what they may hold, where they are missing, what they mean. */
export function fieldTable(
  name: string,
  anchor: string,
  owner: Lifetime & { readonly fields: readonly Field[] },
  source: ManualSource,
): Table {
  return {
    kind: "table",
    caption: `Fields of ${name}`,
    columns: ["Field", "Type", "Limits and versions", "Meaning"],
    rows: owner.fields.map((field) => fieldRow(anchor, field, owner, source)),
    layout: "definitions",
  };
}

function fieldRow(anchor: string, field: Field, owner: Lifetime, source: ManualSource): Row {
  const rules = [...fieldLimits(field), ...unitLines(field), ...lifetimeLines(field, owner, source)];
  return {
    id: anchorWithin(anchor, field.name),
    depth: 0,
    cells: [[[code(field.name)]], [typePhrase(field.type, field.optional)], rules, meaningOf(field)],
  };
}

/** What the field says of itself, or else what its type says. */
function meaningOf({ doc, type }: Field): Lines {
  return proseLines(doc ?? ("doc" in type ? type.doc : ""));
}

function unitLines({ unit, type }: Field): Phrase[] {
  const found = unit ?? unitOf(type);
  return found === undefined ? [] : [[`in ${unitNames[found] ?? found}`]];
}

/** The unit of the nearest name for a type that has one. */
export function unitOf(type: Type): string | undefined {
  return type.kind === "alias" ? (type.unit ?? unitOf(type.target)) : undefined;
}

export const unitNames: Readonly<Record<string, string>> = {
  ns: "nanoseconds",
  us: "microseconds",
  ms: "milliseconds",
  s: "seconds",
  bytes: "bytes",
};
