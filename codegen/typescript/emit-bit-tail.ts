import type { CodeBlockWriter } from "ts-morph";
import { baseType, checksOf, isBool, isSigned, prefixMax, prefixSize, scalarSize } from "../layout.ts";
import type { Field } from "../protocol.ts";
import { typeText } from "../type-text.ts";
import { after, type NameScope, type Place, placeText, type Surroundings, throwIf } from "./codec-file.ts";
import { emitChecks } from "./emit-checks.ts";
import { readEnumName, tagOfEnumName } from "./emit-enums.ts";
import { isSized, type SizedType, type WireValue } from "./wire-value.ts";

const explanation =
  "// From here on flags are single bits, and what follows them is not moved up to the next byte: see bit-packing.ts.";

/** A place in the frame, and how many bits of the byte there are used: 0 to 7. Both follow from the schema alone. */
class BitPlace {
  place: Place;
  used = 0;

  constructor(place: Place) {
    this.place = place;
  }

  /** The arguments that say where something begins: `start + 9, 1`. */
  get text(): string {
    return `${placeText(this.place)}, ${this.used}`;
  }

  /** The first byte without used bits. */
  get nextWhole(): Place {
    return this.used === 0 ? this.place : after(this.place, 1);
  }

  skipBit(): void {
    this.used = (this.used + 1) % 8;
    if (this.used === 0) this.place = after(this.place, 1);
  }
}

/**
 * Emits the end of a message of a bit-packed version: its fields from the first flag on. The rules of the language allow
 * only flags, scalars, strings and bytes there.
 */
export class BitTailReader {
  readonly #writer: CodeBlockWriter;
  readonly #surroundings: Surroundings;
  readonly #scope: NameScope;
  readonly #next: BitPlace;

  constructor(writer: CodeBlockWriter, surroundings: Surroundings, scope: NameScope, start: Place) {
    this.#writer = writer;
    this.#surroundings = surroundings;
    this.#scope = scope;
    this.#next = new BitPlace(start);
    writer.writeLine(explanation);
  }

  /** Emits the reading of a field and gives the variable that holds it. Where it ends matters if something follows. */
  field(field: Field, value: WireValue, isFollowed: boolean): string {
    const local = this.#scope.declare(value.name);
    if (!field.optional) {
      this.#value(value, local, `const ${local} = `);
      return local;
    }
    const { file, family } = this.#surroundings;
    const writer = this.#writer;
    const next = this.#next;
    const type = typeText(value.type, family, (name) => file.type(name));
    const flag = `wire.readBit(bytes, ${next.text}, end, ${value.path})`;
    next.skipBit();
    writer.writeLine(`let ${local}: ${type} | undefined;`);
    const end = isFollowed ? this.#scope.declare(`${value.name}End`) : undefined;
    if (end !== undefined) writer.writeLine(`let ${end} = ${placeText(next.place)};`);
    writer.write(`if (${flag})`).block(() => {
      this.#value(value, local, `${local} = `);
      if (end !== undefined) writer.writeLine(`${end} = ${placeText(next.place)};`);
    });
    if (end !== undefined) next.place = { base: end, delta: 0 };
    return local;
  }

  /** Emits the refusal of what is left of the frame. */
  requireEnd(path: string): void {
    this.#writer.writeLine(`wire.requirePackedEnd(bytes, ${this.#next.text}, end, "${path}");`);
  }

  #value(value: WireValue, local: string, declaration: string): void {
    const { file, version } = this.#surroundings;
    const writer = this.#writer;
    const next = this.#next;
    const base = baseType(value.type);
    const at = placeText(next.place);
    if (isBool(base)) {
      writer.writeLine(`${declaration}wire.readBit(bytes, ${next.text}, end, ${value.path});`);
      next.skipBit();
      return;
    }
    let size: string | undefined;
    const scalar = (type: string) =>
      `wire.readPacked(bytes, ${next.text}, ${scalarSize(base)}, end, ${value.path}, ${file.wire("read", type)})`;
    if (isSized(base)) {
      size = this.#sized(value, base, declaration);
    } else if (base.kind === "fixedBytes") {
      writer.writeLine(
        `${declaration}wire.readPackedBytes(bytes, ${next.text}, ${base.byteCount}, end, ${value.path}, ${at});`,
      );
    } else if (base.kind === "enum") {
      writer.writeLine(
        `${declaration}${readEnumName(file, base, version)}(${scalar(base.tag)}, ${value.path}, ${at});`,
      );
    } else if (base.kind === "primitive") {
      writer.writeLine(`${declaration}${scalar(base.name)};`);
    } else {
      throw notInTail(value);
    }
    if (size === undefined) next.place = after(next.place, scalarSize(base) ?? 0);
    const checks = checksOf(value.type, value.checks);
    emitChecks(writer, "read", checks, { type: value.type, value: local, size, path: value.path, at });
  }

  /** Gives the constant that holds the length. */
  #sized(value: WireValue, base: SizedType, declaration: string): string {
    if (base.kind === "message") throw notInTail(value);
    const { file } = this.#surroundings;
    const writer = this.#writer;
    const next = this.#next;
    const at = placeText(next.place);
    const size = this.#scope.declare(`${value.name}Length`);
    const prefix = prefixSize(base.length);
    const place = `bytes, ${next.text}`;
    const read =
      file.wire("read", base.length) === "wire.readU16"
        ? `wire.readPackedU16(${place}, end, ${value.path})`
        : `${file.wire("read", base.length)}(wire.unpack(${place}, ${prefix}, end, ${value.path}), 0)`;
    writer.writeLine(`const ${size} = ${read};`);
    if (isSigned(base.length)) {
      const error = `wire.lengthOutOfRange(${value.path}, ${at}, ${size}, "the smallest is 0")`;
      throwIf(writer, `${size} < 0`, error);
    }
    const start = after(next.place, prefix);
    const verb = base.kind === "string" ? "readPackedString" : "readPackedBytes";
    writer.writeLine(
      `${declaration}wire.${verb}(bytes, ${placeText(start)}, ${next.used}, ${size}, end, ${value.path}, ${at});`,
    );
    next.place = { base: `${placeText(start)} + ${size}`, delta: 0 };
    return size;
  }
}

/** The counterpart of `BitTailReader`. */
export class BitTailWriter {
  readonly #writer: CodeBlockWriter;
  readonly #surroundings: Surroundings;
  readonly #scope: NameScope;
  readonly #next: BitPlace;

  constructor(writer: CodeBlockWriter, surroundings: Surroundings, scope: NameScope, start: Place) {
    this.#writer = writer;
    this.#surroundings = surroundings;
    this.#scope = scope;
    this.#next = new BitPlace(start);
    writer.writeLine(explanation);
  }

  /** Where the message ends. The rest of the last byte is zero already. */
  get end(): Place {
    return this.#next.nextWhole;
  }

  /** Emits the writing of a field whose value an expression has. */
  field(field: Field, value: WireValue, expression: string): void {
    if (!field.optional) {
      this.#value(value, expression);
      return;
    }
    const writer = this.#writer;
    const next = this.#next;
    writer.writeLine(`wire.setBit(target, ${next.text}, ${expression} !== undefined);`);
    next.skipBit();
    const end = this.#scope.declare(`${value.name}End`);
    writer.writeLine(`let ${end} = ${placeText(next.place)};`);
    writer.write(`if (${expression} !== undefined)`).block(() => {
      this.#value(value, expression);
      writer.writeLine(`${end} = ${placeText(next.place)};`);
    });
    next.place = { base: end, delta: 0 };
  }

  #value(value: WireValue, expression: string): void {
    const { file, version } = this.#surroundings;
    const writer = this.#writer;
    const next = this.#next;
    const base = baseType(value.type);
    const at = placeText(next.place);
    if (isBool(base)) {
      writer.writeLine(`wire.setBit(target, ${next.text}, wire.checkBool(${expression}, ${value.path}, ${at}));`);
      next.skipBit();
      return;
    }
    const start = placeText(next.nextWhole);
    let size: string | undefined;
    let end = placeText(after(next.nextWhole, scalarSize(base) ?? 0));
    if (isSized(base)) {
      ({ size, end } = this.#sized(value, base, expression));
    } else if (base.kind === "fixedBytes") {
      writer.writeLine(
        `wire.writeFixedBytes(target, ${start}, ${expression}, ${base.byteCount}, ${value.path}, ${at});`,
      );
    } else if (base.kind === "enum") {
      const tag = `${tagOfEnumName(file, base, version)}(${expression}, ${value.path}, ${at})`;
      writer.writeLine(`${file.wire("set", base.tag)}(target, ${start}, ${tag});`);
    } else if (base.kind === "primitive") {
      writer.writeLine(`${file.wire("write", base.name)}(target, ${start}, ${expression}, ${value.path});`);
    } else {
      throw notInTail(value);
    }
    const checks = checksOf(value.type, value.checks);
    emitChecks(writer, "write", checks, { type: value.type, value: expression, size, path: value.path, at });
    this.#join(value, end);
  }

  /** Gives the constants that hold the length and the end of the whole bytes. */
  #sized(value: WireValue, base: SizedType, expression: string): { readonly size: string; readonly end: string } {
    if (base.kind === "message") throw notInTail(value);
    const { file } = this.#surroundings;
    const writer = this.#writer;
    const at = placeText(this.#next.place);
    const start = this.#next.nextWhole;
    const prefix = prefixSize(base.length);
    const content = placeText(after(start, prefix));
    const end = this.#scope.declare(`${value.name}WholeEnd`);
    const size = this.#scope.declare(`${value.name}Length`);
    const write = base.kind === "string" ? "writeString" : "writeBytes";
    writer.writeLine(`const ${end} = wire.${write}(target, ${content}, ${expression}, ${value.path}, ${at});`);
    writer.writeLine(`const ${size} = ${end} - (${content});`);
    const max = prefixMax(base.length);
    throwIf(writer, `${size} > ${max}`, `wire.tooLarge(${value.path}, ${at}, ${size}, "bytes", ${max})`);
    writer.writeLine(`${file.wire("set", `u${prefix * 8}`)}(target, ${placeText(start)}, ${size});`);
    return { size, end };
  }

  /** Emits the move of whole bytes up to the bits before them. */
  #join(value: WireValue, wholeEnd: string): void {
    const next = this.#next;
    if (next.used === 0) {
      next.place = { base: wholeEnd, delta: 0 };
      return;
    }
    const packed = this.#scope.declare(`${value.name}PackedEnd`);
    this.#writer.writeLine(`const ${packed} = wire.pack(target, ${next.text}, ${wholeEnd});`);
    next.place = { base: packed, delta: 0 };
  }
}

function notInTail({ functionName }: WireValue): Error {
  return new Error(`${functionName}: its type cannot follow a flag in a bit-packed version`);
}
