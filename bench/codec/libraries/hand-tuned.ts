import type { ClientMessage, ClientRequest, ServerMessage } from "hawser/protocol";
import { readBatch, readClient, readServer } from "../hand-tuned/read.ts";
import { type Target, writeBatch, writeClient, writeServer } from "../hand-tuned/write.ts";
import type { Family, Library } from "../library.ts";
import { messageOf } from "../plain.ts";

/** Written by hand for this benchmark and used nowhere else: what the same bytes could cost. */
type Write<Value> = (target: Target, at: number, value: Value) => number;

/** Results are the caller's and share a slab with others, as hawser's do. */
export const handSlab: Library = libraryOf(
  (write) => (value) => {
    let end = write(slab, used, value);
    if (end < 0) {
      slab = newTarget();
      used = 0;
      end = write(slab, used, value);
      if (end < 0) throw new RangeError("a message is longer than a slab");
    }
    const start = used;
    used = end;
    return new View(slab.bytes.buffer, start, end - start);
  },
  true,
);

/** Every message is written to the start of the same buffer, as for a socket that copies at once. */
export const handInto: Library = libraryOf(
  (write) => (value) => {
    const end = write(buffer, 0, value);
    if (end < 0) throw new RangeError("a message is longer than the buffer");
    return new View(buffer.bytes.buffer, 0, end);
  },
  false,
);

function libraryOf(
  encoder: <Value>(write: Write<Value>) => (value: Value) => Uint8Array,
  ownsResult: boolean,
): Library {
  const client: Family<ClientMessage, ClientMessage> = {
    prepare: (message) => message,
    encode: encoder(writeClient),
    decode: (frame) => readClient(frame as Buffer),
    restore: ({ message }: { readonly message: ClientMessage }) => messageOf(message.type, message),
  };
  const server: Family<ServerMessage, ServerMessage> = {
    prepare: (message) => message,
    encode: encoder(writeServer),
    decode: (frame) => readServer(frame as Buffer),
    restore: ({ message }: { readonly message: ServerMessage }) => messageOf(message.type, message),
  };
  const batch: Family<readonly ClientRequest[], readonly ClientRequest[]> = {
    prepare: (requests) => requests,
    encode: encoder(writeBatch),
    decode: (frame) => readBatch(frame as Buffer),
    restore: (decoded: readonly ClientRequest[]) => decoded,
  };
  return { client, server, batch, ownsResult };
}

function newTarget(): Target {
  const bytes = Buffer.allocUnsafeSlow(64 * 1_024);
  return { bytes, view: new DataView(bytes.buffer) };
}

const View: new (buffer: ArrayBufferLike, offset: number, length: number) => Buffer = Reflect.get(
  Buffer,
  Symbol.species,
);
const buffer = newTarget();
let slab = newTarget();
let used = 0;
