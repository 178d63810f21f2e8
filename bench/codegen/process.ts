import { execFileSync, spawnSync } from "node:child_process";
import { rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import type { Phase } from "./phases.child.ts";

export interface CommandFigures {
  readonly elapsedMs: number;
  /** Of all its threads: what the machine does beside it makes this longer by little. */
  readonly cpuMs: number;
  readonly codecBytes: number;
  readonly messagesBytes: number;
}

/** One run of `hawser generate` from start to exit, into a directory that is not there. */
export function measureCommand(consumer: string, schema: string): CommandFigures {
  const out = join(consumer, "generated");
  rmSync(out, { recursive: true, force: true });
  const command = join(consumer, "node_modules/hawser/dist/codegen/cli.js");
  const startedAt = performance.now();
  const args = ["--import", reportCpu, command, "generate", schema, "--out", out];
  const { stderr } = spawnSync(process.execPath, args, { cwd: consumer, encoding: "utf8" });
  const elapsedMs = performance.now() - startedAt;
  const sizeOf = (name: string): number => statSync(join(out, name)).size;
  return { elapsedMs, cpuMs: Number(stderr), codecBytes: sizeOf("codec.ts"), messagesBytes: sizeOf("messages.ts") };
}

/** The same work step by step, in a process of its own: in plain JavaScript, since a loader would take time of its own. */
export function measurePhases(consumer: string, schema: string): readonly Phase[] {
  const out = join(consumer, "generated");
  rmSync(out, { recursive: true, force: true });
  const program = join(consumer, "phases.js");
  buildSync({ entryPoints: [fileURLToPath(new URL("./phases.child.ts", import.meta.url))], outfile: program });
  const modules = join(consumer, "node_modules/hawser/dist/codegen");
  return JSON.parse(execFileSync(process.execPath, [program, modules, schema, out], { encoding: "utf8" }));
}

/** A module that makes a process say at its end how much processor time it took, in milliseconds. */
const reportCpu = `data:text/javascript,process.on("exit", () => {
  const { user, system } = process.cpuUsage();
  console.error((user + system) / 1000);
});`;
