import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { EtcdProcess, findEtcd, freePorts } from "../../examples/cluster/etcd-process.ts";
import { TcpProxy } from "./proxy.ts";

/**
 * Three members of etcd that reach each other through proxies: every member advertises the port of one, and each link has
 * the mode of its own that a request's sender is known by.
 */
export class EtcdCluster implements AsyncDisposable {
  readonly members: readonly EtcdProcess[];
  /** The ports for clients, in the order of the members: what a proxy leads to. */
  readonly clientPorts: readonly number[];
  /** To each member from its peers, by its name. */
  readonly #links: ReadonlyMap<string, TcpProxy>;

  private constructor(
    members: readonly EtcdProcess[],
    clientPorts: readonly number[],
    links: ReadonlyMap<string, TcpProxy>,
  ) {
    this.members = members;
    this.clientPorts = clientPorts;
    this.#links = links;
  }

  /** Starts the members, which keep their data under `directory`, and waits until all of them serve. */
  static async start(names: readonly string[], directory: string): Promise<EtcdCluster> {
    findEtcd();
    await mkdir(directory, { recursive: true });
    const ports = await freePorts(3 * names.length);
    const portsOf = names.map((_, at) => {
      const [client = 0, peer = 0, metrics = 0] = ports.slice(3 * at);
      return { client, peer, metrics };
    });
    const links = new Map<string, TcpProxy>();
    const nameOf = new Map<number, string>();
    const sourceOf = (bytes: Buffer) => nameOf.get(senderOf(bytes));
    for (const [at, name] of names.entries()) {
      const link = await TcpProxy.start(portsOf[at]?.peer ?? 0, { sourceOf });
      links.set(name, link);
      nameOf.set(link.port, name);
    }
    const urlOf = (name: string) => `http://127.0.0.1:${links.get(name)?.port}`;
    const initialCluster = names.map((name) => `${name}=${urlOf(name)}`).join(",");
    const members = names.map((name, at) => {
      const ports = portsOf[at] ?? { client: 0, peer: 0, metrics: 0 };
      const flags = ["--initial-advertise-peer-urls", urlOf(name)];
      return new EtcdProcess({ name, directory: join(directory, name), ports, initialCluster, flags });
    });
    const clientPorts = portsOf.map(({ client }) => client);
    const cluster = new EtcdCluster(members, clientPorts, links);
    try {
      for (const member of members) member.start();
      await Promise.all(members.map((member) => member.serving()));
      return cluster;
    } catch (error) {
      await cluster[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** The member that leads, by its own word and nobody's contradiction. */
  async leader(): Promise<EtcdProcess | undefined> {
    const answers = await Promise.all(this.members.map(askStatus));
    return this.members.find((_, at) => answers[at]?.leads === true);
  }

  /** Whether every member is up, in a majority, and has been told of the same leader. */
  async isWhole(): Promise<boolean> {
    const answers = await Promise.all(this.members.map(askStatus));
    const healthy = await Promise.all(this.members.map((member) => member.isHealthy()));
    return healthy.every((isHealthy) => isHealthy) && new Set(answers.map((answer) => answer?.leader)).size === 1;
  }

  /** Nothing gets to a member from its peers, or from it to them. */
  isolate(name: string): void {
    for (const [target, link] of this.#links) {
      if (target === name) link.set("blackhole");
      else link.set("blackhole", name);
    }
  }

  /** All links pass again. What was held is lost, as when a partition outlasts its connections, or arrives late. */
  heal(isLost: boolean): void {
    for (const link of this.#links.values()) {
      if (isLost) link.cut();
      link.set("pass");
    }
  }

  /** Ends the connections between members. */
  cut(): void {
    for (const link of this.#links.values()) link.cut();
  }

  /** Kills every member. */
  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.members.map((member) => member.kill()));
    await Promise.all([...this.#links.values()].map((link) => link.close()));
  }
}

/** Peers say in each request where they are reached themselves: at the port of a proxy. */
function senderOf(bytes: Buffer): number {
  return Number(/\bX-Peerurls: http:\/\/127\.0\.0\.1:([0-9]+)/i.exec(bytes.toString("latin1"))?.[1]);
}

interface StatusAnswer {
  readonly leader?: string;
  readonly header?: { readonly member_id?: string };
}

interface EtcdStatus {
  readonly leader: string;
  readonly leads: boolean;
}

/** What a member says of itself, through etcd's gateway from JSON to gRPC. */
async function askStatus({ clientUrl }: EtcdProcess): Promise<EtcdStatus | undefined> {
  try {
    const signal = AbortSignal.timeout(STATUS_TIMEOUT_MS);
    const response = await fetch(`${clientUrl}/v3/maintenance/status`, { method: "POST", body: "{}", signal });
    const { leader = "", header } = (await response.json()) as StatusAnswer;
    return { leader, leads: leader !== "" && leader === header?.member_id };
  } catch {
    return undefined;
  }
}

const STATUS_TIMEOUT_MS = 500;
