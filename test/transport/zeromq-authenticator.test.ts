import { afterEach, expect, test, vi } from "vitest";
import { limits } from "../../runtime/protocol/limits.ts";
import { checkCurveOptions } from "../../runtime/security/curve-options.ts";
import { generateKeyPair } from "../../runtime/security/key-pair.ts";
import { createZeromqTransport, zeromq } from "../../runtime/transport/zeromq/index.ts";
import { serverSocketOptions, type ZeromqSettings } from "../../runtime/transport/zeromq/options.ts";
import { loadZeromq, type ZeromqRouter } from "../../runtime/transport/zeromq/package.ts";
import { FrameSocket } from "../../runtime/transport/zeromq/socket.ts";
import { watchEvents } from "../../runtime/transport/zeromq/socket-events.ts";
import { Stage } from "./interop.ts";
import { describeWithLibzmq } from "./real-libzmq.ts";

/** Whatever becomes of who says who may come in: nobody comes in whom it did not let in. */
const stage = new Stage();
afterEach(() => stage.clear());

const serverKeys = generateKeyPair();
const clientKeys = generateKeyPair();
const curve = { keys: serverKeys, clientKeys: [clientKeys.publicKey] };
const server = createZeromqTransport({ curve });
const withKeys = createZeromqTransport({ curve: { keys: clientKeys, serverKey: serverKeys.publicKey } });
/** Who is not answered is shown out by libzmq after `limits.handshakeTimeoutMs`. */
const timeout = 3 * limits.handshakeTimeoutMs;

describeWithLibzmq("a listener whose authenticator is gone", () => {
  test("says so, lets nobody in, and another can be opened", async () => {
    const opened: ZeromqRouter[] = [];
    const sockets = loadZeromq();
    const { openRouter } = sockets;
    const spy = vi.spyOn(sockets, "openRouter").mockImplementation(() => {
      const router = openRouter();
      opened.push(router);
      return router;
    });
    stage.defer(async () => spy.mockRestore());
    const listening = await stage.listen(server, { echoes: true });
    expect(await stage.connect(withKeys, listening.listener.address).echo("before")).toBe("before");
    expect(opened).toHaveLength(1);
    opened[0]?.close();
    await listening.failed.next();
    const successor = await stage.listen(server, { echoes: true });
    expect(await stage.connect(withKeys, successor.listener.address).echo("after")).toBe("after");
    expect(opened).toHaveLength(2);
  });
});

describeWithLibzmq("an authenticator", () => {
  test.each(Object.entries(failures()))("that %s lets nobody in", { timeout }, async (_name, answer) => {
    void answerAll(await openRouter(), answer);
    await nobodyGetsIn();
  });

  test("that is not there lets nobody in", { timeout }, async () => {
    await nobodyGetsIn();
  });

  test("that is slow lets in later", async () => {
    const router = await openRouter();
    const { address, heard } = await openServer("CURVE");
    const client = stage.connect(withKeys, address);
    client.connection.send(Buffer.from("waiting"));
    const question = await router.receive();
    expect(heard).toEqual([]);
    await router.send(answerTo(question, "200", "", "", ""));
    await expect.poll(() => heard).toEqual(["waiting"]);
  });

  /** Clients with the right keys, and without any, call at servers of their kind, and are not heard. */
  async function nobodyGetsIn(): Promise<void> {
    const servers = [await openServer("CURVE"), await openServer("NULL")];
    const clients = servers.map(({ address, mechanism }) => {
      const client = stage.connect(mechanism === "CURVE" ? withKeys : zeromq, address);
      client.connection.send(Buffer.from("let me in"));
      return client;
    });
    await Promise.all(clients.map((client) => client.lost.next()));
    expect(servers.map(({ heard }) => heard)).toEqual([[], []]);
    expect(clients.map((client) => client.received.count)).toEqual([0, 0]);
  }
});

/** What an authenticator says to a question; nothing, where it is `undefined`. */
type Answer = (question: readonly Buffer[]) => readonly (Buffer | string)[] | undefined;

function failures(): Readonly<Record<string, Answer>> {
  return {
    "says nothing": () => undefined,
    refuses: (question) => answerTo(question, "400", "", "", ""),
    "has failed": (question) => answerTo(question, "500", "", "", ""),
    "says a status that there is not": (question) => answerTo(question, "999", "", "", ""),
    "leaves half of the answer out": (question) => answerTo(question, "200"),
    "speaks another version": (question) => answerTo(question, "200", "", "", "").with(2, "2.0"),
    "answers another question": (question) => answerTo(question, "200", "", "", "").with(3, "another"),
  };
}

/** For whom, an empty part, the version, the question's name; then the words. */
function answerTo(question: readonly Buffer[], ...words: readonly string[]): readonly (Buffer | string)[] {
  return [...question.slice(0, 2), "1.0", ...question.slice(3, 4), ...words];
}

async function answerAll(router: ZeromqRouter, answer: Answer): Promise<void> {
  try {
    for (;;) {
      const said = answer(await router.receive());
      if (said !== undefined) await router.send(said);
    }
  } catch {
    // It was closed.
  }
}

/** In the place of our authenticator, which is there as long as there is a listener. */
async function openRouter(): Promise<ZeromqRouter> {
  const router = loadZeromq().openRouter();
  const gone = watchEvents(router);
  stage.defer(async () => {
    router.close();
    await gone;
  });
  await router.bind("inproc://zeromq.zap.01");
  return router;
}

/** A socket like that of a listener, without our authenticator. */
async function openServer(mechanism: "CURVE" | "NULL"): Promise<OpenServer> {
  const settings: ZeromqSettings = {
    frameBytesMax: limits.frameBytesMax,
    queueBytesMax: limits.connectionQueueBytesMax,
    waiting: "doorbell",
    curve: mechanism === "CURVE" ? checkCurveOptions(curve) : undefined,
  };
  const anywhere = "tcp://127.0.0.1:0";
  const options = serverSocketOptions(anywhere, settings, "test");
  const socket = new FrameSocket("Server", options, Buffer.from("the end of a connection"), settings.waiting);
  stage.defer(() => socket.close(0));
  const heard: string[] = [];
  const address = await socket.bind(anywhere);
  socket.start({ received: (frame) => heard.push(Buffer.from(frame).toString()), failed: () => {} });
  return { mechanism, address, heard };
}

interface OpenServer {
  readonly mechanism: "CURVE" | "NULL";
  readonly address: string;
  readonly heard: readonly string[];
}
