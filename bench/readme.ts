import { readFileSync, writeFileSync } from "node:fs";

/** Puts a table between `<!-- name -->` and `<!-- /name -->` of a page, such as `README.md`. */
export function writeTable(page: string, name: string, table: string): void {
  const file = new URL(`../${page}`, import.meta.url);
  const text = readFileSync(file, "utf8");
  const part = new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(<!-- /${name} -->)`);
  if (!part.test(text)) throw new Error(`${page} has no <!-- ${name} --> to put the table into`);
  writeFileSync(
    file,
    text.replace(part, (_, start: string, end: string) => `${start}\n${table}\n\n${end}`),
  );
}
