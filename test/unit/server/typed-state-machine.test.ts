import { type PayloadCodec, type TypedStateMachine, typed } from "hawser/server";
import { expect, test } from "vitest";
import { SessionTable, type TableEffect } from "../../../runtime/protocol/session-table.ts";

/** Numbers as text; a negative one cannot be encoded, what is no number cannot be decoded. */
const number: PayloadCodec<number> = {
  encode(value) {
    if (value < 0) throw new RangeError(`${value} is negative`);
    return Buffer.from(String(value));
  },
  decode(bytes) {
    const value = Number(Buffer.from(bytes).toString());
    if (Number.isNaN(value)) throw new TypeError("this is no number");
    return value;
  },
};

interface NumberCodec {
  readonly command: PayloadCodec<number>;
  readonly result: PayloadCodec<number>;
  readonly query: PayloadCodec<number>;
  readonly queryResult: PayloadCodec<number>;
  readonly serverRequest: PayloadCodec<number>;
  readonly snapshot: PayloadCodec<number>;
}

const codec: NumberCodec = {
  command: number,
  result: number,
  query: number,
  queryResult: number,
  serverRequest: number,
  snapshot: number,
};

/** Adds every command, tells its session of the sum, and gives it as work. */
class Sum implements TypedStateMachine<NumberCodec> {
  sum = 0;
  readonly heard: string[] = [];

  apply(command: number, { send, session, work }: Parameters<TypedStateMachine<NumberCodec>["apply"]>[1]): number {
    this.sum += command;
    send(session.sessionId, this.sum);
    work.add("a", (workId) => 100 * workId);
    return this.sum - 10;
  }

  query(query: number): number {
    return this.sum + query;
  }

  *snapshot(): Generator<number> {
    yield this.sum;
  }

  async restore(chunks: AsyncIterable<number>): Promise<void> {
    for await (const chunk of chunks) this.sum = chunk;
  }

  sessionCreated(): void {
    this.heard.push("created");
  }
}

function command(table: SessionTable, requestId: number, text: string): readonly TableEffect[] {
  const payloads = [Buffer.from(text)];
  const ids = { firstRequestId: requestId, lowestPendingRequestId: 1 };
  const record = { type: "Commands", sessionId: "s1", ...ids, payloads } as const;
  return table.applyEntry({ index: requestId + 1, proposedAt: 0, records: [record] });
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString();
}

function tableOf(machine: Sum): SessionTable {
  const table = new SessionTable(typed(codec, machine));
  const record = { type: "CreateSession", sessionId: "s1", nonce: 1n, capabilities: { a: "1" } } as const;
  table.applyEntry({ index: 1, proposedAt: 0, records: [record] });
  return table;
}

test("a state machine gets and gives values where bytes travel", async () => {
  const machine = new Sum();
  const table = tableOf(machine);
  const [answer] = command(table, 1, "12");
  expect(answer).toMatchObject({ type: "respond", results: [Buffer.from("2")] });
  expect(table.sessions.get("s1")?.outbox.map(({ payload }) => text(payload))).toEqual(["12", "100"]);
  expect(text(table.query(Buffer.from("5")))).toBe("17");
  expect(machine.heard).toEqual(["created"]);
});

test("a snapshot goes through the codec, both ways", async () => {
  const before = new Sum();
  before.sum = 7;
  const after = new Sum();
  async function* chunks(): AsyncGenerator<Uint8Array> {
    yield* typed(codec, before).snapshot();
  }
  await typed(codec, after).restore(chunks());
  expect(after.sum).toBe(7);
});

test("a command that cannot be decoded is refused, and changes nothing", () => {
  const machine = new Sum();
  const table = tableOf(machine);
  expect(command(table, 1, "x")).toMatchObject([
    { type: "stateMachineError" },
    { type: "refused", detail: "this is no number" },
  ]);
  expect(machine.sum).toBe(0);
});

test("a result that cannot be encoded leaves the command applied, once, and nobody gets it", () => {
  const machine = new Sum();
  const table = tableOf(machine);
  for (let times = 0; times < 2; times++) {
    expect(command(table, 1, "3").find(({ type }) => type !== "stateMachineError")).toMatchObject({ type: "evicted" });
  }
  expect(machine.sum).toBe(3);
});

test("what is no codec, or no state machine, is refused at once", () => {
  expect(() => typed(Object.assign({ answer: number }, codec), new Sum())).toThrow('there is no option "answer"');
  expect(() => typed(codec, JSON.parse("{}"))).toThrow("the state machine must be an object with a method apply()");
});

test("kinds of payload without a codec are bytes", () => {
  const echo = typed(
    {},
    {
      apply: (payload: Uint8Array) => payload,
      query: (payload: Uint8Array) => payload,
      snapshot: () => [],
      restore: async () => {},
    },
  );
  expect(text(echo.query(Buffer.from("x")))).toBe("x");
});
