import type { Diagnostic } from "../diagnostics.ts";
import type { EvolutionRuleId } from "../evolution/evolution-rules.ts";
import type { Finding } from "../evolution/findings.ts";
import type { Lock } from "../evolution/lock.ts";
import type { Permissions } from "../evolution/permissions.ts";
import { type Command, CommandError, type CommandOutput, type ExitCode, parseOptions } from "./command.ts";
import { countText, printDiagnostics, readTextFile, requirePeers } from "./schema-file.ts";
import { type LoadedSchema, loadSchemaText, readLockOf, readSchemaState, writeTextFile } from "./schema-state.ts";

export const checkCommand: Command = {
  name: "check",
  summary: "say what is wrong with a schema, and what it breaks of what was promised",
  usage: `Says what is wrong with a schema: file, line, column, rule, and what would be right. Prints nothing when it is fine.

A schema is compared with the lock beside it (orders.lock.json of orders.yaml), which keeps every frozen version as it
was promised, and with another state of it where one is given. Rules whose ids begin with C are about the difference.

Usage:
  hawser check SCHEMA [OLD-SCHEMA] [--against git:REF|FILE] [--allow RULE --because TEXT] [--allow-source]

Options:
  --against git:REF     compare with the schema as it is at a commit as well; git:REF:PATH where it had another path
  --against FILE        the same as OLD-SCHEMA
  --allow RULE          allow what this rule refuses or warns of, where that can be; may be given again
  --because TEXT        why; goes into the lock together with the change
  --allow-source        allow changes after which programs that use the generated TypeScript have to change

What is allowed goes into the lock, so that it is allowed from then on.

Exit codes: 0 fine, perhaps with warnings; 1 the schema has errors or breaks a promise; 2 it could not be checked.

Examples:
  hawser check schema/orders.yaml
  hawser check schema/orders.yaml --against git:origin/main
  hawser check schema/orders.yaml --allow C002 --because "no peer ever sent more than 100 items"`,

  async run(args, output) {
    const { values, positionals } = parseOptions("check", args, {
      against: { type: "string" },
      allow: { type: "string", multiple: true },
      because: { type: "string" },
      "allow-source": { type: "boolean" },
    });
    const [schema, old, ...more] = positionals;
    if (schema === undefined) throw new CommandError("check needs the path of a schema (see hawser check --help)");
    if (more.length > 0) {
      throw new CommandError(`check takes a schema and an older one, got ${positionals.join(" ")}`);
    }
    const permissions = await parsePermissions(values.allow ?? [], values.because, values["allow-source"] ?? false);
    const older = [old, values.against].filter((operand) => operand !== undefined);
    return checkSchema({ schema, older, permissions }, output);
  },
};

/** What `check` needs to know. */
interface CheckTask {
  /** Path of the schema. */
  readonly schema: string;
  /** Other states of it to compare with, beside its lock: files, or `git:REF`. */
  readonly older: readonly string[];
  readonly permissions: Permissions;
}

/** Checks a schema against its own rules, its lock and its older states; prints what is wrong. */
export async function checkSchema(task: CheckTask, output: CommandOutput): Promise<ExitCode> {
  const { schema, older, permissions } = task;
  const loaded = await loadSchemaText(await readTextFile(schema), schema, output);
  if (loaded === undefined) return 1;
  const state = await readLockOf(loaded, output);
  if (state.kind === "unusable") return 1;
  const { lock } = state;
  const locked = await findingsAgainstLock(loaded, lock, older.length > 0);
  const others: Finding[] = [];
  for (const operand of older) {
    const findings = await findingsAgainst(operand, loaded, output);
    if (findings === undefined) return 1;
    others.push(...findings);
  }
  const { settle } = await import("../evolution/permissions.ts");
  const settled = settle([...locked, ...others], permissions, lock);
  const exitCode = await printFindings(settled, loaded, output);
  if (exitCode !== 0 || !settled.some(({ isAllowedNow }) => isAllowedNow)) return exitCode;
  if (lock === undefined) {
    output.print(`nothing is recorded: there is no ${state.path}`);
    return 0;
  }
  const next = await withAllowances(loaded, lock, locked, permissions, output);
  if (next === undefined) return 1;
  if (next === lock) return 0;
  const { lockText } = await requirePeers(() => import("../evolution/lock.ts"));
  await writeTextFile(state.path, lockText(next));
  return 0;
}

/** Diagnostics of findings: notes to standard output, the rest with a count to standard error. */
export async function printFindings(
  findings: readonly Finding[],
  schema: LoadedSchema,
  output: CommandOutput,
): Promise<ExitCode> {
  const { findingDiagnostics } = await requirePeers(() => import("../evolution/finding-diagnostics.ts"));
  const { renderDiagnostics } = await import("../diagnostics.ts");
  const diagnostics = findingDiagnostics(findings, schema);
  const isNote = ({ severity }: Diagnostic) => severity === "note";
  const notes = diagnostics.filter(isNote);
  if (notes.length > 0) output.print(renderDiagnostics(notes, output.paint));
  const grave = diagnostics.filter((diagnostic) => !isNote(diagnostic));
  if (grave.length === 0) return 0;
  await printDiagnostics(grave, output);
  const warnings = grave.filter(({ severity }) => severity === "warning").length;
  const refused = grave.length - warnings;
  const counts = [
    ...(refused === 0 ? [] : [countText(refused, "error")]),
    ...(warnings === 0 ? [] : [countText(warnings, "warning")]),
  ];
  output.printError(`${schema.file} has ${counts.join(" and ")}`);
  return refused === 0 ? 0 : 1;
}

async function parsePermissions(
  allowed: readonly string[],
  because: string | undefined,
  source: boolean,
): Promise<Permissions> {
  const { allowableRules } = await import("../evolution/permissions.ts");
  const known = allowableRules();
  const rules = allowed.map((id): EvolutionRuleId => {
    const rule = known.find((candidate) => candidate === id);
    if (rule === undefined) throw new CommandError(`--allow takes one of ${known.join(", ")}, not "${id}"`);
    return rule;
  });
  if (rules.length > 0 && !because?.trim()) {
    throw new CommandError("--allow needs --because TEXT: who reads the lock wants to know why");
  }
  if (because !== undefined && rules.length === 0 && !source) {
    throw new CommandError("--because says why something is allowed; add --allow RULE or --allow-source");
  }
  return { rules, source, because };
}

/** Compares with the lock; frozen versions that it does not know are found as well. */
async function findingsAgainstLock(
  { document, source, file }: LoadedSchema,
  lock: Lock | undefined,
  hasOther: boolean,
): Promise<readonly Finding[]> {
  const { compareSchemas } = await requirePeers(() => import("../evolution/compare-schemas.ts"));
  const { lockBaseline } = await requirePeers(() => import("../evolution/lock.ts"));
  const { unlockedVersions } = await import("../evolution/unlocked-versions.ts");
  const compared = lock === undefined ? [] : compareSchemas(lockBaseline(lock), { document, source });
  const unlocked = unlockedVersions(document, lock, file);
  return [...compared, ...(lock === undefined && hasOther ? [] : unlocked)];
}

async function findingsAgainst(
  operand: string,
  schema: LoadedSchema,
  output: CommandOutput,
): Promise<readonly Finding[] | undefined> {
  const { compareSchemas } = await requirePeers(() => import("../evolution/compare-schemas.ts"));
  const { schemaBaseline } = await requirePeers(() => import("../evolution/baseline.ts"));
  const older = await loadSchemaText(await readSchemaState(operand, schema.file), operand, output);
  return older === undefined ? undefined : compareSchemas(schemaBaseline(older.document), schema);
}

/**
 * The lock with what is allowed now. `undefined` where a version has further warnings, which would be lost: its entry is
 * written as a whole.
 */
async function withAllowances(
  { document }: LoadedSchema,
  lock: Lock,
  locked: readonly Finding[],
  permissions: Permissions,
  output: CommandOutput,
): Promise<Lock | undefined> {
  const { withVersion } = await requirePeers(() => import("../evolution/lock.ts"));
  const { allowancesOf, settle } = await import("../evolution/permissions.ts");
  let next = lock;
  for (const number of Object.keys(lock.versions).map(Number)) {
    const findings = locked.filter(({ version }) => version === number);
    const allowances = allowancesOf(findings, permissions);
    if (allowances.length === 0) continue;
    if (settle(findings, permissions, lock).some(({ verdict }) => verdict === "warning")) {
      output.printError(`version ${number} is not recorded: allow what is warned of as well`);
      return undefined;
    }
    next = withVersion(next, document, number, allowances);
    output.print(`the lock has version ${number} as it is now, and why`);
  }
  return next;
}
