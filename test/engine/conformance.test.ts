import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type EtcdCluster, startEtcdCluster } from "../../examples/cluster/etcd-process.ts";
import { limits } from "../../runtime/protocol/limits.ts";
import type { ConsensusEngine, LogPosition } from "../../runtime/server/consensus.ts";
import { etcdEngine } from "../../runtime/server/etcd/index.ts";
import { lmdbEngine } from "../../runtime/server/lmdb-engine.ts";
import { memoryEngine } from "../../runtime/server/memory-engine.ts";
import { describeWithEtcd, newPrefix } from "./real-etcd.ts";
import { bytes, Recorder, rejectionOf } from "./recorder.ts";

// The rules of the port (runtime/server/consensus.ts), by number, against every engine with one member. What they say of
// several members is in cluster-conformance.test.ts.

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

describe("memory engine", () => conforms(async () => memoryEngine()));

describe("lmdb engine", () => {
  conforms(async () => {
    const directory = await mkdtemp(join(tmpdir(), "hawser-engine-"));
    cleanups.push(() => rm(directory, { recursive: true }));
    return lmdbEngine({ directory });
  });
});

describeWithEtcd("etcd engine", () => {
  let etcd: EtcdCluster;
  beforeAll(async () => {
    etcd = await startEtcdCluster(1);
  }, 60_000);
  afterAll(() => etcd?.end());
  conforms(async () => etcdEngine({ endpoints: etcd.endpoints, memberId: "a", prefix: newPrefix() }));
});

function conforms(makeEngine: () => Promise<ConsensusEngine>): void {
  /** An engine that leads. */
  async function started(application = new Recorder()): Promise<Started> {
    const engine = await makeEngine();
    cleanups.push(() => engine.stop());
    await engine.start(application);
    await application.until(() => engine.leadership.role === "leader");
    return { engine, application, term: engine.leadership.role === "leader" ? engine.leadership.term : 0 };
  }

  describe("rule 1: a resolved proposal is the entry of its index, and entries are applied in order", () => {
    test("one after the other", async () => {
      const { engine, application, term } = await started();
      for (let index = 1; index <= 20; index++) {
        expect(await engine.propose(bytes(`p${index}`))).toEqual({ index, term });
      }
      await engine.readBarrier();
      expect(application.entries.map(({ index, term }) => ({ index, term }))).toEqual(
        Array.from({ length: 20 }, (_, position) => ({ index: position + 1, term })),
      );
      expect(application.payloads).toEqual(Array.from({ length: 20 }, (_, position) => `p${position + 1}`));
    });

    test("a thousand at once, of all sizes", async () => {
      const { engine, application } = await started();
      const payloads = Array.from({ length: 1000 }, (_, number) => `${number}:${"x".repeat((number * 37) % 5000)}`);
      const positions = await Promise.all(payloads.map((payload) => engine.propose(bytes(payload))));
      await engine.readBarrier();
      expect(positions.map(({ index }) => index)).toEqual(payloads.map((_, number) => number + 1));
      expect(application.payloads).toEqual(payloads);
    });

    test("an empty payload is a payload", async () => {
      const { engine, application, term } = await started();
      expect(await engine.propose(new Uint8Array())).toEqual({ index: 1, term });
      await engine.readBarrier();
      expect(application.entries[0]?.payload.length).toBe(0);
    });

    test("nothing is applied inside propose", async () => {
      const { engine, application } = await started();
      const proposal = engine.propose(bytes("a"));
      expect(application.entries).toEqual([]);
      await proposal;
    });

    test("the next entry waits for the promise of the one before it", async () => {
      const application = new Recorder();
      let running = 0;
      let overlaps = 0;
      application.beforeApply = async () => {
        overlaps += running++ > 0 ? 1 : 0;
        await new Promise((resolve) => setImmediate(resolve));
        running--;
      };
      const { engine } = await started(application);
      await Promise.all(Array.from({ length: 50 }, (_, number) => engine.propose(bytes(`${number}`))));
      await engine.readBarrier();
      expect(overlaps).toBe(0);
      expect(application.entries.length).toBe(50);
    });
  });

  describe("rule 2: what is refused is not in the log", () => {
    test("before the engine leads", async () => {
      const engine = await makeEngine();
      expect(await rejectionOf(engine.propose(bytes("a")))).toMatchObject({ code: "ERR_NOT_LEADER" });
      expect(await rejectionOf(engine.readBarrier())).toMatchObject({ code: "ERR_NOT_LEADER" });
      const application = new Recorder();
      cleanups.push(() => engine.stop());
      await engine.start(application);
      await application.until(() => engine.leadership.role === "leader");
      await engine.propose(bytes("b"));
      await engine.readBarrier();
      expect(application.payloads).toEqual(["b"]);
    });

    test("after stop", async () => {
      const { engine, application } = await started();
      await engine.propose(bytes("a"));
      await engine.stop();
      expect(await rejectionOf(engine.propose(bytes("b")))).toMatchObject({ code: "ERR_UNAVAILABLE" });
      expect(await rejectionOf(engine.readBarrier())).toMatchObject({ code: "ERR_UNAVAILABLE" });
      expect(application.payloads).toEqual(["a"]);
    });

    test("when too many bytes wait, naming the limit; and taken again when they are applied", async () => {
      const application = new Recorder();
      let release = () => {};
      const held = new Promise<void>((resolve) => {
        release = resolve;
      });
      application.beforeApply = () => held;
      const { engine, term } = await started(application);
      const payload = new Uint8Array(limits.payloadBytesMax);
      const proposals: Promise<LogPosition>[] = [];
      for (let sum = 0; sum <= limits.proposalBytesMax; sum += payload.length) proposals.push(engine.propose(payload));
      const refused = (await Promise.allSettled(proposals)).filter(({ status }) => status === "rejected");
      const error = await rejectionOf(engine.propose(payload));
      expect(refused.length).toBeGreaterThan(0);
      expect(error).toMatchObject({ code: "ERR_UNAVAILABLE" });
      expect(error.message).toContain(`${limits.proposalBytesMax}`);
      release();
      await application.until(() => application.entries.length === proposals.length - refused.length);
      expect(await engine.propose(payload)).toEqual({ index: proposals.length - refused.length + 1, term });
    });
  });

  test("rule 1: a queue much longer than one burst is applied in order, and timers have their turn", {
    timeout: 60_000,
  }, async () => {
    const { engine, application } = await started();
    let timers = 0;
    const timer = setInterval(() => timers++, 1);
    const payloads = Array.from({ length: 50_000 }, (_, number) => `${number}`);
    await Promise.all(payloads.map((payload) => engine.propose(bytes(payload))));
    await engine.readBarrier();
    clearInterval(timer);
    expect(application.payloads).toEqual(payloads);
    expect(timers).toBeGreaterThan(0);
  });

  test("rule 3: what was proposed before stop is settled before stop, once, and applied", async () => {
    const { engine, application } = await started();
    const proposals = Array.from({ length: 100 }, (_, number) => engine.propose(bytes(`${number}`)));
    const settled: number[] = [];
    proposals.forEach((proposal, number) => void proposal.then(() => settled.push(number)));
    await engine.stop();
    expect(settled.length).toBe(100);
    expect(application.payloads).toEqual(proposals.map((_, number) => `${number}`));
    expect(application.events.at(-1)).toBe("follower");
  });

  test("rule 4: entries carry the term that was announced", async () => {
    const { engine, application } = await started();
    const { term } = await engine.propose(bytes("a"));
    await engine.readBarrier();
    expect(engine.leadership).toEqual({ role: "leader", term });
    expect(application.events[0]).toBe(`leader ${term}`);
    expect(application.entries[0]?.term).toBe(term);
  });

  test("rule 5: leadership is announced once, and given up by stop", async () => {
    const engine = await makeEngine();
    expect(engine.leadership).toEqual({ role: "follower" });
    const application = new Recorder();
    cleanups.push(() => engine.stop());
    await engine.start(application);
    await application.until(() => application.events.length > 0);
    const [leader = ""] = application.events;
    expect(leader).toMatch(/^leader \d+$/);
    await engine.stop();
    expect(application.events).toEqual([leader, "follower"]);
    expect(engine.leadership).toEqual({ role: "follower" });
  });

  test("rule 6: a payload of the greatest length is taken, a longer one is the caller's mistake", async () => {
    const { engine, application, term } = await started();
    expect(await engine.propose(new Uint8Array(limits.entryBytesMax))).toEqual({ index: 1, term });
    const error = await rejectionOf(engine.propose(new Uint8Array(limits.entryBytesMax + 1)));
    expect(error).toMatchObject({ code: "ERR_INVALID_ARGUMENT" });
    expect(error.message).toBe(`payload is ${limits.entryBytesMax + 1} bytes, the limit is ${limits.entryBytesMax}`);
    await engine.readBarrier();
    expect(application.entries.length).toBe(1);
  });

  test("rule 7: a read barrier waits until everything committed before it is applied", async () => {
    const application = new Recorder();
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    application.beforeApply = () => held;
    const { engine } = await started(application);
    await Promise.all([engine.propose(bytes("a")), engine.propose(bytes("b"))]);
    let isRead = false;
    const barrier = engine.readBarrier().then(({ index }) => {
      isRead = true;
      return index;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(isRead).toBe(false);
    release();
    expect(await barrier).toBe(2);
    expect(application.payloads).toEqual(["a", "b"]);
  });

  describe("saveSnapshot", () => {
    test("takes the chunks in order while proposals go on", async () => {
      const { engine, application } = await started();
      await Promise.all(Array.from({ length: 10 }, (_, number) => engine.propose(bytes(`${number}`))));
      await engine.readBarrier();
      const during: Promise<LogPosition>[] = [];
      async function* chunks(): AsyncIterable<Uint8Array> {
        for (let number = 0; number < 5; number++) {
          during.push(engine.propose(bytes(`during ${number}`)));
          yield bytes(`chunk ${number}`);
        }
      }
      await engine.saveSnapshot(10, chunks());
      expect((await Promise.all(during)).map(({ index }) => index)).toEqual([11, 12, 13, 14, 15]);
      await engine.readBarrier();
      expect(application.payloads.slice(10)).toEqual([0, 1, 2, 3, 4].map((number) => `during ${number}`));
    });

    test("may be called, and waited for, while the entry that it ends with is applied", async () => {
      const application = new Recorder();
      let engine: ConsensusEngine | undefined;
      application.beforeApply = ({ index }) =>
        index === 2 ? engine?.saveSnapshot(2, application.chunks()) : undefined;
      ({ engine } = await started(application));
      const positions = await Promise.all(["a", "b", "c"].map((payload) => engine?.propose(bytes(payload))));
      expect(positions.map((position) => position?.index)).toEqual([1, 2, 3]);
      expect(await engine.readBarrier()).toEqual({ index: 3 });
      expect(application.fatalErrors).toEqual([]);
    });

    test("refuses an index that is not applied or not above the last snapshot's", async () => {
      const { engine, application } = await started();
      await Promise.all([engine.propose(bytes("a")), engine.propose(bytes("b"))]);
      await engine.readBarrier();
      for (const index of [0, 3, -1, 1.5, Number.NaN]) {
        const error = await rejectionOf(engine.saveSnapshot(index, application.chunks()));
        expect(error).toMatchObject({ code: "ERR_INVALID_ARGUMENT" });
      }
      await engine.saveSnapshot(1, application.chunks());
      const error = await rejectionOf(engine.saveSnapshot(1, application.chunks()));
      expect(error.message).toBe(
        "the index of a snapshot must be above 1, the last snapshot, and at most 2, the last entry given out, not 1",
      );
    });

    test("refuses a second one while the first is running", async () => {
      const { engine, application } = await started();
      await engine.propose(bytes("a"));
      await engine.readBarrier();
      const first = engine.saveSnapshot(1, application.chunks());
      expect(await rejectionOf(engine.saveSnapshot(1, application.chunks()))).toMatchObject({
        code: "ERR_INVALID_ARGUMENT",
      });
      await first;
    });

    test("fails with the error of its source and can be tried again", async () => {
      const { engine, application, term } = await started();
      await engine.propose(bytes("a"));
      await engine.readBarrier();
      async function* broken(): AsyncIterable<Uint8Array> {
        yield bytes("half");
        throw new Error("state is on fire");
      }
      expect((await rejectionOf(engine.saveSnapshot(1, broken()))).message).toBe("state is on fire");
      await engine.saveSnapshot(1, application.chunks());
      expect(await engine.propose(bytes("b"))).toEqual({ index: 2, term });
    });
  });

  describe("an application that throws ends the engine for good", () => {
    test.each([
      [
        "at once",
        () => {
          throw new Error("boom");
        },
      ],
      ["later", () => Promise.reject(new Error("boom"))],
    ])("%s", async (_when, fail) => {
      const application = new Recorder();
      application.beforeApply = ({ index }) => (index === 2 ? fail() : undefined);
      const { engine, term } = await started(application);
      await engine.propose(bytes("a"));
      await engine.propose(bytes("b"));
      await application.until(() => application.fatalErrors.length > 0);
      expect(application.fatalErrors.map(({ message }) => message)).toEqual(["boom"]);
      expect(application.events).toEqual([`leader ${term}`, "entry 1", "follower", "fatal"]);
      expect(engine.leadership).toEqual({ role: "follower" });
      expect(await rejectionOf(engine.propose(bytes("c")))).toMatchObject({ code: "ERR_UNAVAILABLE" });
      expect(await rejectionOf(engine.readBarrier())).toMatchObject({ code: "ERR_UNAVAILABLE" });
      await engine.stop();
      expect(application.events).toEqual([`leader ${term}`, "entry 1", "follower", "fatal"]);
    });
  });

  describe("stop", () => {
    test("is safe before start and twice", async () => {
      const engine = await makeEngine();
      await engine.stop();
      await engine.stop();
      expect(await rejectionOf(engine.start(new Recorder()))).toMatchObject({ code: "ERR_INVALID_ARGUMENT" });
    });

    test("while the engine starts makes start reject", async () => {
      const engine = await makeEngine();
      const application = new Recorder();
      const start = rejectionOf(engine.start(application));
      await engine.stop();
      expect(await start).toMatchObject({ code: "ERR_UNAVAILABLE" });
      expect(application.events).toEqual([]);
    });

    test("does not wait for a snapshot whose source is slow", async () => {
      const { engine } = await started();
      await engine.propose(bytes("a"));
      await engine.readBarrier();
      let release = () => {};
      const held = new Promise<void>((resolve) => {
        release = resolve;
      });
      async function* slow(): AsyncIterable<Uint8Array> {
        yield bytes("first");
        await held;
        yield bytes("second");
      }
      const save = rejectionOf(engine.saveSnapshot(1, slow()));
      await engine.stop();
      release();
      expect(await save).toMatchObject({ code: "ERR_UNAVAILABLE" });
    });
  });
}

interface Started {
  readonly engine: ConsensusEngine;
  readonly application: Recorder;
  /** The term in which it leads. */
  readonly term: number;
}
