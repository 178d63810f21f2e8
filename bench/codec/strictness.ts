import type { ClientMessage, ServerMessage } from "hawser/protocol";
import { type Family, type LibraryName, libraries } from "./library.ts";
import { everyMessage } from "./messages.ts";

/** How many of the things that are wrong a library refuses. What it does not look for costs it no time. */
export interface Strictness {
  /** Messages that are not of the schema: a field is missing, or is of another type, or out of its range. */
  readonly wrongMessages: Share;
  /** Frames that end too early, at every place. */
  readonly cutFrames: Share;
}

interface Share {
  readonly refused: number;
  readonly all: number;
}

export async function strictnessOf(name: LibraryName): Promise<Strictness> {
  const { client, server } = await libraries[name].load();
  const encodings = wrongMessages.map((message) => isRefused(() => client.encode(client.prepare(message))));
  const cuts = everyMessage(() => 0.5).flatMap((each) =>
    each.family === "client" ? refusedCuts(client, each.message) : refusedCuts(server, each.message),
  );
  return { wrongMessages: share(encodings), cutFrames: share(cuts) };
}

function refusedCuts<Message extends ClientMessage | ServerMessage>(
  family: Family<Message>,
  message: Message,
): readonly boolean[] {
  const frame = Buffer.from(family.encode(family.prepare(message)));
  return Array.from({ length: frame.length }, (_, end) => isRefused(() => family.decode(frame.subarray(0, end))));
}

function isRefused(run: () => unknown): boolean {
  try {
    run();
    return false;
  } catch {
    return true;
  }
}

function share(results: readonly boolean[]): Share {
  return { refused: results.filter(Boolean).length, all: results.length };
}

const request = {
  type: "ClientRequest",
  requestId: 12,
  lowestPendingRequestId: 9,
  payload: Uint8Array.of(1, 2, 3),
  createdAt: 1_767_225_600_000,
};
const query = { type: "Query", correlationId: "read-7", payload: Uint8Array.of(1), createdAt: 1_767_225_600_000 };
const session = { type: "ContinueSession", sessionId: "0b9e2c64-5d0f-4c1a-9a37-6a5f1f0d7e21", nonce: 42n };

/** All of them are refused by hawser. */
const wrongMessages = [
  { ...request, requestId: -1 },
  { ...request, requestId: 1.5 },
  { ...request, requestId: "12" },
  { ...request, requestId: Number.NaN },
  { ...request, requestId: 2 ** 53 },
  { ...request, requestId: undefined },
  { ...request, createdAt: null },
  { ...request, payload: undefined },
  { ...request, payload: "text" },
  { ...request, payload: [1, 2, 3] },
  { ...query, correlationId: undefined },
  { ...query, correlationId: 7 },
  { ...query, correlationId: "" },
  { ...query, correlationId: "lone \ud800" },
  { ...session, nonce: 0n },
  { ...session, nonce: 2n ** 64n },
  { ...session, nonce: 42 },
  { type: "CreateSession", capabilities: {}, nonce: 42n },
  { type: "CreateSession", capabilities: { resize: 2 }, nonce: 42n },
  { type: "CloseSession", reason: "Nothing" },
] as unknown as readonly ClientMessage[];
