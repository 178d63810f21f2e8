import type { Capabilities, SessionId } from "../../generated/protocol/messages.ts";
import type { ClientIdentity } from "./client-identity.ts";
import { type Rates, ratesProblem } from "./rates.ts";
import { refusalOf } from "./refusal.ts";

/** A client that wants a session, for whoever decides whether it gets it. */
export interface AuthorizationRequest extends ClientIdentity {
  /** Whether it wants a new session, or to go on with one that it created before. */
  readonly action: "create" | "continue";
  /** What it says that it can do; of a session that it goes on with, what it said when it created it. */
  readonly capabilities: Capabilities;
  /** The session that it wants to go on with; `undefined` for a new one. */
  readonly sessionId: SessionId | undefined;
}

/**
 * The answer: yes, no, yes with rates for this client, or no with a reason that the client is told. The rates hold for the
 * client's key (or address, where it has none) from then on, in place of those that the server has for every client.
 */
export type Decision =
  | boolean
  | { readonly allow: true; readonly limits?: Rates | undefined }
  | { readonly allow: false; readonly reason: string };

/** A decision, read: exactly one of the forms that it may have. */
export type ReadDecision =
  | { readonly type: "yes"; readonly limits: Rates | undefined }
  | { readonly type: "no"; readonly detail: string }
  | { readonly type: "rubbish"; readonly error: Error };

/** Reads what a hook has answered. What is no decision is never a yes. */
export function readDecision(answer: unknown): ReadDecision {
  if (answer === true) return { type: "yes", limits: undefined };
  if (answer === false) return { type: "no", detail: UNSAID };
  if (typeof answer !== "object" || answer === null || !("allow" in answer)) return rubbish(answer);
  if (answer.allow === false) {
    const reason = "reason" in answer ? answer.reason : undefined;
    return { type: "no", detail: typeof reason === "string" && reason !== "" ? refusalOf(reason) : UNSAID };
  }
  if (answer.allow !== true) return rubbish(answer);
  const limits: unknown = Reflect.get(answer, "limits");
  if (limits === undefined) return { type: "yes", limits };
  const problem = ratesProblem(limits);
  if (problem !== undefined) return { type: "rubbish", error: new TypeError(`limits of authorize: ${problem}`) };
  return { type: "yes", limits: limits as Rates };
}

function rubbish(answer: unknown): ReadDecision {
  const forms = "true, false, { allow: true, limits } or { allow: false, reason }";
  return { type: "rubbish", error: new TypeError(`authorize answered ${typeof answer}, it must answer ${forms}`) };
}

const UNSAID = "the server does not let this client in";
