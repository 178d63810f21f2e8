import c from "compact-encoding";
import { clientEncoding, type Fields } from "../../codec/libraries/compact-encoding/client.ts";
import { serverEncoding } from "../../codec/libraries/compact-encoding/server.ts";

export function encode(message: Fields): Uint8Array {
  return c.encode(clientEncoding, message);
}

export function decode(frame: Uint8Array): Partial<Fields> {
  return c.decode(serverEncoding, frame);
}
