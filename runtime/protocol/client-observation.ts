import type { ProtocolVersion } from "../../generated/protocol/codec.ts";
import type { RequestId, ServerMessage } from "../../generated/protocol/messages.ts";
import type { CallId } from "./call.ts";
import type { ClientEvent } from "./client-events.ts";
import type { ClientState } from "./client-state.ts";

/** Where a client's connection stands. */
export type ClientStateName = ClientState["name"];

/** One event that drove a client, and what it met. Payloads are left out: they may be long, and secret. */
export interface ClientObservation {
  /** Monotonic milliseconds, of `performance.now()`. */
  readonly atMs: number;
  /** The state of the connection that the event met. */
  readonly state: ClientStateName;
  readonly source: "application" | "network" | "timer";
  readonly event: ObservedEvent;
}

/** What happened. */
export type ObservedEvent =
  | { readonly type: "close" | "connect" | "disconnect" | "saved" | "taken" | "deadline" }
  | { readonly type: "submit" | "query"; readonly callId: CallId; readonly payloadBytes: number }
  | { readonly type: "abort"; readonly callId: CallId }
  | { readonly type: "acknowledge"; readonly requestId: RequestId }
  | { readonly type: "saveFailed" | "connectionLost"; readonly reason: string }
  | {
      readonly type: "received";
      readonly version: ProtocolVersion;
      /** More than one where they came in a batch. */
      readonly messages: readonly ServerMessage["type"][];
    };

/** An event that is observed as one. */
type SingleEvent = Exclude<ClientEvent, { readonly type: "calls" }>;

/** What an observer is shown of an event that comes at `now`: of several calls, each. */
export function observations(event: ClientEvent, state: ClientStateName, now: number): readonly ClientObservation[] {
  const events = event.type === "calls" ? event.calls : [event];
  return events.map((each) => ({ atMs: now, state, source: sourceOf(each), event: observed(each) }));
}

function sourceOf({ type }: SingleEvent): ClientObservation["source"] {
  if (type === "deadline") return "timer";
  return type === "received" || type === "connectionLost" ? "network" : "application";
}

function observed(event: SingleEvent): ObservedEvent {
  switch (event.type) {
    case "submit":
    case "query":
      return { type: event.type, callId: event.callId, payloadBytes: event.payload.length };
    case "abort":
      return { type: "abort", callId: event.call.callId };
    case "received": {
      const { version, message } = event;
      const messages = message.type === "Batch" ? message.items.map(({ type }) => type) : [message.type];
      return { type: "received", version, messages };
    }
    default:
      return event;
  }
}
