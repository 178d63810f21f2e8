import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Client, connect } from "hawser/client";
import { type ServerOptions, startServer } from "hawser/server";
import { memoryEngine } from "hawser/server/memory";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { loadSchema } from "../../codegen/load.ts";
import { resolveProtocol } from "../../codegen/protocol.ts";
import { Notebook } from "../transcript/notebook.ts";
import { portIn } from "../transport/interop.ts";
import { Dumpcap } from "./dumpcap.ts";
import { RecordingRelay } from "./recording-relay.ts";
import { type Shape, shownMessage } from "./shown-message.ts";
import { describeWithTshark, dissect, fileOf, findAll, type Item } from "./tshark.ts";

/** What our clients and servers really send, as tshark shows it, against what our own decoder reads. */
const root = join(import.meta.dirname, "../..");
const script = join(root, "generated/protocol/zraft.lua");
const folder = mkdtempSync(join(tmpdir(), "hawser-dissector-"));
afterAll(() => rmSync(folder, { recursive: true }));

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const transports = [
  { client: "zmtp", server: "zmtp" },
  { client: "zeromq", server: "zeromq" },
  { client: "zmtp", server: "zeromq" },
] as const;

describeWithTshark.each(transports)("a client over $client, a server over $server", (transport) => {
  describe.each([1, 2] as const)("version %i", (version) => {
    test("every message is shown with every field", { timeout: 60_000 }, async () => {
      const address = await serve(transport.server);
      const relay = await RecordingRelay.start(address);
      cleanups.push(() => relay.close());
      await converse(relay, transport.client, version);
      const file = fileOf(folder, "relay.pcap", relay.capture.toBytes());
      const port = portIn(relay.address);
      const packets = dissect(file, "zraft", { script, args: ["-o", `zraft.ports:${port}`] }).packets;
      expectMessages(packets, relay);
      expect(shown(packets, "_ws.expert")).toEqual([]);
      const types = new Set(relay.messages.flatMap(({ message }) => typesIn(message)));
      expect([...commonTypes, ...(version === 2 ? ["Batch"] : [])].filter((type) => !types.has(type))).toEqual([]);
      expect(shown(packets, "zraft.zmtp.command").filter((name) => name === "READY").length).toBeGreaterThanOrEqual(4);
      expect(shown(packets, "zraft.zmtp.value")).toEqual(expect.arrayContaining(["CLIENT", "SERVER"]));
      expectLinks(packets);
      // Without a word about ports the messages are found all the same, once one has gone by.
      expectMessages(dissect(file, "zraft", { script }).packets, relay);
    });
  });
});

describeWithTshark("dumpcap on the loopback interface", () => {
  test("shows the same", { timeout: 60_000 }, async ({ skip }) => {
    const address = await serve("zeromq");
    const relay = await RecordingRelay.start(address);
    cleanups.push(() => relay.close());
    const port = portIn(address);
    const dumpcap = await Dumpcap.start(port);
    if (typeof dumpcap === "string") return skip(dumpcap);
    await converse(relay, "zeromq", 2);
    const file = fileOf(folder, "dumpcap.pcap", await dumpcap.finish());
    const { packets } = dissect(file, "zraft", { script, args: ["-o", `zraft.ports:${port}`] });
    expectMessages(packets, relay);
    expect(shown(packets, "_ws.expert")).toEqual([]);
    expectLinks(packets);
  });
});

async function serve(transport: NonNullable<ServerOptions["transport"]>): Promise<string> {
  const server = await startServer({
    memberId: "node-1",
    address: "tcp://127.0.0.1:0",
    engine: memoryEngine(),
    stateMachine: new Notebook(),
    transport,
  });
  cleanups.push(() => server.stop());
  return server.address;
}

/** A session with everything in it: commands, queries, work, a lost connection, refusals, the end. */
async function converse(relay: RecordingRelay, transport: "zmtp" | "zeromq", version: 1 | 2): Promise<void> {
  const options = { members: { "node-1": relay.address }, transport, protocolVersionMax: version };
  const client: Client = await connect(options);
  cleanups.push(() => client.close());
  const say = (text: string) => client.submit(Buffer.from(text));
  await Promise.all(["a", "b", "c"].map((text) => say(`add ${text}`)));
  await Promise.all(["count", "count"].map((text) => client.query(Buffer.from(text))));
  await say(`add ${"long ".repeat(5000)}`);
  await say(`send ${client.sessionId} work`);
  await client.serverRequests[Symbol.asyncIterator]().next();
  relay.drop();
  await say("add after");
  if (version === 2) await expect(say("nonsense")).rejects.toThrow("refused");
  await client.close();
}

/** What every conversation above has. */
const commonTypes = [
  ...["CreateSession", "SessionCreated", "ClientRequest", "ClientResponse", "Query", "QueryResponse"],
  ...["ServerRequest", "ServerRequestAck", "ContinueSession", "SessionContinued", "CloseSession", "SessionClosed"],
];

function expectMessages(packets: readonly (readonly Item[])[], relay: RecordingRelay): void {
  const frames = packets.flat().filter(({ children }) => children.some(({ name }) => name === "zraft.family"));
  const read = frames.map(({ children }, index) => {
    const { message, version } = relay.messages[index] ?? { message: { type: "" }, version: 0 };
    return {
      family: findAll(children, "zraft.family")[0]?.show,
      version: Number(findAll(children, "zraft.frame.version")[0]?.show),
      message: shownMessage(children, "zraft", asVector(message, version) as Shape),
    };
  });
  expect(read).toEqual(
    relay.messages.map((passed) => ({ ...passed, message: asVector(passed.message, passed.version) })),
  );
}

/** Every answer knows its request and how long ago that was, and the request its answer. */
function expectLinks(packets: readonly (readonly Item[])[]): void {
  for (const [index, items] of packets.entries()) {
    for (const name of ["client_response", "query_response", "session_created", "session_continued"]) {
      for (const message of findAll(items, `zraft.${name}`)) {
        const asked = Number(findAll(message.children, "zraft.request_in")[0]?.show);
        expect(asked).toBeGreaterThan(0);
        expect(asked).toBeLessThanOrEqual(index + 1);
        expect(shown([packets[asked - 1] ?? []], "zraft.response_in")).toContain(String(index + 1));
        expect(Number(findAll(message.children, "zraft.response_time")[0]?.show)).toBeGreaterThanOrEqual(0);
      }
    }
  }
}

function shown(packets: readonly (readonly Item[])[], name: string): readonly string[] {
  return packets.flatMap((items) => findAll(items, name).map(({ show, line }) => show || line));
}

const protocol = resolved();

function resolved(): ReturnType<typeof resolveProtocol> {
  const loaded = loadSchema(readFileSync(join(root, "schema/messages.yaml"), "utf8"), "messages.yaml");
  if (!loaded.ok) throw new Error("the schema has problems");
  return resolveProtocol(loaded.document);
}

/** A message as vectors have it, with what is on the wire in the version: a decoder fills in the rest. */
function asVector(value: unknown, version: number): unknown {
  if (typeof value === "bigint") return { $bigint: String(value) };
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString("hex") };
  if (Array.isArray(value)) return value.map((item) => asVector(item, version));
  if (typeof value !== "object" || value === null) return value;
  const { type } = value as Shape;
  const messages = protocol.families.flatMap((family) => family.messages).filter(({ typeName }) => typeName === type);
  const lacking = messages.flatMap(({ fields }) =>
    fields.filter(({ since }) => since > version).map(({ name }) => name),
  );
  const entries = Object.entries(value).filter(([name, item]) => item !== undefined && !lacking.includes(name));
  return Object.fromEntries(entries.map(([name, item]) => [name, asVector(item, version)]));
}

/** The type of a message, and of those in it. */
function typesIn(message: { readonly type: string; readonly items?: readonly { readonly type: string }[] }): string[] {
  return [message.type, ...(message.items ?? []).map(({ type }) => type)];
}
