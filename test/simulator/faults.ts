import type { ClientProcess } from "./client-process.ts";
import { Intruder } from "./intruder.ts";
import type { FaultKind } from "./profile.ts";
import type { World } from "./world.ts";

/** Lets each timed fault of the world's profile happen again and again, until the world is calm. */
export function scheduleFaults(world: World): void {
  for (const [kind, meanMs] of world.profile.faultEveryMs) {
    const happen = () => {
      if (world.isCalm) return;
      if (inject(world, kind)) {
        world.count(kind);
        world.note(() => `fault: ${kind}`);
      }
      world.after(world.chance.around(meanMs), happen);
    };
    world.after(world.chance.around(meanMs), happen);
  }
}

/** Lets a fault happen; false where there is nothing for it to happen to. */
function inject(world: World, kind: FaultKind): boolean {
  const { chance } = world;
  const client = chance.pick(world.clients);
  const member = chance.pick(world.members);
  if (client === undefined || member === undefined) return false;
  const link = client.isUp ? client.link : undefined;
  switch (kind) {
    case "connection cut":
      link?.cut();
      return link !== undefined;
    case "connection silent":
      link?.silence();
      return link !== undefined;
    case "garbage frame":
      link?.garble();
      return link !== undefined;
    case "partition":
      return world.partition(client, member, chance.oneOf(200, 2_000, 45_000));
    case "member crash":
      if (!member.isUp) return false;
      member.crash();
      world.after(chance.around(chance.oneOf(100, 3_000)), () => world.revive(member));
      return true;
    case "member pause":
      member.pausedUntilMs = world.nowMs + chance.around(chance.oneOf(50, 3_000));
      return true;
    case "client pause":
      client.pausedUntilMs = world.nowMs + chance.around(chance.oneOf(50, 3_000));
      return true;
    case "client crash":
      if (!client.isUp) return false;
      client.crash();
      world.after(chance.around(chance.oneOf(100, 3_000)), () => world.revive(client));
      return true;
    case "client closed":
      if (!client.isUp) return false;
      if (chance.happens(0.5)) client.close();
      else client.pauseConnection();
      return true;
    case "call aborted":
      if (!client.isUp || client.open.size === 0) return false;
      client.abortOne();
      return true;
    case "leader change":
      return world.consensus.elect({ isFormerToldLate: false });
    case "leader deposed unawares":
      if (world.consensus.leader === undefined || !world.consensus.elect({ isFormerToldLate: true })) return false;
      if (chance.happens(0.7)) leadBack(world, client);
      return true;
    case "wall clock set":
      member.setWallClock(chance.between(-60_000, 60_000));
      return true;
    case "snapshot installed": {
      const snapshot = chance.pick(world.members)?.stored;
      return snapshot !== undefined && member.isUp && member.install(snapshot);
    }
    case "intruder":
      return new Intruder(world, client).come(client, `tcp://${(world.consensus.leader ?? member).memberId}`);
    default: // The consensus lets them happen.
      return false;
  }
}

/** A client meets the new leader, perhaps with a new session, and is then left with the former one, which does not know it yet. */
function leadBack(world: World, client: ClientProcess): void {
  const { chance, consensus } = world;
  if (client.isUp && chance.happens(0.5)) {
    client.crash();
    world.after(chance.around(50), () => world.revive(client));
  }
  world.after(chance.around(1_000), () => {
    if (world.isCalm || consensus.leader === undefined) return;
    world.partition(client, consensus.leader, 5_000);
    if (client.isUp && client.link?.member === consensus.leader) client.link.cut();
  });
}
