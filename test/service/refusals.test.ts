import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ConnectOptions, connect } from "hawser/client";
import { type ServerOptions, startServer } from "hawser/server";
import { lmdbEngine } from "hawser/server/lmdb";
import { memoryEngine } from "hawser/server/memory";
import { afterEach, describe, expect, test } from "vitest";
import { Notebook } from "../transcript/notebook.ts";

/** What cannot work is refused at once, with one clear error, and leaves nothing running. */
const directory = mkdtempSync(join(tmpdir(), "hawser-refusals-"));
const good: ServerOptions = {
  memberId: "node-1",
  address: "tcp://127.0.0.1:0",
  engine: memoryEngine(),
  stateMachine: new Notebook(),
};
const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  rmSync(directory, { recursive: true, force: true });
});

describe("a server's options", () => {
  const cases: readonly [Record<string, unknown>, string][] = [
    [{ memberId: "" }, 'memberId is "", it must be a string that is not empty'],
    [{ address: 7000 }, "address is 7000, it must be a string that is not empty"],
    [{ engine: {} }, "engine must be an object with a method start()"],
    [{ stateMachine: { apply() {} } }, "stateMachine must be an object with a method query()"],
    [{ sessionTimeoutMs: 0 }, "sessionTimeoutMs is 0, it must be a number of milliseconds from 1 to 2147483647"],
    [
      { sessionTimeoutMs: "90s" },
      'sessionTimeoutMs is "90s", it must be a number of milliseconds from 1 to 2147483647',
    ],
    [{ snapshotEntries: 1.5 }, "snapshotEntries is 1.5, it must be a whole number from 1"],
    [{ protocolVersionMax: 3 }, "protocolVersionMax is 3, it must be 1 or 2"],
    [
      { sessionTimeoutMinMs: 5_000, sessionTimeoutMaxMs: 4_000 },
      "sessionTimeoutMinMs is 5000, more than sessionTimeoutMaxMs, 4000: lower the one or raise the other",
    ],
    [
      { members: "tcp://127.0.0.1:7000" },
      'members is "tcp://127.0.0.1:7000", it must be an object of addresses: { a: "tcp://127.0.0.1:7000" }',
    ],
    [
      { members: { a: "tcp://127.0.0.1:7000" } },
      "members does not name node-1, this member: add where clients reach it",
    ],
    [{ members: { a: "" } }, 'members.a is "", it must be a string that is not empty'],
    [
      { members: Object.fromEntries(Array.from({ length: 65 }, (_, at) => [`m${at}`, "tcp://127.0.0.1:7000"])) },
      "members names 65 members, the limit is 64: leave some out",
    ],
  ];
  test.each(cases)("%j", async (wrong, message) => {
    await expect(startServer({ ...good, ...wrong })).rejects.toMatchObject({ code: "ERR_INVALID_ARGUMENT", message });
  });

  test("a misspelt one", async () => {
    const options: ServerOptions = Object.assign({ sesionTimeoutMs: 5 }, good);
    await expect(startServer(options)).rejects.toThrow(
      'the options of startServer: there is no option "sesionTimeoutMs"; known are memberId, address, engine',
    );
  });

  test.each(["127.0.0.1:7000", "tcp://127.0.0.1", "tcp://127.0.0.1:99999", "udp://127.0.0.1:7000"])(
    "address %s",
    async (address) => {
      await expect(startServer({ ...good, address })).rejects.toMatchObject({
        code: "ERR_INVALID_ARGUMENT",
        message: expect.stringContaining(address),
      });
    },
  );
});

test("a port in use", async () => {
  const first = await startServer({ ...good, engine: memoryEngine() });
  cleanups.push(() => first.stop());
  await expect(startServer({ ...good, address: first.address, engine: memoryEngine() })).rejects.toMatchObject({
    code: "ERR_ADDRESS_IN_USE",
    message: expect.stringContaining(first.address),
  });
});

test("a data directory in use, and free again after a stop", async () => {
  const first = await startServer({ ...good, engine: lmdbEngine({ directory }) });
  cleanups.push(() => first.stop());
  const second = startServer({ ...good, engine: lmdbEngine({ directory }) });
  await expect(second).rejects.toMatchObject({
    code: "ERR_DATA_DIRECTORY_IN_USE",
    message: expect.stringContaining(directory),
  });
  await first.stop();
  const third = await startServer({ ...good, engine: lmdbEngine({ directory }) });
  await third.stop();
});

test("a data directory that is a file", async () => {
  const file = join(mkdtempSync(join(tmpdir(), "hawser-file-")), "data");
  writeFileSync(file, "not a directory");
  await expect(startServer({ ...good, engine: lmdbEngine({ directory: file }) })).rejects.toMatchObject({
    code: "ERR_DATA_DIRECTORY_UNUSABLE",
    message: expect.stringContaining(file),
  });
});

describe("a client's options", () => {
  const members = { a: "tcp://127.0.0.1:7000" };
  const cases: readonly [Record<string, unknown>, string][] = [
    [{ members: {} }, 'members is an object, it must name at least one member: { a: "tcp://127.0.0.1:7000" }'],
    [{ members: { a: 7 } }, "members.a is 7, it must be a string that is not empty"],
    [{ members, capabilities: { a: true } }, "capabilities.a is true, it must be a string or a number"],
    [
      { members, capabilities: { "zraft-versions": "1..2" } },
      "capabilities.zraft-versions is taken: names that begin with zraft- belong to the protocol, choose another",
    ],
    [{ members, protocolVersionMax: "2" }, 'protocolVersionMax is "2", it must be 1 or 2'],
    [
      { members, protocolVersionMax: 1, sessionTimeoutMs: 5_000 },
      "sessionTimeoutMs is 5000, but version 1 of the protocol cannot ask for it: leave it out, or let protocolVersionMax be 2",
    ],
    [{ members, acknowledge: "never" }, 'acknowledge is "never", it must be "taken" or "explicit"'],
    [{ members, transport: "zmq" }, 'transport is "zmq", it must be "zmtp", "zeromq" or a transport'],
    [
      { members, keepAliveIntervalMs: -1 },
      "keepAliveIntervalMs is -1, it must be a number of milliseconds from 1 to 2147483647",
    ],
  ];
  test.each(cases)("%j", async (wrong, message) => {
    const options: ConnectOptions = Object.assign({ members }, wrong);
    await expect(connect(options)).rejects.toMatchObject({ code: "ERR_INVALID_ARGUMENT", message });
  });

  test("the address of a second member is looked at before the first is dialled", async () => {
    const wrong = { a: "tcp://127.0.0.1:7000", b: "tcp://nowhere" };
    await expect(connect({ members: wrong })).rejects.toMatchObject({
      code: "ERR_INVALID_ARGUMENT",
      message: expect.stringContaining("tcp://nowhere"),
    });
  });
});

test("nobody listens", async () => {
  const members = { a: "tcp://127.0.0.1:1", b: "tcp://127.0.0.1:2" };
  await expect(connect({ members, connectTimeoutMs: 300, connectionTimeoutMs: 100 })).rejects.toMatchObject({
    code: "ERR_CONNECT_TIMEOUT",
    outcome: "not-applied",
    message: expect.stringMatching(/^no session within 300 ms from a at tcp:\/\/127.0.0.1:1, b at tcp:\/\/127.0.0.1:2/),
  });
});

test("connecting is aborted", async () => {
  const controller = new AbortController();
  const connecting = connect({ members: { a: "tcp://127.0.0.1:1" }, signal: controller.signal });
  controller.abort(new Error("changed my mind"));
  await expect(connecting).rejects.toThrow("changed my mind");
});

test("a payload that is no Uint8Array", async () => {
  const server = await startServer({ ...good, engine: memoryEngine() });
  cleanups.push(() => server.stop());
  const client = await connect({ members: { "node-1": server.address } });
  cleanups.push(() => client.close());
  const notBytes: unknown = "text";
  await expect(client.submit(notBytes as Uint8Array)).rejects.toMatchObject({
    code: "ERR_INVALID_ARGUMENT",
    message: 'the payload is "text", it must be a Uint8Array',
  });
});
