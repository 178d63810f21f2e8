import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Project } from "ts-morph";
import { describe, expect, test } from "vitest";
import { type BundleFigures, readmeTable } from "../bench/bundle/tables.ts";
import { type LibraryFigures, readmeTables } from "../bench/codec/tables.ts";

/** Prose that can be wrong is checked: programs in it compile, links lead somewhere. */
const root = join(import.meta.dirname, "..");
const documents = [
  "README.md",
  "ARCHITECTURE.md",
  "CONTRIBUTING.md",
  "CHANGELOG.md",
  "SECURITY.md",
  "bench/README.md",
  "docs/admin.md",
  "docs/client.md",
  "docs/conformance.md",
  "docs/doctor.md",
  "docs/errors.md",
  "docs/etcd.md",
  "docs/evolution.md",
  "docs/guarantees.md",
  "docs/metrics.md",
  "docs/operations.md",
  "docs/security.md",
  "docs/transport.md",
  "docs/vectors.md",
  "docs/versions.md",
  "docs/wireshark.md",
  "examples/python-client/README.md",
  "schema/README.md",
];

function read(file: string): string {
  return readFileSync(join(root, file), "utf8");
}

test.each([
  "README.md",
  "docs/admin.md",
  "docs/client.md",
  "docs/metrics.md",
  "docs/operations.md",
  "docs/security.md",
  "docs/transport.md",
  "docs/vectors.md",
])("programs in %s compile under this project's own rules", { timeout: 60_000 }, (document) => {
  const project = new Project({
    tsConfigFilePath: join(root, "tsconfig.json"),
    skipAddingFilesFromTsConfig: true,
    compilerOptions: { isolatedDeclarations: false },
  });
  const programs = [...read(document).matchAll(/```ts\n([\s\S]*?)```/g)].map(([, program = ""]) => program);
  expect(programs.length).toBeGreaterThanOrEqual(1);
  const files = programs.map((program, index) => project.createSourceFile(join(root, `program-${index}.ts`), program));
  const complaints = files.flatMap((file) =>
    project.formatDiagnosticsWithColorAndContext(file.getPreEmitDiagnostics()),
  );
  expect(complaints.join("")).toBe("");
});

describe("links lead to files", () => {
  test.each(documents)("%s", (document) => {
    const targets = [...read(document).matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, target = ""]) => target);
    expect(targets.filter((target) => !existsSync(join(root, dirname(document), target)))).toEqual([]);
  });
});

test("commands in README.md and CONTRIBUTING.md are scripts of the package", () => {
  const { scripts }: { readonly scripts: Readonly<Record<string, string>> } = JSON.parse(read("package.json"));
  const named = ["README.md", "CONTRIBUTING.md", "bench/README.md"].flatMap((file) =>
    [...read(file).matchAll(/npm run ([a-z][a-z:-]*)/g)].map(([, name = ""]) => name),
  );
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});

test("README.md shows the figures of bench/figures.json", () => {
  const tables = /<!-- bench:codec -->\n([\s\S]*?)<!-- \/bench:codec -->/.exec(read("README.md"))?.[1] ?? "";
  const { codec }: { readonly codec: { readonly libraries: readonly LibraryFigures[] } } = JSON.parse(
    read("bench/figures.json"),
  );
  expect(tables.trim()).toBe(readmeTables(codec.libraries));
});

test("README.md shows the bundle sizes of bench/figures.json", () => {
  const table = /<!-- bench:bundle -->\n([\s\S]*?)<!-- \/bench:bundle -->/.exec(read("README.md"))?.[1] ?? "";
  const { bundle }: { readonly bundle: { readonly libraries: readonly BundleFigures[] } } = JSON.parse(
    read("bench/figures.json"),
  );
  expect(table.trim()).toBe(readmeTable(bundle.libraries));
});

test("docs/guarantees.md, docs/versions.md and ARCHITECTURE.md name tests that are there", () => {
  const text = read("docs/guarantees.md") + read("docs/versions.md") + read("ARCHITECTURE.md");
  const tests = [...text.matchAll(/`(test\/[\w/.-]+\.ts)`/g)].map(([, file = ""]) => file);
  const transcripts = [...text.matchAll(/`((?:client|server)\/[\w-]+\.txt)`/g)].map(
    ([, file = ""]) => `test/transcript/${file}`,
  );
  expect(tests.length).toBeGreaterThan(5);
  expect([...tests, ...transcripts].filter((file) => !existsSync(join(root, file)))).toEqual([]);
});
