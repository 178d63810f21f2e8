import { limits } from "../../protocol/limits.ts";
import type { EtcdConnection } from "./etcd-connection.ts";
import { EtcdRequestError, neverSent } from "./etcd-failure.ts";
import { methods } from "./etcd-messages.ts";

/**
 * The token that stands for a user name and a password. etcd forgets tokens that were not used for a while, and all of
 * them when somebody changes users or roles; then a new one is asked for.
 *
 * Errors: `EtcdRequestError` with the outcome `refused`, whatever went wrong: what the token was wanted for was not sent.
 */
export class EtcdAuthentication {
  readonly #name: string;
  readonly #password: string;
  /** `undefined`: to be asked for. `""`: etcd knows no users yet, and takes calls from anybody. */
  #token: string | undefined;
  #asking: { readonly connection: EtcdConnection; readonly answer: Promise<string> } | undefined;

  constructor(name: string, password: string) {
    this.#name = name;
    this.#password = password;
  }

  /** A token, by a call over `connection` if there is none. */
  async token(connection: EtcdConnection, timeoutMs: number): Promise<string | undefined> {
    if (this.#token !== undefined) return this.#token === "" ? undefined : this.#token;
    if (this.#asking?.connection !== connection) {
      this.#asking = { connection, answer: this.#ask(connection) };
    }
    const { answer } = this.#asking;
    const token = await inTime(answer, timeoutMs, connection.endpoint);
    return token === "" ? undefined : token;
  }

  /** `token` was refused. Nothing happens if there is a newer one. */
  forget(token: string | undefined): void {
    if ((token ?? "") === this.#token) this.#token = undefined;
  }

  async #ask(connection: EtcdConnection): Promise<string> {
    const request = { name: this.#name, password: this.#password };
    try {
      const { token } = await connection.call(methods.authenticate, request, limits.etcdAuthenticationTimeoutMs);
      this.#token = token;
    } catch (error) {
      if (!(error instanceof EtcdRequestError)) throw error;
      if (!error.message.includes("authentication is not enabled")) {
        throw new EtcdRequestError({ ...error.failure, outcome: "refused" });
      }
      this.#token = "";
    } finally {
      if (this.#asking?.connection === connection) this.#asking = undefined;
    }
    return this.#token;
  }
}

/** Asking goes on beside calls that could not wait for it: the next one may find its answer. */
async function inTime<Value>(answer: Promise<Value>, timeoutMs: number, endpoint: string): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    const late = `etcd at ${endpoint}: no answer to the user name and the password within ${timeoutMs} ms`;
    timer = setTimeout(() => reject(neverSent(late)), timeoutMs);
  });
  try {
    return await Promise.race([answer, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
