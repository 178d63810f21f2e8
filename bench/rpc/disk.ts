import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** How often a second the disk below the directory for temporary files takes 4 KiB and says that it has them. */
export function syncsPerSecond(durationMs: number): number {
  const directory = mkdtempSync(join(tmpdir(), "hawser-bench-"));
  const file = openSync(join(directory, "syncs"), "w");
  try {
    const page = new Uint8Array(4_096);
    const startedAt = performance.now();
    let count = 0;
    while (performance.now() - startedAt < durationMs) {
      writeSync(file, page, 0, page.length, (count % 1_024) * page.length);
      fdatasyncSync(file);
      count += 1;
    }
    return (count * 1_000) / (performance.now() - startedAt);
  } finally {
    closeSync(file);
    rmSync(directory, { recursive: true });
  }
}
