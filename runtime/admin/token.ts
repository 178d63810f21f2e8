import { createHash, timingSafeEqual } from "node:crypto";
import { InvalidArgumentError } from "../protocol/errors.ts";
import { limits } from "../protocol/limits.ts";

/** What whoever asks has to know. It is kept as a digest alone, so that no inspection of the process's objects shows it. */
export class Token {
  readonly #digest: Buffer;

  /** Throws `InvalidArgumentError`, without saying what the token is. */
  constructor(token: unknown) {
    if (typeof token !== "string") {
      throw new InvalidArgumentError(`token is a value of type ${typeof token}, it must be a string: ${CURE}`);
    }
    const { adminTokenCharactersMin: min, adminTokenCharactersMax: max } = limits;
    if (token.length < min || token.length > max) {
      const problem = `token has ${token.length} characters, it must have ${min} to ${max} that nobody can guess`;
      throw new InvalidArgumentError(`${problem}: ${CURE}`);
    }
    if (!CHARACTERS.test(token)) {
      const allowed = "letters, digits and - . _ ~ + / = can be sent";
      throw new InvalidArgumentError(`token has a character that a header of HTTP cannot carry, ${allowed}: ${CURE}`);
    }
    this.#digest = digestOf(token);
  }

  /** Whether a header `Authorization` has it. Takes the same time whatever is wrong with it. */
  isIn(authorization: string | undefined): boolean {
    const [, given = ""] = /^bearer +(\S+)$/i.exec(authorization ?? "") ?? [];
    return timingSafeEqual(digestOf(given), this.#digest);
  }
}

/** Of equal length for every token, so that not even its length can be measured. */
function digestOf(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}

/** Those of RFC 6750. */
const CHARACTERS = /^[\w.~+/-]+=*$/;

const CURE = "make one with openssl rand -hex 32";
