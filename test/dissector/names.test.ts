import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { emitDissector } from "../../codegen/dissector/emit-dissector.ts";
import { LuaCode, luaText, wideInteger } from "../../codegen/dissector/lua-text.ts";
import { loadSchema } from "../../codegen/load.ts";
import { resolveProtocol } from "../../codegen/protocol.ts";
import { Capture } from "./capture.ts";
import { describeWithTshark, dissect, fileOf, findAll } from "./tshark.ts";

/** Names and texts of a schema that mean something to Lua, to Wireshark or to the dissector. */
const folder = mkdtempSync(join(tmpdir(), "hawser-dissector-"));
afterAll(() => rmSync(folder, { recursive: true }));

const schema = `protocol: http
doc: A protocol that Wireshark has already.
versions:
  1: { status: draft, packing: byte, doc: "First." }
frame: { tag: u8 }
types:
  Pair: { struct: { count: Number, element: Number }, doc: "Words of the dissector." }
  Number: { type: u8, example: 1, unit: s, as: instant, doc: 'A "number" with a \\ and a tab\t in its doc.' }
messages:
  sender:
    Message: { tag: 1, doc: "The dissector has a field of that name.", fields: { end: Number, local: Number } }
    Error: { tag: 2, doc: "So it has of this.", fields: { code: Number, pairs: { type: "list<u8, Pair>", doc: "Two." } } }
    HTTPRequest: { tag: 3, doc: "Several capitals.", fields: { pathURL: { type: Number? } , pathURLPresence: Number } }
`;

describe("tables of Lua", () => {
  test("names that Lua does not take stand in brackets", () => {
    expect(luaText({ end: 1, 2: 3, ok: true, gone: undefined, "a-b": "c" })).toBe(
      '{ [2] = 3, ["end"] = 1, ok = true, ["a-b"] = "c" }',
    );
  });

  test("texts keep to one line", () => {
    expect(luaText('a "b" \\ \n\u0000 é\u0085')).toBe('"a \\"b\\" \\\\ \\010\\000 é\\194\\133"');
  });

  test("integers of 64 bits are two halves, the upper one with the sign", () => {
    expect([-1n, -(2n ** 63n), 2n ** 64n - 1n, 5n].map((value) => wideInteger(value).text)).toEqual([
      "wide(-1, 4294967295)",
      "wide(-2147483648, 0)",
      "wide(4294967295, 4294967295)",
      "wide(0, 5)",
    ]);
  });

  test("what does not fit into a line has one entry per line", () => {
    const long = "x".repeat(110);
    expect(luaText([long, { a: new LuaCode("b()") }])).toBe(`{\n  "${long}",\n  { a = b() },\n}`);
    expect(luaText([])).toBe("{}");
  });
});

describeWithTshark("a schema full of words that are taken", () => {
  test("is shown, under names of its own", () => {
    const loaded = loadSchema(schema, "http.yaml");
    if (!loaded.ok) throw new Error(loaded.diagnostics.map(({ message }) => message).join("\n"));
    const [file] = emitDissector(resolveProtocol(loaded.document), { sourceName: "http.yaml" }, loaded.document);
    expect(file?.name).toBe("http.lua");
    const script = fileOf(folder, "http.lua", file?.text ?? "");
    const capture = new Capture();
    const [client, server] = [{ port: 50_000 }, { port: 7000 }];
    for (const hex of ["010203", "0205020103" + "0204", "03010709"]) {
      capture.sendDatagram(client, server, Buffer.from(hex, "hex"));
    }
    const args = ["-o", "hawser_http.ports:7000", "-o", "hawser_http.framing:datagram"];
    const { packets } = dissect(fileOf(folder, "http.pcap", capture.toBytes()), "hawser_http", { script, args });
    const shown = (packet: number, name: string) =>
      findAll(packets[packet] ?? [], `hawser_http.${name}`).map(({ show }) => show);
    expect(shown(0, "message")).toEqual(["Message"]);
    expect(shown(0, "message_.end")).toEqual(["2"]);
    expect(shown(0, "message_.local")).toEqual(["3"]);
    expect(shown(1, "error.code_")).toEqual(["5"]);
    expect(shown(1, "error.pairs.count")).toEqual(["2"]);
    expect(shown(1, "error.pairs.element.count")).toEqual(["1", "2"]);
    expect(shown(1, "error.pairs.element.element")).toEqual(["3", "4"]);
    expect(shown(2, "http_request.path_url.presence")).toEqual(["1"]);
    expect(shown(2, "http_request.path_url")).toEqual(["7"]);
    expect(shown(2, "http_request.path_url_presence")).toEqual(["9"]);
    expect(findAll(packets[2] ?? [], "hawser_http.http_request.path_url")[0]?.line).toContain(
      "1970-01-01 00:00:07 UTC",
    );
  });
});
