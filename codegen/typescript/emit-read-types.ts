import type { CodeBlockWriter } from "ts-morph";
import { baseType, checksOf, isPresent, isSigned, layoutIn, minimumSize, prefixSize, scalarSize } from "../layout.ts";
import type { Checks, Field, ListType, MapType, StructType, Type, UnionCase, UnionType } from "../protocol.ts";
import type { LengthType } from "../type-expression.ts";
import { typeText } from "../type-text.ts";
import {
  type CodecFile,
  type CodecFunction,
  NameScope,
  type Place,
  placeText,
  type Surroundings,
  throwIf,
} from "./codec-file.ts";
import { emitChecks } from "./emit-checks.ts";
import { emitFieldReads, ValueReader } from "./emit-read.ts";
import { anonymousValue, type WireValue } from "./wire-value.ts";

const readerParameters = ["bytes: Uint8Array", "start: number", "end: number", "path: string"];

/**
 * The name of the function that reads a list, map, struct or union: `readCapabilities(bytes, start, end, path)`. It
 * leaves where the value ends in `readEnd`, and puts `path` before that of every error inside.
 */
export function compositeReader(surroundings: Surroundings, value: WireValue): string {
  const base = baseType(value.type);
  const name = compositeName(surroundings, value);
  switch (base.kind) {
    case "struct":
      return surroundings.file.function(`read${name}`, () => structReader(surroundings, base, name));
    case "union":
      return surroundings.file.function(`read${name}`, () => unionReader(surroundings, base, name));
    case "list":
      return surroundings.file.function(`read${name}`, () =>
        base.length === "rest"
          ? restReader(surroundings, value, base, name)
          : listReader(surroundings, value, base, base.length, name),
      );
    case "map":
      return surroundings.file.function(`read${name}`, () => mapReader(surroundings, value, base, name));
    default:
      throw new Error(`${base.kind} is read where it stands`);
  }
}

/**
 * What functions for a value are named after: its type where that has a name and says everything, else the field. A name
 * carries the suffix of its layout.
 */
export function compositeName({ file, version }: Surroundings, value: WireValue): string {
  const { type } = value;
  const named = type.kind === "alias" && (baseType(type).kind === "struct" || baseType(type).kind === "union");
  const owner = named ? baseType(type) : type;
  if ("doc" in owner && value.checks === undefined) {
    const { suffix } = layoutIn(owner, version, file.protocol);
    return file.nameFor(owner.name + suffix, `type ${owner.name} ${suffix}`);
  }
  return file.nameFor(value.functionName, `field ${value.functionName} ${value.path}`);
}

/** What functions for a case of a union are named after. */
export function caseName(file: CodecFile, unionName: string, unionCase: UnionCase): string {
  return file.nameFor(unionName + unionCase.name, `case ${unionName} ${unionCase.name}`);
}

function structReader(surroundings: Surroundings, type: StructType, name: string): CodecFunction {
  const { file } = surroundings;
  return {
    parameters: readerParameters,
    returns: file.type(type.name),
    body: (writer) => catchWithin(writer, "path", () => emitObject(writer, surroundings, type.fields, name, undefined)),
  };
}

function unionReader(surroundings: Surroundings, type: UnionType, name: string): CodecFunction {
  const { file, version } = surroundings;
  const tagSize = prefixSize(type.tag);
  const cases = type.cases.filter((unionCase) => isPresent(unionCase, version));
  return {
    parameters: readerParameters,
    returns: file.type(type.name),
    body: (writer) => {
      throwIf(writer, `end - start < ${tagSize}`, `wire.truncatedValue(path, start, end, ${tagSize})`);
      writer.writeLine(`const tag = ${file.wire("read", type.tag)}(bytes, start);`);
      catchWithin(writer, "path", () => {
        writer.write("switch (tag)").block(() => {
          for (const unionCase of cases) {
            writer
              .writeLine(`case ${unionCase.tag}:`)
              .indent(() => emitCase(writer, surroundings, unionCase, name, tagSize));
          }
          writer.writeLine("default:").indent(() => {
            writer.writeLine(`throw wire.unknownDiscriminator("", start, tag, "${type.name}");`);
          });
        });
      });
    },
  };
}

function emitCase(
  writer: CodeBlockWriter,
  surroundings: Surroundings,
  unionCase: UnionCase,
  unionName: string,
  tagSize: number,
): void {
  if (unionCase.fields.length === 0) {
    writer.writeLine(`${surroundings.file.readEnd()} = start + ${tagSize};`);
    writer.writeLine(`return { type: "${unionCase.name}" };`);
    return;
  }
  const { file } = surroundings;
  const name = caseName(file, unionName, unionCase);
  const read = file.function(`read${name}`, () => ({
    parameters: readerParameters.slice(0, 3),
    returns: file.type(unionCase.typeName),
    body: (body) => emitObject(body, surroundings, unionCase.fields, name, unionCase.name),
  }));
  writer.writeLine(`return ${read}(bytes, start + ${tagSize}, end);`);
}

/** The fields of a struct or case, and the object that they make. */
function emitObject(
  writer: CodeBlockWriter,
  surroundings: Surroundings,
  fields: readonly Field[],
  functionName: string,
  discriminator: string | undefined,
): void {
  const owner = { pathPrefix: "", functionName, fields };
  const { properties, end } = emitFieldReads(writer, surroundings, owner, { base: "start", delta: 0 });
  const type = discriminator === undefined ? [] : [`type: "${discriminator}"`];
  writer.writeLine(`${surroundings.file.readEnd()} = ${placeText(end)};`);
  writer.writeLine(`return { ${[...type, ...properties].join(", ")} };`);
}

function listReader(
  surroundings: Surroundings,
  value: WireValue,
  list: ListType,
  prefix: LengthType,
  name: string,
): CodecFunction {
  const { file, family } = surroundings;
  const element = typeText(list.element, family, (type) => file.type(type));
  return {
    parameters: readerParameters,
    returns: typeText(value.type, family, (type) => file.type(type)),
    body: (writer) => {
      const elementSize = scalarSize(list.element);
      emitCount(writer, surroundings, prefix, value, sizeOf(list.element, surroundings));
      writer.writeLine(`const items: ${list.element.kind === "map" ? `(${element})` : element}[] = [];`);
      writer.writeLine(`let offset = start + ${prefixSize(prefix)};`);
      writer.writeLine("let index = 0;");
      catchWithin(writer, "`${path}[${index}]`", () => {
        writer.write("for (; index < count; index++)").block(() => {
          // The count was compared with what is left, so that elements of one size are known to be there.
          const reader = elementReader(writer, surroundings, elementSize);
          const item = reader.value(anonymousValue(list.element, "item", `${name}Element`));
          writer.writeLine(`items.push(${item});`);
          writer.writeLine(advance(reader.place));
        });
      });
      emitEnd(writer, surroundings, "items");
    },
  };
}

/** Of a list without a count: elements up to the end of the frame. Where it ends is no question. */
function restReader(surroundings: Surroundings, value: WireValue, list: ListType, name: string): CodecFunction {
  const { file, family } = surroundings;
  const element = typeText(list.element, family, (type) => file.type(type));
  return {
    parameters: readerParameters,
    returns: typeText(value.type, family, (type) => file.type(type)),
    body: (writer) => {
      writer.writeLine(`const items: ${list.element.kind === "map" ? `(${element})` : element}[] = [];`);
      writer.writeLine("let offset = start;");
      catchWithin(writer, "`${path}[${items.length}]`", () => {
        writer.write("while (offset < end)").block(() => {
          // The condition has seen to the first byte.
          const reader = elementReader(writer, surroundings, 1);
          const item = reader.value(anonymousValue(list.element, "item", `${name}Element`));
          writer.writeLine(`items.push(${item});`);
          writer.writeLine(advance(reader.place));
        });
      });
      const checks = checksOf(value.type, value.checks);
      const subject = { type: value.type, value: "items", size: "items.length", path: "path", at: "start" };
      emitChecks(writer, "read", checks, subject);
      writer.writeLine("return items;");
    },
  };
}

function mapReader(surroundings: Surroundings, value: WireValue, map: MapType, name: string): CodecFunction {
  const { file, family } = surroundings;
  const entry = typeText(map.value, family, (type) => file.type(type));
  return {
    parameters: readerParameters,
    returns: typeText(value.type, family, (type) => file.type(type)),
    body: (writer) => {
      emitCount(
        writer,
        surroundings,
        map.length,
        value,
        sizeOf(map.key, surroundings) + sizeOf(map.value, surroundings),
      );
      writer.writeLine(`const entries: Record<string, ${entry}> = {};`);
      writer.writeLine(`let offset = start + ${prefixSize(map.length)};`);
      writer.writeLine("let index = 0;");
      writer.writeLine("let key: string | undefined;");
      catchWithin(writer, "wire.entryPath(path, key, index)", () => {
        writer.write("for (; index < count; index++)").block(() => {
          writer.writeLine("key = undefined;");
          const scope = new NameScope();
          const start = { base: "offset", delta: 0 };
          const keyReader = new ValueReader(writer, surroundings, scope, "", start);
          const key = { ...anonymousValue(map.key, "entryKey", `${name}Key`), isKey: true };
          const keyLocal = keyReader.value(key);
          writer.writeLine(`key = ${keyLocal};`);
          const valueReader = new ValueReader(writer, surroundings, scope, "", keyReader.place);
          const valueLocal = valueReader.value(anonymousValue(map.value, "entryValue", `${name}Value`));
          writer.writeLine(`wire.setEntry(entries, ${keyLocal}, ${valueLocal});`);
          writer.writeLine(advance(valueReader.place));
        });
      });
      emitEnd(writer, surroundings, "entries");
    },
  };
}

/** Emits `const count`, which nothing relies on before it is known that the frame can hold so many entries. */
function emitCount(
  writer: CodeBlockWriter,
  surroundings: Surroundings,
  prefix: LengthType,
  value: { readonly type: Type; readonly checks: Checks | undefined },
  entrySize: number,
): void {
  const size = prefixSize(prefix);
  throwIf(writer, `end - start < ${size}`, `wire.truncatedValue(path, start, end, ${size})`);
  writer.writeLine(`const count = ${surroundings.file.wire("read", prefix)}(bytes, start);`);
  if (isSigned(prefix)) throwIf(writer, "count < 0", `wire.countOutOfRange(path, start, count, "the smallest is 0")`);
  const checks = checksOf(value.type, value.checks);
  emitChecks(writer, "read", checks, { type: value.type, value: "count", size: "count", path: "path", at: "start" });
  const room = `(end - start - ${size})${entrySize === 1 ? "" : ` / ${entrySize}`}`;
  writer.writeLine(`const countMax = ${entrySize === 1 ? room.slice(1, -1) : room};`);
  throwIf(writer, "count > countMax", "wire.truncatedEntries(path, start, count, countMax)");
}

/** Reads an element of a list, of which so many bytes are known to be there. */
function elementReader(writer: CodeBlockWriter, surroundings: Surroundings, size: number | undefined): ValueReader {
  return new ValueReader(writer, surroundings, new NameScope(), "", { base: "offset", delta: 0 }, size);
}

function emitEnd(writer: CodeBlockWriter, { file }: Surroundings, result: string): void {
  writer.writeLine(`${file.readEnd()} = offset;`);
  writer.writeLine(`return ${result};`);
}

function advance(place: Place): string {
  return place.base === "offset" ? `offset += ${place.delta};` : `offset = ${placeText(place)};`;
}

function sizeOf(type: Type, { version }: Surroundings): number {
  return minimumSize(type, version);
}

/** Emits a block whose errors are told from the whole. */
export function catchWithin(writer: CodeBlockWriter, path: string, body: () => void): void {
  writer
    .write("try ")
    .inlineBlock(body)
    .write(" catch (error)")
    .block(() => writer.writeLine(`throw wire.within(error, ${path});`));
}
