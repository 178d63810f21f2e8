import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

/** The package as it is published: packed, looked at by the usual judges, installed and used. */
const root = join(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "hawser-package-"));
const consumer = join(folder, "consumer");
let tarball = "";
let files: readonly string[] = [];

beforeAll(() => {
  const output = execFileSync("npm", ["pack", "--json", "--silent", "--pack-destination", folder], {
    cwd: root,
    encoding: "utf8",
  });
  const [packed]: readonly { readonly filename: string; readonly files: readonly { readonly path: string }[] }[] =
    JSON.parse(output.slice(output.indexOf("[")));
  if (packed === undefined) throw new Error("nothing was packed");
  tarball = join(folder, packed.filename);
  files = packed.files.map(({ path }) => path);
  install();
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true }));

test("holds what its users need, and nothing else", () => {
  const folders = new Set(files.map((file) => file.split("/")[0]));
  expect([...folders].sort()).toEqual([
    "CHANGELOG.md",
    "LICENSE",
    "README.md",
    "codegen",
    "dist",
    "docs",
    "generated",
    "package.json",
    "runtime",
    "schema",
  ]);
  expect(files).toContain("dist/codegen/cli.js");
  expect(files).toContain("dist/runtime/admin/generated/page.js");
  // What it is made of is here to be read, and is no code of Node's.
  expect(files).toContain("runtime/admin/page/main.ts");
  expect(files.filter((file) => file.startsWith("dist/runtime/admin/page/"))).toEqual([]);
  expect(files).toContain("schema/meta-schema.json");
  expect(files).toContain("generated/protocol/vectors/zraft-v1.json");
  expect(files).toContain("generated/protocol/vectors/zraft-v1-refused.json");
  expect(files.filter((file) => /^(dist\/)?(test|bench|examples)\//.test(file))).toEqual([]);
});

test("publint has nothing to say", () => {
  const result = spawnSync("npx", ["publint", "run", tarball, "--strict"], { cwd: root, encoding: "utf8" });
  expect(result.stdout).toContain("All good!");
  expect(result.status).toBe(0);
}, 60_000);

test("types resolve for every consumer", () => {
  const data = ["./etcd.proto", "./messages.yaml", "./meta-schema.json", "./vectors-schema.json", "./package.json"];
  const args = ["attw", tarball, "--profile", "esm-only", "--exclude-entrypoints", ...data];
  const result = spawnSync("npx", args, { cwd: root, encoding: "utf8" });
  expect(result.stdout).toContain('"hawser/server/lmdb"');
  expect(result.stdout).toContain('"hawser/server/etcd"');
  expect(result.status).toBe(0);
}, 60_000);

test("a program in strict TypeScript compiles against it and runs", () => {
  writeFileSync(
    join(consumer, "program.ts"),
    `import { connect } from "hawser/client";
import { generateKeyPair } from "hawser/keys";
import { encodeClientMessage, decodeClientMessage, type ClientMessage } from "hawser/protocol";
import { startServer, type StateMachine } from "hawser/server";
import { clientMessage } from "hawser/protocol/arbitraries";
import { startAdminEndpoint } from "hawser/admin";
import { prometheus } from "hawser/prometheus";
import { etcdEngine } from "hawser/server/etcd";
import { memoryEngine } from "hawser/server/memory";
import { WireError } from "hawser/wire";
import * as fc from "fast-check";

const echo: StateMachine = { apply: (command) => command, query: (query) => query, snapshot: () => [], restore: async () => {} };
const telemetry = prometheus();
const server = await startServer({ memberId: "a", address: "tcp://127.0.0.1:0", engine: memoryEngine(), stateMachine: echo, telemetry });
const client = await connect({ members: { a: server.address } });
const answer: Uint8Array = await client.submit(new Uint8Array([7]));
await client.close();
const admin = await startAdminEndpoint({ server, telemetry });
const page = await (await fetch(admin.address)).text();
const metrics = await (await fetch(admin.address + "/metrics")).text();
console.log(page.startsWith("<!doctype html>"), page.includes("</script>"), metrics.includes("hawser_server_leader{member=\\"a\\"} 1"));
await server.stop();
const message: ClientMessage = { type: "KeepAlive", timestamp: 1 };
const { version } = decodeClientMessage(encodeClientMessage(message, 1));
fc.assert(fc.property(clientMessage(1), (any) => decodeClientMessage(encodeClientMessage(any, 1)).message.type === any.type));
try {
  decodeClientMessage(new Uint8Array(0));
} catch (error) {
  if (error instanceof WireError) console.log(answer[0], version, error.code);
}
await etcdEngine({ endpoints: ["http://127.0.0.1:2379"], memberId: "a" }).stop();
await connect({ members: { a: server.address }, transport: "zeromq" }).catch((error: Error) => console.log(error.message));
const keys = generateKeyPair();
const curve = { keys, serverKey: keys.publicKey };
await connect({ members: { a: server.address }, curve }).catch((error: Error) => console.log(error.message));
`,
  );
  const compilerOptions = { target: "es2022", module: "nodenext", strict: true, types: ["node"], skipLibCheck: false };
  writeFileSync(join(consumer, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["program.ts"] }));
  const compiled = spawnSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", consumer], {
    encoding: "utf8",
  });
  expect(compiled.stdout).toBe("");
  const ran = spawnSync(process.execPath, ["program.js"], { cwd: consumer, encoding: "utf8" });
  expect(ran).toMatchObject({
    stdout:
      "true true true\n" +
      "7 1 ERR_WIRE_TRUNCATED\n" +
      'the transport "zeromq" needs the package zeromq, which is not installed: npm install zeromq\n' +
      'CURVE over the transport "zmtp" needs the package sodium-native, which is not installed: npm install sodium-native\n',
    stderr: "",
    status: 0,
  });
}, 60_000);

test("hawser/prometheus needs no other package, and hawser/opentelemetry names the one that it needs", () => {
  const program = `
    import { openTelemetry } from "hawser/opentelemetry";
    import { prometheus } from "hawser/prometheus";
    console.log(prometheus().contentType);
    try { openTelemetry(); } catch ({ code, message }) { console.log(code, message); }`;
  const ran = spawnSync(process.execPath, ["--input-type=module", "--eval", program], {
    cwd: consumer,
    encoding: "utf8",
  });
  expect(ran).toMatchObject({
    stdout:
      "text/plain; version=0.0.4; charset=utf-8\n" +
      "ERR_INVALID_ARGUMENT openTelemetry needs the package @opentelemetry/api, which is not installed: npm install @opentelemetry/api\n",
    stderr: "",
  });
});

describe("hawser", () => {
  const schema = join(root, "examples/key-value/kv.yaml");

  test("--help lists the commands", () => {
    const { stdout, status } = hawser("--help");
    expect(stdout.match(/(?<=^ {2})[a-z]+(?= {2})/gm)).toEqual([
      "generate",
      "watch",
      "check",
      "freeze",
      "diff",
      "lint",
      "fmt",
      "explain",
      "keygen",
      "doctor",
    ]);
    expect(status).toBe(0);
  });

  test("generate writes types and codecs", () => {
    expect(hawser("generate", schema, "--out", join(consumer, "generated"))).toMatchObject({ status: 0, stderr: "" });
    expect(readdirSync(join(consumer, "generated")).sort()).toEqual(["codec.ts", "messages.ts"]);
  });

  test.each([
    ["check", schema],
    ["lint", schema],
    ["fmt", "--check", schema],
    ["diff", schema, schema],
    ["explain", "--schema", schema, "57 00000001 61"],
    // hawser's own protocol is part of the package.
    ["explain", "7a72616674 01 03 000000000000002a"],
    ["keygen", "server", "--directory", join(consumer, "keys")],
  ])("%s works", (...args) => expect(hawser(...args)).toMatchObject({ status: 0, stderr: "" }));
});

function hawser(...args: readonly string[]): {
  readonly stdout: string;
  readonly stderr: string;
  status: number | null;
} {
  const bin = join(consumer, "node_modules/hawser/dist/codegen/cli.js");
  return spawnSync(process.execPath, [bin, ...args], { cwd: consumer, encoding: "utf8" });
}

/** Unpacks the tarball where npm would, beside the dependencies that this checkout has. */
function install(): void {
  const modules = join(consumer, "node_modules");
  mkdirSync(join(modules, "hawser"), { recursive: true });
  execFileSync("tar", ["-xzf", tarball, "--strip-components=1", "-C", join(modules, "hawser")]);
  for (const name of ["@grpc", "lmdb", "yaml", "ajv", "ts-morph", "fast-check", "@types"]) {
    symlinkSync(join(root, "node_modules", name), join(modules, name));
  }
  writeFileSync(join(consumer, "package.json"), JSON.stringify({ name: "consumer", type: "module", private: true }));
}
