import { holdsMessages, isPresent } from "../layout.ts";
import type { Message } from "../protocol.ts";
import { BitAttributes } from "./bit-attributes.ts";
import { byteAttributes, firstFlagOf, placed } from "./byte-attributes.ts";
import { innerMessage, type KsyAttribute, surplus } from "./ksy.ts";
import type { KsyFile } from "./ksy-file.ts";
import { snakeCase, UniqueNames, valueId } from "./names.ts";
import { oneOf } from "./scalar-attributes.ts";

/** How the tag of a message is written in an expression. */
type TagOf = (message: Message) => string;

/** The type of a frame's message: its tag, then its fields. With it come the messages that others hold. */
export function messageTypes(file: KsyFile): string {
  const messages = file.family.messages.filter((message) => isPresent(message, file.version));
  const inner = messages.filter((message) => !holdsMessages(message));
  const tagOf = file.protocol.frame.tag === "string<u8>" ? textTag : enumTags(file, messages);
  const any = file.type("any message", "any_message", () => ({
    doc: "A message: its tag, then its fields.",
    seq: taggedFields(file, messages, tagOf),
  }));
  if (inner.length < messages.length) {
    const end = file.protocol.frame.trailing === "reject" ? [surplus] : [];
    file.type("inner message", innerMessage, () => ({
      doc: "A message inside another one, which holds no further one.",
      seq: [...taggedFields(file, inner, tagOf), ...end],
    }));
  }
  return any;
}

function taggedFields(file: KsyFile, messages: readonly Message[], tagOf: TagOf): KsyAttribute[] {
  const { tag } = file.protocol.frame;
  const valid = oneOf(messages.map(tagOf));
  const tagAttributes: KsyAttribute[] =
    tag === "string<u8>"
      ? [
          { id: "len_tag", type: "u1" },
          { id: "tag", type: "str", size: "len_tag", encoding: "ASCII", valid },
        ]
      : [{ id: "tag", type: tag === "u8" ? "u1" : "u2", enum: messageEnum, valid }];
  const bodies = messages.flatMap((message) => {
    const type = messageType(file, message);
    return type === undefined ? [] : [[tagOf(message), type] as const];
  });
  if (bodies.length === 0) return tagAttributes;
  return [...tagAttributes, { id: "body", type: { "switch-on": "tag", cases: Object.fromEntries(bodies) } }];
}

function textTag({ tag }: Message): string {
  return JSON.stringify(tag);
}

/** Makes the enum of a family's tags. */
function enumTags(file: KsyFile, messages: readonly Message[]): TagOf {
  const names = new UniqueNames();
  const ids = new Map(messages.map(({ name }) => [name, names.take(valueId(name))]));
  const idOf = (message: Message) => ids.get(message.name) ?? message.name;
  file.enum("message", messageEnum, () =>
    Object.fromEntries(messages.map((message) => [message.tag, { id: idOf(message), doc: message.doc }])),
  );
  return (message) => `${messageEnum}::${idOf(message)}`;
}

/** The type of a message's fields; none where it has no fields. */
function messageType(file: KsyFile, message: Message): string | undefined {
  const { version, protocol } = file;
  const fields = message.fields.filter((field) => isPresent(field, version));
  if (fields.length === 0) return undefined;
  return file.type(`message ${message.name}`, `m_${snakeCase(message.name)}`, () => {
    const whole = version.packing === "bit" ? firstFlagOf(fields) : fields.length;
    const bits = new BitAttributes(file);
    const seq = [
      ...byteAttributes(file, fields.slice(0, whole).map(placed)),
      ...fields.slice(whole).flatMap((field) => bits.field(placed(field))),
    ];
    return { doc: message.doc, seq: protocol.frame.trailing === "reject" ? [...seq, ...bits.padding()] : seq };
  });
}

const messageEnum = "message_type";
