import { randomUUID } from "node:crypto";
import { decodeLogMessage } from "../../generated/log/codec.ts";
import { decodeClientMessage, encodeServerMessage } from "../../generated/protocol/codec.ts";
import { limits } from "../protocol/limits.ts";
import { ServerEndpoint } from "../protocol/server-endpoint.ts";
import type { ProposalFailure, ServerEffect, ServerEvent } from "../protocol/server-events.ts";
import type { SessionStatus } from "../protocol/session-status.ts";
import { SessionTable } from "../protocol/session-table.ts";
import { Alarm } from "../shell/alarm.ts";
import type { Listener, RoutingId } from "../transport/transport.ts";
import { WireError } from "../wire/index.ts";
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
  #listener: Listener | undefined;
  #phase: "starting" | "serving" | "draining" | "stopped" = "starting";
  #stopping: Promise<void> | undefined;
  #entriesSinceSnapshot = 0;
  #bytesSinceSnapshot = 0;
  #snapshotRunning = false;

  /** To be had from `startServer` only. */
  constructor(options: CheckedServerOptions) {
    this.#options = options;
    const table = new SessionTable(options.stateMachine);
    this.#state = { table, stateMachine: options.stateMachine };
    this.#endpoint = new ServerEndpoint({ ...options, table, newSessionId: randomUUID });
    this.#batcher = new Batcher({
      engine: options.engine,
      unixMs: Date.now,
      failed: (record, error) => this.#step({ type: "proposalFailed", record, failure: failureOf(error) }),
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
    const nowUnixMs = Date.now();
    return this.#endpoint.sessions(performance.now()).map((session): ServedSession => {
      return { ...session, ageMs: Math.max(0, nowUnixMs - session.createdAtUnixMs) };
    });
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
      received: (routingId, frame) => this.#received(routingId, frame),
      lost: (routingId) => this.#step({ type: "connectionLost", connectionId: routingId }),
      failed: (error) => this.#fail(error),
    });
    try {
      await engine.start(this.#application());
    } catch (error) {
      this.#phase = "stopped";
      await this.#listener.close();
      throw error;
    }
    if (this.#phase === "starting") this.#phase = "serving";
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
  }

  /** The server cannot go on. */
  #fail(error: Error): void {
    if (this.#phase === "stopped") return;
    this.#stopped.reject(error);
    this.#stopping ??= this.#release();
  }

  // ---------------------------------------------------------------- events in

  #received(routingId: RoutingId, frame: Uint8Array): void {
    if (this.#phase === "draining") return;
    let event: ServerEvent;
    try {
      const { version, message } = decodeClientMessage(frame);
      event = { type: "received", connectionId: routingId, version, message };
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
    const effects = this.#state.table.applyEntry({ index: entry.index, proposedAt, records });
    this.#step({ type: "applied", effects });
    this.#entriesSinceSnapshot += 1;
    this.#bytesSinceSnapshot += entry.payload.length;
    if (this.#snapshotDue()) return this.#takeSnapshot(entry.index);
  }

  // ---------------------------------------------------------------- effects out

  #step(event: ServerEvent): void {
    if (this.#phase === "stopped") return;
    const now = performance.now();
    for (const effect of this.#endpoint.step(event, now)) this.#perform(effect, now);
    this.#batcher.hurry(now);
    this.#alarm.set(this.#endpoint.nextDeadline);
  }

  #perform(effect: ServerEffect, now: number): void {
    switch (effect.type) {
      case "send":
        this.#listener?.send(effect.connectionId, encodeServerMessage(effect.message, effect.version));
        return;
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
      case "drop":
        this.#listener?.drop(effect.connectionId);
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

/** One session, for whoever looks after a server. */
export interface ServedSession extends SessionStatus {
  /** How long ago it was created, in milliseconds: by this machine's clock and that of the leader of that time. */
  readonly ageMs: number;
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
