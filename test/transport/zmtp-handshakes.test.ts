import { once } from "node:events";
import { type Socket, connect as tcpConnect } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { zmtp } from "../../runtime/transport/zmtp/index.ts";
import { ClientEnd, ServerEnd } from "./ends.ts";
import { connectAsClient } from "./zmtp.ts";

/** A machine has room for fewer connections than the real limits allow. */
vi.mock(import("../../runtime/protocol/limits.ts"), async (original) => {
  const { limits } = await original();
  return { limits: { ...limits, handshakesMax: 20, connectionsMax: 40 } };
});

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  await Promise.all(cleanups.splice(0).map((cleanup) => cleanup()));
});

async function listen(): Promise<{ server: ServerEnd; bystander: ClientEnd; port: number }> {
  const server = await ServerEnd.listen(zmtp, "tcp://127.0.0.1:0", { echoes: true });
  const bystander = new ClientEnd(zmtp, server.listener.address);
  cleanups.push(() => Promise.all([server.listener.close(), bystander.connection.close()]));
  expect(await bystander.echo("before")).toBe("before");
  return { server, bystander, port: Number(server.listener.address.split(":").at(-1)) };
}

/** A guest that has seen the server's greeting and says nothing. */
async function silentGuestAt(port: number): Promise<Socket> {
  const guest = tcpConnect(port, "127.0.0.1");
  cleanups.push(() => guest.destroy());
  guest.on("error", () => {});
  await once(guest, "data");
  return guest;
}

test("the oldest of too many handshakes makes room for a new one", async () => {
  const { server, bystander, port } = await listen();
  const guests: Socket[] = [];
  for (let count = 0; count < 20; count++) guests.push(await silentGuestAt(port));
  expect(guests.filter((guest) => guest.closed)).toEqual([]);
  for (const oldest of guests.slice(0, 5)) {
    const gone = once(oldest, "close");
    guests.push(await silentGuestAt(port));
    await gone;
  }
  // Honest peers are served all the while, and neither they nor the guests after the first five had to go.
  const newcomer = new ClientEnd(zmtp, server.listener.address);
  cleanups.push(() => newcomer.connection.close());
  expect(await newcomer.echo("hello")).toBe("hello");
  expect(await bystander.echo("well")).toBe("well");
  expect(guests.filter((guest) => guest.closed)).toHaveLength(6);
  expect([bystander.lost.count, server.lost.count]).toEqual([0, 0]);
});

test("a connection over the greatest number is closed, and the others stay", async () => {
  const { server, bystander, port } = await listen();
  const clients: Socket[] = [];
  for (let count = 1; count < 40; count++) {
    const client = await connectAsClient(port);
    cleanups.push(() => client.destroy());
    clients.push(client);
  }
  const refused = new ClientEnd(zmtp, server.listener.address);
  cleanups.push(() => refused.connection.close());
  await refused.lost.next();
  expect(await bystander.echo("well")).toBe("well");
  clients[0]?.destroy();
  await server.lost.next();
  const next = new ClientEnd(zmtp, server.listener.address);
  cleanups.push(() => next.connection.close());
  expect(await next.echo("hello")).toBe("hello");
});
