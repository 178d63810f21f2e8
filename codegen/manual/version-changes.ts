import type { Field, Lifetime, NamedType, Version } from "../protocol.ts";
import { anchorOfMessage, anchorOfType, anchorOfVersion, anchorWithin } from "./anchors.ts";
import {
  codeLink,
  joined,
  type Lines,
  type LinkInline,
  type Phrase,
  paragraph,
  type Section,
  section,
} from "./block.ts";
import { type ManualSource, messageLink, messageTitle } from "./manual-source.ts";

/** What a version has, lacks or discourages that the one before it did not. */
export function changesSection(version: Version, source: ManualSource): Section {
  const { number, packing } = version;
  const before = source.protocol.versions.filter((other) => other.number < number).at(-1);
  const things = thingsOf(source);
  const items = [
    ...(before?.packing === packing ? [] : [[`Flags are ${packing}s.`]]),
    ...itemsOf("New", things, ({ since }) => since === number),
    ...itemsOf("Deprecated", things, ({ deprecated }) => deprecated === number),
    ...itemsOf("Removed", things, ({ removed }) => removed === number),
  ];
  const nothing = paragraph("Nothing that has a name differs.");
  return section(anchorOfVersion(number), `What version ${number} changes`, [
    items.length === 0 ? nothing : { kind: "listing", items },
  ]);
}

/** One line for each kind of thing: `New fields: …`. */
function itemsOf(label: string, things: readonly Thing[], isChanged: (lifetime: Lifetime) => boolean): Lines {
  const changed = things.filter(({ lifetime }) => isChanged(lifetime));
  return kinds.flatMap((kind) => {
    const links = changed.filter((thing) => thing.kind === kind).map(({ link }): Phrase => [link]);
    return links.length === 0 ? [] : [[`${label} ${kind}: `, ...joined(links, ", "), "."]];
  });
}

const kinds = ["messages", "fields", "types", "values and cases"] as const;

interface Thing {
  readonly kind: (typeof kinds)[number];
  readonly lifetime: Lifetime;
  readonly link: LinkInline;
}

/** Everything that can come and go. What came or went together with what it is in is not named again. */
function thingsOf(source: ManualSource): readonly Thing[] {
  const messages = source.protocol.families.flatMap((family) =>
    family.messages.flatMap((message): Thing[] => {
      const owner = { ...message, name: messageTitle(family, message, source) };
      const self = { kind: "messages", lifetime: message, link: messageLink(family, message, source) } as const;
      return [self, ...partsOf("fields", owner, anchorOfMessage(family.name, message.name), message.fields)];
    }),
  );
  return [...messages, ...source.protocol.types.flatMap(typeThings)];
}

function typeThings(type: NamedType): Thing[] {
  const anchor = anchorOfType(type.name);
  const self = { kind: "types", lifetime: type, link: codeLink(anchor, type.name) } as const;
  switch (type.kind) {
    case "alias":
      return [self];
    case "struct":
      return [self, ...partsOf("fields", type, anchor, type.fields)];
    case "enum":
      return [self, ...partsOf("values and cases", type, anchor, type.values)];
    case "union": {
      const fields = type.cases.flatMap((unionCase) => {
        const owner = { ...unionCase, name: `${type.name}.${unionCase.name}` };
        return partsOf("fields", owner, anchorWithin(anchor, unionCase.name), unionCase.fields);
      });
      return [self, ...partsOf("values and cases", type, anchor, type.cases), ...fields];
    }
  }
}

function partsOf(
  kind: Thing["kind"],
  owner: Lifetime & { readonly name: string },
  anchor: string,
  parts: readonly (Lifetime & Pick<Field, "name">)[],
): Thing[] {
  return parts.map(({ name, since, removed, deprecated }) => ({
    kind,
    lifetime: {
      since: since === owner.since ? 0 : since,
      removed: removed === owner.removed ? undefined : removed,
      deprecated: deprecated === owner.deprecated ? undefined : deprecated,
    },
    link: codeLink(anchorWithin(anchor, name), `${owner.name}.${name}`),
  }));
}
