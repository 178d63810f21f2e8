import type { AuthorizationRequest, Decision } from "../protocol/authorization.ts";
import { InvalidArgumentError } from "../protocol/errors.ts";
import type { ServerEvent } from "../protocol/index.ts";
import { type Admission, allowancesOf, defaultAllowances, type Rates, ratesProblem } from "../protocol/rates.ts";
import { checkKeys, describe } from "../shell/check-options.ts";
import type { Transport } from "../transport/transport.ts";

/**
 * Decides whether a client gets the session that it wants. Asked for each handshake, those of clients that come back too. A
 * hook that throws, rejects, answers nonsense or takes longer than `limits.authorizationTimeoutMs` lets nobody in.
 */
export type Authorize = (request: AuthorizationRequest) => Decision | Promise<Decision>;

/** How much clients may ask for. What is over it is refused until there is room again. */
export interface AdmissionOptions {
  /**
   * One client: one key, or one address where there is no key; of IPv6 the first 64 bits are one. Where the transport knows
   * neither, as `"zeromq"` and the one in memory do, all clients are one. Default: 2,000 connections and 2,000 handshakes a second, 50
   * seconds' worth of them at once, so that all clients of a cluster can come back together; other rates are not limited.
   */
  readonly perClient?: Rates | undefined;
  /** All clients together. Default: nothing is limited. */
  readonly total?: Rates | undefined;
}

/** Throws `InvalidArgumentError` for what is no hook. */
export function checkAuthorize(authorize: Authorize | undefined): Authorize | undefined {
  if (authorize === undefined || typeof authorize === "function") return authorize;
  throw new InvalidArgumentError(`authorize is ${describe(authorize)}, it must be a function`);
}

/** Fills in the defaults. Throws `InvalidArgumentError` for what is no rate. */
export function checkAdmission(options: AdmissionOptions = {}): Admission {
  checkKeys(options, ["perClient", "total"], "admission");
  const { perClient = {}, total = {} } = options;
  for (const [name, rates] of Object.entries({ perClient, total })) {
    const problem = ratesProblem(rates);
    if (problem !== undefined) throw new InvalidArgumentError(`admission.${name}: ${problem}`);
  }
  return { perClient: allowancesOf(perClient, defaultAllowances()), total: allowancesOf(total) };
}

/** Asks the hook about a handshake. What comes of it is one event, in any case. */
export function askHook(
  authorize: Authorize,
  authorizationId: number,
  request: AuthorizationRequest,
  answered: (event: ServerEvent & { readonly type: "authorized" | "authorizationFailed" }) => void,
): void {
  // In a turn of its own: the core has not ended the step that asks.
  Promise.resolve(request)
    .then(authorize)
    .then(
      (decision: unknown) => answered({ type: "authorized", authorizationId, decision }),
      (error: unknown) => answered({ type: "authorizationFailed", authorizationId, error }),
    );
}

/**
 * Whether others than this machine's own processes can reach a listener, with nothing to prove: `address` is where it listens
 * in the end. Throws `InvalidArgumentError` unless that is wanted.
 */
export function checkExposure(transport: Transport, address: string, isWanted: boolean): boolean {
  if (transport.authenticatesClients || LOOPBACK.test(address)) return false;
  if (isWanted) return true;
  throw new InvalidArgumentError(
    `address ${address} can be reached from other machines, and the transport lets everybody in: give the server keys (curve), or say insecure: true`,
  );
}

/** With the host as a number, as listeners say it. */
const LOOPBACK = /^tcp:\/\/(?:127(?:\.\d{1,3}){3}|\[(?:::1|::ffff:127(?:\.\d{1,3}){3})\]):\d+$/i;
