import { encodeCommandMessageInto } from "../../../../generated/zmtp-curve/codec.ts";
import { decodeFrameMessage, encodeFrameMessageInto } from "../../../../generated/zmtp-curve-box/codec.ts";
import type { FrameMessage } from "../../../../generated/zmtp-curve-box/messages.ts";
import { WireError } from "../../../wire/index.ts";
import { flag } from "../framing.ts";
import type { Seal } from "../mechanism.ts";
import { ZmtpError } from "../zmtp-error.ts";
import { boxOverheadBytes, shortNonce } from "./boxes.ts";
import { readCommand } from "./contents.ts";
import type { Sodium } from "./sodium.ts";

/** What both ends have agreed on. */
export interface CurveSession {
  /** Of every box between the transient keys of both. The seal wipes it. */
  readonly key: Uint8Array;
  readonly asServer: boolean;
  /** Numbers of the last nonces of the handshake. */
  readonly sentNonce: number;
  readonly receivedNonce: number;
}

/**
 * CURVE's MESSAGE: each frame in a box of its own, numbered, so that none can be changed, repeated or left out. Boxes are made and opened where they lie, without a copy.
 */
export class CurveSeal implements Seal {
  readonly overheadBytes: number = boxAt + boxOverheadBytes + flagsBytes;
  readonly #sodium: Sodium;
  readonly #sendNonce: Uint8Array;
  readonly #receiveNonce: Uint8Array;
  #key: Uint8Array;
  #sentNonce: number;
  #receivedNonce: number;

  constructor(sodium: Sodium, { key, asServer, sentNonce, receivedNonce }: CurveSession) {
    this.#sodium = sodium;
    this.#key = key;
    this.#sendNonce = shortNonce(asServer ? serverPrefix : clientPrefix, sentNonce);
    this.#receiveNonce = shortNonce(asServer ? clientPrefix : serverPrefix, receivedNonce);
    this.#sentNonce = sentNonce;
    this.#receivedNonce = receivedNonce;
  }

  sealInto(flags: number, body: Uint8Array, target: Uint8Array, offset: number): number {
    const nonce = this.#sentNonce + 1;
    this.#sentNonce = nonce;
    putNumber(this.#sendNonce, nonce);
    encodeFrameMessageInto(
      { type: flags === 0 ? "Message" : "Command", body },
      target,
      offset + boxAt + boxOverheadBytes,
    );
    const start = target.byteOffset + offset + boxAt;
    const box = new Uint8Array(target.buffer, start, boxOverheadBytes + flagsBytes + body.byteLength);
    const content = new Uint8Array(target.buffer, start + boxOverheadBytes, flagsBytes + body.byteLength);
    this.#sodium.crypto_secretbox_easy(box, content, this.#sendNonce, this.#key);
    // The box lies where it belongs already: it is copied onto itself.
    return encodeCommandMessageInto({ type: "Message", nonce, box }, target, offset);
  }

  open(bytes: Uint8Array): { readonly flags: number; readonly body: Uint8Array } {
    const { nonce, box } = readCommand("Message", bytes);
    if (nonce !== this.#receivedNonce + 1) {
      const what = `the peer sent message ${nonce} after message ${this.#receivedNonce}`;
      throw new ZmtpError(`${what}: somebody repeats them, or leaves some out`);
    }
    putNumber(this.#receiveNonce, nonce);
    const content = new Uint8Array(box.buffer, box.byteOffset + boxOverheadBytes, box.byteLength - boxOverheadBytes);
    if (!this.#sodium.crypto_secretbox_open_easy(content, box, this.#receiveNonce, this.#key)) {
      throw new ZmtpError("a message was not encrypted by the peer, or was changed on its way");
    }
    this.#receivedNonce = nonce;
    const { type, body } = decodeFrame(content);
    return { flags: flagsOf[type], body };
  }

  wipe(): void {
    this.#sodium.sodium_memzero(this.#key);
    // Libsodium refuses a key of this length: nothing can be sealed with zeros by mistake.
    this.#key = noKey;
  }
}

function decodeFrame(content: Uint8Array): FrameMessage {
  try {
    return decodeFrameMessage(content);
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    throw new ZmtpError(`the peer encrypted something malformed: ${error.message}`);
  }
}

/** Writes the number of a short nonce: faster by far than with a `bigint`. */
function putNumber(nonce: Uint8Array, number: number): void {
  let high = Math.floor(number / 0x1_0000_0000);
  let low = number;
  for (let index = 3; index >= 0; index--) {
    nonce[numberAt + 4 + index] = low;
    nonce[numberAt + index] = high;
    low = Math.floor(low / 256);
    high = Math.floor(high / 256);
  }
}

const clientPrefix = "CurveZMQMESSAGEC";
const serverPrefix = "CurveZMQMESSAGES";
const flagsOf: Readonly<Record<FrameMessage["type"], number>> = { Message: 0, Part: flag.more, Command: flag.command };
/** Where the box of a MESSAGE begins. */
const boxAt = 16;
/** Bytes of the flags in a box. */
const flagsBytes = 1;
/** Where the number of a short nonce begins. */
const numberAt = 16;
const noKey: Uint8Array = new Uint8Array(0);
