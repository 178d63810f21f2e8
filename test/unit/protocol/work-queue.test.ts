import { describe, expect, test } from "vitest";
import { limits } from "../../../runtime/protocol/limits.ts";
import type { SessionInfo } from "../../../runtime/protocol/state-machine.ts";
import { WorkQueue } from "../../../runtime/protocol/work-queue.ts";

/** A queue beside sessions, with everything that it sent, as `SESSION WORK`. */
class Site {
  readonly sessions = new Map<string, SessionInfo>();
  readonly queue = new WorkQueue(this.sessions);
  /** Sessions with no room in their outbox. */
  readonly full = new Set<string>();
  sent: string[] = [];

  create(sessionId: string, capability = "a"): void {
    const session = {
      sessionId,
      capabilities: { [capability]: "1" },
      owner: undefined,
      sessionIndex: 1,
      createdAtUnixMs: 0,
    };
    this.sessions.set(sessionId, session);
    this.queue.sessionCreated(session, this.send);
  }

  end(sessionId: string): void {
    const session = this.sessions.get(sessionId);
    this.sessions.delete(sessionId);
    if (session !== undefined) this.queue.sessionEnded(session, this.send);
  }

  add(capability = "a"): number | undefined {
    return this.queue.add(capability, (workId) => Buffer.from(String(workId)), this.send);
  }

  complete(workId: number, sessionId: string): boolean {
    return this.queue.complete(workId, sessionId, this.send);
  }

  readonly send = (sessionId: string, payload: Uint8Array): boolean => {
    if (this.full.has(sessionId) || !this.sessions.has(sessionId)) return false;
    this.sent.push(`${sessionId} ${Buffer.from(payload)}`);
    return true;
  };

  /** What was sent since the last call. */
  news(): readonly string[] {
    return this.sent.splice(0);
  }
}

function siteOf(...sessionIds: readonly string[]): Site {
  const site = new Site();
  for (const sessionId of sessionIds) site.create(sessionId);
  return site;
}

describe("turns", () => {
  test("go round, in the order in which the sessions were created", () => {
    const site = siteOf("x", "y", "z");
    for (let count = 0; count < 7; count++) site.add();
    expect(site.news()).toEqual(["x 1", "y 2", "z 3", "x 4", "y 5", "z 6", "x 7"]);
  });

  test("go on where they were when nothing was left to do meanwhile", () => {
    const site = siteOf("x", "y");
    for (const sessionId of ["x", "y", "x"]) expect(site.complete(site.add() ?? 0, sessionId)).toBe(true);
  });

  test("pass over a session without room in its outbox, which does not lose its own", () => {
    const site = siteOf("x", "y", "z");
    site.full.add("x");
    for (let count = 0; count < 2; count++) site.add();
    site.full.clear();
    site.add();
    expect(site.news()).toEqual(["y 1", "z 2", "x 3"]);
  });

  test("are taken by at most so many pieces for each session", () => {
    const site = siteOf("slow", "fast");
    for (let count = 0; count < 3 * limits.workHeldMax; count++) site.add();
    expect(site.news()).toHaveLength(2 * limits.workHeldMax);
    expect(site.complete(2, "fast")).toBe(true);
    expect(site.news()).toEqual([`fast ${2 * limits.workHeldMax + 1}`]);
  });
});

describe("work that waits", () => {
  test("goes to the first session that can do it, the oldest first", () => {
    const site = siteOf();
    for (let count = 0; count < 3; count++) site.add();
    site.create("other", "b");
    expect(site.news()).toEqual([]);
    site.create("x");
    expect(site.news()).toEqual(["x 1", "x 2", "x 3"]);
  });

  test("goes when there is room in an outbox again", () => {
    const site = siteOf("x");
    site.full.add("x");
    site.add();
    site.full.clear();
    expect(site.news()).toEqual([]);
    for (const session of site.sessions.values()) site.queue.roomIn(session, site.send);
    expect(site.news()).toEqual(["x 1"]);
  });

  test("can be cancelled", () => {
    const site = siteOf();
    site.add();
    expect(site.queue.cancel(1, site.send)).toBe(true);
    expect(site.queue.cancel(1, site.send)).toBe(false);
    site.create("x");
    expect(site.news()).toEqual([]);
  });
});

describe("a session that ends", () => {
  test("leaves its work to the others, before what waits already", () => {
    const site = siteOf("x", "y");
    for (let count = 0; count < 2 * limits.workHeldMax + 1; count++) site.add();
    site.news();
    site.end("x");
    expect(site.news()).toEqual([]); // The other one is full.
    expect(site.complete(2, "y")).toBe(true);
    expect(site.news()).toEqual(["y 1"]);
  });

  test("cannot complete any more what another one has", () => {
    const site = siteOf("x", "y");
    site.add();
    site.end("x");
    expect(site.complete(1, "x")).toBe(false);
    expect(site.complete(1, "y")).toBe(true);
    expect(site.complete(1, "y")).toBe(false);
  });
});

describe("limits", () => {
  test("on the number of pieces", () => {
    const site = siteOf();
    for (let count = 1; count <= limits.workPendingMax; count++) site.add();
    expect(site.add()).toBeUndefined();
    site.queue.cancel(1, site.send);
    expect(site.add()).toBe(limits.workPendingMax + 1);
  });

  test("on their bytes", () => {
    const site = siteOf();
    const payload = new Uint8Array(limits.payloadBytesMax);
    const add = () => site.queue.add("a", () => payload, site.send);
    for (let count = 1; count <= limits.workPendingBytesMax / payload.length; count++) expect(add()).toBe(count);
    expect(add()).toBeUndefined();
    site.queue.cancel(1, site.send);
    expect(add()).toBeDefined();
  });

  test("on one payload, and on a name", () => {
    const site = siteOf();
    const long = () => new Uint8Array(limits.payloadBytesMax + 1);
    expect(() => site.queue.add("a", long, site.send)).toThrow("1048577 bytes, the limit is 1048576");
    expect(() => site.add("a".repeat(16_385))).toThrow("the capability is 16385 bytes, the limit is 16384");
  });
});

test("100,000 sessions are given 100,000 pieces, and all end, in linear time", () => {
  const site = siteOf();
  const count = 100_000;
  for (let id = 0; id < count; id++) site.create(`s${id}`);
  for (let id = 0; id < count; id++) site.add();
  expect(site.sent).toHaveLength(count);
  for (let id = 0; id < count; id++) expect(site.complete(id + 1, `s${id}`)).toBe(true);
  for (let id = 0; id < count; id++) site.end(`s${id}`);
  expect([...site.queue.snapshot()]).toEqual([{ type: "WorkEnd", lastWorkId: count }]);
});
