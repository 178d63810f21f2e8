import { encodeCommandMessage } from "../../../generated/zmtp-command/codec.ts";
import { decodeCommand } from "./command.ts";
import type { Mechanism, MechanismStep, Properties } from "./mechanism.ts";
import { ZmtpError } from "./zmtp-error.ts";

/** The mechanism NULL: no credentials and no encryption. Each side says that it is ready, and that is all. */
export function nullMechanism(properties: Properties): Mechanism {
  return {
    name: "NULL",
    asServer: false,
    start: () => [
      encodeCommandMessage({ type: "Ready", properties: Array.from(properties, ([name, value]) => ({ name, value })) }),
    ],
    receive,
    wipe: () => {},
  };
}

function receive(bytes: Uint8Array): MechanismStep {
  const command = decodeCommand(bytes);
  if (command?.type !== "Ready") throw new ZmtpError("the peer did not say READY after its greeting");
  const properties = command.properties.map(({ name, value }): [string, Uint8Array] => [name.toLowerCase(), value]);
  return { type: "done", commands: [], properties: new Map(properties) };
}
