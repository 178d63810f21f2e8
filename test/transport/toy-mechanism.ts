import type {
  Mechanism,
  MechanismMaker,
  MechanismStep,
  Properties,
  Seal,
} from "../../runtime/transport/zmtp/mechanism.ts";
import { ZmtpError } from "../../runtime/transport/zmtp/zmtp-error.ts";

/** A frame that was opened: what had travelled sealed. */
export interface OpenedFrame {
  readonly flags: number;
  readonly body: Uint8Array;
}

/**
 * A mechanism with the shape of CURVE and without its strength: HELLO, WELCOME, INITIATE and READY, the last two sealed, and
 * from then on each frame scrambled with the key, the direction and its number.
 */
export function toyMechanism(key: string, asServer: boolean, opened: (frame: OpenedFrame) => void): MechanismMaker {
  return (properties) => new ToyMechanism(key, asServer, properties, opened);
}

class ToyMechanism implements Mechanism {
  readonly name = "TOY";
  readonly asServer: boolean;
  readonly #seal: ToySeal;
  readonly #properties: Properties;

  constructor(key: string, asServer: boolean, properties: Properties, opened: (frame: OpenedFrame) => void) {
    this.asServer = asServer;
    this.#properties = properties;
    this.#seal = new ToySeal(key, asServer, opened);
  }

  start(): readonly Uint8Array[] {
    return this.asServer ? [] : [command("HELLO")];
  }

  wipe(): void {}

  receive(bytes: Uint8Array): MechanismStep {
    const length = bytes[0] ?? 0;
    const name = Buffer.from(bytes.subarray(1, 1 + length)).toString("latin1");
    const rest = bytes.subarray(1 + length);
    if (name === (this.asServer ? "HELLO" : "WELCOME")) {
      return { type: "continue", commands: [this.asServer ? command("WELCOME") : this.#tell("INITIATE")] };
    }
    if (name !== (this.asServer ? "INITIATE" : "READY")) throw new ZmtpError(`the peer said ${name}`);
    const text = this.#seal.tryOpen(rest);
    if (text === undefined) return { type: "refuse", reason: "the key is wrong" };
    const entries: [string, string][] = JSON.parse(Buffer.from(text.body).toString());
    const properties = new Map(entries.map(([key, value]) => [key.toLowerCase(), Buffer.from(value)]));
    return { type: "done", commands: this.asServer ? [this.#tell("READY")] : [], properties, seal: this.#seal };
  }

  /** Tells what this side is, sealed. */
  #tell(name: string): Uint8Array {
    const entries = Array.from(this.#properties, ([key, value]) => [key, Buffer.from(value).toString()]);
    return command(name, this.#seal.seal(0, Buffer.from(JSON.stringify(entries))));
  }
}

class ToySeal implements Seal {
  readonly overheadBytes: number = sealOverheadBytes;
  readonly #key: Buffer;
  readonly #asServer: boolean;
  readonly #opened: (frame: OpenedFrame) => void;
  #sent = 0;
  #received = 0;

  constructor(key: string, asServer: boolean, opened: (frame: OpenedFrame) => void) {
    this.#key = Buffer.from(key);
    this.#asServer = asServer;
    this.#opened = opened;
  }

  sealInto(flags: number, body: Uint8Array, target: Uint8Array, offset: number): number {
    const sealed = this.seal(flags, body);
    target.set(sealed, offset);
    return offset + sealed.byteLength;
  }

  wipe(): void {}

  seal(flags: number, body: Uint8Array): Uint8Array {
    const sealed = Buffer.concat([Buffer.alloc(sealOverheadBytes), body]);
    sealed.writeUInt32BE(this.#sent);
    sealed.write("good", 4);
    sealed[8] = flags;
    this.#scramble(sealed, this.#sent, this.#asServer);
    this.#sent += 1;
    return sealed;
  }

  open(body: Uint8Array): OpenedFrame {
    const frame = this.tryOpen(body);
    if (frame === undefined) throw new ZmtpError("the peer sent something that was not sealed by it, or not now");
    this.#opened(frame);
    return frame;
  }

  tryOpen(body: Uint8Array): OpenedFrame | undefined {
    const plain = Buffer.from(body);
    this.#scramble(plain, this.#received, !this.#asServer);
    if (plain.byteLength < sealOverheadBytes || plain.toString("latin1", 4, 8) !== "good") return undefined;
    if (plain.readUInt32BE() !== this.#received) return undefined;
    this.#received += 1;
    return { flags: plain[8] ?? 0, body: plain.subarray(sealOverheadBytes) };
  }

  #scramble(bytes: Buffer, number: number, byServer: boolean): void {
    const mixed = number * 31 + (byServer ? 7 : 0);
    for (let index = 0; index < bytes.byteLength; index++) {
      bytes[index] = (bytes[index] ?? 0) ^ (this.#key[index % this.#key.byteLength] ?? 0) ^ ((mixed + index) & 0xff);
    }
  }
}

function command(name: string, rest: Uint8Array = new Uint8Array(0)): Uint8Array {
  return Buffer.concat([Buffer.from([name.length]), Buffer.from(name), rest]);
}

/** The number, a word by which the key is told, and the flags. */
const sealOverheadBytes = 9;
