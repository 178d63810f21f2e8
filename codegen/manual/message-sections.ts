import { holdsMessages } from "../layout.ts";
import type { Family, Message } from "../protocol.ts";
import { anchorOfFamily, anchorOfFlow, anchorOfMessage } from "./anchors.ts";
import {
  type Block,
  badge,
  code,
  joined,
  link,
  namedSection,
  type Phrase,
  paragraph,
  type Section,
  section,
} from "./block.ts";
import { fieldTable } from "./field-table.ts";
import {
  layoutGroups,
  lifetimeBadges,
  lifetimeNumbers,
  type ManualSource,
  messageLink,
  messagesNamed,
  versionsText,
} from "./manual-source.ts";
import { proseBlocks, proseLines } from "./prose.ts";
import { registryTable, reservedNames } from "./registry-table.ts";
import { byteCount, messageRuler } from "./ruler.ts";
import type { WorkedExamples } from "./worked-examples.ts";

/** Every message of every family, after the tags of the family. */
export function messagesSection(source: ManualSource, examples: WorkedExamples): Section {
  const families = source.protocol.families.map((family) => familySection(family, source, examples));
  return section("messages", "Messages", families);
}

function familySection(family: Family, source: ManualSource, examples: WorkedExamples): Section {
  const { document, protocol } = source;
  const reserved = Object.hasOwn(document.reserved ?? {}, family.name) ? (document.reserved?.[family.name] ?? []) : [];
  const taken = family.messages.map((message) => ({
    tag: message.tag,
    name: [[messageLink(family, message, source)]],
    versions: lifetimeNumbers(message, source),
    meaning: proseLines(message.doc),
    id: undefined,
  }));
  const tagMax = { u8: 0xff, u16: 0xffff, "string<u8>": undefined }[protocol.frame.tag];
  const names = protocol.frame.tag === "string<u8>" ? [] : reservedNames(reserved);
  return section(anchorOfFamily(family.name), `Family ${family.name}`, [
    registryTable(`Tags of the family ${family.name}`, taken, reserved, tagMax),
    ...reservedParagraph(names),
    ...family.messages.map((message) => messageSection(family, message, source, examples)),
  ]);
}

/** Names that were given up. */
export function reservedParagraph(names: readonly string[]): Block[] {
  if (names.length === 0) return [];
  return [
    paragraph(
      "Reserved names: ",
      ...joined(
        names.map((name): Phrase => [code(name)]),
        ", ",
      ),
      ".",
    ),
  ];
}

function messageSection(family: Family, message: Message, source: ManualSource, examples: WorkedExamples): Section {
  const anchor = anchorOfMessage(family.name, message.name);
  const { tag, fields, doc } = message;
  const badges = [badge(`family ${family.name}`), badge(`tag ${tagText(tag)}`), ...lifetimeBadges(message, source)];
  const holds =
    "It holds messages of its family: each its tag and its fields, without magic and version. A message that holds others cannot be one of them.";
  return namedSection(anchor, message.name, badges, [
    ...proseBlocks(doc),
    ...(holdsMessages(message) ? [paragraph(holds)] : []),
    ...flowBlocks(message, source),
    ...(fields.length === 0 ? [paragraph("It has no fields.")] : [fieldTable(message.name, anchor, message, source)]),
    ...rulerBlocks(message, source),
    ...examples.blocksOf(family, message),
  ]);
}

/** `3`, `12 (0x0c)`, `"PING"` */
function tagText(tag: number | string): string {
  if (typeof tag === "string") return JSON.stringify(tag);
  return tag < 10 ? String(tag) : `${tag} (0x${tag.toString(16).padStart(2, "0")})`;
}

function rulerBlocks(message: Message, source: ManualSource): Block[] {
  return layoutGroups(message, source).flatMap((versions) => {
    const [first] = versions;
    if (first === undefined) return [];
    const ruler = messageRuler(message, first, source.protocol);
    const where = source.document.frame.version === undefined ? "" : ` in ${versionsText(versions)}`;
    const isFixed = ruler.segments.every(({ bits, isConditional }) => bits !== undefined && !isConditional);
    const size = isFixed ? byteCount(ruler.minimumBytes) : `${ruler.minimumBytes} or more bytes`;
    return [{ kind: "ruler", caption: `${message.name}${where} (${size})`, ruler }];
  });
}

/** In which flows a message asks or answers. */
function flowBlocks(message: Message, source: ManualSource): Block[] {
  const items = Object.entries(source.document.flows ?? {}).flatMap(([name, { ask, answer }]): Phrase[] => {
    const flow = link(anchorOfFlow(name), name);
    const others = (names: readonly string[]): Phrase =>
      joined(
        names
          .flatMap((other) => messagesNamed(other, source))
          .map((found): Phrase => [messageLink(found.family, found.message, source)]),
        " or ",
      );
    return [
      ...(ask === message.name ? [["Flow ", flow, ": answered by ", ...others(answer), "."]] : []),
      ...(answer.includes(message.name) ? [["Flow ", flow, ": answers ", ...others([ask]), "."]] : []),
    ];
  });
  return items.length === 0 ? [] : [{ kind: "listing", items }];
}
