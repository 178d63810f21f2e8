import type { CircuitState } from "./circuit-breaker.ts";

/** What a client has done so far, as numbers that only grow. */
export class ClientTally {
  /** Times that a command or query was sent again. */
  resent = 0;
  /** Answers that another member leads, or that none does. */
  redirects = 0;
  /** Keep-alives that were answered. */
  keepAlives = 0;
  /** How long the last of them took, in milliseconds. */
  roundTripMs = 0;

  /** A keep-alive was answered; `undefined`: it was not the last one. */
  keptAlive(roundTripMs: number | undefined): void {
    if (roundTripMs === undefined) return;
    this.keepAlives += 1;
    this.roundTripMs = roundTripMs;
  }
}

/** What can be asked of a client. */
export interface ClientFigures {
  readonly tally: Readonly<ClientTally>;
  /** Commands and queries without an answer. */
  readonly pendingCount: number;
  /** How many members there are, by the states of their circuit breakers. */
  readonly circuits: Readonly<Record<CircuitState, number>>;
}
