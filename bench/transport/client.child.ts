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
 * Messages carry their place among those that are in flight, by which the time of sending is found, in whatever order
 * answers come. One reading of the clock serves for the echo that came and for the message that goes out in its place. A
 * stack that loses, repeats or invents messages shall not win: an echo must be of a message that is in flight.
 */
function measure({ payloadBytes, inFlight, durationMs }: Round): Promise<RoundFigures> {
  const payloads = Array.from({ length: inFlight }, (_, place) => numbered(payloadBytes, place));
  /** NaN for a place whose echo has come. */
  const sentAt = new Float64Array(inFlight);
  const timesMs: number[] = [];
  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  const endsAt = startedAt + durationMs;
  let waiting = inFlight;
  return new Promise((resolve) => {
    const finish = (): void => {
      clearTimeout(stuck);
      received = () => {
        throw new Error("an echo came after the last one");
      };
      const endedAt = performance.now();
      const elapsedMs = endedAt - startedAt;
      const { user, system } = process.cpuUsage(cpuBefore);
      const echoes = timesMs.length;
      for (const at of sentAt) if (!Number.isNaN(at)) timesMs.push(endedAt - at);
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
      const place = placeIn(message);
      const at = sentAt[place];
      if (message.length !== payloadBytes || at === undefined || Number.isNaN(at)) {
        throw new Error("an echo is not of a message in flight");
      }
      const now = performance.now();
      timesMs.push(now - at);
      if (now < endsAt) {
        sentAt[place] = now;
        send(payloads[place]!);
        return;
      }
      sentAt[place] = Number.NaN;
      waiting -= 1;
      if (waiting === 0) finish();
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
