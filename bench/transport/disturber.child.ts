/** What happens beside the victim, in a process of its own: `disturber.child.ts DISTURBANCE PORT`. */
import type { Socket } from "node:net";
import { limits } from "hawser/protocol";
import type { Disturbance } from "./disturbance.ts";
import { halfFrame, introduction, keepConnected, shortFrame } from "./guest.ts";
import { answerQuestions } from "./question.ts";

const [, , disturbance, portText] = process.argv;
const port = Number(portText);
const SILENT_CONNECTIONS = 2_000;

const disturb: Readonly<Record<Disturbance, () => Promise<void>>> = {
  async burn() {
    burn();
  },
  flood: () => guests(1, (socket) => flood(socket.resume())),
  "flood-unread": () => guests(1, (socket) => flood(socket.pause())),
  silent: () => guests(SILENT_CONNECTIONS, () => {}),
  "half-frame": () =>
    guests(1, (socket) => socket.resume().write(Buffer.concat([introduction, halfFrame(limits.frameBytesMax)]))),
};

await disturb[disturbance as Disturbance]();
answerQuestions({}, () => null);

/** Resolves when so many connections stand. */
function guests(count: number, connected: (socket: Socket) => void): Promise<void> {
  let left = count;
  return new Promise((resolve) => {
    for (let index = 0; index < count; index++) {
      keepConnected(port, (socket) => {
        connected(socket);
        left -= 1;
        if (left === 0) resolve();
      });
    }
  });
}

/** Sends as fast as the kernel takes it. */
function flood(socket: Socket): void {
  const batch = Buffer.concat(Array.from({ length: 1_000 }, () => shortFrame(64)));
  const more = (): void => {
    if (socket.write(batch)) setImmediate(more);
  };
  socket.write(introduction);
  socket.on("drain", more);
  more();
}

/** Leaves the event loop a moment now and then, to hear that the benchmark has ended. */
function burn(): void {
  const until = performance.now() + 50;
  while (performance.now() < until);
  setImmediate(burn);
}
