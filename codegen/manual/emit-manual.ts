import type { SchemaDocument } from "../document.ts";
import type { GeneratedFile, GenerateOptions } from "../generate.ts";
import { generatedHeader } from "../generated-header.ts";
import type { Protocol } from "../protocol.ts";
import type { Section } from "./block.ts";
import { compatibilitySection } from "./compatibility-section.ts";
import { flowsSection } from "./flow-sections.ts";
import { printHtml } from "./html/print-html.ts";
import { indexSection } from "./index-section.ts";
import { errorsSection, limitsSection } from "./limits-sections.ts";
import type { ManualSource } from "./manual-source.ts";
import { printMarkdown } from "./markdown/print-markdown.ts";
import { messagesSection } from "./message-sections.ts";
import { notationSection } from "./notation-section.ts";
import { frameSection, overviewBlocks, versionsSection } from "./overview-sections.ts";
import { typesSection } from "./type-sections.ts";
import { WorkedExamples } from "./worked-examples.ts";

/** The manual of a schema, for people: once in Markdown, and once as a page of HTML that loads nothing. */
export function emitManual(
  protocol: Protocol,
  { sourceName }: GenerateOptions,
  document: SchemaDocument,
): readonly GeneratedFile[] {
  const manual = describeProtocol({ protocol, document });
  const header = generatedHeader(sourceName);
  return [
    { name: "REFERENCE.md", text: printMarkdown(manual, protocol, header) },
    { name: "manual.html", text: printHtml(manual, header) },
  ];
}

function describeProtocol(source: ManualSource): Section {
  return {
    kind: "section",
    id: "top",
    title: `The protocol ${source.protocol.name}`,
    isCode: false,
    badges: [],
    blocks: [
      ...overviewBlocks(source),
      versionsSection(source),
      frameSection(source),
      notationSection(source),
      messagesSection(source, new WorkedExamples(source)),
      typesSection(source),
      flowsSection(source),
      compatibilitySection(source),
      limitsSection(source),
      errorsSection(source),
      indexSection(source),
    ],
  };
}
