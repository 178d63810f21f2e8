import type { SchemaValue } from "../document.ts";
import { child } from "../schema-source.ts";
import type { TypeExpression } from "../type-expression.ts";
import { parseRange } from "./integer-range.ts";
import { type Field, type FieldGroup, type RuleContext, typeText } from "./rule-context.ts";
import { fieldValueProblems, unknownField, type ValueProblem, valueProblems } from "./value-rules.ts";

/** E001 to E005: examples and defaults are values of their types, and every field can give an example. */
export function checkExamples(context: RuleContext): void {
  for (const [name, definition] of Object.entries(context.document.types)) {
    if (definition.example === undefined) continue;
    const pointer = child(child("/types", name), "example");
    report(context, valueProblems(context, { kind: "named", name }, [], definition.example, pointer));
  }
  for (const alias of context.aliases.values()) {
    if (context.typeNamed(alias.name)?.example !== undefined) continue;
    const lacking = lackingExample(context, alias.site.type, alias.constraints.count);
    if (lacking === undefined) continue;
    const message = `type ${alias.name} can give no example: ${lacking}`;
    context.reportKey("E004", alias.pointer, message, "add example: and a value");
  }
  for (const group of context.groups) {
    for (const field of group.fields) checkField(context, group, field);
    if (group.kind === "message") checkMessageExamples(context, group);
  }
}

function report(context: RuleContext, problems: readonly ValueProblem[]): void {
  for (const { rule, pointer, message, hint, atKey } of problems) {
    if (atKey) context.reportKey(rule, pointer, message, hint);
    else context.reportValue(rule, pointer, message, hint);
  }
}

function checkField(context: RuleContext, group: FieldGroup, field: Field): void {
  const { definition, pointer, site } = field;
  if (definition.default !== undefined) {
    report(context, fieldValueProblems(context, field, definition.default, child(pointer, "default")));
  }
  if (definition.example !== undefined) {
    report(context, fieldValueProblems(context, field, definition.example, child(pointer, "example")));
    return;
  }
  const lacking = lackingExample(context, site.type, definition.count);
  if (lacking !== undefined) {
    const message = `"${field.name}" of ${group.name} can give no example: ${lacking}`;
    context.reportKey("E004", pointer, message, "add example: and a value, or use a type that has one");
    return;
  }
  checkInherited(context, field);
}

/** A field may narrow its type until the type's example is no longer one of its values. */
function checkInherited(context: RuleContext, field: Field): void {
  const { type } = field.site;
  if (type.kind !== "named") return;
  const inherited = context.typeNamed(type.name)?.example;
  if (inherited === undefined || valueProblems(context, type, [], inherited, field.pointer).length > 0) return;
  const [problem] = valueProblems(context, type, [field.definition], inherited, field.pointer);
  if (problem === undefined) return;
  const message = `the example of ${type.name} is none for "${field.name}": ${problem.message}`;
  context.reportKey("E004", field.pointer, message, "add example: and a value that fits");
}

/**
 * Why no example follows from a type; `undefined` when one does. Types with a name give one, or are reported themselves.
 * Numbers, texts and bytes need one: 1 and "a" would say nothing about what really travels.
 */
function lackingExample(context: RuleContext, type: TypeExpression, count: string | undefined): string | undefined {
  switch (type.kind) {
    case "named":
      return undefined;
    case "primitive":
      return type.name === "bool" ? undefined : `nothing says what a typical ${type.name} is`;
    case "string":
    case "bytes":
    case "fixedBytes":
      return `nothing says what a typical ${typeText(type)} is`;
    case "list":
      return lackingExample(context, type.element, undefined);
    case "map": {
      const { min = 0n } = parseRange(count ?? "..");
      if (min > 1n) return "one entry is not enough";
      return lackingExample(context, type.key, undefined) ?? lackingExample(context, type.value, undefined);
    }
    case "message":
      return undefined;
  }
}

function checkMessageExamples(context: RuleContext, message: FieldGroup): void {
  const definition = context.document.messages[message.family ?? ""]?.[message.name];
  const names = Object.keys(definition?.fields ?? {});
  for (const [exampleName, example] of Object.entries(definition?.examples ?? {})) {
    const pointer = child(`${message.pointer}/examples`, exampleName);
    for (const [name, value] of Object.entries<SchemaValue>(example)) {
      const field = message.fields.find((one) => one.name === name);
      if (field !== undefined) report(context, fieldValueProblems(context, field, value, child(pointer, name)));
      else if (!names.includes(name)) report(context, [unknownField(message.name, name, names, child(pointer, name))]);
    }
  }
}
