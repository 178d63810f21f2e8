import { InvalidArgumentError } from "../protocol/errors.ts";
import type { Member, ProtocolVersion } from "../protocol/index.ts";
import { newestVersion } from "../protocol/negotiation.ts";

/** Refuses anything but an object with known keys: a misspelt option that is ignored costs somebody a day. */
export function checkKeys(options: object, known: readonly string[], what: string): void {
  if (typeof options !== "object" || options === null) {
    throw new InvalidArgumentError(`${what} must be an object, not ${options === null ? "null" : typeof options}`);
  }
  for (const key of Object.keys(options)) {
    if (!known.includes(key)) {
      throw new InvalidArgumentError(`${what}: there is no option "${key}"; known are ${known.join(", ")}`);
    }
  }
}

/** A duration in milliseconds, or its default. */
export function duration(name: string, value: number | undefined, defaultMs: number): number {
  if (value === undefined) return defaultMs;
  if (typeof value !== "number" || !(value >= 1 && value <= DURATION_MAX_MS)) {
    throw new InvalidArgumentError(
      `${name} is ${describe(value)}, it must be a number of milliseconds from 1 to ${DURATION_MAX_MS}`,
    );
  }
  return value;
}

/** A duration in milliseconds, or none. */
export function optionalDuration(name: string, value: number | undefined): number | undefined {
  return value === undefined ? undefined : duration(name, value, value);
}

/** The newest version of the protocol to speak, or its default, the newest of all. */
export function protocolVersion(value: number | undefined): ProtocolVersion {
  if (value === undefined) return newestVersion;
  if (value === 1 || value === 2) return value;
  throw new InvalidArgumentError(`protocolVersionMax is ${describe(value)}, it must be 1 or 2`);
}

/** A count of at least 1, or its default. */
export function count(name: string, value: number | undefined, defaultCount: number): number {
  if (value === undefined) return defaultCount;
  if (!Number.isSafeInteger(value) || value < 1) {
    throw new InvalidArgumentError(`${name} is ${describe(value)}, it must be a whole number from 1`);
  }
  return value;
}

/** Something that is or is not so; by default it is not. */
export function flag(name: string, value: boolean | undefined): boolean {
  if (value === undefined || typeof value === "boolean") return value === true;
  throw new InvalidArgumentError(`${name} is ${describe(value)}, it must be true or false`);
}

/** A text that is not empty. */
export function text(name: string, value: unknown): string {
  if (typeof value === "string" && value.length > 0) return value;
  throw new InvalidArgumentError(`${name} is ${describe(value)}, it must be a string that is not empty`);
}

/** Members of a cluster by their names, `{ a: "tcp://127.0.0.1:7000" }`. `checkAddress` throws for what is no address. */
export function memberList(
  value: Readonly<Record<string, string>>,
  checkAddress: (address: string) => void,
): readonly Member[] {
  if (typeof value !== "object" || value === null) {
    throw new InvalidArgumentError(
      `members is ${describe(value)}, it must be an object of addresses: { a: "tcp://127.0.0.1:7000" }`,
    );
  }
  return Object.entries(value).map(([memberId, address]) => {
    checkAddress(text(`members.${memberId}`, address));
    return { memberId, address };
  });
}

/** An object with the given methods. */
export function withMethods(name: string, value: unknown, methods: readonly string[]): void {
  for (const method of methods) {
    const isMethod = typeof value === "object" && value !== null && typeof Reflect.get(value, method) === "function";
    if (!isMethod) throw new InvalidArgumentError(`${name} must be an object with a method ${method}()`);
  }
}

/** A value for an error message: what it is, on one short line. */
export function describe(value: unknown): string {
  if (typeof value === "string") return value.length > 80 ? `a string of ${value.length} characters` : `"${value}"`;
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object" && value !== null) return "an object";
  return String(value);
}

/** What a timer can hold: about 24 days. */
const DURATION_MAX_MS = 2 ** 31 - 1;
