/**
 * `npm run cluster`: three members of etcd, three servers of the key-value store and a client that works, on this machine,
 * with a live view. Keys kill, pause and revive each of them.
 *
 *     npm run cluster -- [--once]
 */
import { parseArgs } from "node:util";
import { exitWithUsage, onInterrupt } from "../key-value/command-line.ts";
import { EtcdMissingError, findEtcd } from "./etcd-process.ts";
import { EventList, LiveView } from "./live-view.ts";
import { type RunningCluster, startCluster } from "./running-cluster.ts";
import { runScript } from "./scripted.ts";
import { SteadyClient } from "./steady-client.ts";

const USAGE = `usage: npm run cluster -- [--once]
  --once   kill and revive members by a script, check what the client and the servers have then, and end with exit code 0,
           or 1 if anything shown is not so`;

async function main(): Promise<number> {
  const once = options();
  const events = new EventList();
  let cluster: RunningCluster;
  try {
    findEtcd();
    console.log("Starting three members of etcd and three servers, all on loopback.");
    cluster = await startCluster(events.note);
  } catch (error) {
    if (!(error instanceof EtcdMissingError)) throw error;
    console.error(error.message);
    return 2;
  }
  let client: SteadyClient | undefined;
  try {
    client = await SteadyClient.start({ members: cluster.members, note: events.note });
    return once ? await scripted(cluster, client) : await live(cluster, client, events);
  } finally {
    await client?.close();
    await cluster.end();
  }
}

async function scripted(cluster: RunningCluster, client: SteadyClient): Promise<number> {
  const problems = await Promise.race([runScript(cluster, client), interrupted().then(() => undefined)]);
  if (problems === undefined) return 1;
  console.log(problems.length === 0 ? "Everything shown is so." : `${problems.length} claims are not so.`);
  return problems.length === 0 ? 0 : 1;
}

async function live(cluster: RunningCluster, client: SteadyClient, events: EventList): Promise<number> {
  let quit = () => {};
  const isOver = new Promise<void>((resolve) => {
    quit = resolve;
  });
  const view = new LiveView(cluster, client, events, quit);
  view.start();
  try {
    await Promise.race([isOver, interrupted()]);
  } finally {
    view.stop();
  }
  const { answered, failed, longestGapMs, appliedTwice } = client.figures;
  const gap = `${(longestGapMs / 1_000).toFixed(2)} s`;
  console.log(`${answered} commands answered, ${failed} failed, ${appliedTwice} applied twice, longest gap ${gap}.`);
  console.log("Stopping.");
  return 0;
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => onInterrupt(async () => resolve()));
}

function options(): boolean {
  try {
    const { values } = parseArgs({
      options: { once: { type: "boolean", default: false }, help: { type: "boolean", short: "h" } },
    });
    if (!values.help) return values.once;
    console.log(USAGE);
    process.exit(0);
  } catch (error) {
    return exitWithUsage(error, USAGE);
  }
}

process.exitCode = await main();
