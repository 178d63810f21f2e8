import type {
  PayloadCodec,
  SessionInfo,
  TypedApplyContext,
  TypedCommandContext,
  TypedStateMachine,
} from "hawser/server";
import {
  decodeCommandMessage,
  decodeQueryMessage,
  decodeQueryResultMessage,
  decodeResultMessage,
  decodeServerRequestMessage,
  decodeSnapshotMessage,
  encodeCommandMessage,
  encodeQueryMessage,
  encodeQueryResultMessage,
  encodeResultMessage,
  encodeServerRequestMessage,
  encodeSnapshotMessage,
} from "./generated/codec.ts";
import type {
  CommandMessage,
  QueryMessage,
  QueryResultMessage,
  ResultMessage,
  ServerRequestMessage,
  SnapshotMessage,
} from "./generated/messages.ts";

export type { CommandMessage, QueryResultMessage, ResultMessage, ServerRequestMessage } from "./generated/messages.ts";

/** What clients and servers say. */
export interface TallyCodec {
  readonly command: PayloadCodec<CommandMessage>;
  readonly result: PayloadCodec<ResultMessage>;
  readonly query: PayloadCodec<QueryMessage>;
  readonly queryResult: PayloadCodec<QueryResultMessage>;
  readonly serverRequest: PayloadCodec<ServerRequestMessage>;
}

/** What a server needs besides. */
export interface TallyServerCodec extends TallyCodec {
  readonly snapshot: PayloadCodec<SnapshotMessage>;
}

export const codec: TallyCodec = {
  command: { encode: encodeCommandMessage, decode: decodeCommandMessage },
  result: { encode: encodeResultMessage, decode: decodeResultMessage },
  query: { encode: encodeQueryMessage, decode: decodeQueryMessage },
  queryResult: { encode: encodeQueryResultMessage, decode: decodeQueryResultMessage },
  serverRequest: { encode: encodeServerRequestMessage, decode: decodeServerRequestMessage },
};

export const serverCodec: TallyServerCodec = {
  ...codec,
  snapshot: { encode: encodeSnapshotMessage, decode: decodeSnapshotMessage },
};

/** What was counted for all sessions, those that are over too. */
export interface Totals {
  readonly added: number;
  readonly offered: number;
  readonly finished: number;
  readonly open: number;
  readonly sessions: number;
}

/** The capability of those who take work. */
export const WORKS: string = "soak-works";

/** Whether a command or query was refused for what it asked, and not for what is wrong here. */
export function isRefusal(text: string): boolean {
  return text.includes(REFUSAL) || text.includes(TOO_MUCH_WORK);
}

const REFUSAL = "refused, as was asked for";
const TOO_MUCH_WORK = "pieces of work are open";

/** Pieces of work that may wait; who offers more is refused. */
const OPEN_WORK_MAX = 2_000;

/**
 * A tally for each session, which ends with it: the state does not grow with time, so that what grows is a leak.
 */
export class Tallies implements TypedStateMachine<TallyServerCodec> {
  readonly #sessions = new Map<string, { count: number; sum: number; notices: number }>();
  readonly #open = new Set<number>();
  readonly #fault: (text: string) => void;
  #added = 0;
  #offered = 0;
  #finished = 0;

  /** `fault` is told of what must not happen. */
  constructor(fault: (text: string) => void) {
    this.#fault = fault;
  }

  get totals(): Totals {
    const { size: open } = this.#open;
    return {
      added: this.#added,
      offered: this.#offered,
      finished: this.#finished,
      open,
      sessions: this.#sessions.size,
    };
  }

  sessionCreated({ sessionId }: SessionInfo): void {
    if (this.#sessions.has(sessionId)) this.#fault(`session ${sessionId} was created twice`);
    this.#sessions.set(sessionId, { count: 0, sum: 0, notices: 0 });
  }

  sessionEnded({ sessionId }: SessionInfo): void {
    if (!this.#sessions.delete(sessionId)) this.#fault(`session ${sessionId} ended, and there is none`);
  }

  apply(command: CommandMessage, context: TypedCommandContext<TallyServerCodec>): ResultMessage {
    const { sessionId } = context.session;
    const tally = this.#sessions.get(sessionId);
    if (tally === undefined) throw new Error(`a command was applied of session ${sessionId}, which is not there`);
    switch (command.type) {
      case "Add":
        tally.count += 1;
        tally.sum += command.serial;
        this.#added += 1;
        return { type: "Added", serial: command.serial, count: tally.count };
      case "Refuse":
        throw new Error(REFUSAL);
      case "Call": {
        let sent = 0;
        while (sent < command.times && context.send(sessionId, { type: "Notice", number: tally.notices + 1 })) {
          tally.notices += 1;
          sent += 1;
        }
        return { type: "Done", count: sent };
      }
      case "Offer":
        return { type: "Done", count: this.#offer(command.times, context) };
      case "Finish":
        return { type: "Done", count: Number(this.#finish(command.workId, context)) };
    }
  }

  query(query: QueryMessage): QueryResultMessage {
    if (query.type === "Fetch") return { type: "Filled", filling: filling(query.length) };
    const tally = this.#sessions.get(query.sessionId);
    if (tally === undefined) throw new Error(REFUSAL);
    return { type: "Tally", ...tally };
  }

  *snapshot(): Generator<SnapshotMessage> {
    for (const [sessionId, tally] of this.#sessions) yield { type: "SessionTally", sessionId, ...tally };
    for (const workId of this.#open) yield { type: "OpenWork", workId };
    yield { type: "Totals", added: this.#added, offered: this.#offered, finished: this.#finished };
  }

  async restore(chunks: AsyncIterable<SnapshotMessage>): Promise<void> {
    this.#sessions.clear();
    this.#open.clear();
    for await (const chunk of chunks) {
      if (chunk.type === "SessionTally") {
        const { sessionId, count, sum, notices } = chunk;
        this.#sessions.set(sessionId, { count, sum, notices });
      } else if (chunk.type === "OpenWork") {
        this.#open.add(chunk.workId);
      } else {
        this.#added = chunk.added;
        this.#offered = chunk.offered;
        this.#finished = chunk.finished;
      }
    }
  }

  #offer(times: number, { work }: TypedApplyContext<TallyServerCodec>): number {
    if (this.#open.size + times > OPEN_WORK_MAX) throw new Error(`${this.#open.size} ${TOO_MUCH_WORK}`);
    for (let index = 0; index < times; index++) {
      const workId = work.add(WORKS, (id) => ({ type: "Work", workId: id }));
      if (workId === undefined || this.#open.has(workId)) {
        this.#fault(`work was added as ${workId}`);
        continue;
      }
      this.#open.add(workId);
      this.#offered += 1;
    }
    return times;
  }

  #finish(workId: number, { work }: TypedApplyContext<TallyServerCodec>): boolean {
    if (!work.complete(workId)) return false;
    if (!this.#open.delete(workId)) this.#fault(`piece of work ${workId} was done twice`);
    this.#finished += 1;
    return true;
  }
}

/** Bytes that can be told from others: each is its position. */
export function filling(length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let index = 0; index < length; index++) bytes[index] = index & 0xff;
  return bytes;
}

/** Whether they are those of `filling`. */
export function isFilling(bytes: Uint8Array, length: number): boolean {
  return bytes.length === length && bytes.every((byte, index) => byte === (index & 0xff));
}
