/** Memory that messages are written to: its bytes, and a view for numbers of several bytes, in one store each. */
export interface Target {
  readonly bytes: Uint8Array;
  /** Of the same bytes. To make one costs as much as to write a small message, so that it is made once. */
  readonly view: DataView;
}

/** The memory of the caller that was written to last, since the next message most often goes there too. */
let recent: Target | undefined;
/** How long it was then: memory that has grown since needs another view. */
let recentLength = 0;

/** The memory that a caller gives to be written to. It is held until the next one is given. */
export function targetOf(bytes: Uint8Array): Target {
  if (recent?.bytes !== bytes || recentLength !== bytes.length) {
    recent = { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength) };
    recentLength = bytes.length;
  }
  return recent;
}
