import { decodeServerMessage, encodeClientMessage } from "hawser/protocol";
import type { Server } from "hawser/server";
import { zmtp } from "hawser/transport/zmtp";
import { afterEach, expect, test } from "vitest";
import { ClientEnd } from "../../transport/ends.ts";
import { SharedLog } from "./shared-log.ts";
import { open, StatusLog, serve, submit } from "./stage.ts";

const ends: ClientEnd[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end.connection.close();
});

/** What a member answers to who wants to continue a session. */
async function answerToContinue(server: Server, sessionId: string): Promise<object> {
  const end = new ClientEnd(zmtp, server.address);
  ends.push(end);
  end.connection.send(encodeClientMessage({ type: "ContinueSession", sessionId, nonce: 5n }, 1));
  return decodeServerMessage(await end.received.next()).message;
}

test("a silent client's session expires on every member, and continuing it is refused", async () => {
  const log = new SharedLog("a");
  const start = (memberId: string) => serve({ memberId, engine: log.member(memberId), sessionTimeoutMs: 500 });
  const servers = [await start("a"), await start("b"), await start("c")];
  const [a, b, c] = servers;
  if (a === undefined || b === undefined || c === undefined) throw new Error("there are three members");
  const silent = await open(a.address, { keepAliveIntervalMs: 60_000 });
  const { sessionId } = silent;
  await submit(silent, "add one");
  const lively = await open(a.address, { keepAliveIntervalMs: 50 });
  expect(servers.map(({ sessionCount }) => sessionCount)).toEqual([2, 2, 2]);

  const { error } = await new StatusLog(silent).next("sessionExpired");
  expect(error).toMatchObject({ code: "ERR_SESSION_EXPIRED" });
  expect(servers.map((server) => server.sessions().map((session) => session.sessionId))).toEqual(
    servers.map(() => [lively.sessionId]),
  );
  await expect(submit(silent, "add late")).rejects.toMatchObject({ code: "ERR_CLOSED", outcome: "not-applied" });

  const expired = { type: "SessionRejected", reason: "SessionExpired" };
  expect(await answerToContinue(a, sessionId)).toMatchObject(expired);
  expect(await answerToContinue(b, sessionId)).toMatchObject({
    type: "SessionRejected",
    reason: "NotLeader",
    leaderId: "a",
  });
  await log.lead("c");
  expect(await answerToContinue(c, sessionId)).toMatchObject(expired);
});
