import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { loadSchema } from "../../codegen/load.ts";
import { projectTasks } from "../../codegen/project-tasks.ts";
import { resolveProtocol } from "../../codegen/protocol.ts";
import { refusalRules } from "../../codegen/vectors/refusal-rules.ts";
import { codecsOf } from "../codegen/build-codec.ts";
import { defaultsOf, type GoldenFile, parseVectors, type RefusedFile, withDefaults } from "./vector-files.ts";

/** The vectors that other implementations are tried with, as they are in the package: ours passes them all. */
const root = join(import.meta.dirname, "../..");
const schemas = projectTasks.filter(({ emit }) => emit.includes("vectors"));
const vectorsSchema: { readonly $defs: { readonly refused: { properties: { rule: { enum: readonly string[] } } } } } =
  JSON.parse(readFileSync(join(root, "schema/vectors-schema.json"), "utf8"));
const isVectors = new Ajv2020({ strict: true, allowUnionTypes: true, strictRequired: false }).compile(vectorsSchema);

describe.each(schemas)("$schema", async ({ schema, out }) => {
  const loaded = loadSchema(readFileSync(join(root, schema), "utf8"), schema);
  if (!loaded.ok) throw new Error(`${schema} is no schema`);
  const { document } = loaded;
  const protocol = resolveProtocol(document);
  const codecs = codecsOf(document, await import(join(root, out, "codec.ts")));
  const defaultOf = defaultsOf(document);
  const folder = join(root, out, "vectors");

  test("there is a pair of files for each version, of the shape that is documented", () => {
    const files = readdirSync(folder).sort();
    const names = protocol.versions.map(({ number }) => `${protocol.name}-v${number}`);
    expect(files).toEqual(names.flatMap((name) => [`${name}-refused.json`, `${name}.json`]));
    for (const file of files) {
      expect(isVectors(JSON.parse(readFileSync(join(folder, file), "utf8"))), `${file} ${isVectors.errors}`).toBe(true);
    }
  });

  describe.each(protocol.versions)("version $number", (version) => {
    const path = join(folder, `${protocol.name}-v${version.number}`);
    const golden: GoldenFile = parseVectors(readFileSync(`${path}.json`, "utf8"));
    const refused: RefusedFile = parseVectors(readFileSync(`${path}-refused.json`, "utf8"));

    test.each(golden.vectors)("$id", ({ family: name, message, hex, decodeOnly }) => {
      const family = protocol.families.find((candidate) => candidate.name === name);
      const codec = codecs.get(name);
      if (family === undefined || codec === undefined) throw new Error(`there is no family ${name}`);
      const frame = Buffer.from(hex, "hex");
      expect(codec.decode(frame)).toEqual(withDefaults(defaultOf, family, version, message));
      if (!decodeOnly) expect(Buffer.from(codec.encode(message, version.number)).toString("hex")).toBe(hex);
    });

    test.each(refused.vectors)("$id is refused", ({ family, hex, code, path: place, offset, rule }) => {
      expect(code).toBe(refusalRules[rule]);
      expect(() => codecs.get(family)?.decode(Buffer.from(hex, "hex"))).toThrow(
        expect.objectContaining({ code, path: place, offset }),
      );
    });
  });
});

test("the JSON Schema of vectors and docs/vectors.md list the rules that frames break", () => {
  const rules = Object.keys(refusalRules);
  expect(vectorsSchema.$defs.refused.properties.rule.enum).toEqual(rules);
  const rows = [
    ...readFileSync(join(root, "docs/vectors.md"), "utf8").matchAll(/^\| `([a-z0-9-]+)` +\| `(ERR_[A-Z0-9_]+)`/gm),
  ];
  expect(rows.map(([, rule, code]) => [rule, code])).toEqual(Object.entries(refusalRules));
});
