import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ConnectOptions } from "hawser/client";
import { readKeyPair, readPublicKey } from "hawser/keys";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { SteadyClient } from "../../examples/cluster/steady-client.ts";
import { KeyValueClient } from "../../examples/key-value/key-value-client.ts";
import { Machines } from "./machines.ts";

/**
 * docs/operations.md is run: its units are processes on loopback, its commands are given in their order, section by section,
 * with a client at work for which no command may fail, be lost, or be applied twice.
 */
const page = readFileSync(fileURLToPath(new URL("../../docs/operations.md", import.meta.url)), "utf8");
const sections = page
  .split(/^## /m)
  .slice(1)
  .map((text) => ({ title: text.slice(0, text.indexOf("\n")), blocks: shellBlocks(text) }))
  .filter(({ blocks }) => blocks.length > 0);

const programs = ["etcd", "etcdctl", "openssl", "curl", "bash"];
const missing = programs.filter((program) => !isInstalled(program));

describe.skipIf(missing.length > 0)("docs/operations.md", { timeout: 120_000 }, () => {
  let directory: string;
  let machines: Machines;
  let client: SteadyClient | undefined;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), "hawser-operations-"));
    machines = await Machines.start(directory);
  });

  afterAll(async () => {
    await client?.close();
    await machines[Symbol.asyncDispose]();
    rmSync(directory, { recursive: true });
  }, 30_000);

  test.each(sections)("$title", async ({ title, blocks }) => {
    await before[title]?.();
    for (const block of blocks) {
      if (block.unit === undefined) await machines.run(block.text);
      else for (const { machine, text } of onEveryMachine(block)) machines.setUnit(machine, block.unit, text);
    }
    await after[title]?.();
    if (client !== undefined) await goesOn(client);
  });

  /** What must be so before the commands of a section. */
  const before: Readonly<Record<string, () => Promise<void>>> = {
    "Back up": () => mark("before the backup"),
    Restore: async () => {
      await client?.finish();
      expect(client?.figures).toMatchObject({ failed: 0, appliedTwice: 0, notSeenApplied: 0 });
      await client?.close();
      client = undefined;
    },
    "When etcd's store is full": async () => {
      const fill = 'for at in $(seq 200); do head -c 1000000 /dev/zero | tr "\\\\0" x | etcdctl put filler; done';
      await expect(machines.run(fill)).rejects.toThrow("database space exceeded");
      expect(await machines.run("etcdctl alarm list")).toContain("NOSPACE");
    },
  };

  /** What must be so after them. */
  const after: Readonly<Record<string, () => Promise<void>>> = {
    "Start the servers": async () => {
      client = await startClient();
    },
    "Back up": () => mark("after the backup"),
    Restore: async () => {
      await using store = await KeyValueClient.connect({ members: members(), curve: curve() });
      expect(await store.get("mark")).toBe("before the backup");
      client = await startClient();
    },
    "When etcd's store is full": async () => {
      expect(await machines.run("etcdctl alarm list")).not.toContain("NOSPACE");
    },
  };

  async function mark(value: string): Promise<void> {
    await using store = await KeyValueClient.connect({ members: members(), curve: curve() });
    await store.set("mark", value);
  }

  function startClient(): Promise<SteadyClient> {
    return SteadyClient.start({ members: members(), curve: curve(), note: () => {} });
  }

  function curve(): ConnectOptions["curve"] {
    const keys = readKeyPair(machines.file("/etc/hawser/alice.key"));
    return { keys, serverKey: readPublicKey(machines.file("/etc/hawser/server.pub")) };
  }

  /** Where clients look for the cluster: at machines that are there all the time. */
  function members(): Readonly<Record<string, string>> {
    return { a: machines.address("10.0.0.1:7000"), b: machines.address("10.0.0.2:7000") };
  }
});

async function goesOn(client: SteadyClient): Promise<void> {
  const enough = client.figures.answered + 200;
  await vi.waitFor(() => expect(client.figures.answered).toBeGreaterThan(enough), { timeout: 40_000 });
  expect(client.figures).toMatchObject({ failed: 0, appliedTwice: 0 });
}

interface ShellBlock {
  /** Of a command that runs for long: the unit that it stands for. */
  readonly unit: string | undefined;
  /** Of a unit of one machine only. */
  readonly machine: string | undefined;
  readonly text: string;
}

function shellBlocks(text: string): readonly ShellBlock[] {
  return [...text.matchAll(/^```sh(?: unit=(\w+))?(?: machine=(\S+))?\n([\s\S]*?)^```$/gm)].map(
    ([, unit, machine, body = ""]) => ({ unit, machine, text: body }),
  );
}

/** A unit as it is on each machine: what is said of a and 10.0.0.1 holds for the others, but for lists of all. */
function onEveryMachine({ machine, text }: ShellBlock): readonly { readonly machine: string; readonly text: string }[] {
  if (machine !== undefined) return [{ machine, text }];
  const names = [...text.matchAll(/\b(\w)=(?:https|tcp):\/\/(10\.0\.0\.\d)/g)];
  return names.map(([, name = "", address = ""]) => ({
    machine: address,
    text: text.replace(/\S+,\S+|\ba\b|\b10\.0\.0\.1\b/g, (found) =>
      found.includes(",") ? found : found === "a" ? name : address,
    ),
  }));
}

function isInstalled(program: string): boolean {
  try {
    execFileSync("bash", ["-c", `command -v ${program}`], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
