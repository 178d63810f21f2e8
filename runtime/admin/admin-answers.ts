import { randomUUID } from "node:crypto";
import { createRequire } from "node:module";
import { limits } from "../protocol/limits.ts";
import type { Server } from "../server/server.ts";
import type { PrometheusTelemetry } from "../telemetry/prometheus.ts";
import type { AdminStatus, MemberStatus, Readiness, SessionsAnswer } from "./answers.ts";
import { readinessOf } from "./readiness.ts";
import { Sampler } from "./sampler.ts";
import { seriesIds } from "./series.ts";
import { type SessionsQuestion, sessionsPage } from "./session-page.ts";

/** What there is to say about a server, whoever asks and however. */
export class AdminAnswers {
  readonly #server: Server;
  readonly #telemetry: PrometheusTelemetry | undefined;
  readonly #sampler: Sampler;
  readonly #instanceId: string = randomUUID();
  readonly #startedAtUnixMs: number = Date.now();
  readonly #hawserVersion: string = hawserVersion();
  #scan: Promise<unknown> = Promise.resolve();
  #scansWaiting = 0;

  constructor(server: Server, telemetry: PrometheusTelemetry | undefined) {
    this.#server = server;
    this.#telemetry = telemetry;
    this.#sampler = new Sampler(server.status().memberId);
  }

  /** Takes the figures for the charts. */
  takeSample(): void {
    if (this.#telemetry === undefined) return;
    this.#sampler.take(this.#telemetry.figures(), Date.now(), performance.now());
  }

  get phase(): MemberStatus["phase"] {
    return this.#server.status().phase;
  }

  readiness(): Readiness {
    return readinessOf(this.#server.status());
  }

  /** Every figure for Prometheus, and the media type of that; `undefined` where there are none. */
  metrics(): { readonly text: string; readonly contentType: string } | undefined {
    const telemetry = this.#telemetry;
    return telemetry && { text: telemetry.text(), contentType: telemetry.contentType };
  }

  /** How the server is doing, with the samples that came after the one with a number. */
  status(afterSample: number): AdminStatus {
    const intervalMs = limits.adminSampleIntervalMs;
    return {
      instanceId: this.#instanceId,
      hawserVersion: this.#hawserVersion,
      startedAtUnixMs: this.#startedAtUnixMs,
      nowUnixMs: Date.now(),
      member: this.#memberStatus(),
      readiness: this.readiness(),
      samples: this.#telemetry ? { intervalMs, series: seriesIds, samples: this.#sampler.after(afterSample) } : null,
    };
  }

  /** A page of sessions. `undefined`: nobody wants it any more; `busy`: too many are being looked for. */
  async sessions(question: SessionsQuestion, isWanted: () => boolean): Promise<SessionsAnswer | "busy" | undefined> {
    if (this.#scansWaiting >= limits.adminScansWaitingMax) return "busy";
    this.#scansWaiting += 1;
    const before = this.#scan;
    // One at a time: together they would take as much of the server as they like.
    const scan = before.then(() => {
      this.#scansWaiting -= 1;
      return isWanted() ? sessionsPage(this.#server.eachSession(), question, isWanted) : undefined;
    });
    this.#scan = scan.catch(() => {});
    return scan;
  }

  #memberStatus(): MemberStatus {
    const { leadership, committedIndex = null, ...status } = this.#server.status();
    const { role } = leadership;
    return {
      ...status,
      committedIndex,
      role,
      leader: leadership.role === "leader" ? status.memberId : (leadership.leader ?? null),
      term: leadership.role === "leader" ? leadership.term : null,
    };
  }
}

function hawserVersion(): string {
  try {
    const { version }: { readonly version: string } = createRequire(import.meta.url)("hawser/package.json");
    return version;
  } catch {
    // A bundler has taken the code without the package.
    return "unknown";
  }
}
