import { readFileSync } from "node:fs";
import { collectGarbage } from "../collect-garbage.ts";
import type { MemoryUse } from "./process-messages.ts";

/** What this process uses, once nothing is left that it does not need. */
export function memoryUse(): MemoryUse {
  collectGarbage();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { heapBytes: heapUsed + external, residentBytes: anonymousBytes() ?? rss };
}

/** Without pages of files: the store is mapped into memory, and the kernel keeps of it what it has room for. */
function anonymousBytes(): number | undefined {
  try {
    const kilobytes = /^RssAnon:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1_024;
  } catch {
    return undefined;
  }
}
