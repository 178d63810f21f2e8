import { isAlias, isCollection, isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument } from "yaml";
import type { DiagnosticSink, Span } from "./diagnostics.ts";
import type { SchemaValue } from "./document.ts";
import { describeYamlError, tokensOf } from "./yaml-errors.ts";

/** A schema of this size has thousands of messages; a larger file is not one that a person wrote. In UTF-16 code units. */
export const schemaLengthMax: number = 1024 * 1024;

/** Nesting of YAML collections; the language itself needs 9 levels, examples may need more. */
export const nestingMax = 32;

/** Where one value of a schema stands in its text. */
interface Place {
  /** Of the key, or of the value where there is no key. */
  readonly key: Span;
  readonly value: Span;
  /** Offset at which the value's own characters begin, where they stand in the text as they are. */
  readonly verbatimStart: number | undefined;
}

/** Plain data read from YAML, and where each part of it stands. Parts are named by JSON pointers (RFC 6901). */
export class SchemaSource {
  readonly data: SchemaValue;
  readonly #text: string;
  readonly #places: ReadonlyMap<string, Place>;

  constructor(text: string, data: SchemaValue, places: ReadonlyMap<string, Place>) {
    this.data = data;
    this.#text = text;
    this.#places = places;
  }

  /** The key at a pointer; where the part does not exist, that of the nearest thing around it. */
  key(pointer: string): Span {
    return this.#nearest(pointer).key;
  }

  /** The value at a pointer, or its key when nothing is written there. */
  value(pointer: string): Span {
    const place = this.#nearest(pointer);
    return place.value.end > place.value.start ? place.value : place.key;
  }

  /** Some characters of a text; the whole value where the YAML spells it in another way (escapes, folded lines). */
  part(pointer: string, offset: number, length: number): Span {
    const start = this.#places.get(pointer)?.verbatimStart;
    return start === undefined ? this.value(pointer) : { start: start + offset, end: start + offset + length };
  }

  /** Every entry that has a key, from there to the end of its value, and every element of a list. */
  get extents(): readonly Span[] {
    const places = [...this.#places].filter(([pointer]) => pointer !== "");
    return places.map(([, { key, value }]) => ({ start: key.start, end: Math.max(key.end, value.end) }));
  }

  /** Whether anything is written at a pointer. */
  has(pointer: string): boolean {
    return this.#places.has(pointer);
  }

  /** What is written at a pointer. */
  dataAt(pointer: string): SchemaValue | undefined {
    return pointer
      .split("/")
      .slice(1)
      .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"))
      .reduce<SchemaValue | undefined>(entryOf, this.data);
  }

  /** Whether this is a key without a value right behind a comma, as an unquoted text with a comma in braces leaves it. */
  isCutByComma(pointer: string): boolean {
    const place = this.#places.get(pointer);
    if (place === undefined || place.value.end > place.value.start) return false;
    return /,\s*$/.test(this.#text.slice(0, place.key.start));
  }

  #nearest(pointer: string): Place {
    for (let at = pointer; at !== ""; at = at.slice(0, at.lastIndexOf("/"))) {
      const place = this.#places.get(at);
      if (place !== undefined) return place;
    }
    return this.#places.get("") ?? { key: { start: 0, end: 0 }, value: { start: 0, end: 0 }, verbatimStart: undefined };
  }
}

/** The pointer to an entry of a mapping or sequence. */
export function child(pointer: string, key: string | number): string {
  return `${pointer}/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

/**
 * Reads YAML into plain data: integers without loss (bigint beyond the safe ones), duplicate keys reported and the first
 * kept. Whatever else is wrong is reported and gives `undefined`.
 */
export function readSchemaSource(text: string, sink: DiagnosticSink): SchemaSource | undefined {
  if (text.length > schemaLengthMax) {
    const message = `the file has ${text.length} characters, the limit is ${schemaLengthMax}`;
    sink.report("S006", { start: 0, end: 1 }, message, "split the protocol into several schemas");
    return undefined;
  }
  const tooDeep = tooDeepAt(text);
  if (tooDeep !== undefined) {
    const message = `collections nest at most ${nestingMax} deep`;
    sink.report(
      "S006",
      { start: tooDeep, end: tooDeep + 1 },
      message,
      "a schema needs a few levels; is a bracket missing before?",
    );
    return undefined;
  }
  const document = parseDocument(text, { lineCounter: new LineCounter(), intAsBigInt: true, uniqueKeys: false });
  const errors = [...document.errors, ...document.warnings];
  let reportedLine = 0;
  for (const error of errors) {
    const { rule, span, message, hint } = describeYamlError(error, text);
    const line = sink.lineOf(span.start);
    // What follows an error in its line is nearly always a consequence of it.
    if (line !== reportedLine) sink.report(rule, span, message, hint);
    reportedLine = line;
  }
  if (errors.length > 0) return undefined;
  const root = document.contents;
  if (isMap(root)) return new Converter(text, sink).convert(root);
  const start = root?.range?.[0] ?? 0;
  const span = { start, end: root?.range?.[1] ?? start };
  if (root === null || (isScalar(root) && root.value === null)) {
    sink.report("S005", span, "there is nothing here", "a schema begins with protocol: and a name");
  } else {
    const found = isSeq(root) ? "a list" : "a single text";
    const isGlued = isScalar(root) && String(root.value).includes(":");
    const hint = isGlued ? "a colon needs a space after it" : "write name: value lines, beginning with protocol:";
    sink.report("S005", span, `a schema is a mapping, this is ${found}`, hint);
  }
  return undefined;
}

/** Makes plain data of YAML nodes and notes where each stands. */
class Converter {
  readonly #text: string;
  readonly #sink: DiagnosticSink;
  readonly #places = new Map<string, Place>();
  #refused = false;

  constructor(text: string, sink: DiagnosticSink) {
    this.#text = text;
    this.#sink = sink;
  }

  convert(root: Node): SchemaSource | undefined {
    const data = this.#value(root, "", undefined);
    return this.#refused ? undefined : new SchemaSource(this.#text, data, this.#places);
  }

  #value(node: unknown, pointer: string, key: Span | undefined): SchemaValue {
    if (isAlias(node))
      return this.#refuse(spanOf(node), "aliases are not part of the language", "write the value here");
    if (!isScalar(node) && !isCollection(node)) {
      const span = key ?? { start: 0, end: 0 };
      this.#places.set(pointer, { key: span, value: { start: span.end, end: span.end }, verbatimStart: undefined });
      return null;
    }
    const value = spanOf(node);
    const verbatimStart = isScalar(node) ? this.#verbatimStart(node.value, value.start) : undefined;
    this.#places.set(pointer, { key: key ?? value, value, verbatimStart });
    if (node.anchor !== undefined) {
      const start = this.#text.lastIndexOf(`&${node.anchor}`, value.start);
      const span = { start, end: start + node.anchor.length + 1 };
      const message = `the anchor "&${node.anchor}" is not part of the language`;
      return this.#refuse(span, message, "give the value a name under types");
    }
    if (node.tag !== undefined) {
      return this.#refuse(value, `the tag "${node.tag}" is not part of the language`, "leave it out");
    }
    if (isMap(node)) return this.#mapping(node.items, pointer);
    if (isSeq(node)) return node.items.map((item, index) => this.#value(item, child(pointer, index), undefined));
    return isScalar(node) ? scalarValue(node.value) : null;
  }

  #mapping(pairs: readonly Pair<unknown, unknown>[], pointer: string): SchemaValue {
    const entries = new Map<string, SchemaValue>();
    for (const { key, value } of pairs) {
      if (!isScalar(key) || key.value === null || key.anchor !== undefined || key.tag !== undefined) {
        const span =
          isScalar(key) || isCollection(key) || isAlias(key) ? spanOf(key) : this.#places.get(pointer)?.value;
        this.#refuse(span ?? { start: 0, end: 1 }, "a key is a plain name", "write name: value");
        continue;
      }
      const name = typeof key.value === "string" ? key.value : (key.source ?? String(key.value));
      const span = spanOf(key);
      const first = this.#places.get(child(pointer, name));
      if (first !== undefined) {
        const line = this.#sink.lineOf(first.key.start);
        this.#sink.report("S003", span, `"${name}" is here for the second time`, `the first is on line ${line}`);
        continue;
      }
      entries.set(name, this.#value(value, child(pointer, name), span));
    }
    return Object.fromEntries(entries);
  }

  /** Where the characters of a one-line text stand in the file as they are in the value. */
  #verbatimStart(value: unknown, start: number): number | undefined {
    if (typeof value !== "string") return undefined;
    const quote = this.#text[start] === '"' || this.#text[start] === "'" ? 1 : 0;
    return this.#text.startsWith(value, start + quote) ? start + quote : undefined;
  }

  #refuse(span: Span, message: string, hint: string): null {
    this.#sink.report("S004", span, message, hint);
    this.#refused = true;
    return null;
  }
}

function entryOf(value: SchemaValue | undefined, key: string): SchemaValue | undefined {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Readonly<Record<string, SchemaValue>>)[key];
}

function spanOf(node: Node): Span {
  return { start: node.range?.[0] ?? 0, end: node.range?.[1] ?? 0 };
}

function scalarValue(value: unknown): SchemaValue {
  if (typeof value === "bigint") return isSafe(value) ? Number(value) : value;
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  return null;
}

function isSafe(value: bigint): boolean {
  return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER);
}

/**
 * Where collections nest too deep for the YAML parser, which works by recursion. Counts brackets, and the "- " and "? "
 * that open collections within one line; indentation cannot get dangerously deep in a file of the greatest size.
 */
function tooDeepAt(text: string): number | undefined {
  let offset = 0;
  let brackets = 0;
  let indicators = 0;
  for (const token of tokensOf(text)) {
    if (token === "[" || token === "{") brackets++;
    else if (token === "]" || token === "}") brackets = Math.max(0, brackets - 1);
    else if (token === "-" || token === "?") indicators++;
    else if (token.includes("\n")) indicators = 0;
    if (brackets > nestingMax || indicators > nestingMax) return offset;
    offset += token.length;
  }
  return undefined;
}
