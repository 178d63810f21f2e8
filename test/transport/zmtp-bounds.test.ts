import { once } from "node:events";
import { type Socket, connect as tcpConnect } from "node:net";
import { afterEach, expect, test } from "vitest";
import { limits } from "../../runtime/protocol/limits.ts";
import { zmtp } from "../../runtime/transport/zmtp/index.ts";
import { Child } from "../engine/child-process.ts";
import type { ClientEnd } from "./ends.ts";
import { portIn, Stage } from "./interop.ts";
import { connectAsClient, frame, greeting } from "./zmtp.ts";

/** What an attacker can make a server hold, measured in a process that does nothing else. */
const stage = new Stage();
afterEach(() => stage.clear());

const MiB = 1024 * 1024;
/** A PING that leaves it to the server how long the connection may be silent. */
const pingWithoutLifetime = Buffer.from("\x04\x07\x04PING\0\0", "latin1");

interface AttackedServer {
  readonly port: number;
  /** A client that has nothing to do with the attack. */
  readonly bystander: ClientEnd;
  /** Asks for a number: `memory`, `descriptors` or `cpu`. */
  ask(question: string): Promise<number>;
}

/** An echoing server in a process of its own. */
async function startServer(shell?: string): Promise<AttackedServer> {
  const child = new Child(new URL("./zmtp-server.child.ts", import.meta.url).href, [], shell);
  stage.defer(() => child.kill());
  const address = (await child.said("listens ")).slice("listens ".length);
  const bystander = stage.connect(zmtp, address);
  expect(await bystander.echo("before")).toBe("before");
  async function ask(question: string): Promise<number> {
    child.tell(question);
    const answer = await child.said(`${question} `);
    child.lines.splice(child.lines.indexOf(answer), 1);
    return Number(answer.slice(question.length + 1));
  }
  return { bystander, port: portIn(address), ask };
}

async function guestAt(port: number): Promise<Socket> {
  const guest = tcpConnect(port, "127.0.0.1");
  stage.defer(async () => guest.destroy());
  guest.on("error", () => {});
  await once(guest, "connect");
  return guest.resume();
}

async function clientAt(port: number): Promise<Socket> {
  const guest = await connectAsClient(port);
  stage.defer(async () => guest.destroy());
  return guest;
}

test("frames of the greatest length that are never finished cost what was sent of them", async () => {
  const { bystander, port, ask } = await startServer();
  const before = await ask("memory");
  const header = Buffer.from([2, 0, 0, 0, 0, 0, 0, 0, 0]);
  header.writeUInt32BE(limits.frameBytesMax, 5);
  const begun = Buffer.concat([header, Buffer.alloc(10_000)]);
  const guests = await Promise.all(Array.from({ length: 300 }, () => clientAt(port)));
  // The PONG says that what came before it has been taken in.
  await Promise.all(
    guests.map((guest) => {
      const pong = once(guest, "data");
      guest.write(Buffer.concat([pingWithoutLifetime, begun]));
      return pong;
    }),
  );
  expect(await bystander.echo("during")).toBe("during");
  const grown = (await ask("memory")) - before;
  expect(grown).toBeGreaterThan(300 * 10_000);
  // Four times what came, and a connection's own.
  expect(grown).toBeLessThan(300 * (40_000 + 32 * 1024));
});

/** What is sent, and how many bytes of answer there are to it. */
const floods = {
  "small messages": { unit: frame(10), answerBytes: 12 },
  "empty messages": { unit: frame(0), answerBytes: 2 },
  "long messages": { unit: frame(255), answerBytes: 257 },
  PINGs: { unit: pingWithoutLifetime, answerBytes: 7 },
};

test.each(Object.entries(floods))(
  "a flood of %s from a client that reads nothing is not taken in",
  async (_name, { unit, answerBytes }) => {
    const attacked = await startServer();
    const { bystander, port, ask } = attacked;
    const before = await ask("memory");
    const guest = await clientAt(port);
    guest.pause();
    let isLost = false;
    guest.on("close", () => {
      isLost = true;
    });
    const piece = Buffer.concat(Array.from({ length: Math.ceil(MiB / unit.byteLength) }, () => unit));
    const sent = await flood(guest, piece, attacked);
    const expected = (sent / unit.byteLength) * answerBytes;
    expect(isLost).toBe(false);
    // What the kernel holds on both ways, and half of what may wait here.
    expect(sent).toBeLessThan(48 * MiB);
    expect((await ask("memory")) - before).toBeLessThan(2 * limits.connectionQueueBytesMax);
    expect(await bystander.echo("after")).toBe("after");
    // Once it reads, it is answered, and can go on asking.
    let read = 0;
    const answered = new Promise<void>((resolve) => {
      guest.on("data", (bytes) => {
        read += bytes.byteLength;
        if (read >= expected) resolve();
      });
    });
    guest.resume();
    await answered;
    expect((await ask("memory")) - before).toBeLessThan(8 * MiB);
  },
);

/** Writes until the server takes nothing more and has nothing left to do, and says how much was written. */
async function flood(guest: Socket, piece: Buffer, { bystander, ask }: AttackedServer): Promise<number> {
  for (let sent = piece.byteLength; ; sent += piece.byteLength) {
    let isTaken = false;
    guest.write(piece, () => {
      isTaken = true;
    });
    for (let round = 0; round < 50; round++) expect(await bystander.echo("during")).toBe("during");
    while (!isTaken && (await ask("cpu")) > 0.2);
    if (!isTaken || sent > 200 * MiB) return sent;
  }
}

test("connections that come and go leave no memory and no descriptors behind", async () => {
  const { port, ask } = await startServer();
  const visit = async (count: number): Promise<void> => {
    for (let round = 0; round < count; round += 100) {
      const guests = await Promise.all(
        Array.from({ length: 100 }, (_, index) => (index % 2 === 0 ? clientAt(port) : guestAt(port))),
      );
      for (const [index, guest] of guests.entries()) {
        guest.write(index % 2 === 0 ? frame(100) : greeting);
        if (index % 3 === 0) guest.resetAndDestroy();
        else guest.destroy();
      }
    }
  };
  await visit(1_000);
  const descriptors = await ask("descriptors");
  const memory = await ask("memory");
  await visit(2_000);
  await expect.poll(() => ask("descriptors")).toBeLessThanOrEqual(descriptors);
  expect((await ask("memory")) - memory).toBeLessThan(2 * MiB);
});

test("a server without descriptors waits for some without spinning", async () => {
  const { bystander, port, ask } = await startServer('ulimit -n 60; exec "$@"');
  const guests = await Promise.all(Array.from({ length: 100 }, () => guestAt(port)));
  // Those for whom there was no descriptor are hung up on.
  await expect.poll(() => guests.filter((guest) => guest.closed).length).toBeGreaterThan(40);
  expect(await ask("cpu")).toBeLessThan(0.2);
  expect(await bystander.echo("during")).toBe("during");
  for (const guest of guests) guest.destroy();
  // It may have let some go by; those that come now are served.
  await expect.poll(() => ask("descriptors").then((count) => count < 40)).toBe(true);
  const newcomer = stage.connect(zmtp, `tcp://127.0.0.1:${port}`);
  expect(await newcomer.echo("hello")).toBe("hello");
  expect(bystander.lost.count).toBe(0);
});
