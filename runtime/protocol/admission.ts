import type { ProtocolVersion } from "../../generated/protocol/codec.ts";
import type { Capabilities, RejectionReason } from "../../generated/protocol/messages.ts";
import { limits } from "./limits.ts";
import { offerProblem } from "./negotiation.ts";

/** Why a session is not created: the word on the wire, and the value and the limit for the operator. */
export interface Refusal {
  readonly reason: RejectionReason;
  readonly problem: string;
}

/** A client that wants a session. */
export interface Applicant {
  readonly capabilities: Capabilities;
  /** That of its handshake. */
  readonly version: ProtocolVersion;
}

/**
 * Decides whether a session may be created beside `sessionCount` others; `undefined` when it may. A server that speaks
 * only version 1 knows nothing of offers.
 */
export function refusal(
  { capabilities, version }: Applicant,
  sessionCount: number,
  versionMax: ProtocolVersion,
): Refusal | undefined {
  const problem =
    capabilityProblem(capabilities) ?? (versionMax === 1 ? undefined : offerProblem(capabilities, version));
  if (problem !== undefined) return { reason: "InvalidCapabilities", problem };
  if (sessionCount < limits.sessionsMax) return undefined;
  return { reason: "Overloaded", problem: `there are ${sessionCount} sessions, the limit is ${limits.sessionsMax}` };
}

/** What is wrong with a client's capabilities, with the value and the limit; `undefined` when they are fine. */
export function capabilityProblem(capabilities: Capabilities): string | undefined {
  const entries = Object.entries(capabilities);
  if (entries.length === 0) return "there are no capabilities, at least one is needed";
  if (entries.length > limits.capabilitiesMax) {
    return `there are ${entries.length} capabilities, the limit is ${limits.capabilitiesMax}`;
  }
  const byteLength = entries.reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value),
    0,
  );
  if (byteLength > limits.capabilityBytesMax) {
    return `the capabilities are ${byteLength} bytes, the limit is ${limits.capabilityBytesMax}`;
  }
  return undefined;
}
