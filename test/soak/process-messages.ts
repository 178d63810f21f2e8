import type { SessionWord } from "./session-book.ts";
import type { Totals } from "./tallies.ts";

/** What `server.child.ts` is started with, as JSON. */
export interface ServerSettings {
  readonly address: string;
  /** Of the store; in memory without one. */
  readonly directory: string | undefined;
  readonly sessionTimeoutMs: number;
  readonly snapshotEntries: number;
}

/** What either kind of process uses now, after garbage was collected. */
export interface MemoryUse {
  readonly heapBytes: number;
  readonly residentBytes: number;
}

export type ServerOrder = { readonly type: "sample" };

export type ServerMessage =
  | { readonly type: "serving" }
  | {
      readonly type: "sample";
      readonly memory: MemoryUse;
      readonly sessionIds: readonly string[];
      readonly connected: number;
      readonly totals: Totals;
      /** How often the server has reported what. */
      readonly reports: Readonly<Record<string, number>>;
    }
  | { readonly type: "trouble"; readonly text: string };

/** A session of a process that was killed, for the next one to go on with. */
export interface SavedLife {
  readonly sessionId: string;
  /** Base64. */
  readonly token: string;
  readonly timeoutMs: number;
  /** The highest count that the process had said it was answered. */
  readonly acknowledged: number;
}

/** What `clients.child.ts` is started with, as JSON. */
export interface ClientsSettings {
  readonly address: string;
  readonly seed: number;
  /** How many sessions it has at a time. */
  readonly slots: number;
  /** What a session has for a lease whose client cannot ask for one. */
  readonly sessionTimeoutMs: number;
  readonly saved: readonly SavedLife[];
}

/** `stop`: begin nothing new, and keep the sessions; `close`: look once more, and close them. */
export type ClientsOrder = { readonly type: "sample" | "stop" | "close" };

export type ClientsMessage =
  | { readonly type: "session"; readonly sessionId: string; readonly word: SessionWord; readonly timeoutMs: number }
  | { readonly type: "token"; readonly sessionId: string; readonly token: string; readonly timeoutMs: number }
  /** What has happened since the last one. */
  | {
      readonly type: "counts";
      readonly counts: Readonly<Record<string, number>>;
      readonly slowestCallMs: number;
      readonly openCalls: number;
      readonly oldestCallMs: number;
      readonly oldestCall: string;
      readonly acknowledged: readonly (readonly [string, number])[];
    }
  | { readonly type: "sample"; readonly memory: MemoryUse }
  | { readonly type: "trouble"; readonly text: string }
  /** Everything that was begun has ended: the answer to `stop`. */
  | { readonly type: "idle" };
