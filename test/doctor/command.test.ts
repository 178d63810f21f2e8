import { type ChildProcessByStdio, spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { memoryEngine } from "hawser/server/memory";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type CommandOutput, runCommand } from "../../codegen/commands/command.ts";
import { colourful, type Paint, plain } from "../../codegen/paint.ts";
import { doctorCommand } from "../../runtime/commands/doctor.ts";
import { writeKeyFiles } from "../../runtime/security/key-file-writing.ts";
import { generateKeyPair } from "../../runtime/security/key-pair.ts";
import { type Outcome, root } from "../codegen/run-hawser.ts";
import { slowed } from "../service/slowed-engine.ts";
import { Practice } from "./practice.ts";

/** `hawser doctor` as a person or a script runs it. */
const practice = new Practice();
beforeEach(() => vi.stubEnv("HAWSER_SECRET_KEY", ""));
afterEach(async () => {
  vi.unstubAllEnvs();
  await practice.clear();
});

const serverKeys = generateKeyPair();
const clientKeys = generateKeyPair();
const curve = { keys: serverKeys, clientKeys: [clientKeys.publicKey] };
let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "hawser-doctor-"));
  writeKeyFiles(serverKeys, { directory, name: "server", force: false });
  writeKeyFiles(clientKeys, { directory, name: "client", force: false });
  writeKeyFiles(clientKeys, { directory, name: "exposed", force: false });
  chmodSync(join(directory, "exposed.key"), 0o644);
  writeFileSync(join(directory, "empty.pub"), "");
});

afterAll(() => rmSync(directory, { recursive: true }));

describe("hawser doctor", () => {
  test("explains itself", async () => {
    const { status, stdout, stderr } = await outcomeOf(startDoctor(["--help"]));
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain("hawser doctor ENDPOINT [--key FILE --server-key KEY|FILE] [--timeout MS] [--json]");
  });

  test.each([
    [[], "doctor needs the address of a server, such as tcp://10.0.0.1:7000 (see hawser doctor --help)"],
    [["tcp://a:1", "tcp://b:1"], "doctor takes one address, got tcp://a:1 tcp://b:1"],
    [["a:1"], /^address "a:1" cannot be used, it is not of the form tcp:\/\/HOST:PORT: /],
    [["tcp://a:1", "--frob"], "unknown option '--frob' (see hawser doctor --help)"],
    [["tcp://a:1", "--timeout", "0"], '--timeout is "0", it must be a whole number of milliseconds from 1 to 600000'],
    [["tcp://a:1", "--timeout", "1s"], '--timeout is "1s", it must be a whole number of milliseconds from 1 to 600000'],
    [
      ["tcp://a:1", "--key", "FILE:client.key"],
      "--key is given without --server-key: give the public key of the server too",
    ],
    [
      ["tcp://a:1", "--server-key", "FILE:server.pub"],
      "--server-key is given without keys of this client: give --key FILE, or a secret key in HAWSER_SECRET_KEY",
    ],
    [
      ["tcp://a:1", "--key", "FILE:none.key", "--server-key", "FILE:server.pub"],
      /^key file \S+none\.key cannot be read, /,
    ],
    [["tcp://a:1", "--key", "FILE:client.pub", "--server-key", "FILE:server.pub"], /^key file \S+client\.pub /],
    [
      ["tcp://a:1", "--key", "FILE:exposed.key", "--server-key", "FILE:server.pub"],
      /^key file \S+exposed\.key has the mode 0644, /,
    ],
    [
      ["tcp://a:1", "--key", "FILE:client.key", "--server-key", "FILE:empty.pub"],
      /^key file \S+empty\.pub holds no public key: /,
    ],
    [["tcp://a:1", "--key", "FILE:client.key", "--server-key", "abc"], /^key file abc cannot be read, /],
  ])("%j is refused in one line", async (args, message) => {
    const { status, stdout, stderr } = await doctor(args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    const [line = "", ...more] = stderr.split("\n");
    expect(more).toEqual([""]);
    const said = line.replace(/^hawser: /, "");
    if (typeof message === "string") expect(said).toBe(message);
    else expect(said).toMatch(message);
    expect(stderr).not.toContain(clientKeys.secretKey);
  });

  test("a server that is well", async () => {
    const { address } = await practice.server();
    const { status, stdout, stderr } = await outcomeOf(startDoctor([address]));
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const shown = stdout.replace(address, "ADDRESS").replace(/from \S+/, "from CLIENT");
    expect(shown.replaceAll(/\d+(\.\d)? ms/g, "… ms").replace(/server's .*/, "server's …")).toBe(`ADDRESS
  ✓ resolve    127.0.0.1  … ms
  ✓ connect    from CLIENT  … ms
  ✓ handshake  ZMTP, NULL: no keys and no encryption  … ms
  ✓ session    opened, protocol version 2, a leads  … ms
  ✓ clock      the server's …
  ✓ close      the session is closed  … ms

Clients are served: a session was opened and closed, in … ms.
`);
  });

  test("what is wrong, and what to do", async () => {
    const { address } = await practice.server({ authorize: () => ({ allow: false, reason: "not today" }) });
    const { status, stdout } = await doctor([address]);
    expect(status).toBe(1);
    expect(stdout).toMatch(/✗ session {4}unauthorized {2}[\d.]+ ms\n/);
    expect(stdout).toContain(
      '\n✗ unauthorized\n  The server knows this client and does not let it have a session: "not',
    );
    expect(stdout).toContain("\n  What to do: Ask who runs the server");
    expect(stdout).toMatch(/\n\nClients are not served here\.\n$/);
  });

  test("colours where they are asked for", async () => {
    const { address } = await practice.server({ protocolVersionMax: 1 });
    const { stdout } = await doctor([address], colourful);
    expect(stdout).toContain("\u001b[32m✓\u001b[0m resolve");
    expect(stdout).toContain("\u001b[1;33m!\u001b[0m session");
  });

  test("one JSON object, for programs", async () => {
    const { address } = await practice.server({ protocolVersionMax: 1 });
    const { status, stdout } = await doctor([address, "--json"]);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      endpoint: address,
      healthy: true,
      steps: [
        { address, name: "resolve", status: "fine", durationMs: expect.any(Number), detail: "127.0.0.1" },
        { name: "connect" },
        { name: "handshake" },
        { name: "session", status: "warning" },
        { name: "clock" },
        { name: "close" },
      ],
      findings: [
        { address, code: "old-version", severity: "warning", what: expect.any(String), cure: expect.any(String) },
      ],
    });
  });

  test.each([
    ["files", ["--key", "FILE:client.key", "--server-key", "FILE:server.pub"], {}],
    ["the key itself", ["--key", "FILE:client.key", "--server-key", serverKeys.publicKey], {}],
    ["the environment", ["--server-key", "FILE:server.pub"], { HAWSER_SECRET_KEY: clientKeys.secretKey }],
  ])("keys from %s", async (_name, args, { HAWSER_SECRET_KEY = "" }: Readonly<Record<string, string>>) => {
    vi.stubEnv("HAWSER_SECRET_KEY", HAWSER_SECRET_KEY);
    const { address } = await practice.server({ curve });
    const { status, stdout, stderr } = await doctor([address, ...args]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain("CURVE: both have proven their keys");
    expect(stdout).not.toContain(clientKeys.secretKey);
  });

  test("interrupted, it closes its session first", async () => {
    const reports: string[] = [];
    let interrupt = (): void => {};
    // The session is being created when the signal comes.
    const engine = slowed(memoryEngine(), async () => interrupt());
    const server = await practice.server({ engine, onReport: ({ type }) => reports.push(type) });
    const child = startDoctor([server.address]);
    interrupt = () => {
      child.kill("SIGINT");
      // A second signal would not be waited for.
      interrupt = () => {};
    };
    const outcome = await outcomeOf(child);
    expect(outcome).toMatchObject({ status: 2, stderr: "hawser: interrupted, before everything was tried\n" });
    expect(reports).toContain("sessionCreated");
    expect(server.sessionCount).toBe(0);
  });
});

/** What a run in this process writes goes here. */
class Capture implements CommandOutput {
  stdout = "";
  stderr = "";
  readonly paint: Paint;
  readonly paintError: Paint;

  constructor(paint: Paint) {
    this.paint = paint;
    this.paintError = paint;
  }

  readonly print = (line: string): void => {
    this.stdout += `${line}\n`;
  };

  readonly printError = (line: string): void => {
    this.stderr += `${line}\n`;
  };
}

/** Runs the command here, which takes a fraction of what a process takes. `FILE:name` stands for a file. */
async function doctor(args: readonly string[], paint: Paint = plain): Promise<Outcome> {
  const output = new Capture(paint);
  const inPlace = args.map((arg) => arg.replace(/^FILE:/, `${directory}/`));
  const status = await runCommand("hawser", () => doctorCommand.run(inPlace, output), output);
  return { status, stdout: output.stdout, stderr: output.stderr };
}

type Doctor = ChildProcessByStdio<null, Readable, Readable>;

/** In a process of its own, beside the servers of this one. */
function startDoctor(args: readonly string[]): Doctor {
  const { FORCE_COLOR: _force, NO_COLOR: _no, HAWSER_SECRET_KEY: _key, ...inherited } = process.env;
  return spawn(process.execPath, ["--import", "tsx", join(root, "codegen/cli.ts"), "doctor", ...args], {
    cwd: root,
    env: inherited,
    stdio: ["ignore", "pipe", "pipe"],
  });
}

async function outcomeOf(child: Doctor): Promise<Outcome> {
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const [stdout, stderr, status] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { status, stdout, stderr };
}
