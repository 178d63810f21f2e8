import { ClusterServer } from "./cluster-server.ts";
import { type EtcdCluster, freePorts, startEtcdCluster } from "./etcd-process.ts";

/** Three members of etcd and three servers of the key-value store on it, each in a process of its own on loopback. */
export interface RunningCluster {
  readonly etcd: EtcdCluster;
  readonly servers: readonly ClusterServer[];
  /** Where clients reach the servers, by their names. */
  readonly members: Readonly<Record<string, string>>;
  /** Ends every process, and removes what etcd has stored. */
  end(): Promise<void>;
}

/** Starts everything and resolves when all of it serves; nothing is left running when that fails. */
export async function startCluster(note: (event: string) => void): Promise<RunningCluster> {
  const etcd = await startEtcdCluster(3);
  const ports = await freePorts(3);
  const members = Object.fromEntries(ports.map((port, at) => [`server-${at + 1}`, `tcp://127.0.0.1:${port}`]));
  const servers = Object.keys(members).map((name) => new ClusterServer({ name, members, etcd: etcd.endpoints, note }));
  const end = async () => {
    await Promise.all(servers.map((server) => server.stop()));
    await etcd.end();
  };
  try {
    await Promise.all(servers.map((server) => server.start()));
    return { etcd, servers, members, end };
  } catch (error) {
    await end();
    throw error;
  }
}
