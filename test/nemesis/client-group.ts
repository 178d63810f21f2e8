import { NemesisChild } from "./child-process.ts";
import type { ClientsMessage, ClientsOrder, ClientsSettings } from "./process-messages.ts";
import type { RunRecord } from "./run-record.ts";

/** Some clients in a process of their own, which call the servers until they are told to stop. */
export class ClientGroup {
  readonly #process: NemesisChild<ClientsMessage, ClientsOrder>;
  readonly #record: RunRecord;
  #isClosing = false;
  #connected: (sessionIds: readonly string[]) => void = () => {};
  #idle: () => void = () => {};
  #failed: (error: Error) => void = () => {};

  /** Resolves when every client has a session. */
  static async start(
    settings: ClientsSettings,
    log: string,
    record: RunRecord,
  ): Promise<{ readonly group: ClientGroup; readonly sessionIds: readonly string[] }> {
    const group = new ClientGroup(settings, log, record);
    const sessionIds = await new Promise<readonly string[]>((resolve, reject) => {
      group.#connected = resolve;
      group.#failed = reject;
    });
    return { group, sessionIds };
  }

  private constructor(settings: ClientsSettings, log: string, record: RunRecord) {
    this.#record = record;
    this.#process = new NemesisChild({
      script: "./clients.child.ts",
      settings,
      log,
      received: (message) => this.#received(message),
      ended: (how) => {
        if (this.#isClosing) return;
        const problem = `a process of clients ended by itself: ${how}, ${this.#process.lastWords}`;
        this.#record.trouble(problem);
        this.#failed(new Error(problem));
        this.#idle();
      },
    });
  }

  /** Whether no call is given up from now on. */
  setPatience(isPatient: boolean): void {
    this.#process.order({ type: "patience", isPatient });
  }

  /** No new calls. Resolves when all that were made have ended, and were told of. */
  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.#idle = resolve;
      this.#process.order({ type: "stop" });
    });
  }

  /** Closes the sessions, and ends the process. */
  async close(): Promise<void> {
    this.#isClosing = true;
    this.#process.order({ type: "close" });
    const impatience = setTimeout(() => this.#process.signal("SIGKILL"), CLOSE_TIMEOUT_MS);
    await this.#process.exited;
    clearTimeout(impatience);
  }

  #received(message: ClientsMessage): void {
    switch (message.type) {
      case "connected":
        this.#connected(message.sessionIds);
        return;
      case "operations":
        this.#record.add(message.operations);
        return;
      case "idle":
        this.#idle();
        return;
      case "trouble":
        this.#record.trouble(message.text);
        return;
    }
  }
}

/** Longer than a client waits for the word of a server. */
const CLOSE_TIMEOUT_MS = 5_000;
