import type { BundleSize, Size } from "./bundle.ts";

/** What one library adds to a client. */
export interface BundleFigures {
  readonly library: string;
  /** How many messages of schema/messages.yaml it has. */
  readonly messageCount: number;
  /** With these messages. */
  readonly few: BundleSize;
  /** With a schema of 200 messages, where a compiler writes the library's code. */
  readonly many?: BundleSize;
}

/** The table of the project's README. */
export function readmeTable(figures: readonly BundleFigures[]): string {
  const head = `| library | ${figures[0]?.messageCount} messages: minified | gzipped | each | gzipped | 200 messages: minified | gzipped | each | gzipped |`;
  const rows = figures.map(({ library, messageCount, few, many }) => {
    const cells = [...cellsOf(few, messageCount), ...(many === undefined ? ["", "", "", ""] : cellsOf(many, 200))];
    return `| ${library} | ${cells.join(" | ")} |`;
  });
  return [head, `| --- |${" ---: |".repeat(8)}`, ...rows].join("\n");
}

function cellsOf(size: BundleSize, messageCount: number): readonly string[] {
  const each = (bytes: number): string => Math.round(bytes / messageCount).toLocaleString("en");
  return [...totals(size), each(size.messages.minified), each(size.messages.gzipped)];
}

function totals({ minified, gzipped }: Size): readonly string[] {
  return [minified.toLocaleString("en"), gzipped.toLocaleString("en")];
}
