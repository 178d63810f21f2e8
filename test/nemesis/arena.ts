import { freePorts } from "../../examples/cluster/etcd-process.ts";
import { ClientGroup } from "./client-group.ts";
import type { EtcdCluster } from "./etcd-cluster.ts";
import type { ClientSettings } from "./process-messages.ts";
import { TcpProxy } from "./proxy.ts";
import type { RunRecord } from "./run-record.ts";
import { type MemberState, ServerMember } from "./server-member.ts";

/** What an arena is made of. */
export interface ArenaOptions {
  readonly etcd: EtcdCluster;
  readonly record: RunRecord;
  readonly seed: number;
  /** Where logs go. */
  readonly directory: string;
  /** What the servers' keys in etcd begin with. */
  readonly prefix: string;
  readonly skipsBarrier: boolean;
  /** Of single servers, where not the default. */
  readonly electionTimeoutMs?: Readonly<Record<string, number>>;
  readonly clients: readonly Pick<ClientSettings, "does" | "isImpatient">[];
}

/** Servers on an etcd cluster and their clients, with a link between each two of them that can be broken. */
export class Arena implements AsyncDisposable {
  readonly etcd: EtcdCluster;
  readonly record: RunRecord;
  readonly servers: readonly ServerMember[];
  /** Where the servers listen, by name: past the links. */
  readonly addresses: Readonly<Record<string, string>>;
  readonly #options: ArenaOptions;
  /** From each server to the members of etcd, in their order. */
  readonly #etcdLinks: ReadonlyMap<string, readonly TcpProxy[]>;
  /** To each server from the clients, in their order. */
  readonly #clientLinks: ReadonlyMap<string, readonly TcpProxy[]>;
  #groups: readonly ClientGroup[] = [];
  /** Of the clients, as they began. */
  sessionIds: readonly string[] = [];

  /** Makes the links; nothing runs yet. */
  static async create(options: ArenaOptions): Promise<Arena> {
    const ports = await freePorts(SERVERS.length);
    const etcdLinks = new Map<string, readonly TcpProxy[]>();
    const clientLinks = new Map<string, readonly TcpProxy[]>();
    for (const [at, name] of SERVERS.entries()) {
      const toEtcd = options.etcd.clientPorts.map((port) => TcpProxy.start(port));
      etcdLinks.set(name, await Promise.all(toEtcd));
      const toServer = options.clients.map(() => TcpProxy.start(ports[at] ?? 0));
      clientLinks.set(name, await Promise.all(toServer));
    }
    const addresses = Object.fromEntries(SERVERS.map((name, at) => [name, `tcp://127.0.0.1:${ports[at]}`]));
    return new Arena(options, addresses, etcdLinks, clientLinks);
  }

  private constructor(
    options: ArenaOptions,
    addresses: Readonly<Record<string, string>>,
    etcdLinks: ReadonlyMap<string, readonly TcpProxy[]>,
    clientLinks: ReadonlyMap<string, readonly TcpProxy[]>,
  ) {
    const { etcd, record, directory, prefix, skipsBarrier, electionTimeoutMs = {} } = options;
    this.#options = options;
    this.etcd = etcd;
    this.record = record;
    this.addresses = addresses;
    this.#etcdLinks = etcdLinks;
    this.#clientLinks = clientLinks;
    this.servers = SERVERS.map((name) => {
      const settings = {
        memberId: name,
        address: addresses[name] ?? "",
        endpoints: (etcdLinks.get(name) ?? []).map(({ port }) => `http://127.0.0.1:${port}`),
        prefix,
        snapshotEntries: SNAPSHOT_ENTRIES,
        electionTimeoutMs: electionTimeoutMs[name],
        skipsBarrier,
      };
      return new ServerMember(settings, `${directory}/server-${name}.log`, record);
    });
  }

  /** Starts the clients, half of them in each of two processes. Resolves when every one has a session. */
  async startClients(): Promise<void> {
    const { clients, record, seed, directory } = this.#options;
    const settings = clients.map((client, at): ClientSettings => {
      const links = SERVERS.map((name) => [name, `tcp://127.0.0.1:${this.#clientLinks.get(name)?.[at]?.port}`]);
      return { ...client, number: at + 1, members: Object.fromEntries(links) };
    });
    const half = Math.ceil(settings.length / 2);
    const halves = [settings.slice(0, half), settings.slice(half)].filter(({ length }) => length > 0);
    const started = await Promise.all(
      halves.map((clients, at) => {
        return ClientGroup.start({ seed, epoch: record.epoch, clients }, `${directory}/clients-${at}.log`, record);
      }),
    );
    this.#groups = started.map(({ group }) => group);
    this.sessionIds = started.flatMap(({ sessionIds }) => sessionIds);
  }

  /** The server that leads by its own word, in the newest term. */
  get leader(): ServerMember | undefined {
    const leaders = this.servers.filter(({ state, term }) => state === "up" && term !== undefined);
    return leaders.toSorted((one, other) => (other.term ?? 0) - (one.term ?? 0))[0];
  }

  /** The links of one server to the members of etcd, or of one member only. */
  toEtcd(server: string, member?: string): readonly TcpProxy[] {
    const links = this.#etcdLinks.get(server) ?? [];
    return links.filter((_, at) => member === undefined || this.etcd.members[at]?.name === member);
  }

  /** The links of the clients to one server, or to all. */
  toServer(server?: string): readonly TcpProxy[] {
    return server === undefined ? [...this.#clientLinks.values()].flat() : (this.#clientLinks.get(server) ?? []);
  }

  /** Whether no call is given up from now on. */
  setPatience(isPatient: boolean): void {
    for (const group of this.#groups) group.setPatience(isPatient);
  }

  /** No new calls. Resolves when all that were made have ended. */
  async stopClients(): Promise<void> {
    await Promise.all(this.#groups.map((group) => group.stop()));
  }

  /** What every server has applied, when all have applied the same number of entries; or after a while as it is. */
  async statesAtRest(): Promise<readonly MemberState[]> {
    for (const end = performance.now() + REST_TIMEOUT_MS; ; ) {
      const states = await Promise.all(this.servers.map((server) => server.tellState()));
      const isAtRest = new Set(states.map(({ appliedIndex }) => appliedIndex)).size === 1;
      if (isAtRest || performance.now() > end) return states;
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }

  /** Closes the sessions of the clients, stops the servers, and ends the links. */
  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#groups.map((group) => group.close()));
    await Promise.all(this.servers.map((server) => server.stop()));
    const links = [...this.#etcdLinks.values(), ...this.#clientLinks.values()].flat();
    await Promise.all(links.map((link) => link.close()));
  }
}

const SERVERS: readonly string[] = ["a", "b", "c"];
/** Few, so that members that were away come back by a snapshot as often as by the log. */
const SNAPSHOT_ENTRIES = 500;
const REST_TIMEOUT_MS = 15_000;
const POLL_MS = 100;
