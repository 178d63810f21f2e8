/**
 * Entry point `hawser/server`: one member of a replicated service. Engines have entry points of their own, so that a
 * store is installed only by those who use it: `hawser/server/lmdb`, `hawser/server/etcd`, `hawser/server/memory`.
 */
export type { ProtocolVersion } from "../../generated/protocol/codec.ts";
export type { Member } from "../../generated/protocol/messages.ts";
export type { AuthorizationRequest, Decision } from "../protocol/authorization.ts";
export { InvalidArgumentError, ListenError, type ListenErrorCode } from "../protocol/errors.ts";
export { type Limits, limits } from "../protocol/limits.ts";
export type { PayloadCodec, PayloadDecoder, PayloadEncoder } from "../protocol/payload-codec.ts";
export type { RateName, Rates } from "../protocol/rates.ts";
export type { ServerReport } from "../protocol/server-events.ts";
export type { SessionStatus } from "../protocol/session-status.ts";
export type {
  ApplyContext,
  CommandContext,
  SessionEndReason,
  SessionInfo,
  StateMachine,
  Work,
  WorkId,
} from "../protocol/state-machine.ts";
export type { Logger } from "../telemetry/logging.ts";
export type { ObservationOptions } from "../telemetry/options.ts";
export type { Telemetry } from "../telemetry/telemetry.ts";
export type { TransportName } from "../transport/named.ts";
export type {
  ClientConnection,
  ClientIdentity,
  ConnectionHandlers,
  Listener,
  ListenerHandlers,
  ListenerLoad,
  RoutingId,
  Transport,
} from "../transport/transport.ts";
export type { AdmissionOptions, Authorize } from "./access.ts";
export {
  AmbiguousCommitError,
  type Application,
  type ConsensusEngine,
  EngineError,
  type EngineErrorCode,
  type Entry,
  type Leadership,
  type LogPosition,
  NotLeaderError,
  type SnapshotRef,
  UnavailableError,
} from "./consensus.ts";
export type { ServerOptions } from "./options.ts";
export { type Server, startServer } from "./server.ts";
export type { ServedSession, ServerStatus } from "./server-status.ts";
export {
  type StateMachineCodec,
  type TypedApplyContext,
  type TypedCommandContext,
  type TypedStateMachine,
  type TypedWork,
  typed,
} from "./typed-state-machine.ts";
