import type { CodeBlockWriter } from "ts-morph";
import { baseType, checksOf, isBool, isPresent, prefixMax, prefixSize, scalarSize } from "../layout.ts";
import type { Field } from "../protocol.ts";
import { after, NameScope, type Place, placeText, type Surroundings, throwIf } from "./codec-file.ts";
import { BitTailWriter } from "./emit-bit-tail.ts";
import { emitChecks, looksAtLength, looksAtValue } from "./emit-checks.ts";
import { tagOfEnumName } from "./emit-enums.ts";
import { isComparable, literal } from "./emit-literals.ts";
import { innerMessageWriter } from "./emit-write-messages.ts";
import { compositeWriter } from "./emit-write-types.ts";
import {
  type FieldOwner,
  fieldValue,
  isRest,
  isSized,
  type RestType,
  type SizedType,
  type WireValue,
} from "./wire-value.ts";

/**
 * Emits the writing of the fields of a message, struct or case, whose value the variable `source` holds, from `start` on.
 * Gives the expression for where they end.
 */
export function emitFieldWrites(
  writer: CodeBlockWriter,
  surroundings: Surroundings,
  owner: FieldOwner,
  source: string,
  start: Place,
): string {
  const { version } = surroundings;
  const scope = new NameScope();
  emitLostFields(writer, surroundings, owner, source, start);
  const present = owner.fields.filter((field) => isPresent(field, version));
  const firstFlag = version.packing === "bit" ? present.findIndex((field) => field.optional || isBool(field.type)) : -1;
  const whole = firstFlag === -1 ? present : present.slice(0, firstFlag);
  const values = new ValueWriter(writer, surroundings, scope, start);
  for (const field of whole) {
    const value = fieldValue(field, owner);
    const local = declareLocal(writer, scope, field, source);
    if (field.optional) values.optional(value, local);
    else values.value(value, local);
  }
  if (firstFlag === -1) return placeText(values.place);

  const bits = new BitTailWriter(writer, surroundings, scope, values.place);
  for (const field of present.slice(firstFlag)) {
    bits.field(field, fieldValue(field, owner), declareLocal(writer, scope, field, source));
  }
  return placeText(bits.end);
}

function declareLocal(writer: CodeBlockWriter, scope: NameScope, field: Field, source: string): string {
  const local = scope.declare(field.name);
  writer.writeLine(`const ${local} = ${source}.${field.name};`);
  return local;
}

/** Emits a guard for each field that the version has no place for: it may be dropped only where the schema says so. */
function emitLostFields(
  writer: CodeBlockWriter,
  { version }: Surroundings,
  owner: FieldOwner,
  source: string,
  start: Place,
): void {
  for (const field of owner.fields) {
    if (isPresent(field, version) || field.ignorable) continue;
    const expression = `${source}.${field.name}`;
    const isSet = `${expression} !== undefined`;
    const { path } = fieldValue(field, owner);
    const error = `wire.notInVersion(${path}, ${placeText(start)}, ${expression}, ${version.number})`;
    if (field.default === undefined || field.default === null) {
      throwIf(writer, isSet, error);
      continue;
    }
    const fallback = literal(field.default, field.type);
    const differs = isComparable(field.type)
      ? `${expression} !== ${fallback}`
      : `!wire.isEqual(${expression}, ${fallback})`;
    throwIf(writer, `${isSet} && ${differs}`, error);
  }
}

/** Emits the writing of values that follow each other in whole bytes. */
export class ValueWriter {
  readonly #writer: CodeBlockWriter;
  readonly #surroundings: Surroundings;
  readonly #scope: NameScope;
  #place: Place;

  constructor(writer: CodeBlockWriter, surroundings: Surroundings, scope: NameScope, start: Place) {
    this.#writer = writer;
    this.#surroundings = surroundings;
    this.#scope = scope;
    this.#place = start;
  }

  /** Behind the last value. */
  get place(): Place {
    return this.#place;
  }

  /** Emits the writing of a value that the variable `local` holds. */
  value(value: WireValue, local: string): void {
    const base = baseType(value.type);
    if (isSized(base)) this.#sized(value, base, local);
    else if (isRest(base)) this.#rest(value, base, local);
    else if (scalarSize(base) === undefined) this.#composite(value, local);
    else this.#scalar(value, local);
  }

  /** Emits a presence flag and, where there is one, the value. */
  optional(value: WireValue, local: string): void {
    const end = this.#scope.declare(`${value.name}End`);
    const content = after(this.#place, 1);
    this.#writer.writeLine(`wire.setU8(target, ${placeText(this.#place)}, ${local} === undefined ? 0 : 1);`);
    this.#writer.writeLine(`let ${end} = ${placeText(content)};`);
    this.#writer.write(`if (${local} !== undefined)`).block(() => {
      const inner = new ValueWriter(this.#writer, this.#surroundings, this.#scope, content);
      inner.value(value, local);
      this.#writer.writeLine(`${end} = ${placeText(inner.place)};`);
    });
    this.#place = { base: end, delta: 0 };
  }

  #scalar(value: WireValue, local: string): void {
    const { file, version } = this.#surroundings;
    const base = baseType(value.type);
    const at = placeText(this.#place);
    if (base.kind === "fixedBytes") {
      this.#writer.writeLine(`wire.writeFixedBytes(target, ${at}, ${local}, ${base.byteCount}, ${value.path}, ${at});`);
    } else if (base.kind === "enum") {
      const tag = `${tagOfEnumName(file, base, version)}(${local}, ${value.path}, ${at})`;
      this.#writer.writeLine(`${file.wire("set", base.tag)}(target, ${at}, ${tag});`);
    } else if (base.kind === "primitive") {
      this.#writer.writeLine(`${file.wire("write", base.name)}(target, ${at}, ${local}, ${value.path});`);
    }
    this.#checks(value, local, undefined, at);
    this.#place = after(this.#place, scalarSize(base) ?? 0);
  }

  #sized(value: WireValue, base: SizedType, local: string): void {
    const { file } = this.#surroundings;
    const writer = this.#writer;
    const prefix = prefixSize(base.length);
    const at = placeText(this.#place);
    const content = placeText(after(this.#place, prefix));
    const end = this.#scope.declare(`${value.name}End`);
    const length = this.#scope.declare(`${value.name}Length`);
    if (base.kind === "message") {
      const write = innerMessageWriter(this.#surroundings);
      writer.writeLine(`const ${end} = ${write}(target, ${content}, ${local}, ${value.path});`);
    } else {
      const write = base.kind === "string" ? "wire.writeString" : "wire.writeBytes";
      writer.writeLine(`const ${end} = ${write}(target, ${content}, ${local}, ${value.path}, ${at});`);
    }
    writer.writeLine(`const ${length} = ${end} - ${lengthBase(after(this.#place, prefix))};`);
    const max = prefixMax(base.length);
    throwIf(writer, `${length} > ${max}`, `wire.tooLarge(${value.path}, ${at}, ${length}, "bytes", ${max})`);
    writer.writeLine(`${file.wire("set", `u${prefix * 8}`)}(target, ${at}, ${length});`);
    this.#checks(value, local, length, at);
    this.#place = { base: end, delta: 0 };
  }

  /** Of what reaches to the end of the frame: nothing says how long it is. */
  #rest(value: WireValue, base: RestType, local: string): void {
    if (base.kind === "list") {
      this.#composite(value, local);
      return;
    }
    const at = placeText(this.#place);
    const end = this.#scope.declare(`${value.name}End`);
    const write = base.kind === "string" ? "wire.writeString" : "wire.writeBytes";
    this.#writer.writeLine(`const ${end} = ${write}(target, ${at}, ${local}, ${value.path}, ${at});`);
    let length: string | undefined;
    if (looksAtLength(checksOf(value.type, value.checks), "write")) {
      length = this.#scope.declare(`${value.name}Length`);
      this.#writer.writeLine(`const ${length} = ${end} - ${lengthBase(this.#place)};`);
    }
    this.#checks(value, local, length, at);
    this.#place = { base: end, delta: 0 };
  }

  #composite(value: WireValue, local: string): void {
    const end = this.#scope.declare(`${value.name}End`);
    const write = compositeWriter(this.#surroundings, value);
    this.#writer.writeLine(`const ${end} = ${write}(target, ${placeText(this.#place)}, ${local}, ${value.path});`);
    this.#place = { base: end, delta: 0 };
  }

  #checks(value: WireValue, local: string, size: string | undefined, at: string): void {
    const checks = checksOf(value.type, value.checks);
    if (!looksAtValue(checks, "write")) return;
    emitChecks(this.#writer, "write", checks, { type: value.type, value: local, size, path: value.path, at });
  }
}

function lengthBase({ base, delta }: Place): string {
  return delta === 0 ? base : `(${base} + ${delta})`;
}
