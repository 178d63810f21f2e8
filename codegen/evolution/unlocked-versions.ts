import type { SchemaDocument } from "../document.ts";
import { type Finding, Findings } from "./findings.ts";
import type { Lock } from "./lock.ts";

/**
 * C052: frozen versions that a lock does not know. Where there is no lock at all, that is a warning: a schema that
 * describes bytes of somebody else, or was never frozen with `hawser freeze`, works without one.
 */
export function unlockedVersions(document: SchemaDocument, lock: Lock | undefined, file: string): readonly Finding[] {
  return Object.entries(document.versions).flatMap(([number, { status }]) => {
    if (status !== "frozen" || (lock !== undefined && Object.hasOwn(lock.versions, number))) return [];
    const findings = new Findings(Number(number), false);
    const place = { label: "it", pointer: `/versions/${number}/status` };
    const hint = `lock it: hawser freeze ${number} ${file}`;
    const verdict = lock === undefined ? "warning" : "refused";
    findings.report("C052", verdict, place, "is frozen, and nothing keeps it so", hint);
    return findings.list;
  });
}
