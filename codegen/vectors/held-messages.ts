import { baseType, holdsMessages, isPresent } from "../layout.ts";
import type { Family, Message, Protocol, Version } from "../protocol.ts";
import { type BrokenValue, brokenValue } from "./broken-values.ts";
import { encodeHeld } from "./encode-frame.ts";
import type { ExampleValues } from "./example-values.ts";
import type { RefusalRule } from "./refusal-rules.ts";
import { unusedTag } from "./unused-tag.ts";
import { isRecord, type ValueRecord, WrittenMessage } from "./value.ts";
import type { ValueSite } from "./variations.ts";

/** Messages inside a message that are wrong in one way, as the bytes that stand there. */
export class HeldMessages {
  readonly #protocol: Protocol;
  readonly #version: Version;
  readonly #examples: ExampleValues;

  constructor(protocol: Protocol, version: Version, examples: ExampleValues) {
    this.#protocol = protocol;
    this.#version = version;
    this.#examples = examples;
  }

  refused({ type, value, family }: ValueSite): readonly BrokenValue[] {
    if (baseType(type).kind !== "message" || !isRecord(value)) return [];
    const bytes = encodeHeld(this.#protocol, this.#version, family, value);
    return [
      ...this.#wrongTags(family, value, bytes),
      broken("held-truncated", value, bytes.slice(0, -1), "The message inside lacks its last byte."),
      ...(this.#protocol.frame.trailing === "ignore"
        ? []
        : [followed(value, bytes, "A byte behind the message inside.")]),
    ];
  }

  /** Bytes behind the message inside, where they are ignored. */
  lenient({ type, value, family }: ValueSite): readonly BrokenValue[] {
    if (this.#protocol.frame.trailing === "reject" || baseType(type).kind !== "message" || !isRecord(value)) return [];
    const bytes = encodeHeld(this.#protocol, this.#version, family, value);
    const message = family.messages.find(({ name }) => name === value["type"]);
    // A `rest` takes what stands behind it, and the bytes are then another message.
    if (message !== undefined && endsInRest(message, this.#version)) return [];
    return [followed(value, bytes, "A byte behind the message inside is ignored.")];
  }

  #wrongTags(family: Family, value: ValueRecord, bytes: Uint8Array): readonly BrokenValue[] {
    const present = family.messages.filter((message) => isPresent(message, this.#version));
    const holder = present.find(holdsMessages);
    const example = holder && this.#examples.ofMessage(family, holder)[0]?.value;
    const nested = example && encodeHeld(this.#protocol, this.#version, family, example);
    const tag = unknownTag(this.#protocol, present);
    const none = "A tag that no message has.";
    const holds = "A message that holds messages cannot be inside of one.";
    return [
      ...(tag === undefined ? [] : [broken("held-tag", value, Uint8Array.from([...tag, ...bytes]), none)]),
      ...(nested === undefined ? [] : [{ ...broken("held-tag", value, nested, holds), id: "/held-holder" }]),
    ];
  }
}

function broken(rule: RefusalRule, message: ValueRecord, bytes: Uint8Array, note: string): BrokenValue {
  return brokenValue(rule, rule, new WrittenMessage(message, bytes), note);
}

function followed(message: ValueRecord, bytes: Uint8Array, note: string): BrokenValue {
  return broken("held-trailing", message, Uint8Array.from([...bytes, 0]), note);
}

/** Whether what follows a message would be a part of it. */
export function endsInRest(message: Message, version: Version): boolean {
  const last = message.fields.findLast((field) => isPresent(field, version));
  const base = last && baseType(last.type);
  return base !== undefined && "length" in base && base.length === "rest";
}

/** The bytes of a tag that none of these messages has. */
export function unknownTag({ frame }: Protocol, messages: readonly Message[]): Uint8Array | undefined {
  if (frame.tag === "string<u8>") {
    const taken = new Set(messages.map(({ tag }) => String(tag)));
    const [text = ""] = ["NONE", "NONE2", "?"].filter((candidate) => !taken.has(candidate));
    return Uint8Array.from([text.length, ...Buffer.from(text, "latin1")]);
  }
  const tag = unusedTag(
    messages.map((message) => Number(message.tag)),
    frame.tag,
  );
  if (tag === undefined) return undefined;
  const bytes = frame.tag === "u8" ? [tag] : [tag >> 8, tag & 0xff];
  return Uint8Array.from(frame.byteOrder === "little" ? bytes.reverse() : bytes);
}
