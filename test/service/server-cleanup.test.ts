import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

test.each(["zmtp", "zeromq"])(
  "over %s: whatever happened, nothing is left of a server and its clients, and the process ends by itself",
  {
    timeout: 120_000,
  },
  (transport) => {
    const script = fileURLToPath(new URL("./server-cleanup.child.ts", import.meta.url));
    const flags = ["--conditions=hawser-source", "--import", "tsx"];
    const child = spawnSync(process.execPath, [...flags, script, transport], { encoding: "utf8", timeout: 100_000 });
    expect(child.stderr).toBe("");
    const cases: { name: string; left: string[] }[] = child.stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(cases.filter(({ left }) => left.length > 0)).toEqual([]);
    expect(cases.map(({ name }) => name)).toHaveLength(6);
    expect(child.status).toBe(0);
  },
);
