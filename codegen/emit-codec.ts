import type { CodeBlockWriter } from "ts-morph";
import { CodecFile, throwIf } from "./codec-file.ts";
import { commentText } from "./documentation.ts";
import { messageReader } from "./emit-read-messages.ts";
import { messageSizer } from "./emit-size.ts";
import { messageWriter } from "./emit-write-messages.ts";
import type { GenerateOptions } from "./generate.ts";
import { prefixSize } from "./layout.ts";
import type { Family, Protocol, Version } from "./protocol.ts";
import { printSourceFile, type Statement } from "./source-file.ts";

/** The text of `codec.ts`: `encodeClientMessage`, `decodeClientMessage` and so on, and what they need. */
export function emitCodec(protocol: Protocol, options: GenerateOptions): string {
  const file = new CodecFile(protocol);
  for (const family of protocol.families) {
    emitEncode(file, family);
    emitDecode(file, family);
  }
  const messages = `./messages${options.importExtension}`;
  const statements: Statement[] = [
    `import * as wire from ${JSON.stringify(options.wireImport)};`,
    `import type {\n${file.types.map((name) => `  ${name},`).join("\n")}\n} from ${JSON.stringify(messages)};`,
    ...(protocol.frame.version === undefined ? [] : [versionType(protocol), ...protocol.families.map(decodedType)]),
    ...(file.needsReadEnd ? [READ_END] : []),
    ...file.functions,
  ];
  return printSourceFile(statements, options);
}

const READ_END = `
${commentText("Where the list, map, struct or union ends that was read last.")}
let readEnd = 0;`;

function versionType(protocol: Protocol): string {
  const numbers = protocol.versions.map(({ number }) => number);
  return `\n${commentText("Versions of the protocol that this codec speaks.")}\nexport type ProtocolVersion = ${numbers.join(" | ")};`;
}

function decodedType({ typeName }: Family): string {
  return `
${commentText("A message, and the version in which it was written.")}
export interface Decoded${typeName} {
  readonly version: ProtocolVersion;
  readonly message: ${typeName};
}`;
}

/** `encodeClientMessage`, `encodeClientMessageInto` and `byteLengthOfClientMessage`. */
function emitEncode(file: CodecFile, family: Family): void {
  const { typeName } = family;
  const parameters = [
    `message: ${file.type(typeName)}`,
    ...(file.protocol.frame.version === undefined ? [] : ["version: ProtocolVersion"]),
  ];
  file.function(`encode${typeName}`, () => ({
    isExported: true,
    doc: [
      `The frame of a message${inVersion(file)}.`,
      "Throws WireError where the message breaks the schema. The result shares its memory with other results but no bytes; it is the caller's to keep and to change.",
    ],
    parameters,
    returns: "Uint8Array",
    body: (writer) => {
      writer.writeLine(`const slab = wire.reserve(${sizeMaxText(file, family)});`);
      writer.writeLine("const start = slab.used;");
      emitFrameWrite(writer, "start", `slab.take(${frameWriteText(file, family, "slab.bytes", "start")})`);
    },
  }));
  file.function(`encode${typeName}Into`, () => ({
    isExported: true,
    doc: [
      `Writes the frame of a message${inVersion(file)}${inVersion(file) && ","} into \`target\` from \`offset\` on, and returns where it ends.`,
      "Throws WireError where the message breaks the schema or the frame does not fit; what stands in `target` from `offset` on is undefined then.",
    ],
    parameters: [...parameters, "target: Uint8Array", "offset: number"],
    returns: "number",
    body: (writer) => {
      writer.writeLine(`if (!wire.hasRoom(target, offset, ${sizeMaxText(file, family)})) {`);
      const args = parameters.map((parameter) => parameter.split(":")[0]).join(", ");
      writer.indent(() => writer.writeLine(`return wire.copyInto(encode${typeName}(${args}), target, offset);`));
      writer.writeLine("}");
      emitFrameWrite(writer, "offset", frameWriteText(file, family, "target", "offset"));
    },
  }));
  file.function(`byteLengthOf${typeName}`, () => ({
    isExported: true,
    doc: [`How many bytes the frame of a message has${inVersion(file)}. Throws WireError like \`encode${typeName}\`.`],
    parameters,
    returns: "number",
    body: (writer) => {
      writer.writeLine(`const slab = wire.reserve(${sizeMaxText(file, family)});`);
      writer.writeLine("const start = slab.used;");
      emitFrameWrite(writer, "start", `${frameWriteText(file, family, "slab.bytes", "start")} - start`);
    },
  }));
}

/** Emits `return`, and counts the offsets of errors from the start of the frame. */
function emitFrameWrite(writer: CodeBlockWriter, start: string, result: string): void {
  writer
    .write("try ")
    .inlineBlock(() => writer.writeLine(`return ${result};`))
    .write(" catch (error)")
    .block(() => writer.writeLine(`throw wire.fromFrameStart(error, ${start});`));
}

function inVersion({ protocol: { frame } }: CodecFile): string {
  return frame.version === undefined ? "" : ", as a version writes it";
}

/** An upper bound on the bytes of the frame. */
function sizeMaxText(file: CodecFile, family: Family): string {
  const size = `${messageSizer(file, family, newestVersion(file.protocol.versions))}(message)`;
  const header = headerSize(file);
  return header === 0 ? size : `${header} + ${size}`;
}

function frameWriteText(file: CodecFile, family: Family, bytes: string, start: string): string {
  const version = file.protocol.frame.version === undefined ? "" : ", version";
  return `${frameWriter(file, family)}(${bytes}, ${start}, message${version})`;
}

function frameWriter(file: CodecFile, family: Family): string {
  const { frame, versions } = file.protocol;
  if (frame.version === undefined && frame.magic.length === 0)
    return messageWriter(file, family, newestVersion(versions));
  return file.function(`write${family.typePrefix}Frame`, () => ({
    parameters: [
      "bytes: Uint8Array",
      "start: number",
      `message: ${file.type(family.typeName)}`,
      ...(frame.version === undefined ? [] : ["version: ProtocolVersion"]),
    ],
    returns: "number",
    body: (writer) => {
      frame.magic.forEach((byte, index) => {
        writer.writeLine(`bytes[start${index === 0 ? "" : ` + ${index}`}] = 0x${byte.toString(16).padStart(2, "0")};`);
      });
      emitVersions(
        writer,
        file,
        (version) => {
          const write = messageWriter(file, family, version);
          if (frame.version !== undefined) {
            const at = frame.magic.length === 0 ? "start" : `start + ${frame.magic.length}`;
            writer.writeLine(`${file.wire("set", frame.version)}(bytes, ${at}, ${version.number});`);
          }
          writer.writeLine(`return ${write}(bytes, start + ${headerSize(file)}, message);`);
        },
        `wire.unsupportedVersion("version", start, version, "${numbersText(versions)}")`,
      );
    },
  }));
}

function emitDecode(file: CodecFile, family: Family): void {
  const { frame } = file.protocol;
  const hasVersion = frame.version !== undefined;
  file.function(`decode${family.typeName}`, () => ({
    isExported: true,
    doc: [
      `The message of a frame${hasVersion ? ", and the version in which it was written" : ""}.`,
      "Throws WireError, and nothing else, for bytes that are no message. Payloads are views of the frame, without copying: they live as long as it does and change with it.",
    ],
    parameters: ["frame: Uint8Array"],
    returns: hasVersion ? `Decoded${family.typeName}` : file.type(family.typeName),
    body: (writer) => {
      throwIf(writer, "!wire.isBytes(frame)", 'wire.invalidValue("frame", 0, frame, "a Uint8Array")');
      writer.writeLine("const end = frame.length;");
      emitHeaderCheck(writer, file);
      emitVersions(
        writer,
        file,
        (version) => {
          const read = `${messageReader(file, family, version)}(frame, ${headerSize(file)}, end)`;
          writer.writeLine(hasVersion ? `return { version: ${version.number}, message: ${read} };` : `return ${read};`);
        },
        `wire.unsupportedVersion("frame.version", ${frame.magic.length}, version, "${numbersText(file.protocol.versions)}")`,
      );
    },
  }));
}

function emitHeaderCheck(writer: CodeBlockWriter, file: CodecFile): void {
  const { frame } = file.protocol;
  const { length } = frame.magic;
  if (length > 0) {
    const expected = frame.magic.map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
    throwIf(writer, `end < ${length}`, `wire.truncatedValue("frame.signature", 0, end, ${length})`);
    const mismatch = frame.magic.map((byte, index) => `frame[${index}] !== 0x${byte.toString(16).padStart(2, "0")}`);
    throwIf(writer, mismatch.join(" || "), `wire.badSignature(frame.subarray(0, ${length}), "${expected}")`);
  }
  if (frame.version === undefined) return;
  const size = prefixSize(frame.version);
  throwIf(writer, `end < ${length + size}`, `wire.truncatedValue("frame.version", ${length}, end, ${size})`);
  writer.writeLine(`const version = ${file.wire("read", frame.version)}(frame, ${length});`);
}

/** Emits what is done for each version, and the refusal of every other. */
function emitVersions(
  writer: CodeBlockWriter,
  { protocol }: CodecFile,
  body: (version: Version) => void,
  refusal: string,
): void {
  const [only, ...others] = protocol.versions;
  if (only !== undefined && others.length === 0) {
    if (protocol.frame.version !== undefined) throwIf(writer, `version !== ${only.number}`, refusal);
    body(only);
    return;
  }
  writer.write("switch (version)").block(() => {
    for (const version of protocol.versions) {
      writer.writeLine(`case ${version.number}:`).indent(() => body(version));
    }
    writer.writeLine("default:").indent(() => writer.writeLine(`throw ${refusal};`));
  });
}

/** Bytes before the tag. */
function headerSize({ protocol: { frame } }: CodecFile): number {
  return frame.magic.length + (frame.version === undefined ? 0 : prefixSize(frame.version));
}

function newestVersion(versions: readonly Version[]): Version {
  const newest = versions.at(-1);
  if (newest === undefined) throw new Error("a schema has at least one version");
  return newest;
}

function numbersText(versions: readonly Version[]): string {
  return versions.map(({ number }) => number).join(", ");
}
