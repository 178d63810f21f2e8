import { decodeGreetingMessage, encodeGreetingMessage } from "../../../generated/zmtp-greeting/codec.ts";
import type { Greeting } from "../../../generated/zmtp-greeting/messages.ts";
import { WireError } from "../../wire/index.ts";
import type { Mechanism } from "./mechanism.ts";
import { printable, ZmtpError } from "./zmtp-error.ts";

/** The version that we speak. */
const major = 3;
const minor = 1;

const greetingBytes = 64;
const mechanismBytes = 20;

/** What every connection begins with (RFC 37, "Greeting"). */
export function encodeGreeting({ name, asServer }: Mechanism): Uint8Array {
  const mechanism = new Uint8Array(mechanismBytes);
  mechanism.set(Buffer.from(name, "latin1"));
  return encodeGreetingMessage({
    type: "Greeting",
    padding: new Uint8Array(8),
    signatureEnd: 0x7f,
    major,
    minor,
    mechanism,
    asServer,
    filler: new Uint8Array(31),
  });
}

/**
 * Takes the peer's greeting in. A stranger is refused at the first byte that is wrong, so that nobody has to wait for 64
 * bytes that will not come.
 */
export class GreetingReader {
  readonly #bytes = Buffer.alloc(greetingBytes);
  #length = 0;

  get isComplete(): boolean {
    return this.#length === greetingBytes;
  }

  /** Adds what has arrived and returns what follows the greeting. Throws `ZmtpError`. */
  push(bytes: Buffer): Buffer {
    const copied = bytes.copy(this.#bytes, this.#length);
    this.#length += copied;
    this.#checkSoFar();
    return bytes.subarray(copied);
  }

  /** The minor version that both sides speak. Throws `ZmtpError` when they cannot talk to each other. */
  check(own: Mechanism): number {
    const greeting = decode(this.#bytes);
    const name = Buffer.from(greeting.mechanism).toString("latin1").replace(/\0+$/, "");
    if (name !== own.name) {
      throw new ZmtpError(`the peer wants the security mechanism "${printable(name)}", this side has ${own.name}`);
    }
    if (greeting.asServer && own.asServer) throw new ZmtpError(`both sides want to be the server of ${own.name}`);
    // A later version must understand ours: the lower one of the two is spoken.
    return greeting.major > major ? minor : Math.min(minor, greeting.minor);
  }

  #checkSoFar(): void {
    const bytes = this.#bytes;
    if (this.#length > 0 && bytes[0] !== 0xff) throw new ZmtpError("the peer does not speak ZMTP 3");
    if (this.#length > 9 && bytes[9] !== 0x7f) throw new ZmtpError("the peer does not speak ZMTP 3");
    const revision = bytes[10] ?? 0;
    if (this.#length > 10 && revision < major) {
      // Versions before 3 have no CLIENT and SERVER, hence nothing that could be agreed on.
      throw new ZmtpError(`the peer speaks ZMTP of revision ${revision}, this side needs ${major} or later`);
    }
  }
}

function decode(bytes: Uint8Array): Greeting {
  try {
    return decodeGreetingMessage(bytes);
  } catch (error) {
    if (error instanceof WireError) throw new ZmtpError(`the peer's greeting is malformed: ${error.message}`);
    throw error;
  }
}
