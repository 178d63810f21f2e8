/**
 * A value of a message, as TypeScript has it: bigint only for `u64` and `i64`, a struct, case or message with its fields by
 * name, and `type` for the name of a case or message. What is absent is left out.
 */
export type Value = boolean | number | bigint | string | Uint8Array | readonly Value[] | ValueRecord | WrittenMessage;

export interface ValueRecord {
  readonly [name: string]: Value | undefined;
}

/** A message inside of another one, in bytes that an encoder would not write. */
export class WrittenMessage {
  readonly message: ValueRecord;
  readonly bytes: Uint8Array;

  constructor(message: ValueRecord, bytes: Uint8Array) {
    this.message = message;
    this.bytes = bytes;
  }
}

/**
 * A value as JSON has it: `{"$bigint": "…"}` for 64-bit numbers, `{"$bytes": "…"}` for bytes in hexadecimal, and
 * `{"$float": "…"}` for the numbers that JSON does not have.
 */
export function jsonOfValue(value: Value): unknown {
  if (typeof value === "bigint") return { $bigint: String(value) };
  if (typeof value === "number") return Number.isFinite(value) && !Object.is(value, -0) ? value : floatOf(value);
  if (value instanceof Uint8Array) return { $bytes: hexOf(value) };
  if (value instanceof WrittenMessage) return jsonOfValue(value.message);
  if (isList(value)) return value.map(jsonOfValue);
  if (typeof value !== "object") return value;
  const entries = Object.entries(value).flatMap(([name, item]) => (item === undefined ? [] : [[name, item] as const]));
  return Object.fromEntries(entries.map(([name, item]) => [name, jsonOfValue(item)]));
}

export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

export function isRecord(value: Value | undefined): value is ValueRecord {
  if (typeof value !== "object" || isList(value)) return false;
  return !(value instanceof Uint8Array) && !(value instanceof WrittenMessage);
}

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

function floatOf(value: number): { readonly $float: string } {
  return { $float: Object.is(value, -0) ? "-0" : String(value) };
}
