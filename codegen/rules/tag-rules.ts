import type { ReservedEntry } from "../document.ts";
import { didYouMean } from "../nearest-name.ts";
import { child } from "../schema-source.ts";
import type { RuleContext } from "./rule-context.ts";

type Tag = number | string;

/** Things that are told apart by a tag: the values of an enum, the cases of a union, the messages of a family. */
interface TagGroup {
  /** As in "tag 9 is reserved in ...". */
  readonly label: string;
  readonly tagType: "u8" | "u16" | "u32" | "string<u8>";
  readonly pointer: string;
  readonly members: Readonly<Record<string, { readonly tag: Tag }>>;
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
  const owners = new Map<Tag, string>();
  const used = new Set(Object.values(group.members).map((member) => member.tag));
  for (const [name, { tag }] of Object.entries(group.members)) {
    const pointer = child(group.pointer, name);
    const owner = owners.get(tag);
    if (owner !== undefined) {
      const message = `tag ${show(tag)} is already that of ${owner} (line ${context.lineOf(child(group.pointer, owner))})`;
      context.reportValue("U001", `${pointer}/tag`, message, freeTagHint(group, used));
    } else {
      owners.set(tag, name);
    }
    checkFit(context, group, `${pointer}/tag`, tag, name);
    if (group.reserved.some((entry) => reserves(group, entry, tag))) {
      const message = `tag ${show(tag)} is reserved in ${group.label}: something else had it`;
      context.reportValue("U003", `${pointer}/tag`, message, freeTagHint(group, used));
    }
    if (group.reserved.includes(name)) {
      context.reportKey("U003", pointer, `the name ${name} is reserved in ${group.label}`, "take another name");
    }
  }
}

/** U002, for the tag of a member or of a reserved entry. */
function checkFit(context: RuleContext, { tagType }: TagGroup, pointer: string, tag: Tag, name: string): void {
  if (tagType === "string<u8>") {
    if (typeof tag === "string") return;
    const message = `tag ${tag} is a number, and the tags of messages are texts here (string<u8>)`;
    context.reportValue("U002", pointer, message, `write a text, such as ${name.toUpperCase()}`);
  } else if (typeof tag === "string") {
    const message = `tag ${show(tag)} is a text, and the tags of messages are numbers here (${tagType})`;
    const hint = /^[0-9]+$/.test(tag) ? "leave the quotes out" : "write a number, or tag: string<u8> in the frame";
    context.reportValue("U002", pointer, message, hint);
  } else if (tag > tagMax[tagType]) {
    const message = `tag ${tag} does not fit ${tagType}`;
    context.reportValue("U002", pointer, message, `the greatest is ${tagMax[tagType]}`);
  }
}

function checkReserved(context: RuleContext, group: TagGroup): void {
  for (const [index, entry] of group.reserved.entries()) {
    const pointer = child(group.reservedPointer, index);
    // Where tags are texts, every text is a tag that can have been taken.
    if (group.tagType === "string<u8>") {
      checkFit(context, group, pointer, entry, "OLD");
      continue;
    }
    const ends = reservedRange(entry);
    if (ends === undefined) {
      if (!/^[A-Z][A-Za-z0-9]*$/.test(String(entry))) {
        const message = `${show(entry)} is no tag, range of tags or name`;
        context.reportValue("S010", pointer, message, "write 9, 10..19 or OldName");
      }
    } else if (ends.first > ends.last) {
      context.reportValue("R002", pointer, `the range ${entry} is empty`, `write ${ends.last}..${ends.first}`);
    } else {
      checkFit(context, group, pointer, ends.last, "");
    }
  }
}

function reservedRange(entry: ReservedEntry): { first: number; last: number } | undefined {
  if (typeof entry === "number") return { first: entry, last: entry };
  const [first, last] = entry.split("..").map(Number);
  return first === undefined || last === undefined || Number.isNaN(last) ? undefined : { first, last };
}

function reserves(group: TagGroup, entry: ReservedEntry, tag: Tag): boolean {
  if (group.tagType === "string<u8>") return entry === tag;
  const ends = reservedRange(entry);
  return ends !== undefined && typeof tag === "number" && tag >= ends.first && tag <= ends.last;
}

function freeTagHint(group: TagGroup, used: ReadonlySet<Tag>): string | undefined {
  if (group.tagType === "string<u8>") return "take another text";
  const free = freeTag(group, tagMax[group.tagType], used);
  return free === undefined ? undefined : `${free} is free`;
}

/** The least tag from 1 that nothing has or had. */
function freeTag(group: TagGroup, max: number, used: ReadonlySet<Tag>): number | undefined {
  for (let tag = 1; tag <= Math.min(max, used.size + 1024); tag++) {
    if (!used.has(tag) && !group.reserved.some((entry) => reserves(group, entry, tag))) return tag;
  }
  return undefined;
}

function show(tag: Tag): string {
  return typeof tag === "string" ? JSON.stringify(tag) : String(tag);
}
