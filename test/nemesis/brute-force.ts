import type { Operation } from "./history.ts";

/** Tries every order of the operations of one register: an oracle for checkers, for histories of a few operations. */
export function isLinearizable(operations: readonly Operation[], value: number = 0): boolean {
  if (operations.every((operation) => operation.return === null)) return true;
  return operations.some((next, at) => {
    const others = operations.filter((_, other) => other !== at);
    if (others.some((other) => other.return !== null && other.return < next.invoke)) return false;
    return valuesAfter(next, value).some((after) => isLinearizable(others, after));
  });
}

/** The values that a register may have after an operation that found a value there; none where it cannot have found it. */
function valuesAfter({ f, in: input, out }: Operation, value: number): readonly number[] {
  if (f === "read") return out === null || out === value ? [value] : [];
  if (typeof input === "number") return [input];
  const [expected = 0, written = 0] = input ?? [];
  if (out !== null && out !== (value === expected)) return [];
  return [value === expected ? written : value];
}
