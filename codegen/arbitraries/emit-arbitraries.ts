import { commentText } from "../documentation.ts";
import type { GeneratedFile, GenerateOptions } from "../generate.ts";
import { holdsMessages, prefixMax, prefixSize } from "../layout.ts";
import { camelCase } from "../naming.ts";
import type {
  EnumType,
  Family,
  Field,
  Lifetime,
  Message,
  NamedType,
  Protocol,
  StructType,
  UnionCase,
} from "../protocol.ts";
import { reservedWords } from "../rules/name-rules.ts";
import type { LengthType } from "../type-expression.ts";
import { typeText } from "../type-text.ts";
import { literal } from "../typescript/emit-literals.ts";
import { printSourceFile } from "../typescript/source-file.ts";
import { type SharedFunction, unknownTagExpression, unnamedExpression, valueExpression } from "./value-expressions.ts";
import { VersionConditions } from "./version-conditions.ts";

/** The text of `arbitraries.ts`: for every family, message and type a function that gives a fast-check arbitrary of it. */
export function emitArbitraries(protocol: Protocol, options: GenerateOptions): readonly GeneratedFile[] {
  return [{ name: "arbitraries.ts", text: new ArbitrariesFile(protocol, options).text() }];
}

class ArbitrariesFile {
  readonly #protocol: Protocol;
  readonly #options: GenerateOptions;
  readonly #conditions: VersionConditions;
  readonly #types = new Set<string>();
  readonly #sharedFunctions = new Set<SharedFunction>();
  /** Of the codec. */
  readonly #functions = new Set<string>();

  constructor(protocol: Protocol, options: GenerateOptions) {
    this.#protocol = protocol;
    this.#options = options;
    this.#conditions = new VersionConditions(protocol);
  }

  text(): string {
    const { families, types } = this.#protocol;
    const functions = [
      ...families.flatMap((family) => [
        this.#family(family),
        ...family.messages.map((message) => this.#message(message, family)),
        ...(family.messages.some(holdsMessages) ? [this.#held(family)] : []),
      ]),
      ...types.map((type) => this.#type(type)),
    ];
    const sharedFunctions = [...this.#sharedFunctions].map((name) => sharedFunctionTexts[name]);
    return printSourceFile([...this.#imports(), ...functions, ...sharedFunctions], this.#options);
  }

  #imports(): string[] {
    const { importExtension } = this.#options;
    const isTypeOnly = this.#functions.size === 0;
    const version = isTypeOnly ? "ProtocolVersion" : "type ProtocolVersion";
    const fromCodec = [...this.#functions, ...(this.#conditions.isVersioned ? [version] : [])];
    const codecNames = `${isTypeOnly ? "type " : ""}{ ${fromCodec.join(", ")} }`;
    const codec = `import ${codecNames} from "./codec${importExtension}";`;
    const names = [...this.#types].toSorted().map((name) => `  ${name},`);
    return [
      'import * as fc from "fast-check";',
      ...(fromCodec.length === 0 ? [] : [codec]),
      `import type {\n${names.join("\n")}\n} from "./messages${importExtension}";`,
    ];
  }

  #family(family: Family): string {
    const doc = `Any message of the family \`${family.name}\`${this.#conditions.isVersioned ? " that a version has" : ""}.`;
    return this.#function(
      functionName(family.typeName),
      family.typeName,
      this.#versionParameter,
      [doc],
      [`return fc.oneof(${this.#oneOf(family.messages, undefined, (message) => this.#callMessage(message))});`],
    );
  }

  /** What a `message<L>` can be: only those that hold none themselves. */
  #held(family: Family): string {
    const messages = family.messages.filter((message) => !holdsMessages(message));
    const doc = `A message of the family \`${family.name}\` that another can hold.`;
    return this.#function(
      `$held${family.typePrefix}`,
      family.typeName,
      this.#versionParameter,
      [doc],
      [`return fc.oneof(${this.#oneOf(messages, undefined, (message) => this.#callMessage(message))});`],
      false,
    );
  }

  #message(message: Message, family: Family): string {
    const condition = this.#conditions.of(message);
    const lacks = `throw new RangeError(\`version \${version} has no ${message.name}\`);`;
    const refusal =
      condition === "always" ? [] : condition === "never" ? [lacks] : [`if (${negated(condition)}) ${lacks}`];
    const record = `return ${this.#record(message, family)};`;
    return this.#function(
      functionName(message.typeName),
      message.typeName,
      this.#versionParameter,
      [message.doc],
      [...refusal, ...(condition === "never" ? [] : [record])],
    );
  }

  #type(type: NamedType): string {
    const parameters = this.#conditions.differ(type) ? "version: ProtocolVersion" : "";
    return this.#function(functionName(type.name), type.name, parameters, [type.doc], [`return ${this.#body(type)};`]);
  }

  #body(type: NamedType): string {
    switch (type.kind) {
      case "alias":
        return unnamedExpression(type, undefined, this.#context(undefined));
      case "enum":
        return this.#enum(type);
      case "union":
        return `fc.oneof(${this.#oneOf(type.cases, type, (unionCase) => this.#record(unionCase, undefined, "    "))})`;
      case "struct":
        return this.#record(type, undefined);
    }
  }

  #enum(type: EnumType): string {
    const unknown = type.keepsUnknown ? [unknownTagExpression(type)] : [];
    const value = ({ name }: { readonly name: string }) => `fc.constant(${JSON.stringify(name)} as const)`;
    return `fc.oneof(${this.#oneOf(type.values, type, value, unknown)})`;
  }

  /** Alternatives on a line each; those that not every version has come and go with it. */
  #oneOf<Member extends Lifetime>(
    members: readonly Member[],
    owner: Lifetime | undefined,
    expression: (member: Member) => string,
    further: readonly string[] = [],
  ): string {
    const lines = members.flatMap((member) => {
      const condition = this.#conditions.of(member, owner);
      if (condition === "never") return [];
      return [condition === "always" ? expression(member) : `...(${condition} ? [${expression(member)}] : [])`];
    });
    return `\n${[...lines, ...further].map((line) => `    ${line},\n`).join("")}  `;
  }

  #record(owner: Message | UnionCase | StructType, family: Family | undefined, indentation = "  "): string {
    const isStruct = "kind" in owner;
    const type = isStruct ? [] : [`type: fc.constant(${JSON.stringify(owner.name)} as const)`];
    const lines = [...type, ...owner.fields.map((field) => `${field.name}: ${this.#field(field, owner, family)}`)];
    const inner = `${indentation}    `;
    const properties = lines.map((line) => `${inner}${line},\n`).join("");
    const object = lines.length === 0 ? "{}" : `{\n${properties}${indentation}  }`;
    return `fc.record(\n${indentation}  ${object},\n${indentation}  { noNullPrototype: true },\n${indentation})`;
  }

  #field(field: Field, owner: Lifetime, family: Family | undefined): string {
    const value = valueExpression(field.type, field.checks, this.#context(family));
    const present = field.optional ? `fc.option(${value}, { nil: undefined })` : value;
    const condition = this.#conditions.of(field, owner);
    if (condition === "always") return present;
    const type = typeText(field.type, family, (name) => this.#use(name));
    const given =
      field.default === undefined || field.default === null ? undefined : literal(field.default, field.type);
    const lacking = given === undefined ? "fc.constant(undefined)" : `fc.constant<${type}>(${given})`;
    return condition === "never" ? lacking : `${condition} ? ${present} : ${lacking}`;
  }

  #context(family: Family | undefined): Parameters<typeof valueExpression>[2] {
    return {
      call: (type) => `${functionName(type.name)}(${this.#conditions.differ(type) ? "version" : ""})`,
      callHeld: (length) => this.#callHeld(length, family),
      use: (name) => {
        this.#sharedFunctions.add(name);
        return name;
      },
    };
  }

  /** Longer lengths are out of reach of what is made up. */
  #callHeld(length: LengthType, family: Family | undefined): string {
    if (family === undefined) throw new Error("only fields of messages hold messages");
    const version = this.#conditions.isVersioned ? "version" : "";
    const call = `$held${family.typePrefix}(${version})`;
    if (prefixSize(length) > 1) return call;
    const { frame } = this.#protocol;
    const header = frame.magic.length + (frame.version === undefined ? 0 : prefixSize(frame.version));
    const byteLength = `byteLengthOf${family.typeName}`;
    this.#functions.add(byteLength);
    const size = `${byteLength}(message${version === "" ? "" : `, ${version}`})`;
    return `${call}.filter((message) => ${size} <= ${prefixMax(length) + header})`;
  }

  #callMessage({ typeName }: Message): string {
    return `${functionName(typeName)}(${this.#conditions.isVersioned ? "version" : ""})`;
  }

  get #versionParameter(): string {
    return this.#conditions.isVersioned ? "version: ProtocolVersion" : "";
  }

  #use(name: string): string {
    this.#types.add(name);
    return name;
  }

  #function(
    name: string,
    type: string,
    parameters: string,
    doc: readonly string[],
    lines: readonly string[],
    isExported = true,
  ): string {
    const text = lines.map((line) => `  ${line}`).join("\n");
    const used = parameters !== "" && !/\bversion\b/.test(text) ? `_${parameters}` : parameters;
    const start = `${isExported ? "export " : ""}function ${name}(${used}): fc.Arbitrary<${this.#use(type)}> {`;
    return ["", commentText(...doc), start, text, "}"].join("\n");
  }
}

/** `createSession` of `CreateSession`; words that TypeScript or the file itself keeps end in an underscore. */
function functionName(typeName: string): string {
  const name = camelCase(typeName);
  return reservedWords.has(name) || name === "fc" || name === "version" ? `${name}_` : name;
}

/** `version < 2` of `version >= 2` */
function negated(condition: string): string {
  const parts = condition.split(" && ");
  return parts.map((part) => part.replace(/>=|</, (sign) => (sign === "<" ? ">=" : "<"))).join(" || ");
}

const sharedFunctionTexts: Readonly<Record<SharedFunction, string>> = {
  $text: `
/** Texts of a length in UTF-8: printable ASCII, or any characters where there is room for four bytes each. */
function $text(min: number, max: number): fc.Arbitrary<string> {
  const limit = (value: number) => (value === Infinity ? {} : { maxLength: value });
  const ascii = fc.string({ unit: "grapheme-ascii", minLength: min, ...limit(max) });
  const charactersMax = Math.floor(max / 4);
  if (charactersMax < min) return ascii;
  return fc.oneof(ascii, fc.string({ unit: "binary", minLength: min, ...limit(charactersMax) }));
}`,
  $matching: `
/** Texts like a pattern, of a length in UTF-8. */
function $matching(pattern: RegExp, min: number, max: number): fc.Arbitrary<string> {
  const bytes = (character: string) => (character < "\u0080" ? 1 : character < "\u0800" ? 2 : character.length === 1 ? 3 : 4);
  return fc.stringMatching(pattern).filter((text) => {
    const length = [...text].reduce((sum, character) => sum + bytes(character), 0);
    return length >= min && length <= max;
  });
}`,
};
