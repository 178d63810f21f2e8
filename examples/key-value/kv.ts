/**
 * The key-value store from the command line:
 *
 *     npm run kv -- set greeting hello
 *     npm run kv -- get greeting
 *     npm run kv -- watch greeting
 */
import { parseArgs } from "node:util";
import { InvalidArgumentError, isSessionError } from "hawser/client";
import { readKeyPair, readPublicKey } from "hawser/keys";
import { exitWithUsage, onInterrupt } from "./command-line.ts";
import { KeyValueClient } from "./key-value-client.ts";

const USAGE = `usage: npm run kv -- [--address tcp://127.0.0.1:7000] [--curve-keys FILE --curve-server FILE] COMMAND
  set KEY VALUE   give a key a value
  get KEY         print the value of a key; exit code 1 when it has none
  watch KEY       print every new value of a key until Ctrl+C
with files of your own keys, and of the public key of the server, where it asks for them`;

const COMMANDS: Readonly<Record<string, { readonly arity: number; run(...args: string[]): Promise<number> }>> = {
  set: {
    arity: 2,
    async run(key = "", value = "") {
      await using store = await open();
      await store.set(key, value);
      console.log(`${key} = ${value}`);
      return 0;
    },
  },
  get: {
    arity: 1,
    async run(key = "") {
      await using store = await open();
      const value = await store.get(key);
      if (value === undefined) console.error(`${key} has no value`);
      else console.log(value);
      return value === undefined ? 1 : 0;
    },
  },
  watch: {
    arity: 1,
    async run(key = "") {
      await using store = await open();
      onInterrupt(() => store.session.close());
      const value = await store.get(key);
      await store.watch(key);
      console.error(`${key} is now ${value ?? "without a value"}; watching, Ctrl+C ends`);
      for await (const change of store.changes()) console.log(change.value);
      return 0;
    },
  },
};

let address = "";
let keyFiles: { readonly keys?: string | undefined; readonly server?: string | undefined } = {};

async function open(): Promise<KeyValueClient> {
  const { keys, server } = keyFiles;
  const curve = keys && server ? { keys: readKeyPair(keys), serverKey: readPublicKey(server) } : undefined;
  return KeyValueClient.connect({ members: { "node-1": address }, connectTimeoutMs: 5_000, curve });
}

async function main(): Promise<number> {
  let positionals: string[];
  try {
    const parsed = parseArgs({
      allowPositionals: true,
      options: {
        address: { type: "string", default: "tcp://127.0.0.1:7000" },
        "curve-keys": { type: "string" },
        "curve-server": { type: "string" },
        help: { type: "boolean", short: "h" },
      },
    });
    if (parsed.values.help) {
      console.log(USAGE);
      return 0;
    }
    ({ positionals } = parsed);
    address = parsed.values.address;
    keyFiles = { keys: parsed.values["curve-keys"], server: parsed.values["curve-server"] };
    if ((keyFiles.keys === undefined) !== (keyFiles.server === undefined)) {
      throw new Error("--curve-keys and --curve-server go together");
    }
  } catch (error) {
    return exitWithUsage(error, USAGE);
  }
  const [name = "", ...args] = positionals;
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) return exitWithUsage(`there is no command "${name}"`, USAGE);
  if (args.length !== command.arity) {
    return exitWithUsage(`${name} takes ${command.arity} arguments, not ${args.length}`, USAGE);
  }
  try {
    return await command.run(...args);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    if (isSessionError(error) && error.code === "ERR_CONNECT_TIMEOUT") console.error("npm start starts a server");
    return error instanceof InvalidArgumentError ? 2 : 1;
  }
}

process.exitCode = await main();
