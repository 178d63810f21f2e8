import { beforeEach, describe, expect, test } from "vitest";
import { limits } from "../../../runtime/protocol/limits.ts";
import type { Transaction } from "../../../runtime/server/etcd/etcd-api.ts";
import { Member } from "../../../runtime/server/etcd/member.ts";
import type { MemberEffect, MemberEvent } from "../../../runtime/server/etcd/member-events.ts";
import { StoreKeys } from "../../../runtime/server/etcd/store-keys.ts";
import { encodeEntry, encodeHead } from "../../../runtime/server/stored-records.ts";
import { ModelStore } from "./model-store.ts";

/** One member, step by step, against a store that answers at once unless it is told not to. */
class Scene {
  store: ModelStore = new ModelStore(() => {});
  readonly effects: MemberEffect[] = [];
  readonly calls: { readonly callId: number; readonly transaction: Transaction }[] = [];
  answers = true;
  nowMs = 0;
  readonly member: Member = new Member({
    memberId: "alice",
    prefix: "",
    electionTimeoutMs: 1_000,
    barrier: "write",
    newStoreId: () => "00000000-0000-4000-8000-000000000001",
    random: () => 0.5,
  });
  #watchId = 0;
  #position = 0;

  step(event: MemberEvent): void {
    for (const effect of this.member.step(event, this.nowMs)) {
      this.effects.push(effect);
      if (effect.type === "call") this.calls.push(effect);
      if (effect.type === "deliver") {
        for (const { index } of effect.entries) this.step({ type: "applied", index });
      }
      if (effect.type === "watch") {
        this.#watchId = effect.watchId;
        const position = this.store.positionOf(effect.fromRevision);
        this.#position = position === "compacted" ? 0 : position;
        this.step({ type: "progress", watchId: effect.watchId });
      }
    }
    while (this.answers && this.calls.length > 0) this.answer();
  }

  /** Answers the oldest call. */
  answer(): void {
    const call = this.calls.shift();
    if (call === undefined) throw new Error("there is no call to answer");
    const result = this.store.transact(call.transaction);
    if (result === "noSpace") {
      const failure = { outcome: "refused", reason: "noSpace", message: "etcd at e: no space" } as const;
      this.step({ type: "failed", callId: call.callId, failure });
    } else {
      this.step({ type: "answered", callId: call.callId, result });
    }
  }

  /** The oldest call ends without an answer. */
  lose(): void {
    const call = this.calls.shift();
    if (call === undefined) throw new Error("there is no call to lose");
    const failure = { outcome: "unknown", reason: "unavailable", message: "etcd at e: no answer" } as const;
    this.step({ type: "failed", callId: call.callId, failure });
  }

  /** Shows what was written since. */
  watch(): void {
    for (; this.#position < this.store.puts; this.#position++) {
      const put = this.store.putAt(this.#position);
      if (put !== "compacted") this.step({ type: "watched", watchId: this.#watchId, events: [put] });
    }
  }

  pass(durationMs: number): void {
    const endMs = this.nowMs + durationMs;
    for (
      let dueMs = this.member.nextDeadline;
      dueMs !== undefined && dueMs <= endMs;
      dueMs = this.member.nextDeadline
    ) {
      this.nowMs = Math.max(this.nowMs, dueMs);
      this.step({ type: "deadline" });
      this.step({ type: "progress", watchId: this.#watchId });
    }
    this.nowMs = endMs;
  }

  lead(): void {
    this.step({ type: "start" });
    this.pass(200);
    this.watch();
  }

  /** Puts something as nobody of ours would. */
  put(key: string, value: Uint8Array): void {
    this.store.transact({ compare: [], success: [{ type: "put", key, value }], failure: [] });
  }

  of<Type extends MemberEffect["type"]>(type: Type): readonly (MemberEffect & { readonly type: Type })[] {
    return this.effects.filter((effect): effect is MemberEffect & { readonly type: Type } => effect.type === type);
  }
}

const keys = new StoreKeys("");
let scene: Scene;
beforeEach(() => {
  scene = new Scene();
});

test("a member that is alone starts, leads, and appends", () => {
  scene.lead();
  scene.step({ type: "propose", proposalId: 1, payload: Buffer.from("a") });
  scene.step({ type: "readBarrier", barrierId: 2 });
  expect(scene.of("started").length).toBe(1);
  expect(scene.of("leadership")).toMatchObject([{ leadership: { role: "leader", term: 3 } }]);
  expect(scene.of("settle")).toMatchObject([{ outcome: { type: "committed", position: { index: 1, term: 3 } } }]);
  expect(scene.of("settleBarrier")).toMatchObject([{ outcome: { type: "reached", index: 1 } }]);
});

test("what the watch shows of one's own append is not delivered again", () => {
  scene.lead();
  scene.step({ type: "propose", proposalId: 1, payload: Buffer.from("a") });
  scene.watch();
  expect(scene.of("deliver").length).toBe(1);
});

test("a proposal that waits for a lost answer is settled by what the log shows", () => {
  scene.lead();
  scene.answers = false;
  scene.step({ type: "propose", proposalId: 1, payload: Buffer.from("a") });
  scene.store.transact(scene.calls[0]?.transaction ?? { compare: [], success: [], failure: [] });
  scene.lose();
  expect(scene.of("settle")).toEqual([]);
  scene.watch();
  expect(scene.of("settle")).toMatchObject([{ outcome: { type: "committed", position: { index: 1 } } }]);
});

test("a proposal that nobody can settle in time is ambiguous, and the member follows", () => {
  scene.lead();
  scene.answers = false;
  scene.step({ type: "propose", proposalId: 1, payload: Buffer.from("a") });
  for (let attempt = 0; scene.of("settle").length === 0 && attempt < 100; attempt++) {
    while (scene.calls.length > 0) scene.lose();
    scene.pass(500);
  }
  expect(scene.of("settle")).toMatchObject([
    { outcome: { type: "rejected", error: { code: "ERR_AMBIGUOUS_COMMIT", index: 1 } } },
  ]);
  expect(scene.nowMs).toBeLessThan(limits.etcdSettleTimeoutMs + 2_000);
  expect(scene.member.leadership).toEqual({ role: "follower", leader: undefined });
});

test("a full store refuses with a way out, and is used again when it has space", () => {
  scene.lead();
  scene.store.isFull = true;
  scene.step({ type: "propose", proposalId: 1, payload: Buffer.from("a") });
  scene.step({ type: "readBarrier", barrierId: 2 });
  const [settled] = scene.of("settle");
  expect(settled?.outcome).toMatchObject({ type: "rejected", error: { code: "ERR_UNAVAILABLE" } });
  expect(settled?.outcome.type === "rejected" && settled.outcome.error.message).toMatch(
    /NOSPACE.*etcdctl alarm disarm/,
  );
  expect(scene.of("settleBarrier")).toMatchObject([{ outcome: { error: { code: "ERR_UNAVAILABLE" } } }]);
  scene.pass(5_000);
  expect(scene.member.leadership.role).toBe("leader");
  scene.store.isFull = false;
  scene.step({ type: "propose", proposalId: 3, payload: Buffer.from("b") });
  expect(scene.of("settle").at(-1)).toMatchObject({ outcome: { type: "committed", position: { index: 1 } } });
});

test("stop settles, announces and resigns, in this order", () => {
  scene.lead();
  scene.answers = false;
  scene.step({ type: "propose", proposalId: 1, payload: Buffer.from("a") });
  scene.step({ type: "stop" });
  scene.step({ type: "propose", proposalId: 2, payload: Buffer.from("b") });
  scene.answers = true;
  scene.step({ type: "deadline" });
  const told = scene.effects.map(({ type }) => type);
  expect(told.slice(told.indexOf("settle"))).toEqual([
    "settle",
    "settle",
    "deliver",
    "leadership",
    "call",
    "unwatch",
    "stopped",
  ]);
  expect(scene.store.get(keys.leader)?.modRevision).toBe(scene.store.revision);
});

describe("a store that is not what it was ends the member", () => {
  const code = () => scene.of("fatal")[0]?.error;

  test("emptied", () => {
    scene.lead();
    scene.step({ type: "propose", proposalId: 1, payload: Buffer.from("a") });
    scene.store = new ModelStore(() => {});
    scene.step({ type: "propose", proposalId: 2, payload: Buffer.from("b") });
    expect(code()).toMatchObject({ code: "ERR_STORE_REPLACED" });
    expect(code()?.message).toContain("etcd was emptied");
    expect(scene.of("settle").at(-1)).toMatchObject({ outcome: { error: { code: "ERR_AMBIGUOUS_COMMIT" } } });
    expect(scene.store.get(keys.store)).toBeUndefined();
  });

  test("restored from before what was seen", () => {
    scene.lead();
    scene.step({ type: "propose", proposalId: 1, payload: Buffer.from("a") });
    scene.put(keys.head, encodeHead(0));
    scene.step({ type: "propose", proposalId: 2, payload: Buffer.from("b") });
    expect(code()).toMatchObject({ code: "ERR_STORE_REPLACED" });
    expect(code()?.message).toContain("the log in etcd ends with entry 0, this member has seen entry 1");
  });

  test("with an entry that is damaged", () => {
    scene.lead();
    const record = encodeEntry({ index: 2, term: 3, payload: Buffer.from("of another place") });
    scene.put(keys.entry(1), record);
    scene.watch();
    expect(code()).toMatchObject({ code: "ERR_STORE_CORRUPT" });
    expect(code()?.message).toContain(`the key ${keys.entry(1)} in etcd is damaged`);
  });

  test("with an entry of a newer hawser", () => {
    scene.lead();
    scene.put(keys.entry(1), Uint8Array.of(2, 1));
    scene.watch();
    expect(code()).toMatchObject({ code: "ERR_STORE_VERSION" });
  });

  test("with a hole in its log", () => {
    scene.lead();
    for (const proposalId of [1, 2]) scene.step({ type: "propose", proposalId, payload: Buffer.from("a") });
    scene.store.transact({ compare: [], success: [{ type: "delete", key: keys.entry(1) }], failure: [] });
    const late = new Scene();
    late.store = scene.store;
    late.step({ type: "start" });
    expect(late.of("fatal")).toMatchObject([{ error: { code: "ERR_STORE_CORRUPT" } }]);
    expect(late.of("deliver")).toEqual([]);
  });
});
