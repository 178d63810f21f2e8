/** What a frame can break, with the code of the error that says so. In the order of a decoder's work. */
export const refusalRules = {
  magic: "ERR_WIRE_BAD_SIGNATURE",
  version: "ERR_WIRE_UNSUPPORTED_VERSION",
  tag: "ERR_WIRE_UNKNOWN_DISCRIMINATOR",
  truncated: "ERR_WIRE_TRUNCATED",
  presence: "ERR_WIRE_OUT_OF_RANGE",
  bool: "ERR_WIRE_OUT_OF_RANGE",
  safe: "ERR_WIRE_OUT_OF_RANGE",
  range: "ERR_WIRE_OUT_OF_RANGE",
  not: "ERR_WIRE_OUT_OF_RANGE",
  enum: "ERR_WIRE_UNKNOWN_DISCRIMINATOR",
  case: "ERR_WIRE_UNKNOWN_DISCRIMINATOR",
  "length-beyond": "ERR_WIRE_TRUNCATED",
  "length-negative": "ERR_WIRE_OUT_OF_RANGE",
  length: "ERR_WIRE_OUT_OF_RANGE",
  utf8: "ERR_WIRE_INVALID_UTF8",
  pattern: "ERR_WIRE_INVALID_VALUE",
  "count-beyond": "ERR_WIRE_TRUNCATED",
  "count-negative": "ERR_WIRE_OUT_OF_RANGE",
  count: "ERR_WIRE_OUT_OF_RANGE",
  "held-tag": "ERR_WIRE_UNKNOWN_DISCRIMINATOR",
  "held-truncated": "ERR_WIRE_TRUNCATED",
  "held-trailing": "ERR_WIRE_TRAILING_BYTES",
  padding: "ERR_WIRE_TRAILING_BYTES",
  trailing: "ERR_WIRE_TRAILING_BYTES",
} as const;

export type RefusalRule = keyof typeof refusalRules;
