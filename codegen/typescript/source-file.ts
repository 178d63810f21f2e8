import {
  IndentationText,
  NewLineKind,
  Project,
  QuoteKind,
  type StatementStructures,
  type WriterFunction,
} from "ts-morph";
import type { GenerateOptions } from "../generate.ts";
import { generatedHeader } from "../generated-header.ts";

/** One statement of a generated file: data where ts-morph has a structure for it, else text. */
export type Statement = StatementStructures | WriterFunction | string;

/**
 * Prints a generated file: the header, then the statements in the given order.
 *
 * It is not formatted afterwards, because formatters change between versions: the same statements always give the same
 * bytes.
 */
export function printSourceFile(statements: readonly Statement[], options: GenerateOptions): string {
  const all = [`// ${generatedHeader(options.sourceName)}`, ...statements];
  const text = all.every((statement) => typeof statement === "string") ? `${all.join("\n")}\n` : printStructures(all);
  // Statements that are text and those that are data are set apart differently; the reader should see one blank line.
  return text.replaceAll(/\n{3,}/g, "\n\n");
}

/** In one step, because ts-morph parses the file anew at each change. */
function printStructures(statements: readonly Statement[]): string {
  const project = new Project({
    useInMemoryFileSystem: true,
    skipAddingFilesFromTsConfig: true,
    skipLoadingLibFiles: true,
    manipulationSettings: {
      indentationText: IndentationText.TwoSpaces,
      newLineKind: NewLineKind.LineFeed,
      quoteKind: QuoteKind.Double,
      useTrailingCommas: true,
    },
  });
  return project.createSourceFile("generated.ts", { statements: [...statements] }).getFullText();
}
