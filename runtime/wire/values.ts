/** What generated code asks about values of the program, before it trusts their types. */

/** Whether `value` can have fields. */
export function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}

export function isList(value: unknown): boolean {
  return Array.isArray(value);
}

/** Whether `value` can stand for a map: an object with entries of its own, not a list and not a JavaScript Map. */
export function isRecord(value: unknown): boolean {
  return isObject(value) && !Array.isArray(value) && !ArrayBuffer.isView(value) && !(value instanceof Map);
}

const { hasOwnProperty: isOwn } = Object.prototype;

/**
 * Whether a map has the key itself. Asked in a loop over its keys, this costs the engine nothing, other than
 * `Object.hasOwn` and a list of the keys.
 */
export function hasOwn(value: object, key: string): boolean {
  return isOwn.call(value, key);
}

/** Sets an entry of a decoded map. The key `__proto__` is data like every other, not the object's prototype. */
export function setEntry<Value>(entries: Record<string, Value>, key: string, value: Value): void {
  // The length alone tells nearly always, and takes no call.
  if (key.length === 9 && key === "__proto__") {
    Object.defineProperty(entries, key, { value, enumerable: true, configurable: true, writable: true });
  } else {
    entries[key] = value;
  }
}

/** Whether two values of a message are the same, part by part: of a field and of its default. */
export function isEqual(a: unknown, b: unknown): boolean {
  if (Object.is(a, b) || a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (ArrayBuffer.isView(a) !== ArrayBuffer.isView(b) || Array.isArray(a) !== Array.isArray(b)) return false;
  const entries = Object.entries(a);
  const others = new Map<string, unknown>(Object.entries(b));
  return entries.length === others.size && entries.every(([key, value]) => isEqual(value, others.get(key)));
}

/** Whether the value of an enum stands for a number without a name. */
export function isUnknownTag<Value>(value: Value): value is Extract<Value, { readonly unknown: number }> {
  return typeof value === "object" && value !== null && "unknown" in value;
}

/** The path of a map's entry: by its key, or by its number while the key is not known. */
export function entryPath(path: string, key: string | undefined, index: number): string {
  return `${path}[${key === undefined ? index : JSON.stringify(key)}]`;
}
