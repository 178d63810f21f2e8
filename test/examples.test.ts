import { type SpawnSyncReturns, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ChildServer, freePort } from "./service/child-server.ts";

/** The examples, run as their users run them: through npm. */
const root = join(import.meta.dirname, "..");
const directory = mkdtempSync(join(tmpdir(), "hawser-examples-"));
afterAll(() => rmSync(directory, { recursive: true }));

function npm(script: string, ...args: string[]): SpawnSyncReturns<string> {
  return spawnSync("npm", ["run", "--silent", script, "--", ...args], { cwd: root, encoding: "utf8" });
}

test("npm start -- --once shows that everything it says is so", { timeout: 120_000 }, async () => {
  const address = `tcp://127.0.0.1:${await freePort()}`;
  const result = npm("start", "--once", "--address", address, "--data", join(directory, "demo"));
  expect(result.stdout).toContain("kill -9");
  expect(result.stdout).toContain("✓ no command was applied twice");
  expect(result.stdout).toContain("✓ no command was lost");
  expect(result.stdout).not.toContain("NOT SO");
  expect(result.status).toBe(0);
});

test.each([
  ["counter", "✓ it is refused"],
  ["work-queue", "✓ Anna did them all"],
])("npm run %s shows that everything it says is so", { timeout: 120_000 }, (script, claim) => {
  const result = npm(script);
  expect(result.stdout).toContain(claim);
  expect(result.stdout).not.toContain("NOT SO");
  expect(result.stdout.trimEnd().split("\n").at(-1)).toBe("Everything shown is so.");
  expect(result.status).toBe(0);
});

describe("npm run kv", () => {
  let address = "";
  let server: ChildServer;
  beforeAll(async () => {
    address = `tcp://127.0.0.1:${await freePort()}`;
    const script = new URL("../examples/key-value/server.ts", import.meta.url);
    server = new ChildServer(script, ["--address", address, "--data", join(directory, "kv")]);
    await server.start();
  });
  afterAll(async () => {
    expect(await server.end("SIGTERM")).toBe(0);
  });

  test("set, get and watch", { timeout: 60_000 }, async () => {
    expect(npm("kv", "--address", address, "get", "greeting")).toMatchObject({
      status: 1,
      stderr: "greeting has no value\n",
    });
    expect(npm("kv", "--address", address, "set", "greeting", "hello")).toMatchObject({
      status: 0,
      stdout: "greeting = hello\n",
    });
    expect(npm("kv", "--address", address, "get", "greeting")).toMatchObject({ status: 0, stdout: "hello\n" });

    const watch = spawn("npm", ["run", "--silent", "kv", "--", "--address", address, "watch", "greeting"], {
      cwd: root,
      detached: true,
    });
    const [first] = await once(createInterface({ input: watch.stderr }), "line");
    expect(first).toBe("greeting is now hello; watching, Ctrl+C ends");
    const change = once(createInterface({ input: watch.stdout }), "line");
    npm("kv", "--address", address, "set", "greeting", "bonjour");
    expect(await change).toEqual(["bonjour"]);
    const exited = once(watch, "exit");
    process.kill(-(watch.pid ?? 0), "SIGINT"); // As a terminal does: the whole group.
    await exited;
  });

  test("a second server on the same data", () => {
    const second = npm("kv:server", "--address", "tcp://127.0.0.1:0", "--data", join(directory, "kv"));
    expect(second.status).toBe(2);
    expect(second.stderr).toContain(join(directory, "kv"));
    expect(second.stderr.trim().split("\n")).toHaveLength(1);
  });
});

describe("bad input is one clear line and exit code 2", () => {
  test.each([
    ["kv", ["delete", "x"], 'there is no command "delete"'],
    ["kv", ["set", "x"], "set takes 2 arguments, not 1"],
    ["kv", ["--colour", "get", "x"], "Unknown option '--colour'"],
    ["kv", ["--address", "nonsense", "get", "x"], 'address "nonsense" cannot be used'],
    ["start", ["--twice"], "Unknown option '--twice'"],
    ["kv:server", ["--address", "nonsense"], 'address "nonsense" cannot be used'],
    ["kv:server", ["--data", "/dev/null/data"], "/dev/null/data"],
    ["kv:server", ["--member", "a"], "--member needs --etcd"],
    ["kv:server", ["--etcd", "http://127.0.0.1:2379"], "--etcd needs --member and --members"],
    ["kv:server", ["--etcd", "http://127.0.0.1:2379", "--member", "a", "--members", "b"], "is no NAME=ADDRESS"],
    ["cluster", ["--twice"], "Unknown option '--twice'"],
    ["codegen", ["--colour"], "--colour"],
  ])("npm run %s -- %j", (script, args, problem) => {
    const result = npm(script, ...args);
    expect(result.stderr.split("\n")[0]).toContain(problem);
    expect(result.status).toBe(2);
  });

  test("npm start when the port is in use", async () => {
    const blocker = createServer().listen(0, "127.0.0.1");
    await once(blocker, "listening");
    const address = blocker.address();
    const port = typeof address === "object" ? address?.port : undefined;
    const child = spawn(
      "npm",
      [
        "run",
        "--silent",
        "start",
        "--",
        "--once",
        "--address",
        `tcp://127.0.0.1:${port}`,
        "--data",
        join(directory, "blocked"),
      ],
      { cwd: root },
    );
    let complaint = "";
    child.stderr.on("data", (text) => {
      complaint += text;
    });
    const [status] = await once(child, "exit");
    blocker.close();
    expect(complaint).toContain(`127.0.0.1:${port}`);
    expect(status).toBe(2);
  });
});
