import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Node, Project, type SourceFile } from "ts-morph";
import { describe, expect, test } from "vitest";

/**
 * What no other tool checks: who may import whom, which files stay pure, how long things may get, and that every error
 * code is explained. The rules are data; the reasons stand beside them, and a failure prints them.
 */
const root = join(import.meta.dirname, "..");
const tracked = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], { cwd: root })
  .toString()
  .trim()
  .split("\n")
  // Git lists what was taken out until that is committed.
  .filter((file) => existsSync(join(root, file)));
const sources = tracked.filter((file) => file.endsWith(".ts"));
const project = new Project({ useInMemoryFileSystem: false, skipAddingFilesFromTsConfig: true });
const parsed = new Map(sources.map((file) => [file, project.addSourceFileAtPath(join(root, file))]));

interface Layer {
  readonly folder: string;
  /** Folders of this project, and packages, that files of the layer may import; `node:` stands for all built-ins. */
  readonly mayImport: readonly string[];
  readonly why: string;
}

const layers: readonly Layer[] = [
  { folder: "runtime/wire", mayImport: [], why: "generated code has one import, and that one has none" },
  { folder: "generated", mayImport: ["runtime/wire", "fast-check"], why: "generated code needs nothing but bytes" },
  {
    folder: "runtime/protocol",
    mayImport: ["runtime/wire", "generated"],
    why: "the protocol's behaviour has no I/O, so that it can be tested and simulated",
  },
  { folder: "runtime/shell", mayImport: ["runtime/protocol"], why: "what both shells share knows neither of them" },
  {
    folder: "runtime/security",
    mayImport: ["runtime/protocol", "runtime/shell", "node:"],
    why: "keys can be made and read without a transport",
  },
  {
    folder: "runtime/transport",
    mayImport: [
      "runtime/protocol",
      "runtime/security",
      "runtime/shell",
      "runtime/wire",
      "generated",
      "sodium-native",
      "zeromq",
      "node:",
    ],
    why: "a transport carries frames and knows neither clients nor servers",
  },
  {
    folder: "runtime/telemetry",
    mayImport: ["runtime/protocol", "runtime/shell", "@opentelemetry", "node:"],
    why: "what is measured goes where an operator wants it, and is measured without it too",
  },
  {
    folder: "runtime/client",
    mayImport: [
      "runtime/protocol",
      "runtime/security",
      "runtime/shell",
      "runtime/telemetry",
      "runtime/transport",
      "runtime/wire",
      "generated",
      "node:",
    ],
    why: "a client never loads a server",
  },
  {
    folder: "runtime/server",
    mayImport: [
      "runtime/protocol",
      "runtime/security",
      "runtime/shell",
      "runtime/telemetry",
      "runtime/transport",
      "runtime/wire",
      "generated",
      "@grpc",
      "lmdb",
      "node:",
    ],
    why: "a server never loads a client",
  },
  {
    folder: "runtime/admin",
    mayImport: [
      "runtime/protocol",
      "runtime/server",
      "runtime/shell",
      "runtime/telemetry",
      "runtime/transport",
      "generated",
      "node:",
    ],
    why: "a server never loads what looks after it",
  },
  {
    folder: "runtime/doctor",
    mayImport: [
      "runtime/protocol",
      "runtime/security",
      "runtime/shell",
      "runtime/transport",
      "runtime/wire",
      "generated",
      "node:",
    ],
    why: "the doctor goes the way of a client, and sees what a client does not show",
  },
  {
    folder: "runtime/commands",
    mayImport: [
      "codegen/commands/command.ts",
      "runtime/doctor",
      "runtime/protocol/errors.ts",
      "runtime/protocol/limits.ts",
      "runtime/security",
      "node:",
    ],
    why: "what hawser does besides generating is loaded with the generator, and needs nothing that is generated",
  },
  {
    folder: "codegen",
    mayImport: ["ajv", "runtime/commands", "ts-morph", "yaml", "node:"],
    why: "the generator must run when what it generates is broken",
  },
  { folder: "examples", mayImport: ["hawser", "node:"], why: "examples show what a user can write" },
  {
    folder: "bench",
    mayImport: [
      "hawser",
      "examples",
      "test/seeded-random.ts",
      "@bufbuild",
      "@grpc",
      "@nats-io",
      "@opentelemetry",
      "avsc",
      "bebop",
      "compact-encoding",
      "esbuild",
      "flatbuffers",
      "msgpackr",
      "protobufjs",
      "sializer",
      "socket.io",
      "socket.io-client",
      "ws",
      "zeromq",
      "node:",
    ],
    why: "benchmarks measure what a user gets, and what others would give",
  },
];

/** Packages that only some files of a layer may import. */
const confined: readonly { readonly name: string; readonly to: RegExp; readonly why: string }[] = [
  {
    name: "zeromq",
    to: /^(runtime\/transport\/zeromq|bench\/transport\/bare-zeromq|test\/)/,
    why: "one transport knows ZeroMQ",
  },
  {
    name: "@grpc",
    to: /^(runtime\/server\/etcd\/etcd-|bench\/(cluster\/plain-put|rpc\/grpc)|test\/)/,
    why: "one engine knows etcd",
  },
  {
    name: "@opentelemetry",
    to: /^(runtime\/telemetry\/opentelemetry\.ts$|bench\/telemetry|test\/)/,
    why: "one telemetry knows OpenTelemetry",
  },
  { name: "lmdb", to: /^(runtime\/server\/lmdb-|test\/)/, why: "one engine knows LMDB" },
  { name: "sodium-native", to: /^(runtime\/transport\/zmtp\/curve\/|test\/)/, why: "one mechanism encrypts" },
  { name: "fast-check", to: /^(generated\/[^/]+\/arbitraries\.ts$|test\/)/, why: "only tests make messages up" },
];

/** Folders, and files of folders that are not pure as a whole. */
const pure = [
  "runtime/wire",
  "runtime/protocol",
  "generated",
  ...[
    "etcd-api",
    "known-store",
    "leader-election",
    "log-appender",
    "log-follower",
    "log-watch",
    "member",
    "member-events",
    "member-output",
    "read-barriers",
    "store-keys",
    "store-transactions",
    "unavailable",
  ].map((name) => `runtime/server/etcd/${name}.ts`),
];
const impure =
  /\b(Date\.now|new Date\(\)|performance\.|Math\.random|setTimeout|setInterval|setImmediate|crypto|await)\b/;

const FILE_LINES_MAX = 400;
const FUNCTION_LINES_MAX = 70;

describe("layers", () => {
  test.each(layers)("$folder", ({ folder, mayImport, why }) => {
    const wrong = filesIn(folder).flatMap((file) =>
      imports(file)
        .filter((target) => !isWithin(target, folder) && !mayImport.some((allowed) => isWithin(target, allowed)))
        .map((target) => `${file} imports ${target}: ${why}`),
    );
    expect(wrong).toEqual([]);
  });

  test.each(confined)("$name", ({ name, to, why }) => {
    const wrong = sources.filter((file) => imports(file).includes(name) && !to.test(file));
    expect(wrong.map((file) => `${file} imports ${name}: ${why}`)).toEqual([]);
  });

  test("examples and benchmarks use the package as its users do", () => {
    const wrong = [...filesIn("examples"), ...filesIn("bench")].flatMap((file) =>
      imports(file)
        .filter((target) => /^(runtime|generated|codegen)\//.test(target))
        .map((target) => `${file} imports ${target}`),
    );
    expect(wrong).toEqual([]);
  });
});

test.each(pure)("%s has no clock, no chance and nothing to wait for", (path) => {
  const files = sources.filter((file) => isWithin(file, path));
  expect(files.length).toBeGreaterThan(0);
  const wrong = files.flatMap((file) =>
    withoutComments(file)
      .split("\n")
      .filter((line) => impure.test(line))
      .map((line) => `${file}: ${line.trim()}`),
  );
  expect(wrong).toEqual([]);
});

describe("sizes", () => {
  const written = sources.filter((file) => !isGenerated(file));

  test(`no file has more than ${FILE_LINES_MAX} lines`, () => {
    const long = written
      .map((file) => ({ file, lines: readFileSync(join(root, file), "utf8").split("\n").length - 1 }))
      .filter(({ lines }) => lines > FILE_LINES_MAX);
    expect(long).toEqual([]);
  });

  test(`no function has more than ${FUNCTION_LINES_MAX} lines`, () => {
    const long = written.filter((file) => !file.startsWith("test/")).flatMap((file) => longFunctions(file));
    expect(long).toEqual([]);
  });

  test("no file is named after nothing", () => {
    const vague = tracked.filter((file) => /(^|[/-])(utils?|helpers?|common|misc|manager)[./-]/.test(file));
    expect(vague).toEqual([]);
  });
});

test("docs/errors.md explains every error code", () => {
  const explained = readFileSync(join(root, "docs/errors.md"), "utf8");
  const codes = new Set(
    filesIn("runtime").flatMap((file) => readFileSync(join(root, file), "utf8").match(/\bERR_[A-Z0-9_]+/g) ?? []),
  );
  expect([...codes].filter((code) => !explained.includes(`\`${code}\``)).sort()).toEqual([]);
});

function filesIn(folder: string): readonly string[] {
  return sources.filter((file) => file.startsWith(`${folder}/`));
}

/** What a file imports: paths of this project, or names of packages. */
function imports(file: string): readonly string[] {
  const source = sourceFile(file);
  const specifiers = [...source.getImportDeclarations(), ...source.getExportDeclarations()].flatMap(
    (declaration) => declaration.getModuleSpecifierValue() ?? [],
  );
  const dynamic = [...source.getFullText().matchAll(/\bimport\("([^"]+)"\)/g)].map(([, specifier]) => specifier ?? "");
  return [...specifiers, ...dynamic].map((specifier) => {
    if (specifier.startsWith(".")) return join(dirname(file), specifier);
    return specifier.startsWith("node:") ? "node:" : (specifier.split("/")[0] ?? specifier);
  });
}

function isWithin(target: string, allowed: string): boolean {
  return target === allowed || target.startsWith(`${allowed}/`);
}

function isGenerated(file: string): boolean {
  return /(^|\/)generated\//.test(file);
}

function withoutComments(file: string): string {
  const text = sourceFile(file).getFullText();
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/\/\/.*$/gm, "");
}

function longFunctions(file: string): readonly string[] {
  const long: string[] = [];
  sourceFile(file).forEachDescendant((node) => {
    if (!Node.isFunctionLikeDeclaration(node)) return;
    const lines = node.getEndLineNumber() - node.getStartLineNumber() + 1;
    if (lines > FUNCTION_LINES_MAX) long.push(`${file}:${node.getStartLineNumber()} has a function of ${lines} lines`);
  });
  return long;
}

function sourceFile(file: string): SourceFile {
  const source = parsed.get(file);
  if (source === undefined) throw new Error(`${file} was not parsed`);
  return source;
}
