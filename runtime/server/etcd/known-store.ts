import { EngineError } from "../consensus.ts";
import type { SeenLeader, StoreView } from "./store-transactions.ts";

/** What a member knew when it asked for something: no answer may know less. */
export interface KnowledgeMark {
  readonly committedIndex: number;
  readonly term: number;
}

/**
 * What a member knows of the store. Everything here only grows: what is seen again, or late, changes nothing.
 */
export class KnownStore {
  /** The store's identity, once it is known. */
  storeId: string | undefined;
  /** The newest entry that was given out; all before it were too. */
  committedIndex = 0;
  /** The newest entry that the application has taken. */
  appliedIndex = 0;
  /** The last claim, or resignation. */
  leader: SeenLeader | undefined;
  heartbeatRevision = 0;
  /** Whether the watch has shown a sign of life after the last claim that was seen. */
  hasHeardLeader = false;
  /** When a leader was last heard of, in monotonic milliseconds. */
  signAtMs = 0;

  /** The last term that was begun; 0 before the first. */
  get term(): number {
    return this.leader?.term ?? 0;
  }

  get mark(): KnowledgeMark {
    return { committedIndex: this.committedIndex, term: this.term };
  }

  /** Takes in who leads. Whether that was news. */
  sawLeader(leader: SeenLeader, nowMs: number): boolean {
    if (leader.term <= this.term) return false;
    this.leader = leader;
    this.hasHeardLeader = false;
    this.signAtMs = nowMs;
    return true;
  }

  /** The watch has shown a sign of life of the leader. */
  heardLeader(nowMs: number): void {
    this.signAtMs = nowMs;
    this.hasHeardLeader = true;
  }

  /** Takes in a heartbeat. Whether it was news. */
  sawHeartbeat(revision: number, nowMs: number): boolean {
    if (revision <= this.heartbeatRevision) return false;
    this.heartbeatRevision = revision;
    this.signAtMs = nowMs;
    return true;
  }

  /**
   * Throws unless the view is of the same store, as of an instant after `mark`. An etcd that was emptied, or that came
   * back from an older backup, can repeat revisions and even its own id: only this tells.
   */
  check(view: StoreView, mark: KnowledgeMark): void {
    if (this.storeId !== undefined && view.storeId !== this.storeId) {
      const what = view.storeId === undefined ? "was emptied" : `holds another store, ${view.storeId}`;
      throw replaced(`etcd ${what}: this member's store was ${this.storeId}`);
    }
    if (view.head === undefined) {
      throw new EngineError("ERR_STORE_CORRUPT", "etcd has a store without a head; restore it from a backup");
    }
    if (view.head < mark.committedIndex) {
      throw replaced(`the log in etcd ends with entry ${view.head}, this member has seen entry ${mark.committedIndex}`);
    }
    if ((view.leader?.term ?? 0) < mark.term) {
      throw replaced(`the term in etcd is ${view.leader?.term ?? 0}, this member has seen term ${mark.term}`);
    }
  }
}

function replaced(problem: string): EngineError {
  const cause = "Somebody has emptied etcd or restored an older backup";
  return new EngineError(
    "ERR_STORE_REPLACED",
    `${problem}. ${cause}; start the member again to take on what is there now`,
  );
}
