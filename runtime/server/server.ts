import { randomUUID } from "node:crypto";
import { decodeLogMessage } from "../../generated/log/codec.ts";
import { decodeClientMessage, encodeServerMessage } from "../../generated/protocol/codec.ts";
import { limits } from "../protocol/limits.ts";
import { ServerEndpoint } from "../protocol/server-endpoint.ts";
import type { ProposalFailure, ServerEffect, ServerEvent } from "../protocol/server-events.ts";
import { SessionTable } from "../protocol/session-table.ts";
import { Alarm } from "../shell/alarm.ts";
import { Traffic } from "../shell/traffic.ts";
import type { Listener, RoutingId } from "../transport/transport.ts";
import { WireError } from "../wire/index.ts";
import { askHook, checkExposure } from "./access.ts";
import { Batcher } from "./batcher.ts";
import {
  type Application,
  type Entry,
  type Leadership,
  NotLeaderError,
  type SnapshotRef,
  UnavailableError,
} from "./consensus.ts";
import { type CheckedServerOptions, checkMembers, checkServerOptions, type ServerOptions } from "./options.ts";
import type { ServedSession, ServerStatus } from "./server-status.ts";
import { type MeasuredServer, ServerTelemetry } from "./server-telemetry.ts";
import { type ReplicatedState, restoreSnapshot, snapshotChunks } from "./snapshot.ts";

/**
 * Starts one member: listens, loads what its engine has stored, and serves from then on.
 *
 * Rejects with `InvalidArgumentError` for a wrong option, `ListenError` when the address cannot be had and `EngineError`
 * when the store cannot be used; nothing is left running then.
 */
export async function startServer(options: ServerOptions): Promise<Server> {
  const server = new Server(checkServerOptions(options));
  await server.start();
  return server;
}

/**
 * One running member: the shell around `ServerEndpoint` and `SessionTable`, with a transport on one side and an engine
 * on the other.
 */
export class Server implements AsyncDisposable {
  readonly #options: CheckedServerOptions;
  readonly #state: ReplicatedState;
  readonly #endpoint: ServerEndpoint;
  readonly #batcher: Batcher;
  readonly #alarm: Alarm;
  readonly #stopped: Deferred = deferred();
  readonly #traffic = new Traffic();
  readonly #telemetry: ServerTelemetry | undefined;
  #listener: Listener | undefined;
  #phase: ServerStatus["phase"] = "starting";
  #stopping: Promise<void> | undefined;
  #entriesSinceSnapshot = 0;
  #bytesSinceSnapshot = 0;
  #snapshotRunning = false;

  /** To be had from `startServer` only. */
  constructor(options: CheckedServerOptions) {
    const { telemetry } = options;
    this.#telemetry = telemetry && new ServerTelemetry(telemetry, options.engine, this.#measured());
    this.#options = this.#telemetry?.watching(options) ?? options;
    const table = new SessionTable(options.stateMachine);
    this.#state = { table, stateMachine: options.stateMachine };
    const authorizes = options.authorize !== undefined;
    this.#endpoint = new ServerEndpoint({ ...options, table, authorizes, unixMs: Date.now, newSessionId: randomUUID });
    this.#batcher = new Batcher({
      engine: this.#options.engine,
      unixMs: Date.now,
      failed: (record, error) => this.#step({ type: "proposalFailed", record, failure: failureOf(error) }),
      committed: this.#telemetry?.committed,
    });
    this.#alarm = new Alarm(() => this.#step({ type: "deadline" }));
  }

  /** Where the server listens, with the real port. */
  get address(): string {
    return this.#listener?.address ?? this.#options.address;
  }

  /** This member's role. */
  get leadership(): Leadership {
    return this.#options.engine.leadership;
  }

  /** How many sessions the cluster has, as far as this member has applied the log. */
  get sessionCount(): number {
    return this.#state.table.sessions.size;
  }

  /**
   * Every session of the cluster, oldest first, as this member sees it now: a snapshot that does not change. Costs time in
   * proportion to the sessions. Connections and leases are known to the leader alone.
   */
  sessions(): readonly ServedSession[] {
    return [...this.eachSession()];
  }

  /**
   * The same one at a time, for whoever takes them in several turns so as not to hold up the server: each is as it is when it
   * is taken.
   */
  *eachSession(): Generator<ServedSession, void, undefined> {
    const nowUnixMs = Date.now();
    for (const session of this.#endpoint.sessions(performance.now())) {
      yield { ...session, ageMs: Math.max(0, nowUnixMs - session.createdAtUnixMs) };
    }
  }

  /** How this member is doing. */
  status(): ServerStatus {
    const { memberId, engine } = this.#options;
    return {
      memberId,
      address: this.address,
      phase: this.#phase,
      leadership: engine.leadership,
      appliedIndex: this.appliedIndex,
      committedIndex: engine.committedIndex,
      sessionCount: this.sessionCount,
    };
  }

  /** The last log entry that this member has applied. */
  get appliedIndex(): number {
    return this.#state.table.appliedIndex;
  }

  /** Resolves when the server has stopped; rejects with the reason when it stopped by itself. */
  get stopped(): Promise<void> {
    return this.#stopped.promise;
  }

  /**
   * Says where clients reach the members of the cluster from now on, as the option `members` did before. Clients that are
   * connected are told, and so are those that come. Throws `InvalidArgumentError`.
   */
  setMembers(members: Readonly<Record<string, string>>): void {
    this.#step({ type: "members", members: checkMembers(members, this.#options.transport) });
  }

  /** To be called by `startServer` only. */
  async start(): Promise<void> {
    const { transport, address, engine } = this.#options;
    this.#listener = await transport.listen(address, {
      connected: (routingId, client) => this.#step({ type: "connected", connectionId: routingId, client }),
      received: (routingId, frame) => this.#received(routingId, frame),
      lost: (routingId) => this.#step({ type: "connectionLost", connectionId: routingId }),
      refused: (client, reason) => this.#options.onReport({ type: "connectionRefused", client, reason }),
      failed: (error) => this.#fail(error),
    });
    this.#telemetry?.attach();
    try {
      this.#checkExposure();
      await engine.start(this.#application());
    } catch (error) {
      this.#phase = "stopped";
      this.#telemetry?.detach();
      await this.#listener.close();
      throw error;
    }
    if (this.#phase === "starting") this.#phase = "serving";
  }

  #checkExposure(): void {
    const { transport, insecure, onReport } = this.#options;
    if (checkExposure(transport, this.address, insecure)) onReport({ type: "insecure", address: this.address });
  }

  /**
   * Stops in good order: takes nothing new, answers what was proposed, tells clients to go elsewhere, and releases every
   * resource. Sessions live on in the log. Safe to call twice.
   */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  async #stop(): Promise<void> {
    if (this.#phase === "serving") {
      this.#phase = "draining";
      await withTimeout(this.#drain(), limits.drainTimeoutMs);
      this.#step({ type: "shutdown" });
    }
    await this.#release();
    this.#stopped.resolve();
  }

  async #drain(): Promise<void> {
    await this.#batcher.idle();
    // What is committed may still have to be applied, and only applying it answers the clients.
    await this.#options.engine.readBarrier().catch(() => {});
  }

  async #release(): Promise<void> {
    this.#phase = "stopped";
    this.#alarm.clear();
    await this.#listener?.close();
    await this.#options.engine.stop();
    this.#telemetry?.detach();
  }

  /** This server as one that can be asked for its figures. */
  #measured(): MeasuredServer {
    return {
      memberId: () => this.#options.memberId,
      sessionCount: () => this.sessionCount,
      appliedIndex: () => this.appliedIndex,
      tally: () => this.#endpoint.tally,
      traffic: () => this.#traffic,
      load: () => this.#endpoint.load(),
      listenerLoad: () => this.#listener?.load?.(),
    };
  }

  /** The server cannot go on. */
  #fail(error: Error): void {
    if (this.#phase === "stopped") return;
    this.#stopped.reject(error);
    this.#stopping ??= this.#release();
  }

  // ---------------------------------------------------------------- events in

  #received(routingId: RoutingId, frame: Uint8Array): void {
    this.#traffic.received(frame);
    if (this.#phase === "draining") return;
    let event: ServerEvent;
    try {
      const { version, message } = decodeClientMessage(frame);
      event = { type: "received", connectionId: routingId, version, message, byteLength: frame.length };
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      event = { type: "malformed", connectionId: routingId, error };
    }
    this.#step(event);
  }

  #application(): Application {
    return {
      onEntry: (entry) => this.#onEntry(entry),
      onLeadership: (leadership) => {
        this.#batcher.discard();
        this.#step({ type: "leadership", leadership });
      },
      onSnapshot: (snapshot) => this.#onSnapshot(snapshot),
      onFatal: (error) => this.#fail(error),
    };
  }

  async #onSnapshot(snapshot: SnapshotRef): Promise<void> {
    await restoreSnapshot(this.#state, snapshot);
    this.#entriesSinceSnapshot = 0;
    this.#bytesSinceSnapshot = 0;
  }

  #onEntry(entry: Entry): void | Promise<void> {
    const { proposedAt, records } = decodeLogMessage(entry.payload).message;
    const tracing = this.#telemetry?.tracing;
    tracing?.applying(entry.index, records);
    const effects = this.#state.table.applyEntry({ index: entry.index, proposedAt, records });
    this.#step({ type: "applied", effects });
    tracing?.applied(records);
    this.#entriesSinceSnapshot += 1;
    this.#bytesSinceSnapshot += entry.payload.length;
    if (this.#snapshotDue()) return this.#takeSnapshot(entry.index);
  }

  // ---------------------------------------------------------------- effects out

  #step(event: ServerEvent): void {
    if (this.#phase === "stopped") return;
    this.#telemetry?.tracing?.happened(event);
    const now = performance.now();
    for (const effect of this.#endpoint.step(event, now)) this.#perform(effect, now);
    this.#batcher.hurry(now);
    this.#alarm.set(this.#endpoint.nextDeadline);
  }

  #perform(effect: ServerEffect, now: number): void {
    this.#telemetry?.tracing?.performed(effect);
    switch (effect.type) {
      case "send": {
        const frame = encodeServerMessage(effect.message, effect.version);
        this.#traffic.sent(frame);
        this.#listener?.send(effect.connectionId, frame);
        return;
      }
      case "propose":
        if (this.#batcher.add(effect.record, now)) return;
        this.#options.onReport({ type: "overloaded", limit: "proposalQueueBytesMax" });
        queueMicrotask(() =>
          this.#step({ type: "proposalFailed", record: effect.record, failure: { type: "unavailable" } }),
        );
        return;
      case "read":
        this.#options.engine.readBarrier().then(
          () => this.#step({ type: "readReady", readId: effect.readId }),
          () => this.#step({ type: "readFailed", readId: effect.readId }),
        );
        return;
      case "trace":
        this.#telemetry?.tracing?.begin(effect);
        return;
      case "drop":
        this.#listener?.drop(effect.connectionId);
        return;
      case "authorize":
        if (this.#options.authorize === undefined) return;
        askHook(this.#options.authorize, effect.authorizationId, effect.request, (event) => this.#step(event));
        return;
      case "report":
        this.#options.onReport(effect.report);
        return;
    }
  }

  // ---------------------------------------------------------------- snapshots

  #snapshotDue(): boolean {
    const { snapshotEntries, snapshotBytes } = this.#options;
    const isDue = this.#entriesSinceSnapshot >= snapshotEntries || this.#bytesSinceSnapshot >= snapshotBytes;
    // One snapshot serves all members of an engine, and its leader stores it.
    return isDue && !this.#snapshotRunning && this.#phase === "serving" && this.leadership.role === "leader";
  }

  /**
   * Stores the state after entry `index`. The promise resolves when the last chunk was taken, before which no further
   * entry may be applied; storing it goes on beside the next entries.
   */
  #takeSnapshot(index: number): Promise<void> {
    this.#snapshotRunning = true;
    this.#entriesSinceSnapshot = 0;
    this.#bytesSinceSnapshot = 0;
    const taken = deferred();
    const state = this.#state;
    async function* chunks(): AsyncGenerator<Uint8Array> {
      try {
        yield* snapshotChunks(state);
      } finally {
        taken.resolve();
      }
    }
    this.#options.engine
      .saveSnapshot(index, chunks())
      .catch((error: unknown) => {
        // One that a stop has cut short is no failure: the next start takes another.
        if (this.#phase !== "stopped") this.#options.onReport({ type: "snapshotFailed", index, error });
      })
      .finally(() => {
        this.#snapshotRunning = false;
        taken.resolve();
      });
    return taken.promise;
  }
}

/** What a failed proposal means for the clients that wait for it. */
function failureOf(error: unknown): ProposalFailure {
  if (error instanceof NotLeaderError) return { type: "notLeader", leader: error.leader };
  return { type: error instanceof UnavailableError ? "unavailable" : "ambiguous" };
}

interface Deferred {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

function deferred(): Deferred {
  let resolve = () => {};
  let reject: (error: Error) => void = () => {};
  const promise = new Promise<void>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  // Whoever waits sees the rejection; when nobody does it is not an unhandled one.
  promise.catch(() => {});
  return { promise, resolve, reject };
}

async function withTimeout(promise: Promise<void>, timeoutMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, timeoutMs);
  });
  await Promise.race([promise, timeout]);
  clearTimeout(timer);
}
