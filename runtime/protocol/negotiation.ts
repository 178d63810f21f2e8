import type { ProtocolVersion } from "../../generated/protocol/codec.ts";
import type { Capabilities } from "../../generated/protocol/messages.ts";

/**
 * How two peers agree on a version of the protocol, and what a client says of itself in version 1 for the sake of later
 * ones.
 *
 * A deployed server stops reading a socket for good on one frame that it cannot decode, and the process behind an address
 * may have become an older one since last time. So a client opens every connection in version 1 and offers the versions
 * that it speaks in the capabilities of its session, which a deployed server keeps and does not look at. They are
 * replicated with the session: whichever member is asked to continue it finds them there. The server's answer to the
 * handshake is in the highest version that both speak, and sets the version of every later frame, both ways. The next
 * handshake begins anew.
 */

/** The newest version of the protocol that this package speaks. */
export const newestVersion: ProtocolVersion = 2;

/** Capabilities whose names begin so belong to the protocol, not to the application. */
export const reservedPrefix = "zraft-";

/** What a client tells about itself. */
export interface ClientOffer {
  /** The newest version that it speaks. */
  readonly protocolVersionMax: number;
  /** The session timeout that it asks for. */
  readonly sessionTimeoutMs: number | undefined;
}

/** An application's capabilities with the client's offer. A client that speaks only version 1 says nothing new. */
export function withOffer(capabilities: Capabilities, offer: ClientOffer): Capabilities {
  const { protocolVersionMax, sessionTimeoutMs } = offer;
  if (protocolVersionMax === 1) return capabilities;
  const asked = sessionTimeoutMs === undefined ? {} : { [TIMEOUT_NAME]: String(Math.ceil(sessionTimeoutMs)) };
  return { ...capabilities, [VERSIONS_NAME]: `1..${protocolVersionMax}`, ...asked };
}

/** The session timeout that a client asks for in its capabilities. */
export function askedTimeoutMs(capabilities: Capabilities): number | undefined {
  const text = capabilities[TIMEOUT_NAME] ?? "";
  return TIMEOUT_FORM.test(text) ? Number(text) : undefined;
}

/**
 * What is wrong with an offer in a handshake of version `version`. To ignore it would give a client that was meant to
 * speak version 2 a session in version 1, for ever and without a word.
 */
export function offerProblem(capabilities: Capabilities, version: ProtocolVersion): string | undefined {
  const versions = capabilities[VERSIONS_NAME];
  if (versions !== undefined) {
    const [first = Number.NaN, last = Number.NaN] = VERSIONS_FORM.exec(versions)?.slice(1).map(Number) ?? [];
    if (!(first <= version && version <= last)) {
      return `${VERSIONS_NAME} is "${shortened(versions)}", it must be two versions around ${version}, such as 1..2`;
    }
  }
  const timeout = capabilities[TIMEOUT_NAME];
  if (timeout === undefined || TIMEOUT_FORM.test(timeout)) return undefined;
  return `${TIMEOUT_NAME} is "${shortened(timeout)}", it must be a whole number of milliseconds from 1 to 9999999999`;
}

/**
 * The version that the answer to a handshake is in, and with it the connection: the highest that both speak. An offer that
 * cannot be read counts for nothing.
 */
export function answerVersion(
  version: ProtocolVersion,
  capabilities: Capabilities,
  versionMax: ProtocolVersion,
): ProtocolVersion {
  const offered = capabilities[VERSIONS_NAME];
  if (offered === undefined || versionMax === 1 || offerProblem(capabilities, version) !== undefined) return version;
  return offered === "1..1" ? 1 : 2;
}

function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

const VERSIONS_NAME = `${reservedPrefix}versions`;
const TIMEOUT_NAME = `${reservedPrefix}session-timeout-ms`;
const VERSIONS_FORM = /^([1-9]\d{0,2})\.\.([1-9]\d{0,2})$/;
const TIMEOUT_FORM = /^[1-9]\d{0,9}$/;
