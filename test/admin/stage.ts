import { request } from "node:http";
import { type AdminEndpoint, type AdminOptions, startAdminEndpoint } from "hawser/admin";
import { type Client, type ConnectOptions, connect } from "hawser/client";
import { type PrometheusTelemetry, prometheus } from "hawser/prometheus";
import { type ConsensusEngine, type Server, type ServerOptions, startServer } from "hawser/server";
import { memoryEngine } from "hawser/server/memory";
import { afterEach } from "vitest";
import { Notebook } from "../transcript/notebook.ts";

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** A server with an endpoint, both stopped after the test. */
export interface Served {
  readonly server: Server;
  readonly admin: AdminEndpoint;
  readonly telemetry: PrometheusTelemetry;
}

/** Starts a server with a telemetry, and an endpoint for both. */
export async function serve(
  options: Partial<AdminOptions> = {},
  serverOptions: Partial<ServerOptions> = {},
): Promise<Served> {
  const telemetry = prometheus();
  const server = await startServer({
    memberId: "a",
    address: "tcp://127.0.0.1:0",
    engine: memoryEngine(),
    stateMachine: new Notebook(),
    telemetry,
    ...serverOptions,
  });
  cleanup(() => server.stop());
  const admin = await startAdminEndpoint({ server, telemetry, ...options });
  cleanup(() => admin.stop());
  return { server, admin, telemetry };
}

/** A client with a session, closed after the test unless its server has gone. */
export async function open({ server }: Served, options: Partial<ConnectOptions> = {}): Promise<Client> {
  const client = await connect({ members: { a: server.address }, ...options });
  cleanup(() => client.close());
  return client;
}

/** An engine with something else in one place. */
export function changed(
  engine: ConsensusEngine,
  changedName: keyof ConsensusEngine,
  value: () => unknown,
): ConsensusEngine {
  return new Proxy(engine, {
    get(target, name) {
      if (name === changedName) return value();
      const own: unknown = Reflect.get(target, name, target);
      return typeof own === "function" ? own.bind(target) : own;
    },
  });
}

/** Does something after the test. */
export function cleanup(action: () => unknown): void {
  cleanups.push(action);
}

/** What was answered. */
export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** Asks over a connection of its own, with any header, `Host` too. */
export function ask(
  admin: AdminEndpoint,
  path: string,
  options: {
    readonly method?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
  } = {},
): Promise<Answered> {
  const { hostname, port } = new URL(admin.address);
  const { method = "GET", headers = {}, body } = options;
  return new Promise((resolve, reject) => {
    const asked = request({ host: hostname.replace(/[[\]]/g, ""), port, path, method, headers, agent: false });
    asked.on("error", reject).on("response", (response) => {
      const chunks: Buffer[] = [];
      response.on("error", reject).on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => {
        const { statusCode = 0 } = response;
        resolve({ status: statusCode, headers: response.headers, body: Buffer.concat(chunks).toString() });
      });
    });
    asked.end(body);
  });
}

/** A token that is good enough. */
export const token = "0123456789abcdef0123456789abcdef";

/** The header with it. */
export const authorization = { authorization: `Bearer ${token}` };
