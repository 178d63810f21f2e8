import { randomUUID } from "node:crypto";
import { describe, onTestFinished, test } from "vitest";
import {
  type EtcdCluster,
  type EtcdClusterOptions,
  findEtcd,
  startEtcdCluster,
} from "../../examples/cluster/etcd-process.ts";

/** Tests that need real members of etcd. Where there is none they are skipped, and say what to install; on CI they fail. */
export function describeWithEtcd(name: string, tests: () => void): void {
  const problem = missingEtcd();
  if (problem === undefined) {
    describe(name, tests);
  } else if (process.env["CI"] === undefined) {
    console.warn(`skipped: ${name}. ${problem}`);
    describe.skip(name, tests);
  } else {
    test(name, () => Promise.reject(new Error(problem)));
  }
}

/** Why there is no etcd to test with. */
function missingEtcd(): string | undefined {
  try {
    findEtcd();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** A cluster of etcd that ends with the test. */
export async function startEtcd(count: number, options: EtcdClusterOptions = {}): Promise<EtcdCluster> {
  const cluster = await startEtcdCluster(count, options);
  onTestFinished(() => cluster.end());
  return cluster;
}

/** Keys of nobody else. */
export function newPrefix(): string {
  return `test-${randomUUID()}/`;
}

/** Asks a member of etcd by its HTTP gateway, which knows all that an administrator needs. */
export async function administer(endpoint: string, path: string, body: object, token?: string): Promise<unknown> {
  const headers: Record<string, string> = token === undefined ? {} : { Authorization: token };
  const response = await fetch(`${endpoint}/v3/${path}`, { method: "POST", body: JSON.stringify(body), headers });
  const text = await response.text();
  if (!response.ok) throw new Error(`${path}: ${text}`);
  return JSON.parse(text);
}

/** Bytes or text, as the gateway takes them. */
export function base64(content: string | Uint8Array | readonly number[]): string {
  return Buffer.from(typeof content === "string" ? content : Uint8Array.from(content)).toString("base64");
}

/** Makes etcd ask for passwords: the user `hawser` may read and write what begins with `prefix`, `root` everything. */
export async function enableUsers(endpoint: string, prefix: string): Promise<void> {
  const permission = { permType: "READWRITE", key: base64(prefix), range_end: base64(`${prefix.slice(0, -1)}0`) };
  await administer(endpoint, "auth/user/add", { name: "root", password: "secret" });
  await administer(endpoint, "auth/role/add", { name: "root" });
  await administer(endpoint, "auth/user/grant", { user: "root", role: "root" });
  await administer(endpoint, "auth/user/add", { name: "hawser", password: "secret" });
  await administer(endpoint, "auth/role/add", { name: "hawser" });
  await administer(endpoint, "auth/role/grant", { name: "hawser", perm: permission });
  await administer(endpoint, "auth/user/grant", { user: "hawser", role: "hawser" });
  await administer(endpoint, "auth/enable", {});
}
