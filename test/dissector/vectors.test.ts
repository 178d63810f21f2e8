import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Capture } from "./capture.ts";
import { asShown, type Shape, shownMessage } from "./shown-message.ts";
import { describeWithTshark, dissect, fileOf, findAll, type Item } from "./tshark.ts";
import { golden, refused } from "./vectors.ts";
import { zmtpFrame } from "./zmtp-bytes.ts";

/** Every vector of both versions in a packet of its own, as tshark shows it with the dissector that is committed. */
const script = join(import.meta.dirname, "../../generated/protocol/zraft.lua");
const folder = mkdtempSync(join(tmpdir(), "hawser-dissector-"));
afterAll(() => rmSync(folder, { recursive: true }));

const client = { port: 50_000 };
const server = { port: 7000 };

/** The items of each frame, one packet each. */
function shown(frames: readonly { readonly family: string; readonly hex: string }[]): readonly (readonly Item[])[] {
  const capture = new Capture();
  const conversation = capture.converse(client, server);
  for (const { family, hex } of frames) {
    const bytes = zmtpFrame(Buffer.from(hex, "hex"));
    // A packet of IPv4 takes no more; what is in several is shown with the last of them.
    for (let at = 0; at < bytes.byteLength; at += 60_000) {
      capture.send(conversation, family === "client" ? client : server, bytes.subarray(at, at + 60_000));
    }
  }
  const file = fileOf(folder, `${frames.length}.pcap`, capture.toBytes());
  const { packets } = dissect(file, "zraft", { script, args: ["-o", "zraft.ports:7000"] });
  return packets.filter((items) => items.length > 0).map((items) => items.flatMap(({ children }) => children));
}

describeWithTshark("golden vectors", () => {
  let frames: readonly (readonly Item[])[] = [];
  beforeAll(() => {
    frames = shown(golden);
  }, 120_000);

  test("each is one frame", () => {
    expect(frames).toHaveLength(golden.length);
  });

  test.each(golden.map((vector, index) => ({ ...vector, index })))("$id", ({ family, message, hex, index }) => {
    const frame = frames[index] ?? [];
    const expected = asShown(message) as Shape;
    expect(shownMessage(frame, "zraft", expected)).toEqual(expected);
    expect(findAll(frame, "zraft.frame.version").map(({ show }) => show)).toEqual([hex.slice(10, 12).replace("0", "")]);
    expect(findAll(frame, "zraft.family").map(({ show }) => show)).toEqual([family]);
    expect(findAll(frame, "_ws.expert")).toEqual([]);
  });
});

describeWithTshark("negative vectors", () => {
  let frames: readonly (readonly Item[])[] = [];
  beforeAll(() => {
    frames = shown(refused);
  }, 120_000);

  test.each(refused.map((vector, index) => ({ ...vector, index })))("$id", ({ code, path, offset, index }) => {
    const frame = frames[index] ?? [];
    const said = (name: string) => findAll(frame, `zraft.error.${name}`).map(({ show }) => show);
    expect({ code: said("code"), path: said("path"), offset: said("offset") }).toEqual({
      code: [code],
      path: [path],
      offset: [String(offset)],
    });
    const [expert, ...more] = findAll(frame, "_ws.expert");
    expect(more).toEqual([]);
    expect(expert?.line).toMatch(/^Expert Info \(Warning\/Malformed\): /);
    expect(expert?.line).toContain(`${path} `);
    expect(expert?.line).toContain(`(byte ${offset}, ${code})`);
  });
});
