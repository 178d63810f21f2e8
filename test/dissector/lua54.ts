import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { describe } from "vitest";
import { describeWith } from "./required-program.ts";
import { type Dissection, parseDissection } from "./tshark.ts";

/** Tests that need Lua 5.4. */
export const describeWithLua54: typeof describe.skip = describeWith("lua5.4", "-v");

/** Runs a dissector in the Lua of Wireshark 4.4 and later, over a file with a frame in hexadecimal per line. */
export function dissectWithLua54(file: string, protocol: string, script: string, family: string): Dissection {
  const stub = join(import.meta.dirname, "wireshark-stub.lua");
  const args = [stub, script, family, file];
  const { stdout, stderr, status } = spawnSync("lua5.4", args, { encoding: "utf8", maxBuffer: 1 << 30 });
  if (status !== 0) throw new Error(`lua5.4 ended with ${status}: ${stderr}`);
  return parseDissection(stdout, protocol);
}
