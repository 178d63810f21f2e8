/**
 * Entry point `hawser/protocol`: the messages of the wire protocol, their codec, and the protocol's behaviour for both
 * sides without any I/O. The error classes are exported by `hawser/client` and `hawser/server`: here `RequestError` is a
 * message.
 */

export {
  byteLengthOfClientMessage,
  byteLengthOfServerMessage,
  decodeClientMessage,
  decodeServerMessage,
  encodeClientMessage,
  encodeClientMessageInto,
  encodeServerMessage,
  encodeServerMessageInto,
  type ProtocolVersion,
} from "../../generated/protocol/codec.ts";
export type * from "../../generated/protocol/messages.ts";
export { WireError, type WireErrorCode } from "../wire/index.ts";
export type * from "./authorization.ts";
export { Call, type CallId } from "./call.ts";
export type * from "./client-events.ts";
export type { ClientIdentity } from "./client-identity.ts";
export { ClientSession } from "./client-session.ts";
export { type Limits, limits } from "./limits.ts";
export type * from "./rates.ts";
export { ServerEndpoint } from "./server-endpoint.ts";
export type * from "./server-events.ts";
export type { SessionStatus } from "./session-status.ts";
export { type AppliedEntry, SessionTable, type TableEffect } from "./session-table.ts";
export type * from "./state-machine.ts";
export type { Allowance } from "./token-bucket.ts";
