import type { CodeBlockWriter } from "ts-morph";
import { commentText } from "../documentation.ts";
import type { GenerateOptions } from "../generate.ts";
import { prefixSize } from "../layout.ts";
import type { Family, Protocol, Version } from "../protocol.ts";
import { CodecFile, throwIf } from "./codec-file.ts";
import { messageReader } from "./emit-read-messages.ts";
import { messageSizer } from "./emit-size.ts";
import { messageWriter } from "./emit-write-messages.ts";
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
      emitFrameWrite(writer, "start", `slab.take(${frameWriteText(file, family, "slab", "start")})`);
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
      emitFrameWrite(writer, "offset", frameWriteText(file, family, "wire.targetOf(target)", "offset"));
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
      emitFrameWrite(writer, "start", `${frameWriteText(file, family, "slab", "start")} - start`);
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
  const [only, ...others] = file.protocol.versions;
  if (only !== undefined && others.length === 0) return frameSizeText(file, family, only);
  return `${frameSizer(file, family)}(message, version)`;
}

function frameSizeText(file: CodecFile, family: Family, version: Version): string {
  const size = `${messageSizer(file, family, version)}(message)`;
  const header = headerSize(file);
  return header === 0 ? size : `${header} + ${size}`;
}

/** The name of the function that gives the bound for each version, and room for the header of one that is refused. */
function frameSizer(file: CodecFile, family: Family): string {
  return file.function(`sizeMax${family.typePrefix}Frame`, () => ({
    parameters: [`message: ${file.type(family.typeName)}`, "version: ProtocolVersion"],
    returns: "number",
    body: (writer) => {
      writer.write("switch (version)").block(() => {
        for (const version of file.protocol.versions) {
          const size = frameSizeText(file, family, version);
          writer.writeLine(`case ${version.number}:`).indent(() => writer.writeLine(`return ${size};`));
        }
        writer.writeLine("default:").indent(() => writer.writeLine(`return ${headerSize(file)};`));
      });
    },
  }));
}

function frameWriteText(file: CodecFile, family: Family, target: string, start: string): string {
  const version = file.protocol.frame.version === undefined ? "" : ", version";
  return `${frameWriter(file, family)}(${target}, ${start}, message${version})`;
}

function frameWriter(file: CodecFile, family: Family): string {
  const { frame, versions } = file.protocol;
  if (frame.version === undefined && frame.magic.length === 0)
    return messageWriter(file, family, newestVersion(versions));
  return file.function(`write${family.typePrefix}Frame`, () => ({
    parameters: [
      "target: wire.Target",
      "start: number",
      `message: ${file.type(family.typeName)}`,
      ...(frame.version === undefined ? [] : ["version: ProtocolVersion"]),
    ],
    returns: "number",
    body: (writer) => {
      for (const { bits, at, value } of pieces(frame.magic)) {
        writer.writeLine(`wire.setU${bits}(target, start${at === 0 ? "" : ` + ${at}`}, ${value});`);
      }
      emitVersions(
        writer,
        file,
        (version) => {
          const write = messageWriter(file, family, version);
          if (frame.version !== undefined) {
            const at = frame.magic.length === 0 ? "start" : `start + ${frame.magic.length}`;
            writer.writeLine(`${file.wire("set", frame.version)}(target, ${at}, ${version.number});`);
          }
          writer.writeLine(`return ${write}(target, start + ${headerSize(file)}, message);`);
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
      const header = headerReader(file);
      if (header === undefined) throwIf(writer, "!wire.isBytes(frame)", NOT_BYTES);
      else writer.writeLine(`${hasVersion ? "const version = " : ""}${header}(frame);`);
      emitVersions(
        writer,
        file,
        (version) => {
          const read = `${messageReader(file, family, version)}(frame, ${headerSize(file)}, frame.length)`;
          writer.writeLine(hasVersion ? `return { version: ${version.number}, message: ${read} };` : `return ${read};`);
        },
        `wire.unsupportedVersion("frame.version", ${frame.magic.length}, version, "${numbersText(file.protocol.versions)}")`,
      );
    },
  }));
}

const NOT_BYTES = 'wire.invalidValue("frame", 0, frame, "a Uint8Array")';

/** The name of the function that reads what stands before the tag, of which all families have the same. */
function headerReader(file: CodecFile): string | undefined {
  const { frame } = file.protocol;
  const { length } = frame.magic;
  if (headerSize(file) === 0) return undefined;
  return file.function(frame.version === undefined ? "requireSignature" : "readVersion", () => ({
    doc: [frame.version === undefined ? "Refuses what is no frame." : "The version of a frame."],
    parameters: ["frame: Uint8Array"],
    returns: frame.version === undefined ? "void" : "number",
    body: (writer) => {
      throwIf(writer, "!wire.isBytes(frame)", NOT_BYTES);
      writer.writeLine("const end = frame.length;");
      if (length > 0) emitSignatureCheck(writer, frame.magic);
      if (frame.version === undefined) return;
      const size = prefixSize(frame.version);
      throwIf(writer, `end < ${length + size}`, `wire.truncatedValue("frame.version", ${length}, end, ${size})`);
      writer.writeLine(`return ${file.wire("read", frame.version)}(frame, ${length});`);
    },
  }));
}

function emitSignatureCheck(writer: CodeBlockWriter, magic: readonly number[]): void {
  throwIf(writer, `end < ${magic.length}`, `wire.truncatedValue("frame.signature", 0, end, ${magic.length})`);
  const mismatch = pieces(magic).map(({ bits, at, value }) => `wire.readU${bits}(frame, ${at}) !== ${value}`);
  const expected = magic.map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
  throwIf(writer, mismatch.join(" || "), `wire.badSignature(frame.subarray(0, ${magic.length}), "${expected}")`);
}

/** The bytes as numbers of four, two and one bytes, big-endian. */
function pieces(bytes: readonly number[]): { readonly bits: number; readonly at: number; readonly value: string }[] {
  const found = [];
  for (let at = 0; at < bytes.length; ) {
    const left = bytes.length - at;
    const size = left >= 4 ? 4 : left >= 2 ? 2 : 1;
    const digits = bytes.slice(at, at + size).map((byte) => byte.toString(16).padStart(2, "0"));
    found.push({ bits: size * 8, at, value: `0x${digits.join("")}` });
    at += size;
  }
  return found;
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
