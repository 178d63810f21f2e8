/** Clients of the soak that come and go, in a process of their own: `clients.child.ts SETTINGS`. */
import { setTimeout as delay } from "node:timers/promises";
import { Chance } from "../fuzz/chance.ts";
import { type Act, acts } from "./acts.ts";
import { CallWatch } from "./call-watch.ts";
import { type Legacy, Life, type LifeOptions, type Surroundings } from "./life.ts";
import { memoryUse } from "./memory-use.ts";
import type { ClientsMessage, ClientsOrder, ClientsSettings, SavedLife } from "./process-messages.ts";

const settings: ClientsSettings = JSON.parse(process.argv[2] ?? "");
const LOOK_EVERY_MS = 1_000;
/** Of a life. */
const ACTS_MAX = 25;
const PAUSE_MS_MAX = 400;
/** Bounds of the session timeouts that clients ask for. */
const TIMEOUT_MS_MIN = 12_000;
const TIMEOUT_MS_MAX = 20_000;
/** Of those whose process may be killed and started again meanwhile. */
const KEPT_TIMEOUT_MS = 30_000;

let isStopped = false;
let goOn: () => void = () => {};
const closing = new Promise<void>((resolve) => {
  goOn = resolve;
});
/** Lives of which the parent keeps the tokens. */
const kept = new Set<Life>();
const watch = new CallWatch(trouble);

function tell(message: ClientsMessage): void {
  process.send?.(message);
}

function trouble(text: string): void {
  tell({ type: "trouble", text });
}

/** One client after the other. */
class Slot {
  readonly #number: number;
  readonly #chance: Chance;
  readonly #surroundings: Surroundings;

  constructor(number: number) {
    this.#number = number;
    const chance = new Chance(settings.seed * 1_000 + number);
    this.#chance = chance;
    this.#surroundings = {
      watch,
      chance,
      say: (sessionId, word, timeoutMs) => tell({ type: "session", sessionId, word, timeoutMs }),
      trouble,
    };
  }

  async run(saved: SavedLife | undefined): Promise<void> {
    let life = saved === undefined ? undefined : await this.#goOn(saved);
    for (;;) {
      life ??= await Life.begin(this.#options(), this.#surroundings);
      if (life === undefined) continue;
      if (life.options.keep !== undefined) kept.add(life);
      await this.#live(life);
      kept.delete(life);
      if (isStopped) break;
      life = await this.#end(life);
    }
    resting += 1;
    if (resting === settings.slots) tell({ type: "idle" });
    await closing;
    await life.settle();
    await life.close();
  }

  async #live(life: Life): Promise<void> {
    const { version } = life.options;
    const possible = acts.filter(({ isNew }) => version === 2 || isNew !== true);
    for (let left = this.#chance.between(1, ACTS_MAX); left > 0 && !life.isOver && !isStopped; left--) {
      const act = this.#pick(possible);
      watch.count(`act: ${act.name}`);
      await act.run(life);
      if (this.#chance.oneIn(2)) await life.settle();
      await delay(this.#chance.below(PAUSE_MS_MAX));
    }
    await life.settle();
  }

  /** Ends a life in one way or the other. Gives the one that goes on with its session, if any does. */
  async #end(life: Life): Promise<Life | undefined> {
    const { token, ledger, lastNotice } = life;
    if (life.isOver) {
      await life.close();
    } else if (token !== undefined && this.#chance.oneIn(2)) {
      watch.count("end: another client goes on");
      await this.#interrupted(life);
      life.isOver = true;
      return Life.begin(life.options, this.#surroundings, {
        token: life.token ?? token,
        ledger,
        lastNotice,
        acknowledged: ledger.highest,
      });
    } else if (life.options.version === 1 && this.#chance.oneIn(4)) {
      watch.count("end: refused");
      life.isOver = true;
      life.say("refused");
      await life.submit({ type: "Refuse" });
      await life.close();
    } else if (this.#chance.oneIn(4)) {
      watch.count("end: vanished");
      await this.#interrupted(life);
      life.isOver = true;
    } else if (this.#chance.oneIn(6)) {
      watch.count("end: too late");
      await life.leave();
      await delay(life.options.timeoutMs + LATE_MS);
      if (!(await life.comeBack())) life.say("expired");
      await life.close();
    } else {
      watch.count("end: closed");
      // Some with calls on their way, which have to end too.
      const calls = this.#chance.oneIn(3) ? Array.from({ length: 50 }, () => life.add()) : [];
      await life.close();
      await Promise.all(calls);
    }
    return undefined;
  }

  /** Leaves with calls on their way. */
  async #interrupted(life: Life): Promise<void> {
    const calls = Array.from({ length: this.#chance.below(50) }, () => life.add());
    await life.leave();
    await Promise.all(calls);
  }

  async #goOn({ sessionId, token, timeoutMs, acknowledged }: SavedLife): Promise<Life | undefined> {
    const legacy: Legacy = {
      token: Buffer.from(token, "base64"),
      ledger: undefined,
      lastNotice: undefined,
      acknowledged,
    };
    const life = await Life.begin(
      { ...this.#options(), version: 2, timeoutMs, isWorker: false, keep },
      this.#surroundings,
      legacy,
    );
    if (life === undefined) tell({ type: "session", sessionId, word: "expired", timeoutMs });
    return life;
  }

  #options(): LifeOptions {
    const chance = this.#chance;
    // The first of each process, so that work is always done by somebody.
    const isWorker = this.#number === 0 || chance.oneIn(3);
    const version = this.#number > 0 && chance.oneIn(5) ? 1 : 2;
    const isKept = !isWorker && version === 2 && chance.oneIn(2);
    return {
      address: settings.address,
      version,
      isWorker,
      transport: chance.oneIn(8) ? "zeromq" : "zmtp",
      acknowledge: chance.oneIn(2) ? "explicit" : "taken",
      timeoutMs:
        version === 1
          ? settings.sessionTimeoutMs
          : isKept
            ? KEPT_TIMEOUT_MS
            : chance.between(TIMEOUT_MS_MIN, TIMEOUT_MS_MAX),
      keep: isKept ? keep : undefined,
    };
  }

  #pick(possible: readonly Act[]): Act {
    let at = this.#chance.below(possible.reduce((sum, { weight }) => sum + weight, 0));
    const found = possible.find(({ weight }) => {
      at -= weight;
      return at < 0;
    });
    if (found === undefined) throw new Error("there is nothing to do");
    return found;
  }
}

/** More than servers take to notice that a lease is over. */
const LATE_MS = 1_000;

/** Resolves when the token outlives this process. */
function keep(sessionId: string, token: Uint8Array): Promise<void> {
  const message: ClientsMessage = {
    type: "token",
    sessionId,
    token: Buffer.from(token).toString("base64"),
    timeoutMs: KEPT_TIMEOUT_MS,
  };
  return new Promise((resolve) => process.send?.(message, undefined, undefined, () => resolve()));
}

let resting = 0;
const looking = setInterval(() => {
  watch.look();
  const acknowledged = [...kept].map(({ sessionId, ledger }) => [sessionId, ledger.highest] as const);
  tell({ type: "counts", ...watch.take(), acknowledged });
}, LOOK_EVERY_MS);
process.on("message", ({ type }: ClientsOrder) => {
  if (type === "sample") tell({ type: "sample", memory: memoryUse() });
  else if (type === "stop") isStopped = true;
  else goOn();
});
// Nobody is left to report to.
const orphaned = () => process.exit(1);
process.on("disconnect", orphaned);
// The parent says when the end has come.
process.on("SIGINT", () => {});
await Promise.all(
  Array.from({ length: settings.slots }, (_, number) => new Slot(number).run(settings.saved[number - 1])),
);
clearInterval(looking);
tell({ type: "counts", ...watch.take(), acknowledged: [] });
process.off("disconnect", orphaned).disconnect();
