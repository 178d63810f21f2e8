import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { connect } from "@nats-io/transport-node";
import type { Stack } from "../transport/stack.ts";

/**
 * Request and reply by NATS: the server process starts a broker of its own, subscribes, and answers. The broker's time of
 * the processor counts for the server. Requests are sent as the package sends them, with one inbox for all answers.
 */
export const nats: Stack = {
  async serve() {
    if (spawnSync("nats-server", ["--version"]).error !== undefined) throw new Error(HOW_TO_INSTALL);
    const port = await freePort();
    broker = spawn("nats-server", ["--addr", "127.0.0.1", "--port", String(port)], { stdio: "ignore" });
    process.on("exit", () => broker?.kill("SIGKILL"));
    const connection = await connect(connectionOptions(port));
    connection.subscribe("echo", { callback: (_error, message) => void message.respond(message.data) });
    await connection.flush();
    return port;
  },
  async connect(port, received) {
    const connection = await connect(connectionOptions(port));
    return (message) => {
      void connection.request("echo", message, { timeout: 60_000 }).then((answer) => received(answer.data));
    };
  },
  otherCpuUs: () => (broker?.pid === undefined ? 0 : cpuUsOf(broker.pid)),
};

function connectionOptions(port: number) {
  return { servers: `127.0.0.1:${port}`, waitOnFirstConnect: true, reconnectTimeWait: 50, maxReconnectAttempts: 100 };
}

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await new Promise<number>((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve((server.address() as { port: number }).port));
  });
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** What Linux says of a process: user and system time, in ticks of 10 ms, are its fields 14 and 15. */
function cpuUsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10_000;
}

const HOW_TO_INSTALL = "nats-server is not installed: sudo apt-get install nats-server, or leave it out by --only";

let broker: ChildProcess | undefined;
