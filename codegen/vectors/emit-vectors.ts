import type { SchemaDocument } from "../document.ts";
import type { GeneratedFile, GenerateOptions } from "../generate.ts";
import { generatedHeader } from "../generated-header.ts";
import type { Protocol, Version } from "../protocol.ts";
import { goldenVectors } from "./golden-vectors.ts";
import { refusedVectors } from "./refused-vectors.ts";

/** Two files for each version: messages with their bytes, and frames that are none with what must be said of them. */
export function emitVectors(
  protocol: Protocol,
  options: GenerateOptions,
  document: SchemaDocument,
): readonly GeneratedFile[] {
  return protocol.versions.flatMap((version) => {
    const name = `vectors/${protocol.name}-v${version.number}`;
    const file = (vectors: readonly object[]) => vectorsFile(protocol, version, options, vectors);
    return [
      { name: `${name}.json`, text: file(goldenVectors(protocol, version, document)) },
      { name: `${name}-refused.json`, text: file(refusedVectors(protocol, version, document)) },
    ];
  });
}

/** A line for each vector, so that changes of them are easy to see. */
function vectorsFile(
  protocol: Protocol,
  version: Version,
  { sourceName }: GenerateOptions,
  vectors: readonly object[],
): string {
  const lines = vectors.map((vector) => `    ${JSON.stringify(vector)}`);
  return [
    "{",
    `  "$comment": ${JSON.stringify(generatedHeader(sourceName))},`,
    `  "protocol": ${JSON.stringify(protocol.name)},`,
    `  "version": ${version.number},`,
    lines.length === 0 ? '  "vectors": []' : `  "vectors": [\n${lines.join(",\n")}\n  ]`,
    "}",
    "",
  ].join("\n");
}
