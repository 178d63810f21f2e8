/** The parts of a small schema that tests vary; YAML, indented as in the schema. */
export interface SchemaParts {
  readonly types?: string;
  readonly fields?: string;
  /** Behind everything else, at the root. */
  readonly more?: string;
}

/** A schema with one message, which is fine as long as its parts are. */
export function minimalSchema({ types = "", fields = "", more = "" }: SchemaParts): string {
  const typeLines = lines(types, 2);
  const fieldLines = lines(fields, 8);
  return `protocol: small
doc: A protocol.
versions:
  1: { status: draft, packing: byte, doc: "First." }
frame: { tag: u8 }
types:${typeLines === "" ? " {}" : `\n${typeLines}`}
messages:
  client:
    Ping:
      tag: 1
      doc: Are you there?
${fieldLines === "" ? "" : `      fields:\n${fieldLines}\n`}${more}
`;
}

function lines(text: string, indentation: number): string {
  return text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => " ".repeat(indentation) + line.trim())
    .join("\n");
}
