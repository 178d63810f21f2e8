import { expect, test } from "vitest";
import type { LogRecord } from "../../../generated/log/messages.ts";
import { limits } from "../../../runtime/protocol/limits.ts";
import { ServerEndpoint } from "../../../runtime/protocol/server-endpoint.ts";
import type { ServerEffect } from "../../../runtime/protocol/server-events.ts";
import { SessionTable } from "../../../runtime/protocol/session-table.ts";
import { Notebook } from "../../transcript/notebook.ts";

/** A leader whose sessions all have the same lease, from the instant 0 on. */
class Leader {
  readonly table: SessionTable = new SessionTable(new Notebook());
  readonly #endpoint = new ServerEndpoint({
    table: this.table,
    memberId: "node-1",
    members: [],
    protocolVersionMax: 2,
    sessionTimeoutMs: LEASE_MS,
    sessionTimeoutMinMs: limits.sessionTimeoutMinMs,
    sessionTimeoutMaxMs: limits.sessionTimeoutMaxMs,
    resendAfterMs: limits.resendAfterMs,
    unixMs: () => 0,
    newSessionId: () => "unused",
  });
  #index = 0;

  constructor(sessions: number) {
    const capabilities = { a: "1" };
    const records = Array.from({ length: sessions }, (_, position): LogRecord => {
      return { type: "CreateSession", sessionId: `s${position}`, nonce: BigInt(position), capabilities };
    });
    this.table.applyEntry({ index: 0, proposedAt: 0, records });
    this.#endpoint.step({ type: "leadership", leadership: { role: "leader", term: 1 } }, 0);
  }

  get nextDeadline(): number | undefined {
    return this.#endpoint.nextDeadline;
  }

  /** What is proposed when the leases are over. */
  expire(now: number = LEASE_MS): LogRecord[] {
    return proposals(this.#endpoint.step({ type: "deadline" }, now));
  }

  apply(records: readonly LogRecord[]): void {
    this.#index += 1;
    const effects = this.table.applyEntry({ index: this.#index, proposedAt: LEASE_MS, records });
    this.#endpoint.step({ type: "applied", effects }, LEASE_MS);
  }

  fail(record: LogRecord, type: "unavailable" | "ambiguous"): void {
    this.#endpoint.step({ type: "proposalFailed", record, failure: { type } }, LEASE_MS);
  }
}

function proposals(effects: readonly ServerEffect[]): LogRecord[] {
  return effects.flatMap((effect) => (effect.type === "propose" ? [effect.record] : []));
}

test("sessions whose leases end together end in parts, each as the one before it is settled", () => {
  const leader = new Leader(2 * limits.expiriesInFlightMax + 1);
  const first = leader.expire();
  expect(first).toHaveLength(limits.expiriesInFlightMax);
  expect(leader.nextDeadline).toBeUndefined();
  expect(leader.expire()).toEqual([]);

  leader.apply(first.slice(0, 10));
  expect(leader.nextDeadline).toBeLessThanOrEqual(LEASE_MS);
  const next = leader.expire();
  expect(next).toHaveLength(10);

  for (let due = [...first.slice(10), ...next]; due.length > 0; due = leader.expire()) leader.apply(due);
  expect(leader.table.sessions.size).toBe(0);
  expect(leader.nextDeadline).toBeUndefined();
});

test("ends that came to nothing, or that nobody knows of, keep no other session alive", () => {
  const leader = new Leader(2 * limits.expiriesInFlightMax);
  const first = leader.expire();
  for (const [position, record] of first.entries()) {
    leader.fail(record, position % 2 === 0 ? "unavailable" : "ambiguous");
  }
  expect(leader.expire()).toHaveLength(limits.expiriesInFlightMax);

  const again = new Leader(limits.expiriesInFlightMax);
  const doubted = again.expire();
  for (const record of doubted) again.fail(record, "ambiguous");
  expect(new Set(again.expire(LEASE_MS + limits.retryAfterMs))).toEqual(new Set(doubted));
  again.apply(doubted);
  expect(again.table.sessions.size).toBe(0);
});

const LEASE_MS = 10_000;
