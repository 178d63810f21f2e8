import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import { createServer } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { afterEach, describe, expect, test } from "vitest";
import { greeting } from "../transport/zmtp.ts";
import { startDeafListener } from "./deaf-listener.ts";
import { examineAt, Practice, verdict } from "./practice.ts";

/** What stands between a client and a server of ZMTP: names, ports, networks, and other services. */
const practice = new Practice();
afterEach(() => practice.clear());

/** Long enough for a busy machine to begin, short enough to wait for. */
const patienceMs = 300;

describe("the way there", () => {
  test("a name that nobody knows", async () => {
    const found = await examineAt("tcp://nobody.invalid:7000");
    expect(verdict(found)).toBe("name-not-resolved at resolve");
    expect(found.findings[0]?.what).toContain('the host "nobody.invalid"');
  });

  test("a port at which nobody listens", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    server.close();
    await once(server, "close");
    const endpoint = `tcp://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
    const found = await examineAt(endpoint);
    expect(verdict(found)).toBe("port-closed at connect");
    expect(found.healthy).toBe(false);
    expect(found.findings[0]).toMatchObject({
      address: endpoint,
      severity: "problem",
      what: `The machine answers, but nothing listens at ${endpoint}.`,
    });
  });

  test("a machine that does not answer", async () => {
    const endpoint = await startDeafListener(practice);
    const found = await examineAt(endpoint, { timeoutMs: patienceMs });
    expect(verdict(found)).toBe("unreachable at connect");
    expect(found.findings[0]?.what).toContain(`Nothing answered at ${endpoint} within ${patienceMs} ms`);
  });

  test("an address to which there is no way", async () => {
    // Reserved for ever: kernels refuse it without asking anybody.
    const found = await examineAt("tcp://255.255.255.255:7000");
    expect(verdict(found)).toBe("unreachable at connect");
    expect(found.findings[0]?.what).toMatch(/^There is no way to tcp:\/\/255\.255\.255\.255:7000 \(E[A-Z]+\)\.$/);
  });
});

describe("other services", () => {
  test("an HTTP server", async () => {
    const endpoint = await practice.tcp(createHttpServer((_request, response) => response.end("hello")));
    const found = await examineAt(endpoint);
    expect(verdict(found)).toBe("not-zmtp at handshake");
    expect(found.findings[0]?.what).toContain('an HTTP server ("HTTP/1.1 400 Bad Request")');
  });

  test("a TLS server", async () => {
    const found = await examineAt(await practice.tcp(createTlsServer()));
    expect(verdict(found)).toBe("not-zmtp at handshake");
    expect(found.findings[0]?.what).toContain("is a TLS server,");
  });

  test("one that begins TLS itself", async () => {
    const hello = Buffer.from([0x16, 3, 1, 0, 4, 1, 0, 0, 0]);
    const found = await examineAt(await practice.stranger((socket) => socket.write(hello)));
    expect(verdict(found)).toBe("not-zmtp at handshake");
    expect(found.findings[0]?.what).toContain("is a TLS server,");
  });

  test.each([
    ["SSH-2.0-OpenSSH_9.6\r\n", 'an SSH server ("SSH-2.0-OpenSSH_9.6")'],
    ["220 mail \u001b[31m\r\n", 'something that begins with "220 mail ?[31m??"'],
  ])("one that says %j", async (words, name) => {
    const found = await examineAt(await practice.stranger((socket) => socket.write(words)));
    expect(verdict(found)).toBe("not-zmtp at handshake");
    expect(found.findings[0]?.what).toContain(name);
  });

  test("one that is silent", async () => {
    const found = await examineAt(await practice.stranger(() => {}), { timeoutMs: patienceMs });
    expect(verdict(found)).toBe("silent at handshake");
    expect(found.findings[0]?.what).toContain(`no handshake within ${patienceMs} ms`);
  });

  test("one that hangs up", async () => {
    const found = await examineAt(await practice.stranger((socket) => socket.end()));
    expect(verdict(found)).toBe("closed-at-once at handshake");
  });

  test("ZeroMQ from before there were SERVER sockets", async () => {
    // The greeting of ZMTP 2.0.
    const words = Buffer.from([0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f, 1, 5, 0, 0]);
    const found = await examineAt(await practice.stranger((socket) => socket.write(words)));
    expect(verdict(found)).toBe("old-zmtp at handshake");
    expect(found.findings[0]?.what).toContain("revision 1");
  });

  test("one that breaks off in the middle of its greeting", async () => {
    const found = await examineAt(await practice.stranger((socket) => socket.end(greeting.subarray(0, 20))));
    expect(verdict(found)).toBe("handshake-failed at handshake");
  });

  test("one that greets, and says no more", async () => {
    const endpoint = await practice.stranger((socket) => socket.write(greeting));
    const found = await examineAt(endpoint, { timeoutMs: patienceMs });
    expect(verdict(found)).toBe("handshake-failed at handshake");
    expect(found.findings[0]?.what).toContain(`no handshake within ${patienceMs} ms`);
  });
});

test("nothing stays open", async () => {
  const closed: Promise<unknown>[] = [];
  const endpoint = await practice.stranger((socket) => {
    socket.resume();
    closed.push(once(socket, "close"));
  });
  await examineAt(endpoint, { timeoutMs: patienceMs });
  // It looks twice at who says nothing.
  expect(closed).toHaveLength(2);
  await Promise.all(closed);
});
