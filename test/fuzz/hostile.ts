import type { Chance } from "./chance.ts";
import {
  attempt,
  isSameError,
  requireSameBytes,
  requireThat,
  requireWireFault,
  WORK_BASE,
  WORK_PER_BYTE,
} from "./oracle.ts";
import type { Decoded, Target } from "./targets.ts";

/** A value in a good message that is replaced by one that no codec should be given. */
export interface Attack {
  /** Fields, indices and keys that lead to the value; none for the message itself. */
  readonly at: readonly (string | number)[];
  /** Which of the hostile values takes its place. */
  readonly value: string;
}

/** By name, so that what was found can be written down and done again. */
const hostileValues: Readonly<Record<string, unknown>> = {
  "left out": undefined,
  undefined: undefined,
  null: null,
  true: true,
  zero: 0,
  "minus zero": -0,
  "minus one": -1,
  "a half": 0.5,
  255: 255,
  256: 256,
  65536: 65_536,
  "2^31": 2 ** 31,
  "2^32": 2 ** 32,
  "2^53": 2 ** 53,
  "-2^53": -(2 ** 53),
  "1e300": 1e300,
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  "zero as a bigint": 0n,
  "minus one as a bigint": -1n,
  "2^63 as a bigint": 2n ** 63n,
  "2^64 as a bigint": 2n ** 64n,
  "a huge bigint": 2n ** 4_096n,
  "an empty text": "",
  "a digit": "7",
  "a lone surrogate": "\ud800",
  "the name of the prototype": "__proto__",
  "a text of 256 bytes": "x".repeat(256),
  "a text of 256 characters and 768 bytes": "€".repeat(256),
  "a text of 65,536 bytes": "x".repeat(65_536),
  "a text of 40,000 characters and 80,000 bytes": "é".repeat(40_000),
  "a long text with a lone surrogate": `${"x".repeat(5_000)}\udfff`,
  "no bytes": new Uint8Array(),
  "17 bytes": new Uint8Array(17),
  "65,536 bytes": new Uint8Array(65_536),
  "a Buffer": Buffer.from("hostile"),
  "a DataView": new DataView(new ArrayBuffer(8)),
  "numbers of 16 bits": Uint16Array.of(1, 2, 3),
  "an ArrayBuffer": new ArrayBuffer(8),
  "bytes of a small heap": new Uint8Array(new SharedArrayBuffer(8)),
  "an empty array": [],
  "an array of nothing": new Array(3),
  "an array of arrays": [[], [[]]],
  "65,536 numbers": new Array(65_536).fill(0),
  "an empty object": {},
  "an object without a prototype": Object.assign(Object.create(null), { type: "Nothing", unknown: 7 }),
  "an object with an unknown type": { type: "Nobody" },
  "an object whose type is a symbol": { type: Symbol("type") },
  "an unknown number": { unknown: 3 },
  "a number that is too large to be unknown": { unknown: 2 ** 40 },
  "something unknown that is no number": { unknown: "seven" },
  "an object with an empty key": { "": "" },
  "an object with a prototype for a key": { ["__proto__"]: "x" },
  "an object with a number for a value": { key: 7 },
  "a key with a lone surrogate": { "\udc00": "x" },
  "65,536 entries": Object.fromEntries(Array.from({ length: 65_536 }, (_, index) => [`k${index}`, "v"])),
  "a Map": new Map([["a", "b"]]),
  "a Set": new Set(["a"]),
  "a Date": new Date(0),
  "a boxed text": new String("text"),
  "a boxed number": new Number(7),
  "a symbol": Symbol("hostile"),
  "a function": () => 7,
  "a promise": Promise.resolve(7),
};

const hostileNames = Object.keys(hostileValues);

export function isHostileName(name: string): boolean {
  return Object.hasOwn(hostileValues, name);
}

/** Chooses a value of the message, at any depth, and what takes its place. */
export function chooseAttack(message: unknown, chance: Chance): Attack {
  const at: (string | number)[] = [];
  for (let value = message; isContainer(value) && !chance.oneIn(6); ) {
    const keys = Object.keys(value);
    if (keys.length === 0) break;
    const key = chance.pick(keys);
    at.push(Array.isArray(value) ? Number(key) : key);
    value = Reflect.get(value, key);
  }
  return { at, value: chance.pick(hostileNames) };
}

/**
 * Encodes a good message with one value replaced. Either it is refused, with the name of the field that is to blame and
 * alike by every function, or it becomes a frame that a decoder takes.
 */
export function examineAttack(target: Target, decoded: Decoded, attack: Attack): void {
  // A decoder may take what no encoder does; another field than the attacked one is to blame then.
  if ("error" in attempt(target, HOSTILE_WORK_MAX, () => target.encode(decoded))) return;
  const attacked = { ...decoded, message: replaced(decoded.message, attack.at, attack.value) };
  const outcome = attempt(target, HOSTILE_WORK_MAX, () => target.encode(attacked));
  if ("error" in outcome) {
    requireWireFault(target, outcome.error, HOSTILE_BYTES_MAX);
    const { path, message } = outcome.error;
    // An entry of a map that is left out is a map with too few.
    const blamed = attack.value === "left out" ? attack.at.slice(0, -1) : attack.at;
    requireThat(isBlamed(path, blamed), `${attack.at.join(".")} is bad, and the error says: ${message}`);
    requireSameRefusal(target, attacked, outcome.error);
    return;
  }
  const workMax = WORK_BASE + WORK_PER_BYTE * outcome.value.length;
  const back = attempt(target, workMax, () => target.decode(outcome.value));
  requireThat("value" in back, "what was encoded cannot be decoded");
  requireFaithful(target, back.value.message, attack);
  const next = attempt(target, HOSTILE_WORK_MAX, () => target.encode(back.value));
  requireThat("value" in next && Buffer.compare(next.value, outcome.value) === 0, "encoding is not stable");
  requireSameBytes(target, attacked, outcome.value, HOSTILE_WORK_MAX);
}

/** Enough for the largest hostile value, in the place where it makes the most work. */
const HOSTILE_WORK_MAX = 20_000_000;
const HOSTILE_BYTES_MAX = 4_000_000;

function requireSameRefusal(target: Target, attacked: Decoded, error: unknown): void {
  const size = attempt(target, HOSTILE_WORK_MAX, () => target.byteLength(attacked));
  requireThat("error" in size && isSameError(size.error, error), "byteLengthOf refuses in other words than encode");
  for (const room of [16, 4_096]) {
    const memory = new Uint8Array(room);
    const into = attempt(target, HOSTILE_WORK_MAX, () => target.encodeInto(attacked, memory, 3));
    requireThat("error" in into && isSameError(into.error, error), "encodeInto refuses in other words than encode");
    requireThat(memory[0] === 0 && memory[1] === 0 && memory[2] === 0, "encodeInto writes before its offset");
  }
}

/** A text or number that was taken is the one that comes back. */
function requireFaithful({ traits }: Target, message: unknown, { at, value: name }: Attack): void {
  const given = hostileValues[name];
  const isExact =
    typeof given === "string" || typeof given === "bigint" || (Number.isInteger(given) && !traits.hasFloats);
  const isLoose = at.some((key) => key === "unknown" || traits.ignorableFields.has(String(key)));
  if (!isExact || isLoose) return;
  const back = at.reduce((value: unknown, key) => (isContainer(value) ? Reflect.get(value, key) : undefined), message);
  requireThat(back === given, `${at.join(".")} is ${name}, and becomes ${JSON.stringify(String(back))}`);
}

/** A copy of the containers on the way to the value, and the hostile one in its place. */
function replaced(value: unknown, at: readonly (string | number)[], name: string): unknown {
  const [key, ...rest] = at;
  if (key === undefined || !isContainer(value)) return hostileValues[name];
  const copy: object = Array.isArray(value) ? [...value] : { ...value };
  const part = replaced(Reflect.get(value, key), rest, name);
  if (rest.length === 0 && name === "left out") Reflect.deleteProperty(copy, key);
  // Not by assignment: the key may be `__proto__`.
  else Object.defineProperty(copy, key, { value: part, enumerable: true, configurable: true, writable: true });
  return copy;
}

/** Whether the path of an error leads through every part that leads to the value, in order. */
function isBlamed(path: string, at: readonly (string | number)[]): boolean {
  if (at.length === 0) return true;
  let from = 0;
  return at.every((key) => {
    const forms = typeof key === "number" ? [`[${key}]`] : [`.${key}`, `[${JSON.stringify(key)}]`];
    const found = forms.map((form) => [form, path.indexOf(form, from)] as const).find(([, start]) => start >= 0);
    if (found === undefined) return false;
    from = found[1] + found[0].length;
    return true;
  });
}

function isContainer(value: unknown): value is object {
  return typeof value === "object" && value !== null && !(value instanceof Uint8Array);
}
