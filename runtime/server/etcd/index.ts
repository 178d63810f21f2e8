import type { ConsensusEngine } from "../consensus.ts";
import { EtcdEngine } from "./etcd-engine.ts";
import { checkEtcdEngineOptions, type EtcdEngineOptions } from "./options.ts";

export { EngineError, type EngineErrorCode } from "../consensus.ts";
export type { EtcdTls } from "./etcd-client.ts";
export type { EtcdEngineOptions, EtcdEngineReport } from "./options.ts";

/**
 * Entry point `hawser/server/etcd`: makes an engine whose log is in etcd, for services on several machines. Needs the
 * packages `@grpc/grpc-js` and `@grpc/proto-loader`, and etcd 3.4 or later, whose members run anywhere within reach.
 *
 * All members of a service use the same etcd and the same `prefix`. One of them leads: what it proposes is in etcd, on a
 * majority of its members, before it is applied anywhere, and is applied by all in the same order. When the leader is gone
 * another one takes over, after `electionTimeoutMs` or a little more.
 *
 * `start` resolves once the member has applied what was stored; leadership may come later, or never. While etcd does not
 * answer, or has no majority, proposals fail with `UnavailableError` or `AmbiguousCommitError`, and the engine goes on by
 * itself as soon as etcd does. What is stored and cannot be trusted ends it with `onFatal`; the process should end then,
 * too.
 *
 * Errors: `InvalidArgumentError` for bad options, at once. `EngineError` from `start`: `ERR_STORE_UNAVAILABLE`,
 * `ERR_STORE_DENIED`, `ERR_STORE_UNSUITABLE`. From `start` or by `onFatal`: `ERR_STORE_CORRUPT`, `ERR_STORE_VERSION`,
 * `ERR_STORE_REPLACED`, `ERR_STORE_FAILED`.
 */
export function etcdEngine(options: EtcdEngineOptions): ConsensusEngine {
  return new EtcdEngine(checkEtcdEngineOptions(options));
}
