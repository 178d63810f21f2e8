/**
 * Names a lint: what the language allows and a schema is better without. L001 and L002 are errors (see rules.ts), since
 * nothing good comes of breaking them. Ids are never given to another lint.
 */
export type LintId =
  | "L010"
  | "L011"
  | "L012"
  | "L013"
  | "L014"
  | "L015"
  | "L016"
  | "L017"
  | "L018"
  | "L019"
  | "L020"
  | "L021"
  | "L022";

export interface Lint {
  /** What the lint is about, in a word or two; stands in every diagnostic. */
  readonly topic: string;
  /** What holds in a schema that the lint has nothing to say about. */
  readonly summary: string;
  /** Why that is better. */
  readonly reason: string;
}

/** Every lint, in the order in which they are listed. */
export const lints: Readonly<Record<LintId, Lint>> = {
  L010: {
    topic: "doc",
    summary: "A doc is a sentence: it begins with a capital letter and ends with a full stop.",
    reason: "Docs stand one below the other in generated code and in `hawser explain`.",
  },
  L011: {
    topic: "doc",
    summary: "A doc says more than the name that it belongs to.",
    reason: "`sessionId: The session's id.` costs a line and answers no question.",
  },
  L012: {
    topic: "unit",
    summary: "An integer whose name says that it is a time or a size has a `unit`.",
    reason: "Seconds taken for milliseconds are found in production.",
  },
  L013: {
    topic: "no limit",
    summary: "A length or count of 32 bits has an upper limit, unless the frame has a `maxSize`.",
    reason: "Every reader has one, and two that chose differently do not understand each other.",
  },
  L014: {
    topic: "no effect",
    summary: "A constraint excludes something that the type would take.",
    reason: "A limit that is none looks as if somebody had thought about it.",
  },
  L015: {
    topic: "64 bits",
    summary: "A number that never leaves the safe integers is `i53` or `u53`, not `i64` or `u64`.",
    reason: "The bytes are the same, and in TypeScript it is a `number` rather than a `bigint`.",
  },
  L016: {
    topic: "signed length",
    summary: "Lengths and counts are unsigned.",
    reason: "Signed ones give half of their range to numbers that every reader has to refuse.",
  },
  L017: {
    topic: "tag gap",
    summary: "A tag that is left out between others is `reserved`.",
    reason: "If something had it once, the next who adds something will take it.",
  },
  L018: {
    topic: "example",
    summary: "An example differs from the default.",
    reason: "A test vector that holds the default does not show whether the field was read.",
  },
  L019: {
    topic: "unknown values",
    summary: "An enum says what becomes of values that are not listed: `unknown: reject` or `keep`.",
    reason: "It decides whether values can be added later, and it cannot be changed in a frozen version.",
  },
  L020: {
    topic: "uuid",
    summary: "A UUID is a `uuid`.",
    reason: "That takes 16 bytes instead of 37, and there is one spelling of each.",
  },
  L021: {
    topic: "pattern",
    summary: "A pattern repeats nothing that is a repetition itself.",
    reason: "What a peer sends can take time that doubles with every character.",
  },
  L022: {
    topic: "lint comment",
    summary: "A comment that allows a lint has something to allow.",
    reason: "Else it hides the next thing that goes wrong there.",
  },
};
