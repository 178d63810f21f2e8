import type { EtcdProcess } from "../../examples/cluster/etcd-process.ts";
import type { Chance } from "../fuzz/chance.ts";
import type { Arena } from "./arena.ts";
import type { TcpProxy } from "./proxy.ts";
import type { ServerMember } from "./server-member.ts";

/** What a fault can see and do. */
export interface FaultContext {
  readonly arena: Arena;
  readonly chance: Chance;
  /** A server that leads, and is told so. Waits for one. */
  readonly leader: () => Promise<ServerMember>;
  /** The member of etcd that leads. Waits for one. */
  readonly etcdLeader: () => Promise<EtcdProcess>;
  /** Lets the fault last: for a time in milliseconds between these, or until the run is interrupted. */
  readonly last: (minMs: number, maxMs: number) => Promise<void>;
  /** Now it begins to hurt: gaps are measured from here. Not called by faults that nobody need notice. */
  readonly strikes: (what: string) => void;
}

/** Something that goes wrong and is put right again. */
export interface Fault {
  readonly kind: string;
  /** How often it comes, while others come once. */
  readonly times?: number;
  run(context: FaultContext): Promise<void>;
}

/** Of which the time until the next answer is the time of a fail-over. */
export const KILL_OF_THE_LEADER = "kill -9 of the serving server";

/** While which no call may fail. */
export const ROLLING_RESTART = "rolling restart of all servers";

export const faults: readonly Fault[] = [
  {
    kind: KILL_OF_THE_LEADER,
    times: 4,
    async run({ leader, last, strikes }) {
      const server = await leader();
      strikes(server.name);
      await server.kill();
      await last(500, 3_000);
      await server.start();
    },
  },
  {
    kind: "kill -9 of a server that follows",
    async run(context) {
      const server = await follower(context);
      context.strikes(server.name);
      await server.kill();
      await context.last(200, 3_000);
      await server.start();
    },
  },
  {
    kind: "kill -9 of all servers",
    async run({ arena, last, strikes }) {
      strikes("a, b, c");
      await Promise.all(arena.servers.map((server) => server.kill()));
      await last(0, 500);
      await Promise.all(arena.servers.map((server) => server.start()));
    },
  },
  {
    kind: "SIGSTOP of the serving server",
    async run({ leader, last, strikes }) {
      const server = await leader();
      strikes(server.name);
      server.pause();
      await last(500, 5_000);
      server.resume();
    },
  },
  {
    kind: "two leaders: the serving server stopped until another one leads",
    times: 2,
    async run(context) {
      const server = await context.leader();
      context.strikes(server.name);
      server.pause();
      await untilReplaced(context, server, []);
      server.resume();
      await restartOne(context);
    },
  },
  {
    kind: "SIGSTOP of a server that follows",
    async run(context) {
      const server = await follower(context);
      context.strikes(server.name);
      server.pause();
      await context.last(500, 5_000);
      server.resume();
    },
  },
  {
    kind: ROLLING_RESTART,
    async run({ arena, last, strikes }) {
      strikes("a, b, c");
      for (const server of arena.servers) {
        await server.stop();
        await server.start();
        await last(300, 1_000);
      }
    },
  },
  {
    kind: "kill -9 of etcd's leader",
    times: 2,
    async run({ etcdLeader, last, strikes }) {
      const member = await etcdLeader();
      strikes(member.name);
      await member.kill();
      await last(500, 3_000);
      start(member);
    },
  },
  {
    kind: "kill -9 of a member of etcd that follows",
    async run(context) {
      const member = await etcdFollower(context);
      context.strikes(member.name);
      await member.kill();
      await context.last(500, 3_000);
      start(member);
    },
  },
  {
    kind: "SIGSTOP of etcd's leader",
    async run({ etcdLeader, last, strikes }) {
      const member = await etcdLeader();
      strikes(member.name);
      member.pause();
      await last(1_000, 4_000);
      member.resume();
    },
  },
  {
    kind: "SIGSTOP of a member of etcd that follows",
    async run(context) {
      const member = await etcdFollower(context);
      context.strikes(member.name);
      member.pause();
      await context.last(1_000, 4_000);
      member.resume();
    },
  },
  {
    kind: "loss of etcd's majority",
    async run({ arena, etcdLeader, chance, last, strikes }) {
      const first = await etcdLeader();
      const others = arena.etcd.members.filter((member) => member !== first);
      const lost = [first, chance.pick(others)];
      const isPause = chance.oneIn(2);
      strikes(`${isPause ? "SIGSTOP" : "kill -9"} ${lost.map(({ name }) => name).join(", ")}`);
      if (isPause) for (const member of lost) member.pause();
      else await Promise.all(lost.map((member) => member.kill()));
      await last(1_000, 6_000);
      for (const member of lost) isPause ? member.resume() : start(member);
    },
  },
  {
    kind: "kill -9 of the serving server and of etcd's leader",
    async run({ leader, etcdLeader, last, strikes }) {
      const [server, member] = [await leader(), await etcdLeader()];
      strikes(`server ${server.name}, etcd ${member.name}`);
      await Promise.all([server.kill(), member.kill()]);
      await last(500, 3_000);
      start(member);
      await member.serving();
      await server.start();
    },
  },
  {
    kind: "partition of etcd's leader from its peers",
    async run({ arena, etcdLeader, chance, last, strikes }) {
      const member = await etcdLeader();
      strikes(member.name);
      arena.etcd.isolate(member.name);
      await last(1_000, 5_000);
      arena.etcd.heal(chance.oneIn(2));
    },
  },
  {
    kind: "partition of a member of etcd from its peers",
    async run(context) {
      const member = await etcdFollower(context);
      context.strikes(member.name);
      context.arena.etcd.isolate(member.name);
      await context.last(1_000, 5_000);
      context.arena.etcd.heal(context.chance.oneIn(2));
    },
  },
  {
    kind: "partition of the serving server from etcd",
    times: 2,
    async run(context) {
      const server = await context.leader();
      context.strikes(server.name);
      await partition(context, context.arena.toEtcd(server.name), 1_000, 5_000);
    },
  },
  {
    kind: "partition of a server from one member of etcd",
    async run(context) {
      const server = await context.leader();
      const member = context.chance.pick(context.arena.etcd.members);
      context.strikes(`server ${server.name}, etcd ${member.name}`);
      await partition(context, context.arena.toEtcd(server.name, member.name), 1_000, 4_000);
    },
  },
  {
    kind: "partition of clients from the serving server",
    async run(context) {
      const server = await context.leader();
      const links = context.arena.toServer(server.name).filter(() => context.chance.oneIn(2));
      context.strikes(`${links.length} clients, server ${server.name}`);
      await partition(context, links, 500, 4_000);
    },
  },
  {
    kind: "clients refused by the serving server",
    async run({ arena, leader, last, strikes }) {
      const server = await leader();
      strikes(server.name);
      for (const link of arena.toServer(server.name)) link.set("refuse");
      await last(200, 2_000);
      for (const link of arena.toServer(server.name)) link.set("pass");
    },
  },
  {
    kind: "two leaders: the serving server alone with half of its clients",
    times: 3,
    async run(context) {
      const { arena } = context;
      const server = await context.leader();
      context.strikes(server.name);
      await untilReplaced(context, server, arena.toEtcd(server.name));
      await restartOne(context);
    },
  },
  {
    kind: "lost answers of etcd to the serving server",
    times: 2,
    async run(context) {
      const server = await context.leader();
      context.strikes(server.name);
      await loseAnswers(context, context.arena.toEtcd(server.name));
    },
  },
  {
    kind: "lost answers of the serving server to its clients",
    times: 2,
    async run(context) {
      const server = await context.leader();
      context.strikes(server.name);
      await loseAnswers(context, context.arena.toServer(server.name));
    },
  },
  {
    kind: "cut connections between servers and etcd",
    async run(context) {
      const { arena } = context;
      context.strikes("all");
      await cut(
        context,
        arena.servers.flatMap(({ name }) => arena.toEtcd(name)),
      );
    },
  },
  {
    kind: "cut connections between clients and servers",
    async run(context) {
      context.strikes("all");
      await cut(context, context.arena.toServer());
    },
  },
  {
    kind: "cut connections between members of etcd",
    async run({ arena, last, strikes }) {
      strikes("all");
      arena.etcd.cut();
      await last(0, 300);
      arena.etcd.cut();
    },
  },
];

/** Two faults at once may have killed the same member, and one of them has started it again. */
function start(member: EtcdProcess): void {
  if (member.state === "down") member.start();
}

async function follower({ arena, leader, chance }: FaultContext): Promise<ServerMember> {
  const serving = await leader();
  return chance.pick(arena.servers.filter((server) => server !== serving));
}

async function etcdFollower({ arena, etcdLeader, chance }: FaultContext): Promise<EtcdProcess> {
  const leading = await etcdLeader();
  return chance.pick(arena.etcd.members.filter((member) => member !== leading));
}

/**
 * Holds links of the server that serves, and keeps half of the clients from it, until another one serves those. What the
 * first one has sent, or sends now, is of a leader that is none any more and does not know it yet.
 */
async function untilReplaced(
  { arena, chance, last }: FaultContext,
  server: ServerMember,
  held: readonly TcpProxy[],
): Promise<void> {
  const { term = 0 } = server;
  const refused = arena.toServer(server.name).filter(() => chance.oneIn(2));
  for (const link of held) link.set("blackhole");
  for (const link of refused) link.set("refuse");
  for (let looks = 0; looks < REPLACED_LOOKS_MAX && (arena.leader?.term ?? 0) <= term; looks++) await last(20, 40);
  await last(100, 600);
  for (const link of [...held, ...refused]) link.set("pass");
}

/** Has a server that follows read the log anew: what is stored must be what the others have applied. */
async function restartOne(context: FaultContext): Promise<void> {
  await context.last(50, 300);
  const server = await follower(context);
  await server.kill();
  await server.start();
}

/** Afterwards what was held back is lost with its connections, or arrives late. */
async function partition(
  { chance, last }: FaultContext,
  links: readonly TcpProxy[],
  minMs: number,
  maxMs: number,
): Promise<void> {
  for (const link of links) link.set("blackhole");
  await last(minMs, maxMs);
  const isLost = chance.oneIn(2);
  for (const link of links) {
    if (isLost) link.cut();
    link.set("pass");
  }
}

/** Requests arrive and take effect; the answers never come, and then the connections are gone. */
async function loseAnswers({ last }: FaultContext, links: readonly TcpProxy[]): Promise<void> {
  for (const link of links) link.set("hold responses");
  await last(100, 2_000);
  for (const link of links) {
    link.cut();
    link.set("pass");
  }
}

async function cut({ chance, last }: FaultContext, links: readonly TcpProxy[]): Promise<void> {
  for (let times = chance.between(1, 4); times > 0; times--) {
    for (const link of links) link.cut();
    await last(20, 300);
  }
}

/** About five seconds of looks: where nobody can take over, because something else is broken too, the fault ends. */
const REPLACED_LOOKS_MAX = 160;
