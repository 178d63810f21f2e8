import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import type { SchemaDocument } from "../document.ts";
import type { Baseline } from "./baseline.ts";
import type { EvolutionRuleId } from "./evolution-rules.ts";
import { exampleDigests } from "./examples.ts";
import { lockShape } from "./lock-shape.ts";
import { type ProjectedVersion, resolveProjection } from "./projected-version.ts";
import { projectVersion, type VersionProjection } from "./projection.ts";
import { joinTaken, type Taken, takenIn } from "./taken.ts";
import { digestsOf, type VersionDigests } from "./views.ts";

/** What was promised to peers and programs: every frozen version as it was when it was frozen. `X.lock.json` beside `X.yaml`. */
export interface Lock {
  /** Format of the file. */
  readonly lock: 1;
  readonly protocol: string;
  readonly versions: Readonly<Record<string, LockedVersion>>;
  /** Outlives the versions and definitions that it comes from. */
  readonly taken: Taken;
}

/** The digests decide whether a version changed, the projection explains how. */
export interface LockedVersion extends VersionDigests {
  /** Changes that somebody took responsibility for, oldest first. */
  readonly allowed: readonly Allowance[];
  /** Digests of the examples, which are the version's test vectors. */
  readonly examples: Readonly<Record<string, string>>;
  readonly projection: VersionProjection;
}

export interface Allowance {
  readonly rule: EvolutionRuleId;
  readonly because: string;
  /** As they were reported. */
  readonly changes: readonly string[];
}

/** A lock cannot be used; the message says what is wrong with it and how to get a good one. */
export class LockError extends Error {
  override readonly name = "LockError";
}

/** `schema/orders.lock.json` of `schema/orders.yaml` */
export function lockPathOf(schema: string): string {
  return `${schema.replace(/\.ya?ml$/, "")}.lock.json`;
}

/**
 * Reads the lock of a protocol and vouches for it: its shape is right, its digests are those of its projections, its
 * types exist. Throws LockError.
 */
export function parseLock(text: string, protocol: string): Lock {
  const lock = parseShape(text);
  if (lock.protocol !== protocol) {
    throw new LockError(`it is that of the protocol ${lock.protocol}, and the schema is ${protocol}; rename neither`);
  }
  for (const [number, locked] of Object.entries(lock.versions)) {
    const digests = digestsOf(resolve(number, locked.projection));
    for (const key of ["wire", "accept", "source"] as const) {
      if (digests[key] === locked[key]) continue;
      throw new LockError(
        `version ${number} says ${key} ${locked[key].slice(0, 15)}…, and what it holds gives ${digests[key].slice(0, 15)}…: it was edited; ${wayOut(number)}`,
      );
    }
    checkTakenHas(lock.taken, number, locked.projection);
  }
  return lock;
}

/** The lock as the text of its file: the same for the same lock. */
export function lockText(lock: Lock): string {
  const versions = Object.entries(lock.versions).map(([number, locked]) => {
    const { wire, accept, source, allowed, examples, projection } = locked;
    return [number, { wire, accept, source, allowed, examples, projection }];
  });
  const { protocol, taken } = lock;
  return `${JSON.stringify({ lock: 1, protocol, versions: Object.fromEntries(versions), taken }, null, 2)}\n`;
}

/** The lock with a version of the schema as it is now, new or in the place of what it was. */
export function withVersion(
  lock: Lock | undefined,
  document: SchemaDocument,
  number: number,
  allowed: readonly Allowance[],
): Lock {
  const projection = projectVersion(document, number);
  const before = lock?.versions[String(number)]?.allowed ?? [];
  const version: LockedVersion = {
    ...digestsOf(resolveProjection(projection)),
    allowed: [...before, ...allowed],
    examples: exampleDigests(document, number),
    projection,
  };
  const nothing: Taken = { messages: {}, types: {} };
  return {
    lock: 1,
    protocol: document.protocol,
    versions: { ...lock?.versions, [String(number)]: version },
    taken: joinTaken(lock?.taken ?? nothing, takenIn(document, [number])),
  };
}

/** A lock as something to compare with. */
export function lockBaseline(lock: Lock): Baseline {
  const versions = Object.entries(lock.versions).map(([number, { projection, examples }]) => {
    return [Number(number), { status: "frozen", projection, examples }] as const;
  });
  return { versions: new Map(versions), taken: lock.taken, document: undefined };
}

let compiled: ValidateFunction | undefined;

function parseShape(text: string): Lock {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new LockError(`it is no JSON (${reason}); ${wayOut("N")}`, { cause: error });
  }
  compiled ??= new Ajv2020({ strict: true, allowUnionTypes: true }).compile(lockShape);
  if (!compiled(data)) {
    const [error] = compiled.errors ?? [];
    const place = error?.instancePath === "" ? "it" : error?.instancePath;
    throw new LockError(`${place} ${error?.message}; ${wayOut("N")}`);
  }
  return data as Lock;
}

function resolve(number: string, projection: VersionProjection): ProjectedVersion {
  try {
    return resolveProjection(projection);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new LockError(`version ${number} makes no sense (${reason}): it was edited; ${wayOut(number)}`, {
      cause: error,
    });
  }
}

function checkTakenHas(taken: Taken, number: string, { messages, types }: VersionProjection): void {
  const check = (groups: Taken["messages"], group: string, name: string, tag: number | string) => {
    if (groups[group]?.tags[name] === tag) return;
    throw new LockError(`"taken" lacks ${group}.${name} of version ${number}: it was edited; ${wayOut(number)}`);
  };
  for (const [family, members] of Object.entries(messages)) {
    for (const [name, { tag }] of Object.entries(members)) check(taken.messages, family, name, tag);
  }
  for (const [type, definition] of Object.entries(types)) {
    if ("enum" in definition) {
      for (const [name, tag] of Object.entries(definition.values)) check(taken.types, type, name, tag);
    } else if ("union" in definition) {
      for (const [name, { tag }] of Object.entries(definition.cases)) check(taken.types, type, name, tag);
    }
  }
}

function wayOut(number: string): string {
  return `take the file back from version control, or delete it and lock every frozen version anew: hawser freeze ${number}`;
}
