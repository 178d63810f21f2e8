import type {
  KeyValue,
  RequestFailure,
  Transaction,
  TransactionResult,
} from "../../../runtime/server/etcd/etcd-api.ts";
import type { Chance } from "../../simulator/chance.ts";
import type { EventQueue } from "../../simulator/event-queue.ts";
import { ModelStore } from "./model-store.ts";

/** One member of etcd, and what ails it. */
export interface Endpoint {
  /** The process is dead: connections to it are refused. */
  isDown: boolean;
  /** It does not hear the others: what it is asked takes effect later or never, and what it shows is old. */
  isIsolated: boolean;
  /** How far it shows the history: a position. */
  shownPuts: number;
}

/** The way from one server to one member of etcd. Both directions of a connection. */
export interface Link {
  /** Nothing comes through, and nothing says so. */
  isBlackholed: boolean;
  /** Requests come through, answers do not. */
  losesAnswers: boolean;
}

export type Reply =
  | { readonly type: "answered"; readonly result: TransactionResult }
  | { readonly type: "failed"; readonly failure: RequestFailure };

/** What a watch tells. */
export interface WatchHandlers {
  progress(): void;
  events(events: readonly KeyValue[]): void;
  ended(failure: RequestFailure): void;
}

/** How rough the world is. */
export interface Roughness {
  /** Mean of one way of a message. */
  readonly delayMs: number;
  /** Of a message: that it takes many times as long. */
  readonly straggling: number;
  /** Of a request: that it or its answer gets lost. */
  readonly loss: number;
  /** Of a request: that it takes effect long after, as one does that was lost with etcd's leader. */
  readonly lateness: number;
  /** Of what a watch shows at once: that the stream ends in the middle of it. */
  readonly breaking: number;
}

/** Three members of etcd in front of one store, and the network between them and the servers. */
export class ModelCluster {
  readonly endpoints: readonly Endpoint[] = [0, 1, 2].map(() => ({ isDown: false, isIsolated: false, shownPuts: 0 }));
  store: ModelStore;
  readonly #queue: EventQueue;
  readonly #chance: Chance;
  readonly #nowMs: () => number;
  readonly #streams = new Set<ModelStream>();
  readonly #requests = new Set<{ readonly link: Link; fail(failure: RequestFailure): void }>();
  roughness: Roughness;

  constructor(
    world: { readonly queue: EventQueue; readonly chance: Chance; readonly nowMs: () => number },
    roughness: Roughness,
    put: (keyValue: KeyValue) => void,
  ) {
    this.#queue = world.queue;
    this.#chance = world.chance;
    this.#nowMs = world.nowMs;
    this.roughness = roughness;
    this.store = this.newStore(put);
  }

  newStore(put: (keyValue: KeyValue) => void): ModelStore {
    return new ModelStore((keyValue) => {
      put(keyValue);
      this.#spread();
    });
  }

  /** Another store takes the place of this one, which is gone with all connections and all that was on its way. */
  replaceStore(store: ModelStore): void {
    this.store = store;
    for (const stream of [...this.#streams]) stream.end(lost("etcd was restarted"));
    for (const request of [...this.#requests]) request.fail(lost("etcd was restarted"));
    for (const endpoint of this.endpoints) endpoint.shownPuts = store.puts;
  }

  /** Sends a transaction once. `reply` comes once, within the time. */
  call(
    endpoint: Endpoint,
    link: Link,
    transaction: Transaction,
    timeoutMs: number,
    reply: (reply: Reply) => void,
  ): void {
    let isOver = false;
    const finish = (end: Reply) => {
      if (isOver) return;
      isOver = true;
      this.#requests.delete(request);
      reply(end);
    };
    const request = { link, fail: (failure: RequestFailure) => finish({ type: "failed", failure }) };
    this.#requests.add(request);
    this.#after(timeoutMs, () => request.fail(lost("no answer in time")));
    if (endpoint.isDown) {
      this.#after(this.#delay(), () => request.fail({ ...lost("no connection"), outcome: "refused" }));
      return;
    }
    const { store } = this;
    this.#after(this.#delay(), () => {
      if (link.isBlackholed || this.#chance.happens(this.roughness.loss)) return;
      this.#whenServed(endpoint, 0, () => {
        if (this.store !== store) return;
        const result = store.transact(transaction);
        this.#after(this.#delay(), () => {
          if (link.isBlackholed || link.losesAnswers || this.#chance.happens(this.roughness.loss)) return;
          if (result === "noSpace") {
            finish({ type: "failed", failure: { outcome: "refused", reason: "noSpace", message: "no space" } });
          } else {
            finish({ type: "answered", result });
          }
        });
      });
    });
  }

  /** Opens a watch. */
  watch(
    endpoint: Endpoint,
    link: Link,
    fromRevision: number,
    range: WatchedRange,
    handlers: WatchHandlers,
  ): ModelStream {
    const stream = new ModelStream({ cluster: this, endpoint, link, fromRevision, range, handlers });
    this.#streams.add(stream);
    this.#after(this.#delay(), () => {
      if (endpoint.isDown || endpoint.isIsolated) stream.end(lost("no connection, or no leader"));
      else stream.open();
    });
    return stream;
  }

  /** Ends every connection over a link. */
  cut(link: Link): void {
    for (const stream of [...this.#streams]) if (stream.link === link) stream.end(lost("the connection was cut"));
    for (const request of [...this.#requests]) if (request.link === link) request.fail(lost("the connection was cut"));
  }

  /** A member dies: its connections end. */
  kill(endpoint: Endpoint): void {
    endpoint.isDown = true;
    for (const stream of [...this.#streams]) {
      if (stream.endpoint === endpoint) stream.end(lost("the connection was closed"));
    }
  }

  /** A member does not hear the others any more; after a while it ends the watches that want a leader. */
  isolate(endpoint: Endpoint): void {
    endpoint.isIsolated = true;
    this.#after(this.#chance.between(500, 3_000), () => {
      if (!endpoint.isIsolated) return;
      for (const stream of [...this.#streams]) if (stream.endpoint === endpoint) stream.end(lost("no leader"));
    });
  }

  /** Everything works again. */
  heal(): void {
    for (const endpoint of this.endpoints) {
      endpoint.isDown = false;
      endpoint.isIsolated = false;
    }
    this.#spread();
  }

  /** Shows the history at an endpoint as far as it goes now. */
  show(endpoint: Endpoint): void {
    if (endpoint.isDown || endpoint.isIsolated) return;
    endpoint.shownPuts = this.store.puts;
    for (const stream of [...this.#streams]) if (stream.endpoint === endpoint) stream.pump();
  }

  later(run: () => void): void {
    this.#after(this.#delay(), run);
  }

  breaks(): boolean {
    return this.#chance.happens(this.roughness.breaking);
  }

  /** How many of so many events come at once. */
  portion(count: number): number {
    return 1 + this.#chance.below(count);
  }

  forget(stream: ModelStream): void {
    this.#streams.delete(stream);
  }

  get #hasQuorum(): boolean {
    return this.endpoints.filter(({ isDown, isIsolated }) => !isDown && !isIsolated).length >= 2;
  }

  /** Runs something as soon as this endpoint, and a majority with it, can do it; or never. */
  #whenServed(endpoint: Endpoint, waitedMs: number, run: () => void): void {
    const isServed = this.#hasQuorum && !endpoint.isDown && !endpoint.isIsolated;
    if (isServed && this.#chance.happens(waitedMs === 0 ? this.roughness.lateness : 0)) {
      this.#after(this.#chance.between(100, LATEST_MS), () => this.#whenServed(endpoint, 1, run));
    } else if (isServed) {
      run();
    } else if (!endpoint.isDown && waitedMs < LATEST_MS && this.#chance.happens(0.9)) {
      const pauseMs = this.#chance.between(50, 1_000);
      this.#after(pauseMs, () => this.#whenServed(endpoint, waitedMs + pauseMs, run));
    }
  }

  #spread(): void {
    for (const endpoint of this.endpoints) this.#after(this.#delay(), () => this.show(endpoint));
  }

  #delay(): number {
    const { delayMs, straggling } = this.roughness;
    return 0.1 + this.#chance.around(this.#chance.happens(straggling) ? 50 * delayMs : delayMs);
  }

  #after(delayMs: number, run: () => void): void {
    this.#queue.push(this.#nowMs() + delayMs, run);
  }
}

interface WatchedRange {
  readonly from: string;
  readonly end: string;
}

interface StreamOptions {
  readonly cluster: ModelCluster;
  readonly endpoint: Endpoint;
  readonly link: Link;
  readonly fromRevision: number;
  readonly range: WatchedRange;
  readonly handlers: WatchHandlers;
}

/** One watch: shows what its endpoint has, in order, some at a time. */
export class ModelStream {
  readonly #options: StreamOptions;
  #position: number | undefined;
  #isPumping = false;
  #isOver = false;

  constructor(options: StreamOptions) {
    this.#options = options;
  }

  get endpoint(): Endpoint {
    return this.#options.endpoint;
  }

  get link(): Link {
    return this.#options.link;
  }

  open(): void {
    if (this.#isOver || this.link.isBlackholed) return;
    const { cluster, fromRevision, handlers } = this.#options;
    const position = cluster.store.positionOf(fromRevision);
    if (position === "compacted") {
      this.end({ outcome: "refused", reason: "compacted", message: "compacted" });
      return;
    }
    this.#position = position;
    handlers.progress();
    this.pump();
  }

  askProgress(): void {
    this.#options.cluster.later(() => {
      if (this.#isOver || this.link.isBlackholed || this.endpoint.isDown || this.#position === undefined) return;
      this.#options.handlers.progress();
    });
  }

  /** Shows the next events after a while, one portion after the other. */
  pump(): void {
    if (this.#isPumping || this.#isOver || this.#position === undefined) return;
    if (this.#position >= this.endpoint.shownPuts) return;
    this.#isPumping = true;
    this.#options.cluster.later(() => {
      this.#isPumping = false;
      // What a blackhole swallows is sent again when it is over, if the stream is still there then.
      if (this.#isOver || this.link.isBlackholed) return;
      this.#show();
      this.pump();
    });
  }

  /** Ends it, and tells why. */
  end(failure: RequestFailure): void {
    if (this.#isOver) return;
    this.cancel();
    this.#options.cluster.later(() => this.#options.handlers.ended(failure));
  }

  cancel(): void {
    this.#isOver = true;
    this.#options.cluster.forget(this);
  }

  #show(): void {
    const { cluster, handlers, range } = this.#options;
    const from = this.#position ?? 0;
    const to = from + cluster.portion(this.endpoint.shownPuts - from);
    const events: KeyValue[] = [];
    for (let position = from; position < to; position++) {
      const put = cluster.store.putAt(position);
      if (put === "compacted") {
        this.end({ outcome: "refused", reason: "compacted", message: "compacted" });
        return;
      }
      if (put.key >= range.from && put.key < range.end) events.push(put);
    }
    this.#position = to;
    if (events.length > 0) handlers.events(events);
    if (cluster.breaks()) this.end(lost("the stream broke"));
  }
}

function lost(message: string): RequestFailure {
  return { outcome: "unknown", reason: "unavailable", message };
}

/** etcd gives up a proposal after 7 s; one that is on its way can still be committed. */
const LATEST_MS = 9_000;
