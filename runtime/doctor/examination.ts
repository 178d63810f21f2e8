import type { Socket } from "node:net";
import { limits } from "../protocol/limits.ts";
import type { CurveOptions } from "../security/curve-options.ts";
import { parseTcpAddress } from "../transport/address.ts";
import { Curve } from "../transport/zmtp/curve/index.ts";
import type { MechanismMaker } from "../transport/zmtp/mechanism.ts";
import { nullMechanism } from "../transport/zmtp/null-mechanism.ts";
import { clockOutcome } from "./clock.ts";
import { type Finding, type Outcome, problem, warning } from "./finding.ts";
import { type ServerLink, shakeHands } from "./handshake.ts";
import { openSocket, resolveName } from "./network.ts";
import { lookAgain } from "./second-look.ts";
import { type CreatedSession, type Redirection, sessionOutcome } from "./session-problem.ts";
import { SessionVisit } from "./session-visit.ts";
import { StepTime } from "./step-time.ts";

/** What is examined, and how. */
export interface ExaminationOptions {
  /** Of the member to begin with: `tcp://HOST:PORT`. */
  readonly endpoint: string;
  /** This client's keys and the servers'; without them there is no encryption. */
  readonly curve: CurveOptions | undefined;
  /** For each step. */
  readonly timeoutMs: number;
  /** Ends the examination; a session that was opened is closed first. */
  readonly signal: AbortSignal;
  /** This machine's wall clock. */
  readonly unixMs: () => number;
  /** Told of each step when it is done. */
  readonly onStep: (step: Step) => void;
}

/** Steps in their order. */
export type StepName = "resolve" | "connect" | "handshake" | "session" | "clock" | "close";

/** One step, as it went. */
export interface Step {
  /** Of the member. */
  readonly address: string;
  readonly name: StepName;
  readonly status: "fine" | "warning" | "failed";
  /** Left out by what takes no time. */
  readonly durationMs?: number;
  readonly detail: string;
}

/** A finding, and where it was made. */
export interface LocatedFinding extends Finding {
  readonly address: string;
}

/** Everything that was done and found. */
export interface Examination {
  readonly endpoint: string;
  /** Whether clients are served: there are no problems, but perhaps warnings. */
  readonly healthy: boolean;
  readonly steps: readonly Step[];
  readonly findings: readonly LocatedFinding[];
}

/**
 * Goes the way of a client to the cluster, step by step, from member to member until one leads. Rejects with the reason of
 * `signal`, and with `InvalidArgumentError` for an endpoint or keys that are none.
 */
export async function examine(options: ExaminationOptions): Promise<Examination> {
  const steps: Step[] = [];
  const findings: LocatedFinding[] = [];
  const visited = new Set<string>();
  let address: string | undefined = options.endpoint;
  while (address !== undefined) {
    visited.add(address);
    const visit = new MemberVisit(address, options, steps, findings);
    const leader: Redirection | undefined = await visit.run(visited);
    address = leader?.leader.address;
  }
  return {
    endpoint: options.endpoint,
    healthy: !findings.some(({ severity }) => severity === "problem"),
    steps,
    findings,
  };
}

/** The steps at one member. */
class MemberVisit {
  readonly #address: string;
  readonly #options: ExaminationOptions;
  readonly #steps: Step[];
  readonly #findings: LocatedFinding[];

  constructor(address: string, options: ExaminationOptions, steps: Step[], findings: LocatedFinding[]) {
    this.#address = address;
    this.#options = options;
    this.#steps = steps;
    this.#findings = findings;
  }

  /** Where to go on, if not here. */
  async run(visited: ReadonlySet<string>): Promise<Redirection | undefined> {
    const { host, port } = parseTcpAddress(this.#address, "connect");
    const mechanism = this.#mechanism();
    const number = await this.#take("resolve", (time) => resolveName(host, time));
    if (number === undefined) return undefined;
    const socket = await this.#take<Socket>("connect", (time) => openSocket(number, port, time));
    if (socket === undefined) return undefined;
    const link = await this.#take("handshake", async (time) => {
      const outcome = await shakeHands(socket, mechanism, time);
      return "problem" in outcome ? await this.#lookAgain(outcome.problem, number, port) : outcome;
    });
    if (link === undefined) return undefined;
    try {
      return await this.#askForSession(link, visited);
    } finally {
      await link.finish();
    }
  }

  /** The problem, or a better one where a second look shows it. */
  async #lookAgain(found: Finding, host: string, port: number): Promise<Outcome<never>> {
    const { curve, signal: interruption } = this.#options;
    const mechanism = curve === undefined ? "NULL" : "CURVE";
    return (await lookAgain(found.code, { host, port, mechanism, interruption })) ?? { problem: found };
  }

  #mechanism(): MechanismMaker {
    const { curve } = this.#options;
    return curve === undefined ? nullMechanism : new Curve(curve).clientMechanism(this.#address);
  }

  async #askForSession(link: ServerLink, visited: ReadonlySet<string>): Promise<Redirection | undefined> {
    const { signal, timeoutMs, unixMs } = this.#options;
    const address = this.#address;
    signal.throwIfAborted();
    const visit = new SessionVisit(link, { address, timeoutMs, unixMs });
    const answer = await this.#take<CreatedSession | Redirection>("session", async () => {
      const said = await visit.open(signal);
      if (signal.aborted && said.type === "created") await visit.close();
      signal.throwIfAborted();
      return withoutCircles(sessionOutcome(said, { address, timeoutMs }), visited);
    });
    if (answer === undefined || answer.type === "redirected") return answer;
    await this.#take("clock", async () => clockOutcome(answer));
    await this.#take("close", () => closeSession(visit, answer));
    signal.throwIfAborted();
    return undefined;
  }

  /** Does one step, and notes how it went; `undefined` where that ends the visit. */
  async #take<Value>(name: StepName, work: (time: StepTime) => Promise<Outcome<Value>>): Promise<Value | undefined> {
    const { timeoutMs, signal } = this.#options;
    const time = new StepTime(timeoutMs, signal);
    const startedAt = performance.now();
    try {
      const outcome = await work(time);
      const durationMs = name === "clock" ? undefined : performance.now() - startedAt;
      this.#note(name, outcome, durationMs);
      return "value" in outcome ? outcome.value : undefined;
    } finally {
      time.end();
    }
  }

  #note(name: StepName, outcome: Outcome<unknown>, durationMs: number | undefined): void {
    const address = this.#address;
    const found = "value" in outcome ? [...(outcome.warnings ?? []), ...slowness(name, durationMs)] : [outcome.problem];
    for (const finding of found) this.#findings.push({ address, ...finding });
    const step: Step = {
      address,
      name,
      status: "problem" in outcome ? "failed" : found.length > 0 ? "warning" : "fine",
      ...(durationMs === undefined ? {} : { durationMs: Math.round(durationMs * 1_000) / 1_000 }),
      detail: "problem" in outcome ? outcome.problem.code : outcome.detail,
    };
    this.#steps.push(step);
    this.#options.onStep(step);
  }
}

/** Members that send a client to each other have none that leads. */
function withoutCircles(
  outcome: Outcome<CreatedSession | Redirection>,
  visited: ReadonlySet<string>,
): Outcome<CreatedSession | Redirection> {
  if ("problem" in outcome || outcome.value.type !== "redirected") return outcome;
  const { address } = outcome.value.leader;
  if (!visited.has(address) && visited.size <= limits.redirectsMax) return outcome;
  return problem(
    "leaders-in-circle",
    `The members send clients round in a circle: ${[...visited, address].join(" → ")}.`,
    "An election may be under way: try again. If it stays so, compare the option members of all servers: a name that leads to another member's address does this.",
  );
}

async function closeSession(visit: SessionVisit, { message, version }: CreatedSession): Promise<Outcome<void>> {
  if (await visit.close()) return { value: undefined, detail: "the session is closed" };
  const after = version === 1 ? "its session timeout" : `${message.sessionTimeout} ms`;
  const finding = warning(
    "not-closed",
    `The server did not confirm that the session is closed; it ends by itself after ${after}.`,
    "Try again. If it stays so, closing cannot be committed: look at the server's store and load.",
  );
  return { value: undefined, detail: "not confirmed", warnings: [finding] };
}

function slowness(name: StepName, durationMs: number | undefined): readonly Finding[] {
  const { limitMs, cure } = slow[name];
  if (durationMs === undefined || durationMs <= limitMs) return [];
  const what = `The step ${name} took ${durationMs.toFixed(0)} ms; more than ${limitMs} ms is slow.`;
  return [warning("slow", what, cure)];
}

/** After how long each step is slow, and where to look then. */
const slow: Readonly<Record<StepName, { readonly limitMs: number; readonly cure: string }>> = {
  resolve: { limitMs: 200, cure: "Look at this machine's name servers: the first of them may be down." },
  connect: {
    limitMs: 300,
    cure: "This is one round trip: look at the way there. About 1, 3 or 7 s says that packets get lost.",
  },
  handshake: {
    limitMs: 1_000,
    cure: "This is one to three round trips and little work: the way there is long, or the server has too much to do.",
  },
  session: {
    limitMs: 1_000,
    cure: "Creating a session commits an entry of the log: look at the server's disk or store, at its load, and at what its option authorize asks.",
  },
  clock: { limitMs: Number.POSITIVE_INFINITY, cure: "" },
  close: { limitMs: 1_000, cure: "Closing a session commits an entry of the log: look at the server's disk or store." },
};
