import { generateKeyPair, type KeyPair } from "../../runtime/security/index.ts";
import { keyBytes } from "../../runtime/security/key-pair.ts";
import { CurveClient } from "../../runtime/transport/zmtp/curve/client-mechanism.ts";
import { CookieJar } from "../../runtime/transport/zmtp/curve/cookie-jar.ts";
import { CurveServer, type CurveServerKeys } from "../../runtime/transport/zmtp/curve/server-mechanism.ts";
import { loadSodium, type Sodium } from "../../runtime/transport/zmtp/curve/sodium.ts";
import { flag } from "../../runtime/transport/zmtp/framing.ts";
import type { Mechanism, MechanismStep, Seal } from "../../runtime/transport/zmtp/mechanism.ts";

/** Both ends of CURVE without sockets, for tests that stand between them. */

export const clientKeys: KeyPair = generateKeyPair();
export const serverKeys: KeyPair = generateKeyPair();

/** What a test wants to be otherwise. */
export interface CurveEndOptions {
  readonly sodium?: Sodium;
  readonly clientKeys?: KeyPair;
  readonly serverKeys?: KeyPair;
  /** What the client expects of the server. */
  readonly serverKey?: string;
  readonly admitted?: readonly string[] | "any";
  readonly cookies?: CookieJar;
}

export function curveClient({
  sodium = loadSodium(),
  clientKeys: keys = clientKeys,
  serverKeys: expected = serverKeys,
  serverKey: serverKeyText = expected.publicKey,
}: CurveEndOptions = {}): CurveClient {
  const own = { publicKey: keyBytes("public", keys.publicKey), secretKey: keyBytes("secret", keys.secretKey) };
  const properties = new Map([["Socket-Type", Buffer.from("CLIENT")]]);
  return new CurveClient(sodium, { ...own, serverKey: keyBytes("server", serverKeyText), serverKeyText }, properties);
}

export function curveServer(options: CurveEndOptions = {}): CurveServer {
  const { sodium = loadSodium(), serverKeys: own = serverKeys, admitted = "any", cookies } = options;
  const keys: CurveServerKeys = {
    publicKey: keyBytes("public", own.publicKey),
    secretKey: keyBytes("secret", own.secretKey),
    clientKeys: admitted === "any" ? admitted : new Set(admitted),
    cookies: cookies ?? new CookieJar(sodium, () => 0),
  };
  return new CurveServer(sodium, keys, new Map([["Socket-Type", Buffer.from("SERVER")]]));
}

/** The commands of a handshake, in order. */
export const commandNames = ["HELLO", "WELCOME", "INITIATE", "READY"] as const;
export type CommandName = (typeof commandNames)[number];

/** How a handshake has ended on both sides. */
export interface Handshake {
  readonly commands: Readonly<Record<CommandName, Uint8Array>>;
  readonly client: Extract<MechanismStep, { type: "done" }>;
  readonly server: Extract<MechanismStep, { type: "done" }>;
}

/** Takes both ends through a handshake; `change` stands between them. */
export function shakeHands(
  client: Mechanism,
  server: Mechanism,
  change: (command: Uint8Array, name: CommandName) => Uint8Array = (command) => command,
): Handshake {
  const [first] = client.start();
  const hello = change(required(first), "HELLO");
  const welcome = change(answer(server.receive(hello)), "WELCOME");
  const initiate = change(answer(client.receive(welcome)), "INITIATE");
  const admitted = server.receive(initiate);
  if (admitted.type === "refuse") throw new Refusal(admitted.reason);
  if (admitted.type !== "done") throw new Error("the server goes on after INITIATE");
  const ready = change(required(admitted.commands[0]), "READY");
  const done = client.receive(ready);
  if (done.type !== "done") throw new Error("the client goes on after READY");
  return {
    commands: { HELLO: hello, WELCOME: welcome, INITIATE: initiate, READY: ready },
    client: done,
    server: admitted,
  };
}

/** A server has refused its client. */
export class Refusal extends Error {}

/** The body that carries a message. */
export function sealed(seal: Seal | undefined, text: string, flags = 0): Uint8Array {
  if (seal === undefined) throw new Error("CURVE seals");
  const body = Buffer.from(text);
  const target = new Uint8Array(seal.overheadBytes + body.byteLength + 7);
  const end = seal.sealInto(flags, body, target, 5);
  return target.slice(5, end);
}

/** The message in a body, which stays as it is. */
export function opened(seal: Seal | undefined, body: Uint8Array): string {
  const frame = seal?.open(Uint8Array.from(body));
  if (frame === undefined) throw new Error("CURVE seals");
  return `${frame.flags === flag.command ? "command " : ""}${Buffer.from(frame.body).toString()}`;
}

function answer(step: MechanismStep): Uint8Array {
  if (step.type === "refuse") throw new Refusal(step.reason);
  return required(step.commands[0]);
}

function required(command: Uint8Array | undefined): Uint8Array {
  if (command === undefined) throw new Error("the next command was due");
  return command;
}
