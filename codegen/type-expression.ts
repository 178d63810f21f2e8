/** Integer types that may carry a length or a count on the wire. */
export type LengthType = "u8" | "u16" | "u32" | "i8" | "i16" | "i32";

/** What says how long a value is: a length or count before it, or, for `rest`, the end of the frame. */
export type Extent = LengthType | "rest";

/** Types without parts. `i53` and `u53` are eight bytes on the wire and a checked safe integer in TypeScript. */
export type PrimitiveType =
  | "bool"
  | "u8"
  | "u16"
  | "u32"
  | "u53"
  | "u64"
  | "i8"
  | "i16"
  | "i32"
  | "i53"
  | "i64"
  | "f32"
  | "f64"
  | "uuid";

/** A type as written in a schema, taken apart. */
export type TypeExpression =
  | { readonly kind: "primitive"; readonly name: PrimitiveType }
  | { readonly kind: "string"; readonly length: Extent }
  | { readonly kind: "bytes"; readonly length: Extent }
  | { readonly kind: "fixedBytes"; readonly byteCount: number }
  | { readonly kind: "list"; readonly length: Extent; readonly element: TypeExpression }
  | { readonly kind: "map"; readonly length: LengthType; readonly key: TypeExpression; readonly value: TypeExpression }
  | { readonly kind: "message"; readonly length: LengthType }
  | { readonly kind: "named"; readonly name: string };

/** What a field's `type` says: the type, and whether the field may be absent (`T?`). */
export interface FieldType {
  readonly type: TypeExpression;
  readonly optional: boolean;
}

/** A part of a type expression's text, in UTF-16 code units from its start. */
export interface TextSpan {
  readonly offset: number;
  readonly length: number;
}

/** Why a text is no type: what is wrong, where, and what would be right. */
export class TypeSyntaxError extends Error {
  override readonly name = "TypeSyntaxError";
  readonly span: TextSpan;
  readonly hint: string | undefined;

  constructor(message: string, span: TextSpan, hint?: string) {
    super(message);
    this.span = span;
    this.hint = hint;
  }
}

/** Types without arguments, in the order in which they are listed to people. */
export const primitiveTypes: readonly PrimitiveType[] = [
  "bool",
  "u8",
  "u16",
  "u32",
  "u53",
  "u64",
  "i8",
  "i16",
  "i32",
  "i53",
  "i64",
  "f32",
  "f64",
  "uuid",
];

/** What may stand for L in `string<L>`, `bytes<L>`, `list<L, T>`, `map<L, K, V>` and `message<L>`. */
export const lengthTypes: readonly LengthType[] = ["u8", "u16", "u32", "i8", "i16", "i32"];

/** What may stand for L in `string<L>`, `bytes<L>` and `list<L, T>`, which can also reach to the end of the frame. */
export const extents: readonly Extent[] = [...lengthTypes, "rest"];

/** The types with arguments, as one writes them. */
export const parameterizedTypes: Readonly<Record<"string" | "bytes" | "list" | "map" | "message", string>> = {
  string: "string<u16>",
  bytes: "bytes<u32>",
  list: "list<u16, T>",
  map: "map<u16, string<u16>, T>",
  message: "message<u32>",
};

/** More bytes of a fixed number are a design error rather than a type: every message would carry them. */
export const fixedBytesMax = 65_535;

/** Deeper types are unreadable; a name for the inner one helps, and the parser's stack stays small. */
export const typeDepthMax = 8;

/**
 * Takes a type as written in a schema apart, such as `list<u16, MemberId>` or `string<u8>?`.
 *
 * Names are not looked up. With `spans`, the place of every part of the result is recorded there, for diagnostics.
 * Throws TypeSyntaxError when the text is no type.
 */
export function parseFieldType(text: string, spans?: Map<TypeExpression, TextSpan>): FieldType {
  return new TypeParser(text, spans).fieldType();
}

class TypeParser {
  readonly #text: string;
  readonly #spans: Map<TypeExpression, TextSpan> | undefined;
  #at = 0;

  constructor(text: string, spans: Map<TypeExpression, TextSpan> | undefined) {
    this.#text = text;
    this.#spans = spans;
  }

  fieldType(): FieldType {
    const type = this.#type(1);
    const optional = this.#take("?");
    const rest = this.#peek();
    if (rest === "?") throw this.#error("one ? makes a field optional; a second says nothing more");
    if (rest === "[") throw this.#error('unexpected "["', "a list is written list<u16, T>, with the type of its count");
    if (rest !== "") throw this.#error(`unexpected "${rest}" after the type`);
    return { type, optional };
  }

  #type(depth: number): TypeExpression {
    const { name, start } = this.#name();
    if (depth > typeDepthMax) {
      const span = { offset: start, length: name.length };
      throw new TypeSyntaxError(
        `types nest at most ${typeDepthMax} deep`,
        span,
        "give the inner type a name under types",
      );
    }
    const type = this.#build(name, start, depth);
    this.#spans?.set(type, { offset: start, length: this.#at - start });
    return type;
  }

  #build(name: string, start: number, depth: number): TypeExpression {
    switch (name) {
      case "bytes":
        if (this.#peek() === "[") return this.#fixedBytes();
        return { kind: "bytes", length: this.#only(name, start, extents) };
      case "string":
        return { kind: "string", length: this.#only(name, start, extents) };
      case "message":
        return { kind: "message", length: this.#only(name, start, lengthTypes) };
      case "list": {
        const length = this.#open(name, start, extents);
        const element = this.#argument(name, depth);
        this.#close(name);
        return { kind: "list", length, element };
      }
      case "map": {
        const length = this.#open(name, start, lengthTypes);
        const key = this.#argument(name, depth);
        const value = this.#argument(name, depth);
        this.#close(name);
        return { kind: "map", length, key, value };
      }
    }
    const primitive = primitiveTypes.find((known) => known === name);
    return primitive === undefined ? { kind: "named", name } : { kind: "primitive", name: primitive };
  }

  /** `<L>` of a type whose only argument is its length. */
  #only<Length extends Extent>(
    name: "string" | "bytes" | "message",
    start: number,
    allowed: readonly Length[],
  ): Length {
    const length = this.#open(name, start, allowed);
    this.#close(name);
    return length;
  }

  /** `<L` of a type with arguments. */
  #open<Length extends Extent>(
    name: keyof typeof parameterizedTypes,
    start: number,
    allowed: readonly Length[],
  ): Length {
    const what = name === "list" || name === "map" ? "count" : "length";
    if (!this.#take("<")) {
      const span = { offset: start, length: name.length };
      throw new TypeSyntaxError(`${name} needs the type of its ${what}`, span, `write ${parameterizedTypes[name]}`);
    }
    const argument = this.#name();
    const length = allowed.find((known) => known === argument.name);
    if (length === undefined) {
      const span = { offset: argument.start, length: argument.name.length };
      const message = `the ${what} of ${name} is one of ${allowed.join(", ")}, not ${argument.name}`;
      throw new TypeSyntaxError(message, span, `the ${what} comes first: ${parameterizedTypes[name]}`);
    }
    return length;
  }

  /** `, T` */
  #argument(name: "list" | "map", depth: number): TypeExpression {
    if (!this.#take(",")) {
      const arguments_ = name === "list" ? "a count and an element" : "a count, a key and a value";
      throw this.#error(`${name} takes ${arguments_}, with commas between`, `write ${parameterizedTypes[name]}`);
    }
    const type = this.#type(depth + 1);
    if (this.#peek() === "?") {
      const part = name === "list" ? "an element" : "a part of a map";
      throw this.#error(`only a field can be optional, not ${part}`, "leave the ? out, or wrap the value in a struct");
    }
    return type;
  }

  #close(name: keyof typeof parameterizedTypes): void {
    if (this.#take(">")) return;
    const found = this.#peek();
    if (found === ",") throw this.#error(`too many arguments for ${name}`, `write ${parameterizedTypes[name]}`);
    throw this.#error(
      `expected ">" to close ${name}<${found === "" ? "" : `, found "${found}"`}`,
      `write ${parameterizedTypes[name]}`,
    );
  }

  #fixedBytes(): TypeExpression {
    const match = /^\[ *([0-9]+) *\]/.exec(this.#text.slice(this.#at));
    const byteCount = Number(match?.[1] ?? Number.NaN);
    if (match === null || byteCount < 1 || byteCount > fixedBytesMax) {
      throw this.#error(
        `bytes[n] needs a number of bytes from 1 to ${fixedBytesMax}`,
        "write bytes[16], or bytes<u16>",
      );
    }
    this.#at += match[0].length;
    return { kind: "fixedBytes", byteCount };
  }

  #name(): { name: string; start: number } {
    const found = this.#peek();
    const match = /^[A-Za-z][A-Za-z0-9]*/.exec(this.#text.slice(this.#at));
    if (match === null) {
      throw this.#error(found === "" ? "expected a type here" : `expected a type, found "${found}"`);
    }
    const start = this.#at;
    this.#at += match[0].length;
    return { name: match[0], start };
  }

  /** Skips spaces and gives the next character; empty at the end. */
  #peek(): string {
    while (this.#text[this.#at] === " ") this.#at++;
    const code = this.#text.codePointAt(this.#at);
    return code === undefined ? "" : String.fromCodePoint(code);
  }

  #take(character: string): boolean {
    const found = this.#peek() === character;
    if (found) this.#at += 1;
    return found;
  }

  /** At the next character. */
  #error(message: string, hint?: string): TypeSyntaxError {
    const found = this.#peek();
    return new TypeSyntaxError(message, { offset: this.#at, length: Math.max(1, found.length) }, hint);
  }
}
