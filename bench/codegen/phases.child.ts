/** Does what `hawser generate` does, step by step, and prints how much processor time each step took. */
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";

export interface Phase {
  readonly name: string;
  readonly cpuMs: number;
}

const [, , modules = "", schema = "", out = ""] = process.argv;
const phases: Phase[] = [];
let before = process.cpuUsage();

const text = readFileSync(schema, "utf8");
const { DiagnosticSink } = await load("diagnostics.js");
const { readSchemaSource } = await load("schema-source.js");
endOf("import of yaml");
const { checkShape } = await load("shape.js");
endOf("import of ajv");
const { checkRules } = await load("rules/check-rules.js");
endOf("import of the rules");
const sink = Reflect.construct(DiagnosticSink!, [text, schema]);
const source = readSchemaSource!(text, sink);
endOf("YAML");
const shape = checkShape!(source, sink) as { readonly document: unknown };
endOf("shape");
checkRules!(shape, source, sink);
endOf("rules");
const { emitMessages } = await load("emit-messages.js");
const { emitCodec } = await load("emit-codec.js");
const { resolveProtocol } = await load("protocol.js");
endOf("import of ts-morph and the emitters");
const protocol = resolveProtocol!(shape.document);
const options = { wireImport: "hawser/wire", importExtension: ".js", sourceName: basename(schema) };
const messages = { name: "messages.ts", text: emitMessages!(protocol, options) };
endOf("emit messages.ts");
const codec = { name: "codec.ts", text: emitCodec!(protocol, options) };
endOf("emit codec.ts");
const { writeOutput } = await load("output.js");
await writeOutput!(out, [messages, codec]);
endOf("write");
console.log(JSON.stringify(phases));

/** The parts of the installed package that its command loads. They are no entry points, and have no types here. */
async function load(module: string): Promise<Readonly<Record<string, (...args: readonly unknown[]) => unknown>>> {
  return import(pathToFileURL(join(modules, module)).href);
}

function endOf(name: string): void {
  const { user, system } = process.cpuUsage(before);
  phases.push({ name, cpuMs: (user + system) / 1_000 });
  before = process.cpuUsage();
}
