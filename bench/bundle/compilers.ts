import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bopOf } from "../many-messages/bop.ts";
import type { Model } from "../many-messages/model.ts";
import { protoOf } from "../many-messages/proto.ts";
import { yamlOf } from "../many-messages/yaml.ts";

/** Writes a schema, has it compiled, and gives the path of a client. */
type Compile = (model: Model, folder: string) => string;

/** For libraries whose code a compiler writes. Those of others come from the registry and are not installed. */
export const compilers: Readonly<Record<string, Compile | undefined>> = {
  hawser: (model, folder) => compileHawser(model, folder, 1),
  "hawser-two-versions": (model, folder) => compileHawser(model, folder, 2),
  protobufjs: compileProtobufjs,
  "protobuf-es": compileProtobufEs,
  bebop: compileBebop,
};

/** With one version of the protocol, as the others have it, or with two. */
function compileHawser(model: Model, folder: string, versions: 1 | 2): string {
  const schema = write(folder, "trade.yaml", yamlOf(model, versions));
  const command = [
    "codegen/cli.ts",
    "generate",
    schema,
    "--out",
    folder,
    "--wire-import",
    `${root}runtime/wire/index.ts`,
  ];
  execFileSync(process.execPath, [...process.execArgv, ...command], { cwd: root });
  return write(
    folder,
    "client.ts",
    'export { decodeServerMessage as decode, encodeClientMessage as encode } from "./codec.ts";\n',
  );
}

function compileProtobufjs(model: Model, folder: string): string {
  write(folder, "trade.proto", protoOf(model));
  const leftOut = ["verify", "convert", "delimited", "typeurl", "service", "comments"].map((part) => `--no-${part}`);
  const args = ["pbjs", "-t", "static-module", "-w", "esm", ...leftOut, "-o", "trade.js", "trade.proto"];
  npx(folder, ["protobufjs-cli@2.7.1"], args);
  return write(
    folder,
    "client.js",
    `import { trade } from "./trade.js";
export const encode = (message) => trade.ClientMessage.encode(message).finish();
export const decode = (frame) => trade.ServerMessage.decode(frame);
`,
  );
}

function compileProtobufEs(model: Model, folder: string): string {
  write(folder, "trade.proto", protoOf(model));
  write(folder, "buf.yaml", "version: v2\n");
  write(folder, "buf.gen.yaml", "version: v2\nplugins: [{ local: protoc-gen-es, out: ., opt: target=js }]\n");
  npx(folder, ["@bufbuild/buf@1.75.0", "@bufbuild/protoc-gen-es@2.17.0"], ["buf", "generate"]);
  return write(
    folder,
    "client.js",
    `import { fromBinary, toBinary } from "@bufbuild/protobuf";
import { ClientMessageSchema, ServerMessageSchema } from "./trade_pb.js";
export const encode = (message) => toBinary(ClientMessageSchema, message);
export const decode = (frame) => fromBinary(ServerMessageSchema, frame);
`,
  );
}

function compileBebop(model: Model, folder: string): string {
  write(folder, "trade.bop", bopOf(model));
  const generator = "ts:trade.ts,emitBinarySchema=false";
  npx(folder, ["bebop-tools@3.2.3"], ["bebopc", "--include", "trade.bop", "build", "--generator", generator]);
  return write(
    folder,
    "client.ts",
    `import { BebopView } from "bebop";
import { ClientMessage, ServerMessage } from "./trade.ts";
const view = BebopView.getInstance();
export const encode = (message) => ClientMessage.encode(message);
export function decode(frame) {
  view.startReading(frame);
  return ServerMessage.readFrom(view);
}
`,
  );
}

function npx(folder: string, packages: readonly string[], command: readonly string[]): void {
  const chosen = packages.map((name) => `--package=${name}`);
  execFileSync("npx", ["--yes", "--ignore-scripts", ...chosen, "--", ...command], { cwd: folder });
}

function write(folder: string, name: string, text: string): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const root = fileURLToPath(new URL("../..", import.meta.url));
