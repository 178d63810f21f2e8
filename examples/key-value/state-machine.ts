import type { CommandContext, SessionInfo, StateMachine } from "hawser/server";
import {
  decodeCommandMessage,
  decodeQueryMessage,
  decodeSnapshotMessage,
  encodeNotificationMessage,
  encodeQueryResultMessage,
  encodeSnapshotMessage,
} from "./generated/codec.ts";

/**
 * The replicated store: keys with their values, and which sessions watch which keys.
 *
 * Everything is decoded before anything is changed: a command that makes no sense throws, and leaves the store as it was.
 */
export class KeyValueStore implements StateMachine {
  readonly #values = new Map<string, string>();
  readonly #watchers = new Map<string, Set<string>>();
  #commandCount = 0;

  /** Commands that this process has applied: no part of what is replicated. */
  get commandCount(): number {
    return this.#commandCount;
  }

  apply(command: Uint8Array, context: CommandContext): Uint8Array {
    const message = decodeCommandMessage(command);
    this.#commandCount += 1;
    switch (message.type) {
      case "Set":
        this.#values.set(message.key, message.value);
        for (const sessionId of this.#watchers.get(message.key) ?? []) {
          context.send(sessionId, encodeNotificationMessage({ ...message, type: "Notification" }));
        }
        return NOTHING;
      case "Watch":
        this.#watch(message.key, context.session.sessionId);
        return NOTHING;
    }
  }

  query(query: Uint8Array): Uint8Array {
    const { key } = decodeQueryMessage(query);
    const value = this.#values.get(key);
    return encodeQueryResultMessage(value === undefined ? { type: "Absent" } : { type: "Present", value });
  }

  sessionEnded(session: SessionInfo): void {
    for (const [key, sessionIds] of this.#watchers) {
      sessionIds.delete(session.sessionId);
      if (sessionIds.size === 0) this.#watchers.delete(key);
    }
  }

  *snapshot(): Generator<Uint8Array> {
    for (const [key, value] of this.#values) yield encodeSnapshotMessage({ type: "Value", key, value });
    for (const [key, sessionIds] of this.#watchers) {
      for (const sessionId of sessionIds) yield encodeSnapshotMessage({ type: "Watcher", key, sessionId });
    }
  }

  async restore(chunks: AsyncIterable<Uint8Array>): Promise<void> {
    this.#values.clear();
    this.#watchers.clear();
    for await (const chunk of chunks) {
      const message = decodeSnapshotMessage(chunk);
      if (message.type === "Value") this.#values.set(message.key, message.value);
      else this.#watch(message.key, message.sessionId);
    }
  }

  #watch(key: string, sessionId: string): void {
    const sessionIds = this.#watchers.get(key) ?? new Set();
    this.#watchers.set(key, sessionIds.add(sessionId));
  }
}

const NOTHING = new Uint8Array(0);
