import type { RequestId } from "../../generated/protocol/messages.ts";
import type { Outcome } from "./errors.ts";
import type { TraceContext } from "./trace-context.ts";

/** The caller's name for one submit or query: grows from call to call, and is never used again. */
export type CallId = number;

/**
 * What the application asks the cluster: one command or query, from the call to its one end.
 *
 * The shell makes it and gets the same object back in `resolve` or `reject`, so that neither it nor the core has to look a
 * call up by its name. It may extend the class by what it settles the call with. Each is made for one `step`; what is not
 * readonly is the core's.
 */
export class Call {
  readonly type: "submit" | "query";
  readonly callId: CallId;
  readonly payload: Uint8Array;
  /** How long the caller waits. */
  readonly timeoutMs: number;
  /** Of a command: its number in the session. Of a query: its correlation id as a number. 0 before it is taken. */
  requestId: RequestId = 0;
  /** Milliseconds since the Unix epoch. */
  createdAt = 0;
  /** When the caller gives up, in monotonic milliseconds. */
  timeoutAt = 0;
  /** When it is looked at next, to send it again or to give it up. */
  dueAt = 0;
  /** The trace that it belongs to, where it is sampled: the shell's, to be said before the step. */
  trace: TraceContext | undefined = undefined;
  /** How often it went out and was not refused: with none of them in doubt, nobody can have applied it. */
  inDoubt = 0;

  constructor(type: Call["type"], callId: CallId, payload: Uint8Array, timeoutMs: number) {
    this.type = type;
    this.callId = callId;
    this.payload = payload;
    this.timeoutMs = timeoutMs;
  }

  /** What the application asks for, in errors. */
  get kind(): "command" | "query" {
    return this.type === "submit" ? "command" : "query";
  }
}

/** What became of a call that is given up: only one that nobody can have taken is known not to be applied. */
export function outcomeOf(call: Call): Outcome {
  return call.inDoubt > 0 && call.type === "submit" ? "unknown" : "not-applied";
}
