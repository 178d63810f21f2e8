import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { limits } from "../../runtime/protocol/limits.ts";
import { generateKeyPair } from "../../runtime/security/index.ts";
import { keyBytes } from "../../runtime/security/key-pair.ts";
import { boxKey, newTransientKeys } from "../../runtime/transport/zmtp/curve/boxes.ts";
import { CurveClient } from "../../runtime/transport/zmtp/curve/client-mechanism.ts";
import { CookieJar } from "../../runtime/transport/zmtp/curve/cookie-jar.ts";
import { loadSodium } from "../../runtime/transport/zmtp/curve/sodium.ts";
import { flag } from "../../runtime/transport/zmtp/framing.ts";
import type { MechanismStep } from "../../runtime/transport/zmtp/mechanism.ts";
import { ZmtpError } from "../../runtime/transport/zmtp/zmtp-error.ts";
import {
  type CommandName,
  clientKeys,
  commandNames,
  curveClient,
  curveServer,
  opened,
  Refusal,
  sealed,
  serverKeys,
  shakeHands,
} from "../transport/curve-ends.ts";

/** The mechanism CURVE, with somebody between its two ends who can do everything with their bytes. */
const sodium = loadSodium();
const lengths: Readonly<Record<CommandName, number>> = { HELLO: 200, WELCOME: 168, INITIATE: 257, READY: 30 };

describe("a handshake", () => {
  test("tells each side who the other is", () => {
    const { client, server, commands } = shakeHands(curveClient(), curveServer());
    expect([client.peerPublicKey, server.peerPublicKey]).toEqual([serverKeys.publicKey, clientKeys.publicKey]);
    expect(Buffer.from(server.properties.get("socket-type") ?? []).toString()).toBe("CLIENT");
    expect(Buffer.from(client.properties.get("socket-type") ?? []).toString()).toBe("SERVER");
    const property = "_Socket-Type____CLIENT".length;
    for (const name of commandNames) {
      const more = name === "INITIATE" || name === "READY" ? property : 0;
      expect([name, commands[name].byteLength]).toEqual([name, lengths[name] + more]);
    }
  });

  test("shows neither who the client is nor what it says of itself", () => {
    const { commands } = shakeHands(curveClient(), curveServer());
    const bytes = Buffer.concat(Object.values(commands));
    expect(bytes.includes("Socket-Type")).toBe(false);
    const step = curveClient().start()[0];
    expect(step?.byteLength).toBe(lengths.HELLO);
  });

  test.each(commandNames)("in which any bit of %s is changed is none", (name) => {
    const { commands } = shakeHands(curveClient(), curveServer());
    const bits = 8 * commands[name].byteLength;
    let harmless = 0;
    for (let bit = 0; bit < bits; bit++) {
      const isTaken = outcome(() =>
        shakeHands(curveClient(), curveServer(), (command, which) =>
          which === name ? flipped(command, bit) : command,
        ),
      );
      if (isTaken) harmless += 1;
    }
    // The padding of HELLO means nothing; all else is authenticated, or must be as it is.
    expect(harmless).toBe(name === "HELLO" ? 8 * 72 : 0);
  });

  test.each(commandNames)("in which %s is cut short or goes on is none", (name) => {
    const { commands } = shakeHands(curveClient(), curveServer());
    for (let length = 0; length < commands[name].byteLength + 2; length++) {
      if (length === commands[name].byteLength) continue;
      const isTaken = outcome(() =>
        shakeHands(curveClient(), curveServer(), (command, which) =>
          which === name ? resized(command, length) : command,
        ),
      );
      expect([length, isTaken]).toEqual([length, false]);
    }
  });

  test.each(commandNames)("in which %s comes from another handshake is none", (name) => {
    const cookies = new CookieJar(sodium, () => 0);
    const { commands } = shakeHands(curveClient(), curveServer({ cookies }));
    const replay = () =>
      shakeHands(curveClient(), curveServer({ cookies }), (command, which) =>
        which === name ? commands[name] : command,
      );
    expect(replay).toThrow();
  });

  test("that was recorded as a whole is none when it is repeated", () => {
    const cookies = new CookieJar(sodium, () => 0);
    const { commands } = shakeHands(curveClient(), curveServer({ cookies }));
    const server = curveServer({ cookies });
    expect(server.receive(commands.HELLO).type).toBe("continue");
    expect(server.receive(commands.INITIATE)).toEqual({
      type: "refuse",
      reason: "the cookie is not that of this connection, or is too old",
    });
  });

  test("is over: no command of it is taken once more", () => {
    const { commands, client } = shakeHands(curveClient(), curveServer());
    for (const name of commandNames) expect(() => client.seal?.open(commands[name].slice())).toThrow(ZmtpError);
  });

  test("with commands out of turn is none", () => {
    const { commands } = shakeHands(curveClient(), curveServer());
    for (const name of ["WELCOME", "INITIATE", "READY"] as const) {
      expect(() => curveServer().receive(commands[name])).toThrow(
        /^the peer sent the command \w+ of CURVE, Hello was due$/,
      );
    }
    const client = curveClient();
    expect(() => client.receive(commands.WELCOME)).toThrow("the peer answered too early");
    client.start();
    for (const name of ["HELLO", "INITIATE", "READY"] as const) {
      expect(() => client.receive(commands[name])).toThrow(/Welcome was due$/);
    }
  });
});

describe("keys", () => {
  test("that the client does not expect of the server", () => {
    const handshake = () => shakeHands(curveClient({ serverKey: generateKeyPair().publicKey }), curveServer());
    expect(handshake).toThrow(new Refusal("this server has another key than the client expects"));
  });

  test("that are not on the list", () => {
    const server = curveServer({ admitted: [generateKeyPair().publicKey] });
    const client = curveClient();
    expect(refusalAfterInitiate(client, server)).toEqual({
      type: "refuse",
      reason: "the key of the client is not on the list of this server",
      peerPublicKey: clientKeys.publicKey,
    });
    expect(() => shakeHands(curveClient(), curveServer({ admitted: [] }))).toThrow(Refusal);
    expect(() => shakeHands(curveClient(), curveServer({ admitted: [clientKeys.publicKey] }))).not.toThrow();
  });

  test("that the client claims and does not have", () => {
    const mallory = { publicKey: clientKeys.publicKey, secretKey: generateKeyPair().secretKey };
    const server = curveServer({ admitted: [clientKeys.publicKey] });
    expect(refusalAfterInitiate(curveClient({ clientKeys: mallory }), server)).toEqual({
      type: "refuse",
      reason: "the client could not prove its key",
    });
  });

  test("that are proven to another server", () => {
    const bytesOf = (key: string) => keyBytes("key", key);
    const [publicKey, secretKey] = [bytesOf(clientKeys.publicKey), bytesOf(clientKeys.secretKey)];
    const serverKey = bytesOf(serverKeys.publicKey);
    const keys = { publicKey, secretKey, serverKey, serverKeyText: serverKeys.publicKey };
    const client = new CurveClient(sodium, keys, new Map());
    const server = curveServer();
    const [hello = new Uint8Array(0)] = client.start();
    const welcome = commandOf(server.receive(hello));
    keys.serverKey = bytesOf(generateKeyPair().publicKey);
    expect(server.receive(commandOf(client.receive(welcome)))).toEqual({
      type: "refuse",
      reason: "the client could not prove its key",
    });
  });

  // The points of X25519 whose multiples are few: with one of them anybody would know the shared key.
  const lowOrder = [
    "00".repeat(32),
    `01${"00".repeat(31)}`,
    "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
    "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
    `ec${"ff".repeat(30)}7f`,
    `ed${"ff".repeat(30)}7f`,
    `ee${"ff".repeat(30)}7f`,
  ].map((hex) => Buffer.from(hex, "hex"));
  test.each(lowOrder)("of low order are refused (%#)", (point) => {
    expect(boxKey(sodium, point, newTransientKeys(sodium).secretKey)).toBeUndefined();
    const [hello = new Uint8Array(0)] = curveClient().start();
    // Where the client's transient key is: behind "HELLO", the version and the padding.
    expect(() => curveServer().receive(overwritten(hello, 80, point))).toThrow(
      "the transient key of the client is none",
    );
  });
});

describe("cookies", () => {
  test("are good for half a lifetime at least, and never longer than one", () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(limits.cookieKeyLifetimeMs * 2), { maxLength: 8 }),
        fc.nat(limits.cookieKeyLifetimeMs * 2),
        (pauses, age) => {
          let now = 0;
          const cookies = new CookieJar(sodium, () => now);
          const content = {
            clientTransientKey: new Uint8Array(32).fill(1),
            serverTransientSecretKey: new Uint8Array(32).fill(2),
          };
          for (const pause of pauses) {
            cookies.make(content);
            now += pause;
          }
          const cookie = cookies.make(content);
          now += age;
          const found = cookies.read(cookie);
          if (age < limits.cookieKeyLifetimeMs / 2) expect(found).toMatchObject(content);
          if (age >= limits.cookieKeyLifetimeMs) expect(found).toBeUndefined();
        },
      ),
      { numRuns: 200 },
    );
  });

  test("of another server are refused", () => {
    const content = { clientTransientKey: new Uint8Array(32), serverTransientSecretKey: new Uint8Array(32) };
    const cookie = new CookieJar(sodium, () => 0).make(content);
    const other = new CookieJar(sodium, () => 0);
    other.make(content);
    expect(other.read(cookie)).toBeUndefined();
  });

  test("are lost with their key when its time is over, whatever the clock says", () => {
    vi.useFakeTimers();
    try {
      const cookies = new CookieJar(sodium, () => 0);
      const cookie = cookies.make({
        clientTransientKey: new Uint8Array(32),
        serverTransientSecretKey: new Uint8Array(32),
      });
      vi.advanceTimersByTime(limits.cookieKeyLifetimeMs - 1);
      expect(cookies.read(cookie)).toBeDefined();
      vi.advanceTimersByTime(1);
      expect(cookies.read(cookie)).toBeUndefined();
    } finally {
      vi.useRealTimers();
    }
  });

  test("that are too old end the handshake", () => {
    let now = 0;
    const server = curveServer({ cookies: new CookieJar(sodium, () => now) });
    const late = () =>
      shakeHands(curveClient(), server, (command, name) => {
        if (name === "INITIATE") now = limits.cookieKeyLifetimeMs;
        return command;
      });
    expect(late).toThrow(new Refusal("the cookie is not that of this connection, or is too old"));
  });
});

describe("messages", () => {
  test("arrive as they were, whatever they are, both ways", () => {
    const { client, server } = shakeHands(curveClient(), curveServer());
    const message = fc.tuple(fc.boolean(), fc.boolean(), fc.string({ maxLength: 300 }));
    fc.assert(
      fc.property(message, ([fromClient, isCommand, text]) => {
        const [from, to] = fromClient ? [client.seal, server.seal] : [server.seal, client.seal];
        const body = sealed(from, text, isCommand ? flag.command : 0);
        expect(body.byteLength).toBe((from?.overheadBytes ?? 0) + Buffer.byteLength(text));
        if (text.length > 3) expect(Buffer.from(body).includes(text)).toBe(false);
        expect(opened(to, body)).toBe(isCommand ? `command ${text}` : text);
      }),
    );
  });

  test("of which any bit is changed are refused, and show nothing", () => {
    const body = () => {
      const { client, server } = shakeHands(curveClient(), curveServer());
      return { server, body: sealed(client.seal, "pay 5") };
    };
    const bits = 8 * body().body.byteLength;
    for (let bit = 0; bit < bits; bit++) {
      const { server, body: whole } = body();
      const changed = flipped(whole, bit);
      expect(() => server.seal?.open(changed)).toThrow(ZmtpError);
      expect(Buffer.from(changed).includes("pay")).toBe(false);
    }
  });

  test("that are repeated, left out, swapped or sent back are refused", () => {
    const start = () => shakeHands(curveClient(), curveServer());
    const disorder: readonly [readonly number[], number][] = [
      [[0, 0], 1],
      [[1], 0],
      [[0, 2], 1],
      [[0, 1, 0], 2],
      [[0, 2, 1], 1],
    ];
    for (const [order, failsAt] of disorder) {
      const { client, server } = start();
      const bodies = ["one", "two", "three"].map((text) => sealed(client.seal, text));
      const texts = bodies.map((_, at) => ["one", "two", "three"][at]);
      order.forEach((which, at) => {
        const take = () => opened(server.seal, bodies[which] ?? new Uint8Array(0));
        if (at < failsAt) expect(take()).toBe(texts[which]);
        if (at === failsAt) expect(take).toThrow("somebody repeats them, or leaves some out");
      });
    }
    const { client } = start();
    expect(() => opened(client.seal, sealed(client.seal, "mine"))).toThrow(ZmtpError);
  });

  test("of another connection are refused", () => {
    const one = shakeHands(curveClient(), curveServer());
    const other = shakeHands(curveClient(), curveServer());
    expect(() => opened(other.server.seal, sealed(one.client.seal, "hello"))).toThrow("was not encrypted by the peer");
  });

  test("that are cut short or go on are refused", () => {
    const length = sealed(shakeHands(curveClient(), curveServer()).client.seal, "hello").byteLength;
    for (let cut = 0; cut < length + 2; cut++) {
      if (cut === length) continue;
      const { client, server } = shakeHands(curveClient(), curveServer());
      expect(() => opened(server.seal, resized(sealed(client.seal, "hello"), cut))).toThrow(ZmtpError);
    }
  });

  test("are not made any more when the secrets are wiped", () => {
    const { client, server } = shakeHands(curveClient(), curveServer());
    const body = sealed(client.seal, "hello");
    client.seal?.wipe();
    server.seal?.wipe();
    expect(() => sealed(client.seal, "hello")).toThrow("k must be");
    expect(() => opened(server.seal, body)).toThrow("k must be");
  });
});

test("the key of boxes is that of libsodium's own", async () => {
  const { default: whole } = (await import("sodium-native" as string)) as {
    default: { crypto_box_easy(...args: readonly Uint8Array[]): void };
  };
  const nonce = Buffer.alloc(24, 7);
  for (let count = 0; count < 50; count++) {
    const [one, other] = [newTransientKeys(sodium), newTransientKeys(sodium)];
    const content = Buffer.from(`content ${count}`);
    const [expected, found] = [Buffer.alloc(16 + content.byteLength), Buffer.alloc(16 + content.byteLength)];
    whole.crypto_box_easy(expected, content, nonce, other.publicKey, one.secretKey);
    const key = boxKey(sodium, one.publicKey, other.secretKey) ?? new Uint8Array(0);
    sodium.crypto_secretbox_easy(found, content, nonce, key);
    expect(found.equals(expected)).toBe(true);
  }
});

/** Whether it comes to its end; anything but a refusal or a `ZmtpError` on the way is a bug. */
function outcome(handshake: () => unknown): boolean {
  try {
    handshake();
    return true;
  } catch (error) {
    if (error instanceof Refusal || error instanceof ZmtpError) return false;
    throw error;
  }
}

function refusalAfterInitiate(
  client: ReturnType<typeof curveClient>,
  server: ReturnType<typeof curveServer>,
): MechanismStep {
  const [hello = new Uint8Array(0)] = client.start();
  return server.receive(commandOf(client.receive(commandOf(server.receive(hello)))));
}

function commandOf(step: MechanismStep): Uint8Array {
  return (step.type === "continue" && step.commands[0]) || new Uint8Array(0);
}

function flipped(bytes: Uint8Array, bit: number): Uint8Array {
  const changed = Uint8Array.from(bytes);
  changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return changed;
}

function resized(bytes: Uint8Array, length: number): Uint8Array {
  const changed = new Uint8Array(length);
  changed.set(bytes.subarray(0, length));
  return changed;
}

function overwritten(bytes: Uint8Array, offset: number, part: Uint8Array): Uint8Array {
  const changed = Uint8Array.from(bytes);
  changed.set(part, offset);
  return changed;
}
