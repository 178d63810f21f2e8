import { once } from "node:events";
import { connect as tcpConnect } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { type CurveOptions, generateKeyPair } from "../../runtime/security/index.ts";
import type { Transport } from "../../runtime/transport/transport.ts";
import { createZmtpTransport, type ZmtpOptions, zmtp } from "../../runtime/transport/zmtp/index.ts";
import { nullMechanism } from "../../runtime/transport/zmtp/null-mechanism.ts";
import { collectGarbage } from "../collect-garbage.ts";
import { until } from "../service/until.ts";
import { curveClient, curveServer } from "./curve-ends.ts";
import type { ServerEnd } from "./ends.ts";
import { portIn, Stage } from "./interop.ts";
import { Tap } from "./tap.ts";
import { greeting } from "./zmtp.ts";

/** CURVE over real sockets. */
const stage = new Stage();
afterEach(() => stage.clear());

const serverKeys = generateKeyPair();
const alice = generateKeyPair();
const mallory = generateKeyPair();
const invalid = (message: string) =>
  expect.objectContaining({ code: "ERR_INVALID_ARGUMENT", message: expect.stringContaining(message) });

function client(curve: Partial<CurveOptions> = {}, options: ZmtpOptions = {}): Transport {
  return createZmtpTransport({ ...options, curve: { keys: alice, serverKey: serverKeys.publicKey, ...curve } });
}

function serve(curve: Partial<CurveOptions> = {}, options: ZmtpOptions = {}): Promise<ServerEnd> {
  const transport = createZmtpTransport({
    ...options,
    curve: { keys: serverKeys, clientKeys: [alice.publicKey], ...curve },
  });
  return stage.listen(transport, { echoes: true });
}

/** A listener in between. */
async function tapBefore(server: ServerEnd): Promise<Tap> {
  const tap = await Tap.before(portIn(server.listener.address));
  stage.defer(async () => tap.close());
  return tap;
}

describe("with the right keys", () => {
  test("both ends know each other, and nobody else can read or find out who they are", async () => {
    const server = await serve();
    const tap = await tapBefore(server);
    const end = stage.connect(client(), tap.address);
    for (let index = 0; index < 200; index++) end.connection.send(Buffer.from(`secret ${index}`));
    for (let index = 0; index < 200; index++) {
      expect(Buffer.from(await end.received.next()).toString()).toBe(`secret ${index}`);
    }
    expect(await end.echo("secret later")).toBe("secret later");
    expect((await server.connected.next()).client).toEqual({ address: "127.0.0.1", publicKey: alice.publicKey });
    expect(tap.text).toContain("INITIATE");
    expect(tap.text).not.toMatch(/secret|Socket-Type/);
    expect(tap.text).not.toContain(alice.publicKey);
  });

  test("a message of the greatest length fits, and not one byte more", async () => {
    const frameBytesMax = 100_000;
    const server = await serve({}, { frameBytesMax });
    const end = stage.connect(client({}, { frameBytesMax: 2 * frameBytesMax }), server.listener.address);
    const frame = Uint8Array.from({ length: frameBytesMax }, (_, index) => (index * 31) & 0xff);
    end.connection.send(frame);
    expect(Buffer.compare(await end.received.next(), frame)).toBe(0);
    end.connection.send(new Uint8Array(frameBytesMax + 1));
    await Promise.all([end.lost.next(), server.lost.next()]);
    expect(server.received.count).toBe(0);
  });

  test("signs of life travel encrypted, between messages", async () => {
    const options = { heartbeatIntervalMs: 150 };
    const server = await serve({}, options);
    const tap = await tapBefore(server);
    const end = stage.connect(client({}, options), tap.address);
    for (let round = 0; round < 3; round++) {
      expect(await end.echo(`round ${round}`)).toBe(`round ${round}`);
      const before = tap.heard.length;
      // Nobody says anything but PING and PONG meanwhile.
      await until(() => tap.heard.length >= before + 2 || end.lost.count > 0);
    }
    expect(end.lost.count).toBe(0);
    expect(tap.text).not.toMatch(/PING|PONG/);
  });

  test("a client comes back to a server that was started again", async () => {
    const first = await serve();
    const { address } = first.listener;
    const end = stage.connect(client(), address);
    expect(await end.echo("one")).toBe("one");
    await first.listener.close();
    await end.lost.next();
    const transport = createZmtpTransport({ curve: { keys: serverKeys, clientKeys: [alice.publicKey] } });
    await stage.listen(transport, { echoes: true, address });
    expect(await stage.connect(client(), address).echo("two")).toBe("two");
  });

  test("keys can be added and taken away while the server runs", async () => {
    const clientKeys = new Set<string>();
    const server = await serve({ clientKeys });
    const refused = stage.connect(client(), server.listener.address);
    expect(await refused.lost.next()).toContain("not on the list");
    clientKeys.add(alice.publicKey);
    expect(await stage.connect(client(), server.listener.address).echo("hello")).toBe("hello");
    clientKeys.delete(alice.publicKey);
    const again = stage.connect(client(), server.listener.address);
    expect(await again.lost.next()).toContain("not on the list");
  });

  test("any key is enough where any is let in", async () => {
    const server = await serve({ clientKeys: "any" });
    expect(await stage.connect(client({ keys: mallory }), server.listener.address).echo("hello")).toBe("hello");
    expect((await server.connected.next()).client.publicKey).toBe(mallory.publicKey);
  });
});

describe("with wrong keys", () => {
  test("a client that is not on the list is told so, and is never a client", async () => {
    const server = await serve();
    const end = stage.connect(client({ keys: mallory }), server.listener.address);
    end.connection.send(Buffer.from("secret"));
    const reason = "the key of the client is not on the list of this server";
    expect(await end.lost.next()).toBe(`the peer refused: ${reason}`);
    expect(await server.refused.next()).toEqual({
      client: { address: "127.0.0.1", publicKey: mallory.publicKey },
      reason,
    });
    expect([server.connected.count, server.received.count, server.lost.count]).toEqual([0, 0, 0]);
  });

  test("a client that expects another server says nothing to this one", async () => {
    const server = await serve();
    const tap = await tapBefore(server);
    const end = stage.connect(client({ serverKey: mallory.publicKey }), tap.address);
    end.connection.send(Buffer.from("secret"));
    expect(await end.lost.next()).toBe("the peer refused: this server has another key than the client expects");
    expect((await server.refused.next()).client.publicKey).toBeUndefined();
    expect(tap.text).not.toContain("INITIATE");
  });

  test("a server that pretends to have the expected key learns nothing", async () => {
    const pretender = await serve({ keys: mallory });
    const tap = await tapBefore(pretender);
    const end = stage.connect(client(), tap.address);
    await end.lost.next();
    expect(tap.text).not.toContain("INITIATE");
    expect(pretender.connected.count).toBe(0);
  });
});

test("a peer of another kind is refused before it is let in, and told why", async () => {
  const server = await serve();
  const { Dealer } = await import("zeromq");
  const dealer = new Dealer({
    linger: 0,
    curveServerKey: serverKeys.publicKey,
    curvePublicKey: alice.publicKey,
    curveSecretKey: alice.secretKey,
  });
  stage.defer(async () => dealer.close());
  dealer.connect(server.listener.address);
  expect(await server.refused.next()).toEqual({
    client: { address: "127.0.0.1", publicKey: alice.publicKey },
    reason: "a SERVER talks to a CLIENT, not to DEALER",
  });
  expect(server.connected.count).toBe(0);
});

describe("with CURVE on one side only", () => {
  test("a client without it is refused, and both are told", async () => {
    const server = await serve();
    const end = stage.connect(zmtp, server.listener.address);
    expect(await end.lost.next()).toBe('the peer wants the security mechanism "CURVE", this side has NULL');
    const { client: who, reason } = await server.refused.next();
    expect(who).toEqual({ address: "127.0.0.1", publicKey: undefined });
    expect(reason).toBe('the peer wants the security mechanism "NULL", this side has CURVE');
  });

  test("a server without it is not talked to, and both are told", async () => {
    const server = await stage.listen(zmtp);
    const end = stage.connect(client(), server.listener.address);
    expect(await end.lost.next()).toBe('the peer wants the security mechanism "NULL", this side has CURVE');
    expect((await server.refused.next()).reason).toContain('wants the security mechanism "CURVE", this side has NULL');
  });
});

describe("somebody in between", () => {
  test.each([
    ["a plain message", Buffer.from("\0\x05plain")],
    ["a plain command", Buffer.from("\x04\x07\x04PING\0\0")],
    ["an ERROR", Buffer.from("\x04\x09\x05ERROR\x02no")],
    ["a MESSAGE of nobody", Buffer.concat([Buffer.from("\0\x29\x07MESSAGE\0\0\0\0\0\0\0\x04"), Buffer.alloc(25)])],
  ])("cannot add %s", async (_name, bytes) => {
    const server = await serve();
    const tap = await tapBefore(server);
    const end = stage.connect(client(), tap.address);
    await end.echo("hello");
    tap.forge(bytes);
    await Promise.all([end.lost.next(), server.lost.next()]);
    expect(server.received.count).toBe(0);
  });

  test("cannot repeat a message", async () => {
    const server = await serve();
    const tap = await tapBefore(server);
    const end = stage.connect(client(), tap.address);
    await end.echo("hello");
    const before = tap.heard.length;
    await end.echo("pay 5");
    tap.forge(tap.heard[before] ?? Buffer.alloc(0));
    await Promise.all([end.lost.next(), server.lost.next()]);
    expect(end.received.count).toBe(2);
  });

  test("cannot begin anew with what it has recorded", async () => {
    const server = await serve();
    const tap = await tapBefore(server);
    const end = stage.connect(client(), tap.address);
    await end.echo("pay 5");
    const recorded = Buffer.concat(tap.sent);
    const replay = tcpConnect(portIn(server.listener.address), "127.0.0.1");
    replay.resume();
    replay.write(recorded);
    await once(replay, "close");
    expect((await server.refused.next()).reason).toBe("the cookie is not that of this connection, or is too old");
    expect(server.connected.count).toBe(1);
  });
});

describe("a listener", () => {
  test("says whom it lets in, or does not listen", async () => {
    const transport = createZmtpTransport({ curve: { keys: serverKeys } });
    const nothing = { connected() {}, received() {}, lost() {}, failed() {} };
    await expect(transport.listen("tcp://127.0.0.1:0", nothing)).rejects.toThrow(
      invalid("curve.clientKeys is missing"),
    );
  });

  test("keeps little of a client between HELLO and INITIATE", () => {
    const hello = curveClient().start()[0] ?? new Uint8Array(0);
    const server = curveServer();
    server.receive(hello);
    const used = () => {
      collectGarbage();
      const { heapUsed, external } = process.memoryUsage();
      return heapUsed + external;
    };
    const count = 5_000;
    const kept: object[] = [];
    const before = used();
    for (let index = 0; index < count; index++) {
      const guest = curveServer();
      guest.receive(hello);
      kept.push(guest);
    }
    expect((used() - before) / count).toBeLessThan(2_048);
    expect(kept).toHaveLength(count);
  });

  test("serves others while it is flooded with HELLOs", async () => {
    const server = await serve();
    const [hello = new Uint8Array(0)] = curveClient().start();
    const curveGreeting = Buffer.from(greeting);
    curveGreeting.write("CURVE", 12);
    const header = Buffer.from([4, hello.byteLength]);
    const flooders = Array.from({ length: 300 }, () => {
      const socket = tcpConnect(portIn(server.listener.address), "127.0.0.1");
      socket.on("error", () => {}).resume();
      socket.write(Buffer.concat([curveGreeting, header, hello, header, hello]));
      return once(socket, "close");
    });
    expect(await stage.connect(client(), server.listener.address).echo("hello")).toBe("hello");
    // Of two HELLOs the second one ends the connection.
    await Promise.all(flooders);
    expect(server.connected.count).toBe(1);
  });
});

describe("options", () => {
  test("are checked when the transport is made", () => {
    expect(() => createZmtpTransport({ curve: { keys: { ...alice, secretKey: "short" } } })).toThrow(
      invalid("has 5 characters"),
    );
    const both = () => createZmtpTransport({ curve: { keys: alice }, mechanism: nullMechanism });
    expect(both).toThrow(invalid("curve and mechanism are both given"));
  });

  test("without a key for a server's address refuse that address", () => {
    const known = "tcp://127.0.0.1:7000";
    const transport = client({ serverKey: { [known]: serverKeys.publicKey } });
    const nothing = { received() {}, lost() {} };
    expect(() => transport.checkAddress(known)).not.toThrow();
    for (const act of [transport.checkAddress, (address: string) => transport.connect(address, nothing)]) {
      expect(() => act("tcp://127.0.0.1:7001")).toThrow(invalid("has no key for the server at tcp://127.0.0.1:7001"));
    }
    const without = createZmtpTransport({ curve: { keys: alice } });
    expect(() => without.connect(known, nothing)).toThrow(invalid("curve.serverKey is missing"));
  });

  test("say whether clients have to prove anything", () => {
    expect([zmtp.authenticatesClients, client().authenticatesClients]).toEqual([false, true]);
  });
});
