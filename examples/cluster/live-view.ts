import type { ClusterServer } from "./cluster-server.ts";
import type { EtcdProcess } from "./etcd-process.ts";
import { type EtcdStatus, etcdStatus } from "./etcd-status.ts";
import type { RunningCluster } from "./running-cluster.ts";
import { type ClusterEvent, type ClusterView, logLine, screenLines } from "./screen.ts";
import type { SteadyClient } from "./steady-client.ts";

/** What happened, newest last, for whoever shows it. */
export class EventList {
  readonly #startedAt = performance.now();
  readonly #events: ClusterEvent[] = [];
  /** Told of each event as it comes. */
  onEvent: ((event: ClusterEvent) => void) | undefined;

  get all(): readonly ClusterEvent[] {
    return this.#events;
  }

  get runningMs(): number {
    return performance.now() - this.#startedAt;
  }

  /** Of several lines the first is shown. */
  readonly note = (text: string): void => {
    const event = { atMs: this.runningMs, text: text.split("\n")[0] ?? "" };
    this.#events.push(event);
    if (this.#events.length > EVENTS_KEPT) this.#events.shift();
    this.onEvent?.(event);
  };
}

/** Shows a cluster in the terminal, and lets who looks at it break and mend it. Where there is no terminal it writes lines. */
export class LiveView {
  readonly #cluster: RunningCluster;
  readonly #client: SteadyClient;
  readonly #events: EventList;
  readonly #etcdStatus = new Map<string, EtcdStatus | undefined>();
  readonly #onQuit: () => void;
  readonly #onKeys = (keys: Buffer): void => {
    for (const key of keys.toString()) this.#onKey(key);
  };
  readonly #draw = (): void => this.#drawScreen();
  readonly #restore = (): void => {
    process.stdout.write(LEAVE_SCREEN);
  };
  readonly #timers: NodeJS.Timeout[] = [];
  #pausesNext = false;

  constructor(cluster: RunningCluster, client: SteadyClient, events: EventList, onQuit: () => void) {
    this.#cluster = cluster;
    this.#client = client;
    this.#events = events;
    this.#onQuit = onQuit;
  }

  start(): void {
    this.#timers.push(setInterval(() => void this.#askEtcd(), ETCD_INTERVAL_MS));
    void this.#askEtcd();
    if (process.stdout.isTTY) this.#startScreen();
    else this.#startLog();
  }

  /** Gives the terminal back. */
  stop(): void {
    for (const timer of this.#timers) clearInterval(timer);
    this.#events.onEvent = undefined;
    if (!process.stdout.isTTY) return;
    process.stdout.off("resize", this.#draw);
    process.off("exit", this.#restore);
    this.#restore();
    if (!process.stdin.isTTY) return;
    process.stdin.off("data", this.#onKeys).setRawMode(false).pause();
  }

  #startScreen(): void {
    process.stdout.write(ENTER_SCREEN);
    // Also when something is thrown: a shell in a screen without a cursor is no place to read the error.
    process.on("exit", this.#restore);
    process.stdout.on("resize", this.#draw);
    if (process.stdin.isTTY) process.stdin.setRawMode(true).on("data", this.#onKeys);
    this.#events.onEvent = this.#draw;
    this.#timers.push(setInterval(this.#draw, DRAW_INTERVAL_MS));
    this.#draw();
  }

  #startLog(): void {
    const write = ({ atMs, text }: ClusterEvent) => console.log(`${(atMs / 1_000).toFixed(1)} s  ${text}`);
    for (const event of this.#events.all) write(event);
    this.#events.onEvent = write;
    this.#timers.push(setInterval(() => console.log(logLine(this.#view())), LOG_INTERVAL_MS));
  }

  #drawScreen(): void {
    const { columns, rows } = process.stdout;
    const lines = screenLines(this.#view(), { columns, rows });
    process.stdout.write(`${HOME}${lines.join(`${CLEAR_LINE}\r\n`)}${CLEAR_LINE}${CLEAR_BELOW}`);
  }

  #view(): ClusterView {
    return {
      runningMs: this.#events.runningMs,
      servers: this.#cluster.servers,
      etcd: this.#cluster.etcd.members.map((member) => {
        const { name, state, pid } = member;
        return { name, state, pid, status: state === "up" ? this.#etcdStatus.get(name) : undefined };
      }),
      client: this.#client.figures,
      events: this.#events.all,
      keys: this.#pausesNext ? KEYS_AFTER_P : KEYS,
    };
  }

  async #askEtcd(): Promise<void> {
    await Promise.all(
      this.#cluster.etcd.members.map(async (member) => {
        this.#etcdStatus.set(member.name, await etcdStatus(member));
      }),
    );
  }

  #onKey(key: string): void {
    if (key === "q" || key === CTRL_C) {
      this.#onQuit();
      return;
    }
    const pauses = this.#pausesNext;
    this.#pausesNext = key === "p" && !pauses;
    const server = this.#cluster.servers.find(({ name }) => name.endsWith(`-${key}`));
    const member = this.#cluster.etcd.members.find(({ name }) => name === key);
    const target = server ?? member;
    if (target !== undefined) {
      const name = server?.name ?? `etcd-${key}`;
      const change = pauses ? pauseOrResume(name, target) : killOrRevive(name, target);
      this.#events.note(change.event);
      change.done.catch((error: unknown) => {
        this.#events.note(`${name}: ${error instanceof Error ? error.message : error}`);
      });
    }
    this.#draw();
  }
}

/** What a key does: said at once, done when it is done. */
interface Change {
  readonly event: string;
  readonly done: Promise<void>;
}

function killOrRevive(name: string, target: ClusterServer | EtcdProcess): Change {
  if (target.state === "starting") return { event: `${name} is starting`, done: Promise.resolve() };
  if (target.state !== "down") return { event: `kill -9 ${target.pid}: ${name}`, done: target.kill() };
  // A member of etcd serves only with a majority, which may be for another key to bring back.
  return { event: `${name} starts again`, done: Promise.resolve(target.start()) };
}

function pauseOrResume(name: string, target: ClusterServer | EtcdProcess): Change {
  const done = Promise.resolve();
  if (target.state === "paused") {
    target.resume();
    return { event: `kill -CONT ${target.pid}: ${name}`, done };
  }
  if (target.state !== "up") return { event: `${name} is ${target.state}`, done };
  target.pause();
  return { event: `kill -STOP ${target.pid}: ${name}`, done };
}

const KEYS = "1 2 3 kill or revive a server · a b c a member of etcd · p… pause · q quit";
const KEYS_AFTER_P = "pause or resume: 1 2 3 a server · a b c a member of etcd";

const CTRL_C = "\x03";
/** The screen that editors use, so that what was there is there again afterwards; no cursor. */
const ENTER_SCREEN = "\x1b[?1049h\x1b[?25l";
const LEAVE_SCREEN = "\x1b[?25h\x1b[?1049l";
const HOME = "\x1b[H";
const CLEAR_LINE = "\x1b[K";
const CLEAR_BELOW = "\x1b[J";

const EVENTS_KEPT = 100;
const DRAW_INTERVAL_MS = 250;
const ETCD_INTERVAL_MS = 500;
const LOG_INTERVAL_MS = 1_000;
