import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { loadSchema } from "../../codegen/load.ts";
import { type Family, resolveProtocol, type Version } from "../../codegen/protocol.ts";
import { decodeCommandMessage, encodeCommandMessage } from "../../generated/zmtp-command/codec.ts";
import type { CommandMessage } from "../../generated/zmtp-command/messages.ts";
import {
  decodeCommandMessage as decodeCurve,
  encodeCommandMessage as encodeCurve,
} from "../../generated/zmtp-curve/codec.ts";
import type { CommandMessage as CurveCommand } from "../../generated/zmtp-curve/messages.ts";
import { decodeFrameMessage, encodeFrameMessage } from "../../generated/zmtp-curve-box/codec.ts";
import type { FrameMessage } from "../../generated/zmtp-curve-box/messages.ts";
import { decodeGreetingMessage, encodeGreetingMessage } from "../../generated/zmtp-greeting/codec.ts";
import type { GreetingMessage } from "../../generated/zmtp-greeting/messages.ts";
import { WireError } from "../../runtime/wire/index.ts";
import { RandomMessages } from "../property/random-message.ts";
import { seededRandom } from "../seeded-random.ts";

/** Golden bytes: those of ZMTP 3.1, which the schemas describe and did not invent. `HAWSER_SEED=…` repeats a run. */
const seed = Number(process.env["HAWSER_SEED"] ?? Date.now() % 2 ** 31);

const zeros = (count: number) => "00".repeat(count);
const ascii = (text: string) => Buffer.from(text, "latin1").toString("hex");
const bytes = (text: string) => new Uint8Array(Buffer.from(text, "latin1"));
const hex = (frame: Uint8Array) => Buffer.from(frame).toString("hex");
const fromHex = (text: string) => new Uint8Array(Buffer.from(text, "hex"));

describe("the greeting of ZMTP", () => {
  const greeting: GreetingMessage = {
    type: "Greeting",
    padding: new Uint8Array(8),
    signatureEnd: 0x7f,
    major: 3,
    minor: 1,
    mechanism: bytes("NULL".padEnd(20, "\0")),
    asServer: false,
    filler: new Uint8Array(31),
  };
  const frame = `ff${zeros(8)}7f0301${ascii("NULL")}${zeros(16)}00${zeros(31)}`;

  test("is 64 bytes", () => {
    expect(frame).toHaveLength(2 * 64);
    expect(hex(encodeGreetingMessage(greeting))).toBe(frame);
    expect(decodeGreetingMessage(fromHex(frame))).toEqual(greeting);
  });

  const refused: readonly [string, string, string][] = [
    ["of another signature", `00${frame.slice(2)}`, "ERR_WIRE_UNKNOWN_DISCRIMINATOR"],
    ["whose signature does not end", frame.replace("7f0301", "000301"), "ERR_WIRE_OUT_OF_RANGE"],
    ["of ZMTP 2", frame.replace("7f0301", "7f0201"), "ERR_WIRE_OUT_OF_RANGE"],
    ["that ends early", frame.slice(0, -2), "ERR_WIRE_TRUNCATED"],
    ["that goes on", `${frame}00`, "ERR_WIRE_TRAILING_BYTES"],
  ];
  test.each(refused)("one %s is refused", (_what, text, code) => {
    expect(() => decodeGreetingMessage(fromHex(text))).toThrow(expect.objectContaining({ code }));
  });
});

describe("the commands of ZMTP", () => {
  const golden: readonly [CommandMessage, string][] = [
    [
      {
        type: "Ready",
        properties: [
          { name: "Socket-Type", value: bytes("CLIENT") },
          { name: "Identity", value: new Uint8Array() },
        ],
      },
      `05${ascii("READY")}0b${ascii("Socket-Type")}00000006${ascii("CLIENT")}08${ascii("Identity")}00000000`,
    ],
    [{ type: "Ready", properties: [] }, `05${ascii("READY")}`],
    [{ type: "Failure", reason: "no" }, `05${ascii("ERROR")}02${ascii("no")}`],
    [{ type: "Ping", ttl: 10, context: bytes("ab") }, `04${ascii("PING")}000a${ascii("ab")}`],
    [{ type: "Ping", ttl: 0, context: new Uint8Array() }, `04${ascii("PING")}0000`],
    [{ type: "Pong", context: bytes("ab") }, `04${ascii("PONG")}${ascii("ab")}`],
  ];
  test.each(golden)("%o", (command, frame) => {
    expect(hex(encodeCommandMessage(command))).toBe(frame);
    expect(decodeCommandMessage(fromHex(frame))).toEqual(command);
  });

  const refused: readonly [string, string, string, string][] = [
    ["nothing at all", "", "ERR_WIRE_TRUNCATED", "frame.tag"],
    ["half a tag", `05${ascii("READ")}`, "ERR_WIRE_TRUNCATED", "frame.tag"],
    ["an empty tag", "00", "ERR_WIRE_UNKNOWN_DISCRIMINATOR", "frame.tag"],
    ["an unknown tag", `05${ascii("HELLO")}`, "ERR_WIRE_UNKNOWN_DISCRIMINATOR", "frame.tag"],
    ["a tag in small letters", `04${ascii("ping")}0000`, "ERR_WIRE_UNKNOWN_DISCRIMINATOR", "frame.tag"],
    ["a tag that is no UTF-8", "04ff80ff80", "ERR_WIRE_UNKNOWN_DISCRIMINATOR", "frame.tag"],
    ["half a property", `05${ascii("READY")}0161000000`, "ERR_WIRE_TRUNCATED", "Ready.properties[0].value"],
    [
      "a property of which some is missing",
      `05${ascii("READY")}0161000000000162000000026e`,
      "ERR_WIRE_TRUNCATED",
      "Ready.properties[1].value",
    ],
    [
      "a property without a name",
      `05${ascii("READY")}0161000000000000000000`,
      "ERR_WIRE_OUT_OF_RANGE",
      "Ready.properties[1].name",
    ],
    ["a reason that is no UTF-8", `05${ascii("ERROR")}01ff`, "ERR_WIRE_INVALID_UTF8", "Failure.reason"],
    ["bytes behind a reason", `05${ascii("ERROR")}0000`, "ERR_WIRE_TRAILING_BYTES", "Failure"],
    ["half a time to live", `04${ascii("PING")}00`, "ERR_WIRE_TRUNCATED", "Ping.ttl"],
    ["too much context", `04${ascii("PING")}0000${zeros(17)}`, "ERR_WIRE_OUT_OF_RANGE", "Ping.context"],
  ];
  test.each(refused)("%s is refused", (_what, frame, code, path) => {
    expect(() => decodeCommandMessage(fromHex(frame))).toThrow(expect.objectContaining({ code, path }));
  });

  test("the refusal of an unknown command names it", () => {
    expect(() => decodeCommandMessage(fromHex(`05${ascii("HELLO")}`))).toThrow(
      'frame.tag is "HELLO", which is no CommandMessage',
    );
  });
});

describe("the commands of CURVE", () => {
  const key = fromHex("ab".repeat(32));
  const nonce = fromHex("cd".repeat(16));
  const box = (length: number) => new Uint8Array(length).fill(0xef);
  const boxHex = (length: number) => "ef".repeat(length);
  const golden: readonly [CurveCommand, string, number][] = [
    [
      {
        type: "Hello",
        major: 1,
        minor: 0,
        padding: new Uint8Array(72),
        clientTransientKey: key,
        nonce: 1,
        box: box(80),
      },
      `05${ascii("HELLO")}0100${zeros(72)}${hex(key)}${zeros(7)}01${boxHex(80)}`,
      200,
    ],
    [{ type: "Welcome", nonce, box: box(144) }, `07${ascii("WELCOME")}${hex(nonce)}${boxHex(144)}`, 168],
    [
      { type: "Initiate", cookie: { nonce, box: box(80) }, nonce: 2, box: box(144) },
      `08${ascii("INITIATE")}${hex(nonce)}${boxHex(80)}${zeros(7)}02${boxHex(144)}`,
      257,
    ],
    [{ type: "Ready", nonce: 1, box: box(16) }, `05${ascii("READY")}${zeros(7)}01${boxHex(16)}`, 30],
    [{ type: "Message", nonce: 3, box: box(17) }, `07${ascii("MESSAGE")}${zeros(7)}03${boxHex(17)}`, 33],
  ];
  test.each(golden)("%o", (command, frame, length) => {
    expect(frame).toHaveLength(2 * length);
    expect(hex(encodeCurve(command))).toBe(frame);
    expect(decodeCurve(fromHex(frame))).toEqual(command);
  });

  const frames: readonly [FrameMessage, string][] = [
    [{ type: "Message", body: bytes("ab") }, "006162"],
    [{ type: "Part", body: new Uint8Array() }, "01"],
    [{ type: "Command", body: bytes("ab") }, "026162"],
  ];
  test.each(frames)("hold %o", (message, content) => {
    expect(hex(encodeFrameMessage(message))).toBe(content);
    expect(decodeFrameMessage(fromHex(content))).toEqual(message);
  });
});

const codecs = [
  {
    family: familyOf("schema/zmtp-curve.yaml"),
    encode: (message: unknown) => encodeCurve(message as CurveCommand),
    decode: decodeCurve,
  },
  {
    family: familyOf("schema/zmtp-greeting.yaml"),
    encode: (message: unknown) => encodeGreetingMessage(message as GreetingMessage),
    decode: decodeGreetingMessage,
  },
  {
    family: familyOf("schema/zmtp-command.yaml"),
    encode: (message: unknown) => encodeCommandMessage(message as CommandMessage),
    decode: decodeCommandMessage,
  },
];

const onlyVersion: Version = { number: 1, packing: "byte", doc: "" };

describe.each(codecs)("any $family.name", ({ family, encode, decode }) => {
  test(`survives (HAWSER_SEED=${seed})`, () => {
    const messages = new RandomMessages(seededRandom(seed), onlyVersion);
    for (let count = 0; count < 2_000; count++) {
      const message = messages.message(family);
      const frame = encode(message);
      const around = Buffer.concat([Buffer.alloc(3, 0xff), frame, Buffer.alloc(9, 0xff)]);
      expect(decode(around.subarray(3, 3 + frame.length))).toEqual(message);
    }
  });

  test(`with a byte changed or an end cut off is another one, or gives a WireError (HAWSER_SEED=${seed})`, () => {
    const messages = new RandomMessages(seededRandom(seed ^ 0x5eed), onlyVersion);
    for (let count = 0; count < 20_000; count++) {
      const frame = encode(messages.message(family)).slice(0, messages.integer(0, 400));
      frame[messages.integer(0, frame.length)] = messages.pick([0, 1, 0x7f, 0x80, 0xff, messages.integer(0, 255)]);
      try {
        expect(hex(encode(decode(frame)))).toBe(hex(frame));
      } catch (error) {
        if (!(error instanceof WireError)) throw error;
        expect(error.offset).toBeLessThanOrEqual(frame.length);
      }
    }
  });
});

function familyOf(file: string): Family {
  const loaded = loadSchema(readFileSync(new URL(`../../${file}`, import.meta.url), "utf8"), file);
  const [family] = loaded.ok ? resolveProtocol(loaded.document).families : [];
  if (family === undefined) throw new Error(`${file} is no schema`);
  return family;
}
