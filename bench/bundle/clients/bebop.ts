import { BebopView } from "bebop";
import { ClientMessage, ServerMessage } from "../../codec/generated/bebop/messages.js";

export function encode(message: ClientMessage): Uint8Array {
  return ClientMessage.encode(message);
}

export function decode(frame: Uint8Array): ServerMessage {
  view.startReading(frame);
  return ServerMessage.readFrom(view);
}

const view = BebopView.getInstance();
