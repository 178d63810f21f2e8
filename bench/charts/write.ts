import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { writeTable } from "../readme.ts";
import { recordedFigures } from "./recorded.ts";
import { sectionsOf } from "./sections.ts";

/** Draws everything that was recorded, and puts it into bench/README.md. Gives the names of the pictures. */
export function writeCharts(): readonly string[] {
  const sections = sectionsOf(recordedFigures());
  const charts = sections.flatMap((section) => section.charts);
  for (const { name, svg } of charts) writeFileSync(new URL(name, folder), svg);
  const names = charts.map(({ name }) => name);
  for (const file of readdirSync(folder)) {
    if (file.endsWith(".svg") && !names.includes(file)) rmSync(new URL(file, folder));
  }
  for (const { name, markdown } of sections) writeTable("bench/README.md", `bench:${name}`, markdown);
  return names;
}

const folder = new URL("./", import.meta.url);
