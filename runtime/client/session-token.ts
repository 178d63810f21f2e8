import { crc32 } from "node:zlib";
import { decodeClientSessionMessage, encodeClientSessionMessage } from "../../generated/client-session/codec.ts";
import type { ClientSessionToken } from "../../generated/client-session/messages.ts";
import type { ProtocolVersion } from "../../generated/protocol/codec.ts";
import { InvalidArgumentError } from "../protocol/errors.ts";
import type { SavedSession } from "../protocol/request-id-reserve.ts";
import { describe } from "../shell/check-options.ts";

/** The bytes by which another process can go on with a session: `schema/client-session.yaml`, at most 272 of them. */
export function encodeSessionToken({ sessionTimeoutMs, ...session }: SavedSession): Uint8Array {
  const fields: Omit<ClientSessionToken, "checksum"> = {
    type: "ClientSessionToken",
    ...session,
    sessionTimeout: Math.min(Math.ceil(sessionTimeoutMs), MILLIS_MAX),
  };
  return encode({ ...fields, checksum: checksumOf(fields) });
}

/** Throws `InvalidArgumentError` for what is no token, is damaged, or is of a session that this client cannot speak in. */
export function decodeSessionToken(token: unknown, protocolVersionMax: ProtocolVersion): SavedSession {
  const { checksum, sessionTimeout, ...session } = decoded(token);
  const computed = checksumOf({ ...session, sessionTimeout });
  if (checksum !== computed) {
    throw new InvalidArgumentError(
      `session is damaged: its checksum is ${checksum}, its content's is ${computed}; begin a new session without it`,
    );
  }
  if (session.protocolVersionMax > protocolVersionMax) {
    throw new InvalidArgumentError(
      `session was begun by a client of version ${session.protocolVersionMax} and is answered in it, protocolVersionMax is ${protocolVersionMax}: let it be ${session.protocolVersionMax}, or begin a new session`,
    );
  }
  return { ...session, sessionTimeoutMs: sessionTimeout };
}

function decoded(token: unknown): ClientSessionToken {
  if (!(token instanceof Uint8Array)) {
    throw new InvalidArgumentError(
      `session is ${describe(token)}, it must be the Uint8Array that saveSession was given`,
    );
  }
  try {
    return decodeClientSessionMessage(token).message;
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new InvalidArgumentError(
      `session is no token that saveSession was given: ${problem}; begin a new session without it`,
      { cause: error },
    );
  }
}

function checksumOf(fields: Omit<ClientSessionToken, "checksum">): number {
  return crc32(encode({ ...fields, checksum: 0 }));
}

function encode(token: ClientSessionToken): Uint8Array {
  return encodeClientSessionMessage(token, FORMAT_VERSION);
}

const FORMAT_VERSION = 1;
/** What the token's field can hold: about 49 days. */
const MILLIS_MAX = 2 ** 32 - 1;
