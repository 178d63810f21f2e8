import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import {
  type CurveOptions,
  checkCurveOptions,
  clientKeysOf,
  serverKeyFor,
} from "../../../runtime/security/curve-options.ts";
import { generateKeyPair, keyPairFromEnvironment, keyPairOf, publicKeyOf } from "../../../runtime/security/index.ts";
import { decodeZ85, encodeZ85 } from "../../../runtime/security/z85.ts";
import { loadSodium } from "../../../runtime/transport/zmtp/curve/sodium.ts";

const invalid = (message: string | RegExp) =>
  expect.objectContaining({ code: "ERR_INVALID_ARGUMENT", message: expect.stringMatching(message) });
/** Of X25519: the point whose multiples are the public keys. */
const basePoint = Buffer.concat([Buffer.from([9]), Buffer.alloc(31)]);
const mistake = "y".repeat(40);

describe("a key pair", () => {
  test("is that of the example of RFC 26", () => {
    const keys = keyPairOf("JTKVSB%%)wK0E.X)V>+}o?pNmC{O&4W4b!Ni{Lh6");
    expect(keys.publicKey).toBe("rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7");
  });

  test("is new each time, and libsodium finds the same public key", () => {
    const pairs = Array.from({ length: 20 }, generateKeyPair);
    expect(new Set(pairs.map(({ secretKey }) => secretKey)).size).toBe(pairs.length);
    for (const { publicKey, secretKey } of pairs) {
      const found = Buffer.alloc(32);
      loadSodium().crypto_scalarmult(found, decodeZ85(secretKey) ?? Buffer.alloc(0), basePoint);
      expect(encodeZ85(found)).toBe(publicKey);
      expect(publicKeyOf(secretKey)).toBe(publicKey);
    }
  });

  test("does not show its secret", () => {
    const keys = generateKeyPair();
    const shown = [
      inspect(keys),
      inspect({ curve: { keys } }, { depth: 9, showHidden: true }),
      JSON.stringify({ keys }),
    ];
    for (const text of [...shown, `${keys}`, JSON.stringify({ ...keys })]) expect(text).not.toContain(keys.secretKey);
    expect(inspect(keys)).toBe(`KeyPair { publicKey: "${keys.publicKey}", secretKey: (hidden) }`);
  });

  test.each([
    ["", "has 0 characters, it must have 40 characters of Z85"],
    [mistake.slice(1), "has 39 characters"],
    [`"${mistake.slice(1)}`, "is not Z85"],
    ["#".repeat(40), "is not Z85"],
    [undefined as unknown as string, "is undefined"],
    [null as unknown as string, "is null"],
  ])("is not made of %j", (secretKey, problem) => {
    expect(() => keyPairOf(secretKey)).toThrow(invalid(`^the secret key ${problem}`));
  });
});

describe("the environment", () => {
  const { publicKey, secretKey } = generateKeyPair();

  test("gives a key pair", () => {
    expect(keyPairFromEnvironment({ HAWSER_SECRET_KEY: secretKey }).publicKey).toBe(publicKey);
    expect(keyPairFromEnvironment({ MINE: secretKey }, "MINE").secretKey).toBe(secretKey);
  });

  test("that has none, or none that is whole, is refused without showing it", () => {
    expect(() => keyPairFromEnvironment({})).toThrow(invalid("variable HAWSER_SECRET_KEY is not set"));
    expect(() => keyPairFromEnvironment({ MINE: "" }, "MINE")).toThrow(invalid("variable MINE is not set"));
    const broken = secretKey.slice(1);
    const attempt = () => keyPairFromEnvironment({ HAWSER_SECRET_KEY: broken });
    expect(attempt).toThrow(invalid("variable HAWSER_SECRET_KEY has 39 characters"));
    expect(attempt).not.toThrow(broken);
  });
});

describe("the options of CURVE", () => {
  const keys = generateKeyPair();
  const other = generateKeyPair();
  const wrong: readonly [string, unknown, string][] = [
    ["no keys", {}, "curve.keys is undefined, it must be a key pair"],
    ["a secret in place of keys", { keys: keys.secretKey }, "curve.keys is a string of 40 characters"],
    ["half a pair", { keys: { publicKey: keys.publicKey } }, "curve.keys.secretKey is undefined"],
    [
      "keys that do not belong together",
      { keys: { publicKey: other.publicKey, secretKey: keys.secretKey } },
      "curve.keys.publicKey does not belong to curve.keys.secretKey",
    ],
    ["a key that is none", { keys, serverKey: keys.secretKey.slice(1) }, "curve.serverKey has 39 characters"],
    [
      "a key of an address that is none",
      { keys, serverKey: { "tcp://a:1": "" } },
      'curve.serverKey\\["tcp://a:1"\\] has 0',
    ],
    ["one client's key alone", { keys, clientKeys: keys.secretKey }, "curve.clientKeys is a string of 40 characters"],
    ["a list with something else", { keys, clientKeys: [keys.publicKey, 7] }, "a key in curve.clientKeys is number"],
    ["an option that there is not", { keys, clientKey: keys.publicKey }, 'curve: there is no option "clientKey"'],
  ];
  test.each(wrong)("refuse %s", (_what, options, problem) => {
    const check = () => checkCurveOptions(options as CurveOptions);
    expect(check).toThrow(invalid(`^${problem}`));
    expect(check).not.toThrow(keys.secretKey);
  });

  test("say which key a server must have", () => {
    const one = checkCurveOptions({ keys, serverKey: other.publicKey });
    expect(serverKeyFor(one, "tcp://a:1")).toBe(other.publicKey);
    const each = checkCurveOptions({ keys, serverKey: { "tcp://a:1": other.publicKey } });
    expect(serverKeyFor(each, "tcp://a:1")).toBe(other.publicKey);
    expect(() => serverKeyFor(each, "tcp://b:1")).toThrow(
      invalid("curve.serverKey has no key for the server at tcp://b:1"),
    );
    expect(() => serverKeyFor(each, "__proto__")).toThrow(invalid("has no key"));
    expect(() => serverKeyFor(checkCurveOptions({ keys }), "tcp://a:1")).toThrow(invalid("curve.serverKey is missing"));
  });

  test("let nobody in unless they say whom", () => {
    expect(() => clientKeysOf(checkCurveOptions({ keys }))).toThrow(invalid("curve.clientKeys is missing"));
    expect(clientKeysOf(checkCurveOptions({ keys, clientKeys: "any" }))).toBe("any");
    expect(clientKeysOf(checkCurveOptions({ keys, clientKeys: [] }))).toEqual(new Set());
    const known = new Set([other.publicKey]);
    expect(clientKeysOf(checkCurveOptions({ keys, clientKeys: known }))).toBe(known);
  });
});
