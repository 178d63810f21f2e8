/**
 * Entry point `hawser/client`: a session with a replicated service.
 */
export type { ProtocolVersion } from "../../generated/protocol/codec.ts";
export type { Member } from "../../generated/protocol/messages.ts";
export type { ClientStatus } from "../protocol/client-events.ts";
export {
  InvalidArgumentError,
  isRequestError,
  isSessionError,
  type Outcome,
  RequestError,
  type RequestErrorCode,
  SessionError,
  type SessionErrorCode,
} from "../protocol/errors.ts";
export { type Limits, limits } from "../protocol/limits.ts";
export type { TransportName } from "../transport/named.ts";
export type { ClientConnection, ConnectionHandlers, Transport } from "../transport/transport.ts";
export { type Client, connect, type ReceivedServerRequest } from "./client.ts";
export type { CallOptions, ConnectOptions } from "./options.ts";
