import { prefixSize } from "../layout.ts";
import { anchorOfFamily, anchorOfMessage, anchorOfVersion } from "./anchors.ts";
import {
  type Block,
  code,
  codeLink,
  joined,
  link,
  type Phrase,
  paragraph,
  type Row,
  row,
  type Section,
  section,
} from "./block.ts";
import type { ManualSource } from "./manual-source.ts";
import { proseLines } from "./prose.ts";
import { byteCount } from "./ruler.ts";
import { changesSection } from "./version-changes.ts";

/** What there is: families and versions, each with where to read on. */
export function overviewBlocks({ protocol, document }: ManualSource): Block[] {
  const rows = protocol.families.map(({ name, messages }) => {
    const links = messages.map((message): Phrase => [codeLink(anchorOfMessage(name, message.name), message.name)]);
    return row([[link(anchorOfFamily(name), name)]], [joined(links, ", ")]);
  });
  const frame =
    document.frame.maxSize === undefined
      ? []
      : [`A frame has up to ${document.frame.maxSize} unless a program sets another limit.`];
  return [
    ...proseLines(protocol.doc).map((phrase) => paragraph(...phrase)),
    paragraph(
      `Messages of one family are told apart by their tags; two families can use the same ones. ${frame.join("")}`.trim(),
    ),
    {
      kind: "table",
      caption: "Families of messages",
      columns: ["Family", "Messages"],
      rows,
      layout: "definitions",
    },
  ];
}

export function versionsSection(source: ManualSource): Section {
  const { document, protocol } = source;
  const rows: Row[] = Object.entries(document.versions).map(([number, { status, packing, doc }]) => ({
    id:
      status === "retired" || Number(number) === protocol.versions[0]?.number
        ? anchorOfVersion(Number(number))
        : undefined,
    depth: 0,
    cells: [[[`Version ${number}`]], [[statusTexts[status]]], [[`flags are ${packing}s`]], proseLines(doc)],
  }));
  const changes = protocol.versions.slice(1).map((version) => changesSection(version, source));
  const columns = ["Version", "Status", "Packing", "About"];
  return section("versions", "Versions", [
    { kind: "table", caption: "Versions", columns, rows, layout: "definitions" },
    ...changes,
  ]);
}

const statusTexts = {
  draft: "draft: may still change",
  frozen: "frozen: spoken, and does not change",
  retired: "retired: nobody speaks it any more",
} as const;

/** What stands before and behind the fields of every message. */
export function frameSection({ protocol, document }: ManualSource): Section {
  const { frame, versions } = protocol;
  const { magic = "" } = document.frame;
  const rows: Row[] = [];
  if (magic !== "") {
    const hex = Buffer.from(magic, "latin1")
      .toString("hex")
      .replace(/..(?!$)/g, "$& ");
    rows.push(row([["magic"]], [[byteCount(magic.length)]], [[code(hex), ", in ASCII ", code(magic)]]));
  }
  if (frame.version !== undefined) {
    const numbers = joined(
      versions.map(({ number }): Phrase => [code(String(number))]),
      ", ",
    );
    rows.push(row([["version"]], [[byteCount(prefixSize(frame.version))]], [[code(frame.version), ": ", ...numbers]]));
  }
  const isText = frame.tag === "string<u8>";
  const size = frame.tag === "string<u8>" ? "1 byte, then as many as it says" : byteCount(prefixSize(frame.tag));
  const tag = isText ? ", printable ASCII" : "";
  rows.push(row([["tag"]], [[size]], [[code(frame.tag), `: which message of the family it is${tag}`]]));
  rows.push(row([["fields"]], [["see the message"]], [["one after the other, in the order of the tables below"]]));
  const after =
    frame.trailing === "ignore" ? "a decoder ignores what is there" : "nothing: a decoder refuses a frame that goes on";
  rows.push(row([["behind"]], [[""]], [[after]]));
  const columns = ["Part", "Size", "Holds"];
  return section("frame", "The frame", [
    paragraph(
      `A message is one frame of the transport, from its first byte to its last. ${orderTexts[frame.byteOrder]}`,
    ),
    ...(frame.version === undefined ? [paragraph("The bytes do not say their version.")] : []),
    { kind: "table", caption: "Parts of a frame", columns, rows, layout: "definitions" },
  ]);
}

const orderTexts = {
  big: "Numbers are big-endian: the most significant byte comes first.",
  little: "Numbers are little-endian: the least significant byte comes first, in tags, lengths and counts too.",
} as const;

/** Whether a version of the schema writes flags as bits. */
export function hasBits({ protocol }: ManualSource): boolean {
  return protocol.versions.some(({ packing }) => packing === "bit");
}
