import type { FlowDefinition } from "../document.ts";
import type { Lifetime } from "../protocol.ts";
import { anchorOfFlow, anchorOfMessage } from "./anchors.ts";
import { type Arrow, type Block, code, paragraph, type Section, section } from "./block.ts";
import { isEverywhere, lifetimeText, type ManualSource, messagesNamed } from "./manual-source.ts";
import { proseBlocks } from "./prose.ts";

/** Which message asks, and which ones answer. */
export function flowsSection(source: ManualSource): Section {
  const flows = Object.entries(source.document.flows ?? {});
  if (flows.length === 0)
    return section("flows", "Flows", [paragraph("The schema says of no message that it answers another.")]);
  return section(
    "flows",
    "Flows",
    flows.map(([name, flow]) => flowSection(name, flow, source)),
  );
}

function flowSection(name: string, flow: FlowDefinition, source: ManualSource): Section {
  const match =
    flow.match === undefined
      ? []
      : [paragraph("An answer belongs to the message with the same ", code(flow.match), ".")];
  const asker = messagesNamed(flow.ask, source)[0]?.family.name ?? "";
  const answerer = messagesNamed(flow.answer[0] ?? "", source)[0]?.family.name ?? "";
  const sequence: Block = {
    kind: "sequence",
    caption: `Flow ${name}: ${flow.ask}, then ${flow.answer.join(" or ")}`,
    asker: asker === answerer ? "one side" : asker,
    answerer: asker === answerer ? "the other" : answerer,
    ask: arrowOf(flow.ask, flow.match, source),
    answers: flow.answer.map((answer) => arrowOf(answer, flow.match, source)),
  };
  return section(anchorOfFlow(name), name, [...proseBlocks(flow.doc ?? ""), sequence, ...match]);
}

function arrowOf(name: string, match: string | undefined, source: ManualSource): Arrow {
  const [found] = messagesNamed(name, source);
  const target = found === undefined ? "" : anchorOfMessage(found.family.name, name);
  const notes = [...(match === undefined ? [] : [match]), ...noteOf(found?.message, source)];
  return { message: name, target, note: notes.join(", ") };
}

function noteOf(lifetime: Lifetime | undefined, source: ManualSource): readonly string[] {
  return lifetime === undefined || isEverywhere(lifetime, source) ? [] : [`in ${lifetimeText(lifetime, source)}`];
}
