import { InvalidArgumentError } from "../protocol/errors.ts";
import { checkKeys, describe } from "../shell/check-options.ts";
import { type KeyPair, keyBytes, publicKeyOf } from "./key-pair.ts";

/**
 * CURVE (RFC 26): both ends prove their keys, and everything after that is encrypted and cannot be changed, repeated or
 * put into another order. Keys are texts of 40 characters in Z85.
 */
export interface CurveOptions {
  /** This side's own keys. */
  readonly keys: KeyPair;
  /**
   * Of a client: the public key of every server, or of each address its own: `{ "tcp://10.0.0.1:7000": key }`. A server
   * that cannot prove it is not talked to, and an address without a key is refused.
   */
  readonly serverKey?: string | Readonly<Record<string, string>> | undefined;
  /**
   * Of a server: the public keys of the clients that are let in. `"any"` lets everybody in who has proven some key. A set
   * is asked at each handshake, so that keys can be added and taken away meanwhile; who is connected stays that.
   */
  readonly clientKeys?: readonly string[] | ReadonlySet<string> | "any" | undefined;
}

/** Options that were checked. */
export interface CurveSettings {
  readonly keys: KeyPair;
  readonly serverKey: string | ReadonlyMap<string, string> | undefined;
  readonly clientKeys: ReadonlySet<string> | "any" | undefined;
}

/** Throws `InvalidArgumentError` for the first option that is wrong; no text of a key is in its message. */
export function checkCurveOptions(options: CurveOptions): CurveSettings {
  checkKeys(options, ["keys", "serverKey", "clientKeys"], "curve");
  return {
    keys: checkedKeys(options.keys),
    serverKey: checkedServerKey(options.serverKey),
    clientKeys: checkedClientKeys(options.clientKeys),
  };
}

/** The key that the server at `address` has to prove. Throws `InvalidArgumentError` when there is none. */
export function serverKeyFor({ serverKey }: CurveSettings, address: string): string {
  if (typeof serverKey === "string") return serverKey;
  const key = serverKey?.get(address);
  if (key !== undefined) return key;
  throw new InvalidArgumentError(
    serverKey === undefined
      ? `curve.serverKey is missing, a client needs the public key of the server at ${address}`
      : `curve.serverKey has no key for the server at ${address}: add it, or give one key for all servers`,
  );
}

/**
 * Whom a server lets in; a set is to be asked anew for each client. Throws `InvalidArgumentError` when that was not said:
 * a server that lets everybody in has to say so.
 */
export function clientKeysOf({ clientKeys }: CurveSettings): ReadonlySet<string> | "any" {
  if (clientKeys !== undefined) return clientKeys;
  throw new InvalidArgumentError(
    'curve.clientKeys is missing, nobody could connect: give the public keys of the clients, or "any" to let in everybody who has a key',
  );
}

function checkedKeys(keys: KeyPair): KeyPair {
  if (typeof keys !== "object" || keys === null) {
    throw new InvalidArgumentError(
      `curve.keys is ${describeKind(keys)}, it must be a key pair, such as readKeyPair("server.key") gives`,
    );
  }
  keyBytes("curve.keys.publicKey", keys.publicKey);
  keyBytes("curve.keys.secretKey", keys.secretKey).fill(0);
  if (publicKeyOf(keys.secretKey) === keys.publicKey) return keys;
  throw new InvalidArgumentError("curve.keys.publicKey does not belong to curve.keys.secretKey: give both of one pair");
}

function checkedServerKey(serverKey: CurveOptions["serverKey"]): CurveSettings["serverKey"] {
  if (serverKey === undefined) return undefined;
  if (typeof serverKey === "object" && serverKey !== null) {
    for (const [address, key] of Object.entries(serverKey)) keyBytes(`curve.serverKey["${address}"]`, key);
    return new Map(Object.entries(serverKey));
  }
  keyBytes("curve.serverKey", serverKey);
  return serverKey;
}

function checkedClientKeys(clientKeys: CurveOptions["clientKeys"]): CurveSettings["clientKeys"] {
  if (clientKeys === undefined || clientKeys === "any") return clientKeys;
  if (!Array.isArray(clientKeys) && !(clientKeys instanceof Set)) {
    throw new InvalidArgumentError(
      `curve.clientKeys is ${describeKind(clientKeys)}, it must be an array or a set of public keys, or "any"`,
    );
  }
  for (const key of clientKeys) keyBytes("a key in curve.clientKeys", key);
  return Array.isArray(clientKeys) ? new Set(clientKeys) : clientKeys;
}

/** What something is, without its text: that may be a secret key. */
function describeKind(value: unknown): string {
  return typeof value === "string" ? `a string of ${value.length} characters` : describe(value);
}
