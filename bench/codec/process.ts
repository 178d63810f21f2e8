import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { CaseFigures } from "./library.child.ts";
import type { LibraryName } from "./library.ts";

/** One round of one library, in a process that ends with it. */
export async function measureLibrary(
  name: LibraryName,
  { warmUpMs, roundMs }: { readonly warmUpMs: number; readonly roundMs: number },
): Promise<readonly CaseFigures[]> {
  const path = fileURLToPath(new URL("./library.child.ts", import.meta.url));
  const child = fork(path, [name, String(warmUpMs), String(roundMs)], {
    execArgv: [...process.execArgv, "--expose-gc"],
  });
  const [figures] = await Promise.race([
    once(child, "message"),
    once(child, "exit").then(([code]): never => {
      throw new Error(`the process that measures ${name} ended with ${code}`);
    }),
  ]);
  if (child.connected) child.disconnect();
  if (child.exitCode === null) await once(child, "exit");
  return figures;
}
