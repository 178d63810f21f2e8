import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { type EtcdCluster, freePorts, startEtcdCluster } from "../../examples/cluster/etcd-process.ts";

/** Three members of etcd and three servers of hawser on it, each in a process of its own. */
export interface MeasuredCluster {
  readonly etcd: EtcdCluster;
  /** Where clients reach the servers. */
  readonly members: Readonly<Record<string, string>>;
  end(): Promise<void>;
}

export async function startMeasuredCluster(): Promise<MeasuredCluster> {
  const etcd = await startEtcdCluster(3);
  const ports = await freePorts(3);
  const members = Object.fromEntries(ports.map((port, position) => [`s${position + 1}`, `tcp://127.0.0.1:${port}`]));
  const children: ChildProcess[] = [];
  async function end(): Promise<void> {
    await Promise.all(
      children.map(async (child) => {
        const exited = once(child, "exit");
        child.kill("SIGTERM");
        await exited;
      }),
    );
    await etcd.end();
  }
  try {
    for (const memberId of Object.keys(members)) children.push(await startServerProcess(memberId, members, etcd));
    return { etcd, members, end };
  } catch (error) {
    await end();
    throw error;
  }
}

async function startServerProcess(
  memberId: string,
  members: Readonly<Record<string, string>>,
  etcd: EtcdCluster,
): Promise<ChildProcess> {
  const script = fileURLToPath(new URL("./server.child.ts", import.meta.url));
  const args = [...process.execArgv, script, memberId, JSON.stringify(members), etcd.endpoints.join(",")];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "exit").then(([code]) =>
    Promise.reject(new Error(`server ${memberId} ended with ${code}`)),
  );
  ended.catch(() => {});
  await Promise.race([once(createInterface({ input: child.stdout }), "line"), ended]);
  return child;
}
