import { decodeCommandMessage, encodeCommandMessage } from "../../../generated/zmtp-command/codec.ts";
import type { CommandMessage } from "../../../generated/zmtp-command/messages.ts";
import { WireError } from "../../wire/index.ts";
import { ZmtpError } from "./zmtp-error.ts";

/** Reads a command; `undefined` for one that we do not know. Throws `ZmtpError` for one that is malformed. */
export function decodeCommand(bytes: Uint8Array): CommandMessage | undefined {
  try {
    return decodeCommandMessage(bytes);
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    if (error.code === "ERR_WIRE_UNKNOWN_DISCRIMINATOR") return undefined;
    throw new ZmtpError(`the peer sent a malformed command: ${error.message}`);
  }
}

/** Whether a command is an ERROR, which every mechanism has in common. */
export function isFailure(bytes: Uint8Array): boolean {
  return Buffer.compare(failureTag, bytes.subarray(0, failureTag.byteLength)) === 0;
}

/** What every ERROR begins with: all of one but the length of its reason. */
const failureTag: Uint8Array = encodeCommandMessage({ type: "Failure", reason: "" }).slice(0, -1);
