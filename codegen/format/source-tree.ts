import { isCollection, isMap, isScalar, type ParsedNode, parseDocument, type YAMLMap, type YAMLSeq } from "yaml";
import { attachComments } from "./comments.ts";

/** The YAML of a schema with everything that a person wrote: what stands where, in which style, with which comments. */
export type SourceValue = SourceScalar | SourceCollection;

export interface SourceScalar {
  readonly kind: "scalar";
  /** `undefined` for what is no text: numbers, true, null. */
  readonly text: string | undefined;
  /** As it is written, for what is no text; empty for a null that is not written. */
  readonly source: string;
  readonly style: "plain" | "quoted" | "folded" | "literal";
  readonly start: number;
  readonly end: number;
}

export interface SourceCollection {
  readonly kind: "map" | "list";
  /** Whether it is written in braces or brackets. */
  readonly isFlow: boolean;
  readonly entries: readonly SourceEntry[];
  /** Comments behind the last entry. */
  readonly tail: SourceComment[];
  readonly start: number;
  readonly end: number;
}

export interface SourceEntry {
  /** `undefined` in a list. */
  readonly key: SourceScalar | undefined;
  readonly value: SourceValue;
  /** Of the key, or of the dash before an element. */
  readonly start: number;
  /** Whether an empty line stands right before the entry. */
  readonly isSetApart: boolean;
  /** Comments on lines of their own before the entry. */
  readonly lead: SourceComment[];
  /** Comments at the end of its first line; or of its only one. */
  readonly beside: SourceComment[];
}

export interface SourceComment {
  /** With the `#`, without spaces at the end. */
  readonly text: string;
  readonly start: number;
  /** Whether nothing stands before it in its line. */
  readonly isAlone: boolean;
  /** Whether an empty line stands right before it. */
  readonly isSetApart: boolean;
}

/** Reads text that `readSchemaSource` has accepted. */
export function readSourceTree(text: string): SourceCollection {
  const root = parseDocument(text, { intAsBigInt: true, uniqueKeys: false }).contents;
  if (root === null || !isMap(root)) throw new Error("a schema is a mapping");
  const tree = collectionOf(root, text);
  attachComments(tree, text);
  return tree;
}

/** Whether the line before the one at `offset` is empty. */
export function isSetApart(text: string, offset: number): boolean {
  const lineEnd = text.lastIndexOf("\n", offset - 1);
  if (offset === 0 || lineEnd <= 0) return false;
  return text.slice(text.lastIndexOf("\n", lineEnd - 1) + 1, lineEnd).trim() === "";
}

function sourceValue(node: unknown, text: string, missingAt: number): SourceValue {
  if (isCollection(node)) return collectionOf(node as YAMLMap.Parsed | YAMLSeq.Parsed, text);
  if (isScalar(node)) return scalarOf(node as ParsedNode, text);
  return { kind: "scalar", text: undefined, source: "", style: "plain", start: missingAt, end: missingAt };
}

function collectionOf(node: YAMLMap.Parsed | YAMLSeq.Parsed, text: string): SourceCollection {
  const [start, end] = node.range;
  const entries = isMap(node)
    ? node.items.map(({ key, value }) => {
        const scalar = scalarOf(key, text);
        return entryOf(scalar, sourceValue(value, text, scalar.end), scalar.start, text);
      })
    : node.items.map((item, index) => {
        const value = sourceValue(item, text, end);
        const dash = node.flow === true ? value.start : index === 0 ? start : text.lastIndexOf("-", value.start - 1);
        return entryOf(undefined, value, dash, text);
      });
  return { kind: isMap(node) ? "map" : "list", isFlow: node.flow === true, entries, tail: [], start, end };
}

function entryOf(key: SourceScalar | undefined, value: SourceValue, start: number, text: string): SourceEntry {
  return { key, value, start, isSetApart: isSetApart(text, start), lead: [], beside: [] };
}

function scalarOf(node: ParsedNode, text: string): SourceScalar {
  if (!isScalar(node)) throw new Error("a key is a plain name");
  const [start, end] = node.range;
  const isText = typeof node.value === "string";
  return {
    kind: "scalar",
    text: isText ? String(node.value) : undefined,
    source: isText ? "" : text.slice(start, end),
    style: styles[node.type ?? ""] ?? "plain",
    start,
    end,
  };
}

const styles: Readonly<Record<string, SourceScalar["style"]>> = {
  PLAIN: "plain",
  QUOTE_DOUBLE: "quoted",
  QUOTE_SINGLE: "quoted",
  BLOCK_FOLDED: "folded",
  BLOCK_LITERAL: "literal",
};
