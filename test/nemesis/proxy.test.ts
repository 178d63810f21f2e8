import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { TcpProxy } from "./proxy.ts";

/** Somebody who answers every line with the same line. */
let echo: Server;
let proxy: TcpProxy;
const arrived: string[] = [];
const open: Socket[] = [];

beforeEach(async () => {
  arrived.length = 0;
  echo = createServer((socket) => {
    open.push(socket);
    socket.on("error", () => {});
    socket.on("data", (bytes) => {
      arrived.push(String(bytes));
      socket.write(bytes);
    });
  }).listen(0, "127.0.0.1");
  await once(echo, "listening");
  proxy = await TcpProxy.start(portOf(echo), { sourceOf: (bytes) => /from (\w+)/.exec(String(bytes))?.[1] });
});

afterEach(async () => {
  for (const socket of open.splice(0)) socket.destroy();
  await proxy.close();
  echo.close();
});

test("carries bytes both ways, and the end of a connection", async () => {
  const socket = await dial();
  expect(await said(socket, "hello")).toBe("hello");
  expect(proxy.connections).toBe(1);
  socket.end();
  await once(socket, "close");
  await expect.poll(() => proxy.connections).toBe(0);
});

test("carries more than the receiver takes at once", async () => {
  const socket = await dial();
  const bytes = Buffer.alloc(8 * 1024 * 1024, "x");
  socket.write(bytes);
  let received = 0;
  socket.on("data", (chunk: Buffer) => {
    received += chunk.length;
  });
  await expect.poll(() => received).toBe(bytes.length);
});

test("a blackhole holds everything, on old and new connections, and delivers it late", async () => {
  const before = await dial();
  await said(before, "first");
  proxy.set("blackhole");
  const during = await dial();
  const answers = [once(before, "data"), once(during, "data")];
  before.write("second");
  during.write("third");
  expect(await isStill(() => arrived.length === 1)).toBe(true);
  proxy.set("pass");
  expect((await Promise.all(answers)).map(([bytes]) => String(bytes))).toEqual(["second", "third"]);
});

test("in a blackhole nobody learns that the other side is gone", async () => {
  const socket = await dial();
  await said(socket, "first");
  proxy.set("blackhole");
  let isClosed = false;
  socket.on("close", () => {
    isClosed = true;
  });
  for (const other of open) if (other !== socket) other.resetAndDestroy();
  expect(await isStill(() => !isClosed)).toBe(true);
  proxy.set("pass");
  await expect.poll(() => isClosed).toBe(true);
});

test("held responses: requests arrive, and what a cut loses never comes back", async () => {
  const socket = await dial();
  await said(socket, "first");
  proxy.set("hold responses");
  let answer = "";
  socket.on("data", (bytes) => {
    answer += String(bytes);
  });
  socket.write("second");
  await expect.poll(() => arrived).toEqual(["first", "second"]);
  expect(await isStill(() => answer === "")).toBe(true);
  const closed = ended(socket);
  proxy.cut();
  await closed;
  expect(answer).toBe("");
});

test("held requests: answers that are under way come back", async () => {
  const socket = await dial();
  await said(socket, "first");
  proxy.set("hold requests");
  socket.write("second");
  const answer = once(socket, "data");
  for (const other of open) if (other !== socket) other.write("unasked");
  expect(String((await answer)[0])).toBe("unasked");
  expect(arrived).toEqual(["first"]);
});

test("a cut ends what there is; the next connection passes", async () => {
  const socket = await dial();
  await said(socket, "first");
  const closed = ended(socket);
  proxy.cut();
  await closed;
  expect(await said(await dial(), "again")).toBe("again");
});

test("refuse ends what there is and what comes", async () => {
  const socket = await dial();
  await said(socket, "first");
  const closed = ended(socket);
  proxy.set("refuse");
  await closed;
  const other = connect(proxy.port, "127.0.0.1");
  other.on("error", () => {});
  await ended(other);
  proxy.set("pass");
  expect(await said(await dial(), "again")).toBe("again");
});

test("nobody listens behind it: the connection ends", async () => {
  const nowhere = await TcpProxy.start(1);
  const socket = connect(nowhere.port, "127.0.0.1");
  socket.on("error", () => {});
  await ended(socket);
  await nowhere.close();
});

test("a source has a mode of its own, from its first word on", async () => {
  proxy.set("blackhole", "a");
  const [a, b] = [await dial(), await dial()];
  const fromA = once(a, "data");
  a.write("from a");
  expect(await said(b, "from b")).toBe("from b");
  expect(await isStill(() => arrived.length === 1)).toBe(true);
  proxy.set("pass", "a");
  expect(String((await fromA)[0])).toBe("from a");
  const closed = ended(a);
  proxy.cut("a");
  await closed;
  expect(await said(b, "b again")).toBe("b again");
});

test("after its end nobody listens", async () => {
  const socket = await dial();
  const closed = ended(socket);
  await proxy.close();
  await closed;
  expect((await failure(connect(proxy.port, "127.0.0.1"))).code).toBe("ECONNREFUSED");
});

async function dial(): Promise<Socket> {
  const socket = connect(proxy.port, "127.0.0.1");
  socket.on("error", () => {});
  open.push(socket);
  await once(socket, "connect");
  return socket;
}

/** However it ends: `once` would reject with the error of a reset. */
function ended(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.once("close", () => resolve()));
}

function failure(socket: Socket): Promise<NodeJS.ErrnoException> {
  return new Promise((resolve) => socket.once("error", resolve));
}

async function said(socket: Socket, text: string): Promise<string> {
  const answer = once(socket, "data");
  socket.write(text);
  return String((await answer)[0]);
}

/** Whether something stays so for as long as loopback could need many times over: there is no event for what never comes. */
async function isStill(isSo: () => boolean): Promise<boolean> {
  await new Promise((resolve) => setTimeout(resolve, 50));
  return isSo();
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a TCP server has a port");
  return address.port;
}
