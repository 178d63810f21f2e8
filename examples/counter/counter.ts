import type { PayloadCodec, TypedStateMachine } from "hawser/server";
import {
  decodeAnswerMessage,
  decodeCommandMessage,
  decodeQueryMessage,
  decodeSnapshotMessage,
  encodeAnswerMessage,
  encodeCommandMessage,
  encodeQueryMessage,
  encodeSnapshotMessage,
} from "./generated/codec.ts";
import type { AnswerMessage, CommandMessage, QueryMessage, SnapshotMessage } from "./generated/messages.ts";

/** What clients and servers say: what `hawser generate` made of counter.yaml fits as it is. */
export interface CounterCodec {
  readonly command: PayloadCodec<CommandMessage>;
  readonly result: PayloadCodec<AnswerMessage>;
  readonly query: PayloadCodec<QueryMessage>;
  readonly queryResult: PayloadCodec<AnswerMessage>;
}

/** What a server needs besides: how its state goes into snapshots. */
export interface CounterServerCodec extends CounterCodec {
  readonly snapshot: PayloadCodec<SnapshotMessage>;
}

export const codec: CounterCodec = {
  command: { encode: encodeCommandMessage, decode: decodeCommandMessage },
  result: { encode: encodeAnswerMessage, decode: decodeAnswerMessage },
  query: { encode: encodeQueryMessage, decode: decodeQueryMessage },
  queryResult: { encode: encodeAnswerMessage, decode: decodeAnswerMessage },
};

export const serverCodec: CounterServerCodec = {
  ...codec,
  snapshot: { encode: encodeSnapshotMessage, decode: decodeSnapshotMessage },
};

/** The replicated counter. It throws to refuse a command, before anything has changed. */
export class Counter implements TypedStateMachine<CounterServerCodec> {
  #total = 0;

  apply({ amount }: CommandMessage): AnswerMessage {
    const total = this.#total + amount;
    if (!Number.isSafeInteger(total)) throw new RangeError(`${this.#total} + ${amount} is more than can be counted`);
    this.#total = total;
    return this.query();
  }

  query(): AnswerMessage {
    return { type: "Total", total: this.#total };
  }

  *snapshot(): Generator<SnapshotMessage> {
    yield { type: "State", total: this.#total };
  }

  async restore(chunks: AsyncIterable<SnapshotMessage>): Promise<void> {
    for await (const { total } of chunks) this.#total = total;
  }
}
