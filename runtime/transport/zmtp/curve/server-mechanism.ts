import { encodeCommandMessage } from "../../../../generated/zmtp-curve/codec.ts";
import type { InitiateContent } from "../../../../generated/zmtp-curve-box/messages.ts";
import { encodeZ85 } from "../../../security/z85.ts";
import type { Mechanism, MechanismStep, Properties } from "../mechanism.ts";
import { ZmtpError } from "../zmtp-error.ts";
import { boxKey, longNonce, longNonceBytes, newTransientKeys, randomBytes, shortNonce } from "./boxes.ts";
import { asProperties, openContent, readCommand, sealContent } from "./contents.ts";
import type { CookieContent, CookieJar } from "./cookie-jar.ts";
import { CurveSeal } from "./curve-seal.ts";
import type { Sodium } from "./sodium.ts";

/** What all connections of a listener have in common. Keys are bytes; none of them is wiped here. */
export interface CurveServerKeys {
  readonly publicKey: Uint8Array;
  readonly secretKey: Uint8Array;
  /** Public keys in Z85, asked at each handshake. */
  readonly clientKeys: { has(publicKey: string): boolean } | "any";
  readonly cookies: CookieJar;
}

/**
 * The server's side of CURVE. Between HELLO and INITIATE it keeps the sixteen bytes by which it knows its cookie again: the
 * transient keys are in the cookie. So one that was made for another connection is refused, as is one that comes twice.
 */
export class CurveServer implements Mechanism {
  readonly name = "CURVE";
  readonly asServer = true;
  readonly #sodium: Sodium;
  readonly #keys: CurveServerKeys;
  readonly #properties: Properties;
  #cookieNonce: Uint8Array | undefined;

  constructor(sodium: Sodium, keys: CurveServerKeys, properties: Properties) {
    this.#sodium = sodium;
    this.#keys = keys;
    this.#properties = properties;
  }

  start(): readonly Uint8Array[] {
    return [];
  }

  receive(command: Uint8Array): MechanismStep {
    return this.#cookieNonce === undefined
      ? this.#receiveHello(command)
      : this.#receiveInitiate(command, this.#cookieNonce);
  }

  /** It holds no secret of this connection, at any time. */
  wipe(): void {}

  #receiveHello(command: Uint8Array): MechanismStep {
    const sodium = this.#sodium;
    const { clientTransientKey, nonce: helloNonce, box: helloBox } = readCommand("Hello", command);
    const key = boxKey(sodium, clientTransientKey, this.#keys.secretKey);
    if (key === undefined) throw new ZmtpError("the transient key of the client is none");
    const hello = { box: helloBox, nonce: shortNonce("CurveZMQHELLO---", helloNonce), key };
    if (openContent(sodium, hello, "HelloContent") === undefined) {
      sodium.sodium_memzero(key);
      return { type: "refuse", reason: "this server has another key than the client expects" };
    }
    const own = newTransientKeys(sodium);
    const cookie = this.#keys.cookies.make({ clientTransientKey, serverTransientSecretKey: own.secretKey });
    const nonce = randomBytes(sodium, longNonceBytes);
    const box = sealContent(sodium, key, longNonce("WELCOME-", nonce), {
      type: "WelcomeContent",
      serverTransientKey: own.publicKey,
      cookie,
    });
    sodium.sodium_memzero(own.secretKey);
    sodium.sodium_memzero(key);
    this.#cookieNonce = cookie.nonce;
    return { type: "continue", commands: [encodeCommandMessage({ type: "Welcome", nonce, box })] };
  }

  #receiveInitiate(command: Uint8Array, cookieNonce: Uint8Array): MechanismStep {
    const sodium = this.#sodium;
    const { cookie, nonce, box } = readCommand("Initiate", command);
    const kept = sodium.sodium_memcmp(cookie.nonce, cookieNonce) ? this.#keys.cookies.read(cookie) : undefined;
    if (kept === undefined)
      return { type: "refuse", reason: "the cookie is not that of this connection, or is too old" };
    try {
      return this.#prove(kept, nonce, box);
    } finally {
      sodium.sodium_memzero(kept.serverTransientSecretKey);
    }
  }

  #prove(kept: CookieContent, nonce: number, box: Uint8Array): MechanismStep {
    const sodium = this.#sodium;
    const key = boxKey(sodium, kept.clientTransientKey, kept.serverTransientSecretKey);
    if (key === undefined) throw new ZmtpError("the transient key of the client is none");
    const sealed = { box, nonce: shortNonce("CurveZMQINITIATE", nonce), key };
    const initiate = openContent(sodium, sealed, "InitiateContent");
    if (initiate !== undefined && this.#isVouchedFor(initiate, kept)) return this.#admit(initiate, nonce, key);
    sodium.sodium_memzero(key);
    return { type: "refuse", reason: "the client could not prove its key" };
  }

  /** Whether the client has the key that it claims, and means this connection with this server. */
  #isVouchedFor(
    { clientKey, vouchNonce, vouchBox }: InitiateContent,
    { clientTransientKey, serverTransientSecretKey }: CookieContent,
  ): boolean {
    const sodium = this.#sodium;
    const key = boxKey(sodium, clientKey, serverTransientSecretKey);
    if (key === undefined) return false;
    const vouch = openContent(sodium, { box: vouchBox, nonce: longNonce("VOUCH---", vouchNonce), key }, "VouchContent");
    sodium.sodium_memzero(key);
    return (
      vouch !== undefined &&
      sodium.sodium_memcmp(vouch.clientTransientKey, clientTransientKey) &&
      sodium.sodium_memcmp(vouch.serverKey, this.#keys.publicKey)
    );
  }

  #admit({ clientKey, properties }: InitiateContent, receivedNonce: number, key: Uint8Array): MechanismStep {
    const { clientKeys } = this.#keys;
    const peerPublicKey = encodeZ85(clientKey);
    if (clientKeys !== "any" && !clientKeys.has(peerPublicKey)) {
      this.#sodium.sodium_memzero(key);
      return { type: "refuse", reason: "the key of the client is not on the list of this server", peerPublicKey };
    }
    const box = sealContent(this.#sodium, key, shortNonce("CurveZMQREADY---", readyNonce), {
      type: "ReadyContent",
      properties: Array.from(this.#properties, ([name, value]) => ({ name, value })),
    });
    return {
      type: "done",
      commands: [encodeCommandMessage({ type: "Ready", nonce: readyNonce, box })],
      properties: asProperties(properties),
      peerPublicKey,
      seal: new CurveSeal(this.#sodium, { key, asServer: true, sentNonce: readyNonce, receivedNonce }),
    };
  }
}

/** Number of the server's first nonce. */
const readyNonce = 1;
