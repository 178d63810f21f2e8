import type { FlowDefinition } from "../document.ts";
import { didYouMean } from "../nearest-name.ts";
import { child } from "../schema-source.ts";
import { type FieldGroup, type RuleContext, typeText } from "./rule-context.ts";

/** F001 to F003: flows name messages that exist, and match on a field that is in all of them. */
export function checkFlows(context: RuleContext): void {
  for (const [name, flow] of Object.entries(context.document.flows ?? {})) {
    const pointer = child("/flows", name);
    const ask = messageNamed(context, flow.ask, `${pointer}/ask`);
    const answers = flow.answer.map((answer, index) => {
      const at = `${pointer}/answer/${index}`;
      return { message: messageNamed(context, answer, at), pointer: at };
    });
    if (flow.match !== undefined && ask !== undefined) checkMatch(context, flow, flow.match, pointer, ask, answers);
  }
}

function messageNamed(context: RuleContext, name: string, pointer: string): FieldGroup | undefined {
  const messages = context.groups.filter((group) => group.kind === "message");
  const named = messages.filter((message) => message.name === name);
  if (named.length === 1) return named[0];
  if (named.length > 1) {
    const families = named.map((message) => message.family).join(" and ");
    const message = `${name} is a message of ${families}, so it is not clear which one is meant`;
    context.reportValue("F001", pointer, message, "rename one of them, or leave the flow out");
    return undefined;
  }
  const names = messages.map((message) => message.name);
  context.reportValue(
    "F001",
    pointer,
    `there is no message "${name}"`,
    didYouMean(name, names) ?? "declare it under messages",
  );
  return undefined;
}

function checkMatch(
  context: RuleContext,
  flow: FlowDefinition,
  match: string,
  pointer: string,
  ask: FieldGroup,
  answers: readonly { readonly message: FieldGroup | undefined; readonly pointer: string }[],
): void {
  const asked = ask.fields.find((field) => field.name === match);
  if (asked === undefined) {
    const names = ask.fields.map((field) => field.name);
    const hint =
      didYouMean(match, names) ?? (names.length === 0 ? "it has no fields" : `its fields are ${names.join(", ")}`);
    if (isComplete(context, ask))
      context.reportValue("F002", `${pointer}/match`, `${ask.name} has no field "${match}"`, hint);
    return;
  }
  if (asked.site.optional) {
    const message = `"${match}" of ${ask.name} can be absent, and then no answer matches`;
    context.reportValue("F003", `${pointer}/match`, message, "match on a field that is not optional");
  }
  for (const { message, pointer: at } of answers) {
    if (message === undefined) continue;
    const field = message.fields.find((one) => one.name === match);
    if (field === undefined) {
      const hint = `${flow.ask} asks with "${match}": add it to ${message.name}, or match on another field`;
      if (isComplete(context, message))
        context.reportValue("F002", at, `${message.name} has no field "${match}"`, hint);
    } else if (typeText(field.site.type) !== typeText(asked.site.type) || field.site.optional) {
      const text = `"${match}" is ${typeText(asked.site.type)} in ${ask.name} and ${field.definition.type} in ${message.name}`;
      context.reportValue("F003", at, text, "give both the same type");
    }
  }
}

/** Whether no field is left out because its type is no type. */
function isComplete(context: RuleContext, message: FieldGroup): boolean {
  const definition = context.document.messages[message.family ?? ""]?.[message.name];
  return Object.keys(definition?.fields ?? {}).length === message.fields.length;
}
