import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { encodeClientMessage, encodeServerMessage } from "../../generated/protocol/codec.ts";
import type { ClientMessage, ServerMessage } from "../../generated/protocol/messages.ts";
import { Capture, type Conversation } from "./capture.ts";
import { describeWithTshark, dissect, fileOf, findAll, type Item } from "./tshark.ts";
import { zmtpFrame, zmtpGreeting, zmtpReady } from "./zmtp-bytes.ts";

/** How frames are found in what a network carries, and whose they are. */
const script = join(import.meta.dirname, "../../generated/protocol/zraft.lua");
const folder = mkdtempSync(join(tmpdir(), "hawser-dissector-"));
afterAll(() => rmSync(folder, { recursive: true }));

const client = { port: 50_000 };
const server = { port: 7000 };
const atPort = ["-o", "zraft.ports:7000"];

function dissected(capture: Capture, args: readonly string[] = atPort): readonly (readonly Item[])[] {
  return dissect(fileOf(folder, "capture.pcap", capture.toBytes()), "zraft", { script, args }).packets;
}

/** What the given packets show of one field. */
function values(packets: readonly (readonly Item[])[], name: string): readonly (readonly string[])[] {
  return packets.map((items) => findAll(items, name).map(({ show }) => show)).filter(({ length }) => length > 0);
}

function experts(packets: readonly (readonly Item[])[]): readonly string[] {
  return packets.flatMap((items) => findAll(items, "_ws.expert").map(({ line }) => line));
}

function asked(message: ClientMessage, version: 1 | 2 = 1): Buffer {
  return zmtpFrame(encodeClientMessage(message, version));
}

function said(message: ServerMessage, version: 1 | 2 = 1): Buffer {
  return zmtpFrame(encodeServerMessage(message, version));
}

function keepAlive(timestamp: number): Buffer {
  return asked({ type: "KeepAlive", timestamp });
}

const payload = new Uint8Array(70_000).fill(0x2a);
const request: ClientMessage = {
  type: "ClientRequest",
  requestId: 7,
  lowestPendingRequestId: 7,
  payload,
  createdAt: 1_767_225_600_000,
};

describeWithTshark("ZMTP", () => {
  function started(): { readonly capture: Capture; readonly conversation: Conversation } {
    const capture = new Capture();
    return { capture, conversation: capture.converse(client, server) };
  }

  test("several frames in one segment", () => {
    const { capture, conversation } = started();
    capture.send(conversation, client, Buffer.concat([1, 2, 3].map(keepAlive)));
    expect(values(dissected(capture), "zraft.keep_alive.timestamp")).toEqual([["1", "2", "3"]]);
  });

  test("greeting, READY and frames, cut at every byte", () => {
    const { capture, conversation } = started();
    const bytes = Buffer.concat([zmtpGreeting(), zmtpReady("CLIENT"), keepAlive(1), keepAlive(2)]);
    for (const byte of bytes) capture.send(conversation, client, Buffer.from([byte]));
    const packets = dissected(capture);
    expect(values(packets, "zraft.zmtp.major")).toEqual([["3"]]);
    expect(values(packets, "zraft.zmtp.mechanism")).toEqual([["NULL"]]);
    expect(values(packets, "zraft.zmtp.command")).toEqual([["READY"]]);
    expect(values(packets, "zraft.zmtp.value")).toEqual([["CLIENT"]]);
    expect(values(packets, "zraft.keep_alive.timestamp")).toEqual([["1"], ["2"]]);
    expect(experts(packets)).toEqual([]);
  });

  test("a frame of 70,000 bytes over many segments, and the beginning of the next one in its last", () => {
    const { capture, conversation } = started();
    const bytes = Buffer.concat([asked(request), keepAlive(8)]);
    for (let at = 0; at < bytes.byteLength; at += 1448) {
      capture.send(conversation, client, bytes.subarray(at, at + 1448));
    }
    const packets = dissected(capture);
    const length = values(packets, "zraft.client_request.payload").map(
      ([bytes = ""]) => bytes.replaceAll(":", "").length,
    );
    expect(length).toEqual([140_000]);
    expect(values(packets, "zraft.keep_alive.timestamp")).toEqual([["8"]]);
    expect(experts(packets)).toEqual([]);
  });

  test("PING, PONG and ERROR, whole and malformed", () => {
    const { capture, conversation } = started();
    capture.send(conversation, client, zmtpFrame(Buffer.from("\x04PING\x02\x8fab", "latin1"), 4));
    capture.send(conversation, server, zmtpFrame(Buffer.from("\x04PONGab", "latin1"), 4));
    capture.send(conversation, server, zmtpFrame(Buffer.from("\x05ERROR\x02no", "latin1"), 4));
    capture.send(conversation, server, zmtpFrame(Buffer.from("\x05ERROR\x09no", "latin1"), 4));
    const packets = dissected(capture);
    expect(values(packets, "zraft.zmtp.command").flat()).toEqual(["PING", "PONG", "ERROR", "ERROR"]);
    expect(values(packets, "zraft.zmtp.ttl")).toEqual([["655"]]);
    expect(values(packets, "zraft.zmtp.context").flat().slice(0, 2)).toEqual(["61:62", "61:62"]);
    expect(values(packets, "zraft.zmtp.reason")).toEqual([["no"]]);
    expect(experts(packets)).toEqual([expect.stringContaining("reason needs 10 bytes, 3 are left")]);
  });

  test("a capture that begins in the middle of a frame finds the next one", () => {
    const capture = new Capture();
    const conversation = capture.joinLate(client, server);
    capture.send(conversation, client, Buffer.concat([Buffer.from("the rest of something"), keepAlive(1)]));
    capture.send(conversation, client, Buffer.from("zraft in the middle of a text"));
    capture.send(conversation, client, Buffer.concat([Buffer.from([2, 0, 0, 0, 0, 1, 0, 0, 0]), Buffer.alloc(20)]));
    capture.send(conversation, client, keepAlive(2));
    const packets = dissected(capture);
    expect(values(packets, "zraft.keep_alive.timestamp")).toEqual([["1"], ["2"]]);
    expect(experts(packets)).toHaveLength(3);
    expect(experts(packets)[0]).toMatch(/Warning\/Undecoded.*No frame begins here/);
  });

  test.each([
    [
      "is longer than any frame",
      Buffer.concat([Buffer.from([2, 0, 0, 1, 0, 0, 0, 0, 0]), Buffer.from("zraft\x01\x03")]),
    ],
    ["has more to follow, as nothing of ours", zmtpFrame(Buffer.from("not ours"), 1)],
    ["has flags that nobody knows", zmtpFrame(Buffer.from("zraft\x01\x03"), 8)],
  ])("what %s is none", (_what, bytes) => {
    const { capture, conversation } = started();
    capture.send(conversation, client, bytes);
    capture.send(conversation, client, keepAlive(1));
    const packets = dissected(capture);
    expect(experts(packets)).toEqual([expect.stringContaining("No frame begins here")]);
    expect(values(packets, "zraft.keep_alive.timestamp")).toEqual([["1"]]);
  });

  test("of a frame with more values than anybody reads the first are shown, and those after it", () => {
    const { capture, conversation } = started();
    const items = Array.from({ length: 20_000 }, (_, timestamp): ClientMessage => ({ type: "KeepAlive", timestamp }));
    const bytes = Buffer.concat([asked({ type: "Batch", items }, 2), keepAlive(1)]);
    for (let at = 0; at < bytes.byteLength; at += 60_000) {
      capture.send(conversation, client, bytes.subarray(at, at + 60_000));
    }
    const packets = dissected(capture);
    const [shown = []] = values(packets, "zraft.keep_alive.timestamp");
    expect(shown.length).toBeGreaterThan(1000);
    expect(shown.length).toBeLessThan(20_000);
    expect(shown.at(-1)).toBe("1");
    expect(packets.flat().map(({ line }) => line)[0]).toContain("(shown in part)");
    expect(experts(packets)).toEqual([]);
  });

  test("what is wrong behind all that is shown is said nevertheless", () => {
    const { capture, conversation } = started();
    const items = Array.from({ length: 5000 }, (): ClientMessage => ({ type: "KeepAlive", timestamp: 0 }));
    const message = encodeClientMessage({ type: "Batch", items }, 2).slice(0, -1);
    const bytes = zmtpFrame(message);
    capture.send(conversation, client, bytes.subarray(0, 60_000));
    capture.send(conversation, client, bytes.subarray(60_000));
    expect(experts(dissected(capture))).toEqual([
      expect.stringContaining("Batch.items[4999] needs 13 bytes, 12 are left"),
    ]);
  });

  test("a frame whose end is missing is said to be cut where streams are not put together", () => {
    const { capture, conversation } = started();
    capture.send(conversation, client, keepAlive(1).subarray(0, 12));
    const packets = dissected(capture, [...atPort, "-o", "tcp.desegment_tcp_streams:FALSE"]);
    expect(experts(packets)).toEqual([expect.stringContaining("The end of this frame was not captured")]);
  });
});

describeWithTshark("how it is found", () => {
  /** A server at a port that nobody has named; which end it is, only its READY can say. */
  function atAnyPort(listening: number, dialling: number): Capture {
    const capture = new Capture();
    const [dialler, listener] = [{ port: dialling }, { port: listening }];
    const conversation = capture.converse(dialler, listener);
    capture.send(conversation, dialler, Buffer.concat([zmtpGreeting(), zmtpReady("CLIENT")]));
    capture.send(conversation, listener, zmtpGreeting());
    capture.send(conversation, listener, zmtpReady("SERVER"));
    capture.send(conversation, dialler, keepAlive(5));
    capture.send(conversation, listener, said({ type: "KeepAliveResponse", timestamp: 5 }));
    return capture;
  }

  const both = [["KeepAlive"], ["KeepAliveResponse"]];

  test("by the bytes, whichever port is the greater one", () => {
    expect(values(dissected(atAnyPort(40_000, 50_000), []), "zraft.message")).toEqual(both);
    expect(values(dissected(atAnyPort(50_000, 40_000), []), "zraft.message")).toEqual(both);
  });

  test("not in what only happens to be ZMTP", () => {
    const capture = new Capture();
    const conversation = capture.converse(client, server);
    capture.send(conversation, client, Buffer.concat([zmtpGreeting(), zmtpReady("DEALER")]));
    capture.send(conversation, client, zmtpFrame(Buffer.from("something else")));
    capture.send(conversation, client, zmtpFrame(Buffer.from("zraft\x09 of a version that nobody knows")));
    expect(dissected(capture, []).flat()).toEqual([]);
  });

  test("by Decode As, in spite of a greater port of the server", () => {
    const capture = new Capture();
    const [dialler, listener] = [{ port: 40_000 }, { port: 50_000 }];
    const conversation = capture.converse(dialler, listener);
    capture.send(conversation, dialler, keepAlive(5));
    capture.send(conversation, listener, said({ type: "KeepAliveResponse", timestamp: 5 }));
    expect(values(dissected(capture, ["-d", "tcp.port==50000,zraft"]), "zraft.message")).toEqual(both);
  });

  test("by a range of ports", () => {
    const capture = atAnyPort(7001, 6999);
    expect(values(dissected(capture, ["-o", "zraft.ports:80,7000-7002"]), "zraft.zmtp.command")).toHaveLength(2);
  });

  test.each(["u16", "u32"] as const)("a length of %s before each frame", (framing) => {
    const prefixed = (frame: Uint8Array): Buffer => {
      const length = Buffer.alloc(framing === "u16" ? 2 : 4);
      length.writeUIntBE(frame.byteLength, 0, length.byteLength);
      return Buffer.concat([length, frame]);
    };
    const capture = new Capture();
    const conversation = capture.converse(client, server);
    const bytes = Buffer.concat(
      [1, 2, 3].map((timestamp) => prefixed(encodeClientMessage({ type: "KeepAlive", timestamp }, 1))),
    );
    capture.send(conversation, client, bytes.subarray(0, 18));
    capture.send(conversation, client, bytes.subarray(18));
    const packets = dissected(capture, [...atPort, "-o", `zraft.framing:${framing}`]);
    expect(values(packets, "zraft.keep_alive.timestamp").flat()).toEqual(["1", "2", "3"]);
    expect(experts(packets)).toEqual([]);
  });

  test("a frame in each datagram", () => {
    const capture = new Capture();
    capture.sendDatagram(client, server, encodeClientMessage({ type: "KeepAlive", timestamp: 5 }, 2));
    capture.sendDatagram(server, client, encodeServerMessage({ type: "KeepAliveResponse", timestamp: 5 }, 2));
    for (const args of [atPort, []]) {
      expect(values(dissected(capture, [...args, "-o", "zraft.framing:datagram"]), "zraft.message")).toEqual(both);
    }
  });

  test("families can be exchanged", () => {
    const capture = new Capture();
    const conversation = capture.converse(client, server);
    capture.send(conversation, client, said({ type: "KeepAliveResponse", timestamp: 5 }));
    const args = ["-o", "zraft.from_clients:server", "-o", "zraft.from_servers:client"];
    expect(values(dissected(capture, [...atPort, ...args]), "zraft.message")).toEqual([["KeepAliveResponse"]]);
  });
});

describeWithTshark("docs/wireshark.md", () => {
  test("has filters that find what they say", () => {
    const document = readFileSync(join(import.meta.dirname, "../../docs/wireshark.md"), "utf8");
    const filters = [...document.matchAll(/^\| `([^`]*zraft\.[^`]*|_ws[^`]*)` \|/gm)].map(([, filter = ""]) => filter);
    expect(filters.length).toBeGreaterThan(10);
    const capture = new Capture();
    const conversation = capture.converse(client, server);
    capture.send(conversation, client, keepAlive(5));
    capture.send(conversation, client, zmtpFrame(Buffer.from("zraft")));
    capture.send(conversation, client, asked({ ...request, requestId: 12, payload: new Uint8Array() }));
    const found = (filter: string) => dissected(capture, [...atPort, "-Y", filter]).length;
    expect(found(filters.map((filter) => `(${filter})`).join(" or "))).toBe(3);
    const some = ["zraft.keep_alive", "zraft.error.code", "zraft.client_request.request_id == 12"];
    expect(some.map((filter) => [filters.includes(filter), found(filter)])).toEqual(some.map(() => [true, 1]));
  });
});

describeWithTshark("requests and answers", () => {
  test("know each other's packets and the time between, in batches too", () => {
    const capture = new Capture();
    const conversation = capture.converse(client, server);
    const query: ClientMessage = { type: "Query", correlationId: "q", payload, createdAt: 5 };
    const small = { ...request, payload: new Uint8Array(1) };
    const first = capture.send(
      conversation,
      client,
      asked({ type: "Batch", items: [small, { ...query, payload: new Uint8Array(1) }] }, 2),
    );
    const repeated = capture.send(conversation, client, asked(small, 2));
    const answer: ServerMessage = { type: "ClientResponse", requestId: 7, result: new Uint8Array(), commitIndex: 1 };
    const refusal: ServerMessage = { type: "QueryError", correlationId: "q", reason: { type: "SessionExpired" } };
    const both = capture.send(conversation, server, said({ type: "Batch", items: [answer, refusal] }, 2));
    const packets = dissected(capture);
    const links = (packet: number, name: string) =>
      findAll(packets[packet - 1] ?? [], `zraft.${name}`).map(({ show }) => show);
    // The command is answered where it was sent last, the query where it was sent.
    expect(links(first, "response_in")).toEqual([String(both)]);
    expect(links(repeated, "response_in")).toEqual([String(both)]);
    expect(links(both, "request_in")).toEqual([String(repeated), String(first)]);
    expect(links(both, "response_time")).toEqual(["0.001000000", "0.002000000"]);
  });

  test("a rejection answers the handshake that came last with its nonce", () => {
    const capture = new Capture();
    const conversation = capture.converse(client, server);
    const created = capture.send(
      conversation,
      client,
      asked({ type: "CreateSession", capabilities: { a: "1" }, nonce: 5n, sessionTimeout: undefined }),
    );
    const continued = capture.send(conversation, client, asked({ type: "ContinueSession", sessionId: "s", nonce: 5n }));
    capture.send(
      conversation,
      server,
      said({
        type: "SessionRejected",
        reason: "NotLeader",
        nonce: 5n,
        leaderId: "b",
        retryAfter: undefined,
        members: [],
      }),
    );
    const packets = dissected(capture);
    expect(values(packets, "zraft.request_in")).toEqual([[String(continued)]]);
    expect(findAll(packets[created - 1] ?? [], "zraft.response_in")).toEqual([]);
  });

  test("the first of several answers is the one that a request had", () => {
    const capture = new Capture();
    const conversation = capture.converse(client, server);
    const asks = capture.send(conversation, client, keepAlive(5));
    const response = said({ type: "KeepAliveResponse", timestamp: 5 });
    const [first, second] = [1, 2].map(() => capture.send(conversation, server, response));
    const packets = dissected(capture);
    expect(findAll(packets[asks - 1] ?? [], "zraft.response_in").map(({ show }) => show)).toEqual([String(first)]);
    expect(findAll(packets[(second ?? 0) - 1] ?? [], "zraft.request_in").map(({ show }) => show)).toEqual([
      String(asks),
    ]);
  });

  test("not across conversations", () => {
    const capture = new Capture();
    capture.send(capture.converse(client, server), client, keepAlive(5));
    const other = { port: 50_001 };
    capture.send(capture.converse(other, server), server, said({ type: "KeepAliveResponse", timestamp: 5 }));
    expect(values(dissected(capture), "zraft.request_in")).toEqual([]);
  });
});
