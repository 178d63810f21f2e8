import { stringify } from "yaml";
import type { GeneratedFile, GenerateOptions } from "../generate.ts";
import { generatedHeader } from "../generated-header.ts";
import { isPresent } from "../layout.ts";
import type { Family, Protocol, Version } from "../protocol.ts";
import { type Ksy, type KsyAttribute, surplus } from "./ksy.ts";
import { KsyFile } from "./ksy-file.ts";
import { messageTypes } from "./message-types.ts";
import { snakeCase } from "./names.ts";

/** A .ksy for each version of each family: `kaitai/zraft_v2_client.ksy`. */
export function emitKaitai(protocol: Protocol, options: GenerateOptions): GeneratedFile[] {
  return protocol.versions.flatMap((version) =>
    protocol.families
      .filter(({ messages }) => messages.some((message) => isPresent(message, version)))
      .map((family) => ({
        name: `kaitai/${ksyId(protocol, version, family)}.ksy`,
        text: printKsy(ksyOf(protocol, version, family), options),
      })),
  );
}

/** The name of the type that reads a frame: `zraft_v2_client`. */
export function ksyId(protocol: Protocol, version: Version, family: Family): string {
  return `${protocol.name}_v${version.number}_${snakeCase(family.name)}`;
}

function ksyOf(protocol: Protocol, version: Version, family: Family): Ksy {
  const file = new KsyFile(protocol, version, family);
  const message = messageTypes(file);
  const { magic, version: versionType, byteOrder, trailing } = protocol.frame;
  const signature: KsyAttribute[] = magic.length === 0 ? [] : [{ id: "signature", contents: magic }];
  const versionAttribute: KsyAttribute = {
    id: "version",
    type: versionType === "u16" ? "u2" : "u1",
    valid: version.number,
  };
  return {
    meta: {
      id: ksyId(protocol, version, family),
      title: `${protocol.name}, version ${version.number}, ${family.name}`,
      "ks-version": "0.11",
      endian: byteOrder === "big" ? "be" : "le",
      "bit-endian": "be",
    },
    doc: `${protocol.doc}\n\nVersion ${version.number}: ${version.doc}`,
    seq: [
      ...signature,
      ...(versionType === undefined ? [] : [versionAttribute]),
      { id: "message", type: message },
      ...(trailing === "reject" ? [surplus] : []),
    ],
    types: file.types,
    ...(Object.keys(file.enums).length === 0 ? {} : { enums: file.enums }),
  };
}

/** Lines are not folded, so that a doc stays a line; prose of a schema cannot end a comment in any target. */
function printKsy(ksy: Ksy, options: GenerateOptions): string {
  const clean = (key: unknown, value: unknown): unknown =>
    key === "doc" && typeof value === "string" ? commentSafe(value) : value;
  return `# ${generatedHeader(options.sourceName)}\n${stringify(ksy, clean, { lineWidth: 0 })}`;
}

/** What would end, or open, a comment in a target stands apart, as in `* /`. */
function commentSafe(doc: string): string {
  return doc
    .replaceAll("*/", "* /")
    .replaceAll("/*", "/ *")
    .replaceAll('"""', "'''")
    .replaceAll("]##", "] ##")
    .replaceAll("\\", "/");
}
