import type { Field } from "../protocol.ts";
import { renameHint } from "./compare-types.ts";
import { type Comparison, newVersionHint, removalHint } from "./comparison.ts";
import type { Place } from "./findings.ts";

/** A message, a case or a value. */
export interface TaggedMember {
  readonly name: string;
  readonly tag: number | string;
  readonly fields: readonly Field[];
  /** Equal for members whose fields are the same bytes. */
  readonly wire: string;
}

/** What is told apart by tags: a family, an enum or a union. */
interface TaggedGroup {
  readonly noun: "message" | "value" | "case";
  /** Whether older decoders take tags that they do not know. */
  readonly keepsUnknown: boolean;
  readonly place: (name: string) => Place;
}

/** C013, C020, C021, C022 and C030: compares members by name and tag; gives those that are the same, to compare further. */
export function compareMembers<Member extends TaggedMember>(
  comparison: Comparison,
  group: TaggedGroup,
  before: readonly Member[],
  after: readonly Member[],
): (readonly [Member, Member])[] {
  const pairs: (readonly [Member, Member])[] = [];
  const added = new Set(after.filter((member) => before.every(({ name }) => name !== member.name)));
  for (const member of before) {
    const same = after.find(({ name }) => name === member.name);
    if (same === undefined) {
      const successor = [...added].find(({ tag }) => tag === member.tag);
      if (successor !== undefined) added.delete(successor);
      if (replaceMember(comparison, group, member, successor) && successor !== undefined)
        pairs.push([member, successor]);
      continue;
    }
    if (same.tag !== member.tag) {
      const { label, pointer } = group.place(member.name);
      const change = `had tag ${show(member.tag)} and has ${show(same.tag)}`;
      const hint = `write tag: ${show(member.tag)}`;
      comparison.findings.report("C022", "refused", { label, pointer: `${pointer}/tag` }, change, hint);
    }
    pairs.push([member, same]);
  }
  for (const member of added) reportAdded(comparison, group, member);
  return pairs;
}

/** Something that is gone, and what has its tag now. Whether they are one thing under two names. */
function replaceMember(
  comparison: Comparison,
  group: TaggedGroup,
  gone: TaggedMember,
  successor: TaggedMember | undefined,
): boolean {
  const { findings } = comparison;
  const place = group.place(gone.name);
  const isElsewhere = comparison.isDeclared(place.pointer);
  if (successor === undefined) {
    const change = isElsewhere ? `is no longer in this version` : `is deleted`;
    const hint = isElsewhere ? "leave it in; since and removed name versions that are drafts" : removalHint(comparison);
    findings.report("C020", "refused", place, change, hint);
    return false;
  }
  const at = group.place(successor.name);
  if (successor.wire === gone.wire && !isElsewhere) {
    const change = `is the new name of ${gone.name} (tag ${show(gone.tag)}): the bytes stay, programs that use ${gone.name} no longer compile`;
    findings.report("C030", "refused", at, change, renameHint(gone.name));
    return true;
  }
  const change = `has tag ${show(successor.tag)}, which is that of ${gone.name}`;
  const hint = `give it another tag, and put ${gone.name} back`;
  findings.report("C021", "refused", { label: at.label, pointer: `${at.pointer}/tag` }, change, hint);
  return false;
}

function reportAdded(comparison: Comparison, group: TaggedGroup, member: TaggedMember): void {
  const place = group.place(member.name);
  const named = { label: `${group.noun} ${place.label}`, pointer: place.pointer };
  if (comparison.isDraft) {
    comparison.findings.report("C010", "note", named, `(tag ${show(member.tag)}) is new`);
    return;
  }
  const change = `(tag ${show(member.tag)}) is new, and peers of a frozen version do not know it`;
  const verdict = group.keepsUnknown ? "warning" : "refused";
  comparison.findings.report("C013", verdict, named, change, newVersionHint(comparison));
}

function show(tag: number | string): string {
  return typeof tag === "string" ? JSON.stringify(tag) : String(tag);
}
