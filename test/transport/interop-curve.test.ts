import { createRequire } from "node:module";
import { afterEach, describe, expect, test } from "vitest";
import type { CurveOptions } from "../../runtime/security/curve-options.ts";
import { generateKeyPair, publicKeyOf } from "../../runtime/security/key-pair.ts";
import type { ZeromqSocket, ZeromqSocketOptions } from "../../runtime/transport/zeromq/package.ts";
import type { ClientEnd, ServerEnd } from "./ends.ts";
import { createTransport, pairs, Stage } from "./interop.ts";
import { Relay } from "./interop-relay.ts";
import { describeWithLibzmq } from "./real-libzmq.ts";

/** CURVE between two implementations of it: right keys open, wrong and missing ones do not, whoever is at which end. */
const stage = new Stage();
afterEach(() => stage.clear());

const serverKeys = generateKeyPair();
const listed = generateKeyPair();
const unlisted = generateKeyPair();

describeWithLibzmq("CURVE", () => {
  describe.each(pairs)("between a %s client and a %s server", (clientName, serverName) => {
    test("right keys", async () => {
      const server = await serve([listed.publicKey]);
      const client = call({ keys: listed, serverKey: serverKeys.publicKey }, server);
      expect(await client.echo("hello")).toBe("hello");
      const { client: identity } = await server.connected.next();
      expect(identity.publicKey).toBe(serverName === "zmtp" ? listed.publicKey : undefined);
      expect([client.lost.count, server.lost.count]).toEqual([0, 0]);
    });

    test("any key, where any is let in", async () => {
      const server = await serve("any");
      const client = call({ keys: unlisted, serverKey: serverKeys.publicKey }, server);
      expect(await client.echo("hello")).toBe("hello");
    });

    test("one of several servers' keys, chosen by its address", async () => {
      const server = await serve([listed.publicKey]);
      const serverKey = {
        "tcp://127.0.0.1:1": unlisted.publicKey,
        [server.listener.address]: serverKeys.publicKey,
      };
      expect(await call({ keys: listed, serverKey }, server).echo("hello")).toBe("hello");
    });

    const refused: Readonly<Record<string, CurveOptions | undefined>> = {
      "a key that is not on the list": { keys: unlisted, serverKey: serverKeys.publicKey },
      "another server's key": { keys: listed, serverKey: unlisted.publicKey },
      "no keys": undefined,
    };

    test.each(Object.entries(refused))("refused: %s", async (_what, curve) => {
      const server = await serve([listed.publicKey]);
      const bystander = call({ keys: listed, serverKey: serverKeys.publicKey }, server);
      expect(await bystander.echo("before")).toBe("before");
      for (let round = 0; round < 3; round++) {
        const guest = call(curve, server);
        guest.connection.send(Buffer.from("let me in"));
        expect(await guest.lost.next()).toMatch(/^[a-z]/i);
        expect(guest.received.count).toBe(0);
      }
      expect(await bystander.echo("after")).toBe("after");
      expect([server.connected.count, server.lost.count, server.failed.count, bystander.lost.count]).toEqual([
        1, 0, 0, 0,
      ]);
    });

    test("refused: a server without keys", async () => {
      const server = await stage.listen(createTransport(serverName), { echoes: true });
      const guest = call({ keys: listed, serverKey: serverKeys.publicKey }, server);
      guest.connection.send(Buffer.from("a secret"));
      expect(await guest.lost.next()).toMatch(/mechanism|closed the connection/);
      expect(server.connected.count).toBe(0);
      expect(await call(undefined, server).echo("open")).toBe("open");
    });

    test("what passes by cannot be read", async () => {
      const { relay, client } = await relayed();
      const passed: Buffer[] = [];
      relay.passes = (bytes) => {
        passed.push(bytes);
        return bytes;
      };
      const secret = "where the money is";
      expect(await client.echo(secret)).toBe(secret);
      expect(Buffer.concat(passed).byteLength).toBeGreaterThan(2 * secret.length);
      expect(Buffer.concat(passed).includes(secret)).toBe(false);
    });

    test.each(["client", "server"] as const)(
      "what is changed on its way from the %s ends the connection",
      async (side) => {
        const { server, relay, client } = await relayed();
        const heard = client.received.count;
        relay.passes = (bytes, from) => {
          if (from !== side) return bytes;
          const changed = Buffer.from(bytes);
          changed.writeUInt8(changed.readUInt8(bytes.byteLength - 1) ^ 1, bytes.byteLength - 1);
          return changed;
        };
        client.connection.send(Buffer.from("pay 10"));
        await Promise.all([client.lost.next(), server.lost.next()]);
        expect(client.received.count).toBe(heard);
      },
    );

    test.each(["client", "server"] as const)(
      "what is repeated on its way from the %s ends the connection",
      async (side) => {
        const { server, relay, client } = await relayed();
        const heard = client.received.count;
        relay.passes = (bytes, from) => (from === side ? Buffer.concat([bytes, bytes]) : bytes);
        client.connection.send(Buffer.from("pay 10"));
        await Promise.all([client.lost.next(), server.lost.next()]);
        expect(client.received.count).toBeLessThanOrEqual(heard + 1);
      },
    );

    async function relayed(): Promise<{ server: ServerEnd; relay: Relay; client: ClientEnd }> {
      const server = await serve([listed.publicKey]);
      const relay = await Relay.start(server.listener.address);
      stage.defer(() => relay.close());
      const curve = { keys: listed, serverKey: serverKeys.publicKey };
      const client = stage.connect(createTransport(clientName, { curve }), relay.address);
      expect(await client.echo("hello")).toBe("hello");
      return { server, relay, client };
    }

    test("a client that was refused is let in when its key is on the list", async () => {
      const clientKeys = new Set([listed.publicKey]);
      const server = await serve(clientKeys);
      const curve = { keys: unlisted, serverKey: serverKeys.publicKey };
      await call(curve, server).lost.next();
      clientKeys.add(unlisted.publicKey);
      expect(await call(curve, server).echo("now")).toBe("now");
    });

    function serve(clientKeys: CurveOptions["clientKeys"]): Promise<ServerEnd> {
      return stage.listen(createTransport(serverName, { curve: { keys: serverKeys, clientKeys } }), { echoes: true });
    }

    function call(curve: CurveOptions | undefined, server: ServerEnd) {
      return stage.connect(createTransport(clientName, curve === undefined ? {} : { curve }), server.listener.address);
    }
  });

  describe("with libzmq's own sockets and keys", () => {
    test("its keys are keys here, and its public keys those of its secret keys", () => {
      for (let round = 0; round < 20; round++) {
        const { publicKey, secretKey } = libzmq.curveKeyPair();
        expect(publicKeyOf(secretKey)).toBe(publicKey);
      }
    });

    test("a SERVER that knows nothing of hawser", async () => {
      const keys = libzmq.curveKeyPair();
      const server = open("Server", {
        curveServer: true,
        curveSecretKey: keys.secretKey,
      });
      await server.bind("tcp://127.0.0.1:*");
      const transport = createTransport("zmtp", { curve: { keys: listed, serverKey: keys.publicKey } });
      const client = stage.connect(transport, server.lastEndpoint ?? "");
      const answer = client.echo("hello");
      const [frame, peer] = await server.receive();
      await server.send(frame, peer);
      expect(await answer).toBe("hello");
    });

    test("a CLIENT that knows nothing of hawser", async () => {
      const keys = libzmq.curveKeyPair();
      const curve = { keys: serverKeys, clientKeys: [keys.publicKey] };
      const server = await stage.listen(createTransport("zmtp", { curve }), { echoes: true });
      const client = open("Client", {
        curvePublicKey: keys.publicKey,
        curveSecretKey: keys.secretKey,
        curveServerKey: serverKeys.publicKey,
      });
      client.connect(server.listener.address);
      await client.send(Buffer.from("hello"));
      expect(String((await client.receive())[0])).toBe("hello");
      expect((await server.connected.next()).client.publicKey).toBe(keys.publicKey);
    });

    test.each(["zmtp", "zeromq"] as const)(
      "a CLIENT with a listed key whose secret it does not know, at %s",
      async (name) => {
        const curve = { keys: serverKeys, clientKeys: [listed.publicKey] };
        const server = await stage.listen(createTransport(name, { curve }));
        const client = open("Client", {
          curvePublicKey: listed.publicKey,
          curveSecretKey: unlisted.secretKey,
          curveServerKey: serverKeys.publicKey,
        });
        const { events } = client;
        client.connect(server.listener.address);
        await client.send(Buffer.from("let me in"));
        let event = await events.receive();
        while (event.type !== "disconnect") {
          expect(event.type).not.toBe("handshake");
          event = await events.receive();
        }
        expect([server.connected.count, server.received.count]).toEqual([0, 0]);
      },
    );
  });
});

interface Libzmq {
  curveKeyPair(): { readonly publicKey: string; readonly secretKey: string };
}

type SocketMaker = new (options: Partial<ZeromqSocketOptions>) => ZeromqSocket;

const require = createRequire(import.meta.url);
const libzmq = require("zeromq") as Libzmq;

/** A socket of the package as it is, with no option but keys. */
function open(kind: "Client" | "Server", keys: Partial<ZeromqSocketOptions>): ZeromqSocket {
  const { [kind]: make } = require("zeromq/draft") as Readonly<Record<"Client" | "Server", SocketMaker>>;
  const socket = new make({ linger: 0, ...keys });
  stage.defer(async () => socket.close());
  return socket;
}
