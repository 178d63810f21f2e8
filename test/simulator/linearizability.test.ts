import { expect, test } from "vitest";
import { seededRandom } from "../seeded-random.ts";
import { checkRegister, type RegisterOperation } from "./linearizability.ts";

test("operations one after the other", () => {
  expect(checkRegister([swap(1, 0, 1, 2), read(1, 3, 4), swap(2, 1, 5, 6), read(2, 7, 8)])).toBe("linearizable");
  expect(checkRegister([])).toBe("linearizable");
});

test("a read of what was overwritten before it began", () => {
  expect(checkRegister([swap(1, 0, 1, 2), swap(2, 1, 3, 4), read(1, 5, 6)])).toBe("not linearizable");
  expect(checkRegister([swap(1, 0, 1, 2), read(0, 3, 4)])).toBe("not linearizable");
});

test("concurrent operations may be seen in either order, but in one", () => {
  expect(checkRegister([swap(1, 0, 1, 10), read(0, 2, 3), read(1, 4, 5)])).toBe("linearizable");
  expect(checkRegister([swap(1, 0, 1, 10), read(1, 2, 3), read(0, 4, 5)])).toBe("not linearizable");
});

test("a swap that nobody saw the end of took effect, or did not", () => {
  const lost = swap(1, undefined, 1, Number.POSITIVE_INFINITY);
  expect(checkRegister([lost, read(0, 2, 3)])).toBe("linearizable");
  expect(checkRegister([lost, read(0, 2, 3), read(1, 4, 5), swap(2, 1, 6, 7)])).toBe("linearizable");
  expect(checkRegister([lost, read(1, 2, 3), read(0, 4, 5)])).toBe("not linearizable");
  expect(checkRegister([swap(3, undefined, 5, Number.POSITIVE_INFINITY), read(3, 1, 2)])).toBe("not linearizable");
});

test("two swaps that saw the same", () => {
  expect(checkRegister([swap(1, 0, 1, 5), swap(2, 0, 2, 6)])).toBe("not linearizable");
});

test("histories of a real register, and the same with one read changed", () => {
  for (let seed = 1; seed <= 200; seed++) {
    const history = recorded(seededRandom(seed));
    expect(checkRegister(history), `seed ${seed}`).toBe("linearizable");
    const at = history.findIndex(({ type, returnedAt }) => type === "read" && returnedAt !== Number.POSITIVE_INFINITY);
    const changed = history.map((operation, index) => (index === at ? { ...operation, seen: 9_999 } : operation));
    if (at >= 0) expect(checkRegister(changed), `seed ${seed}`).toBe("not linearizable");
  }
});

/** Four callers with overlapping operations, each of which takes effect at one moment; some ends are lost. */
function recorded(random: () => number): readonly RegisterOperation[] {
  const moments = Array.from({ length: 60 }, (_, at) => {
    const effectAt = random() * 100;
    return {
      at,
      effectAt,
      calledAt: effectAt - random() * 5,
      returnedAt: effectAt + random() * 5,
      isSwap: random() < 0.5,
    };
  }).sort((one, other) => one.effectAt - other.effectAt);
  let value = 0;
  return moments.map(({ at, calledAt, returnedAt, isSwap }) => {
    const isLost = random() < 0.1;
    const end = isLost ? Number.POSITIVE_INFINITY : returnedAt;
    const seen = isLost ? undefined : value;
    if (isSwap) value = at + 1;
    return isSwap ? swap(at + 1, seen, calledAt, end) : { ...read(0, calledAt, end), seen };
  });
}

function swap(written: number, seen: number | undefined, calledAt: number, returnedAt: number): RegisterOperation {
  return { type: "swap", written, seen, calledAt, returnedAt };
}

function read(seen: number, calledAt: number, returnedAt: number): RegisterOperation {
  return { type: "read", written: 0, seen, calledAt, returnedAt };
}
