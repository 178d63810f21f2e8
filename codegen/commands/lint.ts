import { type LintId, lints } from "../lint/lints.ts";
import { type Command, CommandError, type CommandOutput, parseOptions, someSchemas } from "./command.ts";
import { countText, printDiagnostics, readTextFile, requirePeers } from "./schema-file.ts";

export const lintCommand: Command = {
  name: "lint",
  summary: "say what is legal in schemas and could be better",
  usage: `Says what is legal in schemas and could be better. What is wrong with them, as hawser check says it, comes first.

Usage:
  hawser lint SCHEMA... [--allow ID]...

Options:
  --allow ID    say nothing about this; may be given several times

Where the schema is right as it is, a comment above or beside a definition says so, with the reason behind it:
  # lint: allow L012, the unit is a tenth of a second
What a frozen version has cannot be made better any more: its bytes are not looked at.

${Object.entries(lints)
  .map(([id, { summary }]) => `  ${id}  ${summary}`)
  .join("\n")}

Example:
  hawser lint schema/*.yaml`,

  async run(args, output) {
    const { values, positionals } = parseOptions("lint", args, { allow: { type: "string", multiple: true } } as const);
    const allowed = (values.allow ?? []).map(lintNamed);
    const schemas = someSchemas("lint", positionals);
    let found = 0;
    for (const schema of schemas) found += await lint(schema, allowed, output);
    return found === 0 ? 0 : 1;
  },
};

/** Prints what there is to say about one schema, and gives how much that is. */
async function lint(path: string, allowed: readonly LintId[], output: CommandOutput): Promise<number> {
  const text = await readTextFile(path);
  const { lintSchema } = await requirePeers(() => import("../lint/lint-schema.ts"));
  const { isValid, diagnostics } = lintSchema(text, path, allowed);
  if (diagnostics.length === 0) return 0;
  await printDiagnostics(diagnostics, output);
  output.printError(`${path} has ${countText(diagnostics.length, isValid ? "warning" : "error")}`);
  return diagnostics.length;
}

function lintNamed(id: string): LintId {
  const known = Object.keys(lints).find((name): name is LintId => name === id);
  if (known === undefined) throw new CommandError(`there is no lint "${id}" (see hawser lint --help)`);
  return known;
}
