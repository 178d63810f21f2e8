import type { Field } from "../protocol.ts";
import { anchorOfFamily, anchorOfFlow, anchorOfMessage, anchorOfType, anchorWithin } from "./anchors.ts";
import { type IndexPlace, type Section, section } from "./block.ts";
import { type ManualSource, messageTitle } from "./manual-source.ts";

/** Every name of the schema, and where it is explained. */
export function indexSection(source: ManualSource): Section {
  const { protocol, document } = source;
  const index = new NameIndex();
  for (const family of protocol.families) {
    const { name, messages } = family;
    index.add(name, anchorOfFamily(name), "family");
    for (const message of messages) {
      const anchor = anchorOfMessage(name, message.name);
      index.add(message.name, anchor, `message of ${name}`);
      index.addFields(message.fields, anchor, messageTitle(family, message, source));
    }
  }
  for (const type of protocol.types) {
    const anchor = anchorOfType(type.name);
    index.add(type.name, anchor, kindTexts[type.kind]);
    if (type.kind === "struct") index.addFields(type.fields, anchor, type.name);
    if (type.kind === "enum") {
      for (const { name } of type.values) index.add(name, anchorWithin(anchor, name), `value of ${type.name}`);
    }
    if (type.kind !== "union") continue;
    for (const { name, fields } of type.cases) {
      index.add(name, anchorWithin(anchor, name), `case of ${type.name}`);
      index.addFields(fields, anchorWithin(anchor, name), `${type.name}.${name}`);
    }
  }
  for (const name of Object.keys(document.flows ?? {})) index.add(name, anchorOfFlow(name), "flow");
  return section("index", "Index", [{ kind: "index", entries: index.entries() }]);
}

const kindTexts = { alias: "type", enum: "enum", union: "union", struct: "struct" } as const;

class NameIndex {
  readonly #placesByName = new Map<string, IndexPlace[]>();

  add(name: string, target: string, text: string): void {
    const places = this.#placesByName.get(name) ?? [];
    this.#placesByName.set(name, [...places, { target, text }]);
  }

  addFields(fields: readonly Field[], anchor: string, owner: string): void {
    for (const { name } of fields) this.add(name, anchorWithin(anchor, name), `field of ${owner}`);
  }

  /** In the order of the alphabet, whatever the case; the same on every machine. */
  entries(): { readonly name: string; readonly places: readonly IndexPlace[] }[] {
    const key = (name: string): string => `${name.toLowerCase()} ${name}`;
    return [...this.#placesByName]
      .map(([name, places]) => ({ name, places }))
      .sort((a, b) => (key(a.name) < key(b.name) ? -1 : 1));
  }
}
