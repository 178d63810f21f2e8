/** Names a rule of the schema language; the letter says what it is about. Ids are never given to another rule. */
export type RuleId =
  | "S001"
  | "S002"
  | "S003"
  | "S004"
  | "S005"
  | "S006"
  | "S010"
  | "S011"
  | "S012"
  | "S013"
  | "S014"
  | "V001"
  | "V002"
  | "V003"
  | "V004"
  | "V005"
  | "V006"
  | "V007"
  | "V008"
  | "V009"
  | "U001"
  | "U002"
  | "U003"
  | "T001"
  | "T002"
  | "T003"
  | "T004"
  | "T005"
  | "R001"
  | "R002"
  | "R003"
  | "R004"
  | "R005"
  | "R006"
  | "R007"
  | "E001"
  | "E002"
  | "E003"
  | "E004"
  | "E005"
  | "F001"
  | "F002"
  | "F003"
  | "N001"
  | "N002"
  | "N003"
  | "A001"
  | "A002"
  | "K020"
  | "L001"
  | "L002";

export interface Rule {
  /** What the rule is about, in a word or two; stands in every diagnostic. */
  readonly topic: string;
  /** What holds in a schema that keeps the rule. */
  readonly summary: string;
}

/** Every rule that a schema is checked against, except those that compare it with a released one. */
export const rules: Readonly<Record<RuleId, Rule>> = {
  S001: { topic: "yaml", summary: "The file is well-formed YAML 1.2 with one document." },
  S002: { topic: "tab", summary: "Indentation is made of spaces." },
  S003: { topic: "duplicate key", summary: "A key stands once in its mapping." },
  S004: {
    topic: "yaml feature",
    summary: "A schema says what it means: no anchors, aliases, merge keys, tags or keys that are not plain names.",
  },
  S005: { topic: "schema", summary: "The file holds a mapping." },
  S006: { topic: "too large", summary: "The file is at most 1 MiB and at most 32 levels deep." },
  S010: { topic: "shape", summary: "A value has the kind and form that its key asks for." },
  S011: { topic: "key", summary: "A key is one that the language knows." },
  S012: { topic: "key", summary: "What must be said is said." },
  S013: { topic: "choice", summary: "A value is one of those offered." },
  S014: {
    topic: "name",
    summary: "Types, values, cases and messages are UpperCamelCase; fields, families and flows lowerCamelCase.",
  },

  V001: { topic: "version gap", summary: "Versions run 1, 2, 3, … without gaps." },
  V002: { topic: "version", summary: "A version in `since`, `removed` or `deprecated` is declared under `versions`." },
  V003: {
    topic: "lifetime",
    summary: "Nothing is older or lives longer than what contains it, or is removed before it is there.",
  },
  V004: {
    topic: "field order",
    summary: "New fields go last, so that a version's bytes begin with those of the version before.",
  },
  V005: { topic: "default", summary: "A field that some version of its message lacks is optional or has a default." },
  V006: { topic: "no effect", summary: "`default` and `ignorable` stand only where a version lacks the field." },
  V007: {
    topic: "version on the wire",
    summary: "With more than one version the frame carries the version, and every version fits it.",
  },
  V008: {
    topic: "availability",
    summary: "A field uses only types that are there in every version that has the field.",
  },
  V009: {
    topic: "version status",
    summary: "Statuses go from retired over frozen to draft, and not every version is retired.",
  },

  U001: { topic: "duplicate tag", summary: "A tag stands for one thing in its enum, union or family." },
  U002: { topic: "tag range", summary: "A tag fits the type that carries it." },
  U003: {
    topic: "reserved",
    summary: "A reserved tag or name is not used again, and belongs to a family that exists.",
  },

  T001: { topic: "type", summary: "A type is well-formed; only fields are optional." },
  T002: { topic: "type", summary: "A type that is used is declared under `types`." },
  T003: { topic: "map key", summary: "Keys of a map are strings." },
  T004: {
    topic: "message type",
    summary: "`message<L>` stands in the field of a message, whose family has messages that it can hold.",
  },
  T005: {
    topic: "rest",
    summary: "What has the length `rest` is the last field of a message, always there, and no part of another type.",
  },

  R001: { topic: "constraint", summary: "A constraint stands on a type that it can constrain." },
  R002: {
    topic: "range",
    summary: "The lower end of a range is not above the upper one, and a range has at least one end.",
  },
  R003: { topic: "range", summary: "A range lies inside what its type can carry." },
  R004: { topic: "pattern", summary: "A pattern is a regular expression of JavaScript with the flag u." },
  R005: {
    topic: "no effect",
    summary: "`check` stands beside a constraint, `unit` and `as` on an integer, `as` beside a unit of time.",
  },
  R006: { topic: "not", summary: "What `not` lists are values of the type, each once." },
  R007: { topic: "constraint", summary: "Constraints together allow at least one value." },

  E001: { topic: "example", summary: "An example names fields, values and cases that exist." },
  E002: { topic: "value", summary: "An example or default is a value of its type." },
  E003: { topic: "value", summary: "An example or default keeps the constraints." },
  E004: { topic: "example", summary: "Every field can give an example." },
  E005: { topic: "value", summary: "An example or default of a struct or union has every field that is not optional." },

  F001: { topic: "flow", summary: "A flow names messages that exist in exactly one family." },
  F002: { topic: "flow", summary: "The field to match on is in every message of the flow." },
  F003: { topic: "flow", summary: "The field to match on has the same type everywhere and is never absent." },

  N001: { topic: "name clash", summary: "Everything that becomes a type in TypeScript has a name of its own." },
  N002: { topic: "reserved name", summary: "A name is not one that a programming language has taken." },
  N003: { topic: "name case", summary: "Names in one place differ in more than case." },

  A001: { topic: "amplification", summary: "Every entry of a list or map takes at least one byte on the wire." },
  A002: { topic: "recursion", summary: "A type does not contain itself." },
  K020: {
    topic: "bit packing",
    summary:
      "In a bit-packed version only simple values follow flags, no bool is optional, and structured types hold no flags.",
  },

  L001: { topic: "unused", summary: "Every type is used." },
  L002: { topic: "missing doc", summary: "A field of an unnamed type says what it is." },
};
