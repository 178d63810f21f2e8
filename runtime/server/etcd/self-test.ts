import { randomUUID } from "node:crypto";
import { limits } from "../../protocol/limits.ts";
import { EngineError } from "../consensus.ts";
import type { Compare, Operation, TransactionResult } from "./etcd-api.ts";
import type { EtcdClient } from "./etcd-client.ts";

/**
 * Asks etcd whether it keeps the promise that everything rests on: that a transaction whose conditions do not hold changes
 * nothing, and that one whose conditions hold changes everything. What speaks the protocol but compares something else
 * than it was told, or nothing, would let two leaders write at once.
 *
 * Writes to a key of its own and removes it again. Errors: `EngineError` with `ERR_STORE_UNSUITABLE`; `EtcdRequestError`
 * when etcd does not answer.
 */
export async function testGuard(client: EtcdClient, prefix: string): Promise<void> {
  const key = `${prefix}self-test/${randomUUID()}`;
  const put: Operation = { type: "put", key, value: FIRST };
  const made = await attempt(client, [{ key, createRevision: 0 }], put);
  expect(made.succeeded, "refused to make a key that was not there");
  const revision = made.revision;
  const wrong: readonly (readonly [Compare, string])[] = [
    [{ key, createRevision: 0 }, "made a key that was there already"],
    [{ key, modRevision: revision + 1 }, "wrote over a key that was to have another revision"],
    [{ key, value: SECOND }, "wrote over a key that was to have another value"],
  ];
  for (const [compare, offence] of wrong) {
    // The last condition holds: one that does not must be enough.
    const { succeeded } = await attempt(client, [compare, { key, value: FIRST }], { ...put, value: SECOND });
    expect(!succeeded, offence);
  }
  const right: Compare[] = [
    { key, value: FIRST },
    { key, modRevision: revision },
    { key, createRevision: revision },
  ];
  const written = await attempt(client, right, { ...put, value: SECOND });
  expect(written.succeeded, "refused to write over a key that was as it should be");
  const removed = await attempt(client, [{ key, value: SECOND }], { type: "delete", key });
  expect(removed.succeeded, "gave back another value than was written");
}

function attempt(client: EtcdClient, compare: readonly Compare[], operation: Operation): Promise<TransactionResult> {
  return client.transact({ compare, success: [operation], failure: [] }, limits.etcdRequestTimeoutMs);
}

function expect(isKept: boolean, offence: string): void {
  if (isKept) return;
  const problem = `the store at the endpoints ${offence}: it does not do what etcd does`;
  throw new EngineError(
    "ERR_STORE_UNSUITABLE",
    `${problem}; use etcd itself, without anything that answers in its place`,
  );
}

const FIRST = Buffer.from("1");
const SECOND = Buffer.from("2");
