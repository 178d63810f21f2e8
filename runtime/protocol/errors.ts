/**
 * Why an operation failed, and what became of it. Few classes, many codes: a class only where the data differs. Match
 * on `code`; docs/errors.md says for each what to do. Error messages carry the value and the limit.
 */

/**
 * What became of a command that has no result.
 *
 * - `not-applied`: it was not applied and never will be. Submitting it again is safe.
 * - `unknown`: it may have been applied, or may yet be.
 * - `applied`: it was applied once; only its result is lost.
 */
export type Outcome = "not-applied" | "unknown" | "applied";

/** The caller's mistake, thrown at once and before any I/O. Fix the call. */
export class InvalidArgumentError extends TypeError {
  override readonly name = "InvalidArgumentError";
  readonly code = "ERR_INVALID_ARGUMENT";
}

/** Codes of `RequestError`. */
export type RequestErrorCode =
  | "ERR_ABORTED"
  | "ERR_CLOSED"
  | "ERR_DISCONNECTED"
  | "ERR_INVALID_REQUEST"
  | "ERR_INVALID_RESULT"
  | "ERR_OVERLOADED"
  | "ERR_PAYLOAD_TOO_LARGE"
  | "ERR_RESPONSE_EVICTED"
  | "ERR_TIMEOUT";

/** One command or query has no result; the session goes on. */
export class RequestError extends Error {
  override readonly name = "RequestError";
  readonly code: RequestErrorCode;
  readonly outcome: Outcome;

  constructor(code: RequestErrorCode, outcome: Outcome, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.outcome = outcome;
  }
}

/** Codes of `SessionError`. */
export type SessionErrorCode =
  | "ERR_CONNECT_TIMEOUT"
  | "ERR_SESSION_EXPIRED"
  | "ERR_SESSION_REJECTED"
  | "ERR_UNAUTHORIZED";

/** The session is over or never began; so are the commands that waited in it. */
export class SessionError extends Error {
  override readonly name = "SessionError";
  readonly code: SessionErrorCode;
  readonly outcome: Outcome;

  constructor(code: SessionErrorCode, outcome: Outcome, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.outcome = outcome;
  }
}

/** Codes of `ListenError`. */
export type ListenErrorCode = "ERR_ADDRESS_IN_USE" | "ERR_ADDRESS_UNAVAILABLE";

/** A server cannot listen at its address. */
export class ListenError extends Error {
  override readonly name = "ListenError";
  readonly code: ListenErrorCode;

  constructor(code: ListenErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/**
 * Whether `error` is a `RequestError`. Checks the name, not the prototype: two copies of this package in one program
 * have two classes.
 */
export function isRequestError(error: unknown): error is RequestError {
  return error instanceof Error && error.name === "RequestError" && "outcome" in error;
}

/** Whether `error` is a `SessionError`, whichever copy of this package made it. */
export function isSessionError(error: unknown): error is SessionError {
  return error instanceof Error && error.name === "SessionError" && "outcome" in error;
}
