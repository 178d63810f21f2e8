import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { chmod, chown } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { open } from "lmdb";
import { describe, expect, onTestFinished, test } from "vitest";
import { type LmdbEngineOptions, lmdbEngine } from "../../runtime/server/lmdb-engine.ts";
import { Child } from "./child-process.ts";
import { makeDirectory, payloadsOf, proposeAll, startEngine } from "./data-directory.ts";
import { bytes, Recorder, rejectionOf } from "./recorder.ts";

describe("the data directory", () => {
  test("is made with its parents, also under a name with a dot", async () => {
    const directory = join(await makeDirectory(), "a", "b.d", "data.db");
    const { engine } = await startEngine(directory);
    await engine.propose(bytes("a"));
    expect(readdirSync(directory)).toContain("data.mdb");
  });

  test("may be given by a path of any length", async () => {
    const directory = join(await makeDirectory(), "a".repeat(150), "b".repeat(150));
    const { engine } = await startEngine(directory);
    expect(await rejectionOf(lmdbEngine({ directory }).start(new Recorder()))).toMatchObject({
      code: "ERR_DATA_DIRECTORY_IN_USE",
    });
    await engine.stop();
    expect(readdirSync(directory).sort()).toEqual(["data.mdb", "lock.mdb"]);
    await startEngine(directory);
  });

  test.each([[""], ["a\0b"], [undefined], [7]])("must be a path: %j", (directory) => {
    const options = { directory } as unknown as LmdbEngineOptions;
    expect(() => lmdbEngine(options)).toThrow(`directory must be a path, not ${JSON.stringify(directory)}`);
  });

  test.each<[string, (parent: string) => string, RegExp]>([
    ["a file in its place", (parent) => fileAt(join(parent, "file")), /: EEXIST; a file of that name is in the way/],
    [
      "a path under a file",
      (parent) => join(fileAt(join(parent, "file")), "data"),
      /: ENOTDIR; a part of the path is a file/,
    ],
    ["a place where nothing can be made", () => "/proc/hawser/data", /: ENOENT; a part of the path cannot be made/],
    ["a name that is too long", (parent) => join(parent, "x".repeat(300)), /: ENAMETOOLONG; give a shorter path/],
  ])("cannot be %s", async (_what, make, message) => {
    const directory = make(await makeDirectory());
    const error = await rejectionOf(lmdbEngine({ directory }).start(new Recorder()));
    expect(error).toMatchObject({ code: "ERR_DATA_DIRECTORY_UNUSABLE" });
    expect(error.message).toContain(`cannot use data directory ${directory}`);
    expect(error.message).toMatch(message);
  });

  test("cannot be one that this user may not write", async (context) => {
    if (process.getuid?.() !== 0) context.skip("only root can become a user that may not");
    const directory = await makeDirectory();
    await chmod(directory, 0o755);
    const child = new Child("hold.child.ts", [directory, "65534"]);
    expect(await child.said("refused")).toBe(
      `refused ERR_DATA_DIRECTORY_UNUSABLE cannot use data directory ${directory}: EACCES; let this user read, write and search it`,
    );
    child.process.stdin?.end();
    await child.ended();
  });

  test("cannot be one whose files belong to another user", async (context) => {
    if (process.getuid?.() !== 0) context.skip("only root can become a user that may not");
    const directory = await makeDirectory();
    const { engine } = await startEngine(directory);
    await engine.stop();
    await chmod(join(directory, "data.mdb"), 0o600);
    await chown(directory, 65534, 65534);
    const child = new Child("hold.child.ts", [directory, "65534"]);
    expect(await child.said("refused")).toMatch(/^refused ERR_DATA_DIRECTORY_UNUSABLE .*: EACCES/);
    child.process.stdin?.end();
    await child.ended();
  });

  test.each([
    ["some text", Buffer.from("hello, world\n".repeat(1000))],
    ["zeros", Buffer.alloc(100_000)],
  ])("cannot hold a data file of another kind: %s", async (_what, content) => {
    const directory = await makeDirectory();
    writeFileSync(join(directory, "data.mdb"), content);
    const error = await rejectionOf(lmdbEngine({ directory }).start(new Recorder()));
    expect(error).toMatchObject({ code: "ERR_DATA_DIRECTORY_UNUSABLE" });
    expect(error.message).toContain("data.mdb is not a hawser store; move it away or give another directory");
  });

  test("cannot hold a directory where the data file belongs", async () => {
    const directory = await makeDirectory();
    mkdirSync(join(directory, "data.mdb"));
    const error = await rejectionOf(lmdbEngine({ directory }).start(new Recorder()));
    expect(error).toMatchObject({ code: "ERR_DATA_DIRECTORY_UNUSABLE" });
    expect(error.message).toContain("EISDIR");
  });

  test("cannot be another program's store", async () => {
    const directory = await makeDirectory();
    const root = open({ path: directory, maxDbs: 4 });
    await root.openDB({ name: "shopping" }).put("milk", 2);
    await root.close();
    const error = await rejectionOf(lmdbEngine({ directory }).start(new Recorder()));
    expect(error).toMatchObject({ code: "ERR_DATA_DIRECTORY_UNUSABLE" });
    expect(error.message).toContain('it is the store of another program, with a table "shopping"');
  });
});

describe("one process per directory", () => {
  test("a second engine of the same process is refused until the first has stopped", async () => {
    const directory = await makeDirectory();
    const { engine } = await startEngine(directory);
    const error = await rejectionOf(lmdbEngine({ directory }).start(new Recorder()));
    expect(error).toMatchObject({ code: "ERR_DATA_DIRECTORY_IN_USE" });
    expect(error.message).toBe(
      `data directory ${directory} is in use by this process; stop it or give another directory`,
    );
    await engine.stop();
    await startEngine(directory);
  });

  test("a second process is refused with the pid of the first, also under another name of the directory", async () => {
    const directory = await makeDirectory();
    const child = await holder(directory);
    const alias = `${directory}/../${directory.slice(tmpdir().length + 1)}/.`;
    for (const name of [directory, alias]) {
      const error = await rejectionOf(lmdbEngine({ directory: name }).start(new Recorder()));
      expect(error).toMatchObject({ code: "ERR_DATA_DIRECTORY_IN_USE" });
      expect(error.message).toBe(
        `data directory ${directory} is in use by process ${child.process.pid}; stop it or give another directory`,
      );
    }
    child.tell("propose a");
    expect(await child.said("proposed")).toBe("proposed 1");
  });

  test("a holder that is stopped by a signal still holds it", async () => {
    const directory = await makeDirectory();
    const child = await holder(directory);
    child.process.kill("SIGSTOP");
    onTestFinished(() => void child.process.kill("SIGCONT"));
    const error = await rejectionOf(lmdbEngine({ directory }).start(new Recorder()));
    expect(error.message).toContain("is in use by another process");
  });

  test("of many that start at once, one gets it, whatever dead ones left behind", { timeout: 60_000 }, async () => {
    const directory = await makeDirectory();
    const dead = await holder(directory);
    await dead.kill();
    for (let round = 0; round < 20; round++) {
      const starters = Array.from({ length: 8 }, () => lmdbEngine({ directory }));
      const outcomes = await Promise.allSettled(starters.map((engine) => engine.start(new Recorder())));
      const refused = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason.code] : []));
      expect(refused).toEqual(Array(7).fill("ERR_DATA_DIRECTORY_IN_USE"));
      await Promise.all(starters.map((engine) => engine.stop()));
    }
    expect(readdirSync(directory).sort()).toEqual(["data.mdb", "lock.mdb"]);
  });

  test("of several processes that start at once, one gets it", { timeout: 60_000 }, async () => {
    const directory = await makeDirectory();
    for (let round = 0; round < 4; round++) {
      const children = Array.from({ length: 4 }, () => new Child("hold.child.ts", [directory]));
      const words = await Promise.all(
        children.map((child) => Promise.race([child.said("leads"), child.said("refused ERR_DATA_DIRECTORY_IN_USE")])),
      );
      expect(words.filter((word) => word.startsWith("leads"))).toEqual([`leads ${round + 1}`]);
      // Killed, so that the next round meets what dead holders leave.
      await Promise.all(children.map((child) => child.kill()));
    }
  });
});

describe("the fence, when a second process got past the lock", () => {
  test("the first one writes and reads nothing more, for good", { timeout: 60_000 }, async () => {
    const directory = await makeDirectory();
    const first = await holder(directory);
    first.tell("propose a");
    await first.said("proposed 1");
    removeFlags(directory);
    const second = await startEngine(directory);
    expect(second.engine.leadership).toEqual({ role: "leader", term: 2 });
    first.tell("propose b");
    expect(await first.said("failed")).toBe(`failed ERR_UNAVAILABLE ${takenOver(directory)}`);
    expect(await first.said("fatal")).toBe(`fatal ERR_STORE_FAILED ${takenOver(directory)}`);
    expect(await second.engine.propose(bytes("c"))).toEqual({ index: 2, term: 2 });
    await second.engine.stop();
    expect((await startEngine(directory)).application.payloads).toEqual(["a", "c"]);
  });

  test("rule 7: a read finds it out as well as a write", { timeout: 60_000 }, async () => {
    const directory = await makeDirectory();
    const first = await holder(directory);
    first.tell("propose a");
    await first.said("proposed 1");
    removeFlags(directory);
    await startEngine(directory);
    first.tell("read");
    expect(await first.said("failed")).toBe(`failed ERR_UNAVAILABLE ${takenOver(directory)}`);
    expect(await first.said("fatal")).toBe(`fatal ERR_STORE_FAILED ${takenOver(directory)}`);
  });

  test("two under load never interleave: one log, every acknowledged entry in it once", {
    timeout: 60_000,
  }, async () => {
    const directory = await makeDirectory();
    const first = new Child("load.child.ts", [directory, "first"]);
    onTestFinished(() => first.kill());
    await first.said("ack 50 ");
    removeFlags(directory);
    const second = await startEngine(directory);
    const mine = await Promise.all(
      Array.from({ length: 200 }, (_, number) => second.engine.propose(bytes(`second-${number}`))),
    );
    await first.kill();
    await second.engine.stop();
    const { application } = await startEngine(directory);
    expect(application.entries.map(({ index }) => index)).toEqual(application.entries.map((_, number) => number + 1));
    for (const line of first.lines) {
      const [, index, payload] = /^ack (\d+) (.*)$/.exec(line) ?? [];
      if (index !== undefined) expect(application.payloads[Number(index) - 1]).toBe(payload);
    }
    expect(mine.map(({ index }) => application.payloads[index - 1])).toEqual(
      mine.map((_, number) => `second-${number}`),
    );
    const terms = application.entries.map(({ term }) => term);
    expect(terms).toEqual([...terms].sort());
    expect(new Set(application.payloads).size).toBe(application.payloads.length);
  });

  test("a start during which the other process saves a snapshot is refused", async () => {
    const directory = await makeDirectory();
    const first = await startEngine(directory);
    await proposeAll(first.engine, payloadsOf("a", 5));
    removeFlags(directory);
    const application = new Recorder();
    application.beforeApply = ({ index }) =>
      index === 3 ? first.engine.saveSnapshot(2, first.application.chunks()) : undefined;
    const error = await rejectionOf(lmdbEngine({ directory }).start(application));
    expect(error).toMatchObject({ code: "ERR_STORE_FAILED" });
    expect(error.message).toContain("another process saved a snapshot");
    expect(application.events).not.toContain("leader 2");
  });

  test.each(["data.mdb", "lock.mdb"])("%s removed or replaced under a running engine ends it", async (name) => {
    const directory = await makeDirectory();
    const { engine, application } = await startEngine(directory);
    await engine.propose(bytes("a"));
    renameSync(join(directory, name), join(directory, "elsewhere"));
    const error = await rejectionOf(engine.propose(bytes("b")));
    expect(error).toMatchObject({ code: "ERR_UNAVAILABLE" });
    expect(error.message).toBe(`${join(directory, name)} was removed while in use; restore it and restart the server`);
    await application.until(() => application.fatalErrors.length > 0);
    expect(application.fatalErrors[0]).toMatchObject({ code: "ERR_STORE_FAILED" });
    await engine.stop();
    renameSync(join(directory, "elsewhere"), join(directory, name));
    expect((await startEngine(directory)).application.payloads).toEqual(["a"]);
  });
});

function takenOver(directory: string): string {
  return `another process has taken over data directory ${directory}; only one may use it at a time`;
}

/** A process that holds `directory`, killed with the test. */
async function holder(directory: string): Promise<Child> {
  const child = new Child("hold.child.ts", [directory]);
  onTestFinished(() => child.kill());
  await child.said("leads");
  return child;
}

/** What nobody should do: remove the sockets by which a holder is known. */
function removeFlags(directory: string): void {
  const flags = readdirSync(directory).filter((name) => name.endsWith(".sock"));
  expect(flags.length).toBeGreaterThan(0);
  for (const flag of flags) rmSync(join(directory, flag));
}

function fileAt(path: string): string {
  writeFileSync(path, "");
  return path;
}
