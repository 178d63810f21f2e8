// Generated from client-session.yaml by "hawser generate". Do not edit: change the schema and generate again.
import * as fc from "fast-check";
import type { ProtocolVersion } from "./codec.ts";
import type {
  Checksum,
  ClientSessionMessage,
  ClientSessionToken,
  Millis,
  RequestId,
  SessionId,
} from "./messages.ts";

/** Any message of the family `clientSession` that a version has. */
export function clientSessionMessage(version: ProtocolVersion): fc.Arbitrary<ClientSessionMessage> {
  return fc.oneof(
    clientSessionToken(version),
  );
}

/** A session, and where its next process begins to number commands. */
export function clientSessionToken(_version: ProtocolVersion): fc.Arbitrary<ClientSessionToken> {
  return fc.record(
    {
      type: fc.constant("ClientSessionToken" as const),
      checksum: checksum(),
      sessionId: sessionId(),
      nextRequestId: requestId(),
      protocolVersionMax: fc.integer({ min: 1, max: 255 }),
      sessionTimeout: millis(),
    },
    { noNullPrototype: true },
  );
}

/** Names a durable session: a UUID in text form. */
export function sessionId(): fc.Arbitrary<SessionId> {
  return $text(1, 255);
}

/** Numbers the commands of a session. */
export function requestId(): fc.Arbitrary<RequestId> {
  return fc.integer({ min: 1, max: 9007199254740991 });
}

/** How long something lasts, in milliseconds. */
export function millis(): fc.Arbitrary<Millis> {
  return fc.integer({ min: 0, max: 4294967295 });
}

/** CRC-32 (IEEE 802.3). */
export function checksum(): fc.Arbitrary<Checksum> {
  return fc.integer({ min: 0, max: 4294967295 });
}

/** Texts of a length in UTF-8: printable ASCII, or any characters where there is room for four bytes each. */
function $text(min: number, max: number): fc.Arbitrary<string> {
  const limit = (value: number) => (value === Infinity ? {} : { maxLength: value });
  const ascii = fc.string({ unit: "grapheme-ascii", minLength: min, ...limit(max) });
  const charactersMax = Math.floor(max / 4);
  if (charactersMax < min) return ascii;
  return fc.oneof(ascii, fc.string({ unit: "binary", minLength: min, ...limit(charactersMax) }));
}
