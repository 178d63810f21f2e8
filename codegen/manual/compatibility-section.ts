import { isPresent } from "../layout.ts";
import type { Field, Lifetime, Message, NamedType } from "../protocol.ts";
import { anchorOfMessage, anchorOfType } from "./anchors.ts";
import {
  type Block,
  code,
  codeLink,
  type Inline,
  type Lines,
  paragraph,
  type Row,
  type Section,
  section,
  type Table,
} from "./block.ts";
import { isDeprecated, isEverywhere, type ManualSource } from "./manual-source.ts";
import { isLacking, lackingPhrase } from "./type-facts.ts";

/** What of each message, field and value is spoken in which version, and what becomes of it in the others. */
export function compatibilitySection(source: ManualSource): Section {
  const { protocol } = source;
  if (protocol.versions.length === 1) {
    const [only] = protocol.versions;
    const text = `Version ${only?.number} is the only one that is spoken: everything is in it that is not said to be in no version.`;
    return section("compatibility", "Compatibility", [paragraph(text)]);
  }
  const families = protocol.families.map(({ name, messages }) =>
    table(
      `Messages of the family ${name}`,
      messages.flatMap((message) => messageRows(name, message, source)),
      source,
    ),
  );
  const types = protocol.types.flatMap((type) => typeRows(type, source));
  const typeTable = types.length === 0 ? [] : [table("Types", types, source)];
  return section("compatibility", "Compatibility", [...explanation(), ...families, ...typeTable]);
}

function explanation(): Block[] {
  return [
    paragraph(
      "A field that a version lacks does not travel in it. Who reads such a frame gets what the last column says. Who writes one leaves the value out where it may be lost; else only that same value can be written, and any other is refused (",
      code("ERR_WIRE_NOT_IN_VERSION"),
      ").",
    ),
    paragraph(
      "A message, case or value that a version lacks cannot be written in it (",
      code("ERR_WIRE_NOT_IN_VERSION"),
      "), and its tag means nothing there (",
      code("ERR_WIRE_UNKNOWN_DISCRIMINATOR"),
      ").",
    ),
  ];
}

function table(caption: string, rows: readonly Row[], { protocol }: ManualSource): Table {
  const versions = protocol.versions.map(({ number }) => `Version ${number}`);
  return { kind: "table", caption, columns: ["Name", ...versions, "In a version without it"], rows, layout: "grid" };
}

function messageRows(family: string, message: Message, source: ManualSource): Row[] {
  const link = codeLink(anchorOfMessage(family, message.name), message.name);
  return [partRow(link, 0, message, source), ...message.fields.map((field) => fieldRow(field, 1, message, source))];
}

/** An alias that every version has says nothing here. */
function typeRows(type: NamedType, source: ManualSource): Row[] {
  const head = partRow(codeLink(anchorOfType(type.name), type.name), 0, type, source);
  switch (type.kind) {
    case "alias":
      return isEverywhere(type, source) ? [] : [head];
    case "enum":
      return [head, ...type.values.map((value) => partRow(code(value.name), 1, value, source))];
    case "struct":
      return [head, ...type.fields.map((field) => fieldRow(field, 1, type, source))];
    case "union":
      return [
        head,
        ...type.cases.flatMap((unionCase) => [
          partRow(code(unionCase.name), 1, unionCase, source),
          ...unionCase.fields.map((field) => fieldRow(field, 2, unionCase, source)),
        ]),
      ];
  }
}

function fieldRow(field: Field, depth: number, owner: Lifetime, source: ManualSource): Row {
  const lacking = isLacking(field, owner, source) ? [lackingPhrase(field)] : [];
  return { id: undefined, depth, cells: [[[code(field.name)]], ...presence(field, source), lacking] };
}

function partRow(name: Inline, depth: number, lifetime: Lifetime, source: ManualSource): Row {
  return { id: undefined, depth, cells: [[[name]], ...presence(lifetime, source), []] };
}

function presence(lifetime: Lifetime, { protocol }: ManualSource): Lines[] {
  return protocol.versions.map((version) => {
    if (!isPresent(lifetime, version)) return [["–"]];
    return [[isDeprecated(lifetime, version.number) ? "deprecated" : "yes"]];
  });
}
