import { memoryEngine } from "hawser/server/memory";
import { afterEach, describe, expect, test } from "vitest";
import { decodeClientMessage, encodeServerMessage } from "../../generated/protocol/codec.ts";
import {
  type ConsensusEngine,
  type Leadership,
  NotLeaderError,
  UnavailableError,
} from "../../runtime/server/consensus.ts";
import { freePort } from "../service/child-server.ts";
import { slowed } from "../service/slowed-engine.ts";
import { engineThat, examineAt, Practice, verdict } from "./practice.ts";

/** What a server answers to the wish for a session, and what it means. */
const practice = new Practice();
afterEach(() => practice.clear());

/** Long enough for a busy machine to begin, short enough to wait for. */
const patienceMs = 500;

describe("a server that is well", () => {
  test("every step is done and timed, and nothing is left behind", async () => {
    const server = await practice.server();
    const told: string[] = [];
    const found = await examineAt(server.address, { onStep: ({ name }) => told.push(name) });
    expect(verdict(found)).toBe("nothing at close");
    expect(found).toMatchObject({ endpoint: server.address, healthy: true, findings: [] });
    expect(found.steps.map(({ name, status }) => `${name} ${status}`)).toEqual([
      "resolve fine",
      "connect fine",
      "handshake fine",
      "session fine",
      "clock fine",
      "close fine",
    ]);
    expect(told).toEqual(found.steps.map(({ name }) => name));
    const timed = found.steps.filter(({ name }) => name !== "clock");
    expect(timed.every(({ durationMs = -1 }) => durationMs >= 0)).toBe(true);
    expect(found.steps[3]?.detail).toBe("opened, protocol version 2, a leads");
    expect(server.sessionCount).toBe(0);
  });

  test("one that speaks version 1 only", async () => {
    const server = await practice.server({ protocolVersionMax: 1 });
    const found = await examineAt(server.address);
    expect(verdict(found)).toBe("old-version at close");
    expect(found.healthy).toBe(true);
    expect(found.steps[4]?.detail).toBe("not known: version 1 of the protocol cannot say");
  });

  test.each([
    [-60_000, "60.0 s ahead of"],
    [60_000, "60.0 s behind"],
  ])("whose clock is %i ms from ours", async (offsetMs, words) => {
    const server = await practice.server();
    const found = await examineAt(server.address, { unixMs: () => Date.now() + offsetMs });
    expect(verdict(found)).toBe("clock-differs at close");
    expect(found.healthy).toBe(true);
    expect(found.findings[0]?.what).toMatch(
      /^The server's clock is (59\.9|60\.[01]) s (ahead of|behind) this machine's/,
    );
    expect(found.findings[0]?.what).toContain(words.slice(-5));
  });

  test("a clock that is less than a second off is fine", async () => {
    const server = await practice.server();
    expect(verdict(await examineAt(server.address, { unixMs: () => Date.now() + 900 }))).toBe("nothing at close");
  });

  test("one whose store is slow", async () => {
    const engine = slowed(memoryEngine(), () => new Promise((resolve) => setTimeout(resolve, 1_100)));
    const found = await examineAt((await practice.server({ engine })).address);
    expect(found.findings.map(({ code, what }) => `${code}: ${what.replace(/\d+ ms;/, "… ms;")}`)).toEqual([
      "slow: The step session took … ms; more than 1000 ms is slow.",
      "slow: The step close took … ms; more than 1000 ms is slow.",
    ]);
    expect(found.steps.map(({ status }) => status)).toEqual(["fine", "fine", "fine", "warning", "fine", "warning"]);
  });

  test("one that never confirms the end of a session", async () => {
    let proposals = 0;
    const held = new Held();
    const engine = slowed(memoryEngine(), () => (++proposals === 1 ? Promise.resolve() : held.released));
    const server = await practice.server({ engine });
    practice.later(held.release);
    const found = await examineAt(server.address);
    expect(found.findings[0]).toMatchObject({ code: "not-closed", severity: "warning" });
    expect(found.findings[0]?.what).toContain("it ends by itself after 5000 ms");
  });
});

describe("who leads", () => {
  test("a follower sends us on to the leader", async () => {
    const leader = await practice.server({ memberId: "b" });
    const members = { a: "tcp://127.0.0.1:1", b: leader.address };
    const follower = await practice.server({ engine: following("b"), members });
    const found = await examineAt(follower.address);
    expect(verdict(found)).toBe("not-leader at close");
    expect(found.healthy).toBe(true);
    expect(found.findings[0]?.what).toContain(`b at ${leader.address} does. Clients are sent on to it.`);
    expect(found.steps.filter(({ address }) => address === leader.address)).toHaveLength(6);
    expect(leader.sessionCount).toBe(0);
  });

  test("a follower whose leader is down", async () => {
    const leaderAddress = `tcp://127.0.0.1:${await freePort()}`;
    const members = { a: "tcp://127.0.0.1:1", b: leaderAddress };
    const follower = await practice.server({ engine: following("b"), members });
    const found = await examineAt(follower.address);
    expect(verdict(found)).toBe("not-leader, port-closed at connect");
    expect(found.findings[1]?.address).toBe(leaderAddress);
    expect(found.healthy).toBe(false);
  });

  test("a follower that does not know where its leader is", async () => {
    const follower = await practice.server({ engine: following("b") });
    const found = await examineAt(follower.address);
    expect(verdict(found)).toBe("leader-address-unknown at session");
    expect(found.findings[0]?.what).toContain("b does, and the member does not say where that is");
  });

  test("a follower whose leader is nowhere that can be reached", async () => {
    const address = await rejecting({
      reason: "NotLeader",
      leaderId: "b",
      members: [{ memberId: "b", address: "b:1" }],
    });
    const found = await examineAt(address);
    expect(verdict(found)).toBe("leader-address-unknown at session");
    expect(found.findings[0]?.what).toContain('says "b:1", no address');
  });

  test("nobody leads", async () => {
    const server = await practice.server({ engine: following(undefined) });
    expect(verdict(await examineAt(server.address))).toBe("no-leader at session");
  });

  test("each says that the other one leads", async () => {
    const a = await practice.server({ memberId: "a", engine: following("b") });
    const b = await practice.server({ memberId: "b", engine: following("a") });
    const members = { a: a.address, b: b.address };
    a.setMembers(members);
    b.setMembers(members);
    const found = await examineAt(a.address);
    expect(verdict(found)).toBe("not-leader, leaders-in-circle at session");
    expect(found.findings[1]?.what).toContain(`${a.address} → ${b.address} → ${a.address}`);
  });

  test("a server that stops leading while it is asked", async () => {
    const engine = engineThat(leading, () => Promise.reject(new NotLeaderError("b")));
    const server = await practice.server({ engine });
    expect(verdict(await examineAt(server.address))).toBe("leader-address-unknown at session");
  });
});

describe("a server that refuses", () => {
  test("this client, with its reason", async () => {
    const authorize = () => ({ allow: false, reason: "Ärzte kommen am Montag: \u001b[31m" }) as const;
    const server = await practice.server({ authorize });
    const found = await examineAt(server.address);
    expect(verdict(found)).toBe("unauthorized at session");
    expect(found.findings[0]?.what).toContain('"Ärzte kommen am Montag: ?[31m"');
  });

  test("this client, in version 1, which has no word for it", async () => {
    const server = await practice.server({ authorize: () => false, protocolVersionMax: 1 });
    const found = await examineAt(server.address);
    expect(verdict(found)).toBe("refused at session");
    expect(found.findings[0]?.what).toContain("refused the session: Other. Version 1");
  });

  test("because it has too much to do", async () => {
    const server = await practice.server({ admission: { total: { sessionsPerSecond: 0.01, burstSeconds: 1 } } });
    expect(verdict(await examineAt(server.address))).toBe("nothing at close");
    const found = await examineAt(server.address);
    expect(verdict(found)).toBe("overloaded at session");
    expect(found.findings[0]?.what).toMatch(/asks to come back after [1-9]\d* ms/);
  });

  test("connections of a client that has had too many", async () => {
    const server = await practice.server({ admission: { total: { connectionsPerSecond: 0.01, burstSeconds: 1 } } });
    expect(verdict(await examineAt(server.address))).toBe("nothing at close");
    const found = await examineAt(server.address);
    expect(verdict(found)).toBe("dropped at session");
    expect(found.findings[0]?.cure).toContain("this client asks too often");
  });

  test("because nothing can be committed", async () => {
    const engine = engineThat(leading, () => Promise.reject(new UnavailableError("the store is full")));
    const found = await examineAt((await practice.server({ engine })).address);
    expect(verdict(found)).toBe("cluster-unavailable at session");
  });

  test("by no answer at all", async () => {
    const held = new Held();
    const server = await practice.server({ engine: slowed(memoryEngine(), () => held.released) });
    practice.later(held.release);
    const found = await examineAt(server.address, { timeoutMs: patienceMs });
    expect(verdict(found)).toBe("no-answer at session");
    expect(found.findings[0]?.what).toContain(`within ${patienceMs} ms`);
  });
});

describe("a server that is none of hawser's, or of another time", () => {
  test("a version that is not known here", async () => {
    const address = await practice.zmtpServer((frame) => {
      const answer = Buffer.from(encodeServerMessage({ ...rejection(frame), reason: "Other" }, 1));
      // Behind the magic "zraft".
      answer[5] = 9;
      return [answer];
    });
    const found = await examineAt(address);
    expect(verdict(found)).toBe("too-new at session");
    expect(found.findings[0]?.what).toContain("9");
  });

  test("one that says so", async () => {
    expect(verdict(await examineAt(await rejecting({ reason: "UnsupportedVersion" })))).toBe("too-new at session");
  });

  test("another protocol", async () => {
    const found = await examineAt(await practice.zmtpServer(() => [Buffer.from("hello, who are you?")]));
    expect(verdict(found)).toBe("not-hawser at session");
    expect(found.findings[0]?.what).toContain('begins with "hello, who are y"');
  });

  test("one that says nothing", async () => {
    const found = await examineAt(await practice.zmtpServer(() => []), { timeoutMs: patienceMs });
    expect(verdict(found)).toBe("no-answer at session");
  });

  test("one that hangs up", async () => {
    expect(verdict(await examineAt(await practice.zmtpServer(() => "hang up")))).toBe("dropped at session");
  });

  test("one that is going down", async () => {
    const closed = encodeServerMessage({ type: "SessionClosed", reason: "Shutdown", leaderId: undefined }, 1);
    const found = await examineAt(await practice.zmtpServer(() => [closed]));
    expect(verdict(found)).toBe("dropped at session");
    expect(found.findings[0]?.what).toContain('it said "Shutdown"');
  });
});

describe("interrupted", () => {
  test("while it waits for a session: one that is created yet is closed", async () => {
    const interruption = new AbortController();
    const reports: string[] = [];
    const held = new Held();
    const engine = slowed(memoryEngine(), () => {
      interruption.abort(new Error("enough"));
      return held.released;
    });
    const server = await practice.server({ engine, onReport: ({ type }) => reports.push(type) });
    const examination = examineAt(server.address, { signal: interruption.signal });
    interruption.signal.addEventListener("abort", () => setImmediate(held.release));
    await expect(examination).rejects.toThrow("enough");
    expect(reports).toContain("sessionCreated");
    expect(server.sessionCount).toBe(0);
  });

  test("while nobody answers", async () => {
    const endpoint = await practice.stranger(() => setImmediate(() => interruption.abort(new Error("enough"))));
    const interruption = new AbortController();
    await expect(examineAt(endpoint, { signal: interruption.signal })).rejects.toThrow("enough");
  });

  test("before it began", async () => {
    const server = await practice.server();
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(examineAt(server.address, { signal })).rejects.toThrow("enough");
  });
});

/** What waits until it is let go. */
class Held {
  readonly released: Promise<void>;
  release = (): void => {};

  constructor() {
    this.released = new Promise((resolve) => {
      this.release = resolve;
    });
  }
}

const leading: Leadership = { role: "leader", term: 1 };

function following(leader: string | undefined): ConsensusEngine {
  return engineThat({ role: "follower", leader }, () => Promise.reject(new NotLeaderError(leader)));
}

type Rejection = Extract<Parameters<typeof encodeServerMessage>[0], { type: "SessionRejected" }>;

/** Refuses the session that a frame asks for. */
function rejection(frame: Uint8Array): Rejection {
  const { message } = decodeClientMessage(frame);
  if (message.type !== "CreateSession") throw new Error(`a ${message.type} came first`);
  return { type: "SessionRejected", reason: "Other", nonce: message.nonce, leaderId: undefined, members: [] };
}

/** A server that refuses everybody, in version 2. */
function rejecting(more: Partial<Rejection>): Promise<string> {
  return practice.zmtpServer((frame) => [encodeServerMessage({ ...rejection(frame), ...more }, 2)]);
}
