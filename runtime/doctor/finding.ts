/** What can be found; docs/doctor.md explains each. */
export const findingCodes = [
  "name-not-resolved",
  "port-closed",
  "unreachable",
  "silent",
  "closed-at-once",
  "not-zmtp",
  "old-zmtp",
  "wrong-socket-type",
  "server-wants-keys",
  "server-has-no-keys",
  "other-mechanism",
  "server-key-wrong",
  "client-key-refused",
  "handshake-failed",
  "not-hawser",
  "too-new",
  "old-version",
  "no-answer",
  "dropped",
  "unauthorized",
  "refused",
  "overloaded",
  "cluster-unavailable",
  "not-leader",
  "no-leader",
  "leader-address-unknown",
  "leaders-in-circle",
  "not-closed",
  "clock-differs",
  "slow",
] as const;

export type FindingCode = (typeof findingCodes)[number];

/** Something that is not as it should be, and the way out. */
export interface Finding {
  readonly code: FindingCode;
  /** `problem`: clients are not served at this address. `warning`: they are, and something wants to be looked at. */
  readonly severity: "problem" | "warning";
  /** What is wrong, in a sentence for people. */
  readonly what: string;
  /** What to do about it. */
  readonly cure: string;
}

/** What a step came to: a value to go on with, or the problem that ends it. */
export type Outcome<Value> =
  | {
      readonly value: Value;
      /** What was found, in a few words. */
      readonly detail: string;
      readonly warnings?: readonly Finding[];
    }
  | { readonly problem: Finding };

/** The end of a step, and of what would come after it. */
export function problem(code: FindingCode, what: string, cure: string): { readonly problem: Finding } {
  return { problem: { code, severity: "problem", what, cure } };
}

export function warning(code: FindingCode, what: string, cure: string): Finding {
  return { code, severity: "warning", what, cure };
}
