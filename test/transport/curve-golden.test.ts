import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { keyPairOf } from "../../runtime/security/index.ts";
import { encodeZ85 } from "../../runtime/security/z85.ts";
import { loadSodium, type Sodium } from "../../runtime/transport/zmtp/curve/sodium.ts";
import { flag } from "../../runtime/transport/zmtp/framing.ts";
import { commandNames, curveClient, curveServer, sealed, shakeHands } from "./curve-ends.ts";

/**
 * Every byte of a handshake, with randomness that is known: keys and random bytes are SHA-256 of a name and a number. After a
 * change `npm test -- -u` rewrites the file; nothing but a change of the protocol itself may change it.
 */
test("a handshake with known randomness has known bytes", async () => {
  const [client, server] = [known("client"), known("server")];
  const ends = {
    clientKeys: keyPairOf(encodeZ85(digest("client's long-term key"))),
    serverKeys: keyPairOf(encodeZ85(digest("server's long-term key"))),
  };
  const handshake = shakeHands(curveClient({ ...ends, sodium: client }), curveServer({ ...ends, sodium: server }));
  const lines = commandNames.map((name) => `${name}\n${folded(handshake.commands[name])}`);
  const messages = [
    ["MESSAGE of the client, a message: hello", sealed(handshake.client.seal, "hello")],
    ["MESSAGE of the server, a message: hello", sealed(handshake.server.seal, "hello")],
    ["MESSAGE of the client, a command: PING", sealed(handshake.client.seal, "\x04PING\0\0", flag.command)],
  ] as const;
  for (const [what, body] of messages) lines.push(`${what}\n${folded(body)}`);
  await expect(`${lines.join("\n")}`).toMatchFileSnapshot("curve-golden.txt");
});

/** libsodium with known randomness. */
function known(whose: string): Sodium {
  const sodium = loadSodium();
  let count = 0;
  const next = (): Buffer => digest(`${whose} ${count++}`);
  return {
    ...sodium,
    crypto_box_keypair(publicKey, secretKey) {
      secretKey.set(next());
      sodium.crypto_scalarmult(publicKey, secretKey, Buffer.concat([Buffer.from([9]), Buffer.alloc(31)]));
    },
    randombytes_buf: (bytes) => bytes.set(next().subarray(0, bytes.byteLength)),
  };
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

function folded(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString("hex")
    .replace(/.{1,96}/g, "$&\n");
}
