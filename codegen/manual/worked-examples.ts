import { explainFrame } from "../explain/explain-frame.ts";
import type { Family, Message, Version } from "../protocol.ts";
import { encodeFrame } from "../vectors/encode-frame.ts";
import { ExampleValues } from "../vectors/example-values.ts";
import type { Block } from "./block.ts";
import { layoutGroups, type ManualSource, versionsText } from "./manual-source.ts";
import { byteCount } from "./ruler.ts";

/** The examples of a schema as frames, with what each byte means. */
export class WorkedExamples {
  readonly #source: ManualSource;
  readonly #valuesByVersion: ReadonlyMap<number, ExampleValues>;

  constructor(source: ManualSource) {
    this.#source = source;
    const { document, protocol } = source;
    this.#valuesByVersion = new Map(
      protocol.versions.map((version) => [version.number, new ExampleValues(document, version)]),
    );
  }

  /** One for each way in which the message is written, in the first version that writes it so; then the further ones. */
  blocksOf(family: Family, message: Message): Block[] {
    return layoutGroups(message, this.#source).flatMap((versions) => {
      const [first] = versions;
      return first === undefined ? [] : this.#inVersion(family, message, first, versions);
    });
  }

  #inVersion(family: Family, message: Message, version: Version, alike: readonly Version[]): Block[] {
    const { protocol } = this.#source;
    const examples = this.#valuesByVersion.get(version.number)?.ofMessage(family, message) ?? [];
    return examples.map(({ name, value }) => {
      const { bytes } = encodeFrame(protocol, version, family, value);
      const what = name === undefined ? `Example of ${message.name}` : `Example ${name}`;
      const caption = `${what}${this.#where(version, alike)} (${byteCount(bytes.length)})`;
      return { kind: "example", caption, frame: bytes, explanation: explainFrame(bytes, protocol, family) };
    });
  }

  /** Frames of other versions with the same fields differ in the number of the version alone. */
  #where(version: Version, alike: readonly Version[]): string {
    if (this.#source.protocol.frame.version === undefined) return "";
    const others = alike.filter((other) => other !== version);
    const same = others.length === 0 ? "" : `, only the number differs in ${versionsText(others)}`;
    return ` in version ${version.number}${same}`;
  }
}
