import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { connect, isSessionError } from "hawser/client";
import { type CommandContext, type Server, startServer } from "hawser/server";
import { memoryEngine } from "hawser/server/memory";
import { afterEach, expect, test } from "vitest";
import { Notebook } from "../transcript/notebook.ts";

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** Answers `echo TEXT` with the text, and counts what it applies. */
class Echo extends Notebook {
  readonly applied = new Map<string, number>();

  override apply(command: Uint8Array, context: CommandContext): Uint8Array {
    const text = Buffer.from(command).toString();
    if (!text.startsWith("echo ")) return super.apply(command, context);
    this.applied.set(text, (this.applied.get(text) ?? 0) + 1);
    return new Uint8Array(command.subarray("echo ".length));
  }
}

async function serve(stateMachine: Notebook, sessionTimeoutMs = 20_000): Promise<Server> {
  const server = await startServer({
    memberId: "a",
    address: "tcp://127.0.0.1:0",
    engine: memoryEngine(),
    stateMachine,
    sessionTimeoutMs,
  });
  cleanups.push(() => server.stop());
  return server;
}

function temporaryFile(): string {
  const directory = mkdtempSync(join(tmpdir(), "hawser-client-"));
  cleanups.push(() => rmSync(directory, { recursive: true }));
  return join(directory, "session");
}

test("killed and started again, a client goes on with its session, and no answer belongs to another command", async () => {
  const echo = new Echo();
  const server = await serve(echo);
  const file = temporaryFile();
  const sessionIds = new Set<string>();
  let answers = 0;
  for (let life = 0; life < 3; life++) {
    const child = startChild(server.address, file);
    let answersOfLife = 0;
    for await (const line of createInterface({ input: child.stdout ?? process.stdin })) {
      const [what = "", result] = line.split(" ");
      if (what === "session") sessionIds.add(String(result));
      else expect(result).toBe(what);
      answersOfLife += what === "session" ? 0 : 1;
      if (answersOfLife === 2_000) child.kill("SIGKILL");
    }
    answers += answersOfLife;
  }
  expect(answers).toBeGreaterThanOrEqual(6_000);
  expect(sessionIds.size).toBe(1);
  expect(server.sessionCount).toBe(1);
  expect(Math.max(...echo.applied.values())).toBe(1);
});

test("a session that ended meanwhile is refused, and a token that is none too", async () => {
  const server = await serve(new Notebook(), 300);
  let session: Uint8Array | undefined;
  const saveSession = (token: Uint8Array) => {
    session = token;
  };
  const options = { members: { a: server.address }, saveSession };
  const client = await connect(options);
  expect(session).toBeInstanceOf(Uint8Array);
  await client.close();
  const refused = await connect({ ...options, session }).catch((error: unknown) => error);
  expect(isSessionError(refused) && refused.code).toBe("ERR_SESSION_EXPIRED");

  const token = new Uint8Array(session ?? []);
  const damaged = token.map((byte, index) => (index === token.length - 6 ? byte ^ 1 : byte));
  await expect(connect({ ...options, session: damaged })).rejects.toThrow("session is damaged");
  await expect(connect({ ...options, session: token.subarray(1) })).rejects.toThrow("session is no token");
  await expect(connect({ ...options, session: "text" as never })).rejects.toThrow('session is "text"');
  await expect(connect({ members: options.members, session: token })).rejects.toThrow("without saveSession");
  await expect(connect({ ...options, saveSession: 5 as never })).rejects.toThrow("saveSession is 5");
  await expect(connect({ ...options, session: token, protocolVersionMax: 1 })).rejects.toThrow("answered in it");
});

test("a session that cannot be stored does not begin; one that was stored goes on in version 1 too", async () => {
  const server = await serve(new Notebook());
  const members = { a: server.address };
  const full = () => Promise.reject(new Error("the disk is full"));
  const failed = connect({ members, saveSession: full, connectTimeoutMs: 300 });
  await expect(failed).rejects.toThrow("the session could not be stored: the disk is full");

  let session: Uint8Array | undefined;
  const saveSession = (token: Uint8Array) => {
    session = token;
  };
  const old = await connect({ members, saveSession, protocolVersionMax: 1 });
  const { sessionId } = old;
  await old.disconnect(); // All that is left of it is the token.
  await using client = await connect({ members, session, saveSession });
  expect(client.sessionId).toBe(sessionId);
  expect(Buffer.from(await client.submit(Buffer.from("add one"))).toString()).toBe("1");
  await old.close();
});

test("server requests that the process before did not acknowledge come again", async () => {
  const server = await serve(new Notebook());
  const members = { a: server.address };
  let session: Uint8Array | undefined;
  const options = {
    members,
    acknowledge: "explicit" as const,
    saveSession: (token: Uint8Array) => {
      session = token;
    },
  };
  const first = await connect(options);
  for (const work of ["one", "two", "three", "four"])
    await first.submit(Buffer.from(`send ${first.sessionId} ${work}`));
  for await (const request of first.serverRequests) {
    if (request.requestId === 1 || request.requestId === 3) request.ack(); // Not the second, so not the third either.
    if (request.requestId === 4) break;
  }
  await first.submit(Buffer.from("add one")); // The acknowledgement went before it over the same connection.
  await first.disconnect();

  await using second = await connect({ ...options, session });
  const received: string[] = [];
  for await (const request of second.serverRequests) {
    received.push(`${request.requestId} ${Buffer.from(request.payload)}`);
    request.ack();
    if (request.requestId === 4) break;
  }
  expect(received).toEqual(["2 two", "3 three", "4 four"]);
  await first.close();
});

function startChild(address: string, file: string): ChildProcess {
  const script = fileURLToPath(new URL("./restarting-client.child.ts", import.meta.url));
  const flags = ["--conditions=hawser-source", "--import", "tsx"];
  const child = spawn(process.execPath, [...flags, script, address, file], { stdio: ["ignore", "pipe", "inherit"] });
  cleanups.push(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  });
  return child;
}
