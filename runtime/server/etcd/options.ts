import { InvalidArgumentError } from "../../protocol/errors.ts";
import type { MemberId } from "../../protocol/index.ts";
import { limits } from "../../protocol/limits.ts";
import { checkKeys, count, describe, duration, text } from "../../shell/check-options.ts";
import type { EtcdClientOptions, EtcdTls } from "./etcd-client.ts";

/** What the caller may set. */
export interface EtcdEngineOptions {
  /**
   * Where etcd listens for clients: `http://10.0.0.1:2379`, or all with `https://`. Name every member of the cluster: when
   * one does not answer the next is asked.
   */
  readonly endpoints: readonly string[];
  /** This member's name; `memberId` of the server. No two processes may run under one name. */
  readonly memberId: MemberId;
  /**
   * What all keys of this service begin with, so that several services can share an etcd. The same for all members of one
   * service. Default: `hawser/`.
   */
  readonly prefix?: string | undefined;
  /** Certificates, for endpoints with `https://`. Default: Node's own list of those to trust, and none to show. */
  readonly tls?: EtcdTls | undefined;
  /** A user of etcd that may read and write the keys with the prefix; with `password`. */
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /**
   * How long members wait for a sign of life of their leader before one of them takes over; it may be half as long again.
   * Less makes a change of leader faster, and one without need more likely: it should be a few times what a request to etcd
   * takes on a bad day. The same for all members. Default: 1 s.
   */
  readonly electionTimeoutMs?: number | undefined;
  /** etcd's `--quota-backend-bytes`: from 80 % of it on, reports say that the store fills up. Default: etcd's own, 2 GiB. */
  readonly storageQuotaBytes?: number | undefined;
  /** Told what an operator should know. Must not throw. */
  readonly onReport?: ((report: EtcdEngineReport) => void) | undefined;
}

/** What an operator should know of the store. */
export type EtcdEngineReport =
  /**
   * etcd's store is at 80 % of `storageQuotaBytes` or more: when it reaches its quota etcd takes no writes until somebody
   * helps. Said when it becomes so, and again at each further percent.
   */
  | { readonly type: "storageFillsUp"; readonly storageBytes: number; readonly storageQuotaBytes: number }
  /**
   * The user of etcd may not compact, which newer versions of etcd allow to administrators only. Somebody else has to see to
   * it that etcd forgets what keys were: by its flag `--auto-compaction-retention`, for example. Said once.
   */
  | { readonly type: "compactionDenied"; readonly message: string }
  /** What a snapshot replaces could not all be removed; the next snapshot removes the rest. */
  | { readonly type: "cleanupFailed"; readonly error: Error };

/** Options with every default filled in. */
export interface CheckedEtcdEngineOptions {
  readonly client: EtcdClientOptions;
  readonly memberId: MemberId;
  readonly prefix: string;
  readonly electionTimeoutMs: number;
  readonly storageQuotaBytes: number;
  readonly onReport: (report: EtcdEngineReport) => void;
}

/** Throws `InvalidArgumentError` for the first option that is wrong. */
export function checkEtcdEngineOptions(options: EtcdEngineOptions): CheckedEtcdEngineOptions {
  checkKeys(options, KEYS, "the options of etcdEngine");
  const endpoints = checkEndpoints(options.endpoints);
  const tls = options.tls ?? {};
  checkKeys(tls, TLS_KEYS, "tls");
  if (options.tls !== undefined && !endpoints[0]?.startsWith("https:")) {
    throw new InvalidArgumentError(`tls is given, but the endpoints begin with http:// — write https://`);
  }
  if ((tls.cert === undefined) !== (tls.key === undefined)) {
    throw new InvalidArgumentError("tls has one of cert and key, it needs both or none");
  }
  if ((options.username === undefined) !== (options.password === undefined)) {
    throw new InvalidArgumentError("one of username and password is given, both are needed or none");
  }
  const { username, password } = options;
  const user =
    username === undefined ? undefined : { name: text("username", username), password: text("password", password) };
  return {
    client: { endpoints, tls, user },
    memberId: checkMemberId(options.memberId),
    prefix: checkPrefix(options.prefix ?? "hawser/"),
    electionTimeoutMs: checkElectionTimeout(options.electionTimeoutMs),
    storageQuotaBytes: count("storageQuotaBytes", options.storageQuotaBytes, limits.etcdStorageQuotaBytes),
    onReport: options.onReport ?? (() => {}),
  };
}

function checkEndpoints(endpoints: unknown): readonly string[] {
  if (!Array.isArray(endpoints) || endpoints.length === 0) {
    throw new InvalidArgumentError(
      `endpoints is ${describe(endpoints)}, it must be an array of URLs: ["http://10.0.0.1:2379"]`,
    );
  }
  const checked = endpoints.map((endpoint: unknown): string => {
    const url = typeof endpoint === "string" && URL.canParse(endpoint) ? new URL(endpoint) : undefined;
    const isEndpoint =
      (url?.protocol === "http:" || url?.protocol === "https:") &&
      url.port !== "" &&
      url.origin === url.href.slice(0, -1);
    if (isEndpoint) return url.origin;
    const problem = `an endpoint is ${describe(endpoint)}, it must be a URL with a port and nothing after it`;
    throw new InvalidArgumentError(`${problem}: http://10.0.0.1:2379`);
  });
  if (new Set(checked.map((endpoint) => new URL(endpoint).protocol)).size > 1) {
    throw new InvalidArgumentError("some endpoints begin with http://, others with https://; use one of them for all");
  }
  return [...new Set(checked)];
}

/** Names are written into etcd, where an empty one means that nobody leads. */
function checkMemberId(memberId: unknown): MemberId {
  const name = text("memberId", memberId);
  if (Buffer.byteLength(name) <= NAME_BYTES_MAX) return name;
  throw new InvalidArgumentError(`memberId is ${Buffer.byteLength(name)} bytes, the limit is ${NAME_BYTES_MAX}`);
}

/** Keys are compared as text here and as bytes in etcd: with printable ASCII that is the same. */
function checkPrefix(prefix: unknown): string {
  const checked = text("prefix", prefix);
  if (/^[\x21-\x7e]*\/$/.test(checked) && checked.length <= NAME_BYTES_MAX) return checked;
  const rule = `it must be printable ASCII without spaces, end with "/" and be at most ${NAME_BYTES_MAX} bytes long`;
  throw new InvalidArgumentError(`prefix is ${describe(prefix)}, ${rule}`);
}

function checkElectionTimeout(value: number | undefined): number {
  const electionTimeoutMs = duration("electionTimeoutMs", value, limits.etcdElectionTimeoutMs);
  if (electionTimeoutMs >= ELECTION_TIMEOUT_MIN_MS) return electionTimeoutMs;
  const problem = `electionTimeoutMs is ${electionTimeoutMs}, the least is ${ELECTION_TIMEOUT_MIN_MS}`;
  throw new InvalidArgumentError(`${problem}: a leader gives a sign of life every 200 ms`);
}

const NAME_BYTES_MAX = 255;
/** Two heartbeats: with one of them lost a leader would be taken for dead. */
const ELECTION_TIMEOUT_MIN_MS = 400;

const TLS_KEYS: readonly (keyof EtcdTls)[] = ["ca", "cert", "key"];

const KEYS: readonly (keyof EtcdEngineOptions)[] = [
  "endpoints",
  "memberId",
  "prefix",
  "tls",
  "username",
  "password",
  "electionTimeoutMs",
  "storageQuotaBytes",
  "onReport",
];
