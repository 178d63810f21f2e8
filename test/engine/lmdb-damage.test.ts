import { readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Database, open } from "lmdb";
import { describe, expect, test } from "vitest";
import { lmdbEngine } from "../../runtime/server/lmdb-engine.ts";
import { encodeEntry, encodeMember, encodeSnapshot } from "../../runtime/server/stored-records.ts";
import { makeDirectory, startEngine } from "./data-directory.ts";
import { bytes, Recorder, rejectionOf } from "./recorder.ts";

// Damage of every kind: the engine names it, refuses to start, and changes nothing.

describe("flipped bytes in the data file", () => {
  test.each([
    ["a small entry", "entry-37-", "entry 37"],
    ["an entry of many pages", "entry-60-", "entry 60"],
    ["the last entry", "entry-80-", "entry 80"],
    ["a chunk", "chunk-2-", "chunk 2 of the snapshot at entry 20"],
  ])("in %s", async (_what, mark, name) => {
    const directory = await makeStore();
    flip(directory, mark, 11);
    const { error, application } = await refusal(directory);
    expect(error).toMatchObject({ code: "ERR_STORE_CORRUPT" });
    expect(error.message).toContain(join(directory, "data.mdb"));
    expect(error.message).toContain(name);
    expect(application.events.filter((event) => event.startsWith("leader"))).toEqual([]);
    flip(directory, mark, 11);
    expect((await startEngine(directory)).engine.leadership).toEqual({ role: "leader", term: 2 });
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18])(
    "in the record's own fields, %i bytes before the payload",
    async (distance) => {
      const directory = await makeStore();
      flip(directory, "entry-37-", -distance);
      expect((await refusal(directory)).error).toMatchObject({ code: "ERR_STORE_CORRUPT" });
    },
  );

  test("a chunk that the state machine takes although its reading failed: the engine refuses all the same", async () => {
    const directory = await makeStore();
    flip(directory, "chunk-2-", 11);
    const application = new Recorder();
    application.onSnapshot = async ({ chunks }) => {
      try {
        for await (const _chunk of chunks);
      } catch {
        // A state machine that makes do with what it got.
      }
    };
    expect(await rejectionOf(lmdbEngine({ directory }).start(application))).toMatchObject({
      code: "ERR_STORE_CORRUPT",
    });
  });
});

describe("records that are not what they should be", () => {
  test.each<[string, (tables: Tables) => Promise<unknown>, string]>([
    ["a missing entry", ({ log }) => log.remove(37), "entry 37 is missing"],
    ["a missing first entry", ({ log }) => log.remove(21), "entry 21 is missing"],
    ["an entry under another's index", ({ log }) => log.put(37, copyOf(log, 38)), "entry 37"],
    [
      "an entry of an earlier term than the one before it",
      ({ log }) => log.put(37, entryOf(37, 0)),
      "entry 37: its term is 0",
    ],
    ["an entry of a term that never was", ({ log }) => log.put(37, entryOf(37, 9)), "entry 37: its term is 9"],
    ["an entry far beyond the last", ({ log }) => log.put(1000, entryOf(1000, 1)), "entry 81 is missing"],
    ["an entry before the first", ({ log }) => log.put(0, entryOf(0, 1)), "entry 1 is missing"],
    [
      "a record of another kind",
      ({ log }) => log.put(37, Buffer.from(encodeMember(1))),
      "StoredMember, not a StoredEntry",
    ],
    ["an entry that is no record", ({ log }) => log.put(37, Buffer.from("what is this")), "entry 37"],
    ["an empty entry", ({ log }) => log.put(37, Buffer.alloc(0)), "entry 37"],
    ["a missing chunk", ({ chunks }) => chunks.remove([20, 1]), "chunk 1 of the snapshot at entry 20"],
    ["a missing member", ({ member }) => member.remove("claim"), "the record of the member is missing"],
    [
      "a member that is no record",
      ({ member }) => member.put("claim", Buffer.from([1, 2]), 1),
      "the record of the member",
    ],
    [
      "a snapshot that is no record",
      ({ member }) => member.put("snapshot", Buffer.from([1]), 1),
      "the record of the snapshot",
    ],
    [
      "a snapshot that is newer than the log",
      ({ member }) => member.put("snapshot", Buffer.from(encodeSnapshot({ index: 90, term: 1, chunkCount: 0 })), 1),
      "entry 90 is missing",
    ],
  ])("%s", async (_what, edit, message) => {
    const directory = await makeStore();
    await editStore(directory, edit);
    const { error } = await refusal(directory);
    expect(error).toMatchObject({ code: "ERR_STORE_CORRUPT" });
    expect(error.message).toContain(message);
    expect(error.message).toContain(join(directory, "data.mdb"));
  });

  test("a store of a newer format", async () => {
    const directory = await makeStore();
    await editStore(directory, ({ member }) => {
      const record = Buffer.from(member.get("claim") ?? []);
      record[0] = 2;
      return member.put("claim", record, 1);
    });
    const { error } = await refusal(directory);
    expect(error).toMatchObject({ code: "ERR_STORE_VERSION" });
    expect(error.message).toBe(
      `${join(directory, "data.mdb")} has format 2, this hawser reads up to 1; use a newer hawser`,
    );
  });
});

describe("a data file that is cut off", () => {
  test.each([0, 4096, 8192, 12_288, 0.1, 0.3, 0.5, 0.7, 0.9])("at %d (bytes, or a part of it)", async (length) => {
    const directory = await makeStore();
    const path = join(directory, "data.mdb");
    truncateSync(path, length < 1 ? Math.floor(readFileSync(path).length * length) : length);
    const { error } = await refusal(directory);
    expect(error).toMatchObject({ code: "ERR_STORE_CORRUPT" });
    expect(error.message).toContain(path);
  });
});

describe("a data file whose beginning is damaged", () => {
  test.each([
    ["the mark of the second page", [4096], "its second page is not one of a store"],
    ["the page size", [25], "its page size is"],
    ["the number of a transaction", [131], "which do not follow each other"],
    // Of the two pages only the newer one counts: damage both.
    ["the number of the last page", [126, 4096 + 126], "its last page is"],
  ])("in %s", async (_what, offsets, message) => {
    const directory = await makeStore();
    flipFromMark(join(directory, "data.mdb"), offsets);
    const { error } = await refusal(directory);
    expect(error).toMatchObject({ code: "ERR_STORE_CORRUPT" });
    expect(error.message).toContain(message);
  });
});

/** Tables of a store, opened behind the engine's back. */
interface Tables {
  readonly log: Database<Buffer, number>;
  readonly chunks: Database<Buffer, [number, number]>;
  readonly member: Database<Buffer, string>;
}

/** 80 entries, the first 20 of them in a snapshot of 4 chunks, with marks to find them by. */
async function makeStore(): Promise<string> {
  const directory = await makeDirectory();
  const { engine } = await startEngine(directory);
  for (let index = 1; index <= 80; index++) {
    await engine.propose(bytes(`entry-${index}-${"x".repeat(index === 60 ? 50_000 : 20)}`));
  }
  await engine.readBarrier();
  async function* chunks(): AsyncIterable<Uint8Array> {
    for (let number = 0; number < 4; number++) yield bytes(`chunk-${number}-${"y".repeat(3000)}`);
  }
  await engine.saveSnapshot(20, chunks());
  await engine.stop();
  return directory;
}

/** Starts an engine that must refuse, and checks that the data file stayed as it was. */
async function refusal(directory: string): Promise<{ error: Error & { code?: unknown }; application: Recorder }> {
  const path = join(directory, "data.mdb");
  const before = readFileSync(path);
  const application = new Recorder();
  const engine = lmdbEngine({ directory });
  const error = await rejectionOf(engine.start(application));
  expect(readFileSync(path).equals(before)).toBe(true);
  expect(await rejectionOf(engine.propose(bytes("x")))).toMatchObject({ code: "ERR_UNAVAILABLE" });
  return { error, application };
}

/** Flips bits at `offset` from every place where `mark` is; free pages may hold former copies. */
function flip(directory: string, mark: string, offset: number): void {
  const path = join(directory, "data.mdb");
  const file = readFileSync(path);
  const places: number[] = [];
  for (let at = file.indexOf(mark); at !== -1; at = file.indexOf(mark, at + 1)) places.push(at);
  expect(places.length).toBeGreaterThan(0);
  for (const place of places) file[place + offset] = (file[place + offset] ?? 0) ^ 0x40;
  writeFileSync(path, file);
}

/** Flips bits at `offsets` from the mark of the store's file format in the first page. */
function flipFromMark(path: string, offsets: readonly number[]): void {
  const file = readFileSync(path);
  const markAt = file.indexOf(Buffer.from([0xde, 0xc0, 0xef, 0xbe]));
  expect(markAt).toBeGreaterThan(0);
  for (const offset of offsets) file[markAt + offset] = (file[markAt + offset] ?? 0) ^ 0x40;
  writeFileSync(path, file);
}

async function editStore(directory: string, edit: (tables: Tables) => Promise<unknown>): Promise<void> {
  const options = { encoding: "binary", cache: false } as const;
  const root = open<Buffer, string>({ path: directory, overlappingSync: false, maxDbs: 4, ...options });
  await edit({
    log: root.openDB({ name: "log", ...options }),
    chunks: root.openDB({ name: "chunks", ...options }),
    member: root.openDB({ name: "member", ...options, useVersions: true }),
  });
  await root.close();
}

function copyOf(log: Database<Buffer, number>, index: number): Buffer {
  return Buffer.from(log.get(index) ?? []);
}

function entryOf(index: number, term: number): Buffer {
  return Buffer.from(encodeEntry({ index, term, payload: bytes("planted") }));
}
