import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { writeCharts } from "./charts/write.ts";

/** Puts one benchmark's figures into bench/figures.json, with the machine they are of, leaves the others, and draws all. */
export function recordFigures(name: string, figures: object): void {
  const recorded: object = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  const machine = { node: process.version, cpu: cpus()[0]?.model ?? "unknown", cores: cpus().length };
  writeFileSync(file, `${JSON.stringify({ ...recorded, [name]: { machine, ...figures } }, null, 2)}\n`);
  writeCharts();
}

const file = new URL("./figures.json", import.meta.url);
