import type { ReservedEntry } from "../document.ts";
import { didYouMean } from "../nearest-name.ts";
import { child } from "../schema-source.ts";
import type { RuleContext } from "./rule-context.ts";

/** Things that are told apart by a tag: the values of an enum, the cases of a union, the messages of a family. */
interface TagGroup {
  /** As in "tag 9 is reserved in ...". */
  readonly label: string;
  readonly tagType: "u8" | "u16" | "u32";
  readonly pointer: string;
  readonly members: Readonly<Record<string, { readonly tag: number }>>;
  readonly reserved: readonly ReservedEntry[];
  readonly reservedPointer: string;
}

/** U001 to U003: tags are unique, fit, and are not reserved. */
export function checkTags(context: RuleContext): void {
  for (const group of tagGroupsOf(context)) {
    checkReserved(context, group);
    checkMembers(context, group);
  }
  const families = Object.keys(context.document.messages);
  for (const family of Object.keys(context.document.reserved ?? {})) {
    if (families.includes(family)) continue;
    const hint = didYouMean(family, families) ?? `families are ${families.join(", ")}`;
    context.reportKey("U003", child("/reserved", family), `there is no family "${family}"`, hint);
  }
}

function* tagGroupsOf(context: RuleContext): Generator<TagGroup> {
  const { types, messages, frame, reserved = {} } = context.document;
  const reservedOf = (family: string) => Object.entries(reserved).find(([name]) => name === family)?.[1] ?? [];
  for (const [name, type] of Object.entries(types)) {
    const pointer = child("/types", name);
    const shared = { label: name, reservedPointer: `${pointer}/reserved` };
    if ("enum" in type) {
      const members = { tagType: type.enum, pointer: `${pointer}/values`, members: type.values };
      yield { ...shared, ...members, reserved: type.reserved ?? [] };
    } else if ("union" in type) {
      const members = { tagType: type.union, pointer: `${pointer}/cases`, members: type.cases };
      yield { ...shared, ...members, reserved: type.reserved ?? [] };
    }
  }
  for (const [family, members] of Object.entries(messages)) {
    yield {
      label: `family ${family}`,
      tagType: frame.tag,
      pointer: child("/messages", family),
      members,
      reserved: reservedOf(family),
      reservedPointer: child("/reserved", family),
    };
  }
}

const tagMax = { u8: 255, u16: 65_535, u32: 4_294_967_295 } as const;

function checkMembers(context: RuleContext, group: TagGroup): void {
  const owners = new Map<number, string>();
  const used = new Set(Object.values(group.members).map((member) => member.tag));
  for (const [name, { tag }] of Object.entries(group.members)) {
    const pointer = child(group.pointer, name);
    const owner = owners.get(tag);
    if (owner !== undefined) {
      const message = `tag ${tag} is already that of ${owner} (line ${context.lineOf(child(group.pointer, owner))})`;
      const free = freeTag(group, used);
      context.reportValue("U001", `${pointer}/tag`, message, free === undefined ? undefined : `${free} is free`);
    } else {
      owners.set(tag, name);
    }
    if (tag > tagMax[group.tagType]) {
      const message = `tag ${tag} does not fit ${group.tagType}`;
      context.reportValue("U002", `${pointer}/tag`, message, `the greatest is ${tagMax[group.tagType]}`);
    }
    if (group.reserved.some((entry) => reserves(entry, tag))) {
      const message = `tag ${tag} is reserved in ${group.label}: something else had it`;
      const free = freeTag(group, used);
      context.reportValue("U003", `${pointer}/tag`, message, free === undefined ? undefined : `${free} is free`);
    }
    if (group.reserved.includes(name)) {
      context.reportKey("U003", pointer, `the name ${name} is reserved in ${group.label}`, "take another name");
    }
  }
}

function checkReserved(context: RuleContext, group: TagGroup): void {
  for (const [index, entry] of group.reserved.entries()) {
    const ends = reservedRange(entry);
    if (ends === undefined) continue;
    const pointer = child(group.reservedPointer, index);
    if (ends.first > ends.last) {
      context.reportValue("R002", pointer, `the range ${entry} is empty`, `write ${ends.last}..${ends.first}`);
    } else if (ends.last > tagMax[group.tagType]) {
      const message = `tag ${ends.last} does not fit ${group.tagType}`;
      context.reportValue("U002", pointer, message, `the greatest is ${tagMax[group.tagType]}`);
    }
  }
}

function reservedRange(entry: ReservedEntry): { first: number; last: number } | undefined {
  if (typeof entry === "number") return { first: entry, last: entry };
  const [first, last] = entry.split("..").map(Number);
  return first === undefined || last === undefined || Number.isNaN(last) ? undefined : { first, last };
}

function reserves(entry: ReservedEntry, tag: number): boolean {
  const ends = reservedRange(entry);
  return ends !== undefined && tag >= ends.first && tag <= ends.last;
}

/** The least tag from 1 that nothing has or had. */
function freeTag(group: TagGroup, used: ReadonlySet<number>): number | undefined {
  for (let tag = 1; tag <= Math.min(tagMax[group.tagType], used.size + 1024); tag++) {
    if (!used.has(tag) && !group.reserved.some((entry) => reserves(entry, tag))) return tag;
  }
  return undefined;
}
