import { Packr } from "msgpackr";

const packr = new Packr({ structures: [], maxSharedStructures: 64 });

export function encode(message: object): Uint8Array {
  return packr.pack(message);
}

export function decode(frame: Uint8Array): unknown {
  return packr.unpack(frame);
}
