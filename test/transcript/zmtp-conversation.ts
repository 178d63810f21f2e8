import { limits } from "../../runtime/protocol/limits.ts";
import { FrameReader, flag } from "../../runtime/transport/zmtp/framing.ts";
import { nullMechanism } from "../../runtime/transport/zmtp/null-mechanism.ts";
import { Peer } from "../../runtime/transport/zmtp/peer.ts";
import { ZmtpError } from "../../runtime/transport/zmtp/zmtp-error.ts";
import { formatInstant, parseDuration } from "./conversation.ts";
import { words } from "./notation.ts";

/**
 * The commands of a conversation of one end of a ZMTP connection, which accepts messages of 1,000 bytes. Bytes are text
 * in which `\x1f` is the byte 31.
 *
 *     client, server                begins as that end, at t=0s
 *     <- greeting 3.1 NULL          the peer's greeting arrives
 *     <- frame FLAGS BYTES          a frame arrives, with the flags `message`, `more`, `command` or `command+more`
 *     <- READY Socket-Type=SERVER   commands arrive, well-formed: READY, ERROR REASON, PING 1s CONTEXT, PONG CONTEXT
 *     <- bytes BYTES                anything else arrives
 *     <. ...                        as `<-`, but one byte at a time
 *     <- ... | ...                  as `<-`, in one piece
 *     advance 10s                   time passes
 */
export function zmtpConversation(): (command: string) => readonly string[] {
  let now = 0;
  let peer: Peer | undefined;
  let lines: string[] = [];

  function begin(socketType: "CLIENT" | "SERVER"): void {
    const effects = {
      write: (bytes: Uint8Array) => lines.push(`-> ${describeSent(bytes)}`),
      ready: () => lines.push("ready"),
    };
    now = 0;
    peer = new Peer({ ...settings, socketType }, effects, now);
  }

  /** What a connection does with a piece. */
  function receive(piece: Buffer): void {
    attempt((open) => {
      open.receive(piece);
      for (let message = open.next(now); message !== undefined; message = open.next(now)) {
        if (message !== null) lines.push(`message ${escaped(message)}`);
      }
    });
  }

  function attempt(act: (open: Peer) => void): void {
    try {
      if (peer !== undefined) act(peer);
    } catch (error) {
      if (!(error instanceof ZmtpError)) throw error;
      lines.push(`lost: ${error.message}`);
      peer = undefined;
    }
  }

  function advance(until: number): string[] {
    const found: string[] = [];
    while (peer !== undefined && peer.nextDeadline <= until) {
      now = peer.nextDeadline;
      attempt((open) => open.deadline(now));
      found.push(...stamped());
    }
    now = until;
    return found;
  }

  function stamped(): string[] {
    const said = lines.map((line) => `${formatInstant(now)} ${line}`);
    lines = [];
    return said;
  }

  return (command) => {
    const [verb = "", ...rest] = words(command);
    if (verb === "client" || verb === "server") begin(verb === "client" ? "CLIENT" : "SERVER");
    else if (verb === "advance") return advance(now + parseDuration(rest[0] ?? ""));
    else if (verb === "<-") receive(parsePieces(rest));
    else if (verb === "<.") for (const byte of parsePieces(rest)) receive(Buffer.from([byte]));
    else throw new Error(`"${command}" is no command of a ZMTP conversation`);
    return stamped();
  };
}

function parsePieces(all: readonly string[]): Buffer {
  const parts: string[][] = [[]];
  for (const word of all) {
    if (word === "|") parts.push([]);
    else parts.at(-1)?.push(word);
  }
  return Buffer.concat(parts.map((part) => parsePiece(part)));
}

/** By hand, and not with the codecs under test. */
function parsePiece([what = "", first = "", second = ""]: readonly string[]): Buffer {
  switch (what) {
    case "greeting":
      return greeting(first, second);
    case "bytes":
      return unescaped(first);
    case "frame":
      return frame(flags[first] ?? 0, unescaped(second));
    case "READY":
      return command("READY", first === "" ? Buffer.alloc(0) : property(first), property("Identity="));
    case "ERROR":
      return command("ERROR", withLength(unescaped(first)));
    case "PING":
      return command("PING", Buffer.from([0, parseDuration(first) / 100]), unescaped(second));
    case "PONG":
      return command("PONG", unescaped(first));
    default:
      throw new Error(`"${what}" is nothing that a ZMTP peer sends`);
  }
}

function greeting(version: string, mechanism: string): Buffer {
  const bytes = Buffer.alloc(64);
  bytes.set([0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f, ...version.split(".").map(Number)]);
  bytes.write(mechanism, 12, 20, "latin1");
  return bytes;
}

function property(text: string): Buffer {
  const [name = "", value = ""] = text.split("=");
  return Buffer.concat([withLength(unescaped(name)), Buffer.alloc(3), withLength(unescaped(value))]);
}

function command(name: string, ...body: readonly Buffer[]): Buffer {
  return frame(flag.command, Buffer.concat([withLength(Buffer.from(name)), ...body]));
}

function withLength(bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from([bytes.byteLength]), bytes]);
}

function frame(kind: number, body: Buffer): Buffer {
  if (body.byteLength < 256) return Buffer.concat([Buffer.from([kind, body.byteLength]), body]);
  const header = Buffer.alloc(9);
  header[0] = kind | flag.long;
  header.writeUInt32BE(body.byteLength, 5);
  return Buffer.concat([header, body]);
}

/** All bytes of what is sent, so that none can leave unseen. */
function describeSent(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString("latin1");
  const match = /^\xff\0{8}\x7f([\s\S])([\s\S])([\s\S]{20})\0{32}$/.exec(text);
  if (match !== null) {
    const [, major = "", minor = "", mechanism = ""] = match;
    return `greeting ${major.charCodeAt(0)}.${minor.charCodeAt(0)} ${mechanism.replace(/\0+$/, "")}`;
  }
  const reader = new FrameReader(limits.frameBytesMax);
  reader.push(Buffer.from(bytes));
  const body = reader.next();
  if (body === undefined || reader.next() !== undefined) throw new Error(`"${escaped(bytes)}" is not one frame`);
  const kind = Object.entries(flags).find(([, value]) => value === reader.flags)?.[0];
  return `${kind} ${escaped(body)}`;
}

function escaped(bytes: Uint8Array): string {
  const shown = Buffer.from(bytes).toString("latin1");
  const text = shown.replace(
    /[^!-~]|\\/g,
    (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
  const short = text.replace(/([\s\S])\1{19,}/g, (run, character: string) => `${character}{${run.length}}`);
  return short === "" ? '""' : short;
}

/** The other way round; `a{300}` stands for a character 300 times. */
function unescaped(text: string): Buffer {
  const bytes = text.replace(/\\x([0-9a-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  const repeated = bytes.replace(/([\s\S])\{(\d+)\}/g, (_, character: string, count: string) =>
    character.repeat(+count),
  );
  return Buffer.from(repeated, "latin1");
}

const flags: Readonly<Record<string, number>> = { message: 0, more: 1, command: 4, "command+more": 5 };

const settings = {
  mechanism: nullMechanism,
  frameBytesMax: 1_000,
  handshakeTimeoutMs: limits.handshakeTimeoutMs,
  heartbeatIntervalMs: limits.heartbeatIntervalMs,
};
