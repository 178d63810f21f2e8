import type { Family, NamedType, Protocol, Version } from "../protocol.ts";
import type { KsyEnum, KsyType } from "./ksy.ts";
import { UniqueNames } from "./names.ts";

/** A .ksy while it is put together: its types and enums, each made when it is first needed. */
export class KsyFile {
  readonly protocol: Protocol;
  readonly version: Version;
  readonly family: Family;
  readonly #names = new UniqueNames();
  readonly #nameByKey = new Map<string, string>();
  readonly #types = new Map<string, KsyType>();
  readonly #enums = new Map<string, KsyEnum>();

  constructor(protocol: Protocol, version: Version, family: Family) {
    this.protocol = protocol;
    this.version = version;
    this.family = family;
  }

  /** In the order in which they were first needed: a message stands before what it is made of. */
  get types(): Readonly<Record<string, KsyType>> {
    return this.#inOrder(this.#types);
  }

  get enums(): Readonly<Record<string, KsyEnum>> {
    return this.#inOrder(this.#enums);
  }

  /** The name of a type, which is made where there is none for the key. A type can refer to itself. */
  type(key: string, name: string, make: () => KsyType): string {
    return this.#once(`type ${key}`, name, this.#types, make);
  }

  enum(key: string, name: string, make: () => KsyEnum): string {
    return this.#once(`enum ${key}`, name, this.#enums, make);
  }

  #once<Made>(key: string, wanted: string, made: Map<string, Made>, make: () => Made): string {
    const known = this.#nameByKey.get(key);
    if (known !== undefined) return known;
    const name = this.#names.take(wanted);
    this.#nameByKey.set(key, name);
    made.set(name, make());
    return name;
  }

  #inOrder<Made>(made: ReadonlyMap<string, Made>): Readonly<Record<string, Made>> {
    const named = [...this.#nameByKey.values()].flatMap((name) => {
      const found = made.get(name);
      return found === undefined ? [] : [[name, found] as const];
    });
    return Object.fromEntries(named);
  }
}

/** Tells a schema's named types apart from what is made of types without a name. */
export function namedKey({ kind, name }: NamedType): string {
  return `${kind} ${name}`;
}
