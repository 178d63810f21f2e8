import { fromBinary, toBinary } from "@bufbuild/protobuf";
import {
  type ClientMessage,
  ClientMessageSchema,
  type ServerMessage,
  ServerMessageSchema,
} from "../../codec/generated/protobuf-es/messages_pb.js";

export function encode(message: ClientMessage): Uint8Array {
  return toBinary(ClientMessageSchema, message);
}

export function decode(frame: Uint8Array): ServerMessage {
  return fromBinary(ServerMessageSchema, frame);
}
