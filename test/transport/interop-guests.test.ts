import { once } from "node:events";
import { readFileSync } from "node:fs";
import { request } from "node:http";
import { connect, type Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { connect as connectTls } from "node:tls";
import { afterEach, describe, expect, test } from "vitest";
import { limits } from "../../runtime/protocol/limits.ts";
import type { Child } from "../engine/child-process.ts";
import { seededRandom } from "../seeded-random.ts";
import type { ClientEnd } from "./ends.ts";
import { createTransport, portIn, Stage } from "./interop.ts";
import { greeting } from "./zmtp.ts";

/** Guests that are no peers, and stay: a server shows them out, and meanwhile serves clients of both kinds. */
const stage = new Stage();
afterEach(() => stage.clear());

/** By an option; `zeromq` always waits for `limits.handshakeTimeoutMs`. */
const handshakeTimeoutMs = 4_000;
const shownOutWithinMs = limits.handshakeTimeoutMs + 3_000;
/** How long a client may have to wait for an answer on a machine that is busy with 5,000 others. */
const answeredWithinMs = 2_000;

const random = seededRandom(7);
const strangers: Readonly<Record<string, (port: number) => Socket>> = {
  "random bytes": (port) => saying(port, Buffer.from(Array.from({ length: 5_000 }, () => random() * 256))),
  "half a greeting": (port) => saying(port, greeting.subarray(0, 32)),
  "a greeting and no more": (port) => saying(port, greeting),
  "a TLS hello": (port) => connectTls({ port, host: "127.0.0.1" }),
  "an HTTP request": (port) => {
    const socket = connect(port, "127.0.0.1");
    const asking = request({ port, createConnection: () => socket });
    asking.on("error", () => {}).end();
    return socket;
  },
};
const strangersOfEachKind = 50;
const silentGuests = 5_000;
const silentGuestsAtOnce = 500;
const silentGuestBytesMax = 64 * 1024;

describe.each(["zmtp", "zeromq"] as const)("a %s server", (name) => {
  test("strangers are shown out, and clients are served meanwhile", async () => {
    const { child, port, neighbours, before } = await populated();
    const guests = Object.entries(strangers).flatMap(([what, arrive]) =>
      Array.from({ length: strangersOfEachKind }, () => ({ what, socket: watched(arrive(port)) })),
    );
    const staying = (): readonly string[] => [
      ...new Set(guests.filter(({ socket }) => !socket.closed).map(({ what }) => what)),
    ];
    await expect.poll(staying, { timeout: shownOutWithinMs }).toEqual([]);
    for (const { socket } of guests) socket.destroy();
    await expect
      .poll(async () => (await measure(child)).descriptors, { timeout: 5_000 })
      .toBeLessThanOrEqual(before.descriptors);
    await served(neighbours);
  });

  test("5,000 guests that say nothing cost little and are shown out, and clients are served meanwhile", async ({
    skip,
  }) => {
    const room = descriptorsMax();
    // On a user's machine it may be too little, which is said; where this project is checked it must be enough.
    if (room < silentGuests + 1_000 && process.env["CI"] === undefined) skip(`a process may have ${room} descriptors`);
    const { child, port, neighbours, before } = await populated();
    const guests: Socket[] = [];
    while (guests.length < silentGuests) {
      const arriving = Array.from({ length: silentGuestsAtOnce }, () => watched(connect(port, "127.0.0.1")));
      await Promise.all(arriving.map((guest) => once(guest, "connect")));
      guests.push(...arriving);
    }
    await expect
      .poll(async () => (await measure(child)).descriptors, { timeout: handshakeTimeoutMs })
      .toBe(before.descriptors + silentGuests);
    const during = await measure(child);
    expect((during.resident - before.resident) / silentGuests).toBeLessThan(silentGuestBytesMax);
    expect(guests.filter(({ closed }) => closed)).toEqual([]);
    await expect.poll(() => guests.filter(({ closed }) => !closed).length, { timeout: shownOutWithinMs }).toBe(0);
    await expect
      .poll(async () => (await measure(child)).descriptors, { timeout: 5_000 })
      .toBeLessThanOrEqual(before.descriptors);
    await served(neighbours);
  });

  /** A server and two clients that talk to it all the time. */
  async function populated(): Promise<Populated> {
    const child = stage.start("./interop-server.child.ts", name, String(handshakeTimeoutMs));
    const address = (await child.said("listens ")).slice("listens ".length);
    const ends = ["zmtp", "zeromq"].map((clientName) => stage.connect(createTransport(clientName), address));
    for (const end of ends) expect(await end.echo("before")).toBe("before");
    const before = await measure(child);
    return { child, port: portIn(address), neighbours: ends.map((end) => new Neighbour(end)), before };
  }
});

interface Populated {
  readonly child: Child;
  readonly port: number;
  readonly neighbours: readonly Neighbour[];
  /** What the server held when there were only these two. */
  readonly before: Measured;
}

interface Measured {
  readonly descriptors: number;
  readonly resident: number;
}

/** A client that goes on talking beside everything else. */
class Neighbour {
  readonly end: ClientEnd;
  echoes = 0;
  slowestMs = 0;
  #isOver = false;
  readonly #talk: Promise<void>;

  constructor(end: ClientEnd) {
    this.end = end;
    this.#talk = this.#talkOn();
    stage.defer(() => this.stop());
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    // One that is lost never gets its answer.
    if (this.end.lost.count === 0) await this.#talk;
  }

  async #talkOn(): Promise<void> {
    while (!this.#isOver) {
      const startedAt = performance.now();
      const text = String(this.echoes);
      if ((await this.end.echo(text)) !== text) throw new Error("an answer was somebody else's");
      this.slowestMs = Math.max(this.slowestMs, performance.now() - startedAt);
      this.echoes += 1;
      // The processors are also for the guests.
      await delay(5);
    }
  }
}

async function served(neighbours: readonly Neighbour[]): Promise<void> {
  for (const neighbour of neighbours) {
    expect(neighbour.end.lost.count).toBe(0);
    await neighbour.stop();
    expect(neighbour.echoes).toBeGreaterThan(100);
    expect(neighbour.slowestMs).toBeLessThan(answeredWithinMs);
  }
}

/** A guest that says this and then only listens. */
function saying(port: number, bytes: Buffer): Socket {
  const socket = connect(port, "127.0.0.1");
  socket.write(bytes);
  return socket;
}

/** A guest that only listens from here on. */
function watched(guest: Socket): Socket {
  stage.defer(async () => guest.destroy());
  // The server may hang up on it in any way.
  guest.on("error", () => {});
  return guest.resume();
}

let questions = 0;

async function measure(child: Child): Promise<Measured> {
  questions += 1;
  child.tell(`question-${questions}`);
  const prefix = `question-${questions} `;
  return JSON.parse((await child.said(prefix)).slice(prefix.length));
}

/** How many descriptors a process of ours may have: node takes as many as it can. */
function descriptorsMax(): number {
  const line = /^Max open files +\S+ +(\S+)/m.exec(readFileSync("/proc/self/limits", "utf8"));
  return line?.[1] === "unlimited" ? Number.POSITIVE_INFINITY : Number(line?.[1] ?? 0);
}
