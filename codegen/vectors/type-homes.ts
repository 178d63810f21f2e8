import { baseType, isPresent } from "../layout.ts";
import type { Family, Field, Message, Protocol, Type, Version } from "../protocol.ts";

/**
 * The one message of a version in which the inside of a struct or union is varied: the first that has it, by the names of
 * families and the tags of messages, which is the same in whatever order the schema says things. Elsewhere it stands as
 * its example, or as each of its cases: else large schemas would give the same vectors hundreds of times.
 */
export class TypeHomes {
  readonly #version: Version;
  readonly #homes = new Map<string, Message>();

  constructor({ families }: Protocol, version: Version) {
    this.#version = version;
    for (const family of families.toSorted(byName)) {
      for (const message of family.messages.toSorted(byTag)) {
        if (isPresent(message, version)) this.#settle(message.fields, message);
      }
    }
  }

  isHome(message: Message, typeName: string | undefined): boolean {
    return typeName === undefined || this.#homes.get(typeName) === message;
  }

  #settle(fields: readonly Field[], message: Message): void {
    for (const field of fields) if (isPresent(field, this.#version)) this.#settleType(field.type, message);
  }

  #settleType(type: Type, message: Message): void {
    const base = baseType(type);
    if (base.kind === "list") this.#settleType(base.element, message);
    if (base.kind === "map") this.#settleType(base.value, message);
    if ((base.kind !== "struct" && base.kind !== "union") || this.#homes.has(base.name)) return;
    this.#homes.set(base.name, message);
    const parts = base.kind === "struct" ? [base] : base.cases;
    for (const { fields } of parts) this.#settle(fields, message);
  }
}

function byName(a: Family, b: Family): number {
  return a.name < b.name ? -1 : 1;
}

function byTag(a: Message, b: Message): number {
  return a.tag < b.tag ? -1 : 1;
}
