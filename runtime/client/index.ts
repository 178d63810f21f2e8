/**
 * Entry point `hawser/client`: a session with a replicated service.
 */
export type { ProtocolVersion } from "../../generated/protocol/codec.ts";
export type { Member } from "../../generated/protocol/messages.ts";
export type { CircuitState } from "../protocol/circuit-breaker.ts";
export type { ClientStatus } from "../protocol/client-events.ts";
export type { ClientObservation, ClientStateName, ObservedEvent } from "../protocol/client-observation.ts";
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
export type { PayloadCodec, PayloadDecoder, PayloadEncoder } from "../protocol/payload-codec.ts";
export type { Logger } from "../telemetry/logging.ts";
export type { ObservationOptions } from "../telemetry/options.ts";
export type { Telemetry } from "../telemetry/telemetry.ts";
export type { TransportName } from "../transport/named.ts";
export type { ClientConnection, ConnectionHandlers, Transport } from "../transport/transport.ts";
export { type Client, connect } from "./client.ts";
export type {
  BytesCodec,
  ClientCodec,
  CommandOf,
  Decoded,
  Encoded,
  QueryOf,
  QueryResultOf,
  ResultOf,
  ServerRequestOf,
} from "./codec.ts";
export type { CallOptions, ConnectOptions } from "./options.ts";
export type { ReceivedServerRequest } from "./server-request.ts";
