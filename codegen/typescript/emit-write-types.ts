import type { CodeBlockWriter } from "ts-morph";
import { baseType, checksOf, isPresent, prefixMax, prefixSize } from "../layout.ts";
import type { ListType, MapType, StructType, UnionCase, UnionType } from "../protocol.ts";
import type { Extent } from "../type-expression.ts";
import { typeText } from "../type-text.ts";
import { type CodecFunction, NameScope, type Place, placeText, type Surroundings, throwIf } from "./codec-file.ts";
import { emitChecks } from "./emit-checks.ts";
import { caseName, catchWithin, compositeName } from "./emit-read-types.ts";
import { emitFieldWrites, ValueWriter } from "./emit-write.ts";
import { anonymousValue, type WireValue } from "./wire-value.ts";

/**
 * The name of the function that writes a list, map, struct or union and returns where it ends:
 * `writeCapabilities(target, start, value, path)`. It puts `path` before that of every error inside.
 */
export function compositeWriter(surroundings: Surroundings, value: WireValue): string {
  const base = baseType(value.type);
  const name = compositeName(surroundings, value);
  switch (base.kind) {
    case "struct":
      return surroundings.file.function(`write${name}`, () => structWriter(surroundings, base, name));
    case "union":
      return surroundings.file.function(`write${name}`, () => unionWriter(surroundings, base, name));
    case "list":
      return surroundings.file.function(`write${name}`, () => listWriter(surroundings, value, base, name));
    case "map":
      return surroundings.file.function(`write${name}`, () => mapWriter(surroundings, value, base, name));
    default:
      throw new Error(`${base.kind} is written where it stands`);
  }
}

function parameters(type: string): string[] {
  return ["target: wire.Target", "start: number", `value: ${type}`, "path: string"];
}

function structWriter(surroundings: Surroundings, type: StructType, name: string): CodecFunction {
  return {
    parameters: parameters(surroundings.file.type(type.name)),
    returns: "number",
    body: (writer) => {
      throwIf(writer, "!wire.isObject(value)", `wire.invalidValue(path, start, value, "a ${type.name}")`);
      catchWithin(writer, "path", () => {
        const owner = { pathPrefix: "", functionName: name, fields: type.fields };
        const end = emitFieldWrites(writer, surroundings, owner, "value", { base: "start", delta: 0 });
        writer.writeLine(`return ${end};`);
      });
    },
  };
}

function unionWriter(surroundings: Surroundings, type: UnionType, name: string): CodecFunction {
  const { file, version } = surroundings;
  return {
    parameters: parameters(file.type(type.name)),
    returns: "number",
    body: (writer) => {
      throwIf(writer, "!wire.isObject(value)", `wire.invalidValue(path, start, value, "a ${type.name}")`);
      catchWithin(writer, "path", () => {
        writer.write("switch (value.type)").block(() => {
          for (const unionCase of type.cases) {
            writer.writeLine(`case "${unionCase.name}":`).indent(() => {
              if (isPresent(unionCase, version)) emitCase(writer, surroundings, type, unionCase, name);
              else writer.writeLine(`throw wire.notInVersion(".type", start, value.type, ${version.number});`);
            });
          }
          writer.writeLine("default:").indent(() => {
            writer.writeLine(
              `throw wire.invalidValue(".type", start, Reflect.get(value, "type"), "a case of ${type.name}");`,
            );
          });
        });
      });
    },
  };
}

function emitCase(
  writer: CodeBlockWriter,
  surroundings: Surroundings,
  type: UnionType,
  unionCase: UnionCase,
  unionName: string,
): void {
  const { file } = surroundings;
  const tagSize = prefixSize(type.tag);
  writer.writeLine(`${file.wire("set", type.tag)}(target, start, ${unionCase.tag});`);
  if (unionCase.fields.length === 0) {
    writer.writeLine(`return start + ${tagSize};`);
    return;
  }
  const name = caseName(file, unionName, unionCase);
  const write = file.function(`write${name}`, () => ({
    parameters: parameters(file.type(unionCase.typeName)).slice(0, 3),
    returns: "number",
    body: (body) => {
      const owner = { pathPrefix: "", functionName: name, fields: unionCase.fields };
      const end = emitFieldWrites(body, surroundings, owner, "value", { base: "start", delta: 0 });
      body.writeLine(`return ${end};`);
    },
  }));
  writer.writeLine(`return ${write}(target, start + ${tagSize}, value);`);
}

function listWriter(surroundings: Surroundings, value: WireValue, list: ListType, name: string): CodecFunction {
  const { file, family } = surroundings;
  return {
    parameters: parameters(typeText(value.type, family, (type) => file.type(type))),
    returns: "number",
    body: (writer) => {
      throwIf(writer, "!wire.isList(value)", 'wire.invalidValue(path, start, value, "an array")');
      emitCount(writer, surroundings, value, list.length);
      writer.writeLine("let index = 0;");
      catchWithin(writer, "`${path}[${index}]`", () => {
        writer.write("for (; index < count; index++)").block(() => {
          const element = typeText(list.element, family, (type) => file.type(type));
          writer.writeLine(`const item = value[index] as ${element};`);
          const values = new ValueWriter(writer, surroundings, new NameScope(), { base: "offset", delta: 0 });
          values.value(anonymousValue(list.element, "element", `${name}Element`), "item");
          writer.writeLine(advance(values.place));
        });
      });
      writer.writeLine("return offset;");
    },
  };
}

function mapWriter(surroundings: Surroundings, value: WireValue, map: MapType, name: string): CodecFunction {
  const { file, family } = surroundings;
  return {
    parameters: parameters(typeText(value.type, family, (type) => file.type(type))),
    returns: "number",
    body: (writer) => {
      throwIf(writer, "!wire.isRecord(value)", 'wire.invalidValue(path, start, value, "an object with entries")');
      const size = prefixSize(map.length);
      writer.writeLine(`let offset = start + ${size};`);
      writer.writeLine("let count = 0;");
      writer.writeLine("let key: string | undefined;");
      catchWithin(writer, "wire.entryPath(path, key, count)", () => {
        writer.write("for (const entryKey in value)").block(() => {
          const scope = new NameScope();
          const entry = typeText(map.value, family, (type) => file.type(type));
          writer.writeLine("if (!wire.hasOwn(value, entryKey)) continue;");
          writer.writeLine(`const entryValue = value[entryKey] as ${entry};`);
          const values = new ValueWriter(writer, surroundings, scope, { base: "offset", delta: 0 });
          writer.writeLine("key = entryKey;");
          values.value(anonymousValue(map.key, "entryKey", `${name}Key`), "entryKey");
          values.value(anonymousValue(map.value, "entryValue", `${name}Value`), "entryValue");
          writer.writeLine(advance(values.place));
          writer.writeLine("count++;");
        });
      });
      emitCountChecks(writer, value, map.length);
      writer.writeLine(`${file.wire("set", `u${size * 8}`)}(target, start, count);`);
      writer.writeLine("return offset;");
    },
  };
}

/** Emits the count of a list, and `offset`, where its first entry begins. */
function emitCount(writer: CodeBlockWriter, { file }: Surroundings, value: WireValue, prefix: Extent): void {
  writer.writeLine("const count = value.length;");
  emitCountChecks(writer, value, prefix);
  const size = prefixSize(prefix);
  if (size === 0) {
    writer.writeLine("let offset = start;");
    return;
  }
  writer.writeLine(`${file.wire("set", `u${size * 8}`)}(target, start, count);`);
  writer.writeLine(`let offset = start + ${size};`);
}

function emitCountChecks(writer: CodeBlockWriter, value: WireValue, prefix: Extent): void {
  const max = prefix === "rest" ? undefined : prefixMax(prefix);
  if (max !== undefined) throwIf(writer, `count > ${max}`, `wire.tooLarge(path, start, count, "entries", ${max})`);
  const checks = checksOf(value.type, value.checks);
  emitChecks(writer, "write", checks, { type: value.type, value: "value", size: "count", path: "path", at: "start" });
}

function advance(place: Place): string {
  return place.base === "offset" ? `offset += ${place.delta};` : `offset = ${placeText(place)};`;
}
