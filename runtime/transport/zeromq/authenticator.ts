import { encodeZ85 } from "../../security/z85.ts";
import type { ClientIdentity } from "../transport.ts";
import type { ZeromqRouter } from "./package.ts";
import { loadZeromq } from "./package.ts";
import { watchEvents } from "./socket-events.ts";

/** Who may come in at a listener. */
export interface Admission {
  /** Who proves one of these keys, or `any` key, by CURVE; without keys everybody, by NULL. Asked anew for each peer. */
  readonly clientKeys: ReadonlySet<string> | "any" | undefined;
  /** One was not let in, for that reason, which is for people. */
  refused(client: ClientIdentity, reason: string): void;
  /** Nobody can be let in any more. */
  failed(error: Error): void;
}

/** An admission that libzmq asks for under a name. */
export interface OpenAdmission {
  readonly domain: string;
  /** Lets nobody in from here on. Resolves when nothing is left of it that would keep the process alive. */
  close(): Promise<void>;
}

/**
 * Answers libzmq, which asks over ZAP (RFC 27) whether a peer may come in, before anything of that peer is delivered. It
 * asks also where everybody may: then it shows those out at once who do not begin like a peer of ZMTP 3, and would otherwise
 * take their bytes for messages of ZMTP 1. To be called before a listener binds.
 */
export function openAdmission(admission: Admission): Promise<OpenAdmission> {
  return authenticator.open(admission);
}

/** libzmq has one address for ZAP in a context, so that all listeners share a socket there, which is open while there are any. */
class Authenticator {
  readonly #admissions = new Map<string, Admission>();
  #lastDomain = 0;
  #router: ZeromqRouter | undefined;
  /** Resolves when the address of the last socket is free again. */
  #gone: Promise<void> = Promise.resolve();
  /** Openings and closings wait for each other. */
  #turn: Promise<void> = Promise.resolve();

  async open(admission: Admission): Promise<OpenAdmission> {
    this.#lastDomain += 1;
    const domain = `hawser-${this.#lastDomain}`;
    const close = (): Promise<void> => {
      this.#admissions.delete(domain);
      return this.#inTurn(() => this.#closeRouter());
    };
    this.#admissions.set(domain, admission);
    try {
      await this.#inTurn(() => this.#openRouter());
    } catch (error) {
      await close();
      throw error;
    }
    return { domain, close };
  }

  #inTurn(step: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(step);
    this.#turn = done.catch(() => {});
    return done;
  }

  async #openRouter(): Promise<void> {
    if (this.#router !== undefined) return;
    await this.#gone;
    const router = loadZeromq().openRouter();
    this.#gone = watchEvents(router);
    try {
      await router.bind(zapAddress);
    } catch (error) {
      router.close();
      throw error;
    }
    this.#router = router;
    void this.#answer(router);
  }

  async #closeRouter(): Promise<void> {
    if (this.#admissions.size > 0) return;
    const router = this.#router;
    this.#router = undefined;
    router?.close();
    await this.#gone;
  }

  async #answer(router: ZeromqRouter): Promise<void> {
    try {
      for (;;) {
        const [peer = nothing, delimiter = nothing, , requestId = nothing, ...question] = await router.receive();
        const status = this.#judge(question);
        await router.send([peer, delimiter, zapVersion, requestId, status, "", "", nothing]);
      }
    } catch (error) {
      // It was closed.
      if (this.#router !== router) return;
      this.#router = undefined;
      router.close();
      const failure = error instanceof Error ? error : new Error(String(error));
      for (const admission of [...this.#admissions.values()]) admission.failed(failure);
    }
  }

  /** A question is made of the domain, the address, the identity, the mechanism, and for CURVE the proven key. */
  #judge([domain = nothing, address = nothing, , mechanism = nothing, proven]: readonly Buffer[]): ZapStatus {
    const admission = this.#admissions.get(domain.toString());
    // The listener has gone.
    if (admission === undefined) return refused;
    const isKeyed = mechanism.equals(curveMechanism) && proven?.byteLength === publicKeyBytes;
    const publicKey = isKeyed ? encodeZ85(proven) : undefined;
    const [status, reason] = statusFor(admission.clientKeys, mechanism, publicKey);
    if (status !== letIn) admission.refused({ address: address.toString(), publicKey }, reason);
    return status;
  }
}

function statusFor(
  clientKeys: Admission["clientKeys"],
  mechanism: Buffer,
  publicKey: string | undefined,
): readonly [status: ZapStatus, reason: string] {
  if (clientKeys === undefined) return mechanism.equals(nullMechanism) ? [letIn, ""] : [refused, otherMechanism];
  if (publicKey === undefined) return [refused, otherMechanism];
  try {
    const isListed = clientKeys === "any" || clientKeys.has(publicKey);
    return isListed ? [letIn, ""] : [refused, "the key of the client is not on the list of this server"];
  } catch (error) {
    // The set may be one that the application has made.
    return [failed, `clientKeys failed: ${error instanceof Error ? error.message : String(error)}`];
  }
}

/** Statuses of ZAP. `failed` is: it could not be found out. */
type ZapStatus = "200" | "400" | "500";
const letIn = "200";
const refused = "400";
const failed = "500";

const authenticator = new Authenticator();

const zapAddress = "inproc://zeromq.zap.01";
const zapVersion = "1.0";
const publicKeyBytes = 32;
const nothing: Buffer = Buffer.alloc(0);
const nullMechanism: Buffer = Buffer.from("NULL");
const curveMechanism: Buffer = Buffer.from("CURVE");
const otherMechanism = "the client uses another security mechanism";
