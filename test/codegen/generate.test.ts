import { describe, expect, test } from "vitest";
import type { SchemaDocument } from "../../codegen/document.ts";
import { type GenerateOptions, generate } from "../../codegen/generate.ts";
import { loadSchema } from "../../codegen/load.ts";
import { minimalSchema } from "./minimal-schema.ts";

const options: GenerateOptions = {
  emit: ["typescript"],
  wireImport: "hawser/wire",
  importExtension: ".js",
  sourceName: "small.yaml",
};

function load(text: string): SchemaDocument {
  const result = loadSchema(text, "small.yaml");
  if (!result.ok) throw new Error("the schema is fine");
  return result.document;
}

describe("generate", () => {
  const document = load(minimalSchema({ fields: "isUrgent: { type: bool, doc: Whether to hurry. }" }));

  test("gives types and codecs, which begin with the header of generated files", () => {
    const files = generate(document, options);
    expect(files.map(({ name }) => name)).toEqual(["messages.ts", "codec.ts"]);
    for (const { text } of files) {
      expect(text).toMatch(/^\/\/ Generated from small\.yaml by "hawser generate"\./);
      expect(text).toMatch(/[^\n]\n$/);
      expect(text).not.toContain("\r");
    }
  });

  test("gives the same bytes for the same schema", () => {
    expect(generate(document, options)).toEqual(
      generate(load(minimalSchema({ fields: "isUrgent: { type: bool, doc: Whether to hurry. }" })), options),
    );
  });

  test("imports as it is told to", () => {
    const [, codec] = generate(document, { ...options, wireImport: "../wire.ts", importExtension: ".ts" });
    expect(codec?.text).toContain('from "../wire.ts"');
    expect(codec?.text).toContain('from "./messages.ts"');
  });
});
