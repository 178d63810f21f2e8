import { isSessionError } from "hawser/client";
import { expect, test } from "vitest";
import { freePort } from "../child-server.ts";
import { followerEngine } from "./follower-engine.ts";
import { open, StatusLog, serve, submit } from "./stage.ts";

test("a command to the leader is answered with its commit index", async () => {
  const leader = await serve();
  const client = await open(leader.address);
  expect(client.commitIndex).toBe(0);
  expect(await submit(client, "add one")).toBe("1");
  const first = client.commitIndex;
  expect(first).toBeGreaterThan(0);
  expect(await submit(client, "add two")).toBe("2");
  expect(client.commitIndex).toBeGreaterThan(first);
});

test("a client that knows only a follower is redirected and succeeds", async () => {
  const leader = await serve({ memberId: "leader" });
  const address = `tcp://127.0.0.1:${await freePort()}`;
  const follower = await serve({
    memberId: "follower",
    address,
    engine: followerEngine("leader"),
    members: { leader: leader.address, follower: address },
  });
  const client = await open(follower.address);
  expect(await submit(client, "add one")).toBe("1");
  expect(client.commitIndex).toBeGreaterThan(0);
  expect(await new StatusLog(client).next("connected")).toMatchObject({ memberId: "leader" });
  expect([leader.sessionCount, follower.sessionCount]).toEqual([1, 0]);
});

test("a follower that knows no address of the leader leaves the client looking for it", async () => {
  const follower = await serve({ memberId: "follower", engine: followerEngine("leader") });
  const failed = await open(follower.address, { connectTimeoutMs: 500 }).catch((error: unknown) => error);
  expect(isSessionError(failed) && failed.code).toBe("ERR_CONNECT_TIMEOUT");
  expect(String(failed)).toContain("leader leads, but its address is not among the members");
});
