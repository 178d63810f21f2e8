import { pascalCase } from "../naming.ts";
import { child } from "../schema-source.ts";
import type { RuleContext } from "./rule-context.ts";

/** N001 to N003: generated code compiles, here and in other languages. */
export function checkNames(context: RuleContext): void {
  checkTypeNames(context);
  for (const { pointer, names } of namespacesOf(context)) checkCase(context, pointer, names);
  for (const group of context.groups) {
    for (const { name, pointer } of group.fields) checkFieldName(context, name, pointer);
  }
  for (const family of Object.keys(context.document.messages)) {
    checkWord(context, family, child("/messages", family));
  }
}

/** A type of generated TypeScript. */
interface GeneratedType {
  readonly name: string;
  /** As in "... is already the name of the message X". */
  readonly what: string;
  readonly pointer: string;
}

function checkTypeNames(context: RuleContext): void {
  const owners = new Map<string, GeneratedType>();
  for (const generated of generatedTypesOf(context)) {
    const owner = owners.get(generated.name);
    if (owner !== undefined) {
      const { name, what, pointer } = generated;
      const message = `${name} would be ${what}, and is ${owner.what} already (line ${context.lineOf(owner.pointer)})`;
      context.reportKey("N001", pointer, message, "rename one of them");
    } else {
      owners.set(generated.name, generated);
    }
    if (takenTypeNames.has(generated.name)) {
      const message = `${generated.name} is a type that generated code needs`;
      context.reportKey("N002", generated.pointer, message, "take another name");
    }
  }
}

/** In the order of the generated file, whose naming this follows: see resolveProtocol. */
function* generatedTypesOf(context: RuleContext): Generator<GeneratedType> {
  const { types, messages } = context.document;
  for (const [name, type] of Object.entries(types)) {
    const pointer = child("/types", name);
    yield { name, what: "a type", pointer };
    if (!("union" in type)) continue;
    for (const caseName of Object.keys(type.cases)) {
      yield {
        name: name + caseName,
        what: `the case ${caseName} of ${name}`,
        pointer: child(`${pointer}/cases`, caseName),
      };
    }
  }
  const families = Object.entries(messages);
  for (const [family, members] of families) {
    for (const name of Object.keys(members)) {
      const isShared = families.filter(([, other]) => Object.hasOwn(other, name)).length > 1;
      const typeName = isShared ? pascalCase(family) + name : name;
      yield { name: typeName, what: `a message of ${family}`, pointer: child(child("/messages", family), name) };
    }
    const pointer = child("/messages", family);
    yield { name: `${pascalCase(family)}Message`, what: `the union of the family ${family}`, pointer };
    yield { name: `Decoded${pascalCase(family)}Message`, what: `what decoders of the family ${family} give`, pointer };
  }
}

function* namespacesOf(context: RuleContext): Generator<{ pointer: string; names: readonly string[] }> {
  const { types, messages, flows = {} } = context.document;
  yield { pointer: "/types", names: Object.keys(types) };
  for (const [name, type] of Object.entries(types)) {
    if ("enum" in type) yield { pointer: `/types/${name}/values`, names: Object.keys(type.values) };
    if ("union" in type) yield { pointer: `/types/${name}/cases`, names: Object.keys(type.cases) };
  }
  yield { pointer: "/messages", names: Object.keys(messages) };
  for (const [family, members] of Object.entries(messages)) {
    yield { pointer: `/messages/${family}`, names: Object.keys(members) };
  }
  for (const group of context.groups) {
    const key = group.kind === "struct" ? "struct" : "fields";
    yield { pointer: `${group.pointer}/${key}`, names: group.fields.map((field) => field.name) };
  }
  yield { pointer: "/flows", names: Object.keys(flows) };
}

function checkCase(context: RuleContext, pointer: string, names: readonly string[]): void {
  const seen = new Map<string, string>();
  for (const name of names) {
    const other = seen.get(name.toLowerCase());
    if (other !== undefined) {
      const message = `"${name}" and "${other}" (line ${context.lineOf(child(pointer, other))}) differ only in case`;
      context.reportKey("N003", child(pointer, name), message, "rename one of them");
    }
    seen.set(name.toLowerCase(), name);
  }
}

function checkFieldName(context: RuleContext, name: string, pointer: string): void {
  if (name === "type") {
    const message = 'a field cannot be called "type": that is where generated code keeps the name of the message';
    context.reportKey("N002", pointer, message, "say which type: kind, reason, contentType, ...");
  } else {
    checkWord(context, name, pointer);
  }
}

function checkWord(context: RuleContext, name: string, pointer: string): void {
  if (reservedWords.has(name)) {
    context.reportKey("N002", pointer, `"${name}" is a reserved word`, "take another name");
  } else if (objectMembers.has(name)) {
    const message = `every object of JavaScript has a "${name}", or is treated in a special way when it has one`;
    context.reportKey("N002", pointer, message, "take another name");
  }
}

/** Words that cannot name a variable in TypeScript, so that codecs could not keep a field of that name in one. */
export const reservedWords: ReadonlySet<string> = new Set(
  (
    "arguments async await break case catch class const continue debugger default delete do else enum eval export extends " +
    "false finally for function if implements import in instanceof interface let new null package private protected public " +
    "return static super switch this throw true try typeof undefined var void while with yield"
  ).split(" "),
);

/** Members that objects inherit, and `then`, which makes a promise of whatever has it. */
const objectMembers: ReadonlySet<string> = new Set(
  "constructor hasOwnProperty isPrototypeOf propertyIsEnumerable toLocaleString toString valueOf then".split(" "),
);

/** Types that generated code uses, and its own `ProtocolVersion`. */
const takenTypeNames: ReadonlySet<string> = new Set(
  "Array Extract ProtocolVersion Readonly ReadonlyArray Record Uint8Array".split(" "),
);
