import fc from "fast-check";
import { expect, test } from "vitest";
import { type CachedResponse, KeptResponses } from "../../runtime/protocol/kept-responses.ts";
import { limits } from "../../runtime/protocol/limits.ts";

/** A third of what one session may keep, so that a few of them are too much. */
const long = new Uint8Array(limits.cachedResponseBytesMax / 3);

const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant("add" as const),
      /** Above the highest id so far, or anywhere. */
      from: fc.oneof(fc.constant("next" as const), fc.integer({ min: -20, max: 60 }), fc.constantFrom(65_000, 2 ** 40)),
      kinds: fc.array(
        fc.oneof(
          { weight: 1, arbitrary: fc.constant("long") },
          { weight: 9, arbitrary: fc.constantFrom("short", "refused", "nothing") },
        ),
        { minLength: 1, maxLength: 12 },
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("drop" as const), below: fc.integer({ min: -20, max: 80 }) }) },
);

/** The same, written as plainly as can be. */
class Model {
  readonly responses = new Map<number, CachedResponse>();

  get sorted(): readonly CachedResponse[] {
    return [...this.responses.values()].sort((one, other) => one.requestId - other.requestId);
  }

  add(response: CachedResponse): void {
    this.responses.set(response.requestId, response);
    for (const { requestId, index, refusal } of this.sorted) {
      const bytes = this.sorted.reduce(
        (sum, each) => sum + (each.result?.length ?? 0) + (each.refusal?.length ?? 0),
        0,
      );
      if (bytes <= limits.cachedResponseBytesMax) return;
      const rest = refusal === undefined ? undefined : "";
      this.responses.set(requestId, { requestId, index, result: undefined, refusal: rest });
    }
  }
}

test("keeps, finds, forgets and drops what a map would, in whatever order ids come", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      const kept = new KeptResponses();
      const model = new Model();
      for (const each of steps) {
        if (each.type === "drop") {
          kept.dropBelow(each.below);
          for (const id of [...model.responses.keys()]) if (id < each.below) model.responses.delete(id);
        } else {
          const first = each.from === "next" ? (model.sorted.at(-1)?.requestId ?? 0) + 1 : each.from;
          const responses = each.kinds.map((kind, position) => response(first + position, kind));
          const fresh = responses.filter(({ requestId }) => !model.responses.has(requestId));
          kept.add(fresh);
          for (const one of fresh) model.add(one);
        }
        expect([...kept].map(told)).toEqual(model.sorted.map(told));
        expect(kept.size).toBe(model.responses.size);
        for (let id = -21; id < 82; id++) expect(kept.get(id)?.requestId).toBe(model.responses.get(id)?.requestId);
      }
    }),
    { numRuns: 200 },
  );
});

test("a session that had many answers, far apart, has the memory of those that are left", () => {
  const kept = new KeptResponses();
  for (let id = 1; id < limits.requestWindow; id += 7) kept.add([response(id, "short")]);
  kept.dropBelow(limits.requestWindow - 2);
  expect([...kept].length).toBeLessThan(2);
  kept.add([response(2 ** 50, "short")]);
  expect(kept.get(2 ** 50)?.requestId).toBe(2 ** 50);
});

test("what is kept of a view does not hold what is around it", () => {
  const entry = new Uint8Array(1_000_000);
  const kept = new KeptResponses();
  kept.add([{ requestId: 1, index: 1, result: entry.subarray(100, 164), refusal: undefined }]);
  const few = Array.from({ length: 20 }, (_, at) => entry.subarray(at * 64, at * 64 + 64));
  kept.add(few.map((result, at) => ({ requestId: 2 + at, index: 1, result, refusal: undefined })));
  entry.fill(1); // It is not read from there any more.
  for (const { result } of kept) {
    expect(result).toEqual(new Uint8Array(64));
    expect(result?.buffer.byteLength).toBe(64);
  }
});

function response(requestId: number, kind: string): CachedResponse {
  const index = Math.abs(requestId) % 100;
  if (kind === "refused") return { requestId, index, result: undefined, refusal: `not ${requestId}` };
  if (kind === "nothing") return { requestId, index, result: undefined, refusal: undefined };
  return { requestId, index, result: kind === "long" ? long : Uint8Array.of(index), refusal: undefined };
}

/** Long results by their length: to compare them byte by byte would take minutes. */
function told({ requestId, index, result, refusal }: CachedResponse): unknown {
  return [requestId, index, result === undefined ? "-" : result.length > 1 ? result.length : result[0], refusal];
}
