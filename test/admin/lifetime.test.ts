import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Socket } from "node:net";
import { join } from "node:path";
import { type Application, limits } from "hawser/server";
import { memoryEngine } from "hawser/server/memory";
import { describe, expect, test } from "vitest";
import { answerOn, connected, talk } from "./raw-connection.ts";
import { ask, changed, cleanup, serve } from "./stage.ts";

describe("slow and many", () => {
  test("a request that does not come in time is dropped", { timeout: 30_000 }, async () => {
    const { admin } = await serve();
    const begunAt = performance.now();
    expect(await talk(admin.address, "GET / HTTP/1.1\r\nHost: loc")).toMatch(/^HTTP\/1\.1 408 /);
    expect(performance.now() - begunAt).toBeLessThan(limits.adminRequestTimeoutMs + 5_000);
  });

  test("an answer that is not read in time is dropped", { timeout: 30_000 }, async () => {
    const { admin } = await serve();
    const socket = await connected(admin.address);
    socket.pause();
    const closed = new Promise((resolve) => socket.once("close", resolve));
    // More answers than the kernel holds for somebody who does not read.
    socket.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(400));
    await new Promise((resolve) => setTimeout(resolve, limits.adminAnswerTimeoutMs + 1_000));
    socket.resume();
    await closed;
    expect(await ask(admin, "/healthz")).toMatchObject({ status: 200 });
  });

  test("connections over the limit are closed, and those within it are served", async () => {
    const { admin } = await serve();
    const held = await Promise.all(Array.from({ length: limits.adminConnectionsMax }, () => connected(admin.address)));
    // The listener has to have seen them before the next one comes.
    await Promise.all(held.map((socket) => answerOn(socket, "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")));
    await expect(ask(admin, "/healthz")).rejects.toMatchObject({ code: "ECONNRESET" });
    expect(await answerOn(held[0] as Socket, "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")).toMatch(
      /^HTTP\/1\.1 200 /,
    );
    for (const socket of held) socket.destroy();
  });
});

describe("the end", () => {
  test("comes with the server's, and closes connections that are kept", async () => {
    const { server, admin } = await serve();
    const socket = await connected(admin.address);
    await answerOn(socket, "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
    const closed = new Promise((resolve) => socket.once("close", resolve));
    await server.stop();
    await closed;
    await admin.stop();
    await expect(connected(admin.address)).rejects.toMatchObject({ code: "ECONNREFUSED" });
  });

  test("comes with a server that cannot go on", async () => {
    const engine = memoryEngine();
    let fail: Application["onFatal"] = () => {};
    const failing = changed(engine, "start", () => (application: Application) => {
      fail = application.onFatal;
      return engine.start(application);
    });
    const { server, admin } = await serve({}, { engine: failing });
    const { address } = admin;
    fail(new Error("the disk is gone"));
    await expect(server.stopped).rejects.toThrow("the disk is gone");
    await admin.stop();
    await expect(connected(address)).rejects.toMatchObject({ code: "ECONNREFUSED" });
  });

  test("leaves nothing that keeps a process alive after SIGTERM", { timeout: 30_000 }, async () => {
    const child = spawn(
      process.execPath,
      ["--conditions=hawser-source", "--import", "tsx", join(import.meta.dirname, "endpoint.child.ts")],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    cleanup(() => child.kill("SIGKILL"));
    const ended = once(child, "exit");
    const [line] = await Promise.race([once(child.stdout, "data"), ended]);
    const address = String(line).trim();
    const socket = await connected(address);
    await answerOn(socket, "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
    child.kill("SIGTERM");
    expect(await ended).toEqual([0, null]);
    await expect(connected(address)).rejects.toMatchObject({ code: "ECONNREFUSED" });
  });

  test("can come before it, and twice", async () => {
    const { server, admin } = await serve();
    await admin.stop();
    await admin.stop();
    await expect(connected(admin.address)).rejects.toMatchObject({ code: "ECONNREFUSED" });
    expect(server.status().phase).toBe("serving");
  });

  test("does not wait for one who does not read", async () => {
    const { admin } = await serve();
    const socket = await connected(admin.address);
    socket.pause();
    socket.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(400));
    await answerOn(await connected(admin.address), "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
    const begunAt = performance.now();
    await admin.stop();
    expect(performance.now() - begunAt).toBeLessThan(limits.closeLingerMs + 1_000);
    socket.destroy();
  });
});
