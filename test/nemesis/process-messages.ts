import type { Operation } from "./history.ts";
import type { Checkpoint } from "./registers.ts";

/** What `server.child.ts` is started with, as JSON. */
export interface ServerSettings {
  readonly memberId: string;
  /** Where it listens, in each of its lives: `tcp://127.0.0.1:7000`. */
  readonly address: string;
  readonly endpoints: readonly string[];
  readonly prefix: string;
  readonly snapshotEntries: number;
  readonly electionTimeoutMs?: number | undefined;
  /** The negative control: queries are answered from what the member has applied. */
  readonly skipsBarrier: boolean;
}

/** What a server is asked for. */
export type ServerOrder = { readonly type: "tellState" };

/** What a server says. */
export type ServerMessage =
  | { readonly type: "serving" }
  | { readonly type: "leads"; readonly term: number }
  | { readonly type: "follows" }
  | { readonly type: "checkpoint"; readonly checkpoint: Checkpoint }
  /** It has caught up by a snapshot. */
  | { readonly type: "restored"; readonly index: number }
  | {
      readonly type: "state";
      readonly appliedIndex: number;
      readonly digest: number;
      readonly sessionIds: readonly string[];
    }
  /** What an operator would want to know. `isFault`: it must not happen, whatever is done to the server. */
  | { readonly type: "trouble"; readonly isFault: boolean; readonly text: string };

/** One client of `clients.child.ts`. */
export interface ClientSettings {
  readonly number: number;
  /** Where the servers are for this client: a link of its own to each. */
  readonly members: Readonly<Record<string, string>>;
  readonly does: "everything" | "reads" | "writes";
  /** Whether it looks for another server sooner than clients do by default. */
  readonly isImpatient: boolean;
}

/** What `clients.child.ts` is started with, as JSON. */
export interface ClientsSettings {
  readonly seed: number;
  /** The instant 0 of the history: microseconds of the machine's monotonic clock. */
  readonly epoch: number;
  readonly clients: readonly ClientSettings[];
}

/** What clients are told. `patience`: from now on no call is given up early, or some are again. `stop`: make no new calls. */
export type ClientsOrder =
  | { readonly type: "patience"; readonly isPatient: boolean }
  | { readonly type: "stop" }
  | { readonly type: "close" };

/** What clients say. */
export type ClientsMessage =
  | { readonly type: "connected"; readonly sessionIds: readonly string[] }
  | { readonly type: "operations"; readonly operations: readonly Operation[] }
  /** Every call has ended: the answer to `stop`. */
  | { readonly type: "idle" }
  /** A session has ended, or something else happened that must not. */
  | { readonly type: "trouble"; readonly text: string };
