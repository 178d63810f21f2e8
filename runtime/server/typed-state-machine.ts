import type { Decoded, Encoded, PayloadDecoder, PayloadEncoder } from "../protocol/payload-codec.ts";
import { UnusableResult } from "../protocol/refusal.ts";
import type {
  ApplyContext,
  CommandContext,
  SessionEndReason,
  SessionInfo,
  StateMachine,
  Work,
  WorkId,
} from "../protocol/state-machine.ts";
import { checkKeys, withMethods } from "../shell/check-options.ts";

/**
 * What the payloads of an application stand for. Each part is optional: a kind of payload without one is a `Uint8Array`.
 * The functions that `hawser generate` makes fit as they are; the parts may be those that a client is given.
 *
 *     const codec = {
 *       command: { encode: encodeCommandMessage, decode: decodeCommandMessage },
 *       result: { encode: encodeResultMessage, decode: decodeResultMessage },
 *     };
 */
export interface StateMachineCodec {
  readonly command?: PayloadDecoder<unknown> | undefined;
  /** Of commands. What it throws leaves the command applied, with a result that nobody gets. */
  readonly result?: PayloadEncoder<never> | undefined;
  readonly query?: PayloadDecoder<unknown> | undefined;
  readonly queryResult?: PayloadEncoder<never> | undefined;
  /** Of `send` and `work.add`. */
  readonly serverRequest?: PayloadEncoder<never> | undefined;
  /** Of the chunks of a snapshot. */
  readonly snapshot?: (PayloadEncoder<never> & PayloadDecoder<unknown>) | undefined;
}

/** A `StateMachine` in the application's own types: `class Store implements TypedStateMachine<typeof codec>`. */
export interface TypedStateMachine<Codec extends StateMachineCodec> {
  /** As `StateMachine.apply`. A command that cannot be decoded is refused before. */
  apply(command: Decoded<Codec["command"]>, context: TypedCommandContext<Codec>): Encoded<Codec["result"]>;
  /** As `StateMachine.query`. */
  query(query: Decoded<Codec["query"]>): Encoded<Codec["queryResult"]>;
  /** As `StateMachine.snapshot`. */
  snapshot(): Iterable<Encoded<Codec["snapshot"]>> | AsyncIterable<Encoded<Codec["snapshot"]>>;
  /** As `StateMachine.restore`. */
  restore(chunks: AsyncIterable<Decoded<Codec["snapshot"]>>): Promise<void>;
  /** A session has begun. */
  sessionCreated?(session: SessionInfo, context: TypedApplyContext<Codec>): void;
  /** A session has ended; nothing can be sent to it any more. */
  sessionEnded?(session: SessionInfo, reason: SessionEndReason, context: TypedApplyContext<Codec>): void;
}

/** `ApplyContext` in the application's own types. */
export interface TypedApplyContext<Codec extends StateMachineCodec> extends Omit<ApplyContext, "send" | "work"> {
  /** As `ApplyContext.send`. Throws what the encoder throws. */
  send(sessionId: string, request: Encoded<Codec["serverRequest"]>): boolean;
  /** As `ApplyContext.work`. */
  readonly work: TypedWork<Codec>;
}

/** `CommandContext` in the application's own types. */
export interface TypedCommandContext<Codec extends StateMachineCodec>
  extends TypedApplyContext<Codec>,
    Omit<CommandContext, "send" | "work"> {}

/** `Work` in the application's own types. */
export interface TypedWork<Codec extends StateMachineCodec> extends Omit<Work, "add"> {
  /** As `Work.add`. Throws what the encoder throws. */
  add(capability: string, requestOf: (workId: WorkId) => Encoded<Codec["serverRequest"]>): WorkId | undefined;
}

/**
 * Makes a state machine for `startServer` of one that speaks in the application's own types. Throws `InvalidArgumentError`
 * for what is neither codec nor state machine.
 */
export function typed<const Codec extends StateMachineCodec>(
  codec: Codec,
  machine: TypedStateMachine<Codec>,
): StateMachine {
  checkKeys(codec, PARTS, "the codec of a state machine");
  withMethods("the state machine", machine, ["apply", "query", "snapshot", "restore"]);
  const { command, result, query, queryResult, serverRequest, snapshot } = codec;
  const typedContext = <Context extends ApplyContext>(context: Context) => ({
    ...context,
    send: (sessionId: string, request: unknown) => context.send(sessionId, encoded(serverRequest, request)),
    work: {
      ...context.work,
      add: (capability: string, requestOf: (workId: WorkId) => unknown) =>
        context.work.add(capability, (workId) => encoded(serverRequest, requestOf(workId))),
    },
  });
  return {
    apply(payload, context) {
      const answer = machine.apply(decoded(command, payload), typedContext(context));
      try {
        return encoded(result, answer);
      } catch (error) {
        throw new UnusableResult(error);
      }
    },
    query: (payload) => encoded(queryResult, machine.query(decoded(query, payload))),
    async *snapshot() {
      for await (const piece of machine.snapshot()) yield encoded(snapshot, piece);
    },
    restore: (chunks) => machine.restore(decodedChunks(snapshot, chunks)),
    sessionCreated: (session, context) => machine.sessionCreated?.(session, typedContext(context)),
    sessionEnded: (session, reason, context) => machine.sessionEnded?.(session, reason, typedContext(context)),
  };
}

/** The types of `TypedStateMachine` say that `value` is what the encoder takes, or bytes where there is none. */
function encoded(encoder: PayloadEncoder<never> | undefined, value: unknown): Uint8Array {
  return encoder === undefined ? (value as Uint8Array) : encoder.encode(value as never);
}

/** They also say that whoever gets the value expects what the decoder gives, or bytes where there is none. */
function decoded<Value>(decoder: PayloadDecoder<unknown> | undefined, payload: Uint8Array): Value {
  return (decoder === undefined ? payload : decoder.decode(payload)) as Value;
}

async function* decodedChunks<Value>(
  decoder: PayloadDecoder<unknown> | undefined,
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Value> {
  for await (const chunk of chunks) yield decoded<Value>(decoder, chunk);
}

const PARTS: readonly (keyof StateMachineCodec)[] = [
  "command",
  "result",
  "query",
  "queryResult",
  "serverRequest",
  "snapshot",
];
