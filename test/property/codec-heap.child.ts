import { queryObjects } from "node:v8";
import * as keyValue from "../../examples/key-value/generated/codec.ts";
import * as log from "../../generated/log/codec.ts";
import * as protocol from "../../generated/protocol/codec.ts";
import * as zmtpCommand from "../../generated/zmtp-command/codec.ts";
import * as zmtpCurve from "../../generated/zmtp-curve/codec.ts";
import * as zmtpCurveBox from "../../generated/zmtp-curve-box/codec.ts";
import * as zmtpGreeting from "../../generated/zmtp-greeting/codec.ts";
import { WireError } from "../../runtime/wire/index.ts";
import { collectGarbage } from "../collect-garbage.ts";
import { readCorpus } from "../fuzz/files.ts";
import { seededRandom } from "../seeded-random.ts";

/**
 * Decodes a million frames of every kind, valid ones and others, encodes what comes out, keeps nothing, and says in one
 * line of JSON what is held afterwards that was not held before.
 */
/** By then the engine has compiled what it will: code takes memory too. */
const WARM_UP_FRAMES = 300_000;
const FRAMES = 1_000_000;

interface Family {
  readonly valid: readonly Uint8Array[];
  readonly refused: readonly Uint8Array[];
  /** Decodes, and encodes what came of it. */
  readonly roundTrip: (frame: Uint8Array) => void;
}

const target = new Uint8Array(64 * 1024);
const families: readonly Family[] = [
  ...familiesOf("zraft", protocol, ["client", "server"], true),
  ...familiesOf("hawserlog", log, ["log", "snapshot", "store"], true),
  ...familiesOf("zmtpcommand", zmtpCommand, ["command"], false),
  ...familiesOf("zmtpcurve", zmtpCurve, ["command"], false),
  ...familiesOf("zmtpcurvebox", zmtpCurveBox, ["content", "frame"], false),
  ...familiesOf("zmtpgreeting", zmtpGreeting, ["greeting"], false),
  ...familiesOf("kv", keyValue, ["command", "query", "queryResult", "notification", "snapshot"], false),
];
const random = seededRandom(1);
const counts = { decoded: 0, refused: 0 };

// What is kept does not depend on it, and longer stack traces would take half of the time.
Error.stackTraceLimit = 1;
run(WARM_UP_FRAMES);
const before = await held();
Object.assign(counts, { decoded: 0, refused: 0 });
run(FRAMES);
console.log(JSON.stringify({ ...counts, before, after: await held() }));

/** Every frame is new memory, so that one that is kept would be seen. */
function run(frameCount: number): void {
  for (let count = 0; count < frameCount; count++) {
    const { valid, refused, roundTrip } = pick(families);
    const frame = pick(count % 2 === 0 ? valid : refused).slice();
    // Texts and numbers that never came before, which a memory of texts might keep.
    if (frame.length > 0 && count % 3 === 0) frame[Math.floor(random() * frame.length)] = Math.floor(random() * 256);
    try {
      roundTrip(frame);
      counts.decoded += 1;
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      counts.refused += 1;
    }
  }
}

async function held(): Promise<Readonly<Record<string, number>>> {
  for (let round = 0; round < 3; round++) {
    collectGarbage();
    await new Promise(setImmediate);
  }
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  return { heapUsed, external, arrayBuffers, objects: Number(queryObjects(Object)) };
}

function familiesOf(
  name: string,
  functions: Readonly<Record<string, unknown>>,
  names: readonly string[],
  isVersioned: boolean,
): readonly Family[] {
  return names.map((family) => {
    const type = `${family.charAt(0).toUpperCase()}${family.slice(1)}Message`;
    const call = (verb: string, ...args: readonly unknown[]) =>
      Reflect.apply(functions[verb] as () => unknown, undefined, args);
    const roundTrip = (frame: Uint8Array): void => {
      const decoded = call(`decode${type}`, frame);
      const args = isVersioned ? [Reflect.get(decoded as object, "message"), 1] : [decoded];
      call(`encode${type}`, ...args);
      call(`encode${type}Into`, ...args, target, 0);
    };
    const frames = readCorpus(`${name}.${family}`);
    if (frames.length === 0) throw new Error(`test/fuzz/corpus has nothing for ${name}.${family}`);
    const valid = frames.filter((frame) => isTaken(roundTrip, frame));
    return { valid, refused: frames.filter((frame) => !valid.includes(frame)), roundTrip };
  });
}

function isTaken(roundTrip: Family["roundTrip"], frame: Uint8Array): boolean {
  try {
    roundTrip(frame);
    return true;
  } catch {
    return false;
  }
}

function pick<Item>(items: readonly Item[]): Item {
  return items[Math.floor(random() * items.length)] as Item;
}
