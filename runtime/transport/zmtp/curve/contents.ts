import { decodeCommandMessage } from "../../../../generated/zmtp-curve/codec.ts";
import type { CommandMessage } from "../../../../generated/zmtp-curve/messages.ts";
import { decodeContentMessage, encodeContentMessage } from "../../../../generated/zmtp-curve-box/codec.ts";
import type { ContentMessage } from "../../../../generated/zmtp-curve-box/messages.ts";
import { WireError } from "../../../wire/index.ts";
import type { Properties } from "../mechanism.ts";
import { ZmtpError } from "../zmtp-error.ts";
import { boxOverheadBytes, sealBox } from "./boxes.ts";
import type { Sodium } from "./sodium.ts";

/**
 * What travels in the commands of CURVE's handshake, and in their boxes. In a box a content stands without its tag: it is
 * put before what was opened, and left out of what is sealed.
 */

type CommandType = CommandMessage["type"];
type ContentType = ContentMessage["type"];

/** Reads a command of the handshake, or one after it. Throws `ZmtpError` when it is not the one that is due. */
export function readCommand<Type extends CommandType>(
  type: Type,
  bytes: Uint8Array,
): Extract<CommandMessage, { type: Type }> {
  const command = decoded(() => decodeCommandMessage(bytes));
  if (isOfType(command, type)) return command;
  throw new ZmtpError(`the peer sent the command ${command.type} of CURVE, ${type} was due`);
}

/** The box that holds `content`. */
export function sealContent(sodium: Sodium, key: Uint8Array, nonce: Uint8Array, content: ContentMessage): Uint8Array {
  const encoded = encodeContentMessage(content);
  const box = sealBox(sodium, key, nonce, encoded.subarray(tagBytes));
  // It may hold secrets, and shares its memory with other messages.
  sodium.sodium_memzero(encoded);
  return box;
}

/** A box, and what it was made with. */
export interface SealedBox {
  readonly box: Uint8Array;
  readonly nonce: Uint8Array;
  readonly key: Uint8Array;
}

/**
 * What a box holds, in memory of its own; `undefined` when it was not made with this nonce and key. Throws `ZmtpError` for
 * a content that is malformed.
 */
export function openContent<Type extends ContentType>(
  sodium: Sodium,
  { box, nonce, key }: SealedBox,
  type: Type,
): Extract<ContentMessage, { type: Type }> | undefined {
  const encoded = new Uint8Array(tagBytes + box.byteLength - boxOverheadBytes);
  if (!sodium.crypto_secretbox_open_easy(encoded.subarray(tagBytes), box, nonce, key)) return undefined;
  encoded[0] = contentTags[type];
  const content = decoded(() => decodeContentMessage(encoded));
  if (isOfType(content, type)) return content;
  throw new TypeError(`${contentTags[type]} is the tag of ${content.type}, not of ${type}`);
}

/** Properties as the peer has told them, by their names in lower case. */
export function asProperties(told: readonly { readonly name: string; readonly value: Uint8Array }[]): Properties {
  return new Map(told.map(({ name, value }) => [name.toLowerCase(), value]));
}

function decoded<T>(decode: () => T): T {
  try {
    return decode();
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    throw new ZmtpError(`the peer sent a malformed command: ${error.message}`);
  }
}

function isOfType<Message extends { readonly type: string }, Type extends Message["type"]>(
  message: Message,
  type: Type,
): message is Extract<Message, { type: Type }> {
  return message.type === type;
}

const tagBytes = 1;
/** As in zmtp-curve-box.yaml. */
const contentTags: Readonly<Record<ContentType, number>> = {
  HelloContent: 1,
  WelcomeContent: 2,
  CookieContent: 3,
  VouchContent: 4,
  InitiateContent: 5,
  ReadyContent: 6,
};
