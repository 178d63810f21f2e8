import type { EvolutionRuleId } from "./evolution-rules.ts";

/** What `hawser check` does about a change: refuses it, warns of it, or mentions it. */
export type Verdict = "refused" | "warning" | "note";

/** One change between two states of a schema, judged by a rule. */
export interface Finding {
  readonly rule: EvolutionRuleId;
  readonly verdict: Verdict;
  /** The version that changed; `undefined` for what concerns the whole schema. */
  readonly version: number | undefined;
  /** What changed: `client.Query.payload was bytes<i32> and is bytes<u32>`. */
  readonly message: string;
  /** What would be right. */
  readonly hint?: string;
  /** To the part of the newer schema; where it is gone, the nearest part around it is meant. */
  readonly pointer: string;
}

/** A part of a schema. */
export interface Place {
  /** For people: `client.Query.payload`. */
  readonly label: string;
  /** Into the newer schema. */
  readonly pointer: string;
}

/** Collects the changes of one version, each once. */
export class Findings {
  readonly #version: number | undefined;
  readonly #isDraft: boolean;
  readonly #findings: Finding[] = [];

  /** While a version is a draft, everything may change, and all changes are notes. */
  constructor(version: number | undefined, isDraft: boolean) {
    this.#version = version;
    this.#isDraft = isDraft;
  }

  /** `change` goes on after the label of the place: `was bytes<i32> and is bytes<u32>`. */
  report(rule: EvolutionRuleId, verdict: Verdict, place: Place, change: string, hint?: string): void {
    const message = `${place.label} ${change}`;
    if (this.#findings.some((other) => other.rule === rule && other.message === message)) return;
    const graded = this.#isDraft ? "note" : verdict;
    const finding = { rule, verdict: graded, version: this.#version, message, pointer: place.pointer };
    this.#findings.push(hint === undefined || this.#isDraft ? finding : { ...finding, hint });
  }

  get list(): readonly Finding[] {
    return this.#findings;
  }
}
