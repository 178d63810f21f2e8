/** Names of keys from the root of a schema to a value; numbers of elements are texts here. */
export type SchemaPath = readonly string[];

/** What a mapping of a schema defines; `undefined` for one whose keys are names, and for values. */
export type DefinitionKind = "case" | "field" | "flow" | "frame" | "message" | "type" | "value" | "version";

/** What the mapping at a path defines. */
export function definitionAt(path: SchemaPath): DefinitionKind | undefined {
  const [section = "", , third = ""] = path;
  switch (section) {
    case "frame":
      return path.length === 1 ? "frame" : undefined;
    case "versions":
      return path.length === 2 ? "version" : undefined;
    case "flows":
      return path.length === 2 ? "flow" : undefined;
    case "messages":
      if (path.length === 3) return "message";
      return path.length === 5 && path[3] === "fields" ? "field" : undefined;
    case "types":
      if (path.length === 2) return "type";
      if (path.length === 4) return partsOfTypes[third];
      return path.length === 6 && third === "cases" && path[4] === "fields" ? "field" : undefined;
    default:
      return undefined;
  }
}

const partsOfTypes: Readonly<Record<string, DefinitionKind>> = { struct: "field", values: "value", cases: "case" };

/**
 * Orders the entries of a mapping at a path: in definitions what it is, since when, with what limits, for example, why.
 * What holds definitions says its `doc` before them. Names keep their order, which is that of the wire.
 */
export function inKeyOrder<Entry>(
  path: SchemaPath,
  entries: readonly Entry[],
  keyOf: (entry: Entry) => string,
): Entry[] {
  const kind = definitionAt(path);
  if (kind === undefined) return [...entries];
  const order = keyOrders[kind];
  const rank = (entry: Entry): number => {
    const index = order.indexOf(keyOf(entry));
    return index < 0 ? order.length : index;
  };
  return entries.toSorted((a, b) => rank(a) - rank(b));
}

const lifetime = ["since", "removed", "deprecated"];
const constraints = ["range", "not", "length", "count", "pattern", "check"];

const keyOrders: Readonly<Record<DefinitionKind, readonly string[]>> = {
  version: ["status", "packing", "doc"],
  frame: ["magic", "version", "tag", "byteOrder", "maxSize", "trailing"],
  type: [
    "type",
    ...lifetime,
    "as",
    "unit",
    ...constraints,
    "example",
    "doc",
    "enum",
    "union",
    "struct",
    "unknown",
    "values",
    "cases",
    "reserved",
  ],
  field: ["type", ...lifetime, "default", "ignorable", "unit", ...constraints, "example", "doc"],
  message: ["tag", ...lifetime, "doc", "fields", "examples"],
  case: ["tag", ...lifetime, "doc", "fields"],
  value: ["tag", ...lifetime, "doc"],
  flow: ["ask", "answer", "match", "doc"],
};
