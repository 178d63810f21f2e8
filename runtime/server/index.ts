/**
 * Entry point `hawser/server`: one member of a replicated service. Engines have entry points of their own, so that a
 * store is installed only by those who use it: `hawser/server/lmdb`, `hawser/server/etcd`, `hawser/server/memory`.
 */
export type { ProtocolVersion } from "../../generated/protocol/codec.ts";
export type { Member } from "../../generated/protocol/messages.ts";
export { InvalidArgumentError, ListenError, type ListenErrorCode } from "../protocol/errors.ts";
export { type Limits, limits } from "../protocol/limits.ts";
export type { PayloadCodec, PayloadDecoder, PayloadEncoder } from "../protocol/payload-codec.ts";
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
export type { TransportName } from "../transport/named.ts";
export type {
  ClientConnection,
  ConnectionHandlers,
  Listener,
  ListenerHandlers,
  RoutingId,
  Transport,
} from "../transport/transport.ts";
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
export { type ServedSession, type Server, startServer } from "./server.ts";
export {
  type StateMachineCodec,
  type TypedApplyContext,
  type TypedCommandContext,
  type TypedStateMachine,
  type TypedWork,
  typed,
} from "./typed-state-machine.ts";
