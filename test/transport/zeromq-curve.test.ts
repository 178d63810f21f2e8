import { afterEach, describe, expect, test } from "vitest";
import { InvalidArgumentError } from "../../runtime/protocol/errors.ts";
import type { CurveOptions } from "../../runtime/security/curve-options.ts";
import { generateKeyPair } from "../../runtime/security/key-pair.ts";
import type { Transport } from "../../runtime/transport/transport.ts";
import { createZeromqTransport, zeromq } from "../../runtime/transport/zeromq/index.ts";
import { Stage } from "./interop.ts";
import { describeWithLibzmq } from "./real-libzmq.ts";

/** libzmq's CURVE with our list of keys: who is let in, and that everybody else stays outside. */
const stage = new Stage();
afterEach(() => stage.clear());

const serverKeys = generateKeyPair();
const listed = generateKeyPair();
const unlisted = generateKeyPair();

describeWithLibzmq("keys over libzmq", () => {
  test("a client with a listed key is let in, and libzmq does not say which it was", async () => {
    const server = await stage.listen(serving([listed.publicKey]), { echoes: true });
    const client = stage.connect(calling(), server.listener.address);
    expect(await client.echo("hello")).toBe("hello");
    expect((await server.connected.next()).client).toEqual({ address: undefined, publicKey: undefined });
    expect([client.lost.count, server.lost.count]).toEqual([0, 0]);
  });

  test("whose key is not on the list is told to the operator", async () => {
    const clientKeys = new UnsteadySet([listed.publicKey]);
    const server = await stage.listen(serving(clientKeys));
    await stage.connect(calling({ keys: unlisted }), server.listener.address).lost.next();
    expect(await server.refused.next()).toEqual({
      client: { address: "127.0.0.1", publicKey: unlisted.publicKey },
      reason: "the key of the client is not on the list of this server",
    });
    clientKeys.isBroken = true;
    await stage.connect(calling(), server.listener.address).lost.next();
    expect(await server.refused.next()).toEqual({
      client: { address: "127.0.0.1", publicKey: listed.publicKey },
      reason: "clientKeys failed: the directory of clients cannot be reached",
    });
  });

  test('"any" lets in who has proven some key, and nobody else', async () => {
    const server = await stage.listen(serving("any"), { echoes: true });
    expect(await stage.connect(calling({ keys: unlisted }), server.listener.address).echo("hello")).toBe("hello");
    expect(await stage.connect(zeromq, server.listener.address).lost.next()).toContain("another security mechanism");
    expect(server.connected.count).toBe(1);
  });

  test("the limit of a frame is the same with keys", async () => {
    const limited = { frameBytesMax: 1_000 };
    const server = await stage.listen(serving([listed.publicKey], limited), { echoes: true });
    const client = stage.connect(calling({}, limited), server.listener.address);
    expect(await client.echo("x".repeat(1_000))).toBe("x".repeat(1_000));
    client.connection.send(Buffer.alloc(1_001));
    await client.lost.next();
    expect(await stage.connect(calling(), server.listener.address).echo("well")).toBe("well");
  });

  describe("who is refused is told why at once, costs the others nothing, and may try again", () => {
    const refused: Readonly<Record<string, { readonly client: () => Transport; readonly reason: string }>> = {
      "a key that is not on the list": {
        client: () => calling({ keys: unlisted }),
        reason: "refused this client: its public key is not among those",
      },
      "another server's key": {
        client: () => calling({ serverKey: generateKeyPair().publicKey }),
        reason: "ended the handshake: it refuses this client, has another key than expected",
      },
      "no keys at all": { client: () => zeromq, reason: "another security mechanism" },
    };

    test.each(Object.entries(refused))("%s", async (_name, { client, reason }) => {
      const server = await stage.listen(serving([listed.publicKey]), { echoes: true });
      const bystander = stage.connect(calling(), server.listener.address);
      expect(await bystander.echo("before")).toBe("before");
      for (let round = 0; round < 10; round++) {
        const guest = stage.connect(client(), server.listener.address);
        guest.connection.send(Buffer.from("let me in"));
        expect(await guest.lost.next()).toContain(reason);
        expect(guest.received.count).toBe(0);
      }
      expect(await bystander.echo("after")).toBe("after");
      expect([server.connected.count, server.lost.count, server.failed.count, bystander.lost.count]).toEqual([
        1, 0, 0, 0,
      ]);
    });

    test("a client with keys at a server without any", async () => {
      const server = await stage.listen(zeromq, { echoes: true });
      const guest = stage.connect(calling(), server.listener.address);
      guest.connection.send(Buffer.from("secret"));
      expect(await guest.lost.next()).toContain("another security mechanism");
      expect(await stage.connect(zeromq, server.listener.address).echo("open")).toBe("open");
      expect(server.connected.count).toBe(1);
    });

    test("a client whose key is put on the list, and one whose key is taken from it", async () => {
      const clientKeys = new Set([listed.publicKey]);
      const server = await stage.listen(serving(clientKeys), { echoes: true });
      const transport = calling({ keys: unlisted });
      await stage.connect(transport, server.listener.address).lost.next();
      clientKeys.add(unlisted.publicKey);
      const client = stage.connect(transport, server.listener.address);
      expect(await client.echo("now")).toBe("now");
      clientKeys.delete(unlisted.publicKey);
      expect(await stage.connect(transport, server.listener.address).lost.next()).toContain("refused this client");
      // Who is connected stays that.
      expect(await client.echo("still")).toBe("still");
    });

    test("everybody, while the application's own set of keys throws", async () => {
      const clientKeys = new UnsteadySet([listed.publicKey]);
      const server = await stage.listen(serving(clientKeys), { echoes: true });
      clientKeys.isBroken = true;
      const guest = stage.connect(calling(), server.listener.address);
      expect(await guest.lost.next()).toContain("could not find out");
      clientKeys.isBroken = false;
      expect(await stage.connect(calling(), server.listener.address).echo("well")).toBe("well");
      expect([server.connected.count, server.failed.count]).toEqual([1, 0]);
    });
  });

  test("two listeners have a list each", async () => {
    const one = await stage.listen(serving([listed.publicKey]), { echoes: true });
    const other = await stage.listen(serving([unlisted.publicKey]), { echoes: true });
    const open = await stage.listen(zeromq, { echoes: true });
    expect(await stage.connect(calling(), one.listener.address).echo("1")).toBe("1");
    expect(await stage.connect(calling({ keys: unlisted }), other.listener.address).echo("2")).toBe("2");
    expect(await stage.connect(calling(), other.listener.address).lost.next()).toContain("refused this client");
    expect(await stage.connect(zeromq, open.listener.address).echo("3")).toBe("3");
    await one.listener.close();
    expect(await stage.connect(calling({ keys: unlisted }), other.listener.address).echo("4")).toBe("4");
  });

  test("what is missing is said before anything is opened", async () => {
    const unlistedServer = createZeromqTransport({ curve: { keys: serverKeys } });
    const listening = stage.listen(unlistedServer);
    await expect(listening).rejects.toThrow(InvalidArgumentError);
    await expect(listening).rejects.toThrow("curve.clientKeys is missing");
    const strange = createZeromqTransport({
      curve: { keys: listed, serverKey: { "tcp://127.0.0.1:7000": serverKeys.publicKey } },
    });
    strange.checkAddress("tcp://127.0.0.1:7000");
    expect(() => strange.checkAddress("tcp://127.0.0.1:7001")).toThrow(InvalidArgumentError);
    expect(() => stage.connect(strange, "tcp://127.0.0.1:7001")).toThrow("tcp://127.0.0.1:7001");
    expect(() => createZeromqTransport({ curve: { keys: { publicKey: "x", secretKey: "y" } } })).toThrow(
      InvalidArgumentError,
    );
    expect([zeromq.authenticatesClients, strange.authenticatesClients]).toEqual([false, true]);
  });
});

function serving(clientKeys: CurveOptions["clientKeys"], options: { frameBytesMax?: number } = {}): Transport {
  return createZeromqTransport({ ...options, curve: { keys: serverKeys, clientKeys } });
}

function calling(curve: Partial<CurveOptions> = {}, options: { frameBytesMax?: number } = {}): Transport {
  return createZeromqTransport({ ...options, curve: { keys: listed, serverKey: serverKeys.publicKey, ...curve } });
}

/** An application's set that asks something else, which may fail. */
class UnsteadySet extends Set<string> {
  isBroken = false;

  override has(key: string): boolean {
    if (this.isBroken) throw new Error("the directory of clients cannot be reached");
    return super.has(key);
  }
}
