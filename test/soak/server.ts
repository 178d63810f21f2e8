import { NemesisChild } from "../nemesis/child-process.ts";
import type { ServerMessage, ServerOrder, ServerSettings } from "./process-messages.ts";

export type ServerSample = Extract<ServerMessage, { readonly type: "sample" }>;

/** The server of the soak, in all its lives. */
export class SoakServer {
  readonly #settings: ServerSettings;
  readonly #log: string;
  readonly #trouble: (text: string) => void;
  #child: NemesisChild<ServerMessage, ServerOrder> | undefined;
  #serving: () => void = () => {};
  #sampled: ((sample: ServerSample | undefined) => void) | undefined;

  constructor(settings: ServerSettings, log: string, trouble: (text: string) => void) {
    this.#settings = settings;
    this.#log = log;
    this.#trouble = trouble;
  }

  /** Resolves when it serves. */
  async start(): Promise<void> {
    const serving = new Promise<void>((resolve) => {
      this.#serving = resolve;
    });
    const child: NemesisChild<ServerMessage, ServerOrder> = new NemesisChild({
      script: "../soak/server.child.ts",
      settings: this.#settings,
      log: this.#log,
      received: (message) => {
        if (message.type === "trouble") this.#trouble(`server: ${message.text}`);
        if (this.#child !== child) return;
        if (message.type === "serving") this.#serving();
        else if (message.type === "sample") this.#answer(message);
      },
      ended: (how) => {
        if (this.#child !== child) return;
        this.#child = undefined;
        this.#trouble(`the server ended by itself: ${how}, ${child.lastWords}`);
        this.#serving();
        this.#answer(undefined);
      },
    });
    this.#child = child;
    await serving;
  }

  /** What it has and uses. `undefined` when it has ended, or does not answer. */
  async sample(): Promise<ServerSample | undefined> {
    const child = this.#child;
    if (child === undefined) return undefined;
    const timeout = setTimeout(() => {
      this.#trouble(`the server has not answered for ${SAMPLE_TIMEOUT_MS} ms`);
      this.#answer(undefined);
    }, SAMPLE_TIMEOUT_MS);
    const sample = await new Promise<ServerSample | undefined>((resolve) => {
      this.#sampled = resolve;
      child.order({ type: "sample" });
    });
    clearTimeout(timeout);
    return sample;
  }

  async end(signal: "SIGTERM" | "SIGKILL"): Promise<void> {
    const child = this.#child;
    if (child === undefined) return;
    this.#child = undefined;
    const impatience = setTimeout(() => child.signal("SIGKILL"), STOP_TIMEOUT_MS);
    child.signal(signal);
    const how = await child.exited;
    clearTimeout(impatience);
    this.#answer(undefined);
    if (signal === "SIGTERM" && how !== "exit code 0") this.#trouble(`the server did not stop in good order: ${how}`);
  }

  #answer(sample: ServerSample | undefined): void {
    this.#sampled?.(sample);
    this.#sampled = undefined;
  }
}

const SAMPLE_TIMEOUT_MS = 20_000;
/** More than a server takes to answer what was proposed, and to tell its clients. */
const STOP_TIMEOUT_MS = 15_000;
