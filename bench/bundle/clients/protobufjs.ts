import { hawser } from "../../codec/generated/protobufjs/messages.js";

const { ClientMessage, ServerMessage } = hawser.bench;

export function encode(message: hawser.bench.ClientMessage): Uint8Array {
  return ClientMessage.encode(message).finish();
}

export function decode(frame: Uint8Array): hawser.bench.ServerMessage {
  return ServerMessage.decode(frame);
}
