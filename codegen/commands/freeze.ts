import type { Lock } from "../evolution/lock.ts";
import { printFindings } from "./check.ts";
import { type Command, CommandError, type CommandOutput, type ExitCode, parseOptions } from "./command.ts";
import { readTextFile, requirePeers } from "./schema-file.ts";
import { type LoadedSchema, loadSchemaText, readLockOf, writeTextFile } from "./schema-state.ts";

export const freezeCommand: Command = {
  name: "freeze",
  summary: "lock a version, so that check refuses what breaks it",
  usage: `Locks a frozen version of a schema: writes what it is into the lock beside the schema (orders.lock.json of
orders.yaml), which belongs under version control. From then on hawser check refuses what would break it.

Usage:
  hawser freeze VERSION SCHEMA [--write]

Options:
  --write    where the version is a draft, make its status frozen in the schema first; nothing else of it changes

A version that is locked stays as it was locked: what check refuses or warns of is not overwritten. What can be allowed
is allowed by: hawser check SCHEMA --allow RULE --because TEXT

Exit codes: 0 locked; 1 the schema has errors, the version is a draft, or it is not what was locked; 2 it could not be
locked.

Example:
  hawser freeze 2 schema/orders.yaml --write`,

  async run(args, output) {
    const { values, positionals } = parseOptions("freeze", args, { write: { type: "boolean" } });
    const [number, schema, ...more] = positionals;
    if (number === undefined || schema === undefined || more.length > 0) {
      throw new CommandError("freeze needs a version and the path of a schema (see hawser freeze --help)");
    }
    if (!/^[1-9][0-9]*$/.test(number)) {
      throw new CommandError(`freeze needs the number of a version first, such as 1, not "${number}"`);
    }
    return freezeVersion(Number(number), schema, values.write ?? false, output);
  },
};

async function freezeVersion(number: number, schema: string, write: boolean, output: CommandOutput): Promise<ExitCode> {
  const text = await readTextFile(schema);
  const loaded = await loadSchemaText(text, schema, output);
  if (loaded === undefined) return 1;
  const status = loaded.document.versions[String(number)]?.status;
  if (status === undefined) {
    const known = Object.keys(loaded.document.versions).join(", ");
    throw new CommandError(`${schema} has no version ${number}; it has ${known}`);
  }
  if (status === "retired") throw new CommandError(`version ${number} is retired: nobody speaks it any more`);
  if (status === "frozen") return lockVersion(number, loaded, output);
  if (!write) {
    output.printError(
      `version ${number} is a draft; write status: frozen in ${schema}, or let hawser freeze ${number} ${schema} --write do it`,
    );
    return 1;
  }
  const { start, end } = loaded.source.value(`/versions/${number}/status`);
  const frozen = await loadSchemaText(`${text.slice(0, start)}frozen${text.slice(end)}`, schema, output);
  if (frozen === undefined) return 1;
  const exitCode = await lockVersion(number, frozen, output);
  if (exitCode !== 0) return exitCode;
  await writeTextFile(schema, frozen.text);
  output.print(`version ${number} is frozen in ${schema}`);
  return 0;
}

async function lockVersion(number: number, schema: LoadedSchema, output: CommandOutput): Promise<ExitCode> {
  const { lockText, withVersion } = await requirePeers(() => import("../evolution/lock.ts"));
  const state = await readLockOf(schema, output);
  if (state.kind === "unusable") return 1;
  const { path, lock } = state;
  if (lock !== undefined && !(await isKept(lock, number, schema, output))) {
    output.printError(`${path} stays as it is`);
    return 1;
  }
  const next = lockText(withVersion(lock, schema.document, number, []));
  if (lock !== undefined && next === lockText(lock)) {
    output.print(`version ${number} is locked in ${path} already`);
    return 0;
  }
  await writeTextFile(path, next);
  output.print(`version ${number} is locked in ${path}`);
  return 0;
}

/**
 * Whether the schema keeps what the lock says of all versions, and nothing would be overwritten in that of `number` but
 * what is only mentioned.
 */
async function isKept(lock: Lock, number: number, schema: LoadedSchema, output: CommandOutput): Promise<boolean> {
  const { compareSchemas } = await requirePeers(() => import("../evolution/compare-schemas.ts"));
  const { lockBaseline } = await requirePeers(() => import("../evolution/lock.ts"));
  const grave = compareSchemas(lockBaseline(lock), schema).filter(
    ({ verdict, version }) => verdict === "refused" || (verdict === "warning" && version === number),
  );
  await printFindings(grave, schema, output);
  return grave.length === 0;
}
