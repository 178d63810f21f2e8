import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe } from "vitest";
import { type Dissection, parseDissection } from "./tshark.ts";

const version = spawnSync("lua5.4", ["-v"], { encoding: "utf8" });
const isThere = version.status === 0;
if (!isThere && process.env["CI"] !== undefined) throw new Error("lua5.4 is missing: apt-get install lua5.4");

/** Tests that need Lua 5.4. They are skipped where that is missing, but for CI, where it has to be there. */
export const describeWithLua54: typeof describe.skip = isThere ? describe : describe.skip;

/** Runs a dissector in the Lua of Wireshark 4.4 and later, over a file with a frame in hexadecimal per line. */
export function dissectWithLua54(file: string, protocol: string, script: string, family: string): Dissection {
  const stub = join(import.meta.dirname, "wireshark-stub.lua");
  const args = [stub, script, family, file];
  const { stdout, stderr, status } = spawnSync("lua5.4", args, { encoding: "utf8", maxBuffer: 1 << 30 });
  if (status !== 0) throw new Error(`lua5.4 ended with ${status}: ${stderr}`);
  return parseDissection(stdout, protocol);
}
