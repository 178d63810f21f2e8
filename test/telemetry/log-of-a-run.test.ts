import { connect } from "hawser/client";
import { generateKeyPair } from "hawser/keys";
import { startServer } from "hawser/server";
import { memoryEngine } from "hawser/server/memory";
import pino from "pino";
import { expect, test } from "vitest";
import { Notebook } from "../transcript/notebook.ts";

const serverKeys = generateKeyPair();
const clientKeys = generateKeyPair();
const strangersKeys = generateKeyPair();

/** Everything that a run should keep to itself, unless it is asked not to. */
interface Secrets {
  /** Never in a log. */
  readonly always: readonly string[];
  /** In a log only with `logSessionIds`. */
  readonly byDefault: readonly string[];
}

/** A run with everything that goes well and badly, and what server and clients have logged of it. */
async function logOfARun(logSessionIds: boolean): Promise<{ readonly log: string; readonly secrets: Secrets }> {
  const lines: string[] = [];
  const logger = pino({ level: "debug" }, { write: (line: string) => lines.push(line) });
  const server = await startServer({
    memberId: "a",
    address: "tcp://127.0.0.1:0",
    engine: memoryEngine(),
    stateMachine: new Notebook(),
    curve: { keys: serverKeys, clientKeys: "any" },
    authorize: ({ publicKey }) => publicKey === clientKeys.publicKey || { allow: false, reason: "secret-reason" },
    logger,
    logSessionIds,
  });
  const options = { members: { a: server.address }, logger, logSessionIds };
  const curve = { keys: clientKeys, serverKey: serverKeys.publicKey };
  const client = await connect({ ...options, curve });
  const { sessionId } = client;
  await client.submit(Buffer.from("add secret-note"));
  await expect(client.submit(Buffer.from("secret-verb"))).rejects.toThrow("secret-verb");
  await expect(client.query(Buffer.from("secret-query"))).rejects.toThrow("secret-query");
  await client.disconnect();
  await client.connect();
  const stranger = { keys: strangersKeys, serverKey: serverKeys.publicKey };
  await expect(connect({ ...options, curve: stranger })).rejects.toMatchObject({ code: "ERR_UNAUTHORIZED" });
  await client.close();
  await server.stop();
  const keyPairs = [serverKeys, clientKeys, strangersKeys];
  const secrets: Secrets = {
    always: ["secret-note", "secret-verb", "secret-query", ...keyPairs.map(({ secretKey }) => secretKey)],
    byDefault: ["secret-reason", sessionId, clientKeys.publicKey, strangersKeys.publicKey, "127.0.0.1"],
  };
  return { log: lines.join("").replaceAll(server.address, "the server"), secrets };
}

test("a log has no payloads, no keys and no session ids", async () => {
  const { log, secrets } = await logOfARun(false);
  const lines = log.trim().split("\n");
  expect(lines.map((line) => JSON.parse(line).event)).toEqual(
    expect.arrayContaining(["leading", "sessionCreated", "stateMachineError", "sessionContinued", "unauthorized"]),
  );
  for (const secret of [...secrets.always, ...secrets.byDefault]) {
    expect(lines.filter((line) => line.includes(JSON.stringify(secret).slice(1, -1)))).toEqual([]);
  }
});

test("with logSessionIds it tells sessions and clients apart, and still has no payloads and no secret keys", async () => {
  const { log, secrets } = await logOfARun(true);
  const lines = log.trim().split("\n");
  for (const secret of secrets.always) {
    expect(lines.filter((line) => line.includes(JSON.stringify(secret).slice(1, -1)))).toEqual([]);
  }
  expect(lines.filter((line) => line.includes(secrets.byDefault[1] ?? "?")).length).toBeGreaterThan(3);
  expect(log).toContain(JSON.stringify(strangersKeys.publicKey).slice(1, -1));
});
