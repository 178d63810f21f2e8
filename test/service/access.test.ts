import { createConnection } from "node:net";
import { type Client, type ConnectOptions, isSessionError } from "hawser/client";
import { generateKeyPair, type KeyPair } from "hawser/keys";
import { decodeServerMessage, encodeClientMessage, type ServerMessage } from "hawser/protocol";
import {
  type AuthorizationRequest,
  type Authorize,
  InvalidArgumentError,
  type Limits,
  limits,
  type Server,
  type ServerOptions,
  type ServerReport,
} from "hawser/server";
import { createMemoryTransport } from "hawser/transport/memory";
import { createZmtpTransport, zmtp } from "hawser/transport/zmtp";
import { afterEach, describe, expect, test } from "vitest";
import { zmtpFrame, zmtpGreeting, zmtpReady } from "../dissector/zmtp-bytes.ts";
import { ClientEnd } from "../transport/ends.ts";
import { open, serve, submit } from "./scenarios/stage.ts";
import { until } from "./until.ts";

/** Who may do what, and how much, through complete servers and clients over real sockets. */
const usual: Limits = { ...limits };
const ends: { readonly connection: { close(): Promise<void> } }[] = [];
afterEach(async () => {
  Object.assign(limits, usual);
  for (const end of ends.splice(0)) await end.connection.close();
});

const serverKeys = generateKeyPair();
const alice = generateKeyPair();
const bob = generateKeyPair();

async function start(
  options: Partial<ServerOptions>,
): Promise<{ readonly server: Server; readonly reports: ServerReport[] }> {
  const reports: ServerReport[] = [];
  const server = await serve({ ...options, onReport: (report) => reports.push(report) });
  return { server, reports };
}

/** A server that takes every key, and leaves the rest to the hook. */
function startWithKeys(authorize?: Authorize): ReturnType<typeof start> {
  return start({ curve: { keys: serverKeys, clientKeys: "any" }, ...(authorize === undefined ? {} : { authorize }) });
}

function openAs(keys: KeyPair, server: Server, options: Partial<ConnectOptions> = {}): Promise<Client> {
  return open(server.address, { curve: { keys, serverKey: serverKeys.publicKey }, ...options });
}

describe("the authorize hook", () => {
  test("sees the key that was proven, the address and the capabilities; and its no reaches the client", async () => {
    const asked: AuthorizationRequest[] = [];
    const { server, reports } = await startWithKeys(async (request) => {
      asked.push(request);
      return request.publicKey === alice.publicKey || { allow: false, reason: "bob is on holiday" };
    });
    const client = await openAs(alice, server, { capabilities: { resize: 2 } });
    expect(await submit(client, "add x")).toBe("1");
    const { publicKey } = alice;
    expect(asked).toEqual([
      {
        action: "create",
        publicKey,
        address: "127.0.0.1",
        capabilities: expect.objectContaining({ resize: "2" }),
        sessionId: undefined,
      },
    ]);
    const error: unknown = await openAs(bob, server).catch((reason: unknown) => reason);
    expect(isSessionError(error)).toBe(true);
    expect(error).toMatchObject({
      code: "ERR_UNAUTHORIZED",
      outcome: "not-applied",
      message: "the cluster does not let this client have a session: bob is on holiday",
    });
    expect(reports).toContainEqual({
      type: "unauthorized",
      action: "create",
      client: { address: "127.0.0.1", publicKey: bob.publicKey },
      sessionId: undefined,
      detail: "bob is on holiday",
    });
    expect(server.sessions()).toMatchObject([{ owner: publicKey, address: "127.0.0.1", connected: true }]);
  });

  const failures: readonly (readonly [string, Authorize])[] = [
    [
      "throws",
      () => {
        throw new Error("the directory is down");
      },
    ],
    ["rejects", () => Promise.reject(new Error("the directory is down"))],
    ["answers nonsense", () => Promise.resolve("yes") as unknown as Promise<boolean>],
    ["does not answer", () => new Promise<boolean>(() => {})],
  ];
  test.each(failures)(
    "that %s lets nobody in, and a client that is patient is let in when it works again",
    async (_, broken) => {
      Object.assign(limits, { authorizationTimeoutMs: 100, retryAfterMs: 50 });
      let authorize = broken;
      const { server, reports } = await startWithKeys((request) => authorize(request));
      await expect(openAs(alice, server, { connectTimeoutMs: 500 })).rejects.toMatchObject({
        code: "ERR_CONNECT_TIMEOUT",
      });
      expect(reports.filter(({ type }) => type === "authorizationFailed").length).toBeGreaterThan(0);
      expect(server.sessionCount).toBe(0);
      const later = openAs(alice, server);
      authorize = () => true;
      expect(await submit(await later, "add x")).toBe("1");
    },
  );

  test("is asked about each client that comes back, and may say no then", async () => {
    let isRevoked = false;
    const { server } = await startWithKeys(() => !isRevoked);
    const client = await openAs(alice, server);
    await submit(client, "add x");
    isRevoked = true;
    await client.disconnect();
    await expect(client.connect()).rejects.toMatchObject({ code: "ERR_UNAUTHORIZED", outcome: "unknown" });
  });
});

describe("a session belongs to the key that created it", () => {
  test("who has its token, and another key, does not get it", async () => {
    const { server, reports } = await startWithKeys();
    let token: Uint8Array | undefined;
    const saveSession = (session: Uint8Array) => {
      token = session;
    };
    const owner = await openAs(alice, server, { saveSession });
    await submit(owner, "add x");
    const theft = openAs(bob, server, { session: token, saveSession: () => {} });
    await expect(theft).rejects.toMatchObject({
      code: "ERR_UNAUTHORIZED",
      message: `the cluster does not let this client have session ${owner.sessionId}: the session belongs to another key`,
    });
    expect(reports).toContainEqual({
      type: "notOwner",
      sessionId: owner.sessionId,
      client: { address: "127.0.0.1", publicKey: bob.publicKey },
    });
    expect(await submit(owner, "add y")).toBe("2");
    const successor = await openAs(alice, server, { session: token, saveSession: () => {} });
    expect(successor.sessionId).toBe(owner.sessionId);
  });
});

describe("a server without keys", () => {
  test.each(["tcp://0.0.0.0:0", "tcp://*:0"])("does not listen at %s", async (address) => {
    const refused = start({ address });
    await expect(refused).rejects.toThrow(InvalidArgumentError);
    await expect(refused).rejects.toThrow(
      /^address tcp:\/\/0\.0\.0\.0:\d+ can be reached from other machines, .* give the server keys \(curve\), or say insecure: true$/,
    );
  });

  test("does so when it is told to, and says so", async () => {
    const { server, reports } = await start({ address: "tcp://0.0.0.0:0", insecure: true });
    expect(reports).toContainEqual({ type: "insecure", address: server.address });
  });

  test.each(["tcp://127.0.0.1:0", "tcp://127.1.2.3:0", "tcp://localhost:0"])("listens at %s", async (address) => {
    const { reports } = await start({ address, insecure: true });
    expect(reports.filter(({ type }) => type === "insecure")).toEqual([]);
  });

  test("has no such bounds with keys, or in one process", async () => {
    const curve = { keys: serverKeys, clientKeys: [alice.publicKey] };
    expect((await start({ address: "tcp://0.0.0.0:0", curve })).reports).not.toContainEqual({ type: "insecure" });
    await start({ address: "tcp://0.0.0.0:0", transport: createZmtpTransport({ curve }) });
    await start({ address: "memory://a", transport: createMemoryTransport() });
  });
});

describe("admission", () => {
  test("a client over its rate waits and gets everything; others do not wait", async () => {
    const authorize: Authorize = ({ publicKey }) => {
      return publicKey === bob.publicKey || { allow: true, limits: { requestsPerSecond: 100, burstSeconds: 0.1 } };
    };
    const { server, reports } = await startWithKeys(authorize);
    const [slow, quick] = await Promise.all([openAs(alice, server), openAs(bob, server)]);
    // One by one: what is called in one go goes out in one frame.
    const answers: Promise<string>[] = [];
    for (let count = 0; count < 40; count++) {
      answers.push(submit(slow, "add x"));
      await submit(quick, "add y");
    }
    expect(new Set(await Promise.all(answers)).size).toBe(40);
    const limited = reports.filter((report) => report.type === "rateLimited");
    expect(limited.length).toBeGreaterThan(0);
    for (const report of limited) {
      expect(report).toMatchObject({
        rate: "requestsPerSecond",
        scope: "client",
        client: { publicKey: alice.publicKey },
      });
    }
  });

  test("an address that connects too often loses what is too much", async () => {
    const perClient = { connectionsPerSecond: 0.001, burstSeconds: 4_500 };
    const { server, reports } = await start({ admission: { perClient } });
    const guests = Array.from({ length: 10 }, () => new ClientEnd(zmtp, server.address));
    ends.push(...guests);
    await until(() => reports.filter(({ type }) => type === "rateLimited").length === 5);
    await until(() => guests.filter(({ lost }) => lost.count === 1).length === 5);
    expect(reports).toContainEqual({
      type: "rateLimited",
      rate: "connectionsPerSecond",
      scope: "client",
      client: expect.objectContaining({ address: "127.0.0.1" }),
      requests: 0,
    });
  });

  test("who is over the limit gets no session by asking for it in the same breath", async () => {
    const perClient = { connectionsPerSecond: 0.001, burstSeconds: 500 };
    const { server, reports } = await start({ admission: { perClient } });
    const handshake = encodeClientMessage({ type: "CreateSession", capabilities: { a: "1" }, nonce: 5n }, 1);
    for (let count = 0; count < 5; count++) {
      const socket = createConnection(Number(/\d+$/.exec(server.address)?.[0]), "127.0.0.1");
      socket.resume().on("error", () => {});
      socket.write(Buffer.concat([zmtpGreeting(), zmtpReady("CLIENT"), zmtpFrame(handshake)]));
      ends.push({ connection: { close: async () => void socket.destroy() } });
    }
    await until(() => reports.filter(({ type }) => type === "rateLimited").length === 4);
    await until(() => server.sessionCount === 1);
    expect(reports.filter(({ type }) => type === "sessionCreated")).toHaveLength(1);
  });

  test.each([1, 2] as const)(
    "clients of version %d that ask for sessions too often get them all in the end",
    async (version) => {
      const { server, reports } = await start({ admission: { total: { sessionsPerSecond: 20, burstSeconds: 0.1 } } });
      const clients = await Promise.all(
        Array.from({ length: 10 }, () => open(server.address, { protocolVersionMax: version })),
      );
      expect(new Set(clients.map(({ sessionId }) => sessionId)).size).toBe(10);
      expect(reports).toContainEqual(expect.objectContaining({ rate: "sessionsPerSecond", scope: "total" }));
    },
  );

  test.each([
    [{ admission: { perClient: { requestsPerSecond: 0 } } }, "admission.perClient: requestsPerSecond is 0"],
    [{ admission: { all: {} } }, 'admission: there is no option "all"'],
    [{ authorize: true }, "authorize is true, it must be a function"],
    [{ insecure: 1 }, "insecure is 1, it must be true or false"],
  ])("%j is refused", async (options, problem) => {
    await expect(start(options as Partial<ServerOptions>)).rejects.toThrow(problem);
  });
});

test("a server says what its clock reads when it answers a handshake", async () => {
  const { server } = await start({});
  const end = new ClientEnd(zmtp, server.address);
  ends.push(end);
  const answer = async (): Promise<ServerMessage> => decodeServerMessage(await end.received.next()).message;
  const before = Date.now();
  end.connection.send(encodeClientMessage({ type: "CreateSession", capabilities: { a: "1" }, nonce: 5n }, 2));
  const created = await answer();
  const sessionId = created.type === "SessionCreated" ? created.sessionId : "";
  end.connection.send(encodeClientMessage({ type: "ContinueSession", sessionId, nonce: 6n }, 2));
  for (const message of [created, await answer()]) {
    const serverTime = "serverTime" in message ? message.serverTime : undefined;
    expect(serverTime).toBeGreaterThanOrEqual(before);
    expect(serverTime).toBeLessThanOrEqual(Date.now());
  }
});
