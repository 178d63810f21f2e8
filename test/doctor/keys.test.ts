import { afterEach, describe, expect, test } from "vitest";
import type { CurveOptions } from "../../runtime/security/curve-options.ts";
import { generateKeyPair, type KeyPair } from "../../runtime/security/key-pair.ts";
import { describeWithLibzmq } from "../transport/real-libzmq.ts";
import { examineAt, Practice, verdict } from "./practice.ts";

/** Keys that fit and keys that do not, at servers of both transports. */
const practice = new Practice();
afterEach(() => practice.clear());

const serverKeys = generateKeyPair();
const listed = generateKeyPair();

function having(keys: KeyPair, serverKey: string = serverKeys.publicKey): CurveOptions {
  return { keys, serverKey };
}

const curve = { keys: serverKeys, clientKeys: [listed.publicKey] };

function keysAt(transport: "zmtp" | "zeromq"): void {
  test("keys that fit", async () => {
    const server = await practice.server({ transport, curve });
    const found = await examineAt(server.address, { curve: having(listed) });
    expect(verdict(found)).toBe("nothing at close");
    expect(found.healthy).toBe(true);
    expect(found.steps.find(({ name }) => name === "handshake")?.detail).toBe(
      "ZMTP, CURVE: both have proven their keys",
    );
  });

  test("no keys, where the server wants some", async () => {
    const server = await practice.server({ transport, curve });
    expect(verdict(await examineAt(server.address))).toBe("server-wants-keys at handshake");
  });

  test("keys, where the server has none", async () => {
    const server = await practice.server({ transport });
    const found = await examineAt(server.address, { curve: having(listed) });
    expect(verdict(found)).toBe("server-has-no-keys at handshake");
  });

  test("another server's key", async () => {
    const server = await practice.server({ transport, curve });
    const found = await examineAt(server.address, { curve: having(listed, generateKeyPair().publicKey) });
    expect(verdict(found)).toBe("server-key-wrong at handshake");
  });

  test("a client that is not on the list", async () => {
    const server = await practice.server({ transport, curve });
    const found = await examineAt(server.address, { curve: having(generateKeyPair()) });
    expect(verdict(found)).toBe("client-key-refused at handshake");
  });
}

describe("a server over zmtp", () => {
  keysAt("zmtp");

  test("the server's own words are passed on", async () => {
    const server = await practice.server({ curve });
    const stranger = await examineAt(server.address, { curve: having(generateKeyPair()) });
    expect(stranger.findings[0]?.what).toContain("the key of the client is not on the list of this server");
    const mistaken = await examineAt(server.address, { curve: having(listed, generateKeyPair().publicKey) });
    expect(mistaken.findings[0]?.what).toContain("this server has another key than the client expects");
  });
});

describeWithLibzmq("a server over zeromq", () => keysAt("zeromq"));

describeWithLibzmq("other sockets of libzmq", () => {
  test.each(["Router", "Publisher", "Reply"] as const)("%s", async (type) => {
    const zeromq = await import("zeromq");
    const socket = new zeromq[type]({ linger: 0 });
    practice.later(() => socket.close());
    await socket.bind("tcp://127.0.0.1:*");
    const found = await examineAt(socket.lastEndpoint ?? "");
    expect(verdict(found)).toBe("wrong-socket-type at handshake");
    const name = { Router: "ROUTER", Publisher: "PUB", Reply: "REP" }[type];
    expect(found.findings[0]?.what).toContain(`a ZeroMQ socket of type ${name};`);
  });

  test("a mechanism that hawser does not have", async () => {
    const { Router } = await import("zeromq");
    const socket = new Router({ linger: 0, plainServer: true });
    practice.later(() => socket.close());
    await socket.bind("tcp://127.0.0.1:*");
    const found = await examineAt(socket.lastEndpoint ?? "");
    expect(verdict(found)).toBe("other-mechanism at handshake");
    expect(found.findings[0]?.what).toContain('"PLAIN"');
  });
});
