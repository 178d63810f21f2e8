import { once } from "node:events";
import { type Socket, connect as tcpConnect } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { zmtp } from "../../runtime/transport/zmtp/index.ts";
import type { ClientEnd, ServerEnd } from "./ends.ts";
import { portIn, Stage } from "./interop.ts";
import { connectAsClient } from "./zmtp.ts";

/** A machine has room for fewer connections than the real limits allow. */
vi.mock(import("../../runtime/protocol/limits.ts"), async (original) => {
  const { limits } = await original();
  return { limits: { ...limits, handshakesMax: 20, connectionsMax: 40 } };
});

const stage = new Stage();
afterEach(() => stage.clear());

async function listen(): Promise<{ server: ServerEnd; bystander: ClientEnd; port: number }> {
  const server = await stage.listen(zmtp, { echoes: true });
  const bystander = stage.connect(zmtp, server.listener.address);
  expect(await bystander.echo("before")).toBe("before");
  return { server, bystander, port: portIn(server.listener.address) };
}

/** A guest that has seen the server's greeting and says nothing. */
async function silentGuestAt(port: number): Promise<Socket> {
  const guest = tcpConnect(port, "127.0.0.1");
  stage.defer(async () => guest.destroy());
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
  const newcomer = stage.connect(zmtp, server.listener.address);
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
    stage.defer(async () => client.destroy());
    clients.push(client);
  }
  const refused = stage.connect(zmtp, server.listener.address);
  await refused.lost.next();
  expect(await bystander.echo("well")).toBe("well");
  clients[0]?.destroy();
  await server.lost.next();
  const next = stage.connect(zmtp, server.listener.address);
  expect(await next.echo("hello")).toBe("hello");
});
