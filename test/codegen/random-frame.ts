import { baseType, checksOf, holdsMessages, isBool, isPresent } from "../../codegen/layout.ts";
import type { Checks, Family, Field, Message, Protocol, Type, Version } from "../../codegen/protocol.ts";

/**
 * Makes frames of a schema at random: with the right layout, and with values that nobody looked at, so that some of them
 * break what the schema demands of a value. Half of them are damaged.
 */
export class RandomFrames {
  readonly #random: () => number;
  readonly #protocol: Protocol;
  #bits: number[] = [];

  constructor(random: () => number, protocol: Protocol) {
    this.#random = random;
    this.#protocol = protocol;
  }

  frame(family: Family): Uint8Array {
    const { frame, versions } = this.#protocol;
    this.#bits = [];
    const version = this.#pick(versions);
    for (const byte of frame.magic) this.#whole(byte, 1);
    if (frame.version !== undefined) this.#integer(version.number, Number(frame.version.slice(1)) / 8);
    this.#message(family, family.messages, version);
    const bytes = this.#takeBytes(0);
    return this.#random() < 0.5 ? bytes : this.#damaged(bytes);
  }

  #message(family: Family, messages: readonly Message[], version: Version): void {
    const candidates = messages.filter((message) => isPresent(message, version));
    const message = this.#pick(candidates.length === 0 ? messages : candidates);
    if (typeof message.tag === "string") {
      this.#whole(message.tag.length, 1);
      for (const byte of Buffer.from(message.tag)) this.#whole(byte, 1);
    } else {
      this.#integer(message.tag, this.#protocol.frame.tag === "u16" ? 2 : 1);
    }
    this.#fields(message.fields, family, version);
    while (this.#bits.length % 8 !== 0) this.#bits.push(this.#random() < 0.05 ? 1 : 0);
  }

  #fields(fields: readonly Field[], family: Family, version: Version): void {
    for (const field of fields.filter((candidate) => isPresent(candidate, version))) {
      if (field.optional) {
        const isThere = this.#random() < 0.6;
        this.#flag(isThere, version);
        if (!isThere) continue;
      }
      if (isBool(field.type)) this.#flag(this.#random() < 0.5, version);
      else this.#value(field.type, family, version, lowestOf(checksOf(field.type, field.checks)));
    }
  }

  #flag(isSet: boolean, { packing }: Version): void {
    if (packing === "bit") this.#bits.push(isSet ? 1 : 0);
    else this.#whole(isSet ? 1 : 0, 1);
  }

  #value(type: Type, family: Family, version: Version, lowest = 0): void {
    const base = baseType(type);
    switch (base.kind) {
      case "primitive":
        this.#primitive(base.name, lowest);
        break;
      case "fixedBytes":
        this.#noise(base.byteCount);
        break;
      case "enum":
        this.#integer(this.#pick(base.values).tag, Number(base.tag.slice(1)) / 8);
        break;
      case "struct":
        this.#fields(base.fields, family, version);
        break;
      case "union": {
        const unionCase = this.#pick(base.cases);
        this.#integer(unionCase.tag, Number(base.tag.slice(1)) / 8);
        this.#fields(unionCase.fields, family, version);
        break;
      }
      case "string":
      case "bytes": {
        const text = Buffer.from(this.#pick(["", "a", "abc", "abcdefghij", "grün", "\u0000\u001b", "x"]));
        const content = this.#random() < 0.9 ? text : Buffer.from([0xff, 0xfe]);
        this.#prefix(base.length, content.length);
        for (const byte of content) this.#whole(byte, 1);
        break;
      }
      case "list":
      case "map": {
        const count = this.#pick([0, 1, 1, 2, 3]);
        this.#prefix(base.length, count);
        for (let index = 0; index < count; index++) {
          if (base.kind === "map") this.#value(base.key, family, version);
          this.#value(base.kind === "map" ? base.value : base.element, family, version);
        }
        break;
      }
      case "message": {
        const before = this.#bits;
        this.#bits = [];
        this.#message(
          family,
          this.#random() < 0.95 ? family.messages.filter((each) => !holdsMessages(each)) : family.messages,
          version,
        );
        const inner = this.#bits;
        this.#bits = before;
        this.#prefix(base.length, inner.length / 8);
        this.#bits.push(...inner);
      }
    }
  }

  #primitive(name: string, lowest: number): void {
    const sizes: Readonly<Record<string, number>> = { bool: 1, uuid: 16, i53: 8, u53: 8 };
    const size = sizes[name] ?? Number(name.slice(1)) / 8;
    if (name === "bool") this.#whole(this.#pick([0, 1, 1, 2]), 1);
    else if (this.#random() < 0.3) this.#noise(size);
    else this.#integer(lowest > 0 ? lowest : this.#pick([0, 1, 2, 3, 7, 10]), size);
  }

  #prefix(length: string, value: number): void {
    if (length !== "rest")
      this.#integer(this.#random() < 0.03 ? this.#pick([255, 2 ** 31, 1]) : value, Number(length.slice(1)) / 8);
  }

  #integer(value: number, size: number): void {
    if (this.#protocol.frame.byteOrder === "little") {
      const bytes = Buffer.alloc(8);
      bytes.writeBigUInt64LE(BigInt(value) % 2n ** BigInt(8 * size));
      for (const byte of bytes.subarray(0, size)) this.#whole(byte, 1);
    } else {
      this.#whole(value % 2 ** Math.min(32, 8 * size), size);
    }
  }

  #noise(size: number): void {
    for (let count = 0; count < size; count++) this.#whole(Math.floor(this.#random() * 256), 1);
  }

  /** Big-endian, the most significant bit first. */
  #whole(value: number, size: number): void {
    for (let bit = size * 8 - 1; bit >= 0; bit--) this.#bits.push(Math.floor(value / 2 ** bit) % 2);
  }

  #takeBytes(from: number): Uint8Array {
    const bits = this.#bits.splice(from);
    return Uint8Array.from({ length: bits.length / 8 }, (_, index) =>
      Number.parseInt(bits.slice(index * 8, index * 8 + 8).join(""), 2),
    );
  }

  #damaged(frame: Uint8Array): Uint8Array {
    const at = Math.floor(this.#random() * (frame.length + 1));
    switch (Math.floor(this.#random() * 4)) {
      case 0:
        return frame.subarray(0, at);
      case 1:
        return Buffer.concat([frame.subarray(0, at), Buffer.from([this.#pick([0, 1, 255])]), frame.subarray(at)]);
      case 2:
        return Buffer.concat([frame.subarray(0, at), frame.subarray(at + 1)]);
      default: {
        const copy = frame.slice();
        if (at < copy.length) copy[at] = this.#pick([0, 1, 2, 0x7f, 0x80, 0xff]);
        return copy;
      }
    }
  }

  #pick<Item>(items: readonly Item[]): Item {
    const item = items[Math.floor(this.#random() * items.length)];
    if (item === undefined) throw new Error("there is nothing to pick from");
    return item;
  }
}

/** The least value that checks take. */
function lowestOf(checks: readonly Checks[]): number {
  return Math.max(0, ...checks.map(({ range }) => Number(range?.min ?? 0)));
}
