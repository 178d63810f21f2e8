import { connect } from "node:net";
import type { Chance } from "../fuzz/chance.ts";

/** Somebody who connects and is no client: is silent, or sends anything, and goes after a while. */
export function sendGuest(port: number, chance: Chance): void {
  const socket = connect(port, "127.0.0.1");
  // The server may be away, and will hang up.
  socket.on("error", () => {});
  const stays = setTimeout(() => socket.destroy(), chance.between(100, STAYS_MS_MAX));
  stays.unref();
  socket.on("close", () => clearTimeout(stays));
  socket.unref();
  // He reads nothing, whatever he is sent.
  if (!chance.oneIn(3)) socket.write(chance.oneIn(2) ? greeting : chance.bytes(chance.between(1, 5_000)));
}

const STAYS_MS_MAX = 20_000;

/** The beginning of a ZMTP connection, after which nothing comes. */
const greeting = Uint8Array.of(0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f, 3, 1);
