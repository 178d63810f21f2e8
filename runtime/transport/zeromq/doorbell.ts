import { closeSync, existsSync, openSync, readlinkSync, readSync, writeSync } from "node:fs";

/**
 * The event descriptor through which libzmq tells the `zeromq` package that a draft socket has news.
 *
 * libzmq rings it and expects the waiter to silence it. The package watches the descriptor but never reads it, so that
 * after the first ring a waiting socket would keep the event loop spinning for ever. Whoever waits must therefore
 * silence the bell, then look whether a frame is there, and ring again if so: in this order no news can be missed.
 */
export class Doorbell {
  readonly #descriptor: number;
  readonly #one: Uint8Array = new Uint8Array(new BigUint64Array([1n]).buffer);
  readonly #count: Uint8Array = new Uint8Array(8);

  constructor(descriptor: number) {
    this.#descriptor = descriptor;
  }

  /** Wakes the event loop until the bell is silenced. */
  ring(): void {
    writeSync(this.#descriptor, this.#one);
  }

  /** Rings first, because reading a silent bell fails, and an exception costs ten times as much as a write. */
  silence(): void {
    this.ring();
    readSync(this.#descriptor, this.#count);
  }
}

/**
 * Opens one socket with `make`, and finds its doorbell: the only descriptor that a socket opens. `undefined` where the
 * system does not tell what a descriptor is, as anywhere but on Linux. The bell must not be touched once the socket is
 * closed, for its number is used again.
 *
 * A system gives out the lowest free number. If that was 20, and 23 came next, then after `make` alone 20 is the bell
 * and 23 the lowest free one. When another thread has opened or closed something in the same moment, this does not hold:
 * the socket, which has not done anything yet, is closed and another one opened.
 */
export function withDoorbell<T extends { close(): void }>(
  make: () => T,
): { readonly made: T; readonly doorbell: Doorbell | undefined } {
  if (!existsSync(directory)) return { made: make(), doorbell: undefined };
  for (let attempt = 1; ; attempt += 1) {
    const [lowest = -1, next] = freeDescriptors(2);
    const made = make();
    const isBell = freeDescriptors(1)[0] === next && isEventDescriptor(lowest);
    if (isBell || attempt === attemptsMax) return { made, doorbell: isBell ? new Doorbell(lowest) : undefined };
    made.close();
  }
}

/** A process that accepts thousands of connections a second disturbs every third attempt or so. */
const attemptsMax = 20;

/** Where Linux shows what a process has open. */
const directory = "/proc/self/fd";

/** The lowest `count` free descriptors, in order. */
function freeDescriptors(count: number): readonly number[] {
  const descriptors = Array.from({ length: count }, () => openSync(directory, "r"));
  for (const descriptor of descriptors) closeSync(descriptor);
  return descriptors;
}

function isEventDescriptor(descriptor: number): boolean {
  try {
    return readlinkSync(`${directory}/${descriptor}`) === "anon_inode:[eventfd]";
  } catch {
    // Nothing is open there.
    return false;
  }
}
