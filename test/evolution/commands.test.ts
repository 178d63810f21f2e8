import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { runHawser } from "./run-hawser.ts";

const home = process.cwd();
let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "hawser-evolution-"));
  process.chdir(directory);
});

afterEach(() => {
  process.chdir(home);
  rmSync(directory, { recursive: true });
});

const schema = `protocol: shop
doc: A shop.
versions:
  1: { status: frozen, packing: byte, doc: "First." } # spoken since March
  2: { status: draft, packing: byte, doc: "Second." }
frame: { version: u8, tag: u8 }
types:
  Id: { type: u32, range: 1..100, example: 7, doc: "Names an order." }
  Amount: { type: u8, range: 1..9, example: 2, doc: "How many." }
messages:
  client:
    Order: { tag: 1, doc: "Order things.", fields: { id: Id } }
    Cancel: { tag: 2, doc: "Take it back.", fields: { id: Id, amount: Amount } }
`;
const narrower = schema.replace("1..100", "1..50");
const wider = schema.replace("1..100", "1..200");

function save(text: string, name = "shop.yaml"): void {
  writeFileSync(name, text);
}

function lockNow(): unknown {
  return JSON.parse(readFileSync("shop.lock.json", "utf8"));
}

async function locked(): Promise<void> {
  save(schema);
  expect(await runHawser(["freeze", "1", "shop.yaml"])).toMatchObject({ exitCode: 0, stderr: "" });
}

describe("hawser freeze", () => {
  test("writes the lock of a frozen version, the same bytes each time", async () => {
    save(schema);
    expect(await runHawser(["freeze", "1", "shop.yaml"])).toMatchObject({
      exitCode: 0,
      stdout: "version 1 is locked in shop.lock.json\n",
    });
    const text = readFileSync("shop.lock.json", "utf8");
    expect(await runHawser(["freeze", "1", "shop.yaml"])).toMatchObject({
      exitCode: 0,
      stdout: "version 1 is locked in shop.lock.json already\n",
    });
    expect(readFileSync("shop.lock.json", "utf8")).toBe(text);
    expect(text.endsWith("}\n")).toBe(true);
    expect(text).toContain('\n  "lock": 1,\n');
  });

  test("what is written does not depend on the order and the prose of the schema", async () => {
    await locked();
    const text = readFileSync("shop.lock.json", "utf8");
    rmSync("shop.lock.json");
    const [, order = "", cancel = ""] = /(\s{4}Order:.*\n)(\s{4}Cancel:.*\n)/.exec(schema) ?? [];
    save(schema.replace(order + cancel, cancel + order).replace("A shop.", "Another shop."));
    await runHawser(["freeze", "1", "shop.yaml"]);
    expect(readFileSync("shop.lock.json", "utf8")).toBe(text);
  });

  test("leaves a draft alone, unless it may change the status, and then nothing else", async () => {
    await locked();
    expect(await runHawser(["freeze", "2", "shop.yaml"])).toMatchObject({
      exitCode: 1,
      stderr:
        "version 2 is a draft; write status: frozen in shop.yaml, or let hawser freeze 2 shop.yaml --write do it\n",
    });
    expect(await runHawser(["freeze", "2", "shop.yaml", "--write"])).toMatchObject({
      exitCode: 0,
      stdout: "version 2 is locked in shop.lock.json\nversion 2 is frozen in shop.yaml\n",
    });
    expect(readFileSync("shop.yaml", "utf8")).toBe(schema.replace("draft", "frozen"));
    expect(Object.keys((lockNow() as { versions: object }).versions)).toEqual(["1", "2"]);
    expect(await runHawser(["check", "shop.yaml"])).toMatchObject({ exitCode: 0, printed: "" });
  });

  test("refuses a status that does not fit the other versions, and writes nothing", async () => {
    save(schema.replace("frozen", "draft"));
    const outcome = await runHawser(["freeze", "2", "shop.yaml", "--write"]);
    expect(outcome).toMatchObject({ exitCode: 1, stdout: "" });
    expect(outcome.stderr).toContain("V009");
    expect(readFileSync("shop.yaml", "utf8")).toBe(schema.replace("frozen", "draft"));
  });

  test.each([narrower, wider])("does not overwrite what was locked", async (changed) => {
    await locked();
    const before = readFileSync("shop.lock.json", "utf8");
    save(changed);
    const outcome = await runHawser(["freeze", "1", "shop.yaml"]);
    expect(outcome.exitCode).toBe(1);
    expect(outcome.stderr.trimEnd().split("\n").at(-1)).toBe("shop.lock.json stays as it is");
    expect(readFileSync("shop.lock.json", "utf8")).toBe(before);
  });

  test("takes what is only mentioned into the lock", async () => {
    await locked();
    save(schema.replace('doc: "Names', 'check: encode, doc: "Names'));
    expect((await runHawser(["check", "shop.yaml"])).stdout).toContain("note C003");
    expect(await runHawser(["freeze", "1", "shop.yaml"])).toMatchObject({ exitCode: 0, stderr: "" });
    expect(await runHawser(["check", "shop.yaml"])).toMatchObject({ exitCode: 0, printed: "" });
  });

  test.each([
    [[], "freeze needs a version and the path of a schema (see hawser freeze --help)"],
    [["shop.yaml", "1"], 'freeze needs the number of a version first, such as 1, not "shop.yaml"'],
    [["3", "shop.yaml"], "shop.yaml has no version 3; it has 1, 2"],
    [["1", "old.yaml"], "version 1 is retired: nobody speaks it any more"],
    [["1", "none.yaml"], "cannot read none.yaml: no such file or directory"],
  ])("%j cannot be carried out", async (args, message) => {
    save(schema);
    save(schema.replace("frozen", "retired"), "old.yaml");
    expect(await runHawser(["freeze", ...args])).toMatchObject({ exitCode: 2, printed: `hawser: ${message}\n` });
  });
});

describe("hawser check", () => {
  test("warns of a frozen version where there is no lock, and refuses it where the lock lacks it", async () => {
    save(schema);
    const warned = await runHawser(["check", "shop.yaml"]);
    expect(warned).toMatchObject({ exitCode: 0, stdout: "" });
    expect(warned.stderr).toBe(
      [
        "shop.yaml:4:16 warning C052 lock: version 1: it is frozen, and nothing keeps it so",
        "  |",
        '4 |   1: { status: frozen, packing: byte, doc: "First." } # spoken since March',
        "  |                ^^^^^^ lock it: hawser freeze 1 shop.yaml",
        "",
        "shop.yaml has 1 warning",
        "",
      ].join("\n"),
    );
    await locked();
    save(schema.replace("draft", "frozen"));
    const refused = await runHawser(["check", "shop.yaml"]);
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toContain("shop.yaml:5:16 C052 lock: version 2: it is frozen, and nothing keeps it so");
  });

  test("compares with the lock, an older schema, and a commit", async () => {
    await locked();
    save(schema, "old.yaml");
    execFileSync("git", ["init", "--quiet"]);
    execFileSync("git", ["add", "."]);
    const person = ["-c", "user.name=A", "-c", "user.email=a@example.org"];
    execFileSync("git", [...person, "commit", "--quiet", "--message", "One"]);
    save(narrower);
    const expected = {
      exitCode: 1,
      stderr: expect.stringContaining("C002 narrower: version 1: Id took 1..100 and takes 1..50"),
    };
    expect(await runHawser(["check", "shop.yaml"])).toMatchObject(expected);
    rmSync("shop.lock.json");
    for (const args of [["old.yaml"], ["--against", "old.yaml"], ["--against", "git:HEAD"], ["git:HEAD:old.yaml"]]) {
      expect(await runHawser(["check", "shop.yaml", ...args])).toMatchObject(expected);
    }
    mkdirSync("inner");
    save(narrower, "inner/shop.yaml");
    expect(await runHawser(["check", "inner/shop.yaml", "--against", "git:HEAD"])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(/^hawser: cannot read \.\/shop\.yaml at HEAD: .+\n$/),
    });
    expect(await runHawser(["check", "inner/shop.yaml", "--against", "git:HEAD:./old.yaml"])).toMatchObject(expected);
  });

  test("takes what is allowed into the lock, with the reason", async () => {
    await locked();
    save(narrower);
    const allowed = await runHawser(["check", "shop.yaml", "--allow", "C002", "--because", "nobody sends more"]);
    expect(allowed).toMatchObject({ exitCode: 0, stderr: "" });
    expect(allowed.stdout).toContain("takes 1..50; allowed: nobody sends more");
    expect(lockNow()).toMatchObject({
      versions: {
        1: {
          allowed: [{ rule: "C002", because: "nobody sends more", changes: ["Id took 1..100 and takes 1..50"] }],
          projection: { types: { Id: { range: "1..50" } } },
        },
      },
    });
    expect(await runHawser(["check", "shop.yaml"])).toMatchObject({ exitCode: 0, printed: "" });
    save(schema, "old.yaml");
    expect(await runHawser(["check", "shop.yaml", "old.yaml"])).toMatchObject({ exitCode: 0, stderr: "" });
  });

  test("takes a warning into the lock when it is told to", async () => {
    await locked();
    save(wider);
    expect(await runHawser(["check", "shop.yaml"])).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining("warning C003 wider: version 1: Id took 1..100 and takes 1..200"),
    });
    await runHawser(["check", "shop.yaml", "--allow", "C003", "--because", "all peers are new"]);
    expect(await runHawser(["check", "shop.yaml"])).toMatchObject({ exitCode: 0, printed: "" });
  });

  test("takes nothing into the lock while something else is refused or warned of", async () => {
    await locked();
    const before = readFileSync("shop.lock.json", "utf8");
    save(narrower.replace("Cancel: { tag: 2", "Cancel: { tag: 3"));
    const refused = await runHawser(["check", "shop.yaml", "--allow", "C002", "--because", "nobody sends more"]);
    expect(refused).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("C022") });
    save(narrower.replace("1..9,", "1..10,"));
    const warned = await runHawser(["check", "shop.yaml", "--allow", "C002", "--because", "nobody sends more"]);
    expect(warned).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("C003") });
    expect(warned.stderr).toContain("version 1 is not recorded: allow what is warned of as well\n");
    expect(readFileSync("shop.lock.json", "utf8")).toBe(before);
  });

  test("allows a new name, and remembers the old one", async () => {
    await locked();
    const renamed = schema.replace("Cancel:", "Withdraw:");
    save(renamed);
    expect(await runHawser(["check", "shop.yaml"])).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining("C030 renamed: version 1: client.Withdraw is the new name of Cancel (tag 2)"),
    });
    expect(await runHawser(["check", "shop.yaml", "--allow-source"])).toMatchObject({ exitCode: 0, stderr: "" });
    expect(await runHawser(["check", "shop.yaml"])).toMatchObject({ exitCode: 0, printed: "" });
    save(`${renamed}    Cancel: { tag: 3, since: 2, doc: "Something else." }\n`);
    expect((await runHawser(["check", "shop.yaml"])).stderr).toContain(
      "C021 used before: client.Cancel has tag 3, and something of that name had tag 2 once",
    );
  });

  test("says so where nothing can be recorded", async () => {
    save(narrower);
    save(schema, "old.yaml");
    const args = ["check", "shop.yaml", "old.yaml", "--allow", "C002", "--because", "nobody sends more"];
    expect((await runHawser(args)).stdout).toContain("nothing is recorded: there is no shop.lock.json\n");
  });

  test.each([
    [[], "check needs the path of a schema (see hawser check --help)"],
    [["a", "b", "c"], "check takes a schema and an older one, got a b c"],
    [["shop.yaml", "--allow", "C002"], "--allow needs --because TEXT: who reads the lock wants to know why"],
    [
      ["shop.yaml", "--allow", "C001", "--because", "x"],
      '--allow takes one of C002, C003, C013, C043, C052, C060, not "C001"',
    ],
    [["shop.yaml", "--because", "x"], "--because says why something is allowed; add --allow RULE or --allow-source"],
    [["shop.yaml", "none.yaml"], "cannot read none.yaml: no such file or directory"],
    [["shop.yaml", "--against", "git:--output=x"], '"--output=x" is no name of a commit, such as main or v1.2'],
  ])("%j cannot be carried out", async (args, message) => {
    save(schema);
    expect(await runHawser(["check", ...args])).toMatchObject({ exitCode: 2, stderr: `hawser: ${message}\n` });
  });

  test("outside of a repository a commit cannot be read", async () => {
    save(schema);
    expect(await runHawser(["check", "shop.yaml", "--against", "git:main"])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(/^hawser: cannot read \.\/shop\.yaml at main: not a git repository/),
    });
  });
});

describe("a lock that is not as it was written", () => {
  const edits: readonly (readonly [string, (text: string) => string, string])[] = [
    ["is cut off", (text) => text.slice(0, 100), "it is no JSON ("],
    ["has a new format", (text) => text.replace('"lock": 1', '"lock": 2'), "/lock must be equal to constant; "],
    ["lacks a part", (text) => text.replace('"packing": "byte",', ""), "must have required property 'packing'"],
    ["says another type", (text) => text.replace('"type": "u32"', '"type": "u64"'), "version 1 says wire sha256:"],
    ["says another range", (text) => text.replace("1..100", "1..50"), "version 1 says accept sha256:"],
    ["says another name", (text) => text.replace('"name": "id"', '"name": "no"'), "version 1 says source sha256:"],
    ["names no type", (text) => text.replace('"type": "Id"', '"type": "It"'), "version 1 makes no sense ("],
    ["holds no type", (text) => text.replace('"type": "Id"', '"type": "<"'), "version 1 makes no sense ("],
    ["forgets a tag", (text) => text.replace(/,\n *"Cancel": 2\n/, "\n"), '"taken" lacks client.Cancel of version 1'],
    ["is that of another protocol", (text) => text.replace('"shop"', '"ship"'), "it is that of the protocol ship"],
  ];

  test.each(edits)("%s: it is refused by check and freeze", async (_what, edit, message) => {
    await locked();
    const edited = edit(readFileSync("shop.lock.json", "utf8"));
    writeFileSync("shop.lock.json", edited);
    for (const args of [
      ["check", "shop.yaml"],
      ["freeze", "1", "shop.yaml"],
    ]) {
      const outcome = await runHawser(args);
      expect(outcome).toMatchObject({ exitCode: 1, stdout: "" });
      expect(outcome.stderr).toMatch(/^shop\.lock\.json cannot be used: .+\n$/);
      expect(outcome.stderr).toContain(message);
    }
    expect(readFileSync("shop.lock.json", "utf8")).toBe(edited);
  });
});

describe("hawser diff", () => {
  test("shows what is refused, what is warned of, and release notes", async () => {
    save(schema, "old.yaml");
    save(
      `${wider.replace("Cancel: { tag: 2", "Cancel: { tag: 3")}    Track: { tag: 4, since: 2, doc: "Follow <it>. Or not." }\n`,
    );
    expect((await runHawser(["diff", "old.yaml", "shop.yaml"])).printed).toBe(`## shop: 1 change breaks a promise

From \`old.yaml\` to \`shop.yaml\`.

| version | status | bytes | values taken | TypeScript | verdict |
| --- | --- | --- | --- | --- | --- |
| 1 | frozen | changed | changed | changed | **refused** |
| 2 | draft | changed | changed | changed | compatible |

### Refused

- **C022** tag, line 13: version 1: client.Cancel had tag 2 and has 3. Write tag: 2.

### Warnings

- **C003** wider, line 8: version 1: Id took 1..100 and takes 1..200. Older programs refuse more; with check: encode beside the old constraint, decoders alone get wider.

### Release notes

Version 2 (draft):

- Message client.Track (tag 4) is new. Follow \\<it>. (C010)
`);
  });

  test("says that nothing changes", async () => {
    save(schema);
    expect((await runHawser(["diff", "shop.yaml", "shop.yaml"])).printed).toMatch(/^## shop: nothing changes\n/);
  });

  test.each([
    [["shop.yaml"], 2, "hawser: diff needs two states of a schema, the older one first (see hawser diff --help)\n"],
    [["git:HEAD", "git:HEAD"], 2, "hawser: git:HEAD says no file; write git:HEAD:PATH\n"],
    [["bad.yaml", "shop.yaml"], 1, expect.stringContaining("bad.yaml has 1 error\n")],
  ])("%j", async (args, exitCode, stderr) => {
    save(schema);
    save(schema.replace("u32", "u33"), "bad.yaml");
    expect(await runHawser(["diff", ...args])).toMatchObject({ exitCode, stderr });
  });
});
