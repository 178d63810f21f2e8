import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";

/** Puts one benchmark's figures into bench/figures.json, with the machine they are of, and leaves the others. */
export function recordFigures(name: string, figures: object): void {
  const recorded: object = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  const machine = { node: process.version, cpu: cpus()[0]?.model ?? "unknown", cores: cpus().length };
  writeFileSync(file, `${JSON.stringify({ ...recorded, [name]: { machine, ...figures } }, null, 2)}\n`);
}

const file = new URL("./figures.json", import.meta.url);
