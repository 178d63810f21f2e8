import type { CommandContext, PayloadCodec, TypedCommandContext, TypedStateMachine } from "hawser/server";
import {
  decodeCommandMessage,
  decodeQueryMessage,
  decodeQueryResultMessage,
  decodeResultMessage,
  decodeSnapshotMessage,
  encodeCommandMessage,
  encodeQueryMessage,
  encodeQueryResultMessage,
  encodeResultMessage,
  encodeSnapshotMessage,
} from "./generated/codec.ts";
import type {
  CommandMessage,
  QueryMessage,
  QueryResultMessage,
  ResultMessage,
  SnapshotMessage,
} from "./generated/messages.ts";

/** What clients and servers say. */
export interface RegistersCodec {
  readonly command: PayloadCodec<CommandMessage>;
  readonly result: PayloadCodec<ResultMessage>;
  readonly query: PayloadCodec<QueryMessage>;
  readonly queryResult: PayloadCodec<QueryResultMessage>;
}

/** What a server needs besides. */
export interface RegistersServerCodec extends RegistersCodec {
  readonly snapshot: PayloadCodec<SnapshotMessage>;
}

export const codec: RegistersCodec = {
  command: { encode: encodeCommandMessage, decode: decodeCommandMessage },
  result: { encode: encodeResultMessage, decode: decodeResultMessage },
  query: { encode: encodeQueryMessage, decode: decodeQueryMessage },
  queryResult: { encode: encodeQueryResultMessage, decode: decodeQueryResultMessage },
};

export const serverCodec: RegistersServerCodec = {
  ...codec,
  snapshot: { encode: encodeSnapshotMessage, decode: decodeSnapshotMessage },
};

/** The state of a member after an entry of the log. */
export interface Checkpoint {
  readonly index: number;
  /** Of everything that was applied, in order: equal on members that applied the same. */
  readonly digest: number;
}

/**
 * The registers that clients write, compare and read, and a journal of every command that was applied: a lost command is
 * missing in it, and one that was applied twice is in it twice.
 */
export class Registers implements TypedStateMachine<RegistersServerCodec> {
  readonly #reached: (checkpoint: Checkpoint) => void;
  readonly #registers = new Map<string, number>();
  #journal: number[] = [];
  #index = 0;
  #digest = 0;

  /** `reached` is told of the state about every so many entries: of the same entries on each member. */
  constructor(reached: (checkpoint: Checkpoint) => void) {
    this.#reached = reached;
  }

  get checkpoint(): Checkpoint {
    return { index: this.#index, digest: this.#digest };
  }

  apply(command: CommandMessage, context: TypedCommandContext<RegistersServerCodec>): ResultMessage {
    if (Math.floor(context.index / CHECKPOINT_ENTRIES) > Math.floor(this.#index / CHECKPOINT_ENTRIES)) {
      this.#reached(this.checkpoint);
    }
    const held = this.#registers.get(command.key) ?? 0;
    const isDone = command.type === "Write" || held === command.expected;
    if (isDone) this.#registers.set(command.key, command.serial);
    this.#journal.push(command.serial);
    this.#mix(command.serial, Number(isDone), context);
    return command.type === "Write" ? { type: "Written" } : { type: "Swapped", isDone };
  }

  query(query: QueryMessage): QueryResultMessage {
    if (query.type === "Read") return { type: "Holds", serial: this.#registers.get(query.key) ?? 0 };
    return { type: "Journal", serials: this.#journal.slice(query.from, query.from + JOURNAL_PART) };
  }

  *snapshot(): Generator<SnapshotMessage> {
    yield { type: "Position", ...this.checkpoint };
    for (const [key, serial] of this.#registers) yield { type: "Register", key, serial };
    for (let from = 0; from < this.#journal.length; from += JOURNAL_PART) {
      yield { type: "JournalPart", serials: this.#journal.slice(from, from + JOURNAL_PART) };
    }
  }

  async restore(chunks: AsyncIterable<SnapshotMessage>): Promise<void> {
    this.#registers.clear();
    this.#journal = [];
    for await (const chunk of chunks) {
      if (chunk.type === "Register") this.#registers.set(chunk.key, chunk.serial);
      else if (chunk.type === "JournalPart") this.#journal.push(...chunk.serials);
      else [this.#index, this.#digest] = [chunk.index, chunk.digest];
    }
  }

  #mix(serial: number, isDone: number, { index, requestId }: Pick<CommandContext, "index" | "requestId">): void {
    this.#index = index;
    for (const value of [serial, isDone, index, requestId]) {
      this.#digest = (Math.imul(this.#digest ^ value, 0x01000193) + 0x9e37) >>> 0;
    }
  }
}

/** Often enough to say where members came apart. */
const CHECKPOINT_ENTRIES = 50;
/** Fits a chunk of a snapshot, and an answer. */
const JOURNAL_PART = 5_000;
