import type { Socket } from "node:net";
import { limits } from "../protocol/limits.ts";
import type { ConnectionHandlers } from "../transport/transport.ts";
import type { Mechanism, MechanismMaker } from "../transport/zmtp/mechanism.ts";
import { ZmtpSocket } from "../transport/zmtp/socket.ts";
import type { Outcome } from "./finding.ts";
import { greetingBytes, type HandshakeProgress, handshakeProblem } from "./handshake-problem.ts";
import type { StepTime } from "./step-time.ts";

/** Shakes hands over a connection, which belongs to the result from then on, or is closed. */
export async function shakeHands(
  socket: Socket,
  mechanism: MechanismMaker,
  time: StepTime,
): Promise<Outcome<ServerLink>> {
  const progress: HandshakeProgress = { received: Buffer.alloc(0), stage: "greeting", mechanism: "", socketType: "" };
  // Before the link listens: who turns out to be a stranger is told by its first bytes.
  socket.on("data", (bytes: Buffer) => keepFirst(progress, bytes));
  const link = new ServerLink(socket, observed(mechanism, progress), time.limitMs);
  try {
    const lostReason = await time.limit(link.settled);
    if (lostReason !== undefined) return handshakeProblem(progress, lostReason);
    const isProven = progress.mechanism === "CURVE";
    return {
      value: link,
      detail: `ZMTP, ${isProven ? "CURVE: both have proven their keys" : "NULL: no keys and no encryption"}`,
    };
  } catch (error) {
    link.destroy();
    if (time.hasRunOut) return handshakeProblem(progress, `no handshake within ${time.limitMs} ms`);
    throw error;
  }
}

/** A connection that speaks ZMTP, with a server at its other end. */
export class ServerLink {
  /** Resolves when the handshake is done, or with the reason why it will not be. */
  readonly settled: Promise<string | undefined>;
  readonly #socket: ZmtpSocket;
  #handlers: ConnectionHandlers | undefined;
  #lostReason: string | undefined;

  constructor(socket: Socket, mechanism: MechanismMaker, timeoutMs: number) {
    let settle: (lostReason: string | undefined) => void;
    this.settled = new Promise((resolve) => {
      settle = resolve;
    });
    const settings = {
      socketType: "CLIENT",
      mechanism,
      frameBytesMax: limits.frameBytesMax,
      queueBytesMax: limits.connectionQueueBytesMax,
      // Whoever waits for it has less patience.
      handshakeTimeoutMs: 2 * timeoutMs,
      heartbeatIntervalMs: limits.heartbeatIntervalMs,
    } as const;
    this.#socket = new ZmtpSocket(socket, settings, {
      ready: () => settle(undefined),
      received: (frame) => this.#handlers?.received(frame),
      lost: (reason) => {
        this.#lostReason = reason;
        settle(reason);
        this.#handlers?.lost(reason);
      },
    });
  }

  /** Tells `handlers` what happens from here on, or that the connection is lost already. */
  take(handlers: ConnectionHandlers): void {
    this.#handlers = handlers;
    if (this.#lostReason !== undefined) handlers.lost(this.#lostReason);
  }

  send(frame: Uint8Array): void {
    this.#socket.send(frame);
  }

  /** Closes the connection after what was sent has left. */
  finish(): Promise<void> {
    return this.#socket.finish();
  }

  /** Closes the connection at once. */
  destroy(): void {
    this.#socket.destroy();
  }
}

function keepFirst(progress: HandshakeProgress, bytes: Buffer): void {
  const missing = greetingBytes - progress.received.byteLength;
  if (missing > 0) progress.received = Buffer.concat([progress.received, bytes.subarray(0, missing)]);
}

/** The mechanism, with a note of how far it has come: that tells which of both keys is wrong. */
function observed(make: MechanismMaker, progress: HandshakeProgress): MechanismMaker {
  return (properties) => {
    const mechanism: Mechanism = make(properties);
    progress.mechanism = mechanism.name;
    return {
      name: mechanism.name,
      asServer: mechanism.asServer,
      start() {
        progress.stage = "begun";
        return mechanism.start();
      },
      receive(command) {
        const step = mechanism.receive(command);
        if (step.type === "continue") progress.stage = "proving";
        if (step.type === "done") {
          progress.stage = "done";
          progress.socketType = Buffer.from(step.properties.get("socket-type") ?? []).toString("latin1");
        }
        return step;
      },
      wipe: () => mechanism.wipe(),
    };
  };
}
