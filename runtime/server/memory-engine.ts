import type { ConsensusEngine, Entry } from "./consensus.ts";
import { nextTurn } from "./entry-delivery.ts";
import type { LogStore, StoredLog } from "./log-store.ts";
import { SingleMemberEngine } from "./single-member-engine.ts";

/**
 * Makes an engine that keeps nothing: one member, always the leader, every promise of the port but durability. For
 * examples and tests, and for services whose state may die with the process.
 *
 * Nobody can read an entry a second time in the same process, so not even the log is kept: memory does not grow.
 */
export function memoryEngine(): ConsensusEngine {
  return new SingleMemberEngine(new ForgetfulStore());
}

/** Stores nothing, and takes a turn of the event loop for it, so that callers meet the order of events of a real disk. */
class ForgetfulStore implements LogStore {
  async open(): Promise<StoredLog> {
    await nextTurn();
    return { term: 0, lastIndex: 0, snapshot: undefined };
  }

  entry(index: number): Entry {
    throw new RangeError(`entry ${index} is not stored: the memory engine keeps nothing`);
  }

  async claim(): Promise<number> {
    await nextTurn();
    return 0;
  }

  confirmClaim(): void {}

  async append(): Promise<void> {
    await nextTurn();
  }

  async saveSnapshot(_index: number, chunks: AsyncIterable<Uint8Array>): Promise<void> {
    // Taken to the end all the same: the state machine must meet the same calls as with a store that keeps them.
    for await (const _chunk of chunks) await nextTurn();
  }

  async close(): Promise<void> {}
}
