/** The client of one stack, in a process of its own: `client.child.ts STACK PORT`. */
import { percentile } from "../measure.ts";
import { answerQuestions, type Question, type Round, type RoundFigures, stuckMs } from "./question.ts";
import { loadStack, type Send, type StackName } from "./stack.ts";

const [, , name, portText] = process.argv;
const stack = await loadStack(name as StackName);
const port = Number(portText);
let received: (message: Uint8Array) => void = () => {};
const send = await stack.connect(port, (message) => received(message));
await greet(send);
answerQuestions({}, (question) => answer(question));

async function answer(question: Question): Promise<unknown> {
  if (question.kind === "round") return measure(question);
  if (question.kind === "open") for (let left = question.connections; left > 0; left--) await openAnother();
  return null;
}

/** Proves once that what comes back is what was sent. */
async function greet(greeter: Send): Promise<void> {
  const greeting = Uint8Array.from({ length: 64 }, (_, index) => index);
  const echo = await new Promise<Uint8Array>((resolve) => {
    received = resolve;
    greeter(greeting);
  });
  if (Buffer.compare(echo, greeting) !== 0) throw new Error(`the echo is ${Buffer.from(echo).toString("hex")}`);
}

/** One more connection that has been used once. */
async function openAnother(): Promise<void> {
  let heard: () => void = () => {};
  const echo = new Promise<void>((resolve) => {
    heard = resolve;
  });
  const sendThere = await stack.connect(port, () => heard());
  sendThere(new Uint8Array(64));
  await echo;
}

/**
 * Echoes keep their order, so that the time of sending is found by counting. One reading of the clock serves for the
 * echo that came and for the message that goes out in its place. Messages carry their place in that order, and each echo
 * is held against it: a stack that loses, repeats or mixes up messages shall not win.
 */
function measure({ payloadBytes, inFlight, durationMs }: Round): Promise<RoundFigures> {
  const payloads = Array.from({ length: inFlight }, (_, place) => numbered(payloadBytes, place));
  const sentAt = new Float64Array(inFlight);
  const timesMs: number[] = [];
  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  const endsAt = startedAt + durationMs;
  let waiting = inFlight;
  return new Promise((resolve) => {
    let next = 0;
    const finish = (): void => {
      clearTimeout(stuck);
      received = () => {
        throw new Error("an echo came after the last one");
      };
      const endedAt = performance.now();
      const elapsedMs = endedAt - startedAt;
      const { user, system } = process.cpuUsage(cpuBefore);
      const echoes = timesMs.length;
      for (let index = 0; index < waiting; index++) timesMs.push(endedAt - sentAt[(next + index) % inFlight]!);
      resolve({
        echoes,
        perSecond: (echoes * 1_000) / elapsedMs,
        p50Us: percentile(timesMs, 0.5) * 1_000,
        p99Us: percentile(timesMs, 0.99) * 1_000,
        cpuUs: user + system,
        unanswered: waiting,
      });
    };
    const stuck = setTimeout(finish, durationMs + stuckMs);
    received = (message) => {
      if (message.length !== payloadBytes || placeIn(message) !== next) throw new Error("an echo is not what was sent");
      const now = performance.now();
      timesMs.push(now - sentAt[next]!);
      if (now < endsAt) {
        sentAt[next] = now;
        send(payloads[next]!);
      } else {
        waiting -= 1;
        if (waiting === 0) finish();
      }
      next = next + 1 === inFlight ? 0 : next + 1;
    };
    sentAt.fill(startedAt);
    for (let index = 0; index < inFlight; index++) send(payloads[index]!);
  });
}

/** The first two bytes, for up to 65,536 messages. */
function numbered(bytes: number, place: number): Uint8Array {
  const message = new Uint8Array(bytes);
  message[0] = place & 0xff;
  message[1] = place >> 8;
  return message;
}

function placeIn(message: Uint8Array): number {
  return message[0]! | (message[1]! << 8);
}
