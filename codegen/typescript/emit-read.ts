import type { CodeBlockWriter } from "ts-morph";
import { baseType, checksOf, isBool, isPresent, isSigned, prefixSize, scalarSize } from "../layout.ts";
import type { Field, Type } from "../protocol.ts";
import { typeText } from "../type-text.ts";
import { after, distanceText, NameScope, type Place, placeText, type Surroundings, throwIf } from "./codec-file.ts";
import { BitTailReader } from "./emit-bit-tail.ts";
import { emitChecks, looksAtLength, looksAtValue } from "./emit-checks.ts";
import { literal } from "./emit-literals.ts";
import { innerMessageReader } from "./emit-read-messages.ts";
import { compositeReader } from "./emit-read-types.ts";
import {
  type FieldOwner,
  fieldValue,
  isRest,
  isSized,
  leadingStretches,
  type RestType,
  type SizedType,
  type Stretch,
  scalarRead,
  type WireValue,
} from "./wire-value.ts";

/**
 * Emits the fields of a message, struct or case that a version has, as local constants, from `start` to `end`. Gives the
 * properties of the object to be made of them.
 */
export function emitFieldReads(
  writer: CodeBlockWriter,
  surroundings: Surroundings,
  owner: FieldOwner,
  start: Place,
  endIsUsed = true,
): { readonly properties: string[]; readonly end: Place; readonly bits: BitTailReader | undefined } {
  const { version } = surroundings;
  const scope = new NameScope();
  const reader = new ValueReader(writer, surroundings, scope, owner.pathPrefix, start);
  const present = owner.fields.filter((field) => isPresent(field, version));
  const firstFlag = version.packing === "bit" ? present.findIndex((field) => field.optional || isBool(field.type)) : -1;
  const whole = firstFlag === -1 ? present : present.slice(0, firstFlag);

  const locals = new Map<string, string>();
  const values = whole.map((field) => ({ field, value: fieldValue(field, owner) }));
  for (const [index, { field, value }] of values.entries()) {
    const behind = leadingStretches(values.slice(index + 1));
    const isFollowed = endIsUsed || firstFlag !== -1 || index < values.length - 1;
    locals.set(
      field.name,
      field.optional ? reader.optional(value, isFollowed) : reader.value(value, behind, { isFollowed }),
    );
  }

  const bits = firstFlag === -1 ? undefined : new BitTailReader(writer, surroundings, scope, reader.place);
  const packed = bits === undefined ? [] : present.slice(firstFlag);
  for (const [index, field] of packed.entries()) {
    const isFollowed = endIsUsed || index < packed.length - 1;
    locals.set(field.name, bits?.field(field, fieldValue(field, owner), isFollowed) ?? "undefined");
  }
  const properties = owner.fields.map((field) => property(field, locals.get(field.name)));
  return { properties, end: reader.place, bits };
}

/** `payload`, `bytes: bytesField`, or the default of a field that the version lacks. */
function property(field: Field, local: string | undefined): string {
  if (local === field.name) return field.name;
  if (local !== undefined) return `${field.name}: ${local}`;
  return `${field.name}: ${field.default === undefined ? "undefined" : literal(field.default, field.type)}`;
}

/** Emits the reading of values that follow each other in whole bytes. */
export class ValueReader {
  readonly #writer: CodeBlockWriter;
  readonly #surroundings: Surroundings;
  readonly #scope: NameScope;
  readonly #pathPrefix: string;
  #place: Place;
  /** Bytes from `#place` on that an emitted check has found to be there. */
  #checked = 0;

  constructor(
    writer: CodeBlockWriter,
    surroundings: Surroundings,
    scope: NameScope,
    pathPrefix: string,
    start: Place,
    checkedBytes = 0,
  ) {
    this.#writer = writer;
    this.#surroundings = surroundings;
    this.#scope = scope;
    this.#pathPrefix = pathPrefix;
    this.#place = start;
    this.#checked = checkedBytes;
  }

  /** Behind the last value. */
  get place(): Place {
    return this.#place;
  }

  /**
   * Emits the reading of a value and gives the constant that holds it. `behind` are the stretches that follow it; a
   * `target` is a variable that is there already; where a value ends matters only if something follows.
   */
  value(
    value: WireValue,
    behind: readonly Stretch[] = [],
    { target, isFollowed = true }: { readonly target?: string; readonly isFollowed?: boolean } = {},
  ): string {
    const local = target ?? this.#scope.declare(value.name);
    const declaration = target === undefined ? `const ${local} = ` : `${local} = `;
    const base = baseType(value.type);
    if (isSized(base)) this.#sized(value, base, local, declaration, behind);
    else if (isRest(base)) this.#rest(value, base, local, declaration);
    else if (scalarSize(base) === undefined) this.#composite(value, declaration, isFollowed);
    else this.#scalar(value, local, declaration, behind);
    return local;
  }

  /** Emits a presence flag and, where it is set, the value. Where it ends matters only if something follows. */
  optional(value: WireValue, isFollowed: boolean): string {
    const local = this.#scope.declare(value.name);
    this.#require([{ value, size: 1 }]);
    const flag = `wire.readBool(bytes, ${placeText(this.#place)}, ${value.path})`;
    this.#skip(1);
    const end = isFollowed ? this.#scope.declare(`${value.name}End`) : undefined;
    this.#writer.writeLine(`let ${local}: ${this.#typeText(value.type)} | undefined;`);
    if (end !== undefined) this.#writer.writeLine(`let ${end} = ${placeText(this.#place)};`);
    this.#writer.write(`if (${flag})`).block(() => {
      const inner = new ValueReader(this.#writer, this.#surroundings, this.#scope, this.#pathPrefix, this.#place);
      inner.value(value, [], { target: local, isFollowed });
      if (end !== undefined) this.#writer.writeLine(`${end} = ${placeText(inner.place)};`);
    });
    if (end !== undefined) this.#moveTo(end);
    return local;
  }

  #scalar(value: WireValue, local: string, declaration: string, behind: readonly Stretch[]): void {
    const size = scalarSize(value.type) ?? 0;
    this.#require([{ value, size }, ...behind]);
    const at = placeText(this.#place);
    this.#writer.writeLine(`${declaration}${scalarRead(value, this.#surroundings, this.#place)};`);
    this.#checks(value, local, undefined, at);
    this.#skip(size);
  }

  #sized(value: WireValue, base: SizedType, local: string, declaration: string, behind: readonly Stretch[]): void {
    const writer = this.#writer;
    const prefix = prefixSize(base.length);
    const at = placeText(this.#place);
    this.#require([{ value, size: prefix }]);
    const length = this.#scope.declare(`${value.name}Length`);
    const end = this.#scope.declare(`${value.name}End`);
    const content = after(this.#place, prefix);
    writer.writeLine(`const ${length} = ${this.#surroundings.file.wire("read", base.length)}(bytes, ${at});`);
    if (isSigned(base.length)) {
      const error = `wire.lengthOutOfRange(${value.path}, ${at}, ${length}, "the smallest is 0")`;
      throwIf(writer, `${length} < 0`, error);
    }
    writer.writeLine(`const ${end} = ${placeText(content)} + ${length};`);
    this.#requireUpTo(value, at, { end, size: `${prefix} + ${length}` }, behind);

    const start = placeText(content);
    if (base.kind === "string") {
      const read = value.isKey === true ? "readKey" : "readString";
      writer.writeLine(`${declaration}wire.${read}(bytes, ${start}, ${end}, ${value.path}, ${at});`);
    } else if (base.kind === "bytes") {
      writer.writeLine(`${declaration}wire.readBytes(bytes, ${start}, ${end});`);
    } else {
      const read = innerMessageReader(this.#surroundings);
      writer.writeLine(`${declaration}${read}(bytes, ${start}, ${end}, ${value.path});`);
    }
    this.#checks(value, local, length, at);
  }

  /** Of what reaches to the end of the frame. */
  #rest(value: WireValue, base: RestType, local: string, declaration: string): void {
    if (base.kind === "list") {
      this.#composite(value, declaration, false);
      this.#moveTo("end");
      return;
    }
    const at = placeText(this.#place);
    let length: string | undefined;
    if (looksAtLength(checksOf(value.type, value.checks), "read")) {
      length = this.#scope.declare(`${value.name}Length`);
      this.#writer.writeLine(`const ${length} = ${distanceText("end", this.#place)};`);
    }
    const read =
      base.kind === "string" ? `readString(bytes, ${at}, end, ${value.path}, ${at})` : `readBytes(bytes, ${at}, end)`;
    this.#writer.writeLine(`${declaration}wire.${read};`);
    this.#checks(value, local, length, at);
    this.#moveTo("end");
  }

  #composite(value: WireValue, declaration: string, isFollowed: boolean): void {
    const read = compositeReader(this.#surroundings, value);
    this.#writer.writeLine(`${declaration}${read}(bytes, ${placeText(this.#place)}, end, ${value.path});`);
    if (!isFollowed) return;
    const end = this.#scope.declare(`${value.name}End`);
    this.#writer.writeLine(`const ${end} = ${this.#surroundings.file.readEnd()};`);
    this.#moveTo(end);
  }

  #checks(value: WireValue, local: string, size: string | undefined, at: string): void {
    const checks = checksOf(value.type, value.checks);
    if (!looksAtValue(checks, "read")) return;
    emitChecks(this.#writer, "read", checks, { type: value.type, value: local, size, path: value.path, at });
  }

  /** Emits a check that the next stretches are there, unless one has seen to the first of them. */
  #require(stretches: readonly Stretch[]): void {
    const [next] = stretches;
    if (next === undefined || next.size <= this.#checked) return;
    const size = stretches.reduce((sum, stretch) => sum + stretch.size, 0);
    const error = this.#truncated(placeText(this.#place), undefined, stretches);
    throwIf(this.#writer, `${distanceText("end", this.#place)} < ${size}`, error);
    this.#checked = size;
  }

  /** Emits a check that a value, whose length is known by now, and the stretches behind it are there. */
  #requireUpTo(
    value: WireValue,
    at: string,
    whole: { readonly end: string; readonly size: string },
    behind: readonly Stretch[],
  ): void {
    const size = behind.reduce((sum, stretch) => sum + stretch.size, 0);
    const condition = size === 0 ? `${whole.end} > end` : `end - ${whole.end} < ${size}`;
    throwIf(this.#writer, condition, this.#truncated(at, { value, size: whole.size }, behind));
    this.#moveTo(whole.end);
    this.#checked = size;
  }

  #truncated(at: string, sized: { value: WireValue; size: string } | undefined, stretches: readonly Stretch[]): string {
    const parts = [...(sized === undefined ? [] : [sized]), ...stretches];
    const [only] = parts;
    if (only === undefined) throw new Error("a check for no bytes at all");
    if (only.value.field === undefined) return `wire.truncatedValue(${only.value.path}, ${at}, end, ${only.size})`;
    const sizes = parts.map(({ value, size }) => `${value.field}: ${size}`).join(", ");
    return `wire.truncated(${JSON.stringify(this.#pathPrefix)}, ${at}, end, { ${sizes} })`;
  }

  #skip(size: number): void {
    this.#place = after(this.#place, size);
    this.#checked -= size;
  }

  #moveTo(variable: string): void {
    this.#place = { base: variable, delta: 0 };
    this.#checked = 0;
  }

  #typeText(type: Type): string {
    const { file, family } = this.#surroundings;
    return typeText(type, family, (name) => file.type(name));
  }
}
