import { closeSync, openSync, readdirSync, readlinkSync, readSync, writeSync } from "node:fs";

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
 * Runs `make`, which opens one socket, and finds that socket's doorbell: the one event descriptor that is there
 * afterwards and was not before. `undefined` where the system has no such list of descriptors, or when another thread
 * opened one in the same moment. The bell must not be touched once the socket is closed, for its number is used again.
 */
export function withDoorbell<T>(make: () => T): { readonly made: T; readonly doorbell: Doorbell | undefined } {
  const before = openDescriptors();
  const made = make();
  if (before === undefined) return { made, doorbell: undefined };
  const opened = readdirSync(directory).filter((name) => !before.has(name) && isEventDescriptor(name));
  const [found] = opened;
  return { made, doorbell: opened.length === 1 && found !== undefined ? new Doorbell(Number(found)) : undefined };
}

const directory = "/proc/self/fd";

function openDescriptors(): Set<string> | undefined {
  try {
    const names = new Set(readdirSync(directory));
    // The list contains the descriptor through which it was read. That one is free again, so it is the lowest free one,
    // the next to be opened, and would hide the doorbell.
    const lowestFree = openSync(directory, "r");
    closeSync(lowestFree);
    names.delete(String(lowestFree));
    return names;
  } catch {
    return undefined;
  }
}

function isEventDescriptor(name: string): boolean {
  try {
    return readlinkSync(`${directory}/${name}`) === "anon_inode:[eventfd]";
  } catch {
    // It was the list's own, already closed.
    return false;
  }
}
