import type { CodeBlockWriter } from "ts-morph";
import { baseType, holdsMessages, isPresent, layoutIn, prefixSize, scalarSize, tagSize } from "../layout.ts";
import type { Family, Field, Message, Type, Version } from "../protocol.ts";
import { typeText } from "../type-text.ts";
import { type CodecFile, lineLengthMax, type Surroundings } from "./codec-file.ts";
import { caseName, compositeName } from "./emit-read-types.ts";
import { anonymousValue, type FieldOwner, fieldValue, type WireValue } from "./wire-value.ts";

/**
 * The name of the function that gives an upper bound on the bytes of a message from its tag on, as a version writes it. It
 * counts nothing for a value that the writer will refuse.
 */
export function messageSizer(file: CodecFile, family: Family, version: Version): string {
  const suffix = file.protocol.versions.length === 1 ? "" : `V${version.number}`;
  const name = file.nameFor(family.typeName + suffix, `family ${family.name} ${suffix}`);
  return sizerOf({ file, family, version }, family, `sizeMax${name}`, family.messages);
}

function innerMessageSizer(surroundings: Surroundings): string {
  const { file, family, version } = surroundings;
  if (family === undefined) throw new Error("only the field of a message can hold a message");
  const messages = family.messages.filter((message) => !holdsMessages(message));
  const suffix = file.protocol.versions.length === 1 ? "" : `V${version.number}`;
  const name = file.nameFor(`Inner${family.typeName}${suffix}`, `inner ${family.name} ${suffix}`);
  return sizerOf(surroundings, family, `sizeMax${name}`, messages);
}

function sizerOf(surroundings: Surroundings, family: Family, name: string, messages: readonly Message[]): string {
  const { file, version } = surroundings;
  const { frame } = file.protocol;
  const present = messages.filter((message) => isPresent(message, version));
  return file.function(name, () => ({
    doc: ["An upper bound on the bytes of a message from its tag on."],
    parameters: [`message: ${file.type(family.typeName)}`],
    returns: "number",
    body: (writer) => {
      writer.writeLine("if (!wire.isObject(message)) return 0;");
      writer.write("switch (message.type)").block(() => {
        for (const message of present) {
          const size = fieldsSize(
            surroundings,
            messageOwner(surroundings, message),
            "message",
            tagSize(message, frame),
          );
          writer.writeLine(`case "${message.name}":`).indent(() => returnSum(writer, size));
        }
        writer.writeLine("default:").indent(() => writer.writeLine("return 0;"));
      });
    },
  }));
}

/** Named as the functions that read and write the message. */
function messageOwner({ file, version }: Surroundings, message: Message): FieldOwner {
  const { suffix } = layoutIn(message, version, file.protocol);
  const functionName = file.nameFor(message.typeName + suffix, `message ${message.typeName} ${suffix}`);
  return { pathPrefix: message.name, functionName, fields: message.fields };
}

/** `return 31 + wire.bytesSize(message.payload);`, a line for each term where it is too long for one. */
function returnSum(writer: CodeBlockWriter, terms: readonly string[]): void {
  const line = `return ${terms.join(" + ")};`;
  if (line.length + writer.getIndentationLevel() * 2 + 2 <= lineLengthMax) writer.writeLine(line);
  else {
    writer.writeLine("return (").indent(() => writer.writeLine(terms.join(" +\n")));
    writer.writeLine(");");
  }
}

/** `31` and `wire.bytesSize(message.payload)`: the terms of the sum. */
function fieldsSize(surroundings: Surroundings, owner: FieldOwner, source: string, sizeBefore: number): string[] {
  let constant = sizeBefore;
  const terms: string[] = [];
  const { version } = surroundings;
  for (const field of owner.fields.filter((each) => isPresent(each, version))) {
    const value = fieldValue(field, owner);
    const expression = `${source}.${field.name}`;
    const size = valueSize(surroundings, value, expression);
    constant += size.constant + (field.optional ? 1 : 0);
    if (size.term !== undefined) terms.push(optionalTerm(field, expression, size.term));
  }
  // Flags that are bits are moved over whole bytes, for which there must be room.
  return [String(constant + (version.packing === "bit" ? 1 : 0)), ...terms];
}

function optionalTerm(field: Field, expression: string, term: string): string {
  return field.optional ? `(${expression} === undefined ? 0 : ${term})` : term;
}

/** Bytes that every value takes at most, and an expression for those that depend on the value. */
function valueSize(
  surroundings: Surroundings,
  value: WireValue,
  expression: string,
): { readonly constant: number; readonly term: string | undefined } {
  const base = baseType(value.type);
  const size = scalarSize(base);
  if (size !== undefined) return { constant: size, term: undefined };
  switch (base.kind) {
    case "string":
      return { constant: prefixSize(base.length), term: `wire.stringSizeMax(${expression})` };
    case "bytes":
      return { constant: prefixSize(base.length), term: `wire.bytesSize(${expression})` };
    case "message":
      return { constant: prefixSize(base.length), term: `${innerMessageSizer(surroundings)}(${expression})` };
    default:
      return { constant: 0, term: `${compositeSizer(surroundings, value)}(${expression})` };
  }
}

function compositeSizer(surroundings: Surroundings, value: WireValue): string {
  const { file, family } = surroundings;
  const name = compositeName(surroundings, value);
  return file.function(`sizeMax${name}`, () => ({
    parameters: [`value: ${typeText(value.type, family, (type) => file.type(type))}`],
    returns: "number",
    body: (writer) => emitCompositeSize(writer, surroundings, baseType(value.type), name),
  }));
}

function emitCompositeSize(writer: CodeBlockWriter, surroundings: Surroundings, type: Type, name: string): void {
  switch (type.kind) {
    case "struct": {
      const owner = { pathPrefix: "", functionName: name, fields: type.fields };
      writer.writeLine("if (!wire.isObject(value)) return 0;");
      returnSum(writer, fieldsSize(surroundings, owner, "value", 0));
      return;
    }
    case "union":
      writer.writeLine("if (!wire.isObject(value)) return 0;");
      writer.write("switch (value.type)").block(() => {
        for (const unionCase of type.cases.filter((each) => isPresent(each, surroundings.version))) {
          const owner = {
            pathPrefix: "",
            functionName: caseName(surroundings.file, name, unionCase),
            fields: unionCase.fields,
          };
          const size = fieldsSize(surroundings, owner, "value", prefixSize(type.tag));
          writer.writeLine(`case "${unionCase.name}":`).indent(() => returnSum(writer, size));
        }
        writer.writeLine("default:").indent(() => writer.writeLine("return 0;"));
      });
      return;
    case "list": {
      const size = valueSize(surroundings, anonymousValue(type.element, "item", `${name}Element`), "item");
      writer.writeLine("if (!wire.isList(value)) return 0;");
      const elements = `value.length * ${size.constant}`;
      if (type.length !== "rest") writer.writeLine(`let size = ${prefixSize(type.length)} + ${elements};`);
      else writer.writeLine(`let size = ${size.constant === 0 ? 0 : elements};`);
      if (size.term !== undefined) writer.writeLine(`for (const item of value) size += ${size.term};`);
      writer.writeLine("return size;");
      return;
    }
    case "map": {
      const key = valueSize(surroundings, anonymousValue(type.key, "key", `${name}Key`), "key");
      const entryType = typeText(type.value, surroundings.family, (used) => surroundings.file.type(used));
      const entryValue = anonymousValue(type.value, "entry", `${name}Value`);
      const entry = valueSize(surroundings, entryValue, `value[key] as ${entryType}`);
      const terms = [String(key.constant + entry.constant), key.term, entry.term].filter((term) => term !== undefined);
      writer.writeLine("if (!wire.isRecord(value)) return 0;");
      writer.writeLine(`let size = ${prefixSize(type.length)};`);
      // Inherited properties are counted too: it is an upper bound, and leaving them out would take longer.
      writer.writeLine(`for (const key in value) size += ${terms.join(" + ")};`);
      writer.writeLine("return size;");
      return;
    }
    default:
      throw new Error(`${type.kind} is measured where it stands`);
  }
}
