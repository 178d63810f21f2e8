import { didYouMean, nearestName } from "../nearest-name.ts";
import { child } from "../schema-source.ts";
import { parameterizedTypes, primitiveTypes, type TypeExpression } from "../type-expression.ts";
import { type RuleContext, type TypeSite, visitType } from "./rule-context.ts";

/** T001 (aliases), T002 to T004, L001 and L002: types exist, are used, and can be what they are used for. */
export function checkTypes(context: RuleContext): void {
  for (const alias of context.aliases.values()) {
    if (!alias.site.optional) continue;
    const message = `only a field can be optional, not the type ${alias.name}`;
    context.reportValue("T001", alias.site.pointer, message, `write the ? where ${alias.name} is used`);
  }
  for (const site of context.sites) checkSite(context, site);
  checkUse(context);
  checkDocs(context);
}

function checkSite(context: RuleContext, site: TypeSite): void {
  visitType(site.type, (part) => {
    if (part.kind === "named" && context.typeNamed(part.name) === undefined) {
      const { message, hint } = unknownType(context, part.name);
      context.reportType("T002", site, part, message, hint);
    }
    if (part.kind === "map") {
      const base = context.baseOf(part.key);
      if (base !== undefined && base.type.kind !== "string") {
        const hint = "use string<u16>, or a list of structs with a key and a value";
        context.reportType("T003", site, part.key, "a key of a map is a string, or an alias of one", hint);
      }
    }
    if (part.kind === "message") checkMessagePart(context, site, part);
  });
}

function checkMessagePart(context: RuleContext, site: TypeSite, part: TypeExpression & { kind: "message" }): void {
  if (site.family === undefined) {
    const message = "a named type belongs to no family, so it is not clear which messages this holds";
    context.reportType("T004", site, part, message, `write message<${part.length}> in the field of a message`);
    return;
  }
  const members = context.groups.filter((group) => group.kind === "message" && group.family === site.family);
  if (members.some((member) => !member.fields.some((field) => holdsMessage(field.site.type)))) return;
  const message = `family ${site.family} has no message that this could hold: only those without message<L> can be held`;
  context.reportType("T004", site, part, message, "add such a message, or use bytes<u32>");
}

function holdsMessage(type: TypeExpression): boolean {
  let found = false;
  visitType(type, (part) => {
    if (part.kind === "message") found = true;
  });
  return found;
}

/** Names of types in other languages, and what they are called here. */
const foreignTypes: ReadonlyMap<string, string> = new Map(
  Object.entries({
    boolean: "bool",
    byte: "u8",
    short: "i16",
    int: "i32",
    integer: "i53",
    long: "i64",
    bigint: "i64",
    uint: "u32",
    int8: "i8",
    int16: "i16",
    int32: "i32",
    int64: "i64",
    uint8: "u8",
    uint16: "u16",
    uint32: "u32",
    uint64: "u64",
    float: "f32",
    float32: "f32",
    double: "f64",
    float64: "f64",
    number: "f64 or i53",
    str: "string<u16>",
    text: "string<u16>",
    binary: "bytes<u32>",
    blob: "bytes<u32>",
    buffer: "bytes<u32>",
    array: "list<u16, T>",
    vector: "list<u16, T>",
    dict: "map<u16, string<u16>, T>",
    record: "map<u16, string<u16>, T>",
    optional: "T?",
    option: "T?",
  }),
);

function unknownType(context: RuleContext, name: string): { message: string; hint: string } {
  const declared = Object.keys(context.document.types);
  const isMessage = Object.values(context.document.messages).some((family) => Object.hasOwn(family, name));
  if (isMessage) {
    const hint = "give what both share a name under types, or hold any message with message<u32>";
    return { message: `${name} is a message, not a type`, hint };
  }
  const foreign = foreignTypes.get(name.toLowerCase());
  const builtIn = [...primitiveTypes, ...Object.keys(parameterizedTypes)];
  const near = nearestName(name, declared) === undefined && foreign !== undefined ? `write ${foreign}` : undefined;
  const known = declared.length === 0 ? "no types are declared" : "declare it under types";
  return { message: `there is no type "${name}"`, hint: near ?? didYouMean(name, [...declared, ...builtIn]) ?? known };
}

function checkUse(context: RuleContext): void {
  const used = new Set<string>();
  const follow = (site: TypeSite): void => {
    visitType(site.type, (part) => {
      if (part.kind !== "named" || used.has(part.name)) return;
      used.add(part.name);
      for (const inner of sitesOfType(context, part.name)) follow(inner);
    });
  };
  for (const group of context.groups) {
    if (group.kind === "message") for (const field of group.fields) follow(field.site);
  }
  for (const name of Object.keys(context.document.types)) {
    if (used.has(name)) continue;
    context.reportKey("L001", child("/types", name), `no message uses type ${name}`, "use it, or remove it");
  }
}

/** The type expressions inside a named type. */
export function sitesOfType(context: RuleContext, name: string): TypeSite[] {
  const alias = context.aliases.get(name);
  const groups = context.groups.filter((group) => group.typeName === name);
  return [
    ...(alias === undefined ? [] : [alias.site]),
    ...groups.flatMap((group) => group.fields.map((field) => field.site)),
  ];
}

function checkDocs(context: RuleContext): void {
  for (const group of context.groups) {
    for (const { name, pointer, definition, site } of group.fields) {
      if (definition.doc !== undefined || site.type.kind === "named") continue;
      const message = `"${name}" says only that it is ${definition.type}`;
      context.reportKey("L002", pointer, message, "add a doc, or give the type a name that has one");
    }
  }
}
