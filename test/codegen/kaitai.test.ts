import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { generate } from "../../codegen/generate.ts";
import { fieldId, snakeCase, UniqueNames, valueId } from "../../codegen/kaitai/names.ts";
import { loadSchema } from "../../codegen/load.ts";

/** Names and shapes of .ksy files. That they can be compiled, and what readers find, test/conformance shows. */
const root = join(import.meta.dirname, "../..");

test.each([
  ["nonce", "nonce"],
  ["sessionTimeout", "session_timeout"],
  ["SessionTimeout", "session_timeout"],
  ["HTTPServer", "http_server"],
  ["x2Axis", "x2_axis"],
])("%s is %s in a .ksy", (name, id) => {
  expect(snakeCase(name)).toBe(id);
});

test.each([
  ["end", "f_end"],
  ["union", "f_union"],
  ["lenName", "f_len_name"],
  ["hasName", "f_has_name"],
  ["numbers", "numbers"],
  ["mName", "f_m_name"],
  ["nonceHigh", "f_nonce_high"],
  ["body", "f_body"],
  ["or", "v_or"],
])("the field %s gives way to what has taken its name: %s", (name, id) => {
  expect(fieldId(name)).toBe(id);
});

test("a value of an enum has other names to avoid than a field", () => {
  expect([valueId("Unknown"), fieldId("unknown")]).toEqual(["f_unknown", "unknown"]);
  expect([valueId("Body"), fieldId("body")]).toEqual(["body", "f_body"]);
});

test("what stands beside a field is called after it", () => {
  expect([fieldId("end", "len"), fieldId("nonce", "high")]).toEqual(["len_f_end", "nonce_high"]);
});

test("names that Nim takes for one are told apart", () => {
  const names = new UniqueNames();
  expect(["c_foo_bar", "c_foobar", "c_foo_bar"].map((name) => names.take(name))).toEqual([
    "c_foo_bar",
    "c_foobar_2",
    "c_foo_bar_3",
  ]);
});

describe("the .ksy of a family", () => {
  const files = kaitaiFiles("schema/messages.yaml");

  test("is one for each version", () => {
    expect([...files.keys()]).toEqual([
      "kaitai/zraft_v1_client.ksy",
      "kaitai/zraft_v1_server.ksy",
      "kaitai/zraft_v2_client.ksy",
      "kaitai/zraft_v2_server.ksy",
    ]);
  });

  test("reads what stands behind a flag bit by bit", () => {
    const ksy = parse(files.get("kaitai/zraft_v1_server.ksy") ?? "");
    expect(ksy.types.m_session_closed.seq).toMatchObject([
      { id: "reason", type: "u1", enum: "e_session_close_reason" },
      { id: "has_leader_id", type: "b1" },
      { id: "len_leader_id", type: "b16", if: "has_leader_id" },
      { id: "leader_id", type: "b8", repeat: "expr", "repeat-expr": "len_leader_id.as<u2>", if: "has_leader_id" },
    ]);
  });

  test("reads a message inside a message by its length", () => {
    const ksy = parse(files.get("kaitai/zraft_v2_client.ksy") ?? "");
    expect(ksy.types.p_message_u32.seq).toMatchObject([
      { id: "len_value", type: "u4" },
      { id: "value", size: "len_value", type: "inner_message" },
    ]);
    const cases = Object.keys(ksy.types.inner_message.seq[1].type.cases);
    expect(cases).toContain("message_type::keep_alive");
    expect(cases).not.toContain("message_type::batch");
  });
});

test("prose can end no comment of a generated reader", () => {
  const ksy = parse(kaitaiFiles("test/conformance/schemas/bits.yaml").get("kaitai/bits_v1_both.ksy") ?? "");
  expect(ksy.doc).toContain("A doc may hold * / and / * and ''' and ] ## and a / without harm.");
});

function kaitaiFiles(schema: string): Map<string, string> {
  const loaded = loadSchema(readFileSync(join(root, schema), "utf8"), schema);
  if (!loaded.ok) throw new Error(loaded.diagnostics.map(({ message }) => message).join("\n"));
  const files = generate(loaded.document, {
    emit: ["kaitai"],
    wireImport: "hawser/wire",
    importExtension: ".js",
    sourceName: schema,
  });
  return new Map(files.map(({ name, text }) => [name, text]));
}
