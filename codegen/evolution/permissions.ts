import { type EvolutionRuleId, evolutionRules } from "./evolution-rules.ts";
import type { Finding } from "./findings.ts";
import type { Allowance, Lock } from "./lock.ts";

/** What a person takes responsibility for. */
export interface Permissions {
  /** Rules named with `--allow`. */
  readonly rules: readonly EvolutionRuleId[];
  /** `--allow-source`. */
  readonly source: boolean;
  /** `--because`. */
  readonly because: string | undefined;
}

/** A finding after permissions were looked at. */
export interface SettledFinding extends Finding {
  /** Whether it is a note because of the permissions of now, and not of earlier ones. */
  readonly isAllowedNow: boolean;
}

/** Rules that `--allow` can name, rising. */
export function allowableRules(): readonly EvolutionRuleId[] {
  return (Object.keys(evolutionRules) as EvolutionRuleId[]).filter((id) => evolutionRules[id].allowedBy === "--allow");
}

/** Turns what is allowed, now or earlier and then recorded in the lock, into notes. */
export function settle(
  findings: readonly Finding[],
  permissions: Permissions,
  lock: Lock | undefined,
): readonly SettledFinding[] {
  return findings.map((finding) => {
    const recorded = allowanceOf(finding, lock);
    const isAllowedNow = recorded === undefined && finding.verdict !== "note" && permits(permissions, finding);
    if (recorded === undefined && !isAllowedNow) return { ...finding, isAllowedNow };
    const { hint: _, ...rest } = finding;
    return {
      ...rest,
      verdict: "note",
      message: `${finding.message}; ${reasonText(recorded?.because ?? permissions.because)}`,
      isAllowedNow,
    };
  });
}

/** What to write into the lock about a version's findings that are allowed now. */
export function allowancesOf(findings: readonly Finding[], permissions: Permissions): readonly Allowance[] {
  const allowed = findings.filter((finding) => finding.verdict !== "note" && permits(permissions, finding));
  const rules = [...new Set(allowed.map(({ rule }) => rule))].toSorted();
  return rules.map((rule) => ({
    rule,
    because: permissions.because ?? sourceReason,
    changes: allowed.filter((finding) => finding.rule === rule).map(({ message }) => message),
  }));
}

const sourceReason = "names in TypeScript change";

function reasonText(because: string | undefined): string {
  return because === undefined ? "allowed" : `allowed: ${because}`;
}

function allowanceOf({ rule, version, message }: Finding, lock: Lock | undefined): Allowance | undefined {
  const locked = version === undefined ? undefined : lock?.versions[String(version)];
  return locked?.allowed.find((one) => one.rule === rule && one.changes.includes(message));
}

function permits({ rules, source }: Permissions, finding: Finding): boolean {
  const { rule, verdict, pointer } = finding;
  if (evolutionRules[rule].allowedBy === "--allow-source") return source;
  // A new value is only ever allowed where older peers keep it, and a version without a lock is never fine.
  const isAllowable = rule === "C013" ? verdict === "warning" : rule !== "C052" || !pointer.startsWith("/versions/");
  return isAllowable && rules.includes(rule);
}
