import type { ClientMessage } from "../../generated/protocol/messages.ts";
import type { ClientIdentity } from "../../runtime/protocol/client-identity.ts";
import { type Admission, allowancesOf, type RateName, type Rates } from "../../runtime/protocol/rates.ts";
import type { ServerReport } from "../../runtime/protocol/server-events.ts";
import type { Allowance } from "../../runtime/protocol/token-bucket.ts";
import type { Chance } from "./chance.ts";
import { check } from "./violation.ts";

/** Who may do what in a world, and how much. */
export interface Access {
  readonly hasKeys: boolean;
  /** Whether somebody decides about each handshake, and how: probabilities, and how long it takes. */
  readonly authorizes: boolean;
  readonly refuses: number;
  readonly fails: number;
  readonly silent: number;
  readonly decideMs: number;
  /** The rates that come with a yes. */
  readonly decidedLimits: Rates | undefined;
  readonly admission: Admission | undefined;
  /** Whether all clients together may do what each of them may: then none is refused for the sake of the others. */
  readonly isTotalAmple: boolean;
  readonly intruderEveryMs: number | undefined;
}

/** Draws it from a chance of its own, so that worlds without it are what they always were. */
export function drawAccess(chance: Chance, clientCount: number): Access | undefined {
  if (chance.happens(0.6)) return undefined;
  const authorizes = chance.happens(0.5);
  const requestsPerSecond = chance.oneOf(undefined, 30, 200);
  const perClient = {
    connectionsPerSecond: chance.oneOf(undefined, undefined, 3),
    sessionsPerSecond: chance.oneOf(undefined, 2),
    requestsPerSecond,
    bytesPerSecond: chance.oneOf(undefined, undefined, 5_000),
    burstSeconds: chance.oneOf(0.5, 1, 3),
  };
  const decidedLimits = chance.happens(0.5) ? { requestsPerSecond: chance.oneOf(20, 100) } : undefined;
  const isTotalAmple = chance.happens(0.5);
  const most = Math.max(requestsPerSecond ?? 0, decidedLimits?.requestsPerSecond ?? 0);
  // Each client may have its burst, and one frame more.
  const ample = { requestsPerSecond: most, burstSeconds: perClient.burstSeconds + FRAME_REQUESTS_MAX / most };
  const share = clientCount + INTRUDERS;
  const total = {
    ample: { ...ample, requestsPerSecond: most * share },
    scarce: { requestsPerSecond: chance.oneOf(50, 300), sessionsPerSecond: chance.oneOf(undefined, 5) },
  };
  const isLimited = chance.happens(0.7);
  return {
    hasKeys: chance.happens(0.7),
    authorizes,
    refuses: chance.oneOf(0, 0.05, 0.2),
    fails: chance.oneOf(0, 0.1),
    silent: chance.oneOf(0, 0.05),
    decideMs: chance.oneOf(0.1, 10, 300),
    decidedLimits,
    admission: isLimited
      ? {
          perClient: allowancesOf(perClient),
          total: allowancesOf(isTotalAmple ? (requestsPerSecond === undefined ? {} : total.ample) : total.scarce),
        }
      : undefined,
    isTotalAmple,
    intruderEveryMs: chance.oneOf(undefined, 300, 2_000),
  };
}

/**
 * Holds what a member lets clients do against their rates: in no stretch of time more than the burst, what comes in meanwhile,
 * and one frame. Counts what was let in, and knows nothing of how that is decided.
 */
export class RateWatch {
  readonly #access: Access;
  readonly #meters = new Map<string, Meter>();

  constructor(access: Access) {
    this.#access = access;
  }

  /** A connection has come and was not dropped. */
  connected(client: ClientIdentity, now: number): void {
    this.#let(client, "connectionsPerSecond", 1, now);
  }

  /** A leader has taken a frame. `reports`: what it complained of. */
  received(
    client: ClientIdentity,
    message: ClientMessage,
    byteLength: number,
    reports: readonly (ServerReport & { readonly type: "rateLimited" })[],
    now: number,
  ): void {
    for (const { scope } of reports) {
      check(scope === "client" || !this.#access.isTotalAmple, "fair share", () => {
        return `${keyOf(client)} is refused for the sake of the others, although there is enough for all`;
      });
    }
    if (reports.length > 0) return;
    if ("nonce" in message) this.#let(client, "sessionsPerSecond", 1, now);
    const requests = requestsIn(message);
    if (requests === 0) return;
    this.#let(client, "requestsPerSecond", requests, now);
    this.#let(client, "bytesPerSecond", byteLength, now);
  }

  #let(client: ClientIdentity, rate: RateName, count: number, now: number): void {
    const { admission, decidedLimits } = this.#access;
    if (admission === undefined) return;
    const own = admission.perClient[rate];
    const decided = allowancesOf(decidedLimits ?? {})[rate] ?? own;
    if (own !== undefined && decided !== undefined) {
      const perSecond = Math.max(own.perSecond, decided.perSecond);
      const burst = Math.max(own.burst, decided.burst);
      this.#meter(`${rate} of ${keyOf(client)}`).add(count, { perSecond, burst }, now);
    }
    const total = admission.total[rate];
    if (total !== undefined) this.#meter(`${rate} of all`).add(count, total, now);
  }

  #meter(name: string): Meter {
    const meter = this.#meters.get(name) ?? new Meter(name);
    this.#meters.set(name, meter);
    return meter;
  }
}

/** What was let in and would not have been yet at a steady rate. */
class Meter {
  readonly #name: string;
  #level = 0;
  #atMs = 0;

  constructor(name: string) {
    this.#name = name;
  }

  add(count: number, { perSecond, burst }: Allowance, now: number): void {
    this.#level = Math.max(0, this.#level - ((now - this.#atMs) / 1_000) * perSecond) + count;
    this.#atMs = now;
    check(this.#level <= burst + count + ROUNDING, "rates", () => {
      return `${this.#name}: ${this.#level} at once, it may be ${burst} and a frame of ${count}`;
    });
  }
}

function keyOf({ publicKey, address }: ClientIdentity): string {
  return publicKey ?? address ?? "nobody";
}

function requestsIn(message: ClientMessage): number {
  if (message.type === "Batch") return message.items.reduce((sum, item) => sum + requestsIn(item), 0);
  return message.type === "ClientRequest" || message.type === "Query" ? 1 : 0;
}

const ROUNDING = 1e-6;
const FRAME_REQUESTS_MAX = 256;
/** With a key, and without. */
const INTRUDERS = 2;
