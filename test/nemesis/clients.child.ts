/** Some clients of the fault test, in a process of their own: `clients.child.ts SETTINGS`. They report what they see. */
import { setTimeout as delay } from "node:timers/promises";
import { type CallOptions, type Client, connect, isRequestError, isSessionError } from "hawser/client";
import { Chance } from "../fuzz/chance.ts";
import { type Operation, PROCESSES_PER_CLIENT } from "./history.ts";
import type { ClientSettings, ClientsMessage, ClientsOrder, ClientsSettings } from "./process-messages.ts";
import { codec, type RegistersCodec } from "./registers.ts";

/** Calls that a client has on their way at a time. */
const CALLS_AT_ONCE = 4;
/** Between an answer and the next call. */
const PAUSE_MS_MAX = 40;
/** Registers in use at a time. After so long others take their place, so that the history of each stays short. */
const REGISTERS = 24;
const REGISTERS_FOR_US = 10_000_000;
/** One call in so many is given up after a short time. */
const ONE_IN_GIVEN_UP = 10;
const GIVEN_UP_AFTER_MS_MAX = 1_500;
const TELL_EVERY_MS = 50;
/** Of a client: its own number times this, and up. */
const SERIALS_PER_CLIENT = 100_000_000;

const settings: ClientsSettings = JSON.parse(process.argv[2] ?? "");
let isPatient = false;
let isStopped = false;
/** What a register was seen to hold last, by any client here: what a cas expects. */
const lastSeen = new Map<string, number>();
let untold: Operation[] = [];

/** One caller of a client: a process of the history, or one after the other. */
class Caller {
  readonly #client: Client<RegistersCodec>;
  readonly #does: ClientSettings["does"];
  readonly #chance: Chance;
  readonly #numbers: Numbers;
  #process: number;

  constructor(client: Client<RegistersCodec>, does: ClientSettings["does"], seed: number, numbers: Numbers) {
    this.#client = client;
    this.#does = does;
    this.#chance = new Chance(seed);
    this.#numbers = numbers;
    this.#process = numbers.nextProcess();
  }

  async run(): Promise<void> {
    while (!isStopped) {
      const operation = await this.#call();
      untold.push(operation);
      if (operation.return === null) this.#process = this.#numbers.nextProcess();
      await delay(this.#chance.between(1, PAUSE_MS_MAX));
    }
  }

  async #call(): Promise<Operation> {
    const invoke = nowUs();
    const key = `r${Math.floor(invoke / REGISTERS_FOR_US)}.${this.#chance.below(REGISTERS)}`;
    const isRead = this.#does === "reads" || (this.#does === "everything" && this.#chance.oneIn(3));
    const f = isRead ? "read" : this.#chance.oneIn(2) ? "write" : "cas";
    const serial = isRead ? 0 : this.#numbers.nextSerial();
    const expected = lastSeen.get(key) ?? 0;
    const input = f === "read" ? null : f === "write" ? serial : ([expected, serial] as const);
    const asked = { process: this.#process, f, key, in: input, invoke } as const;
    try {
      const out = await this.#answer(f, key, serial, expected);
      if (typeof out === "number" || out !== false) lastSeen.set(key, typeof out === "number" ? out : serial);
      return { ...asked, out, return: nowUs() };
    } catch (error) {
      if (!isRequestError(error) && !isSessionError(error)) throw error;
      const { outcome, code } = error;
      // Of a swap that was applied nobody knows what it said, but a write that was applied is over.
      const isOver = outcome === "not-applied" || (outcome === "applied" && f === "write");
      return { ...asked, out: null, return: isOver ? nowUs() : null, failure: { outcome, code } };
    }
  }

  async #answer(f: Operation["f"], key: string, serial: number, expected: number): Promise<Operation["out"]> {
    const options = this.#options();
    if (f === "read") {
      const result = await this.#client.query({ type: "Read", key }, options);
      return result.type === "Holds" ? result.serial : -1;
    }
    const command = f === "write" ? ({ type: "Write", key, serial } as const) : swap(key, expected, serial);
    const result = await this.#client.submit(command, options);
    return result.type === "Swapped" ? result.isDone : null;
  }

  #options(): CallOptions {
    if (isPatient || !this.#chance.oneIn(ONE_IN_GIVEN_UP)) return {};
    const afterMs = this.#chance.between(1, GIVEN_UP_AFTER_MS_MAX);
    return this.#chance.oneIn(2) ? { timeoutMs: afterMs } : { signal: AbortSignal.timeout(afterMs) };
  }
}

/** Numbers that no other client has. */
class Numbers {
  #lastSerial: number;
  #lastProcess: number;

  constructor(client: number) {
    this.#lastSerial = client * SERIALS_PER_CLIENT;
    this.#lastProcess = client * PROCESSES_PER_CLIENT;
  }

  nextSerial(): number {
    this.#lastSerial += 1;
    return this.#lastSerial;
  }

  nextProcess(): number {
    this.#lastProcess += 1;
    return this.#lastProcess;
  }
}

function swap(key: string, expected: number, serial: number) {
  return { type: "Swap", key, expected, serial } as const;
}

/** The monotonic clock of the machine is the same one in each process. */
function nowUs(): number {
  return Number(process.hrtime.bigint() / 1_000n) - settings.epoch;
}

function tell(message: ClientsMessage): void {
  if (process.connected) process.send?.(message);
}

function tellOperations(): void {
  if (untold.length === 0) return;
  tell({ type: "operations", operations: untold });
  untold = [];
}

async function open({ number, members, isImpatient }: ClientSettings): Promise<Client<RegistersCodec>> {
  const soon = { keepAliveIntervalMs: 1_000, connectionTimeoutMs: 1_000, resendAfterMs: 2_000 };
  const client = await connect({ members, codec, capabilities: { nemesis: number }, ...(isImpatient ? soon : {}) });
  void (async () => {
    for await (const status of client.status()) {
      if (status.type === "sessionExpired")
        tell({ type: "trouble", text: `client ${number}: ${status.error.message}` });
    }
  })();
  return client;
}

const clients = await Promise.all(settings.clients.map(open));
const callers = clients.flatMap((client, at) => {
  const { number = 0, does = "everything" } = settings.clients[at] ?? {};
  const numbers = new Numbers(number);
  const seed = settings.seed * 1_000 + number * CALLS_AT_ONCE;
  return Array.from({ length: CALLS_AT_ONCE }, (_, caller) => new Caller(client, does, seed + caller, numbers));
});
const telling = setInterval(tellOperations, TELL_EVERY_MS);
process.on("message", (order: ClientsOrder) => {
  if (order.type === "patience") isPatient = order.isPatient;
  else if (order.type === "stop") isStopped = true;
  else void end();
});
// Nobody is left to report to.
const orphaned = () => process.exit(1);
process.on("disconnect", orphaned);
// The parent says when the end has come.
process.on("SIGINT", () => {});
tell({ type: "connected", sessionIds: clients.map(({ sessionId }) => sessionId) });
await Promise.all(callers.map((caller) => caller.run()));
clearInterval(telling);
tellOperations();
tell({ type: "idle" });

async function end(): Promise<void> {
  await Promise.all(clients.map((client) => client.close()));
  process.off("disconnect", orphaned).disconnect();
}
