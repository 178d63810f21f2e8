import type { CodeBlockWriter } from "ts-morph";
import { holdsMessages, isPresent, layoutIn, prefixSize } from "../layout.ts";
import type { Family, Message, Version } from "../protocol.ts";
import { type CodecFile, type CodecFunction, placeText, type Surroundings, throwIf } from "./codec-file.ts";
import { emitFieldReads } from "./emit-read.ts";
import { catchWithin } from "./emit-read-types.ts";

/** The name of the function that reads a message of a family from its tag on: `readClientMessage(bytes, start, end)`. */
export function messageReader(file: CodecFile, family: Family, version: Version): string {
  const suffix = file.protocol.versions.length === 1 ? "" : `V${version.number}`;
  return file.function(`read${file.nameFor(family.typeName + suffix, `family ${family.name} ${suffix}`)}`, () => ({
    doc: ["Reads a message from its tag on."],
    parameters: ["bytes: Uint8Array", "start: number", "end: number"],
    returns: file.type(family.typeName),
    body: (writer) => emitDispatch(writer, { file, family, version }, family, '"frame.tag"', family.messages),
  }));
}

/** The name of the function that reads a message inside another one. */
export function innerMessageReader(surroundings: Surroundings): string {
  const { file, version, family } = surroundings;
  if (family === undefined) throw new Error("only the field of a message can hold a message");
  const suffix = file.protocol.versions.length === 1 ? "" : `V${version.number}`;
  const messages = family.messages.filter((message) => !holdsMessages(message));
  return file.function(
    `read${file.nameFor(`Inner${family.typeName}${suffix}`, `inner ${family.name} ${suffix}`)}`,
    () => ({
      doc: [
        "Reads a message inside another one. Those that hold messages cannot be held, so that nothing nests deeper.",
      ],
      parameters: ["bytes: Uint8Array", "start: number", "end: number", "path: string"],
      returns: file.type(family.typeName),
      body: (writer) =>
        catchWithin(writer, "path", () => emitDispatch(writer, surroundings, family, '".tag"', messages)),
    }),
  );
}

function emitDispatch(
  writer: CodeBlockWriter,
  surroundings: Surroundings,
  family: Family,
  path: string,
  messages: readonly Message[],
): void {
  const { file, version } = surroundings;
  const fieldsStart = emitTag(writer, file, path);
  writer.write("switch (tag)").block(() => {
    for (const message of messages.filter((candidate) => isPresent(candidate, version))) {
      writer.writeLine(`case ${JSON.stringify(message.tag)}:`).indent(() => {
        if (message.fields.length === 0) emitEmptyMessage(writer, file, message, fieldsStart);
        else writer.writeLine(`return ${fieldsReader(surroundings, message)}(bytes, ${fieldsStart}, end);`);
      });
    }
    writer.writeLine("default:").indent(() => {
      const where = messages.length === family.messages.length ? "" : " that another can hold";
      writer.writeLine(`throw wire.unknownDiscriminator(${path}, start, tag, "${family.typeName}${where}");`);
    });
  });
}

/** Emits `const tag`, and gives the expression for where the fields begin. */
function emitTag(writer: CodeBlockWriter, file: CodecFile, path: string): string {
  const { tag } = file.protocol.frame;
  const size = tag === "string<u8>" ? 1 : prefixSize(tag);
  throwIf(writer, `end - start < ${size}`, `wire.truncatedValue(${path}, start, end, ${size})`);
  if (tag !== "string<u8>") {
    writer.writeLine(`const tag = ${file.wire("read", tag)}(bytes, start);`);
    return `start + ${size}`;
  }
  writer.writeLine("const tagEnd = start + 1 + wire.readU8(bytes, start);");
  throwIf(writer, "tagEnd > end", `wire.truncatedValue(${path}, start, end, tagEnd - start)`);
  writer.writeLine("const tag = wire.readTextTag(bytes, start + 1, tagEnd);");
  return "tagEnd";
}

function emitEmptyMessage(
  writer: CodeBlockWriter,
  { protocol }: CodecFile,
  message: Message,
  fieldsStart: string,
): void {
  if (protocol.frame.trailing === "reject") {
    throwIf(writer, `${fieldsStart} !== end`, `wire.trailingBytes("${message.name}", ${fieldsStart}, end)`);
  }
  writer.writeLine(`return { type: "${message.name}" };`);
}

/** The function that reads the fields of a message: `readCreateSession(bytes, start, end)`. */
function fieldsReader(surroundings: Surroundings, message: Message): string {
  const { file, version } = surroundings;
  const layout = layoutIn(message, version, file.protocol);
  const name = file.nameFor(message.typeName + layout.suffix, `message ${message.typeName} ${layout.suffix}`);
  return file.function(`read${name}`, () =>
    messageFunction({ ...surroundings, version: layout.version }, message, name),
  );
}

function messageFunction(surroundings: Surroundings, message: Message, functionName: string): CodecFunction {
  const { file } = surroundings;
  return {
    parameters: ["bytes: Uint8Array", "start: number", "end: number"],
    returns: file.type(message.typeName),
    body: (writer) => {
      const owner = { pathPrefix: message.name, functionName, fields: message.fields };
      const isWhole = file.protocol.frame.trailing === "reject";
      const start = { base: "start", delta: 0 };
      const { properties, end, bits } = emitFieldReads(writer, surroundings, owner, start, isWhole);
      if (isWhole) {
        const place = placeText(end);
        if (bits) bits.requireEnd(message.name);
        // What takes the rest of the frame leaves nothing to refuse.
        else if (place !== "end")
          throwIf(writer, `${place} !== end`, `wire.trailingBytes("${message.name}", ${place}, end)`);
      }
      writer.writeLine(`return { ${[`type: "${message.name}"`, ...properties].join(", ")} };`);
    },
  };
}
