import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { lmdbEngine } from "../../runtime/server/lmdb-engine.ts";
import { Child } from "./child-process.ts";
import { makeDirectory, payloadsOf, proposeAll, startEngine } from "./data-directory.ts";
import { bytes, Recorder, rejectionOf } from "./recorder.ts";

describe("a restart", () => {
  test("brings back every entry, in order, and begins a new term", async () => {
    const directory = await makeDirectory();
    const payloads = payloadsOf("a", 500);
    const first = await startEngine(directory);
    await proposeAll(first.engine, payloads);
    await first.engine.stop();
    const second = await startEngine(directory);
    expect(second.application.payloads).toEqual(payloads);
    expect(second.application.entries.map(({ index }) => index)).toEqual(payloads.map((_, number) => number + 1));
    expect(second.application.entries.every(({ term }) => term === 1)).toBe(true);
    expect(second.application.events.at(-1)).toBe("leader 2");
    expect(await second.engine.propose(bytes("b"))).toEqual({ index: 501, term: 2 });
    await second.engine.stop();
    const third = await startEngine(directory);
    expect(third.application.entries.at(-1)).toMatchObject({ index: 501, term: 2 });
    expect(third.engine.leadership).toEqual({ role: "leader", term: 3 });
  });

  test("claims a term also when nothing was proposed", async () => {
    const directory = await makeDirectory();
    for (let term = 1; term <= 3; term++) {
      const { engine } = await startEngine(directory);
      expect(engine.leadership).toEqual({ role: "leader", term });
      await engine.stop();
    }
  });

  test("waits for the application, one entry at a time, before it leads", async () => {
    const directory = await makeDirectory();
    const first = await startEngine(directory);
    await proposeAll(first.engine, payloadsOf("a", 200));
    await first.engine.stop();
    const application = new Recorder();
    application.beforeApply = () => new Promise((resolve) => setImmediate(resolve));
    const engine = lmdbEngine({ directory });
    await engine.start(application);
    await engine.stop();
    expect(application.events).toEqual([
      ...Array.from({ length: 200 }, (_, number) => `entry ${number + 1}`),
      "leader 2",
      "follower",
    ]);
  });

  test("fails with the application's error when onEntry throws, claims no term and releases the directory", async () => {
    const directory = await makeDirectory();
    const first = await startEngine(directory);
    await proposeAll(first.engine, ["a", "b"]);
    await first.engine.stop();
    const application = new Recorder();
    application.beforeApply = () => {
      throw new Error("boom");
    };
    expect((await rejectionOf(lmdbEngine({ directory }).start(application))).message).toBe("boom");
    expect(application.events).toEqual([]);
    const { engine } = await startEngine(directory);
    expect(engine.leadership).toEqual({ role: "leader", term: 2 });
  });
});

describe("a snapshot", () => {
  test("comes back with its chunks as they were, followed by the entries after it", async () => {
    const directory = await makeDirectory();
    const first = await startEngine(directory);
    await proposeAll(first.engine, payloadsOf("a", 300));
    const chunks = [bytes("one"), new Uint8Array(), new Uint8Array(1_000_000).fill(7), bytes("four")];
    await first.engine.saveSnapshot(250, inTurn(chunks));
    await proposeAll(first.engine, payloadsOf("b", 3));
    await first.engine.stop();

    const taken: Uint8Array[] = [];
    const application = new Recorder();
    application.onSnapshot = async (snapshot) => {
      expect(snapshot.index).toBe(250);
      for await (const chunk of snapshot.chunks) taken.push(chunk);
    };
    const engine = lmdbEngine({ directory });
    await engine.start(application);
    await engine.stop();
    expect(taken.length).toBe(chunks.length);
    expect(taken.every((chunk, number) => Buffer.from(chunk).equals(chunks[number] ?? bytes("none")))).toBe(true);
    expect(application.entries.map(({ index }) => index)).toEqual(
      Array.from({ length: 53 }, (_, number) => 251 + number),
    );
  });

  test("of nothing is one without chunks", async () => {
    const directory = await makeDirectory();
    const first = await startEngine(directory);
    await proposeAll(first.engine, ["a"]);
    await first.engine.saveSnapshot(1, inTurn([]));
    await first.engine.stop();
    const second = await startEngine(directory);
    expect(second.application.events).toEqual(["snapshot 1", "leader 2"]);
    expect(await second.engine.propose(bytes("b"))).toEqual({ index: 2, term: 2 });
  });

  test("replaces the one before it; one that fails leaves everything as it was", async () => {
    const directory = await makeDirectory();
    const first = await startEngine(directory);
    await proposeAll(first.engine, payloadsOf("a", 400));
    await first.engine.saveSnapshot(100, inTurn(payloadsOf("old", 20).map(bytes)));
    await first.engine.saveSnapshot(200, inTurn([bytes("new")]));
    async function* broken(): AsyncIterable<Uint8Array> {
      yield bytes("x");
      yield bytes("y");
      throw new Error("boom");
    }
    expect((await rejectionOf(first.engine.saveSnapshot(300, broken()))).message).toBe("boom");
    await first.engine.stop();
    const second = await startEngine(directory);
    expect(second.application.payloads.slice(0, 2)).toEqual(["new", "a-200"]);
    expect(second.application.payloads.length).toBe(1 + 200);
    await second.engine.saveSnapshot(400, inTurn([bytes("last")]));
    await second.engine.stop();
    const third = await startEngine(directory);
    expect(third.application.payloads).toEqual(["last"]);
  });

  test("is read no faster than the application takes it, and a refusal of it makes start fail", async () => {
    const directory = await makeDirectory();
    const first = await startEngine(directory);
    await proposeAll(first.engine, ["a"]);
    await first.engine.saveSnapshot(1, inTurn([bytes("one")]));
    await first.engine.stop();
    const application = new Recorder();
    application.onSnapshot = () => Promise.reject(new Error("not mine"));
    expect((await rejectionOf(lmdbEngine({ directory }).start(application))).message).toBe("not mine");
    expect(application.events).toEqual([]);
  });

  test("gives its space back: the file stops growing under cycles of writes and snapshots", async () => {
    const directory = await makeDirectory();
    const { engine } = await startEngine(directory);
    const sizes: number[] = [];
    for (let cycle = 0; cycle < 24; cycle++) {
      for (let round = 0; round < 4; round++) {
        await proposeAll(
          engine,
          Array.from({ length: 100 }, (_, number) => `${number}`.repeat(1 + ((number * 31) % 900))),
        );
      }
      const { index } = await engine.readBarrier();
      await engine.saveSnapshot(index, inTurn(Array.from({ length: 8 }, () => new Uint8Array(100_000 + cycle))));
      sizes.push((await stat(join(directory, "data.mdb"))).size);
    }
    // 0.6 MB of entries and 0.8 MB of chunks are alive at any time; 34 MB were written.
    expect(Math.max(...sizes.slice(12))).toBeLessThan(1.5 * Math.max(...sizes.slice(0, 12)));
    expect(Math.max(...sizes)).toBeLessThan(12_000_000);
  });
});

describe("a stopped engine", () => {
  test("leaves nothing that keeps the process alive, and no file but its two", async () => {
    const directory = await makeDirectory();
    const child = new Child("hold.child.ts", [directory]);
    await child.said("leads 1");
    child.tell("propose a");
    await child.said("proposed 1");
    child.tell("stop");
    await child.said("stopped");
    child.process.stdin?.end();
    expect(await child.ended()).toEqual({ code: 0, signal: null });
    expect((await readdir(directory)).sort()).toEqual(["data.mdb", "lock.mdb"]);
  });

  test("a running engine that has nothing to do does not keep the process alive either", async () => {
    const child = new Child("hold.child.ts", [await makeDirectory()]);
    await child.said("leads 1");
    child.process.stdin?.end();
    expect(await child.ended()).toEqual({ code: 0, signal: null });
  });
});

async function* inTurn(chunks: readonly Uint8Array[]): AsyncIterable<Uint8Array> {
  yield* chunks;
}
