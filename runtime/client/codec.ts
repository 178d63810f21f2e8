import { InvalidArgumentError, RequestError } from "../protocol/errors.ts";
import type { PayloadDecoder, PayloadEncoder } from "../protocol/payload-codec.ts";
import { checkKeys, describe } from "../shell/check-options.ts";

/**
 * What the payloads of a client stand for. Each part is optional: a kind of payload without one is a `Uint8Array`. The
 * functions that `hawser generate` makes fit as they are:
 *
 *     const codec = {
 *       command: { encode: encodeCommandMessage },
 *       queryResult: { decode: decodeQueryResultMessage },
 *     };
 *     const client = await connect({ members, codec }); // a Client<typeof codec>
 */
export interface ClientCodec {
  /** What `submit` takes. */
  readonly command?: PayloadEncoder<never> | undefined;
  /** What `submit` resolves with. */
  readonly result?: PayloadDecoder<unknown> | undefined;
  /** What `query` takes. */
  readonly query?: PayloadEncoder<never> | undefined;
  /** What `query` resolves with. */
  readonly queryResult?: PayloadDecoder<unknown> | undefined;
  /** The payloads of `serverRequests`. */
  readonly serverRequest?: PayloadDecoder<unknown> | undefined;
}

/** The codec of a client that was given none: every payload is a `Uint8Array`. */
export type BytesCodec = Readonly<Record<keyof ClientCodec, undefined>>;

/** What an encoder takes; bytes where there is none. */
export type Encoded<Encoder> = Encoder extends PayloadEncoder<infer Value> ? Value : Uint8Array;

/** What a decoder gives; bytes where there is none. */
export type Decoded<Decoder> = Decoder extends PayloadDecoder<infer Value> ? Value : Uint8Array;

/** The command of a codec. */
export type CommandOf<Codec extends ClientCodec> = Encoded<Codec["command"]>;
/** The result of a command. */
export type ResultOf<Codec extends ClientCodec> = Decoded<Codec["result"]>;
/** The query of a codec. */
export type QueryOf<Codec extends ClientCodec> = Encoded<Codec["query"]>;
/** The answer to a query. */
export type QueryResultOf<Codec extends ClientCodec> = Decoded<Codec["queryResult"]>;
/** What a server request holds. */
export type ServerRequestOf<Codec extends ClientCodec> = Decoded<Codec["serverRequest"]>;

/** Throws `InvalidArgumentError` for what is no codec. */
export function checkCodec(codec: ClientCodec | undefined): ClientCodec {
  if (codec === undefined) return {};
  checkKeys(codec, Object.keys(METHODS), "codec");
  for (const [part, method] of Object.entries(METHODS)) {
    const value: unknown = Reflect.get(codec, part);
    if (value === undefined) continue;
    if (typeof value !== "object" || value === null || typeof Reflect.get(value, method) !== "function") {
      throw new InvalidArgumentError(`codec.${part} is ${describe(value)}, it must be an object with ${method}()`);
    }
  }
  return codec;
}

/** The payload of a command or query. Throws `InvalidArgumentError` for a value that the codec does not take. */
export function encoded(encoder: PayloadEncoder<never> | undefined, value: unknown, what: string): Uint8Array {
  let payload: unknown = value;
  try {
    // The types of `submit` and `query` say that it is what this encoder takes.
    if (encoder !== undefined) payload = encoder.encode(value as never);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new InvalidArgumentError(`the ${what} cannot be encoded: ${problem}`, { cause: error });
  }
  if (payload instanceof Uint8Array) return payload;
  const is = encoder === undefined ? "the payload is" : `codec.${what}.encode() gave`;
  throw new InvalidArgumentError(`${is} ${describe(payload)}, it must be a Uint8Array`);
}

/** What an answer stands for. Throws `RequestError` for one that the codec does not take; the command is applied. */
export function decodedAnswer(
  decoder: PayloadDecoder<unknown> | undefined,
  payload: Uint8Array,
  what: "command" | "query",
): unknown {
  if (decoder === undefined) return payload;
  try {
    return decoder.decode(payload);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    const outcome = what === "command" ? "applied" : "not-applied";
    const text = `the ${what} was answered with what the codec does not take: ${problem}`;
    throw new RequestError("ERR_INVALID_RESULT", outcome, text, { cause: error });
  }
}

const METHODS: Readonly<Record<keyof ClientCodec, "encode" | "decode">> = {
  command: "encode",
  result: "decode",
  query: "encode",
  queryResult: "decode",
  serverRequest: "decode",
};
