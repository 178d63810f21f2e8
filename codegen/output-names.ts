/** Everything that a schema can be turned into: the name that `--emit` takes, and a few words about it. */
export const outputSummaries = {
  typescript: "messages.ts with the types, codec.ts with the encoders and decoders",
  kaitai: "kaitai/*.ksy: readers in twelve languages, by the compiler of Kaitai Struct",
  vectors: "vectors/*.json: messages with their bytes, and frames that must be refused",
  dissector: "<protocol>.lua, with which Wireshark shows frames",
  manual: "REFERENCE.md and manual.html: the protocol for people, with rulers and worked examples",
  arbitraries: "arbitraries.ts: any message, for tests with fast-check; needs typescript",
} as const;

export type OutputName = keyof typeof outputSummaries;

export const outputNames: readonly OutputName[] = Object.keys(outputSummaries) as OutputName[];
