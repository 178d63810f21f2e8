import { once } from "node:events";
import { connect as connectTcp, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { encodeGreeting } from "../transport/zmtp/greeting.ts";
import { nullMechanism } from "../transport/zmtp/null-mechanism.ts";
import type { FindingCode, Outcome } from "./finding.ts";
import {
  greetingBytes,
  mechanismIn,
  mechanismProblem,
  otherServiceProblem,
  revisionAt,
  tlsServer,
} from "./handshake-problem.ts";
import { StepTime } from "./step-time.ts";

/** Who is looked at again. */
export interface SecondLook {
  readonly host: string;
  readonly port: number;
  /** The mechanism of this side. */
  readonly mechanism: string;
  readonly interruption: AbortSignal;
}

/** Who has said too little in a handshake may be known by how it takes another question. */
export async function lookAgain(code: FindingCode, look: SecondLook): Promise<Outcome<never> | undefined> {
  const time = new StepTime(secondLookMs, look.interruption);
  try {
    if (wordless.includes(code) && (await speaksTls(look, time))) return otherServiceProblem(tlsServer);
    if (broken.includes(code)) return mechanismProblem(mechanismIn(await slowGreeting(look, time)), look.mechanism);
    return undefined;
  } finally {
    time.end();
  }
}

/** TLS servers end a connection without a word when they hear something else. Of the certificate nothing is believed. */
async function speaksTls({ host, port }: SecondLook, time: StepTime): Promise<boolean> {
  const socket = connectTls({ host, port, rejectUnauthorized: false });
  try {
    await whatComes(socket, "secureConnect", time);
    return true;
  } catch (error) {
    time.throwIfInterrupted();
    // Only who speaks TLS refuses in TLS.
    return error instanceof Error && "code" in error && /SSL.*ALERT/.test(String(error.code));
  } finally {
    socket.destroy();
  }
}

/**
 * The greeting of one that is not told ours as a whole: libzmq ends the connection when it has read a mechanism that it does
 * not have, and its own is not sent then.
 */
async function slowGreeting({ host, port }: SecondLook, time: StepTime): Promise<Buffer> {
  const socket = connectTcp({ host, port });
  let received = Buffer.alloc(0);
  try {
    // Up to the revision every greeting of ours is the same.
    socket.write(encodeGreeting(nullMechanism(new Map())).subarray(0, revisionAt + 1));
    while (received.byteLength < greetingBytes) {
      const [bytes]: Buffer[] = await whatComes(socket, "data", time);
      received = Buffer.concat([received, bytes ?? Buffer.alloc(0)]);
    }
  } catch {
    // What has come so far must do.
    time.throwIfInterrupted();
  } finally {
    socket.destroy();
  }
  return received.subarray(0, greetingBytes);
}

/** Rejects when the connection fails or ends, or when the time is over. */
async function whatComes(socket: Socket, event: "data" | "secureConnect", time: StepTime): Promise<Buffer[]> {
  const controller = new AbortController();
  // What comes after this question is no concern of anybody.
  socket.on("error", () => {});
  try {
    const ended = once(socket, "close", { signal: controller.signal }).then(() =>
      Promise.reject(new Error("it ended")),
    );
    const came = once(socket, event, { signal: controller.signal });
    return await time.limit(Promise.race([came, ended]));
  } finally {
    controller.abort();
  }
}

/** Problems that were found without a word of the other end. */
const wordless: readonly FindingCode[] = ["closed-at-once", "silent"];
/** Problems after which the other end may have had more to say. */
const broken: readonly FindingCode[] = ["closed-at-once", "handshake-failed"];
/** Who is not at the other end of the world has answered by then. */
const secondLookMs = 1_000;
