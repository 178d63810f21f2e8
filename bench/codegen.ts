/** `npm run bench:codegen`: how long `hawser generate` takes for a schema of 200 messages. See bench/README.md. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installPackage } from "./codegen/package.ts";
import type { Phase } from "./codegen/phases.child.ts";
import { measureCommand, measurePhases } from "./codegen/process.ts";
import { recordFigures } from "./figures.ts";
import { manyMessages } from "./many-messages/many-messages.ts";
import { yamlOf } from "./many-messages/yaml.ts";
import { median } from "./measure.ts";

const rounds = 9;

const folder = mkdtempSync(join(tmpdir(), "hawser-bench-"));
try {
  main();
} finally {
  rmSync(folder, { recursive: true });
}

function main(): void {
  const model = manyMessages();
  const messages = model.client.length + model.server.length;
  const yaml = yamlOf(model, 2);
  const schema = join(folder, "trade.yaml");
  writeFileSync(schema, yaml);
  console.error(`packing and installing hawser, then ${rounds} runs …`);
  const consumer = installPackage(folder);

  const runs = Array.from({ length: rounds }, () => measureCommand(consumer, schema));
  const { codecBytes, messagesBytes } = runs[0]!;
  const elapsedMs = medianAndMinimum(runs.map((run) => run.elapsedMs));
  const cpuMs = medianAndMinimum(runs.map((run) => run.cpuMs));
  const phases = medians(Array.from({ length: rounds }, () => measurePhases(consumer, schema)));
  console.table([
    { what: "hawser generate, the whole process", "CPU ms": cpuMs.median },
    ...phases.map((phase) => ({ what: `  ${phase.name}`, "CPU ms": phase.cpuMs })),
  ]);
  const sizes = { messages, types: model.types.length, schemaLines: lines(yaml), codecBytes, messagesBytes };
  console.log({ elapsedMs, cpuMs, ...sizes });
  recordFigures("codegen", { elapsedMs, cpuMs, ...sizes, phases });
}

function medianAndMinimum(values: readonly number[]): { readonly median: number; readonly minimum: number } {
  return { median: Math.round(median(values)), minimum: Math.round(Math.min(...values)) };
}

function medians(runs: readonly (readonly Phase[])[]): readonly Phase[] {
  return (runs[0] ?? []).map(({ name }, index) => ({
    name,
    cpuMs: Math.round(median(runs.map((run) => run[index]?.cpuMs ?? Number.NaN))),
  }));
}

function lines(text: string): number {
  return text.split("\n").length - 1;
}
