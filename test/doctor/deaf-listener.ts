import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Practice } from "./practice.ts";

/**
 * Where connections are not even refused: a process that is stopped, whose queue of connections is full, so that the kernel
 * drops what comes as a firewall would.
 */
export async function startDeafListener(practice: Practice): Promise<string> {
  const child = spawn(process.execPath, ["--import", "tsx", join(import.meta.dirname, "deaf-listener.child.ts")], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  practice.later(() => kill(child));
  const [endpoint]: string[] = await once(createInterface({ input: child.stdout }), "line");
  child.kill("SIGSTOP");
  const { port } = new URL(endpoint ?? "");
  for (let count = 0; count < queueLengthMax; count++) {
    const socket = connect({ host: "127.0.0.1", port: Number(port) });
    practice.later(() => socket.destroy());
    if (!(await isTaken(socket))) return endpoint ?? "";
  }
  throw new Error(`${queueLengthMax} connections did not fill the queue`);
}

async function isTaken(socket: Socket): Promise<boolean> {
  try {
    await once(socket, "connect", { signal: AbortSignal.timeout(takenWithinMs) });
    return true;
  } catch {
    return false;
  }
}

async function kill(child: ChildProcess): Promise<void> {
  const exited = once(child, "exit");
  child.kill("SIGKILL");
  await exited;
}

const queueLengthMax = 10;
/** The kernel takes a connection on this machine in far less. */
const takenWithinMs = 200;
