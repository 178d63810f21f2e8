/** A promise that was not kept in a simulated world. */
export class Violation extends Error {
  override readonly name = "Violation";
  /** Which promise: the name of its checker. */
  readonly promise: PromiseName;

  constructor(promise: PromiseName, message: string) {
    super(`${promise}: ${message}`);
    this.promise = promise;
  }
}

/** What the simulator checks. docs/guarantees.md says for each what it means. */
export type PromiseName =
  | "linearizable"
  | "exactly once"
  | "honest outcome"
  | "answered means committed"
  | "members agree"
  | "session kept"
  | "lease kept"
  | "end respected"
  | "server requests"
  | "bounded memory"
  | "quiescence"
  | "versions"
  | "own session"
  | "authorized"
  | "rates"
  | "fair share"
  | "patience"
  | "no fault of ours";

/** Throws unless something holds. `problem` is made only then: most checks pass. */
export function check(holds: boolean, promise: PromiseName, problem: () => string): asserts holds {
  if (!holds) throw new Violation(promise, problem());
}
