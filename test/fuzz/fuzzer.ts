import { Chance, seedFor } from "./chance.ts";
import { Corpus } from "./corpus.ts";
import { Coverage } from "./coverage.ts";
import { type Attack, chooseAttack, examineAttack } from "./hostile.ts";
import { mutated } from "./mutator.ts";
import { examineFrame } from "./oracle.ts";
import type { Decoded, Target } from "./targets.ts";

/** An input that broke a promise. */
export interface Finding {
  readonly target: string;
  readonly frame: Uint8Array;
  /** What was done to the decoded message before it was encoded, where that was the matter. */
  readonly attack: Attack | undefined;
  readonly error: Error;
}

/** Runs inputs through one target, keeps those that reach something new, and collects what it finds. */
export class Fuzzer {
  readonly target: Target;
  /** Of decoding, and of encoding what was decoded: what leads to new inputs. */
  readonly coverage: Coverage;
  /** Of encoding messages in which something is wrong. */
  readonly attackCoverage: Coverage;
  readonly corpus: Corpus = new Corpus();
  readonly findings: Finding[] = [];
  executions = 0;
  readonly #chance: Chance;
  readonly #known = new Set<string>();

  constructor(target: Target, seed: number) {
    this.target = target;
    this.coverage = new Coverage(target.modules);
    this.attackCoverage = new Coverage(target.modules);
    this.#chance = new Chance(seedFor(seed, target.name));
    for (const input of target.seeds) this.#try(input);
    if (this.corpus.size === 0) this.corpus.add(new Uint8Array());
  }

  /** Tries one more input, made of one that the corpus has. The same ones in the same order for the same seed. */
  step(): void {
    const sources = { dictionary: this.target.dictionary, other: () => this.corpus.any(this.#chance) };
    const decoded = this.#try(mutated(this.corpus.choose(this.#chance), sources, this.#chance));
    if (decoded !== undefined) this.#attack(decoded.frame, decoded.decoded);
  }

  /** The smallest inputs that together reach what was reached, but for very long ones. */
  minimised(): readonly Uint8Array[] {
    const coverage = new Coverage(this.target.modules);
    const bySize = [...this.corpus.inputs].sort((a, b) => a.length - b.length || Buffer.compare(a, b));
    const short = bySize.filter(({ length }) => length <= KEPT_BYTES_MAX);
    return short.filter((input) => {
      coverage.clear();
      return examined(this.target, input) === undefined && coverage.observe();
    });
  }

  #try(input: Uint8Array): { readonly frame: Uint8Array; readonly decoded: Decoded } | undefined {
    this.executions += 1;
    this.coverage.clear();
    let decoded: Decoded | undefined;
    try {
      decoded = examineFrame(this.target, input);
    } catch (error) {
      this.#found(input, undefined, error);
      return undefined;
    }
    if (this.coverage.observe()) {
      const reached = this.#reached(input);
      this.corpus.add(trimmed(input, (candidate) => this.#reached(candidate) === reached));
    }
    return decoded && { frame: input, decoded };
  }

  #attack(frame: Uint8Array, decoded: Decoded): void {
    this.executions += 1;
    const attack = chooseAttack(decoded.message, this.#chance);
    this.attackCoverage.clear();
    try {
      examineAttack(this.target, decoded, attack);
      this.attackCoverage.observe();
    } catch (error) {
      this.#found(frame, attack, error);
    }
  }

  /** The sizes of all counts after an input, as a text that can be compared. */
  #reached(input: Uint8Array): string | undefined {
    this.executions += 1;
    this.coverage.clear();
    return examined(this.target, input) === undefined ? this.coverage.snapshot() : undefined;
  }

  #found(frame: Uint8Array, attack: Attack | undefined, cause: unknown): void {
    const error = asError(cause);
    const signature = signatureOf(error);
    if (this.#known.has(signature)) return;
    this.#known.add(signature);
    const isSame = (candidate: Uint8Array) => {
      this.executions += 1;
      const other = examined(this.target, candidate, attack);
      return other !== undefined && signatureOf(other) === signature;
    };
    this.findings.push({ target: this.target.name, frame: trimmed(frame, isSame), attack, error });
  }
}

/** Longer inputs take more room in the repository than they are worth: they reach nothing but loops that run longer. */
const KEPT_BYTES_MAX = 1_024;

/** What a frame breaks, or undefined. */
export function examined(target: Target, frame: Uint8Array, attack?: Attack): Error | undefined {
  try {
    const decoded = examineFrame(target, frame);
    if (attack !== undefined && decoded !== undefined) examineAttack(target, decoded, attack);
    return undefined;
  } catch (error) {
    return asError(error);
  }
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(`threw ${String(thrown)}`);
}

/** What an error says without the values in it, and where it comes from: findings that share it are one. */
function signatureOf(error: Error): string {
  const [, origin = ""] = error.stack?.match(/\n\s+at (\S+)/) ?? [];
  return `${error.name} ${origin} ${error.message.replaceAll(/"[^"]*"|[0-9]+/g, "")}`;
}

/** The input without the blocks that can be left out while it stays what it is. Smaller blocks of large inputs stay. */
function trimmed(input: Uint8Array, isSame: (candidate: Uint8Array) => boolean): Uint8Array {
  let result = input;
  for (let size = input.length >> 1; size > input.length >> 8; size >>= 1) {
    for (let at = 0; at + size <= result.length; ) {
      const candidate = new Uint8Array(result.length - size);
      candidate.set(result.subarray(0, at));
      candidate.set(result.subarray(at + size), at);
      if (isSame(candidate)) result = candidate;
      else at += size;
    }
  }
  return result;
}
