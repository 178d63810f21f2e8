import { setTimeout as delay } from "node:timers/promises";
import type { ClusterServer } from "./cluster-server.ts";
import { etcdStatus } from "./etcd-status.ts";
import type { RunningCluster } from "./running-cluster.ts";
import type { SteadyClient } from "./steady-client.ts";

/**
 * Kills the serving member and etcd's leader under a working client, revives both, and checks what the client and all three
 * servers have then. Gives what was found not to be so.
 */
export async function runScript(cluster: RunningCluster, client: SteadyClient): Promise<readonly string[]> {
  const problems: string[] = [];
  const check = (isSo: boolean, claim: string) => {
    console.log(`  ${isSo ? "✓" : "✗ NOT SO:"} ${claim}`);
    if (!isSo) problems.push(claim);
  };
  await answered(client, COMMANDS_BETWEEN);
  await killServer(cluster, client, check);
  await killEtcdMember(cluster, client, check);
  await checkState(cluster, client, check);
  return problems;
}

type Check = (isSo: boolean, claim: string) => void;

async function killServer(cluster: RunningCluster, client: SteadyClient, check: Check): Promise<void> {
  const leader = await leaderOf(cluster.servers);
  console.log(`\n${leader.name} leads and serves the client: kill -9 ${leader.pid}.`);
  const gap = client.measureGap();
  await leader.kill();
  const others = cluster.servers.filter((server) => server !== leader);
  const successor = await leaderOf(others);
  await answered(client, COMMANDS_BETWEEN);
  console.log(`  … ${successor.name} leads now. The client was ${inSeconds(gap())} without an answer.`);
  check(gap() < GAP_MAX_MS, `the client was answered again within ${GAP_MAX_MS / 1_000} s`);
  await leader.start();
  const reached = successor.status?.appliedIndex ?? 0;
  await until(() => (leader.status?.appliedIndex ?? 0) >= reached, `${leader.name} to catch up`);
  console.log(`  … ${leader.name} was started again, and has caught up.`);
}

async function killEtcdMember(cluster: RunningCluster, client: SteadyClient, check: Check): Promise<void> {
  const statuses = await Promise.all(
    cluster.etcd.members.map(async (member) => ({ member, status: await etcdStatus(member) })),
  );
  const { member } = statuses.find(({ status }) => status?.isLeader) ?? statuses[0] ?? {};
  if (member === undefined) throw new Error("etcd has no members");
  console.log(`\netcd-${member.name} leads etcd: kill -9 ${member.pid}.`);
  const gap = client.measureGap();
  await member.kill();
  await answered(client, COMMANDS_BETWEEN);
  console.log(`  … two members are a majority. The client was ${inSeconds(gap())} without an answer.`);
  check(gap() < GAP_MAX_MS, `the client was answered again within ${GAP_MAX_MS / 1_000} s`);
  await member.restart();
  console.log(`  … etcd-${member.name} was started again, and serves.`);
  await answered(client, COMMANDS_BETWEEN);
}

async function checkState(cluster: RunningCluster, client: SteadyClient, check: Check): Promise<void> {
  await client.finish();
  const { answered: count, failed, appliedTwice, notSeenApplied } = client.figures;
  console.log(`\nThe client had ${count} commands answered. What became of them:`);
  check(failed === 0, "no command failed");
  check(notSeenApplied === 0, "no command that was answered was lost");
  check(appliedTwice === 0, "no command was applied twice");
  const states = () =>
    cluster.servers.map(({ status }) => status?.digest && `${status.appliedIndex}, ${status.digest}`);
  const isAgreed = () => states().every((state) => state !== undefined && state === states()[0]);
  await until(isAgreed, "the servers to agree").catch(() => {});
  for (const [at, { name }] of cluster.servers.entries()) console.log(`  … ${name} is at entry ${states()[at]}`);
  check(isAgreed(), "all three servers have the same state");
}

/** The server that leads, as soon as one says so. */
async function leaderOf(servers: readonly ClusterServer[]): Promise<ClusterServer> {
  const leader = () => servers.find(({ status, state }) => state === "up" && status?.role === "leader");
  await until(() => leader() !== undefined, "a server to lead");
  return leader() ?? leaderOf(servers);
}

/** Resolves when the client has had so many more answers. */
async function answered(client: SteadyClient, more: number): Promise<void> {
  const enough = client.figures.answered + more;
  await until(() => client.figures.answered >= enough, `${more} answers`);
}

async function until(isSo: () => boolean, what: string): Promise<void> {
  const end = performance.now() + WAIT_MAX_MS;
  while (!isSo()) {
    if (performance.now() > end) throw new Error(`waited ${WAIT_MAX_MS / 1_000} s for ${what}`);
    await delay(POLL_MS);
  }
}

function inSeconds(ms: number): string {
  return `${(ms / 1_000).toFixed(2)} s`;
}

/** Answers of which the script is sure that the cluster works, before and after each fault. */
const COMMANDS_BETWEEN = 1_000;
/** A machine that is busy with other things is slower than the second or two that it takes. */
const GAP_MAX_MS = 10_000;
const WAIT_MAX_MS = 30_000;
const POLL_MS = 20;
