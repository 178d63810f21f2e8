/** Names a rule about what may change between two states of a schema. Ids are never given to another rule. */
export type EvolutionRuleId =
  | "C001"
  | "C002"
  | "C003"
  | "C010"
  | "C011"
  | "C012"
  | "C013"
  | "C020"
  | "C021"
  | "C022"
  | "C030"
  | "C031"
  | "C032"
  | "C033"
  | "C040"
  | "C041"
  | "C042"
  | "C043"
  | "C044"
  | "C050"
  | "C051"
  | "C052"
  | "C060"
  | "C061";

export interface EvolutionRule {
  /** What the rule is about, in a word or two; stands in every diagnostic. */
  readonly topic: string;
  /** What the rule says about a change. */
  readonly summary: string;
  /** What `hawser check` does about it, for people. */
  readonly verdict: string;
  /** The option of `hawser check` by which a person takes responsibility for such a change, where there is one. */
  readonly allowedBy?: "--allow" | "--allow-source";
}

/** Every rule that compares a schema with what is locked, or with another state of it. */
export const evolutionRules: Readonly<Record<EvolutionRuleId, EvolutionRule>> = {
  C001: { topic: "wire", summary: "The bytes of a frozen version stay as they are.", verdict: "refuses" },
  C002: {
    topic: "narrower",
    summary: "A frozen version goes on taking every value that it took.",
    verdict: "refuses, unless allowed",
    allowedBy: "--allow",
  },
  C003: {
    topic: "wider",
    summary: "A frozen version sends no value that older programs refuse.",
    verdict: "warns",
    allowedBy: "--allow",
  },
  C010: {
    topic: "new member",
    summary: "A draft version may get new messages, cases and enum values.",
    verdict: "allows",
  },
  C011: { topic: "new field", summary: "A draft version may get new fields.", verdict: "allows" },
  C012: { topic: "new field", summary: "A new field is optional or has a default.", verdict: "refuses, as V005" },
  C013: {
    topic: "new member",
    summary: "A frozen version gets no new messages, cases or enum values.",
    verdict: "refuses; warns where the enum keeps unknown values",
    allowedBy: "--allow",
  },
  C020: {
    topic: "deleted",
    summary: "What a frozen version has stays in the schema; newer versions can remove it.",
    verdict: "refuses",
  },
  C021: {
    topic: "used before",
    summary: "A tag or name that something had once is not given to something else.",
    verdict: "refuses",
  },
  C022: { topic: "tag", summary: "A tag stays as it is.", verdict: "refuses" },
  C030: {
    topic: "renamed",
    summary: "A name that programs use stays as it is.",
    verdict: "refuses, unless allowed",
    allowedBy: "--allow-source",
  },
  C031: {
    topic: "alias",
    summary: "An alias may be replaced by what it stands for, and the other way.",
    verdict: "allows",
  },
  C032: {
    topic: "enum and union",
    summary: "An enum may become a union whose cases of the frozen version are empty.",
    verdict: "allows",
  },
  C033: {
    topic: "struct",
    summary: "A struct is not replaced by its fields, or the other way.",
    verdict: "refuses, unless allowed",
    allowedBy: "--allow-source",
  },
  C040: { topic: "presence", summary: "A field stays optional, or stays required.", verdict: "refuses" },
  C041: {
    topic: "presence",
    summary: "A draft version may require what an older one leaves optional, with a default.",
    verdict: "allows",
  },
  C042: {
    topic: "default",
    summary: "What readers see in the place of a field that a version lacks stays as it is.",
    verdict: "refuses",
  },
  C043: {
    topic: "ignorable",
    summary: "What could be dropped silently stays so.",
    verdict: "warns",
    allowedBy: "--allow",
  },
  C044: { topic: "prefix", summary: "A length or count stays signed, or stays unsigned.", verdict: "refuses" },
  C050: {
    topic: "version status",
    summary: "A version that was frozen stays declared, and frozen or retired.",
    verdict: "refuses",
  },
  C051: { topic: "field order", summary: "A new field comes last.", verdict: "refuses, as V004" },
  C052: {
    topic: "lock",
    summary: "A frozen version is locked, and its examples stay as they are.",
    verdict: "refuses, unless allowed; warns where the schema has no lock",
    allowedBy: "--allow",
  },
  C060: {
    topic: "flow",
    summary: "A message that asks keeps its answers and what ties them to it.",
    verdict: "warns",
    allowedBy: "--allow",
  },
  C061: {
    topic: "prose",
    summary: "Docs, units, deprecations, further examples and the order of definitions may change.",
    verdict: "allows",
  },
};
