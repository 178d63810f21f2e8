import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Edit, Mutation } from "./mutations.ts";
import type { runWorld } from "./world.ts";

/** Loads the simulation with a bug in it, from a copy of the sources that is gone again when this resolves. */
export async function withMutation({ edits }: Mutation): Promise<typeof runWorld> {
  const copy = mkdtempSync(join(tmpdir(), "hawser-mutation-"));
  try {
    writeFileSync(join(copy, "package.json"), '{ "type": "module" }');
    for (const path of COPIED) cpSync(join(root, path), join(copy, path), { recursive: true });
    for (const edit of edits) {
      const file = join(copy, FOLDER, edit.file);
      writeFileSync(file, edited(readFileSync(file, "utf8"), edit));
    }
    const world: { readonly runWorld: typeof runWorld } = await import(
      pathToFileURL(join(copy, "test/engine/etcd-simulation/world.ts")).href
    );
    return world.runWorld;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** The text of a file with the edit in it. Throws unless the original stands there exactly once. */
export function edited(text: string, { file, original, mutated }: Edit): string {
  const count = text.split(original).length - 1;
  if (count !== 1) throw new Error(`${JSON.stringify(original)} stands ${count} times in ${file}, it must be once`);
  return text.replace(original, () => mutated);
}

/** Where the bugs are. */
export const FOLDER = "runtime/server/etcd";
const root = join(import.meta.dirname, "../../..");
/** What the simulation is made of. */
const COPIED = [
  "runtime/protocol",
  "runtime/wire",
  "runtime/server",
  "generated/log",
  "generated/protocol",
  "test/engine/etcd-simulation",
  "test/simulator/chance.ts",
  "test/simulator/event-queue.ts",
  "test/seeded-random.ts",
];
