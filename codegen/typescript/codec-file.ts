import { CodeBlockWriter } from "ts-morph";
import { commentText } from "../documentation.ts";
import type { Family, Protocol, Version } from "../protocol.ts";

/** A function of a codec, before it is printed. */
export interface CodecFunction {
  readonly isExported?: boolean;
  readonly doc?: readonly string[];
  /** `name: Type` each. */
  readonly parameters: readonly string[];
  readonly returns: string;
  readonly body: (writer: CodeBlockWriter) => void;
}

/**
 * The codec that is being put together.
 *
 * Functions are asked for by those that call them, so that nothing is emitted in vain; each is written once, after the
 * first that needed it. Top-down reading is the result.
 */
export class CodecFile {
  readonly protocol: Protocol;
  readonly #functions = new Map<string, string | undefined>();
  readonly #types = new Set<string>();
  readonly #names = new Map<string, string>();
  readonly #takenNames = new Set<string>();
  #needsReadEnd = false;

  constructor(protocol: Protocol) {
    this.protocol = protocol;
  }

  /** The name of a function, which is built unless it is there already. */
  function(name: string, build: () => CodecFunction): string {
    if (this.#functions.has(name)) return name;
    // Takes its place before it is built, so that it stands above what it needs.
    this.#functions.set(name, undefined);
    this.#functions.set(name, functionText(name, build()));
    return name;
  }

  /**
   * What functions for a part of the schema are named after: `wanted`, with a number where another part has that name.
   * `identity` says which part it is; the same part always gets the same name.
   */
  nameFor(wanted: string, identity: string): string {
    const known = this.#names.get(identity);
    if (known !== undefined) return known;
    let name = wanted;
    for (let number = 2; this.#takenNames.has(name); number++) name = wanted + number;
    this.#names.set(identity, name);
    this.#takenNames.add(name);
    return name;
  }

  /** Imports a type from `messages.ts` and gives its name. */
  type(name: string): string {
    this.#types.add(name);
    return name;
  }

  /** Declares the variable in which a reader leaves where the value that it returns ends. */
  readEnd(): string {
    this.#needsReadEnd = true;
    return "readEnd";
  }

  get needsReadEnd(): boolean {
    return this.#needsReadEnd;
  }

  get types(): readonly string[] {
    return [...this.#types].sort();
  }

  /** As text, with a blank line before each. */
  get functions(): string[] {
    return [...this.#functions.values()].filter((built) => built !== undefined);
  }

  /** Suffix of the multi-byte functions of the wire runtime. */
  get byteOrderSuffix(): "" | "Le" {
    return this.protocol.frame.byteOrder === "little" ? "Le" : "";
  }

  /** The function of the wire runtime for an integer or number: `wire.readU16Le`. */
  wire(verb: "read" | "write" | "set", type: string): string {
    const isOneByte = type === "u8" || type === "i8";
    const name = type.charAt(0).toUpperCase() + type.slice(1);
    return `wire.${verb}${name}${isOneByte || type === "uuid" || type === "bool" ? "" : this.byteOrderSuffix}`;
  }
}

/** Written here and not by ts-morph, which parses what it writes: for a large schema that takes half of all the time. */
function functionText(name: string, { isExported, doc, parameters, returns, body }: CodecFunction): string {
  const writer = new CodeBlockWriter({ indentNumberOfSpaces: 2, newLine: "\n" });
  body(writer);
  const text = writer.toString().trimEnd();
  // Of a message or type that has nothing in one version, there is nothing to read or write.
  const names = parameters.map((each) => (new RegExp(`\\b${each.split(":")[0]}\\b`).test(text) ? each : `_${each}`));
  const start = `${isExported ? "export " : ""}function ${name}(`;
  const line = `${start}${names.join(", ")}): ${returns} {`;
  const signature =
    line.length <= lineLengthMax ? line : [start, ...names.map((each) => `  ${each},`), `): ${returns} {`].join("\n");
  const indented = text.split("\n").map((each) => (each === "" ? "" : `  ${each}`));
  return ["", ...(doc === undefined ? [] : [commentText(...doc)]), signature, ...indented, "}"].join("\n");
}

/** What the emitters of readers and writers have in common while they are inside a message or type. */
export interface Surroundings {
  readonly file: CodecFile;
  readonly version: Version;
  /** That of the message; `undefined` in types, which have no messages inside. */
  readonly family: Family | undefined;
}

/** A position in the frame while code is emitted: the value of an expression, and a number of bytes more. */
export interface Place {
  readonly base: string;
  readonly delta: number;
}

export function after({ base, delta }: Place, size: number): Place {
  return { base, delta: delta + size };
}

/** `start + 8` */
export function placeText({ base, delta }: Place): string {
  return delta === 0 ? base : `${base} + ${delta}`;
}

/** What lies between a place and the value of an expression: `end - start - 8` */
export function distanceText(to: string, { base, delta }: Place): string {
  return delta === 0 ? `${to} - ${base}` : `${to} - ${base} - ${delta}`;
}

/** Greatest length of a generated line before it is broken. */
export const lineLengthMax = 118;

/** `if (condition) throw error;`, on three lines where it is too long for one. */
export function throwIf(writer: CodeBlockWriter, condition: string, error: string): void {
  const indentation = writer.getIndentationLevel() * 2 + 2;
  const line = `if (${condition}) throw ${error};`;
  if (line.length + indentation <= lineLengthMax) writer.writeLine(line);
  else writer.write(`if (${condition})`).block(() => writer.writeLine(`throw ${error};`));
}

/** Names in generated functions that a field's own name must not hide, and words that TypeScript keeps for itself. */
const takenNames: ReadonlySet<string> = new Set(
  `arguments await bits break bytes case catch class const continue count debugger default delete do else end enum
  entries error eval export extends false finally for function if implements import in index instanceof interface items
  key keys let message new null offset package path private protected public readEnd return start static super switch tag target
  this throw true try typeof undefined value var void while wire with yield`.split(/\s+/),
);

/** Gives the local variables of one generated function names of their own. */
export class NameScope {
  readonly #taken = new Set(takenNames);

  declare(wanted: string): string {
    let name = wanted;
    for (let number = 2; this.#taken.has(name); number++)
      name = `${wanted}${number === 2 ? "Field" : `Field${number}`}`;
    this.#taken.add(name);
    return name;
  }
}
