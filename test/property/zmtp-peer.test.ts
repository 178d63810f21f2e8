import fc from "fast-check";
import { expect, test } from "vitest";
import { limits } from "../../runtime/protocol/limits.ts";
import { frameOf } from "../../runtime/transport/zmtp/framing.ts";
import { nullMechanism } from "../../runtime/transport/zmtp/null-mechanism.ts";
import { Peer, type SocketType } from "../../runtime/transport/zmtp/peer.ts";
import { ZmtpError } from "../../runtime/transport/zmtp/zmtp-error.ts";
import { greeting, ping } from "../transport/zmtp.ts";

/** One end, what it has to say, and what it was told. */
class End {
  readonly peer: Peer;
  readonly received: string[] = [];
  /** Bytes on their way to the other end. */
  sent: Buffer = Buffer.alloc(0);
  isReady = false;
  #waiting: readonly string[];

  constructor(socketType: SocketType, messages: readonly string[]) {
    this.#waiting = messages;
    const write = (bytes: Uint8Array): void => {
      this.sent = Buffer.concat([this.sent, bytes]);
    };
    const ready = (): void => {
      this.isReady = true;
      for (const message of this.#waiting) write(frameOf(0, Buffer.from(message)));
      this.#waiting = [];
    };
    this.peer = new Peer({ ...settings, socketType }, { write, ready }, 0);
  }

  /** Takes up to `bytes` of what the other end has sent. */
  receive(from: End, bytes: number): void {
    const piece = from.sent.subarray(0, bytes);
    from.sent = from.sent.subarray(bytes);
    if (piece.byteLength > 0) this.peer.receive(piece);
    for (let message = this.peer.next(0); message !== undefined; message = this.peer.next(0)) {
      if (message !== null) this.received.push(Buffer.from(message).toString());
    }
  }
}

const settings = {
  mechanism: nullMechanism,
  frameBytesMax: 1_000,
  handshakeTimeoutMs: limits.handshakeTimeoutMs,
  heartbeatIntervalMs: limits.heartbeatIntervalMs,
};

test("a client and a server understand each other, however slowly and unevenly bytes travel", () => {
  const messages = fc.array(fc.string({ maxLength: 300 }), { maxLength: 5 });
  const steps = fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 80 })), { maxLength: 60 });
  fc.assert(
    fc.property(messages, messages, steps, (fromClient, fromServer, moves) => {
      const client = new End("CLIENT", fromClient);
      const server = new End("SERVER", fromServer);
      for (const [toServer, bytes] of moves) {
        if (toServer) server.receive(client, bytes);
        else client.receive(server, bytes);
      }
      while (client.sent.byteLength + server.sent.byteLength > 0) {
        server.receive(client, 10_000);
        client.receive(server, 10_000);
      }
      expect([client.isReady, server.isReady]).toEqual([true, true]);
      expect([server.received, client.received]).toEqual([fromClient, fromServer]);
    }),
    { numRuns: 500 },
  );
});

test("whatever comes, it is understood or refused", () => {
  const conversation = Buffer.concat([
    greeting,
    clientReady,
    ping,
    frameOf(0, Buffer.from("hello")),
    ping,
    clientReady,
  ]);
  const change = fc.record({
    at: fc.nat(conversation.byteLength),
    insert: fc.uint8Array({ maxLength: 20 }),
    skip: fc.nat(9),
  });
  fc.assert(
    fc.property(
      fc.array(change, { maxLength: 3 }),
      fc.integer({ min: 1, max: 64 }),
      fc.nat(200_000),
      (changes, cut, at) => {
        let bytes = conversation;
        for (const { at: place, insert, skip } of changes) {
          bytes = Buffer.concat([bytes.subarray(0, place), insert, bytes.subarray(place + skip)]);
        }
        const server = new End("SERVER", []);
        const guest = { sent: bytes } as End;
        try {
          while (guest.sent.byteLength > 0) server.receive(guest, cut);
          server.peer.deadline(at);
        } catch (error) {
          expect(error).toBeInstanceOf(ZmtpError);
          expect((error as ZmtpError).message).toMatch(/^(the peer(?:'s)?|no handshake|a SERVER talks) /);
        }
      },
    ),
    { numRuns: 5_000 },
  );
});

test("a command is given one at a time, so that a flood of them leaves the others their turn", () => {
  const server = new End("SERVER", []);
  server.receive({ sent: Buffer.concat([greeting, clientReady]) } as End, 1_000);
  server.sent = Buffer.alloc(0);
  server.peer.receive(Buffer.concat([ping, ping, ping]));
  for (let count = 1; count <= 3; count++) {
    expect(server.peer.next(0)).toBeNull();
    expect(server.sent.byteLength).toBe(count * "\x04\x05\x04PONG".length);
  }
  expect(server.peer.next(0)).toBeUndefined();
});

const clientReady: Buffer = Buffer.from("\x04\x1c\x05READY\x0bSocket-Type\x00\x00\x00\x06CLIENT", "latin1");
