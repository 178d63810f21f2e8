import { open, truncate } from "node:fs/promises";
import { join } from "node:path";
import { EngineError } from "./consensus.ts";
import { unusableDirectory } from "./data-directory.ts";

/**
 * The store's file, looked at before the store opens it. Opening one that is damaged at its beginning, or shorter than
 * it should be, does not fail but kills the process, and the store has no checksums of its own.
 *
 * The file begins with two meta pages: `page header | magic u32, version u32, address 8, map size 8, page size u32, …,
 * last page 8, transaction 8`, in the machine's byte order. Transaction n writes page n mod 2, so that the two always
 * hold consecutive numbers and the higher one counts.
 */
export interface DataFileFacts {
  /** Bytes of the file as found. */
  readonly size: number;
  /** Bytes that a file with all of its pages has. It may rightly be shorter when its last pages are free. */
  readonly fullSize: number;
}

/**
 * Reads what the file at `directory` says about itself. `undefined`: there is no file yet.
 *
 * Errors: `ERR_DATA_DIRECTORY_UNUSABLE` for a file of another kind or one that cannot be read, `ERR_STORE_CORRUPT` for a
 * store that lost its beginning.
 */
export async function inspectDataFile(directory: string): Promise<DataFileFacts | undefined> {
  const path = join(directory, dataFile);
  let start: Buffer;
  let size: number;
  try {
    const file = await open(path, "r");
    try {
      size = (await file.stat()).size;
      const { buffer, bytesRead } = await file.read(Buffer.alloc(startBytes), 0, startBytes, 0);
      start = buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw unusableDirectory(directory, error);
  }
  if (size === 0) throw corrupt(path, "it is empty");
  const magicAt = start.indexOf(magic);
  if (magicAt === -1) {
    const message = `cannot use data directory ${directory}: ${path} is not a hawser store; move it away or give another directory`;
    throw new EngineError("ERR_DATA_DIRECTORY_UNUSABLE", message);
  }
  return { size, fullSize: fullSizeOf(path, start, magicAt) ?? size };
}

/**
 * Extends a short file with zeros, so that reading its missing pages does not kill the process. Free pages are not read;
 * a record in a page that was cut off fails its checksum. Undo it with `truncate` when the store is refused.
 */
export async function extendDataFile(directory: string, { size, fullSize }: DataFileFacts): Promise<void> {
  if (size < fullSize) await truncate(join(directory, dataFile), fullSize);
}

/** Gives the file the length again with which it was found. */
export async function restoreDataFile(directory: string, { size, fullSize }: DataFileFacts): Promise<void> {
  if (size < fullSize) await truncate(join(directory, dataFile), size);
}

/** The error for damage in the file at `path`. */
export function corrupt(path: string, damage: string, cause?: unknown): EngineError {
  const message = `${path} is damaged: ${damage}; nothing was changed, restore the directory from a backup`;
  return new EngineError("ERR_STORE_CORRUPT", message, cause === undefined ? undefined : { cause });
}

/** The file that holds everything. */
export const dataFile = "data.mdb";

/** `undefined`: the format is another, and the store will say so. */
function fullSizeOf(path: string, start: Buffer, magicAt: number): number | undefined {
  // A damaged first page may leave the magic of the second one, which lies too far in.
  if (magicAt > pageHeaderBytesMax) throw corrupt(path, "its first page is not one of a store");
  const view = new DataView(start.buffer, start.byteOffset, start.length);
  if (start.length < magicAt + metaBytes)
    throw corrupt(path, `it has ${start.length} bytes, too few for its first page`);
  if ((view.getUint32(magicAt + versionOffset, isLittleEndian) & 0xffff) !== dataVersion) return undefined;
  const pageSize = view.getUint32(magicAt + pageSizeOffset, isLittleEndian);
  const isPossible = pageSize >= 256 && pageSize <= 65_536 && (pageSize & (pageSize - 1)) === 0;
  if (!isPossible) throw corrupt(path, `its page size is ${pageSize}`);
  if (start.length < 2 * pageSize) throw corrupt(path, `it has ${start.length} bytes, too few for its first two pages`);
  const secondAt = magicAt + pageSize;
  if (start.compare(magic, 0, magic.length, secondAt, secondAt + magic.length) !== 0) {
    throw corrupt(path, "its second page is not one of a store");
  }
  const transactions = [magicAt, secondAt].map((at) => view.getBigUint64(at + transactionOffset, isLittleEndian));
  const [first = 0n, second = 0n] = transactions;
  const isNew = first === 0n && second === 0n;
  const areConsecutive = first % 2n === 0n && (second === first + 1n || second + 1n === first);
  if (!isNew && !areConsecutive) {
    throw corrupt(
      path,
      `its first two pages are of the transactions ${first} and ${second}, which do not follow each other`,
    );
  }
  const newest = first > second ? magicAt : secondAt;
  const pages = view.getBigUint64(newest + lastPageOffset, isLittleEndian) + 1n;
  if (pages > pagesMax) throw corrupt(path, `its last page is ${pages - 1n}`);
  return Number(pages) * pageSize;
}

const isLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;
const magic = Buffer.from(new Uint32Array([0xbeefc0de]).buffer);
const dataVersion = 2;
/** Two pages of the greatest size. */
const startBytes = 2 * 65_536;
const pageHeaderBytesMax = 64;
/** Offsets from the magic. */
const versionOffset = 4;
const pageSizeOffset = 24;
const lastPageOffset = 120;
const transactionOffset = 128;
const metaBytes = 136;
/** More pages than any disk has: 2^40 of 4 KiB are 4 PiB. */
const pagesMax = 1n << 40n;
