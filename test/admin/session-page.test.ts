import { limits, type ServedSession, type Server } from "hawser/server";
import { describe, expect, test } from "vitest";
import { AdminAnswers } from "../../runtime/admin/admin-answers.ts";
import { readSessionsQuestion, type SessionsQuestion, sessionsPage } from "../../runtime/admin/session-page.ts";

const COUNT = 100_000;

describe("100,000 sessions", () => {
  test("are looked through in many turns", async () => {
    let turns = 0;
    let isOver = false;
    const counting = (): void => {
      turns += 1;
      if (!isOver) setImmediate(counting);
    };
    setImmediate(counting);
    const page = await sessionsPage(made(), question("sort=requestsPending&limit=25"), () => true);
    isOver = true;
    expect(page).toMatchObject({ total: COUNT, matching: COUNT, offset: 0 });
    expect(page?.rows.map(({ requestsPending }) => requestsPending)).toEqual(new Array(25).fill(6));
    expect(turns).toBeGreaterThan(5);
  });

  test("are left when nobody waits any more", async () => {
    let taken = 0;
    function* counted(): Generator<ServedSession> {
      for (const session of made()) {
        taken += 1;
        yield session;
      }
    }
    expect(await sessionsPage(counted(), question(""), () => false)).toBeUndefined();
    expect(taken).toBeLessThan(COUNT);
  });

  test("have pages that fit together", async () => {
    const first = await sessionsPage(made(), question("sort=sessionId&order=asc&limit=100"), () => true);
    const second = await sessionsPage(made(), question("sort=sessionId&order=asc&limit=100&offset=100"), () => true);
    const ids = [...(first?.rows ?? []), ...(second?.rows ?? [])].map(({ sessionId }) => sessionId);
    const all = Array.from(made(), ({ sessionId }) => sessionId).sort();
    expect(ids).toEqual(all.slice(0, 200));
  });
});

test("few look at a time, and who does not wait is not looked for", async () => {
  let scans = 0;
  const server = {
    status: () => ({ memberId: "a" }),
    *eachSession(): Generator<ServedSession> {
      scans += 1;
      yield session(1, {});
    },
  };
  const answers = new AdminAnswers(server as unknown as Server, undefined);
  const asked = Array.from({ length: limits.adminScansWaitingMax + 2 }, (_, number) =>
    answers.sessions(question(""), () => number !== 3),
  );
  const answered = await Promise.all(asked);
  expect(answered.slice(-2)).toEqual(["busy", "busy"]);
  expect(answered[3]).toBeUndefined();
  expect(answered[4]).toMatchObject({ total: 1 });
  expect(scans).toBe(limits.adminScansWaitingMax - 1);
  expect(await answers.sessions(question(""), () => true)).toMatchObject({ total: 1 });
});

test("what is not known comes last, whichever way", async () => {
  const sessions = [
    session(1, { leaseLeftMs: undefined }),
    session(2, { leaseLeftMs: 5 }),
    session(3, { leaseLeftMs: 9 }),
  ];
  for (const [order, expected] of [
    ["asc", [5, 9, null]],
    ["desc", [9, 5, null]],
  ] as const) {
    const page = await sessionsPage(sessions, question(`sort=leaseLeft&order=${order}`), () => true);
    expect(page?.rows.map(({ leaseLeftMs }) => leaseLeftMs)).toEqual(expected);
  }
});

test("states are those of the metrics", async () => {
  const sessions = [
    session(1, { connected: true }),
    session(2, { connected: false }),
    session(3, { connected: true, leaseLeftMs: undefined }),
    session(4, { connected: false, leaseLeftMs: undefined, sessionTimeoutMs: undefined }),
  ];
  const page = await sessionsPage(sessions, question("sort=sessionId&order=asc"), () => true);
  expect(page?.rows.map(({ state }) => state)).toEqual(["connected", "detached", "ending", "unknown"]);
});

test("long capabilities are cut off", async () => {
  const [row] =
    (await sessionsPage([session(1, { capabilities: { a: "x".repeat(1_000) } })], question(""), () => true))?.rows ??
    [];
  expect(row?.capabilities).toHaveLength(256);
});

function question(parameters: string): SessionsQuestion {
  const read = readSessionsQuestion(new URLSearchParams(parameters));
  if (typeof read === "string") throw new Error(read);
  return read;
}

function* made(): Generator<ServedSession> {
  for (let number = 0; number < COUNT; number++) yield session(number, { requestsPending: number % 7 });
}

function session(number: number, changes: Partial<ServedSession>): ServedSession {
  return {
    // In an order of their own.
    sessionId: String((number * 7_919) % 100_003).padStart(6, "0"),
    capabilities: {},
    createdAtUnixMs: 0,
    ageMs: COUNT - number,
    owner: undefined,
    connected: true,
    address: undefined,
    protocolVersion: 2,
    sessionTimeoutMs: 90_000,
    leaseLeftMs: 60_000,
    requestsPending: 0,
    serverRequestsPending: 0,
    workHeld: 0,
    ...changes,
  };
}
