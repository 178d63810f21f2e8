import { readFileSync } from "node:fs";
import { join } from "node:path";
import { encodeClientMessage } from "hawser/protocol";
import { expect, test } from "vitest";
import { limits } from "../../runtime/protocol/limits.ts";
import { flag, frameOf } from "../../runtime/transport/zmtp/framing.ts";
import { nullMechanism } from "../../runtime/transport/zmtp/null-mechanism.ts";
import { Peer, type PeerSettings } from "../../runtime/transport/zmtp/peer.ts";

/** docs/transport.md shows the bytes of a connection. These are what a client and a server really say. */
test("docs/transport.md shows what is on the wire", () => {
  const document = readFileSync(join(import.meta.dirname, "../../docs/transport.md"), "utf8");
  const [, section = ""] = document.split("## What is on the wire");
  const shown = [...section.matchAll(/^```\n([\s\S]*?)^```$/gm)].map(([, block = ""]) => bytesIn(block));

  const said: Buffer[] = [];
  const heard: Buffer[] = [];
  const client = new Peer(settings("CLIENT"), { write: (bytes) => said.push(Buffer.from(bytes)), ready() {} }, 0);
  const server = new Peer(settings("SERVER"), { write: (bytes) => heard.push(Buffer.from(bytes)), ready() {} }, 0);
  server.receive(said[0] ?? Buffer.alloc(0));
  for (const bytes of heard) client.receive(bytes);
  client.next(0);
  for (const bytes of said.slice(1)) server.receive(bytes);
  server.next(0);
  // Both said READY in the first interval; the second is quiet.
  client.deadline(limits.heartbeatIntervalMs);
  client.deadline(2 * limits.heartbeatIntervalMs);
  server.receive(said.at(-1) ?? Buffer.alloc(0));
  server.next(0);

  const [greeting, ready, ping] = said;
  const keepAlive = frameOf(0, encodeClientMessage({ type: "KeepAlive", timestamp: 1_767_225_600_000 }, 1));
  const pong = heard.at(-1);
  expect(pong?.[0]).toBe(flag.command);
  expect(shown).toEqual([greeting, ready, keepAlive, ping, pong].map((bytes) => bytes?.toString("hex")));
});

function settings(socketType: PeerSettings["socketType"]): PeerSettings {
  const { frameBytesMax, handshakeTimeoutMs, heartbeatIntervalMs } = limits;
  return { socketType, mechanism: nullMechanism, frameBytesMax, handshakeTimeoutMs, heartbeatIntervalMs };
}

/** The bytes at the beginning of each line; `00 × 31` is 31 of them. */
function bytesIn(block: string): string {
  const lines = block.trimEnd().split("\n");
  return lines
    .map((line) => line.replace(/^00 × (\d+).*/, (_, count) => "00".repeat(Number(count))))
    .map(hexAtStart)
    .join("");
}

function hexAtStart(line: string): string {
  const [hex = ""] = /^(?:[0-9a-f]{2} ?)+(?![^ ])/.exec(line) ?? [];
  return hex.replaceAll(" ", "");
}
