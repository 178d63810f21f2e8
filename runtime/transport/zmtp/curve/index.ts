import {
  type CurveOptions,
  type CurveSettings,
  checkCurveOptions,
  clientKeysOf,
  serverKeyFor,
} from "../../../security/curve-options.ts";
import { keyBytes } from "../../../security/key-pair.ts";
import type { MechanismMaker } from "../mechanism.ts";
import { CurveClient } from "./client-mechanism.ts";
import { CookieJar } from "./cookie-jar.ts";
import { CurveServer } from "./server-mechanism.ts";
import { loadSodium, type Sodium } from "./sodium.ts";

/**
 * The mechanism CURVE of ZMTP (RFC 26) as libzmq speaks it, by libsodium: what all connections of one transport have in
 * common.
 */
export class Curve {
  readonly settings: CurveSettings;
  readonly #sodium: Sodium;
  readonly #keys: { readonly publicKey: Uint8Array; readonly secretKey: Uint8Array };

  /** Throws `InvalidArgumentError` for options that are wrong, and when the package `sodium-native` is not installed. */
  constructor(options: CurveOptions) {
    this.settings = checkCurveOptions(options);
    this.#sodium = loadSodium();
    const { publicKey, secretKey } = this.settings.keys;
    this.#keys = { publicKey: keyBytes("the public key", publicKey), secretKey: keyBytes("the secret key", secretKey) };
  }

  /** Of a client's connection to `address`. Throws `InvalidArgumentError` when the key of that server is not known. */
  clientMechanism(address: string): MechanismMaker {
    const serverKeyText = serverKeyFor(this.settings, address);
    const keys = { ...this.#keys, serverKey: keyBytes("the key of the server", serverKeyText), serverKeyText };
    return (properties) => new CurveClient(this.#sodium, keys, properties);
  }

  /** Of a listener's connections. Throws `InvalidArgumentError` when it was not said whom it lets in. */
  serverMechanism(): MechanismMaker {
    const clientKeys = clientKeysOf(this.settings);
    const cookies = new CookieJar(this.#sodium, () => performance.now());
    const keys = { ...this.#keys, clientKeys, cookies };
    return (properties) => new CurveServer(this.#sodium, keys, properties);
  }
}
