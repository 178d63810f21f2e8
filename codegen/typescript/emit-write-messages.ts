import type { CodeBlockWriter } from "ts-morph";
import { holdsMessages, isPresent, layoutIn, tagSize } from "../layout.ts";
import type { Family, Message, Version } from "../protocol.ts";
import { type CodecFile, type CodecFunction, type Surroundings, throwIf } from "./codec-file.ts";
import { catchWithin } from "./emit-read-types.ts";
import { emitFieldWrites } from "./emit-write.ts";

/**
 * The name of the function that writes a message of a family from its tag on and returns where it ends:
 * `writeClientMessage(target, start, message)`.
 */
export function messageWriter(file: CodecFile, family: Family, version: Version): string {
  const suffix = file.protocol.versions.length === 1 ? "" : `V${version.number}`;
  return file.function(`write${file.nameFor(family.typeName + suffix, `family ${family.name} ${suffix}`)}`, () => ({
    doc: ["Writes a message from its tag on, and returns where it ends."],
    parameters: ["target: wire.Target", "start: number", `message: ${file.type(family.typeName)}`],
    returns: "number",
    body: (writer) => emitDispatch(writer, { file, family, version }, family, "message", family.messages),
  }));
}

/** The name of the function that writes a message inside another one. */
export function innerMessageWriter(surroundings: Surroundings): string {
  const { file, version, family } = surroundings;
  if (family === undefined) throw new Error("only the field of a message can hold a message");
  const suffix = file.protocol.versions.length === 1 ? "" : `V${version.number}`;
  const messages = family.messages.filter((message) => !holdsMessages(message));
  return file.function(
    `write${file.nameFor(`Inner${family.typeName}${suffix}`, `inner ${family.name} ${suffix}`)}`,
    () => ({
      doc: [
        "Writes a message inside another one. Those that hold messages cannot be held, so that nothing nests deeper.",
      ],
      parameters: ["target: wire.Target", "start: number", `message: ${file.type(family.typeName)}`, "path: string"],
      returns: "number",
      body: (writer) => catchWithin(writer, "path", () => emitDispatch(writer, surroundings, family, "", messages)),
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
  const { frame } = file.protocol;
  const typePath = JSON.stringify(`${path}.type`);
  throwIf(
    writer,
    "!wire.isObject(message)",
    `wire.invalidValue(${JSON.stringify(path)}, start, message, "a ${family.typeName}")`,
  );
  writer.write("switch (message.type)").block(() => {
    for (const message of messages) {
      writer.writeLine(`case "${message.name}":`).indent(() => {
        if (!isPresent(message, version)) {
          writer.writeLine(`throw wire.notInVersion(${typePath}, start, message.type, ${version.number});`);
          return;
        }
        const setTag = frame.tag === "string<u8>" ? "wire.setTextTag" : file.wire("set", frame.tag);
        const fieldsStart = `start + ${tagSize(message, frame)}`;
        writer.writeLine(`${setTag}(target, start, ${JSON.stringify(message.tag)});`);
        if (message.fields.length === 0) writer.writeLine(`return ${fieldsStart};`);
        else writer.writeLine(`return ${fieldsWriter(surroundings, message)}(target, ${fieldsStart}, message);`);
      });
    }
    const where = messages.length === family.messages.length ? "" : " that another can hold";
    writer.writeLine("default:").indent(() => {
      const expected = JSON.stringify(`the type of a ${family.typeName}${where}`);
      writer.writeLine(`throw wire.invalidValue(${typePath}, start, Reflect.get(message, "type"), ${expected});`);
    });
  });
}

/** The function that writes the fields of a message: `writeCreateSession(target, start, message)`. */
function fieldsWriter(surroundings: Surroundings, message: Message): string {
  const { file, version } = surroundings;
  const layout = layoutIn(message, version, file.protocol);
  const name = file.nameFor(message.typeName + layout.suffix, `message ${message.typeName} ${layout.suffix}`);
  return file.function(`write${name}`, () => {
    return messageFunction({ ...surroundings, version: layout.version }, message, name);
  });
}

function messageFunction(surroundings: Surroundings, message: Message, functionName: string): CodecFunction {
  return {
    parameters: ["target: wire.Target", "start: number", `message: ${surroundings.file.type(message.typeName)}`],
    returns: "number",
    body: (writer) => {
      const owner = { pathPrefix: message.name, functionName, fields: message.fields };
      const end = emitFieldWrites(writer, surroundings, owner, "message", { base: "start", delta: 0 });
      writer.writeLine(`return ${end};`);
    },
  };
}
