import type { PayloadCodec, TypedApplyContext, TypedCommandContext, TypedStateMachine } from "hawser/server";
import {
  decodeCommandMessage,
  decodeResultMessage,
  decodeServerRequestMessage,
  decodeSnapshotMessage,
  encodeCommandMessage,
  encodeResultMessage,
  encodeServerRequestMessage,
  encodeSnapshotMessage,
} from "./generated/codec.ts";
import type {
  CommandMessage,
  Order,
  ResultMessage,
  ServerRequestMessage,
  SnapshotMessage,
} from "./generated/messages.ts";

/** What clients and servers say: what `hawser generate` made of work.yaml fits as it is. */
export interface WorkCodec {
  readonly command: PayloadCodec<CommandMessage>;
  readonly result: PayloadCodec<ResultMessage>;
  readonly serverRequest: PayloadCodec<ServerRequestMessage>;
}

/** What a server needs besides: how its state goes into snapshots. */
export interface WorkServerCodec extends WorkCodec {
  readonly snapshot: PayloadCodec<SnapshotMessage>;
}

export const codec: WorkCodec = {
  command: { encode: encodeCommandMessage, decode: decodeCommandMessage },
  result: { encode: encodeResultMessage, decode: decodeResultMessage },
  serverRequest: { encode: encodeServerRequestMessage, decode: decodeServerRequestMessage },
};

export const serverCodec: WorkServerCodec = {
  ...codec,
  snapshot: { encode: encodeSnapshotMessage, decode: decodeSnapshotMessage },
};

/** The capability of those who can resize; its value is the worker's name. */
export const RESIZE: string = "resize";

type Context = TypedCommandContext<WorkServerCodec>;

/**
 * Pictures that are to be resized, and for whom. Who resizes which is not kept here: `context.work` gives each to one
 * session that can do it, and to another one when that session ends.
 */
export class WorkQueue implements TypedStateMachine<WorkServerCodec> {
  readonly #orders = new Map<number, Order>();

  apply(command: CommandMessage, context: Context): ResultMessage {
    return command.type === "Resize" ? this.#accept(command.picture, context) : this.#confirm(command.workId, context);
  }

  query(): Uint8Array {
    throw new Error("the work queue answers no queries");
  }

  /** Nobody is left who wants to know. */
  sessionEnded(
    { sessionId }: { readonly sessionId: string },
    _reason: string,
    { work }: TypedApplyContext<WorkServerCodec>,
  ): void {
    for (const { workId, customer } of this.#orders.values()) {
      if (customer !== sessionId) continue;
      work.cancel(workId);
      this.#orders.delete(workId);
    }
  }

  *snapshot(): Generator<SnapshotMessage> {
    yield* this.#orders.values();
  }

  async restore(chunks: AsyncIterable<SnapshotMessage>): Promise<void> {
    this.#orders.clear();
    for await (const order of chunks) this.#orders.set(order.workId, order);
  }

  #accept(picture: string, { session, work }: Context): ResultMessage {
    const workId = work.add(RESIZE, (id) => ({ type: "ResizeThis", workId: id, picture }));
    if (workId === undefined) throw new Error("too many pictures wait already");
    this.#orders.set(workId, { type: "Order", workId, picture, customer: session.sessionId });
    return { type: "Accepted", workId };
  }

  #confirm(workId: number, { session, work, send }: Context): ResultMessage {
    const order = this.#orders.get(workId);
    if (!work.complete(workId) || order === undefined) throw new Error(`the work ${workId} is not with this session`);
    this.#orders.delete(workId);
    send(order.customer, { type: "Resized", picture: order.picture, worker: session.capabilities[RESIZE] ?? "" });
    return { type: "Confirmed" };
  }
}
