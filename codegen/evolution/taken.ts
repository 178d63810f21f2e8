import type { ReservedEntry, SchemaDocument } from "../document.ts";
import { isPresent } from "../layout.ts";
import { type Lifetime, resolveProtocol } from "../protocol.ts";
import { child } from "../schema-source.ts";
import type { Findings } from "./findings.ts";

/** Tags and names that were given out, by family and by enum or union; none is ever given to anything else. */
export interface Taken {
  readonly messages: Readonly<Record<string, TakenGroup>>;
  readonly types: Readonly<Record<string, TakenGroup>>;
}

export interface TakenGroup {
  /** Tags by name. A tag has several names where something was renamed. */
  readonly tags: Readonly<Record<string, number | string>>;
  /** As `reserved` in a schema says it. */
  readonly reserved: readonly ReservedEntry[];
}

/** What a schema has given out in the versions of `numbers`, and what it reserves. */
export function takenIn(document: SchemaDocument, numbers: readonly number[]): Taken {
  const collect = (groups: readonly TagGroup[]) =>
    Object.fromEntries(
      groups.flatMap(({ name, members, reserved }) => {
        const present = members.filter((member) =>
          numbers.some((number) => isPresent(member, { number, packing: "byte", doc: "" })),
        );
        if (present.length === 0 && reserved.length === 0) return [];
        const tags = Object.fromEntries(present.map((member) => [member.name, member.tag]));
        return [[name, { tags, reserved }] as const];
      }),
    );
  const { messages, types } = tagGroupsOf(document);
  return { messages: collect(messages), types: collect(types) };
}

/** Both together, in a fixed order. */
export function joinTaken(a: Taken, b: Taken): Taken {
  return { messages: joinGroups(a.messages, b.messages), types: joinGroups(a.types, b.types) };
}

/** C021: reports tags and names of a schema that something else had before. */
export function checkTaken(
  taken: Taken,
  document: SchemaDocument,
  findings: Findings,
  explained: readonly string[],
): void {
  const { messages, types } = tagGroupsOf(document);
  const check = (known: Taken["messages"], groups: readonly TagGroup[]) => {
    for (const group of groups) {
      const before = Object.hasOwn(known, group.name) ? known[group.name] : undefined;
      if (before !== undefined) checkGroup(before, group, findings, explained);
    }
  };
  check(taken.messages, messages);
  check(taken.types, types);
}

interface TagGroup {
  readonly name: string;
  /** To its members. */
  readonly pointer: string;
  readonly members: readonly (Lifetime & { readonly name: string; readonly tag: number | string })[];
  readonly reserved: readonly ReservedEntry[];
}

function tagGroupsOf(document: SchemaDocument): Readonly<Record<keyof Taken, readonly TagGroup[]>> {
  const protocol = resolveProtocol(document);
  const { reserved = {} } = document;
  const messages = protocol.families.map(({ name, messages: members }) => {
    const own = Object.hasOwn(reserved, name) ? (reserved[name] ?? []) : [];
    return { name, pointer: child("/messages", name), members, reserved: own };
  });
  const types = protocol.types.flatMap((type): TagGroup[] => {
    if (type.kind !== "enum" && type.kind !== "union") return [];
    const definition = document.types[type.name];
    const own = definition !== undefined && "reserved" in definition ? (definition.reserved ?? []) : [];
    const [key, members] = type.kind === "enum" ? ["values", type.values] : ["cases", type.cases];
    return [{ name: type.name, pointer: `${child("/types", type.name)}/${key}`, members, reserved: own }];
  });
  return { messages, types };
}

function checkGroup(before: TakenGroup, group: TagGroup, findings: Findings, explained: readonly string[]): void {
  for (const { name, tag } of group.members) {
    const pointer = child(group.pointer, name);
    if (explained.some((known) => known === pointer || known.startsWith(`${pointer}/`))) continue;
    const label = `${group.name}.${name}`;
    const ownTag = Object.hasOwn(before.tags, name) ? before.tags[name] : undefined;
    if (ownTag === tag) continue;
    if (ownTag !== undefined) {
      const change = `has tag ${show(tag)}, and something of that name had tag ${show(ownTag)} once`;
      findings.report("C021", "refused", { label, pointer }, change, "take another name");
      continue;
    }
    const owners = Object.entries(before.tags).filter(([, taken]) => taken === tag);
    const isReserved = before.reserved.some((entry) => reserves(entry, name, tag));
    if (owners.length === 0 && !isReserved) continue;
    const owner = owners.length === 0 ? "is reserved" : `was that of ${owners.map(([other]) => other).join(" and ")}`;
    const place = { label, pointer: `${pointer}/tag` };
    findings.report(
      "C021",
      "refused",
      place,
      `has tag ${show(tag)}; this tag or its name ${owner}`,
      freeHint(before, group),
    );
  }
}

/** Names a tag that nothing has or had. */
function freeHint(before: TakenGroup, { members }: TagGroup): string {
  const used = [...Object.values(before.tags), ...members.map(({ tag }) => tag)];
  if (used.some((tag) => typeof tag === "string")) return "take another text";
  for (let tag = 1; ; tag++) {
    if (!used.includes(tag) && !before.reserved.some((entry) => reserves(entry, "", tag))) return `${tag} is free`;
  }
}

function reserves(entry: ReservedEntry, name: string, tag: number | string): boolean {
  if (entry === name || entry === tag) return true;
  const range = /^([0-9]+)\.\.([0-9]+)$/.exec(String(entry));
  return range !== null && typeof tag === "number" && tag >= Number(range[1]) && tag <= Number(range[2]);
}

function joinGroups(a: Taken["messages"], b: Taken["messages"]): Taken["messages"] {
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])].toSorted();
  return Object.fromEntries(
    names.map((name) => {
      const groups = [a, b].flatMap((taken) => (Object.hasOwn(taken, name) ? [taken[name]] : []));
      const tags = Object.assign({}, ...groups.map((group) => group?.tags));
      const reserved = [...new Set(groups.flatMap((group) => group?.reserved ?? []))];
      return [
        name,
        { tags: sortedTags(tags), reserved: reserved.toSorted((x, y) => (String(x) < String(y) ? -1 : 1)) },
      ];
    }),
  );
}

function sortedTags(tags: TakenGroup["tags"]): TakenGroup["tags"] {
  return Object.fromEntries(Object.entries(tags).toSorted(([a, x], [b, y]) => (x < y || (x === y && a < b) ? -1 : 1)));
}

function show(tag: number | string): string {
  return typeof tag === "string" ? JSON.stringify(tag) : String(tag);
}
