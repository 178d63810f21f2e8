import { status } from "@grpc/grpc-js";
import type { RequestFailure } from "./etcd-api.ts";

/** What gRPC says of a call that failed. */
export interface CallError {
  readonly code: status;
  readonly details: string;
}

/** A request to etcd failed. */
export class EtcdRequestError extends Error {
  override readonly name = "EtcdRequestError";
  readonly failure: RequestFailure;
  /** Whether etcd asks for a new token: the request, which it refused, may be made again with one. */
  readonly wantsNewToken: boolean;

  constructor(failure: RequestFailure, wantsNewToken = false) {
    super(failure.message);
    this.failure = failure;
    this.wantsNewToken = wantsNewToken;
  }
}

/**
 * What became of a call that gRPC rejected. A refusal must be certain: what is not known to be one may have had its
 * effect, or may yet have it, as a proposal of etcd's does that is committed after its caller has given up.
 */
export function requestErrorOf({ code, details }: CallError, endpoint: string): EtcdRequestError {
  const message = `etcd at ${endpoint}: ${details.replace(/ Resolution note: *$/, "")} (${status[code] ?? code})`;
  const reason = reasonOf(code, details);
  const isRefused = reason !== "unavailable" || wasNeverSent(code, details);
  return new EtcdRequestError(
    { outcome: isRefused ? "refused" : "unknown", reason, message },
    isTokenRefused(code, details),
  );
}

/** A refusal of our own, before anything was sent. */
export function neverSent(message: string): EtcdRequestError {
  return new EtcdRequestError({ outcome: "refused", reason: "unavailable", message });
}

/**
 * Whether a new token would help: the old one is forgotten or outdated, or there is none because etcd had no users when
 * it was asked for. As the reason for ending a watch etcd gives no code, but a sentence.
 */
export function isTokenRefusal(sentence: string): boolean {
  return /invalid auth token|revision of auth store is old|user name is empty/.test(sentence);
}

export function isPermissionRefusal(sentence: string): boolean {
  return sentence.includes("permission denied") || sentence.includes("PermissionDenied");
}

function reasonOf(code: status, details: string): RequestFailure["reason"] {
  switch (code) {
    case status.INVALID_ARGUMENT:
      // A user that is not named, or a wrong password: etcd counts both as wrong arguments.
      return /user name is empty|authentication failed|auth store is old/.test(details) ? "denied" : "invalid";
    case status.PERMISSION_DENIED:
    case status.UNAUTHENTICATED:
      return "denied";
    case status.FAILED_PRECONDITION:
      return "invalid";
    case status.RESOURCE_EXHAUSTED:
      if (details.includes("space exceeded")) return "noSpace";
      // etcd's own words for a request. An answer that is too large for this side says nothing of what was done.
      return /request is too large|grpc: received message larger than max/.test(details) ? "invalid" : "unavailable";
    case status.OUT_OF_RANGE:
    case status.NOT_FOUND:
      return details.includes("has been compacted") ? "compacted" : "unavailable";
    default:
      return "unavailable";
  }
}

/** Without a connection gRPC refuses a call before it writes anything of it. */
function wasNeverSent(code: status, details: string): boolean {
  return code === status.UNAVAILABLE && details.startsWith("No connection established");
}

function isTokenRefused(code: status, details: string): boolean {
  return (code === status.UNAUTHENTICATED || code === status.INVALID_ARGUMENT) && isTokenRefusal(details);
}
