import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Mutation } from "./mutations.ts";
import type { runWorld } from "./world.ts";

/** Loads the simulator with a bug in it, from a copy of the sources that is gone again when this resolves. */
export async function withMutation(mutation: Mutation): Promise<typeof runWorld> {
  const copy = mkdtempSync(join(tmpdir(), "hawser-mutation-"));
  try {
    writeFileSync(join(copy, "package.json"), '{ "type": "module" }');
    for (const path of COPIED) cpSync(join(root, path), join(copy, path), { recursive: true });
    const file = join(copy, "runtime/protocol", mutation.file);
    writeFileSync(file, mutate(readFileSync(file, "utf8"), mutation));
    const world: { readonly runWorld: typeof runWorld } = await import(
      pathToFileURL(join(copy, "test/simulator/world.ts")).href
    );
    return world.runWorld;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** The text of a file with the bug in it. Throws unless the original stands there exactly once. */
export function mutate(text: string, { name, file, original, mutated }: Mutation): string {
  const count = text.split(original).length - 1;
  if (count !== 1) {
    throw new Error(
      `mutation ${name}: its original stands ${count} times in runtime/protocol/${file}, it must be once`,
    );
  }
  return text.replace(original, () => mutated);
}

const root = join(import.meta.dirname, "../..");
/** What the simulator is made of. */
const COPIED = [
  "runtime/protocol",
  "runtime/wire",
  "generated/log",
  "generated/protocol",
  "test/simulator",
  "test/seeded-random.ts",
];
