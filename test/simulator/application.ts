import type {
  ApplyContext,
  CommandContext,
  SessionEndReason,
  SessionInfo,
  StateMachine,
} from "../../runtime/protocol/state-machine.ts";
import { check } from "./violation.ts";

/**
 * The application of the simulated cluster: registers by key, and sessions that watch them. Every command has a number of
 * its own, so that a result says exactly which command wrote what it saw, and an application notices one that comes twice.
 *
 * `swap`: writes its number to the key and returns the number before; tells every watcher of the key.
 * `watch`: has its session told of every later swap of the key. `refuse`: throws. Query: the number of a key.
 */
export class Registers implements StateMachine {
  /** Changes with everything that happens to the state: equal on members that saw the same, in the same order. */
  digest = 0;
  #registers = new Map<number, number>();
  #watchers = new Map<number, Set<string>>();
  #applied = new Set<number>();

  apply(payload: Uint8Array, context: CommandContext): Uint8Array {
    const { verb, key, number } = readCommand(payload);
    check(!this.#applied.has(number), "exactly once", () => `command ${number} was applied twice`);
    if (verb === "refuse") throw new Error(`command ${number} is refused`);
    this.#applied.add(number);
    this.#mix(number);
    this.#mix(context.requestId);
    if (verb === "watch") {
      const watchers = this.#watchers.get(key) ?? new Set();
      watchers.add(context.session.sessionId);
      this.#watchers.set(key, watchers);
      return numberBytes(0);
    }
    const before = this.#registers.get(key) ?? 0;
    this.#registers.set(key, number);
    for (const sessionId of this.#watchers.get(key) ?? [])
      this.#mix(Number(context.send(sessionId, numberBytes(number))));
    return numberBytes(before);
  }

  query(payload: Uint8Array): Uint8Array {
    const { verb, key } = readCommand(payload);
    if (verb === "refuse") throw new Error("the query is refused");
    return numberBytes(this.#registers.get(key) ?? 0);
  }

  sessionCreated(session: SessionInfo, context: ApplyContext): void {
    this.#mix(context.index + session.sessionIndex);
  }

  sessionEnded({ sessionId }: SessionInfo, reason: SessionEndReason, context: ApplyContext): void {
    this.#mix(context.index + reason.length);
    for (const watchers of this.#watchers.values()) watchers.delete(sessionId);
  }

  *snapshot(): Generator<Uint8Array> {
    yield this.save();
  }

  /** The simulated world waits for nothing: its members use `save` and `load`. */
  restore(): Promise<void> {
    return Promise.reject(new Error("a simulated member loads its state in one step"));
  }

  /** Whether a command changed the state. */
  hasApplied(number: number): boolean {
    return this.#applied.has(number);
  }

  /** The whole state. */
  save(): Uint8Array {
    const watchers = [...this.#watchers].map(([key, sessionIds]) => [key, [...sessionIds]]);
    return Buffer.from(JSON.stringify([this.digest, [...this.#registers], watchers, [...this.#applied]]));
  }

  /** Replaces the whole state by a saved one. */
  load(saved: Uint8Array): void {
    const [digest, registers, watchers, applied]: SavedState = JSON.parse(Buffer.from(saved).toString());
    this.digest = digest;
    this.#registers = new Map(registers);
    this.#watchers = new Map(watchers.map(([key, sessionIds]) => [key, new Set(sessionIds)]));
    this.#applied = new Set(applied);
  }

  #mix(value: number): void {
    this.digest = (Math.imul(this.digest ^ value, 0x01000193) + 0x9e37) | 0;
  }
}

/** What a command or query asks for. */
export interface RegisterCommand {
  readonly verb: "swap" | "watch" | "refuse" | "read";
  readonly key: number;
  /** Of commands: given once in a world. */
  readonly number: number;
}

/** A verb and a key of a byte each, and a number of four. */
export function commandBytes({ verb, key, number }: RegisterCommand): Uint8Array {
  return Uint8Array.of(VERBS.indexOf(verb), key, number >>> 24, number >>> 16, number >>> 8, number);
}

export function readCommand(bytes: Uint8Array): RegisterCommand {
  const [verb = 0, key = 0] = bytes;
  return { verb: VERBS[verb] ?? "refuse", key, number: readNumber(bytes.subarray(2)) };
}

export function numberBytes(number: number): Uint8Array {
  return Uint8Array.of(number >>> 24, number >>> 16, number >>> 8, number);
}

export function readNumber([a = 0, b = 0, c = 0, d = 0]: Uint8Array): number {
  return ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
}

type SavedState = readonly [
  digest: number,
  registers: readonly (readonly [number, number])[],
  watchers: readonly (readonly [number, readonly string[]])[],
  applied: readonly number[],
];

const VERBS: readonly RegisterCommand["verb"][] = ["swap", "watch", "refuse", "read"];
