import { setTimeout as delay } from "node:timers/promises";
import { EngineError, UnavailableError } from "../consensus.ts";
import type { RequestFailure } from "./etcd-api.ts";
import type { EtcdClient, EtcdStatus } from "./etcd-client.ts";
import { EtcdRequestError } from "./etcd-failure.ts";
import { testGuard } from "./self-test.ts";
import { noSpaceAdvice } from "./unavailable.ts";

/** What is to be checked, and for how long. */
export interface StoreCheck {
  readonly client: EtcdClient;
  readonly prefix: string;
  /** How long to wait for an etcd that does not answer, or that has no majority. */
  readonly timeoutMs: number;
  /** Ends the check: it rejects with `UnavailableError`. */
  readonly signal: AbortSignal;
}

/** What the check found. */
export interface CheckedStore {
  /** `MemberOptions.barrier`. */
  readonly barrier: "write" | "read";
}

/**
 * Asks the endpoints who they are, and tests that etcd can be trusted with a log, before anything of it is touched.
 *
 * One endpoint that answers is enough. Errors: `EngineError` with `ERR_STORE_UNAVAILABLE`, `ERR_STORE_DENIED` or
 * `ERR_STORE_UNSUITABLE`.
 */
export async function checkStore(check: StoreCheck): Promise<CheckedStore> {
  const { client, prefix } = check;
  return untilItAnswers(check, async () => {
    const answers = await client.statuses(STATUS_TIMEOUT_MS);
    const statuses = answers.flatMap(({ endpoint, status }) => (status instanceof Error ? [] : [{ endpoint, status }]));
    const errors = answers.flatMap(({ status }) => (status instanceof Error ? [status] : []));
    if (statuses.length === 0) throw errors.find(isFinal) ?? new NobodyAnswers(errors);
    for (const { endpoint, status } of statuses) assertVersion(endpoint, status);
    assertOneCluster(statuses);
    await testGuard(client, prefix);
    // A member that is away may be an old one.
    const isTrusted = errors.length === 0 && statuses.every(({ status }) => hasTrueReads(status.version));
    return { barrier: isTrusted ? "read" : "write" };
  });
}

async function untilItAnswers<Value>(check: StoreCheck, attempt: () => Promise<Value>): Promise<Value> {
  const { client, timeoutMs, signal } = check;
  const end = performance.now() + timeoutMs;
  for (;;) {
    try {
      return await unlessStopped(attempt(), signal);
    } catch (error) {
      if (isFinal(error) || performance.now() > end) throw engineErrorOf(error, timeoutMs);
      client.rotate("calls");
      await unlessStopped(delay(PAUSE_MS), signal);
    }
  }
}

/** What `operation` gives, or the word that the engine was stopped, whichever comes first. */
function unlessStopped<Value>(operation: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const stopped = () => reject(new UnavailableError("the engine was stopped before it had started"));
    if (signal.aborted) stopped();
    signal.addEventListener("abort", stopped, { once: true });
    operation.then(resolve, reject).finally(() => signal.removeEventListener("abort", stopped));
  });
}

/** Whether another attempt would end in the same way. */
function isFinal(error: unknown): boolean {
  if (error instanceof NobodyAnswers) return false;
  return !(error instanceof EtcdRequestError) || !passing.includes(error.failure.reason);
}

function engineErrorOf(error: unknown, timeoutMs: number): unknown {
  if (error instanceof NobodyAnswers) {
    const problem = `no endpoint has answered within ${timeoutMs} ms: ${error.message}`;
    return new EngineError("ERR_STORE_UNAVAILABLE", `${problem}. Start etcd, or correct the endpoints`, {
      cause: error,
    });
  }
  if (!(error instanceof EtcdRequestError)) return error;
  switch (error.failure.reason) {
    case "denied":
      return new EngineError(
        "ERR_STORE_DENIED",
        `${error.message}. Correct username and password, or grant the user readwrite on the prefix`,
        { cause: error },
      );
    case "noSpace":
      return new EngineError("ERR_STORE_UNAVAILABLE", noSpaceAdvice, { cause: error });
    case "unavailable": {
      const problem = `etcd has taken no write within ${timeoutMs} ms: ${error.message}`;
      return new EngineError("ERR_STORE_UNAVAILABLE", `${problem}. A majority of its members must run`, {
        cause: error,
      });
    }
    default:
      return new EngineError("ERR_STORE_UNSUITABLE", error.message, { cause: error });
  }
}

/** No endpoint has said what it is. The message says of each why. */
class NobodyAnswers extends Error {
  constructor(errors: readonly Error[]) {
    super(errors.map(({ message }) => message).join("; "));
  }
}

function assertVersion(endpoint: string, { version }: EtcdStatus): void {
  const [major = 0, minor = 0] = numbersOf(version);
  if (major > 3 || (major === 3 && minor >= 4)) return;
  const problem = `etcd at ${endpoint} has version ${version === "" ? "unknown" : version}`;
  throw new EngineError("ERR_STORE_UNSUITABLE", `${problem}, at least 3.4 is needed: upgrade etcd`);
}

function assertOneCluster(
  statuses: readonly { readonly endpoint: string; readonly status: { readonly clusterId: number } }[],
): void {
  const [first] = statuses;
  const stranger = statuses.find(({ status }) => status.clusterId !== first?.status.clusterId);
  if (first === undefined || stranger === undefined) return;
  const problem = `the endpoints ${first.endpoint} and ${stranger.endpoint} belong to different etcd clusters`;
  throw new EngineError("ERR_STORE_UNSUITABLE", `${problem}: name members of one cluster only`);
}

/** Whether a read-only transaction of this version is never answered from the past: earlier ones had a gap there. */
function hasTrueReads(version: string): boolean {
  const [major = 0, minor = 0, patch = 0] = numbersOf(version);
  if (major !== 3) return major > 3;
  return minor >= 7 || (minor === 6 && patch >= 9) || (minor === 5 && patch >= 28);
}

function numbersOf(version: string): readonly number[] {
  return version.split(/[.-]/).slice(0, 3).map(Number);
}

/** Failures that may be gone at the next attempt. */
const passing: readonly RequestFailure["reason"][] = ["unavailable", "noSpace"];

/** A member that lives answers from memory. */
const STATUS_TIMEOUT_MS = 2_000;
const PAUSE_MS = 200;
