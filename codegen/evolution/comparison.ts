import type { Findings } from "./findings.ts";
import type { ProjectedVersion } from "./projected-version.ts";

/** Two states of one version, and what is known around them. */
export interface Comparison {
  /** Number of the version. */
  readonly number: number;
  readonly before: ProjectedVersion;
  readonly after: ProjectedVersion;
  readonly findings: Findings;
  readonly isDraft: boolean;
  /** Pairs of named types that were compared already: types share parts, and each is compared once. */
  readonly comparedTypes: Set<string>;
  /** For what is new; `undefined` when every version is frozen. */
  readonly draftVersion: number | undefined;
  /** Whether the newer schema has anything at a pointer, in whatever version. */
  readonly isDeclared: (pointer: string) => boolean;
}

/** What to do with something that a frozen version cannot get any more. */
export function newVersionHint({ draftVersion }: Comparison): string {
  return draftVersion === undefined
    ? "begin a new version, with status: draft, and write its number as since"
    : `write since: ${draftVersion}`;
}

/** What to do instead of deleting something that a frozen version has. */
export function removalHint({ draftVersion }: Comparison): string {
  const version = draftVersion === undefined ? "with the number of a new draft version" : String(draftVersion);
  return `put it back, and write removed: ${version}`;
}
