import { connect, InvalidArgumentError, isRequestError } from "hawser/client";
import { startServer } from "hawser/server";
import { memoryEngine } from "hawser/server/memory";
import { createMemoryTransport } from "hawser/transport/memory";
import { afterEach, expect, expectTypeOf, test } from "vitest";
import {
  decodeNotificationMessage,
  decodeQueryResultMessage,
  encodeCommandMessage,
  encodeQueryMessage,
} from "../../examples/key-value/generated/codec.ts";
import type {
  CommandMessage,
  NotificationMessage,
  QueryMessage,
  QueryResultMessage,
} from "../../examples/key-value/generated/messages.ts";
import { KeyValueStore } from "../../examples/key-value/state-machine.ts";

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function store(): Promise<{
  members: Record<string, string>;
  transport: ReturnType<typeof createMemoryTransport>;
}> {
  const transport = createMemoryTransport();
  const server = await startServer({
    memberId: "a",
    address: "memory://a",
    engine: memoryEngine(),
    stateMachine: new KeyValueStore(),
    transport,
  });
  cleanups.push(() => server.stop());
  return { members: { a: "memory://a" }, transport };
}

const codec = {
  command: { encode: encodeCommandMessage },
  query: { encode: encodeQueryMessage },
  queryResult: { decode: decodeQueryResultMessage },
  serverRequest: { decode: decodeNotificationMessage },
};

test("generated functions fit, and every payload has its type", async () => {
  const client = await connect({ ...(await store()), codec });
  cleanups.push(() => client.close());
  expectTypeOf(client.submit).parameter(0).toEqualTypeOf<CommandMessage>();
  expectTypeOf(client.submit).returns.resolves.toEqualTypeOf<Uint8Array>();
  expectTypeOf(client.query).parameter(0).toEqualTypeOf<QueryMessage>();
  expectTypeOf(client.query).returns.resolves.toEqualTypeOf<QueryResultMessage>();

  // @ts-expect-error -- bytes are no command of this codec
  await expect(client.submit(new Uint8Array(1))).rejects.toBeInstanceOf(InvalidArgumentError);
  expect(await client.submit({ type: "Watch", key: "k" })).toEqual(new Uint8Array(0));
  await client.submit({ type: "Set", key: "k", value: "v" });
  expect(await client.query({ type: "Get", key: "k" })).toEqual({ type: "Present", value: "v" });
  for await (const request of client.serverRequests) {
    expectTypeOf(request.payload).toEqualTypeOf<NotificationMessage>();
    expect(request.payload).toEqual({ type: "Notification", key: "k", value: "v" });
    expect(request.payload).toBe(request.payload);
    break;
  }
});

test("without a codec payloads are bytes", async () => {
  const client = await connect(await store());
  cleanups.push(() => client.close());
  expectTypeOf(client.submit).parameter(0).toEqualTypeOf<Uint8Array>();
  expectTypeOf(client.query).returns.resolves.toEqualTypeOf<Uint8Array>();
  expect(await client.query(encodeQueryMessage({ type: "Get", key: "k" }))).toBeInstanceOf(Uint8Array);
});

test("what the codec does not take is refused before anything is sent", async () => {
  const client = await connect({ ...(await store()), codec });
  cleanups.push(() => client.close());
  const wrong = { type: "Set", key: 5, value: "v" } as unknown as CommandMessage;
  const refused = await client.submit(wrong).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(InvalidArgumentError);
  expect(String(refused)).toContain("the command cannot be encoded: Set.key");
});

test("a result that the codec does not take says that the command was applied", async () => {
  const nonsense = {
    decode(): never {
      throw new RangeError("nonsense");
    },
  };
  const options = await store();
  const client = await connect({
    ...options,
    codec: { ...codec, result: nonsense, queryResult: nonsense, serverRequest: nonsense },
  });
  cleanups.push(() => client.close());
  const failed = await client.submit({ type: "Watch", key: "k" }).catch((error: unknown) => error);
  expect(isRequestError(failed) && [failed.code, failed.outcome]).toEqual(["ERR_INVALID_RESULT", "applied"]);
  await expect(client.query({ type: "Get", key: "k" })).rejects.toMatchObject({
    code: "ERR_INVALID_RESULT",
    outcome: "not-applied",
    cause: new RangeError("nonsense"),
  });
  await client.submit({ type: "Set", key: "k", value: "v" }).catch(() => {});
  for await (const request of client.serverRequests) {
    expect(() => request.payload).toThrow("nonsense");
    expect(request.requestId).toBe(1);
    break;
  }
});

test("what is no codec is refused", async () => {
  const options = await store();
  const attempt = (wrong: object) => connect({ ...options, codec: wrong }).catch((error: unknown) => String(error));
  expect(await attempt({ commands: {} })).toContain('there is no option "commands"');
  expect(await attempt({ command: encodeCommandMessage })).toContain(
    "codec.command is (message) => encodeCommandMessage".slice(0, 17),
  );
  expect(await attempt({ result: { decode: 5 } })).toContain("it must be an object with decode()");
  const client = await connect({ ...options, codec: { command: { encode: () => "text" as unknown as Uint8Array } } });
  cleanups.push(() => client.close());
  await expect(client.submit(undefined as never)).rejects.toThrow(
    'codec.command.encode() gave "text", it must be a Uint8Array',
  );
});
