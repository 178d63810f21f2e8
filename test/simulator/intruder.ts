import { decodeServerMessage, encodeClientMessage } from "../../generated/protocol/codec.ts";
import type { ContinueSession, CreateSession } from "../../generated/protocol/messages.ts";
import type { ClientIdentity } from "../../runtime/protocol/client-identity.ts";
import type { ClientProcess } from "./client-process.ts";
import type { ConnectionEnd, Link } from "./network.ts";
import { check } from "./violation.ts";
import type { World } from "./world.ts";

/**
 * Somebody with another key, or none, who knows everything that a client has said: its session id, and the handshake that
 * created the session. Must not get that session.
 */
export class Intruder implements ConnectionEnd {
  readonly name = "intruder";
  readonly versionMax = 2;
  readonly identity: ClientIdentity;
  link: Link | undefined;
  readonly #world: World;
  readonly #victim: ClientIdentity;

  constructor(world: World, victim: ClientProcess) {
    const { chance } = world;
    this.#world = world;
    this.#victim = victim.identity;
    const isKeyless = victim.identity.publicKey !== undefined && chance.happens(0.5);
    this.identity = { address: "10.9.9.9", publicKey: isKeyless ? undefined : "intruder" };
  }

  /** Comes with what a client has said; false where that has said nothing yet. */
  come(victim: ClientProcess, address: string): boolean {
    const handshake = this.#handshakeOf(victim);
    if (handshake === undefined) return false;
    this.link = this.#world.dial(this, address);
    if (handshake.type === "ContinueSession" && this.link !== undefined) this.link.asked = handshake;
    this.link?.sendUp(encodeClientMessage(handshake, 1));
    this.#world.after(STAY_MS, () => {
      this.link?.closeFromClient();
      this.link = undefined;
    });
    return true;
  }

  received(_link: Link, frame: Uint8Array): void {
    const { message } = decodeServerMessage(frame);
    check(message.type !== "SessionContinued", "own session", () => "an intruder goes on with the session of another");
    if (message.type !== "SessionCreated") return;
    const owner = this.#world.truth.sessions.get(message.sessionId)?.owner;
    check(owner === this.identity.publicKey, "own session", () => {
      return `an intruder is given ${message.sessionId} of ${this.#victim.publicKey}`;
    });
  }

  lost(): void {
    this.link = undefined;
  }

  #handshakeOf({ creation, sessionId }: ClientProcess): CreateSession | ContinueSession | undefined {
    if (creation !== undefined && (sessionId === undefined || this.#world.chance.happens(0.5))) return creation;
    if (sessionId === undefined) return undefined;
    return { type: "ContinueSession", sessionId, nonce: BigInt(this.#world.newId()) };
  }
}

const STAY_MS = 1_000;
