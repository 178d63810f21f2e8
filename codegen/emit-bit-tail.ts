import type { CodeBlockWriter } from "ts-morph";
import { type NameScope, type Place, placeText, type Surroundings, throwIf } from "./codec-file.ts";
import { emitChecks, looksAtValue } from "./emit-checks.ts";
import { readEnumName, tagOfEnumName } from "./emit-enums.ts";
import { baseType, checksOf, isBool, isSigned, prefixMax, prefixSize, scalarSize } from "./layout.ts";
import type { Field } from "./protocol.ts";
import { typeText } from "./type-text.ts";
import { isSized, type WireValue } from "./wire-value.ts";

/**
 * Emits the end of a message of a bit-packed version: its fields from the first flag on. The rules of the language allow
 * only flags, scalars, strings and bytes there.
 */
export class BitTailReader {
  readonly #writer: CodeBlockWriter;
  readonly #surroundings: Surroundings;
  readonly #scope: NameScope;

  constructor(writer: CodeBlockWriter, surroundings: Surroundings, scope: NameScope, start: Place) {
    this.#writer = writer;
    this.#surroundings = surroundings;
    this.#scope = scope;
    writer.writeLine("// From here on flags are single bits, and what follows them is not moved up to the next byte.");
    writer.writeLine(`const bits = new wire.BitReader(bytes, ${placeText(start)}, end);`);
  }

  /** Emits the reading of a field and gives the variable that holds it. */
  field(field: Field, value: WireValue): string {
    const local = this.#scope.declare(value.name);
    if (!field.optional) {
      this.#value(value, local, `const ${local} = `);
      return local;
    }
    const { file, family } = this.#surroundings;
    const type = typeText(value.type, family, (name) => file.type(name));
    this.#writer.writeLine(`let ${local}: ${type} | undefined;`);
    this.#writer.write(`if (bits.bit(${value.path}))`).block(() => this.#value(value, local, `${local} = `));
    return local;
  }

  #value(value: WireValue, local: string, declaration: string): void {
    const writer = this.#writer;
    const { file, version } = this.#surroundings;
    const base = baseType(value.type);
    const checks = checksOf(value.type, value.checks);
    if (isBool(base)) {
      writer.writeLine(`${declaration}bits.bit(${value.path});`);
      return;
    }
    const at = this.#scope.declare(`${value.name}At`);
    let size: string | undefined;
    const isScalar = base.kind === "primitive";
    if (!isScalar || looksAtValue(checks, "read")) writer.writeLine(`const ${at} = bits.offset;`);
    if (isSized(base) && base.kind !== "message") {
      size = this.#scope.declare(`${value.name}Length`);
      const prefix = `${prefixSize(base.length)}, ${file.wire("read", base.length)}`;
      writer.writeLine(`const ${size} = bits.scalar(${prefix}, ${value.path});`);
      if (isSigned(base.length)) {
        const error = `wire.lengthOutOfRange(${value.path}, ${at}, ${size}, "the smallest is 0")`;
        throwIf(writer, `${size} < 0`, error);
      }
      writer.writeLine(`${declaration}bits.${base.kind}(${size}, ${value.path}, ${at});`);
    } else if (base.kind === "fixedBytes") {
      writer.writeLine(`${declaration}bits.bytes(${base.byteCount}, ${value.path}, ${at});`);
    } else if (base.kind === "enum") {
      const tag = `bits.scalar(${scalarSize(base)}, ${file.wire("read", base.tag)}, ${value.path})`;
      writer.writeLine(`${declaration}${readEnumName(file, base, version)}(${tag}, ${value.path}, ${at});`);
    } else if (isScalar) {
      const scalar = `bits.scalar(${scalarSize(base)}, ${file.wire("read", base.name)}, ${value.path})`;
      writer.writeLine(`${declaration}${scalar};`);
    } else {
      throw new Error(`${value.functionName}: a ${base.kind} cannot follow a flag in a bit-packed version`);
    }
    emitChecks(writer, "read", checks, { type: value.type, value: local, size, path: value.path, at });
  }
}

/** The counterpart of `BitTailReader`. */
export class BitTailWriter {
  readonly #writer: CodeBlockWriter;
  readonly #surroundings: Surroundings;
  readonly #scope: NameScope;

  constructor(writer: CodeBlockWriter, surroundings: Surroundings, scope: NameScope, start: Place) {
    this.#writer = writer;
    this.#surroundings = surroundings;
    this.#scope = scope;
    writer.writeLine("// From here on flags are single bits, and what follows them is not moved up to the next byte.");
    writer.writeLine(`const bits = new wire.BitWriter(bytes, ${placeText(start)});`);
  }

  /** Emits the writing of a field whose value an expression has. */
  field(field: Field, value: WireValue, expression: string): void {
    if (!field.optional) {
      this.#value(value, expression);
      return;
    }
    this.#writer.writeLine(`bits.bit(${expression} !== undefined);`);
    this.#writer.write(`if (${expression} !== undefined)`).block(() => this.#value(value, expression));
  }

  #value(value: WireValue, expression: string): void {
    const writer = this.#writer;
    const { file, version } = this.#surroundings;
    const base = baseType(value.type);
    const checks = checksOf(value.type, value.checks);
    if (isBool(base)) {
      writer.writeLine(`bits.bit(wire.checkBool(${expression}, ${value.path}, bits.offset));`);
      return;
    }
    const start = this.#scope.declare(`${value.name}Start`);
    writer.writeLine(`const ${start} = bits.nextWhole;`);
    let size: string | undefined;
    if (isSized(base) && base.kind !== "message") {
      const end = this.#scope.declare(`${value.name}End`);
      size = this.#scope.declare(`${value.name}Length`);
      const prefix = prefixSize(base.length);
      const verb = base.kind === "string" ? "writeString" : "writeBytes";
      const content = `bytes, ${start} + ${prefix}, ${expression}, ${value.path}, bits.offset`;
      writer.writeLine(`const ${end} = wire.${verb}(${content});`);
      writer.writeLine(`const ${size} = ${end} - ${start} - ${prefix};`);
      throwIf(
        writer,
        `${size} > ${prefixMax(base.length)}`,
        `wire.tooLarge(${value.path}, bits.offset, ${size}, "bytes", ${prefixMax(base.length)})`,
      );
      writer.writeLine(`${file.wire("set", `u${prefix * 8}`)}(bytes, ${start}, ${size});`);
      this.#checks(value, expression, size);
      writer.writeLine(`bits.join(${end});`);
      return;
    }
    if (base.kind === "fixedBytes") {
      const count = base.byteCount;
      writer.writeLine(`wire.writeFixedBytes(bytes, ${start}, ${expression}, ${count}, ${value.path}, bits.offset);`);
    } else if (base.kind === "enum") {
      const tag = `${tagOfEnumName(file, base, version)}(${expression}, ${value.path}, bits.offset)`;
      writer.writeLine(`${file.wire("set", base.tag)}(bytes, ${start}, ${tag});`);
    } else if (base.kind === "primitive") {
      writer.writeLine(`${file.wire("write", base.name)}(bytes, ${start}, ${expression}, ${value.path});`);
    } else {
      throw new Error(`${value.functionName}: a ${base.kind} cannot follow a flag in a bit-packed version`);
    }
    if (looksAtValue(checks, "write")) this.#checks(value, expression, undefined);
    writer.writeLine(`bits.join(${start} + ${scalarSize(base)});`);
  }

  #checks(value: WireValue, expression: string, size: string | undefined): void {
    const checks = checksOf(value.type, value.checks);
    const subject = { type: value.type, value: expression, size, path: value.path, at: "bits.offset" };
    emitChecks(this.#writer, "write", checks, subject);
  }
}
