import type { Recorder } from "../telemetry/telemetry.ts";
import type { Application, ConsensusEngine, Entry, Leadership, LogPosition } from "./consensus.ts";

/** What an engine takes its time for, each with whether it came to a good end. */
export interface EngineTimes {
  committed(seconds: number, isCommitted: boolean): void;
  applied(seconds: number): void;
  passedBarrier(seconds: number, isPassed: boolean): void;
  savedSnapshot(seconds: number, isSaved: boolean): void;
}

/** The takers of a recorder for what an engine does. */
export function engineTimes(recorder: Recorder): EngineTimes {
  const committed = recorder.histogram("hawser.server.commit.duration", { outcome: "committed" });
  const notCommitted = recorder.histogram("hawser.server.commit.duration", { outcome: "failed" });
  const passed = recorder.histogram("hawser.server.read_barrier.duration", { outcome: "passed" });
  const notPassed = recorder.histogram("hawser.server.read_barrier.duration", { outcome: "failed" });
  const stored = recorder.histogram("hawser.server.snapshot.duration", { outcome: "stored" });
  const notStored = recorder.histogram("hawser.server.snapshot.duration", { outcome: "failed" });
  return {
    committed: (seconds, isCommitted) => (isCommitted ? committed : notCommitted)(seconds),
    applied: recorder.histogram("hawser.server.apply.duration", {}),
    passedBarrier: (seconds, isPassed) => (isPassed ? passed : notPassed)(seconds),
    savedSnapshot: (seconds, isSaved) => (isSaved ? stored : notStored)(seconds),
  };
}

/** An engine whose work is timed. Whoever wants no times has the engine itself. */
export class TimedEngine implements ConsensusEngine {
  readonly #engine: ConsensusEngine;
  readonly #times: () => EngineTimes;

  /** `times` is asked when something was done, and never before `start`. */
  constructor(engine: ConsensusEngine, times: () => EngineTimes) {
    this.#engine = engine;
    this.#times = times;
  }

  get leadership(): Leadership {
    return this.#engine.leadership;
  }

  get committedIndex(): number | undefined {
    return this.#engine.committedIndex;
  }

  start(application: Application): Promise<void> {
    return this.#engine.start({
      onEntry: (entry) => this.#onEntry(application, entry),
      onLeadership: (leadership) => application.onLeadership(leadership),
      onSnapshot: (snapshot) => application.onSnapshot(snapshot),
      onFatal: (error) => application.onFatal(error),
    });
  }

  propose(payload: Uint8Array): Promise<LogPosition> {
    return timed(this.#engine.propose(payload), (seconds, isDone) => this.#times().committed(seconds, isDone));
  }

  readBarrier(): Promise<{ readonly index: number }> {
    return timed(this.#engine.readBarrier(), (seconds, isDone) => this.#times().passedBarrier(seconds, isDone));
  }

  saveSnapshot(index: number, chunks: AsyncIterable<Uint8Array>): Promise<void> {
    const saved = this.#engine.saveSnapshot(index, chunks);
    return timed(saved, (seconds, isDone) => this.#times().savedSnapshot(seconds, isDone));
  }

  stop(): Promise<void> {
    return this.#engine.stop();
  }

  /** Without the time of a snapshot that is taken at this entry: it has its own. */
  #onEntry(application: Application, entry: Entry): void | Promise<void> {
    const began = performance.now();
    const taken = application.onEntry(entry);
    this.#times().applied(secondsSince(began));
    return taken;
  }
}

async function timed<Result>(work: Promise<Result>, done: (seconds: number, isDone: boolean) => void): Promise<Result> {
  const began = performance.now();
  try {
    const result = await work;
    done(secondsSince(began), true);
    return result;
  } catch (error) {
    done(secondsSince(began), false);
    throw error;
  }
}

function secondsSince(began: number): number {
  return (performance.now() - began) / 1e3;
}
