import { type Client, connect } from "hawser/client";
import { median, percentile } from "../measure.ts";
import { startMeasuredCluster } from "./members.ts";
import { PlainPutClient } from "./plain-put.ts";

/** One row: what eight clients get of three members, with and without hawser. */
export interface ClusterFigures {
  readonly what: string;
  readonly inFlight: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** How long and how often is measured. */
export interface Effort {
  readonly rounds: number;
  readonly roundMs: number;
}

/**
 * Commands through hawser and puts without it, by the same eight clients in the same process on the same three members
 * of etcd: in turn, round by round, so that whatever else the machine does meets both.
 */
export async function measureCluster({ rounds, roundMs }: Effort): Promise<readonly ClusterFigures[]> {
  const cluster = await startMeasuredCluster();
  try {
    const clients = await Promise.all(Array.from({ length: CLIENTS }, () => connect({ members: cluster.members })));
    const { endpoints } = cluster.etcd;
    const puts = Array.from({ length: CLIENTS }, (_, at) => {
      return new PlainPutClient(endpoints[at % endpoints.length] ?? "", `bench/${at}`);
    });
    const rows: ClusterFigures[] = [];
    for (const inFlight of [1, 100, 1_000]) {
      const commands = new Series("command through hawser", inFlight, (at, payload) => submit(clients, at, payload));
      const plain = new Series("etcd put", inFlight, async (at, payload) => puts[at % CLIENTS]?.put(payload));
      for (const series of [commands, plain]) await series.warmUp(roundMs);
      for (let round = 0; round < rounds; round++) for (const series of [commands, plain]) await series.round(roundMs);
      rows.push(commands.figures(), plain.figures());
    }
    for (const put of puts) put.close();
    await Promise.all(clients.map((client) => client.close()));
    return rows;
  } finally {
    await cluster.end();
  }
}

async function submit(clients: readonly Client[], at: number, payload: Uint8Array): Promise<void> {
  await clients[at % CLIENTS]?.submit(payload);
}

/** The rounds of one row. */
class Series {
  readonly #what: string;
  readonly #inFlight: number;
  readonly #call: (at: number, payload: Uint8Array) => Promise<void>;
  readonly #rates: number[] = [];
  readonly #latencies: number[] = [];

  constructor(what: string, inFlight: number, call: (at: number, payload: Uint8Array) => Promise<void>) {
    this.#what = what;
    this.#inFlight = inFlight;
    this.#call = call;
  }

  async warmUp(durationMs: number): Promise<void> {
    await this.#run(durationMs, []);
  }

  async round(durationMs: number): Promise<void> {
    this.#rates.push(await this.#run(durationMs, this.#latencies));
  }

  figures(): ClusterFigures {
    return {
      what: this.#what,
      inFlight: this.#inFlight,
      perSecond: Math.round(median(this.#rates)),
      p50Ms: percentile(this.#latencies, 0.5),
      p99Ms: percentile(this.#latencies, 0.99),
    };
  }

  /** Keeps calls under way for a while; the rate in calls per second. */
  async #run(durationMs: number, latencies: number[]): Promise<number> {
    const payload = new Uint8Array(PAYLOAD_BYTES);
    const startedAt = performance.now();
    let count = 0;
    const worker = async (_: unknown, at: number) => {
      while (performance.now() - startedAt < durationMs) {
        const sentAt = performance.now();
        await this.#call(at, payload);
        latencies.push(performance.now() - sentAt);
        count += 1;
      }
    };
    await Promise.all(Array.from({ length: this.#inFlight }, worker));
    return (count * 1_000) / (performance.now() - startedAt);
  }
}

const CLIENTS = 8;
const PAYLOAD_BYTES = 64;
