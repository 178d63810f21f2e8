import type { SchemaValue } from "../../codegen/document.ts";
import { baseType, checksOf, isPresent } from "../../codegen/layout.ts";
import type { Checks, Family, Field, Message, Type, Version } from "../../codegen/protocol.ts";

/**
 * Makes valid messages of one version of a schema at random: often ordinary ones, often ones at the edges of what is
 * allowed. What the version lacks is absent, or has its default.
 */
export class RandomMessages {
  readonly #random: () => number;
  readonly #version: Version;
  #family: Family | undefined;

  constructor(random: () => number, version: Version) {
    this.#random = random;
    this.#version = version;
  }

  /** One of a family's messages. */
  message(family: Family): { readonly type: string } {
    this.#family = family;
    return this.#oneOf(family.messages.filter((message) => isPresent(message, this.#version)));
  }

  /** A whole number from `min` to `max`. */
  integer(min: number, max: number): number {
    return min + Math.floor(this.#random() * (max - min + 1));
  }

  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.integer(0, items.length - 1)];
    if (item === undefined) throw new Error("there is nothing to pick from");
    return item;
  }

  bytes(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => this.integer(0, 255));
  }

  #oneOf(messages: readonly Message[]): { readonly type: string } {
    const message = this.pick(messages);
    return { type: message.name, ...this.#fields(message.fields) };
  }

  #fields(fields: readonly Field[]): Record<string, unknown> {
    return Object.fromEntries(
      fields.map((field) => {
        if (!isPresent(field, this.#version)) return [field.name, defaultOf(field)];
        const isAbsent = field.optional && this.#random() < 0.4;
        return [field.name, isAbsent ? undefined : this.#value(field.type, checksOf(field.type, field.checks))];
      }),
    );
  }

  #value(type: Type, checks: readonly Checks[]): unknown {
    for (;;) {
      const value = this.#candidate(type, checks);
      const isRefused = checks.some(({ not }) => not.some((refused) => String(refused) === String(value)));
      if (!isRefused) return value;
    }
  }

  #candidate(type: Type, checks: readonly Checks[]): unknown {
    const base = baseType(type);
    switch (base.kind) {
      case "primitive":
        return this.#primitive(base.name, checks);
      case "string":
        return this.#text(this.#size(checks, base.length === "u8" ? 255 : 300));
      case "bytes":
        return this.bytes(this.#size(checks, 300));
      case "fixedBytes":
        return this.bytes(base.byteCount);
      case "list":
        return Array.from({ length: this.#size(checks, 6) }, () =>
          this.#value(base.element, checksOf(base.element, undefined)),
        );
      case "map":
        return Object.fromEntries(
          Array.from({ length: this.#size(checks, 6) }, (_, index) => [
            index === 0 && this.#random() < 0.1 ? "__proto__" : `${index}${this.#text(this.integer(0, 30))}`,
            this.#value(base.value, checksOf(base.value, undefined)),
          ]),
        );
      case "enum":
        return this.pick(base.values.filter((value) => isPresent(value, this.#version))).name;
      case "union": {
        const unionCase = this.pick(base.cases.filter((each) => isPresent(each, this.#version)));
        return { type: unionCase.name, ...this.#fields(unionCase.fields) };
      }
      case "struct":
        return this.#fields(base.fields);
      case "message": {
        const messages = this.#family?.messages ?? [];
        return this.#oneOf(messages.filter((each) => isPresent(each, this.#version) && !holdsMessages(each)));
      }
    }
  }

  #primitive(name: string, checks: readonly Checks[]): unknown {
    if (name === "bool") return this.#random() < 0.5;
    if (name === "uuid") {
      const digits = Array.from({ length: 32 }, () => Math.floor(this.#random() * 16).toString(16)).join("");
      return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
    }
    const isBig = name === "i64" || name === "u64";
    const bits = isBig ? 64 : name.endsWith("53") ? 54 : Number(name.slice(1));
    const isSigned = name.startsWith("i");
    const span = 2n ** BigInt(bits - (isSigned || bits === 54 ? 1 : 0));
    const bounds = checks.flatMap(({ range }) => (range === undefined ? [] : [range]));
    const lowest = isSigned ? (bits === 54 ? 1n - span : -span) : 0n;
    const min =
      bounds
        .map((bound) => bound.min ?? lowest)
        .toSorted(ascending)
        .at(-1) ?? lowest;
    const max = bounds.map((bound) => bound.max ?? span - 1n).toSorted(ascending)[0] ?? span - 1n;
    const edges = [min, max, min + 1n, max - 1n, 0n, 1n, -1n].filter((edge) => edge >= min && edge <= max);
    const value =
      this.#random() < 0.4
        ? this.pick(edges)
        : min + (BigInt(Math.floor(this.#random() * 2 ** 48)) * (max - min)) / 2n ** 48n;
    return isBig ? value : Number(value);
  }

  #size(checks: readonly Checks[], usualMax: number): number {
    const ranges = checks.flatMap(({ length, count }) => [length, count]).filter((range) => range !== undefined);
    const min = Math.max(0, ...ranges.map((range) => Number(range.min ?? 0n)));
    const max = Math.min(usualMax, ...ranges.map((range) => Number(range.max ?? usualMax)));
    return this.#random() < 0.3 ? this.pick([min, max]) : this.integer(min, Math.min(max, min + 40));
  }

  /** A text of so many bytes: ASCII, or with characters of two to four bytes. */
  #text(byteLength: number): string {
    if (this.#random() < 0.6)
      return String.fromCharCode(...Array.from({ length: byteLength }, () => this.integer(32, 126)));
    let text = "";
    for (let left = byteLength; left > 0; ) {
      const character = this.pick(["a", "é", "€", "😀", "\u0000", "\ufeff"]);
      const size = Buffer.byteLength(character);
      text += size <= left ? character : "z".repeat(left);
      left -= Math.min(size, left);
    }
    return text;
  }
}

/** What a reader sees of a field that a version lacks. The schemas here have no default that is more than this. */
export function defaultOf({ name, default: value }: Field): SchemaValue | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === "number" || (Array.isArray(value) && value.length === 0)) return value;
  throw new Error(`the default of ${name} is of a kind that no schema here had before`);
}

function holdsMessages({ fields }: Message): boolean {
  const isMessage = (type: Type): boolean => {
    const base = baseType(type);
    return base.kind === "message" || (base.kind === "list" && isMessage(base.element));
  };
  return fields.some(({ type }) => isMessage(type));
}

function ascending(a: bigint, b: bigint): number {
  return a < b ? -1 : Number(a > b);
}
