/**
 * Between an application's values and the bytes that travel. What `hawser generate` makes of a schema fits as it is:
 * `{ encode: encodeCommandMessage, decode: decodeCommandMessage }`. Each side needs one direction of each kind of payload,
 * and takes what can do both.
 */
export interface PayloadCodec<Value> extends PayloadEncoder<Value>, PayloadDecoder<Value> {}

/** Makes payloads of values. What it throws is the caller's mistake. */
export interface PayloadEncoder<Value> {
  encode(value: Value): Uint8Array;
}

/** Makes values of payloads. Throws for bytes that stand for none; the bytes are not changed afterwards. */
export interface PayloadDecoder<Value> {
  decode(bytes: Uint8Array): Value;
}

/** What an encoder takes; bytes where there is none. */
export type Encoded<Encoder> = Encoder extends PayloadEncoder<infer Value> ? Value : Uint8Array;

/** What a decoder gives; bytes where there is none. */
export type Decoded<Decoder> = Decoder extends PayloadDecoder<infer Value> ? Value : Uint8Array;
