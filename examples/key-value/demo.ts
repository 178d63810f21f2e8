/**
 * `npm start`: a server on a durable log, a client with a session, and a SIGKILL in the middle of commands. Says what
 * happens in plain words, checks it, and then keeps serving.
 *
 *     npm start -- [--once] [--address tcp://127.0.0.1:7000] [--data ./data]
 */
import { parseArgs } from "node:util";
import { exitWithUsage, onInterrupt } from "./command-line.ts";
import { KeyValueClient } from "./key-value-client.ts";
import { ServerProcess } from "./server-process.ts";

const USAGE = `usage: npm start -- [--once] [--address tcp://127.0.0.1:7000] [--data ./data]
  --once   end after the demonstration, with exit code 0, or 1 if anything shown is not so`;

/** Commands of the demonstration, and how many of them are under way at a time. */
const COMMAND_COUNT = 2_000;
const IN_FLIGHT = 50;
/** The server is killed when this many were acknowledged. */
const KILL_AFTER = 700;
/** The last value of the counter: every notification of an earlier command comes before it. */
const END = "end";

async function main(): Promise<number> {
  const { once, address, data } = options();
  console.log(`Starting a server at ${address}. Its data directory is ${data}.`);
  let server: ServerProcess;
  try {
    server = await ServerProcess.start({ address, data });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 2;
  }
  const store = await KeyValueClient.connect({ members: { "node-1": address } });
  console.log(`The client has a session: ${store.session.sessionId}.`);

  const problems: string[] = [];
  const check = (isSo: boolean, claim: string) => {
    console.log(`  ${isSo ? "✓" : "✗ NOT SO:"} ${claim}`);
    if (!isSo) problems.push(claim);
  };
  await showSetGetWatch(store, check);
  server = await showKill(store, server, { address, data }, check);

  if (once || problems.length > 0) {
    await store.session.close();
    await server.stop();
    console.log(problems.length === 0 ? "Everything shown is so." : `${problems.length} claims are not so.`);
    return problems.length === 0 ? 0 : 1;
  }
  const option = address === "tcp://127.0.0.1:7000" ? "" : `--address ${address} `;
  console.log(`
The server goes on serving. Type in a second terminal:
  npm run kv -- ${option}watch greeting
and in a third:
  npm run kv -- ${option}set greeting hello
  npm run kv -- ${option}get greeting
Ctrl+C ends the server; the data stays in ${data}.`);
  await new Promise<void>((resolve) => onInterrupt(async () => resolve()));
  await store.session.close();
  await server.stop();
  return 0;
}

type Check = (isSo: boolean, claim: string) => void;

async function showSetGetWatch(store: KeyValueClient, check: Check): Promise<void> {
  console.log("\nIt sets, gets and watches keys.");
  await store.set("greeting", "hello");
  check((await store.get("greeting")) === "hello", 'greeting was set to "hello" and reads "hello"');
  check((await store.get("nothing")) === undefined, "a key that was never set has no value");
  await store.watch("counter");
  await store.set("counter", "0");
  const { value: change } = await store.changes().next();
  check(
    change?.key === "counter" && change.value === "0",
    "the cluster told the client of a change to the watched key",
  );
}

/**
 * Sets one key to 1, 2, 3, … and watches it. The store notifies the session of every command that it applies, so a lost
 * command is a gap in the notifications, and one that is applied twice is a number that comes twice.
 */
async function showKill(
  store: KeyValueClient,
  server: ServerProcess,
  where: { readonly address: string; readonly data: string },
  check: Check,
): Promise<ServerProcess> {
  const { sessionId } = store.session;
  console.log(`\nIt sends ${COMMAND_COUNT} commands: counter = 1, 2, 3, …`);
  const seen = collect(store);
  let acknowledged = 0;
  let lastId = 0;
  let running = server;
  const worker = async () => {
    while (lastId < COMMAND_COUNT) {
      lastId += 1;
      await store.set("counter", String(lastId));
      acknowledged += 1;
      if (acknowledged === KILL_AFTER) running = await restart(server, where, () => lastId - acknowledged);
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
  await store.set("counter", END);
  const values = await seen;
  const expected = Array.from({ length: COMMAND_COUNT }, (_, index) => String(index + 1));
  check(store.session.sessionId === sessionId, `the session is the same as before the kill: ${sessionId}`);
  check(acknowledged === COMMAND_COUNT, `all ${COMMAND_COUNT} commands were acknowledged`);
  const distinct = new Set(values);
  check(distinct.size === values.length, "no command was applied twice");
  check(
    expected.every((value) => distinct.has(value)),
    "no command was lost",
  );
  check((await store.get("counter")) === END, "the counter reads what the last command set");
  return running;
}

async function restart(
  server: ServerProcess,
  where: { readonly address: string; readonly data: string },
  unanswered: () => number,
): Promise<ServerProcess> {
  console.log(`  … ${KILL_AFTER} are acknowledged: kill -9 ${server.pid}.`);
  await server.kill();
  console.log(`  … the server is dead, ${unanswered()} commands have no answer. Starting it again from ${where.data}.`);
  const revived = await ServerProcess.start(where);
  console.log("  … it serves again. The client goes on by itself, in the same session.");
  return revived;
}

/** The values of the counter that the session was notified of, in order, up to the end mark. */
async function collect(store: KeyValueClient): Promise<string[]> {
  const values: string[] = [];
  for await (const { value } of store.changes()) {
    if (value === END) break;
    values.push(value);
  }
  return values;
}

function options(): { readonly once: boolean; readonly address: string; readonly data: string } {
  try {
    const { values } = parseArgs({
      options: {
        once: { type: "boolean", default: false },
        address: { type: "string", default: "tcp://127.0.0.1:7000" },
        data: { type: "string", default: "./data" },
        help: { type: "boolean", short: "h" },
      },
    });
    if (!values.help) return values;
    console.log(USAGE);
    process.exit(0);
  } catch (error) {
    return exitWithUsage(error, USAGE);
  }
}

process.exitCode = await main();
