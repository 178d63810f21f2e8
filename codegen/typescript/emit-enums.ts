import { isPresent, layoutIn, prefixMax } from "../layout.ts";
import type { EnumType, Version } from "../protocol.ts";
import { type CodecFile, type CodecFunction, throwIf } from "./codec-file.ts";

/** The function that gives the name of a number on the wire: `readRejectionReason(tag, path, offset)`. */
export function readEnumName(file: CodecFile, type: EnumType, version: Version): string {
  const layout = layoutIn(type, version, file.protocol);
  return file.function(`read${enumName(file, type, layout.suffix)}`, () => enumReader(file, type, layout.version));
}

/** The function that gives the number on the wire of a name: `tagOfRejectionReason(value, path, offset)`. */
export function tagOfEnumName(file: CodecFile, type: EnumType, version: Version): string {
  const layout = layoutIn(type, version, file.protocol);
  return file.function(`tagOf${enumName(file, type, layout.suffix)}`, () => enumWriter(file, type, layout.version));
}

function enumName(file: CodecFile, type: EnumType, suffix: string): string {
  return file.nameFor(type.name + suffix, `type ${type.name} ${suffix}`);
}

function enumReader(file: CodecFile, type: EnumType, version: Version): CodecFunction {
  return {
    // Where nothing is refused, nobody asks where it stood.
    parameters: type.keepsUnknown
      ? ["tag: number", "_path: string", "_offset: number"]
      : ["tag: number", "path: string", "offset: number"],
    returns: file.type(type.name),
    body: (writer) =>
      writer.write("switch (tag)").block(() => {
        for (const value of type.values.filter((candidate) => isPresent(candidate, version))) {
          writer.writeLine(`case ${value.tag}:`).indent(() => writer.writeLine(`return "${value.name}";`));
        }
        writer.writeLine("default:").indent(() => {
          if (type.keepsUnknown) writer.writeLine("return { unknown: tag };");
          else writer.writeLine(`throw wire.unknownDiscriminator(path, offset, tag, "${type.name}");`);
        });
      }),
  };
}

function enumWriter(file: CodecFile, type: EnumType, version: Version): CodecFunction {
  return {
    parameters: [`value: ${file.type(type.name)}`, "path: string", "offset: number"],
    returns: "number",
    body: (writer) => {
      if (type.keepsUnknown) {
        const max = prefixMax(type.tag);
        writer.write("if (wire.isUnknownTag(value))").block(() => {
          throwIf(
            writer,
            `!Number.isInteger(value.unknown) || value.unknown < 0 || value.unknown > ${max}`,
            `wire.invalidValue(\`\${path}.unknown\`, offset, value.unknown, "an integer from 0 to ${max}")`,
          );
          writer.writeLine("return value.unknown;");
        });
      }
      writer.write("switch (value)").block(() => {
        for (const value of type.values) {
          writer.writeLine(`case "${value.name}":`).indent(() => {
            if (isPresent(value, version)) writer.writeLine(`return ${value.tag};`);
            else writer.writeLine(`throw wire.notInVersion(path, offset, value, ${version.number});`);
          });
        }
        writer.writeLine("default:").indent(() => {
          writer.writeLine(`throw wire.invalidValue(path, offset, value, "a value of ${type.name}");`);
        });
      });
    },
  };
}
