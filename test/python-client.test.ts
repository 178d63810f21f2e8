import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { startServer } from "hawser/server";
import { memoryEngine } from "hawser/server/memory";
import { afterAll, beforeAll, describe, expect, type TestContext, test } from "vitest";
import { parse } from "yaml";
import { KeyValueStore } from "../examples/key-value/state-machine.ts";
import { compileKsy } from "./conformance/kaitai-javascript.ts";
import { ChildServer, freePort } from "./service/child-server.ts";

/** The client in Python, against real servers. */
const root = join(import.meta.dirname, "..");
const example = join(root, "examples/python-client");
const folder = mkdtempSync(join(tmpdir(), "hawser-python-"));
afterAll(() => rmSync(folder, { recursive: true }));

const readers = [
  "generated/protocol/kaitai/zraft_v1_server.ksy",
  "generated/protocol/kaitai/zraft_v2_server.ksy",
  "examples/key-value/generated/kaitai/kv_v1_query_result.ksy",
];

test.each(readers)("the reader of %s is what Kaitai Struct makes of it", { timeout: 60_000 }, async (path) => {
  const files = Object.entries(await compileKsy("python", parse(readFileSync(join(root, path), "utf8"))));
  const name = basename(path, ".ksy");
  expect(files.map(([file]) => basename(file))).toEqual([`${name}.py`]);
  await expect(files[0]?.[1]).toMatchFileSnapshot(join(example, "generated", `${name}.py`));
});

describe("python3", () => {
  const python = join(folder, "venv/bin/python");
  let missing: string | undefined;
  beforeAll(() => {
    missing = install();
    if (missing !== undefined && process.env["CI"] !== undefined) throw new Error(missing);
  }, 120_000);

  test("writes and reads every golden vector", { timeout: 60_000 }, async ({ skip }) => {
    const { code, output } = await run(skip, "check_vectors.py");
    expect(output).toMatch(/^\d{3,} requests written, \d{3,} answers read, 0 wrong$/m);
    expect(code).toBe(0);
  });

  test("is a client of a server with LMDB, twice", { timeout: 60_000 }, async ({ skip }) => {
    const address = `127.0.0.1:${await freePort()}`;
    const script = new URL("../examples/key-value/server.ts", import.meta.url);
    const server = new ChildServer(script, ["--address", `tcp://${address}`, "--data", join(folder, "data")]);
    await server.start();
    try {
      for (const _ of [1, 2]) {
        const { code, output } = await run(skip, "client.py", address);
        expect(output).toMatch(/^session [0-9a-f-]{36}, version 2$/m);
        const answers = [...output.matchAll(/answer (\{'result': b'', 'commit index': \d+\})$/gm)].map(
          ([, answer]) => answer,
        );
        expect(answers).toHaveLength(2);
        expect(new Set(answers).size).toBe(1);
        expect(output).toContain("greeting is bonjour: request 1 was applied once\nnobody is None\nclosed: shutdown\n");
        expect(code).toBe(0);
      }
    } finally {
      await server.end("SIGTERM");
    }
  });

  test("is a client of a server that speaks version 1 only", { timeout: 60_000 }, async ({ skip }) => {
    await using server = await startServer({
      memberId: "node-1",
      address: "tcp://127.0.0.1:0",
      engine: memoryEngine(),
      stateMachine: new KeyValueStore(),
      protocolVersionMax: 1,
    });
    const { code, output } = await run(skip, "client.py", server.address.slice("tcp://".length));
    expect(output).toContain("version 1\n");
    expect(output).toContain("request 1 was applied once");
    expect(code).toBe(0);
  });

  test("says in a line that nobody is there", { timeout: 60_000 }, async ({ skip }) => {
    const { code, output } = await run(skip, "client.py", `127.0.0.1:${await freePort()}`);
    expect(output).toMatch(/^.*refused\n$/i);
    expect(code).toBe(1);
  });

  /** An environment of its own with the runtime of Kaitai Struct; gives what is missing for it. */
  function install(): string | undefined {
    const steps = [
      ["python3", "-m", "venv", join(folder, "venv")],
      [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "kaitaistruct==0.11"],
    ];
    for (const [command = "", ...args] of steps) {
      const { status, error, stdout, stderr } = spawnSync(command, args, { encoding: "utf8" });
      if (status !== 0) return `${command} ${args.join(" ")} failed: ${error?.message ?? stdout + stderr}`;
    }
    return undefined;
  }

  async function run(
    skip: TestContext["skip"],
    script: string,
    ...args: readonly string[]
  ): Promise<{ readonly code: unknown; readonly output: string }> {
    if (missing !== undefined) skip(missing);
    const env = { ...process.env, PYTHONDONTWRITEBYTECODE: "1" };
    const child = spawn(python, [join(example, script), ...args], { env });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (text) => {
        output += text;
      });
    }
    const [code] = await once(child, "close");
    return { code, output };
  }
});
