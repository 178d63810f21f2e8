import { isPresent } from "../layout.ts";
import type { AliasType, EnumType, Field, NamedType, StructType, Type, UnionCase, UnionType } from "../protocol.ts";
import { anchorOfMessage, anchorOfType, anchorWithin } from "./anchors.ts";
import {
  type Block,
  badge,
  code,
  codeLink,
  joined,
  type LinkInline,
  namedSection,
  type Phrase,
  paragraph,
  type Section,
  section,
} from "./block.ts";
import { fieldTable, unitNames } from "./field-table.ts";
import {
  layoutGroups,
  lifetimeBadges,
  lifetimeNumbers,
  type ManualSource,
  messageTitle,
  versionsText,
} from "./manual-source.ts";
import { reservedParagraph } from "./message-sections.ts";
import { proseBlocks, proseLines } from "./prose.ts";
import { registryTable, reservedNames } from "./registry-table.ts";
import { byteCount, partRuler } from "./ruler.ts";
import { limitLines, schemaValueText, typePhrase } from "./type-facts.ts";

/** Every type that has a name, in the order of the schema. */
export function typesSection(source: ManualSource): Section {
  const { types } = source.protocol;
  const none = types.length === 0 ? [paragraph("No type has a name of its own.")] : [];
  return section("types", "Types", [...none, ...types.map((type) => typeSection(type, source))]);
}

function typeSection(type: NamedType, source: ManualSource): Section {
  const anchor = anchorOfType(type.name);
  const badges = [badge(kindTexts[type.kind]), ...lifetimeBadges(type, source)];
  const users = usersOf(type, source).map((user): Phrase => [user]);
  const usedBy = users.length === 0 ? [] : [paragraph("Used by ", ...joined(users, ", "), ".")];
  return namedSection(anchor, type.name, badges, [
    ...proseBlocks(type.doc),
    ...kindBlocks(type, anchor, source),
    ...usedBy,
  ]);
}

const kindTexts = { alias: "named type", enum: "enum", union: "union", struct: "struct" } as const;

function kindBlocks(type: NamedType, anchor: string, source: ManualSource): readonly Block[] {
  switch (type.kind) {
    case "alias":
      return aliasBlocks(type, source);
    case "enum":
      return enumBlocks(type, anchor, source);
    case "union":
      return unionBlocks(type, anchor, source);
    case "struct":
      return [fieldTable(type.name, anchor, type, source), ...structRulers(type, source)];
  }
}

function aliasBlocks(type: AliasType, { document }: ManualSource): Block[] {
  const { unit, as, checks, target, name } = type;
  const example = document.types[name]?.example;
  const meaning = as === undefined ? "" : as === "instant" ? ", a moment" : ", a duration";
  const items: Phrase[] = [
    ["On the wire: ", ...typePhrase(target)],
    ...(checks === undefined ? [] : limitLines(checks).map((line): Phrase => ["Limit: ", ...line])),
    ...(unit === undefined ? [] : [[`Unit: ${unitNames[unit] ?? unit}${meaning}`]]),
    ...(example === undefined ? [] : [["Example: ", code(schemaValueText(example))]]),
  ];
  return [{ kind: "listing", items }];
}

function enumBlocks(type: EnumType, anchor: string, source: ManualSource): Block[] {
  const reserved = reservedIn(type, source);
  const taken = type.values.map((value) => ({
    tag: value.tag,
    name: [[code(value.name)]],
    versions: lifetimeNumbers(value, source),
    meaning: proseLines(value.doc),
    id: anchorWithin(anchor, value.name),
  }));
  const unknown = type.keepsUnknown
    ? "A decoder keeps the number of a value that is not listed."
    : "A decoder refuses what is not listed for its version.";
  return [
    paragraph("On the wire: the tag as ", code(type.tag), `. ${unknown}`),
    registryTable(`Values of ${type.name}`, taken, reserved, tagMaxima[type.tag]),
    ...reservedParagraph(reservedNames(reserved)),
  ];
}

function unionBlocks(type: UnionType, anchor: string, source: ManualSource): Block[] {
  const reserved = reservedIn(type, source);
  const taken = type.cases.map((unionCase) => ({
    tag: unionCase.tag,
    name: [
      [
        unionCase.fields.length === 0
          ? code(unionCase.name)
          : codeLink(anchorWithin(anchor, unionCase.name), unionCase.name),
      ],
    ],
    versions: lifetimeNumbers(unionCase, source),
    meaning: proseLines(unionCase.doc),
    id: unionCase.fields.length === 0 ? anchorWithin(anchor, unionCase.name) : undefined,
  }));
  const text = ", then the fields of the case. A decoder refuses a tag that is not listed for its version.";
  return [
    paragraph("On the wire: the tag as ", code(type.tag), text),
    registryTable(`Cases of ${type.name}`, taken, reserved, tagMaxima[type.tag]),
    ...reservedParagraph(reservedNames(reserved)),
    ...type.cases
      .filter(({ fields }) => fields.length > 0)
      .map((unionCase) => caseSection(type, unionCase, anchor, source)),
  ];
}

const tagMaxima = { u8: 0xff, u16: 0xffff, u32: 0xffff_ffff } as const;

function reservedIn(type: EnumType | UnionType, { document }: ManualSource): readonly (number | string)[] {
  const definition = document.types[type.name];
  return definition !== undefined && "reserved" in definition ? (definition.reserved ?? []) : [];
}

function caseSection(union: UnionType, unionCase: UnionCase, owner: string, source: ManualSource): Section {
  const anchor = anchorWithin(owner, unionCase.name);
  const name = `${union.name}.${unionCase.name}`;
  const rulers = layoutGroups(union, source).flatMap((versions): Block[] => {
    const [first] = versions;
    if (first === undefined || !isPresent(unionCase, first)) return [];
    const ruler = partRuler(unionCase, union, first);
    return [{ kind: "ruler", caption: `${name}${inVersions(versions, source)} (${sizeText(ruler)})`, ruler }];
  });
  const badges = [badge(`tag ${unionCase.tag}`), ...lifetimeBadges(unionCase, source)];
  return namedSection(anchor, name, badges, [fieldTable(name, anchor, unionCase, source), ...rulers]);
}

function structRulers(type: StructType, source: ManualSource): Block[] {
  return layoutGroups(type, source).flatMap((versions) => {
    const [first] = versions;
    if (first === undefined) return [];
    const ruler = partRuler(type, undefined, first);
    return [{ kind: "ruler", caption: `${type.name}${inVersions(versions, source)} (${sizeText(ruler)})`, ruler }];
  });
}

function inVersions(versions: Parameters<typeof versionsText>[0], { document }: ManualSource): string {
  return document.frame.version === undefined ? "" : ` in ${versionsText(versions)}`;
}

function sizeText({ segments, minimumBytes }: ReturnType<typeof partRuler>): string {
  const isFixed = segments.every(({ bits, isConditional }) => bits !== undefined && !isConditional);
  return isFixed ? byteCount(minimumBytes) : `${minimumBytes} or more bytes`;
}

/** The fields and types that name a type. */
function usersOf(type: NamedType, source: ManualSource): readonly LinkInline[] {
  const { protocol } = source;
  const using = (fields: readonly Field[], owner: string, anchor: string): LinkInline[] =>
    fields
      .filter((field) => names(field.type, type))
      .map(({ name }) => codeLink(anchorWithin(anchor, name), `${owner}.${name}`));
  const messages = protocol.families.flatMap((family) =>
    family.messages.flatMap((message) =>
      using(message.fields, messageTitle(family, message, source), anchorOfMessage(family.name, message.name)),
    ),
  );
  const types = protocol.types.flatMap((other) => {
    const anchor = anchorOfType(other.name);
    if (other.kind === "alias") return names(other.target, type) ? [codeLink(anchor, other.name)] : [];
    if (other.kind === "struct") return using(other.fields, other.name, anchor);
    if (other.kind === "enum") return [];
    return other.cases.flatMap(({ name, fields }) =>
      using(fields, `${other.name}.${name}`, anchorWithin(anchor, name)),
    );
  });
  return [...messages, ...types];
}

/** Whether a type expression names a type, other than by the name of another one. */
function names(expression: Type, type: NamedType): boolean {
  if (expression.kind === "list") return names(expression.element, type);
  if (expression.kind === "map") return names(expression.key, type) || names(expression.value, type);
  return expression === type;
}
