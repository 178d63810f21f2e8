import type { Client, ConnectOptions } from "hawser/client";
import { decodeServerMessage, encodeClientMessage, type ServerMessage } from "hawser/protocol";
import { type Limits, limits, type Server, type ServerReport } from "hawser/server";
import { zmtp } from "hawser/transport/zmtp";
import { afterEach, describe, expect, test } from "vitest";
import { ClientEnd } from "../transport/ends.ts";
import { open, serve, submit } from "./scenarios/stage.ts";
import { until } from "./until.ts";

/**
 * Every limit of a server, met over real sockets. In version 2 each is answered with a word of its own. Version 1 has words
 * for sessions and for nothing else: what is over a limit is not taken, and taken when it comes again.
 */
const versions = [1, 2] as const;
const usual: Limits = { ...limits };
const ends: ClientEnd[] = [];
afterEach(async () => {
  Object.assign(limits, usual);
  for (const end of ends.splice(0)) await end.connection.close();
});

async function start(lowered: Partial<Limits>): Promise<{ readonly server: Server; readonly reports: ServerReport[] }> {
  const reports: ServerReport[] = [];
  const server = await serve({ onReport: (report) => reports.push(report) });
  Object.assign(limits, lowered);
  return { server, reports };
}

/** A client whose requests come again soon. */
function openClient(server: Server, protocolVersionMax: 1 | 2, options: Partial<ConnectOptions> = {}): Promise<Client> {
  return open(server.address, { protocolVersionMax, resendAfterMs: 100, ...options });
}

describe.each(versions)("in version %d", (version) => {
  test("sessions", async () => {
    const { server, reports } = await start({ sessionsMax: 1 });
    const first = await openClient(server, version);
    const second = openClient(server, version, { connectTimeoutMs: 2_000 });
    if (version === 1) {
      await expect(second).rejects.toMatchObject({ code: "ERR_SESSION_REJECTED", outcome: "not-applied" });
    } else {
      await until(() => reports.some(({ type }) => type === "sessionRefused"));
      await first.close();
      expect(await submit(await second, "add x")).toBe("1");
    }
    expect(reports).toContainEqual({ type: "sessionRefused", reason: "there are 1 sessions, the limit is 1" });
  });

  test("commands of a session on their way", async () => {
    const { server, reports } = await start({ sessionProposalsMax: 2 });
    const client = await openClient(server, version);
    const results = await Promise.all(Array.from({ length: 10 }, () => submit(client, "add x")));
    expect(results.map(Number).toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(reports).toContainEqual({ type: "overloaded", limit: "sessionProposalsMax" });
  });

  test("bytes that wait for the log", async () => {
    const { server, reports } = await start({});
    const client = await openClient(server, version);
    // A session counts for more; commands that share a record count for less.
    Object.assign(limits, { proposalQueueBytesMax: 200, runCommandsMax: 2 });
    const results = await Promise.all(Array.from({ length: 10 }, () => submit(client, "add x")));
    expect(new Set(results).size).toBe(10);
    expect(reports).toContainEqual({ type: "overloaded", limit: "proposalQueueBytesMax" });
    Object.assign(limits, usual); // So that the session can be closed.
  });

  test("queries that wait for a read barrier", async () => {
    const { server, reports } = await start({ queriesPendingMax: 2 });
    const client = await openClient(server, version);
    const answers = await Promise.all(Array.from({ length: 10 }, () => client.query(Buffer.from("count"))));
    expect(answers.map((answer) => Buffer.from(answer).toString())).toEqual(Array(10).fill("0"));
    expect(reports).toContainEqual({ type: "overloaded", limit: "queriesPendingMax" });
  });

  test("server requests without an acknowledgement: the state machine is told, and nothing is lost", async () => {
    const { server } = await start({ serverRequestsPendingMax: 2 });
    const [boss, worker] = await Promise.all([
      openClient(server, version),
      openClient(server, version, { capabilities: { resize: 1 }, acknowledge: "explicit" }),
    ]);
    for (let count = 1; count <= 5; count++) await submit(boss, `work resize ${count}`);
    const of = ({ sessionId }: Client) => server.sessions().find((session) => session.sessionId === sessionId);
    expect(of(worker)).toMatchObject({ serverRequestsPending: 2, workHeld: 2 });
    const seen: string[] = [];
    for await (const request of worker.serverRequests) {
      seen.push(Buffer.from(request.payload).toString());
      request.ack();
      if (seen.length === 5) break;
    }
    expect(seen).toEqual(["1 1", "2 2", "3 3", "4 4", "5 5"]);
  });

  test("payloads", async () => {
    const { server, reports } = await start({ payloadBytesMax: 100 });
    const end = new ClientEnd(zmtp, server.address);
    ends.push(end);
    const answer = async (): Promise<ServerMessage> => decodeServerMessage(await end.received.next()).message;
    end.connection.send(encodeClientMessage({ type: "CreateSession", capabilities: { a: "1" }, nonce: 5n }, version));
    expect(await answer()).toMatchObject({ type: "SessionCreated" });
    const payload = Buffer.from(`add ${"x".repeat(100)}`);
    const request = { type: "ClientRequest", requestId: 1, lowestPendingRequestId: 1, payload, createdAt: 5 } as const;
    end.connection.send(encodeClientMessage(request, version));
    const problem = "a payload of 104 bytes, the limit is 100";
    expect(await answer()).toMatchObject(
      version === 1
        ? { type: "SessionClosed", reason: "SessionError" }
        : { type: "RequestError", requestId: 1, reason: { type: "InvalidRequest", detail: problem } },
    );
    expect(reports).toContainEqual({ type: "protocolViolation", problem });
  });
});
