import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, type describe, expect, test } from "vitest";
import { emitDissector } from "../../codegen/dissector/emit-dissector.ts";
import { explainFrame } from "../../codegen/explain/explain-frame.ts";
import { loadSchema } from "../../codegen/load.ts";
import { type Family, type Protocol, resolveProtocol } from "../../codegen/protocol.ts";
import { type GoldenVector, goldenVectors } from "../../codegen/vectors/golden-vectors.ts";
import { type RefusedVector, refusedVectors } from "../../codegen/vectors/refused-vectors.ts";
import { RandomFrames } from "../codegen/random-frame.ts";
import { seededRandom } from "../seeded-random.ts";
import { Capture } from "./capture.ts";
import { describeWithLua54, dissectWithLua54 } from "./lua54.ts";
import { asShown, type Shape, shownMessage } from "./shown-message.ts";
import { type Dissection, describeWithTshark, dissect, fileOf, findAll, type Item } from "./tshark.ts";

/**
 * Schemas of every kind, each message of which travels in a datagram: every type of the language, bits, texts for tags, what
 * reaches to the end of a frame, little-endian numbers, no magic and no version.
 */
const root = join(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "hawser-dissector-"));
afterAll(() => rmSync(folder, { recursive: true }));

const schemas = [
  ...["every-type", "nothing-in-one-version", "text-tags", "versions"].map((name) => `test/codegen/emit/${name}.yaml`),
  ...["zmtp-command", "zmtp-curve", "zmtp-curve-box", "zmtp-greeting", "log", "client-session", "messages"].map(
    (name) => `schema/${name}.yaml`,
  ),
  "examples/key-value/kv.yaml",
];

const client = { port: 50_000 };
const server = { port: 7000 };

/** What a dissector makes of frames, each as a datagram, of a family that clients send. */
type Read = (frames: readonly string[], protocol: string, script: string, family: string) => Dissection;

const readers: readonly { readonly name: string; readonly describes: typeof describe.skip; readonly read: Read }[] = [
  {
    name: "tshark",
    describes: describeWithTshark,
    read(frames, protocol, script, family) {
      const capture = new Capture();
      for (const hex of frames) capture.sendDatagram(client, server, Buffer.from(hex, "hex"));
      const preferences = ["ports:7000", "framing:datagram", `from_clients:${family}`];
      const args = preferences.flatMap((value) => ["-o", `${protocol}.${value}`]);
      return dissect(fileOf(folder, "frames.pcap", capture.toBytes()), protocol, { script, args });
    },
  },
  {
    name: "Lua 5.4",
    describes: describeWithLua54,
    read(frames, protocol, script, family) {
      return dissectWithLua54(fileOf(folder, "frames.txt", frames.join("\n")), protocol, script, family);
    },
  },
];

for (const { name, describes, read } of readers) {
  describes.each(schemas)(`${name}, %s`, (path) => {
    const { protocol, script, golden, refused, random } = outputsOf(path);
    let frames: ReadonlyMap<Sent, readonly Item[]> = new Map();
    beforeAll(() => {
      const all = [...golden, ...refused, ...random];
      frames = shown(all, (hexes, family) => read(hexes, protocol.name, script, family));
    }, 120_000);

    test("every golden vector is shown as its message", () => {
      const wrong = golden.flatMap((vector) => {
        const frame = frames.get(vector) ?? [];
        const expected = asShown(vector.message) as Shape;
        const message = shownMessage(frame, protocol.name, expected);
        const experts = expertsOf(frame);
        return isDeepStrictEqual([message, experts], [expected, []]) ? [] : [{ ...vector, expected, message, experts }];
      });
      expect(wrong).toEqual([]);
    });

    test("of every negative vector is said what is wrong and where", () => {
      const wrong = refused.flatMap((vector) => {
        const parts = ["code", "path", "offset"].map((part) => `${protocol.name}.error.${part}`);
        const said = parts.flatMap((part) => findAll(frames.get(vector) ?? [], part).map(({ show }) => show));
        // Lua has no regular expressions.
        const expected = vector.rule === "pattern" ? [] : [vector.code, asShown(vector.path), String(vector.offset)];
        return isDeepStrictEqual(said, expected) ? [] : [{ ...vector, said }];
      });
      expect(wrong).toEqual([]);
    });

    test("frames at random are refused when decoders refuse them", () => {
      const wrong = random.flatMap((sent) => {
        const { problem } = explainFrame(Buffer.from(sent.hex, "hex"), protocol, familyOf(protocol, sent.family));
        if (problem?.code === "ERR_WIRE_INVALID_VALUE") return [];
        const experts = expertsOf(frames.get(sent) ?? []);
        const hasFailed = experts.some((line) => /^Expert Info \(error/i.test(line));
        const isRight = !hasFailed && (problem !== undefined) === experts.length > 0;
        return isRight ? [] : [{ ...sent, problem: problem?.message, experts }];
      });
      expect(wrong).toEqual([]);
    });
  });
}

function expertsOf(frame: readonly Item[]): readonly string[] {
  return findAll(frame, "_ws.expert").map(({ line }) => line);
}

interface Sent {
  readonly family: string;
  readonly hex: string;
}

interface Outputs {
  readonly protocol: Protocol;
  /** Path of the dissector. */
  readonly script: string;
  readonly golden: readonly GoldenVector[];
  readonly refused: readonly RefusedVector[];
  /** Half of them damaged. */
  readonly random: readonly Sent[];
}

function outputsOf(path: string): Outputs {
  const name = basename(path);
  const loaded = loadSchema(readFileSync(join(root, path), "utf8"), name);
  if (!loaded.ok) throw new Error(`${path} has problems`);
  const protocol = resolveProtocol(loaded.document);
  const [file] = emitDissector(protocol, { sourceName: name }, loaded.document);
  if (file === undefined) throw new Error("a dissector is a file");
  const maker = new RandomFrames(seededRandom(8), protocol);
  const random = protocol.families.flatMap((family) =>
    Array.from({ length: 300 }, () => ({ family: family.name, hex: Buffer.from(maker.frame(family)).toString("hex") })),
  );
  return {
    protocol,
    random: random.filter(fits),
    script: fileOf(folder, `${name}.lua`, file.text),
    golden: protocol.versions.flatMap((version) => goldenVectors(protocol, version, loaded.document)).filter(fits),
    refused: protocol.versions.flatMap((version) => refusedVectors(protocol, version, loaded.document)).filter(fits),
  };
}

/** What is shown of each frame, those of each family at once. */
function shown(
  all: readonly Sent[],
  read: (hexes: readonly string[], family: string) => Dissection,
): ReadonlyMap<Sent, readonly Item[]> {
  const frames = new Map<Sent, readonly Item[]>();
  for (const family of new Set(all.map((sent) => sent.family))) {
    const sent = all.filter((candidate) => candidate.family === family);
    const { packets } = read(
      sent.map(({ hex }) => hex),
      family,
    );
    for (const [index, one] of sent.entries()) {
      frames.set(
        one,
        (packets[index] ?? []).flatMap(({ children }) => children),
      );
    }
  }
  return frames;
}

/** What is longer is no datagram; what is empty is not shown to dissectors. */
function fits({ hex }: Sent): boolean {
  return hex !== "" && hex.length <= 2 * 65_000;
}

function familyOf({ families }: Protocol, name: string): Family {
  const family = families.find((candidate) => candidate.name === name);
  if (family === undefined) throw new Error(`there is no family ${name}`);
  return family;
}
