import { limits } from "./limits.ts";
import type { Allowance } from "./token-bucket.ts";

/** How much a client, or all clients together, may ask for. What is not said has its default, `Infinity` is no limit. */
export interface Rates {
  /** Connections. One that is over the limit is dropped. */
  readonly connectionsPerSecond?: number | undefined;
  /** Handshakes: sessions that are created or continued. */
  readonly sessionsPerSecond?: number | undefined;
  /** Commands and queries. */
  readonly requestsPerSecond?: number | undefined;
  /** Bytes of all frames. */
  readonly bytesPerSecond?: number | undefined;
  /** For how many seconds' worth one may come at once after a pause. Default: 1. */
  readonly burstSeconds?: number | undefined;
}

/** What is rated. */
export type RateName = Exclude<keyof Rates, "burstSeconds">;

/** Rates as the server's core takes them: each with its own burst, and none where there is no limit. */
export type Allowances = Readonly<Partial<Record<RateName, Allowance>>>;

/** What a server lets its clients ask for. */
export interface Admission {
  /** One client: one key, or one address where there is no key. */
  readonly perClient: Allowances;
  /** All of them together. */
  readonly total: Allowances;
}

/** Reads rates. What they do not say is as in `defaults`; what is said to be infinite is not limited. */
export function allowancesOf(rates: Rates, defaults: Allowances = {}): Allowances {
  const { burstSeconds = 1 } = rates;
  const allowances: { [Name in RateName]?: Allowance } = { ...defaults };
  for (const name of rateNames) {
    const perSecond = rates[name];
    if (perSecond === undefined) continue;
    if (perSecond === Number.POSITIVE_INFINITY) delete allowances[name];
    else allowances[name] = { perSecond, burst: perSecond * burstSeconds };
  }
  return allowances;
}

/** What is wrong with rates, with the value and the way out; `undefined` when they are fine. */
export function ratesProblem(rates: unknown): string | undefined {
  if (typeof rates !== "object" || rates === null)
    return "rates must be an object, such as { requestsPerSecond: 1000 }";
  for (const [name, value] of Object.entries(rates)) {
    if (name !== "burstSeconds" && !rateNames.some((known) => known === name)) {
      return `there is no rate "${name}"; known are ${rateNames.join(", ")} and burstSeconds`;
    }
    const isRate = value === undefined || (typeof value === "number" && value > 0);
    const isBurst = name !== "burstSeconds" || value !== Number.POSITIVE_INFINITY;
    if (!isRate || !isBurst) return `${name} is ${String(value)}, it must be a number above 0`;
  }
  return undefined;
}

/** What one client may ask for unless the server is told otherwise. */
export function defaultAllowances(): Allowances {
  const { connectionsPerSecond, sessionsPerSecond, admissionBurstSeconds: burstSeconds } = limits;
  return allowancesOf({ connectionsPerSecond, sessionsPerSecond, burstSeconds });
}

const rateNames: readonly RateName[] = [
  "connectionsPerSecond",
  "sessionsPerSecond",
  "requestsPerSecond",
  "bytesPerSecond",
];
