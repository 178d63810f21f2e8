import { MapEntries, type Reading } from "./reading.ts";

/**
 * The first place where what a reader found is not what it had to find; `undefined` where all of it agrees.
 *
 * Languages without an unsigned number of 64 bits show a great one as negative, and those without absent values show a zero
 * or nothing where a flag says that a value is not there.
 */
export function differenceOf(found: Reading | undefined, expected: Reading, path = "frame"): string | undefined {
  if (expected instanceof MapEntries) {
    if (!Array.isArray(found)) return `${path} is ${shown(found)}, expected a list`;
    return differenceOf(inOrder(found), inOrder(expected.entries), path);
  }
  if (typeof expected === "string") {
    return isSameScalar(found, expected) ? undefined : `${path} is ${shown(found)}, expected ${expected}`;
  }
  if (Array.isArray(expected)) {
    // In Go bytes and a list of numbers that take a byte are one type.
    if (typeof found === "string" && found.startsWith("x")) {
      return differenceOf(Array.from(Buffer.from(found.slice(1), "hex"), String), expected, path);
    }
    if (!Array.isArray(found)) return `${path} is ${shown(found)}, expected a list`;
    if (found.length !== expected.length) return `${path} has ${found.length} elements, expected ${expected.length}`;
    return firstOf(expected.map((element, index) => () => differenceOf(found[index], element, `${path}[${index}]`)));
  }
  if (typeof found !== "object" || found === null || Array.isArray(found))
    return `${path} is ${shown(found)}, expected an object`;
  const actual = byPlainName(found);
  const wanted = byPlainName(expected);
  for (const [id, value] of actual) {
    if (!wanted.has(id) && !isNothing(value)) return `${path}.${id} is ${shown(value)}, expected nothing`;
  }
  return firstOf(
    [...wanted].map(
      ([id, value]) =>
        () =>
          differenceOf(actual.get(id), value, `${path}.${id}`),
    ),
  );
}

/** `lenSessionId`, `LenSessionId` and `len_session_id` are one name, as different languages write it. */
function byPlainName(reading: object): Map<string, Reading> {
  return new Map(
    Object.entries(reading).map(([id, value]) => [id.replaceAll("_", "").toLowerCase(), value as Reading]),
  );
}

function firstOf(looks: readonly (() => string | undefined)[]): string | undefined {
  for (const look of looks) {
    const difference = look();
    if (difference !== undefined) return difference;
  }
  return undefined;
}

function inOrder(entries: readonly Reading[]): Reading[] {
  const keyOf = (entry: Reading) => String(byPlainName(Object(entry)).get("key"));
  return entries.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

function isSameScalar(found: Reading | undefined, expected: string): boolean {
  if (typeof found !== "string") return false;
  if (found === expected) return true;
  if (found.startsWith("x") || expected.startsWith("x")) return false;
  const isWhole = /^(?:0|-?[1-9][0-9]*)$/;
  if (!isWhole.test(expected) || !isWhole.test(found)) return Object.is(numberOf(found), numberOf(expected));
  const [a, b] = [BigInt(found), BigInt(expected)];
  return a === b || (b > 2n ** 63n - 1n && BigInt.asUintN(64, a) === b);
}

/** A floating point number as any language writes it. */
function numberOf(text: string): number {
  if (/nan/i.test(text)) return Number.NaN;
  if (/inf/i.test(text)) return text.startsWith("-") ? -Infinity : Infinity;
  return Number(text);
}

/** What a language without absent values shows for one. */
function isNothing(found: Reading | undefined): boolean {
  if (found === undefined || found === null) return true;
  if (typeof found === "string") return ["0", "x", "false"].includes(found) || Number(found) === 0;
  return Array.isArray(found) && found.length === 0;
}

function shown(found: Reading | undefined): string {
  const text = JSON.stringify(found) ?? "absent";
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
