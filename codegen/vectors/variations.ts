import { baseType, isPresent } from "../layout.ts";
import type { Checks, Family, Field, ListType, MapType, Message, Type, UnionType, Version } from "../protocol.ts";
import type { ExampleValues } from "./example-values.ts";
import type { TypeHomes } from "./type-homes.ts";
import { isList, isRecord, type Value, type ValueRecord } from "./value.ts";

/** A value that differs from an example in one place. */
export interface Variation<Kind> {
  /** Where it differs, and what is there: `.items[0].sku/empty`. */
  readonly id: string;
  /** `undefined` is absent, which only the value of a field can be. */
  readonly value: Value | undefined;
  readonly note: string;
  readonly kind: Kind;
}

/** Of something with fields. */
export interface RecordVariation<Kind> extends Variation<Kind> {
  readonly value: ValueRecord;
}

/** One place of an example. */
export interface ValueSite {
  readonly type: Type;
  readonly checks: Checks | undefined;
  readonly isOptional: boolean;
  readonly value: Value;
  readonly family: Family;
  /** That of the place. */
  readonly message: Message;
}

/** The other values of one place: with names, without places. Those inside of it are not looked for. */
export type ValuesHere<Kind> = (site: ValueSite) => readonly Variation<Kind>[];

/** Finds every value that differs from an example in one place, wherever that is. */
export class Variations<Kind> {
  readonly #version: Version;
  readonly #examples: ExampleValues;
  readonly #homes: TypeHomes;
  readonly #valuesHere: ValuesHere<Kind>;

  constructor(version: Version, examples: ExampleValues, homes: TypeHomes, valuesHere: ValuesHere<Kind>) {
    this.#version = version;
    this.#examples = examples;
    this.#homes = homes;
    this.#valuesHere = valuesHere;
  }

  ofMessage(family: Family, message: Message, value: ValueRecord): readonly RecordVariation<Kind>[] {
    return this.#ofFields(message.fields, value, family, message);
  }

  #ofFields(
    fields: readonly Field[],
    value: ValueRecord,
    family: Family,
    message: Message,
  ): readonly RecordVariation<Kind>[] {
    return fields
      .filter((field) => isPresent(field, this.#version))
      .flatMap(({ name, type, checks, optional: isOptional }) => {
        const part = value[name];
        if (part === undefined) return [];
        const variations = this.#of({ type, checks, isOptional, value: part, family, message });
        return variations.map((one) => ({ ...one, id: `.${name}${one.id}`, value: { ...value, [name]: one.value } }));
      });
  }

  #of(site: ValueSite): readonly Variation<Kind>[] {
    return [...this.#valuesHere(site), ...this.#inside(site)];
  }

  #inside(site: ValueSite): readonly Variation<Kind>[] {
    const { value, family, message } = site;
    const base = baseType(site.type);
    switch (base.kind) {
      case "struct": {
        const isVaried = isRecord(value) && this.#homes.isHome(message, base.name);
        return isVaried ? this.#ofFields(base.fields, value, family, message) : [];
      }
      case "union":
        return this.#homes.isHome(message, base.name) ? this.#inCases(base, site) : [];
      case "list":
        return this.#inElement(base, site);
      case "map":
        return this.#inEntry(base, site);
      default:
        return [];
    }
  }

  #inCases(union: UnionType, { value, family, message }: ValueSite): readonly Variation<Kind>[] {
    return union.cases
      .filter((unionCase) => isPresent(unionCase, this.#version))
      .flatMap((unionCase) => {
        const isGiven = isRecord(value) && value["type"] === unionCase.name;
        const example = isGiven ? value : this.#examples.ofCase(union, unionCase, family);
        if (example === undefined) return [];
        const variations = this.#ofFields(unionCase.fields, example, family, message);
        return variations.map((one) => ({ ...one, id: `.${unionCase.name}${one.id}` }));
      });
  }

  #inElement({ element }: ListType, site: ValueSite): readonly Variation<Kind>[] {
    const [first, ...rest] = isList(site.value) ? site.value : [];
    if (first === undefined) return [];
    return this.#part(site, element, first).flatMap((one) => {
      return one.value === undefined ? [] : [{ ...one, id: `[0]${one.id}`, value: [one.value, ...rest] }];
    });
  }

  #inEntry(map: MapType, site: ValueSite): readonly Variation<Kind>[] {
    const [first, ...rest] = isRecord(site.value) ? Object.entries(site.value) : [];
    const [key, item] = first ?? [];
    if (key === undefined || item === undefined) return [];
    return [
      ...this.#part(site, map.key, key).flatMap((one) => {
        if (typeof one.value !== "string" || rest.some(([other]) => other === one.value)) return [];
        return [{ ...one, id: `.key${one.id}`, value: Object.fromEntries([[one.value, item], ...rest]) }];
      }),
      ...this.#part(site, map.value, item).map((one) => {
        return { ...one, id: `.value${one.id}`, value: Object.fromEntries([[key, one.value], ...rest]) };
      }),
    ];
  }

  /** What stands in a list or map. */
  #part({ family, message }: ValueSite, type: Type, value: Value): readonly Variation<Kind>[] {
    return this.#of({ type, checks: undefined, isOptional: false, value, family, message });
  }
}
