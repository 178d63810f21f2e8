import { prefixMax } from "../layout.ts";
import type { LengthType } from "../type-expression.ts";

/** A tag that nothing has: the one behind the greatest, where there is one. `undefined` where all are taken. */
export function unusedTag(used: readonly number[], type: LengthType): number | undefined {
  const taken = new Set(used);
  const next = Math.max(0, ...taken) + 1;
  if (next <= prefixMax(type)) return next;
  for (let tag = 0; tag < prefixMax(type); tag++) if (!taken.has(tag)) return tag;
  return undefined;
}
