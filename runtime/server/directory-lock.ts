import { createHash, randomBytes } from "node:crypto";
import { closeSync, openSync } from "node:fs";
import { readdir, rm, stat } from "node:fs/promises";
import { connect, createServer, type Server } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { limits } from "../protocol/limits.ts";
import { EngineError } from "./consensus.ts";
import { unusableDirectory } from "./data-directory.ts";

/**
 * One process per data directory, by a socket that its holder listens on.
 *
 * Node has no file locks. A listening socket is the next best thing: the kernel closes it however the process ends, so
 * a dead holder refuses connections at once and leaves nothing to wait for. A socket's file may stay, dead for ever.
 *
 * "Raise your flag, then look around": every starter first listens on a socket file of its own, and then connects to
 * every other one in the directory. Of two starters at least one raised its flag before the other looked, so that they
 * cannot both find nobody; there is no stale lock to take over, and so no race for it. When both see each other while
 * both are starting, the one with the lower name goes first. Dead flags may be removed by anybody.
 *
 * On Windows one named pipe, named after the directory, does the same: it can have one owner only.
 */
export interface DirectoryLock {
  release(): Promise<void>;
}

/**
 * Takes the lock of an existing directory.
 *
 * Errors: `ERR_DATA_DIRECTORY_IN_USE`, with the holder's pid where it answers; `ERR_DATA_DIRECTORY_UNUSABLE` where no
 * socket can be made in the directory.
 */
export async function lockDirectory(directory: string): Promise<DirectoryLock> {
  return process.platform === "win32" ? lockByPipe(directory) : lockByFlags(directory);
}

async function lockByFlags(directory: string): Promise<DirectoryLock> {
  const address = new SocketAddress(directory);
  try {
    for (let attempt = 0; attempt < attemptsMax; attempt++) {
      const flag = await raiseFlag(address);
      if (flag === undefined) continue;
      const holder = await lookAround(address, flag.name);
      if (holder !== undefined) {
        await flag.lower();
        throw inUse(directory, holder);
      }
      // Another starter may have met this flag between its making and its listening, taken it for dead and removed it.
      if (await exists(join(directory, flag.name))) {
        flag.state.holds = true;
        return { release: () => flag.lower().finally(() => address.close()) };
      }
      await flag.lower();
    }
    throw inUse(directory, { pid: undefined });
  } catch (error) {
    address.close();
    throw error instanceof EngineError ? error : unusableDirectory(directory, error);
  }
}

/** A starter's or holder's own socket. */
interface Flag {
  readonly name: string;
  /** What it answers: whether its process holds the directory or still looks around. */
  readonly state: { holds: boolean };
  lower(): Promise<void>;
}

/** Who is behind another flag, as far as it said. */
interface Holder {
  readonly pid: string | undefined;
}

/** Listens on a new socket file. `undefined`: the name is taken, which is chance; try again. */
async function raiseFlag(address: SocketAddress): Promise<Flag | undefined> {
  const name = `${flagPrefix}${randomBytes(4).toString("hex")}${flagSuffix}`;
  const state = { holds: false };
  const server = answeringServer(() => (state.holds ? holdsWord : startsWord));
  try {
    await listen(server, address.of(name));
  } catch (error) {
    if (isCode(error, "EADDRINUSE")) return undefined;
    throw error;
  }
  // Closing removes the socket's file.
  return { name, state, lower: () => close(server) };
}

/** Finds a live flag that is not `ownName` and goes first. Removes the dead ones. */
async function lookAround(address: SocketAddress, ownName: string): Promise<Holder | undefined> {
  for (const name of await readdir(address.directory)) {
    if (name === ownName || !name.startsWith(flagPrefix) || !name.endsWith(flagSuffix)) continue;
    const deadline = performance.now() + limits.directoryLockAnswerMs;
    for (;;) {
      const answer = await ask(address.of(name));
      if (answer === "dead") {
        await rm(join(address.directory, name), { force: true });
        break;
      }
      const [word, pid] = answer.split(" ");
      // It starts as we do and gives way to the lower name, unless it had looked around before we came. Or it has just been
      // lowered, and the next attempt finds it dead.
      const isGoing = word === loweredWord || (word === startsWord && name > ownName);
      if (!isGoing || performance.now() >= deadline) return { pid };
      await delay(pollMs);
    }
  }
  return undefined;
}

/** What the socket at `path` says; "" when it is alive and says nothing in time, as a stopped process does. */
function ask(path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    let isConnected = false;
    const socket = connect(path);
    socket.setTimeout(limits.directoryLockAnswerMs, () => socket.destroy());
    socket.on("connect", () => {
      isConnected = true;
    });
    socket.on("data", (bytes) => {
      said += bytes.toString();
    });
    socket.on("error", (error) => {
      if (isConnected || isCode(error, "EAGAIN")) resolve("");
      else if (isCode(error, "ECONNREFUSED") || isCode(error, "ENOENT")) resolve("dead");
      else if (isCode(error, "ECONNRESET")) resolve(loweredWord);
      else reject(error);
    });
    socket.on("close", () => resolve(said.trim()));
  });
}

/**
 * Paths of sockets in a directory, short enough for the system: it takes about a hundred bytes, and a longer path would
 * be cut. On Linux a long one is reached through a descriptor of the directory.
 */
class SocketAddress {
  readonly directory: string;
  #descriptor: number | undefined;

  constructor(directory: string) {
    this.directory = directory;
  }

  of(name: string): string {
    const path = join(this.directory, name);
    if (Buffer.byteLength(path) <= socketPathBytesMax) return path;
    if (process.platform !== "linux") {
      throw new Error(`ENAMETOOLONG: a path of ${socketPathBytesMax} bytes is the longest that a socket can have`);
    }
    this.#descriptor ??= openSync(this.directory, "r");
    return `/proc/self/fd/${this.#descriptor}/${name}`;
  }

  close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }
}

async function lockByPipe(directory: string): Promise<DirectoryLock> {
  const { dev, ino } = await stat(directory, { bigint: true });
  const path = `\\\\.\\pipe\\hawser-${createHash("sha256").update(`${dev}:${ino}`).digest("hex").slice(0, 32)}`;
  const server = answeringServer(() => holdsWord);
  try {
    await listen(server, path);
  } catch (error) {
    if (!isCode(error, "EADDRINUSE") && !isCode(error, "EACCES")) throw unusableDirectory(directory, error);
    const [, pid] = (await ask(path)).split(" ");
    throw inUse(directory, { pid });
  }
  return { release: () => close(server) };
}

function inUse(directory: string, { pid }: Holder): EngineError {
  const holder = pid === undefined ? "another process" : pid === `${process.pid}` ? "this process" : `process ${pid}`;
  return new EngineError(
    "ERR_DATA_DIRECTORY_IN_USE",
    `data directory ${directory} is in use by ${holder}; stop it or give another directory`,
  );
}

/** Tells everyone who connects one word and this process's pid. Never what keeps the process alive. */
function answeringServer(word: () => string): Server {
  const server = createServer((socket) => {
    socket.on("error", () => socket.destroy());
    // Destroyed once written: an asker that does not hang up must not delay the release.
    socket.end(`${word()} ${process.pid}\n`, () => socket.destroy());
    socket.unref();
  });
  return server.unref();
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(path, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}

const flagPrefix = "hawser-";
const flagSuffix = ".sock";
const holdsWord = "holds";
const startsWord = "starts";
/** Nobody says this: the flag was lowered while its answer was waited for. */
const loweredWord = "lowered";

/** `sun_path` has 104 bytes on macOS and the BSDs and 108 on Linux, with a zero at the end. */
const socketPathBytesMax = 103;
/** A flag is lost to chance or to a race with a starter that gives up: a few more attempts always do. */
const attemptsMax = 5;
/** How often a starter that goes first asks whether the other has given way. */
const pollMs = 10;
