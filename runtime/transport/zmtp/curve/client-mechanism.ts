import { encodeCommandMessage } from "../../../../generated/zmtp-curve/codec.ts";
import type { Mechanism, MechanismStep, Properties } from "../mechanism.ts";
import { ZmtpError } from "../zmtp-error.ts";
import {
  boxKey,
  longNonce,
  longNonceBytes,
  newTransientKeys,
  randomBytes,
  shortNonce,
  type TransientKeys,
} from "./boxes.ts";
import { asProperties, openContent, readCommand, sealContent } from "./contents.ts";
import { CurveSeal } from "./curve-seal.ts";
import type { Sodium } from "./sodium.ts";

/** Whose connection it is, and to which server. Keys are bytes; none of them is wiped here. */
export interface CurveClientKeys {
  readonly publicKey: Uint8Array;
  readonly secretKey: Uint8Array;
  readonly serverKey: Uint8Array;
  /** The server's key as text. */
  readonly serverKeyText: string;
}

/**
 * The client's side of CURVE: HELLO, WELCOME, INITIATE, READY. It talks to nobody but the server that has the expected key,
 * and that server alone learns who it is.
 */
export class CurveClient implements Mechanism {
  readonly name = "CURVE";
  readonly asServer = false;
  readonly #sodium: Sodium;
  readonly #keys: CurveClientKeys;
  readonly #properties: Properties;
  #transientKeys: TransientKeys | undefined;
  /** Of the boxes of HELLO and WELCOME. */
  #helloKey: Uint8Array | undefined;
  /** Of the boxes of INITIATE, READY and all that follows. */
  #sessionKey: Uint8Array | undefined;

  constructor(sodium: Sodium, keys: CurveClientKeys, properties: Properties) {
    this.#sodium = sodium;
    this.#keys = keys;
    this.#properties = properties;
  }

  start(): readonly Uint8Array[] {
    const { publicKey, secretKey } = newTransientKeys(this.#sodium);
    const helloKey = boxKey(this.#sodium, this.#keys.serverKey, secretKey);
    if (helloKey === undefined) throw new ZmtpError("the key that is expected of the server is no public key");
    this.#transientKeys = { publicKey, secretKey };
    this.#helloKey = helloKey;
    const box = sealContent(this.#sodium, helloKey, shortNonce("CurveZMQHELLO---", helloNonce), {
      type: "HelloContent",
      zeros: new Uint8Array(64),
    });
    const padding = new Uint8Array(72);
    const version = { major: 1, minor: 0 };
    return [
      encodeCommandMessage({
        type: "Hello",
        ...version,
        padding,
        clientTransientKey: publicKey,
        nonce: helloNonce,
        box,
      }),
    ];
  }

  receive(command: Uint8Array): MechanismStep {
    if (this.#sessionKey !== undefined) return this.#receiveReady(command, this.#sessionKey);
    const { nonce, box } = readCommand("Welcome", command);
    if (this.#transientKeys === undefined || this.#helloKey === undefined)
      throw new ZmtpError("the peer answered too early");
    return this.#receiveWelcome(nonce, box, this.#transientKeys, this.#helloKey);
  }

  wipe(): void {
    for (const secret of [this.#transientKeys?.secretKey, this.#helloKey, this.#sessionKey]) {
      if (secret !== undefined) this.#sodium.sodium_memzero(secret);
    }
    this.#transientKeys = undefined;
    this.#helloKey = undefined;
    this.#sessionKey = undefined;
  }

  #receiveWelcome(nonce: Uint8Array, box: Uint8Array, own: TransientKeys, helloKey: Uint8Array): MechanismStep {
    const sodium = this.#sodium;
    const sealed = { box, nonce: longNonce("WELCOME-", nonce), key: helloKey };
    const welcome = openContent(sodium, sealed, "WelcomeContent");
    if (welcome === undefined) throw new ZmtpError("the server could not prove that it has the expected key");
    const sessionKey = boxKey(sodium, welcome.serverTransientKey, own.secretKey);
    const vouchKey = boxKey(sodium, welcome.serverTransientKey, this.#keys.secretKey);
    if (sessionKey === undefined || vouchKey === undefined)
      throw new ZmtpError("the transient key of the server is none");
    const vouchNonce = randomBytes(sodium, longNonceBytes);
    const vouchBox = sealContent(sodium, vouchKey, longNonce("VOUCH---", vouchNonce), {
      type: "VouchContent",
      clientTransientKey: own.publicKey,
      serverKey: this.#keys.serverKey,
    });
    const initiate = sealContent(sodium, sessionKey, shortNonce("CurveZMQINITIATE", initiateNonce), {
      type: "InitiateContent",
      clientKey: this.#keys.publicKey,
      vouchNonce,
      vouchBox,
      properties: Array.from(this.#properties, ([name, value]) => ({ name, value })),
    });
    sodium.sodium_memzero(vouchKey);
    this.wipe();
    this.#sessionKey = sessionKey;
    const { cookie } = welcome;
    return {
      type: "continue",
      commands: [encodeCommandMessage({ type: "Initiate", cookie, nonce: initiateNonce, box: initiate })],
    };
  }

  #receiveReady(command: Uint8Array, key: Uint8Array): MechanismStep {
    const { nonce, box } = readCommand("Ready", command);
    const ready = openContent(this.#sodium, { box, nonce: shortNonce("CurveZMQREADY---", nonce), key }, "ReadyContent");
    if (ready === undefined) throw new ZmtpError("READY was not encrypted by the server, or was changed on its way");
    this.#sessionKey = undefined;
    const session = { key, asServer: false, sentNonce: initiateNonce, receivedNonce: nonce };
    return {
      type: "done",
      commands: [],
      properties: asProperties(ready.properties),
      peerPublicKey: this.#keys.serverKeyText,
      seal: new CurveSeal(this.#sodium, session),
    };
  }
}

/** Numbers of the client's first two nonces. */
const helloNonce = 1;
const initiateNonce = 2;
