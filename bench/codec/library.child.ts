/** Measures one library in a process of its own: its name and two durations as arguments, figures as a message. */
import { nanosecondsPerCall } from "../measure.ts";
import { type Family, type Library, type LibraryName, libraries } from "./library.ts";
import { type Case, cases, type FamilyMessage } from "./messages.ts";

/** One library's figures for one case, of one round or of several. */
export interface CaseFigures {
  readonly name: string;
  /** For the mixed stream: of one message, on average. */
  readonly bytes: number;
  readonly encodeNs: number;
  readonly decodeNs: number;
  readonly roundTripNs: number;
}

interface Work {
  readonly encode: () => unknown;
  readonly decode: () => unknown;
  readonly roundTrip: () => unknown;
  /** How many messages one call handles, and how many bytes they take. */
  readonly messages: number;
  readonly bytes: number;
}

const [, , name = "", warmUpMs = "", roundMs = ""] = process.argv;
const library = await libraries[name as LibraryName].load();
process.send?.(measureAll(library, Number(warmUpMs), Number(roundMs)));

/**
 * The stream of all types goes first, not measured: what is measured is code that has seen every type of message, as it
 * has in a program, not code that was compiled for one.
 */
function measureAll(library: Library, warmUpMs: number, roundMs: number): readonly CaseFigures[] {
  const works = cases.map((each) => workOf(library, each));
  const everything = works.at(-1)!;
  nanosecondsPerCall(everything.roundTrip, warmUpMs * 4, 1);
  return works.map((work, index) => {
    const measure = (run: () => unknown): number => {
      globalThis.gc?.();
      return nanosecondsPerCall(run, warmUpMs, roundMs) / work.messages;
    };
    return {
      name: cases[index]!.name,
      bytes: Math.round(work.bytes / work.messages),
      encodeNs: measure(work.encode),
      decodeNs: measure(work.decode),
      roundTripNs: measure(work.roundTrip),
    };
  });
}

function workOf(library: Library, each: Case): Work {
  switch (each.family) {
    case "client":
      return single(library.client, each.message);
    case "server":
      return single(library.server, each.message);
    case "batch":
      return single(library.batch, each.requests);
    default:
      return stream(library, each.messages);
  }
}

function single<Message>(family: Family<Message>, message: Message): Work {
  const own = family.prepare(message);
  const frame = received(family.encode(own));
  return {
    encode: () => family.encode(own),
    decode: () => family.decode(frame),
    roundTrip: () => family.decode(family.encode(own)),
    messages: 1,
    bytes: frame.length,
  };
}

/** What takes whatever comes, in the order of the stream. */
function stream({ client, server }: Library, messages: readonly FamilyMessage[]): Work {
  const items = messages.map((each) => {
    const isClient = each.family === "client";
    const own = isClient ? client.prepare(each.message) : server.prepare(each.message);
    return { isClient, own, frame: received(isClient ? client.encode(own) : server.encode(own)) };
  });
  const results: unknown[] = items.map(() => undefined);
  return {
    encode: () => {
      for (let index = 0; index < items.length; index++) {
        const { isClient, own } = items[index]!;
        results[index] = isClient ? client.encode(own) : server.encode(own);
      }
    },
    decode: () => {
      for (let index = 0; index < items.length; index++) {
        const { isClient, frame } = items[index]!;
        results[index] = isClient ? client.decode(frame) : server.decode(frame);
      }
    },
    roundTrip: () => {
      for (let index = 0; index < items.length; index++) {
        const { isClient, own } = items[index]!;
        results[index] = isClient ? client.decode(client.encode(own)) : server.decode(server.encode(own));
      }
    },
    messages: items.length,
    bytes: items.reduce((sum, { frame }) => sum + frame.length, 0),
  };
}

/** A copy that nothing overwrites, of the class that the library itself gives. */
function received(frame: Uint8Array): Uint8Array {
  return Buffer.isBuffer(frame) ? Buffer.from(frame) : frame.slice();
}
