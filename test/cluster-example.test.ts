import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { EtcdMissingError, findEtcd } from "../examples/cluster/etcd-process.ts";
import { type ClusterView, screenLines } from "../examples/cluster/screen.ts";

/** `npm run cluster`, run as its users run it. */
const root = join(import.meta.dirname, "..");

test("without etcd it says how to install it, and starts nothing", () => {
  const environment = { ...process.env, ETCD: "/nowhere/etcd" };
  const { status, stdout, stderr } = spawnSync("npm", ["run", "--silent", "cluster"], {
    cwd: root,
    encoding: "utf8",
    env: environment,
  });
  expect(stdout).toBe("");
  expect(stderr).toContain("ETCD=/nowhere/etcd is no program");
  expect(stderr).toContain("sudo apt-get install etcd-server");
  expect(stderr).toContain("sudo systemctl disable --now etcd");
  expect(stderr).toContain("brew install etcd");
  expect(status).toBe(2);
});

describe.skipIf(!hasEtcd())("with etcd", () => {
  let directory: string;
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), "hawser-cluster-example-"));
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  function cluster(...args: string[]): ChildProcess {
    const script = join(root, "examples/cluster/cluster.ts");
    return spawn(process.execPath, ["--conditions=hawser-source", "--import", "tsx", script, ...args], {
      cwd: root,
      env: { ...process.env, TMPDIR: directory },
      stdio: ["ignore", "pipe", "inherit"],
    });
  }

  test("--once shows that everything it says is so", { timeout: 180_000 }, async () => {
    const child = cluster("--once");
    const lines: string[] = [];
    if (child.stdout) createInterface({ input: child.stdout }).on("line", (line) => lines.push(line));
    const [status] = await once(child, "close");
    expect(lines.join("\n")).toContain("leads and serves the client: kill -9");
    expect(lines.join("\n")).not.toContain("NOT SO");
    expect(lines).toContain("  ✓ no command was applied twice");
    expect(lines).toContain("  ✓ all three servers have the same state");
    expect(lines.at(-1)).toBe("Everything shown is so.");
    expect(status).toBe(0);
    expect(directoriesOfEtcd(directory)).toEqual([]);
  });

  test.each(["SIGTERM", "SIGKILL"] as const)("after %s nothing of it runs", { timeout: 120_000 }, async (signal) => {
    const child = cluster();
    const lines: string[] = [];
    if (child.stdout) createInterface({ input: child.stdout }).on("line", (line) => lines.push(line));
    // Without a terminal it prints a line a second.
    await vi.waitFor(() => expect(lines.at(-1)).toMatch(/server-\d leads in term .* answered \d/), { timeout: 60_000 });
    const processes = processesOf(directory);
    expect(processes.length).toBeGreaterThanOrEqual(6);
    const ended = once(child, "close");
    child.kill(signal);
    expect(await ended).toEqual(signal === "SIGTERM" ? [0, null] : [null, "SIGKILL"]);
    await vi.waitFor(() => expect(processes.filter(isAlive)).toEqual([]), { timeout: 10_000 });
    if (signal === "SIGTERM") expect(directoriesOfEtcd(directory)).toEqual([]);
  });
});

describe("the screen", () => {
  const view: ClusterView = {
    runningMs: 12_345,
    servers: ["server-1", "server-2", "server-3"].map((name, at) => ({
      name,
      state: at === 2 ? "down" : "up",
      pid: at === 2 ? undefined : 1_000 + at,
      status: at === 2 ? undefined : { role: "leader", term: 3_362, appliedIndex: 1_234_567, sessions: 1, commands: 1 },
      commandsPerSecond: 812.4,
    })),
    etcd: ["a", "b", "c"].map((name) => ({
      name,
      state: "up",
      pid: 1_000_000,
      status: { isLeader: name === "a", hasLeader: true, raftTerm: 13, storageBytes: 2 ** 30 },
    })),
    client: { answered: 1e7, inFlight: 20, failed: 0, longestGapMs: 1_290, appliedTwice: 0, notSeenApplied: 0 },
    events: Array.from({ length: 50 }, (_, at) => ({ atMs: at * 1_000, text: `event ${at} ${"x".repeat(200)}` })),
    keys: "q quit",
  };

  test.each([
    [80, 24],
    [200, 60],
    [40, 12],
    [1, 1],
  ])("fits into %i columns and %i rows", (columns, rows) => {
    const lines = screenLines(view, { columns, rows }).map((line) => stripVTControlCharacters(line));
    expect(lines.length).toBeLessThanOrEqual(rows);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
    expect(lines.at(-1)).toBe("q quit".slice(0, columns));
  });

  test("shows all tables and the newest events in 80 columns and 24 rows", () => {
    const lines = screenLines(view, { columns: 80, rows: 24 }).map((line) => stripVTControlCharacters(line));
    expect(lines.some((line) => /^server-1 +leader +3,362 +1,234,567 +1 +812 +1000$/.test(line))).toBe(true);
    expect(lines.some((line) => /^server-3 +down/.test(line))).toBe(true);
    expect(lines.some((line) => /^etcd-a +leader +13 +1024\.0 MiB/.test(line))).toBe(true);
    expect(lines.at(-3)).toContain("event 49 ");
  });
});

function hasEtcd(): boolean {
  try {
    findEtcd();
    return true;
  } catch (error) {
    if (error instanceof EtcdMissingError) return false;
    throw error;
  }
}

function directoriesOfEtcd(directory: string): readonly string[] {
  return readdirSync(directory).filter((name) => name.startsWith("hawser-"));
}

/** The members of etcd that have their data in a directory, and the servers that use them. */
function processesOf(directory: string): readonly number[] {
  const processes = execFileSync("ps", ["-A", "-ww", "-o", "pid=,args="], { encoding: "utf8" }).trim().split("\n");
  const members = processes.filter((line) => line.includes(`--data-dir ${directory}`));
  const [, url = "none"] = /--advertise-client-urls (\S+)/.exec(members[0] ?? "") ?? [];
  const servers = processes.filter((line) => line.includes("--etcd") && line.includes(url));
  return [...members, ...servers].map((line) => Number.parseInt(line, 10));
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
