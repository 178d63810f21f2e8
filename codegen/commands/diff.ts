import { type Command, CommandError, parseOptions } from "./command.ts";
import { requirePeers } from "./schema-file.ts";
import { loadSchemaText, readSchemaState } from "./schema-state.ts";

export const diffCommand: Command = {
  name: "diff",
  summary: "say how two states of a schema differ, as Markdown",
  usage: `Says how two states of a schema differ, as Markdown for a pull request: a table of versions, what is refused and why,
warnings, and release notes.

Usage:
  hawser diff OLD NEW

Each of them is a file, git:REF:PATH with a path from the root of the repository (or from here, as git:REF:./PATH), or
git:REF, which is the other one's file at a commit.

Exit codes: 0 whatever the difference is, see hawser check; 1 one of the schemas has errors; 2 one could not be read.

Examples:
  hawser diff git:origin/main schema/orders.yaml
  hawser diff git:v1.0:schema/orders.yaml git:v1.1:schema/orders.yaml`,

  async run(args, output) {
    const { positionals } = parseOptions("diff", args, {});
    const [old, current, ...more] = positionals;
    if (old === undefined || current === undefined || more.length > 0) {
      throw new CommandError("diff needs two states of a schema, the older one first (see hawser diff --help)");
    }
    const fileOf = (operand: string) => (operand.startsWith("git:") ? undefined : operand);
    const before = await loadSchemaText(await readSchemaState(old, fileOf(current)), old, output);
    const after = await loadSchemaText(await readSchemaState(current, fileOf(old)), current, output);
    if (before === undefined || after === undefined) return 1;
    const { markdownReport } = await requirePeers(() => import("../evolution/markdown-report.ts"));
    output.print(markdownReport(before, after));
    return 0;
  },
};
