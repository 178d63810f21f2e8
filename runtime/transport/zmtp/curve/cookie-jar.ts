import type { Cookie } from "../../../../generated/zmtp-curve/messages.ts";
import { limits } from "../../../protocol/limits.ts";
import { keyBytesLength, longNonce, longNonceBytes, randomBytes } from "./boxes.ts";
import { openContent, sealContent } from "./contents.ts";
import type { Sodium } from "./sodium.ts";

/** What a server keeps in a cookie. */
export interface CookieContent {
  readonly clientTransientKey: Uint8Array;
  readonly serverTransientSecretKey: Uint8Array;
}

/**
 * Makes and reads the cookies of one listener. Its keys are known to nobody else, and none outlives
 * `limits.cookieKeyLifetimeMs`: with its end the transient keys in its cookies are lost for good.
 */
export class CookieJar {
  readonly #sodium: Sodium;
  readonly #now: () => number;
  /** The newest first. */
  #keys: readonly CookieKey[] = [];

  constructor(sodium: Sodium, now: () => number) {
    this.#sodium = sodium;
    this.#now = now;
  }

  /** A cookie that can be read for half of a key's lifetime at least. */
  make(content: CookieContent): Cookie {
    const nonce = randomBytes(this.#sodium, longNonceBytes);
    const key = this.#freshKey();
    return {
      nonce,
      box: sealContent(this.#sodium, key, longNonce(noncePrefix, nonce), { type: "CookieContent", ...content }),
    };
  }

  /** What is in a cookie, with a secret that the caller wipes; `undefined` when it is none of ours, or too old. */
  read({ nonce, box }: Cookie): CookieContent | undefined {
    const isAlive = this.#now() - limits.cookieKeyLifetimeMs;
    for (const { key, madeAt } of this.#keys) {
      if (madeAt <= isAlive) continue;
      const content = openContent(this.#sodium, { box, nonce: longNonce(noncePrefix, nonce), key }, "CookieContent");
      if (content !== undefined) return content;
    }
    return undefined;
  }

  #freshKey(): Uint8Array {
    const now = this.#now();
    const [newest] = this.#keys;
    if (newest !== undefined && now - newest.madeAt < limits.cookieKeyLifetimeMs / 2) return newest.key;
    const made: CookieKey = { key: randomBytes(this.#sodium, keyBytesLength), madeAt: now };
    this.#keys = [made, ...this.#keys];
    setTimeout(() => this.#forget(made), limits.cookieKeyLifetimeMs).unref();
    return made.key;
  }

  #forget(key: CookieKey): void {
    this.#sodium.sodium_memzero(key.key);
    this.#keys = this.#keys.filter((each) => each !== key);
  }
}

interface CookieKey {
  readonly key: Uint8Array;
  readonly madeAt: number;
}

const noncePrefix = "COOKIE--";
