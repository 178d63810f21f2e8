import { isDeepStrictEqual } from "node:util";
import { type Family, type Library, type LibraryName, libraries } from "./library.ts";
import { cases, everyMessage, type FamilyMessage } from "./messages.ts";
import { messageOf } from "./plain.ts";

/**
 * Fails unless a library brings back every message and every case as it was. What should have hawser's bytes must have
 * them, and must take and refuse what hawser takes and refuses.
 */
export async function checkLibrary(name: LibraryName): Promise<void> {
  const entry = libraries[name];
  const library = await entry.load();
  const hawser = await libraries.hawser.load();
  const twin = entry.sameBytesAsHawser ? hawser : undefined;
  for (const each of cases) {
    switch (each.family) {
      case "batch":
        check(name, library.batch, each.requests, twin?.batch);
        break;
      case "mixed":
        for (const message of each.messages) checkMessage(name, library, message, twin);
        break;
      default:
        checkMessage(name, library, each, twin);
    }
  }
  for (const each of everyMessage(() => 0.5)) {
    checkMessage(name, library, each, twin);
    if (twin === undefined) continue;
    if (each.family === "client") checkStrictness(name, library.client, each.message, twin.client);
    else checkStrictness(name, library.server, each.message, twin.server);
  }
}

function checkMessage(name: LibraryName, library: Library, each: FamilyMessage, twin: Library | undefined): void {
  if (each.family === "client") check(name, library.client, each.message, twin?.client);
  else check(name, library.server, each.message, twin?.server);
}

function check<Message extends object>(
  name: LibraryName,
  family: Family<Message>,
  message: Message,
  twin: Family<Message> | undefined,
): void {
  const frame = Buffer.from(family.encode(family.prepare(message)));
  const decoded = normal(family.restore(family.decode(frame) as never));
  if (!isDeepStrictEqual(decoded, normal(message))) {
    console.error({ sent: message, decoded });
    throw new Error(`${name} does not bring this message back as it was`);
  }
  if (twin === undefined) return;
  const bytes = Buffer.from(twin.encode(twin.prepare(message)));
  if (!bytes.equals(frame)) {
    console.error({ message, hawser: bytes.toString("hex"), [name]: frame.toString("hex") });
    throw new Error(`${name} does not write the bytes that hawser writes`);
  }
}

/** Fails unless both take and refuse the same of many frames that are nearly a message. */
function checkStrictness<Message extends object>(
  name: LibraryName,
  family: Family<Message>,
  message: Message,
  twin: Family<Message>,
): void {
  for (const damaged of damagedFrames(Buffer.from(twin.encode(twin.prepare(message))))) {
    const [mine, hawsers] = [outcome(family, damaged), outcome(twin, damaged)];
    if (isDeepStrictEqual(mine, hawsers)) continue;
    console.error({ frame: damaged.toString("hex"), hawser: hawsers, [name]: mine });
    throw new Error(`${name} does not refuse what hawser refuses`);
  }
}

/** The frame cut off at several places, and with single bytes changed: mostly no message any more. */
function damagedFrames(frame: Buffer): readonly Buffer[] {
  const places = Array.from({ length: Math.min(frame.length, placesMax) }, (_, place) => place);
  const cut = places.map((place) => frame.subarray(0, place));
  const changed = places.flatMap((place) =>
    [0x00, 0x01, 0x7f, 0x80, 0xff].map((value) =>
      Buffer.concat([frame.subarray(0, place), Buffer.of(value), frame.subarray(place + 1)]),
    ),
  );
  return [...cut, ...changed];
}

/** `undefined` where the frame is refused. */
function outcome<Message extends object>(family: Family<Message>, frame: Buffer): unknown {
  try {
    return normal(family.restore(family.decode(frame) as never));
  } catch {
    return undefined;
  }
}

/** Without fields that are `undefined`, which say the same as fields that are not there. */
function normal(value: object): unknown {
  if (Array.isArray(value)) return value.map(normal);
  return messageOf((value as { readonly type: string }).type, value);
}

const placesMax = 64;
