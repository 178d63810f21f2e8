import { NemesisChild } from "./child-process.ts";
import type { ServerMessage, ServerOrder, ServerSettings } from "./process-messages.ts";
import type { RunRecord } from "./run-record.ts";

/** What a server says of itself when it is asked. */
export type MemberState = Extract<ServerMessage, { readonly type: "state" }>;

/** One server of the cluster under test, in all its lives. */
export class ServerMember {
  readonly name: string;
  readonly #settings: ServerSettings;
  readonly #log: string;
  readonly #record: RunRecord;
  #process: NemesisChild<ServerMessage, ServerOrder> | undefined;
  #isPaused = false;
  #term: number | undefined;
  #serving: Deferred = deferred();
  #state: ((state: MemberState) => void) | undefined;

  constructor(settings: ServerSettings, log: string, record: RunRecord) {
    this.name = settings.memberId;
    this.#settings = settings;
    this.#log = log;
    this.#record = record;
  }

  get state(): "up" | "paused" | "down" {
    if (this.#process === undefined) return "down";
    return this.#isPaused ? "paused" : "up";
  }

  /** Of its leadership, by its own last word. */
  get term(): number | undefined {
    return this.#term;
  }

  /** Resolves when it has loaded the state and serves, or has ended. One that runs is left as it is. */
  start(): Promise<void> {
    if (this.#process !== undefined) return this.#serving.promise;
    this.#serving = deferred();
    const child: NemesisChild<ServerMessage, ServerOrder> = new NemesisChild({
      script: "./server.child.ts",
      settings: this.#settings,
      log: this.#log,
      received: (message) => {
        // What a process said before it was killed may come after that, and is over.
        if (this.#process === child) this.#received(message);
      },
      ended: (how) => {
        if (this.#process !== child) return;
        this.#process = undefined;
        this.#record.trouble(`server ${this.name} ended by itself: ${how}, ${child.lastWords}`);
        this.#ended();
      },
    });
    this.#process = child;
    return this.#serving.promise;
  }

  /** SIGKILL. */
  async kill(): Promise<void> {
    await this.#end("SIGKILL");
  }

  /** SIGTERM: the server hands over and ends. */
  async stop(): Promise<void> {
    const child = this.#process;
    const impatience = setTimeout(() => child?.signal("SIGKILL"), STOP_TIMEOUT_MS);
    const how = await this.#end("SIGTERM");
    clearTimeout(impatience);
    if (child !== undefined && how !== "exit code 0")
      this.#record.trouble(`server ${this.name} did not stop in good order: ${how}`);
  }

  pause(): void {
    this.#process?.signal("SIGSTOP");
    this.#isPaused = this.#process !== undefined;
  }

  resume(): void {
    this.#process?.signal("SIGCONT");
    this.#isPaused = false;
  }

  /** Asks the server what it has applied. */
  tellState(): Promise<MemberState> {
    return new Promise((resolve, reject) => {
      const timeout = setTimeout(
        () => reject(new Error(`server ${this.name} does not say its state`)),
        STATE_TIMEOUT_MS,
      );
      this.#state = (state) => {
        clearTimeout(timeout);
        resolve(state);
      };
      this.#process?.order({ type: "tellState" });
    });
  }

  async #end(signal: "SIGKILL" | "SIGTERM"): Promise<string | undefined> {
    const child = this.#process;
    if (child === undefined) return undefined;
    if (signal === "SIGTERM") this.resume();
    this.#process = undefined;
    child.signal(signal);
    const how = await child.exited;
    this.#ended();
    return how;
  }

  #ended(): void {
    this.#isPaused = false;
    this.#term = undefined;
    this.#serving.resolve();
  }

  #received(message: ServerMessage): void {
    switch (message.type) {
      case "serving":
        this.#serving.resolve();
        return;
      case "leads":
        this.#term = message.term;
        this.#record.note(`server ${this.name} leads in term ${message.term}`);
        return;
      case "follows":
        this.#term = undefined;
        this.#record.note(`server ${this.name} follows`);
        return;
      case "restored":
        this.#record.snapshotsLoaded += 1;
        this.#record.note(`server ${this.name} has loaded the snapshot of entry ${message.index}`);
        return;
      case "checkpoint":
        this.#record.reached(this.name, message.checkpoint);
        return;
      case "state":
        this.#state?.(message);
        return;
      case "trouble":
        if (message.isFault) this.#record.trouble(`server ${this.name}: ${message.text}`);
        else this.#record.note(`server ${this.name}: ${message.text}`);
        return;
    }
  }
}

interface Deferred {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
}

function deferred(): Deferred {
  let resolve = () => {};
  const promise = new Promise<void>((onResolve) => {
    resolve = onResolve;
  });
  return { promise, resolve };
}

/** More than a server takes to answer what was proposed, and to hand over. */
const STOP_TIMEOUT_MS = 15_000;
const STATE_TIMEOUT_MS = 10_000;
