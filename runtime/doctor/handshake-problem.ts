import { decodeGreetingMessage } from "../../generated/zmtp-greeting/codec.ts";
import { printable } from "../transport/zmtp/zmtp-error.ts";
import { WireError } from "../wire/index.ts";
import { type Finding, type Outcome, problem } from "./finding.ts";

/** How far a handshake came. */
export interface HandshakeProgress {
  /** The first bytes of the other end, as many as a greeting has. */
  received: Buffer;
  /**
   * `greeting`: nothing fits yet; `begun`: the greetings fit, and this side has begun to prove who it is; `proving`: the server
   * has proven its key, and has ours; `done`: it lets us in.
   */
  stage: "greeting" | "begun" | "proving" | "done";
  /** That of this side. */
  mechanism: string;
  /** That of the other end, once it has told. */
  socketType: string;
}

/** Why a handshake came to nothing. `reason` is that of the connection's end. */
export function handshakeProblem(progress: HandshakeProgress, reason: string): Outcome<never> {
  switch (progress.stage) {
    case "greeting":
      return progress.received.byteLength < greetingBytes || progress.received[0] !== zmtpByte
        ? strangerProblem(progress.received, reason)
        : greetingProblem(progress, reason);
    case "begun":
      return progress.mechanism === "CURVE" ? serverKeyProblem(reason) : brokenProblem(reason);
    case "proving":
      return clientKeyProblem(reason);
    case "done":
      return socketTypeProblem(progress.socketType);
  }
}

/** No greeting came: this is not ZMTP, not yet, or of another age. */
function strangerProblem(received: Buffer, reason: string): Outcome<never> {
  if (received.byteLength === 0) {
    return reason.startsWith("no handshake") ? silentProblem(reason) : closedProblem(reason);
  }
  if (received[0] === zmtpByte) {
    const revision = received[revisionAt] ?? currentRevision;
    return revision < currentRevision ? oldProblem(revision) : brokenProblem(reason);
  }
  return otherServiceProblem(strangerName(received));
}

/** `name`: with its article. */
export function otherServiceProblem(name: string): { readonly problem: Finding } {
  return problem(
    "not-zmtp",
    `What listens there is ${name}, and does not speak ZMTP.`,
    "Check the port: it is that of another service, or of a proxy before the server. hawser's servers are reached by plain TCP, with no HTTP or TLS around it.",
  );
}

function strangerName(received: Buffer): string {
  const text = received.toString("latin1");
  if (text.startsWith("HTTP/")) return `an HTTP server ("${printable(text.split("\r\n", 1)[0] ?? "")}")`;
  if ((received[0] === tlsAlertByte || received[0] === tlsHandshakeByte) && received[1] === tlsMajor) {
    return tlsServer;
  }
  if (text.startsWith("SSH-")) return `an SSH server ("${printable(text.split("\r\n", 1)[0] ?? "")}")`;
  return `something that begins with "${printable(text)}"`;
}

function silentProblem(reason: string): Outcome<never> {
  return problem(
    "silent",
    `The port is open, but whoever listens there says nothing: ${reason}.`,
    "Check the port: a service that waits for its client to speak first looks like this, and so does a server that hangs, or a proxy whose server is down.",
  );
}

function closedProblem(reason: string): Outcome<never> {
  return problem(
    "closed-at-once",
    `The port is open, but the connection was ended before anything was said: ${reason}.`,
    "Check the port, and proxies and load balancers on the way: they do this when they have no server behind them. A server with too many connections does it too.",
  );
}

function oldProblem(revision: number): Outcome<never> {
  return problem(
    "old-zmtp",
    `What listens there speaks ZMTP of revision ${revision}, as ZeroMQ before 4.0 does; hawser needs revision ${currentRevision}.`,
    "Check the port: it is not that of a hawser server. Where it is a server of your own, update its ZeroMQ.",
  );
}

/** The greeting came and does not fit: the two ends have different mechanisms. */
function greetingProblem({ received, mechanism }: HandshakeProgress, reason: string): Outcome<never> {
  return mechanismProblem(mechanismIn(received), mechanism) ?? brokenProblem(reason);
}

/** What is wrong between the mechanism of the other end and ours; `undefined` where that is not it. */
export function mechanismProblem(theirs: string | undefined, ours: string): Outcome<never> | undefined {
  if (theirs === undefined || theirs === ours) return undefined;
  if (theirs === "CURVE") {
    return problem(
      "server-wants-keys",
      "The server talks by CURVE only, and no keys were given.",
      "Give --key with this client's key file (or HAWSER_SECRET_KEY) and --server-key with the server's public key. A program needs the option curve.",
    );
  }
  if (theirs === "NULL") {
    return problem(
      "server-has-no-keys",
      "The server has no keys (mechanism NULL), and would be talked to without encryption; keys were given.",
      "Start the server with the option curve. If it is not to have keys, leave --key and --server-key out; if it has, somebody else answers in its place.",
    );
  }
  return problem(
    "other-mechanism",
    `What listens there wants the security mechanism "${printable(theirs)}"; hawser has NULL and CURVE.`,
    "Check the port: it is that of another ZeroMQ service.",
  );
}

/** The mechanism that a greeting names; `undefined` for what is no greeting, or not all of one. */
export function mechanismIn(greeting: Buffer): string | undefined {
  try {
    return Buffer.from(decodeGreetingMessage(greeting).mechanism).toString("latin1").replace(/\0+$/, "");
  } catch (error) {
    if (error instanceof WireError) return undefined;
    throw error;
  }
}

/** HELLO was not answered: only the holder of the expected key can read it. */
function serverKeyProblem(reason: string): Outcome<never> {
  return problem(
    "server-key-wrong",
    `The server does not have the key that is expected of it: ${reason}.`,
    "Give --server-key the .pub file that belongs to the key this server runs with: hawser keygen wrote both. If you are sure of the key, somebody else answers in the server's place.",
  );
}

/** INITIATE was not answered with READY. */
function clientKeyProblem(reason: string): Outcome<never> {
  return problem(
    "client-key-refused",
    `The server has proven its key, and does not let this client in: ${reason}.`,
    "Add this client's .pub file to the server's clientKeys, or give --key the file of a client that is on the list. A server that is no SERVER socket of ZeroMQ may refuse so too.",
  );
}

function socketTypeProblem(socketType: string): Outcome<never> {
  const type = printable(socketType) || "none";
  return problem(
    "wrong-socket-type",
    `What listens there is a ZeroMQ socket of type ${type}; hawser's servers are of type SERVER.`,
    "Check the port: it is that of another ZeroMQ service.",
  );
}

function brokenProblem(reason: string): Outcome<never> {
  return problem(
    "handshake-failed",
    `The handshake of ZMTP began and came to nothing: ${reason}.`,
    "Try again; if it stays so, check the port, and whether something on the way changes or ends connections. The server's reports say what it saw.",
  );
}

/** How a TLS server is called. */
export const tlsServer = "a TLS server";
/** Bytes of ZMTP's greeting. */
export const greetingBytes = 64;
/** What every greeting begins with. */
const zmtpByte = 0xff;
/** Where a greeting has its revision. */
export const revisionAt = 10;
const currentRevision = 3;
const tlsAlertByte = 0x15;
const tlsHandshakeByte = 0x16;
/** All versions of TLS say 3. */
const tlsMajor = 3;
