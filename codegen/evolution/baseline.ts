import type { SchemaDocument, VersionDefinition } from "../document.ts";
import { exampleDigests } from "./examples.ts";
import { projectVersion, type VersionProjection } from "./projection.ts";
import { type Taken, takenIn } from "./taken.ts";

/** What a schema is compared with: its lock, or another state of the schema. */
export interface Baseline {
  readonly versions: ReadonlyMap<number, BaselineVersion>;
  readonly taken: Taken;
  /** Where the baseline is a schema; a lock knows frozen versions only. */
  readonly document: SchemaDocument | undefined;
}

export interface BaselineVersion {
  readonly status: VersionDefinition["status"];
  readonly projection: VersionProjection;
  /** Digests by name, as `exampleDigests` gives them. */
  readonly examples: Readonly<Record<string, string>>;
}

/** A schema as something to compare with. Tags and names of drafts are free to change. */
export function schemaBaseline(document: SchemaDocument): Baseline {
  const entries = Object.entries(document.versions).map(([key, { status }]) => {
    const number = Number(key);
    const projection = projectVersion(document, number);
    return [number, { status, projection, examples: exampleDigests(document, number) }] as const;
  });
  const given = entries.filter(([, { status }]) => status !== "draft").map(([number]) => number);
  return { versions: new Map(entries), taken: takenIn(document, given), document };
}
