import type { Attributes, MetricSource, Observe, Telemetry } from "../../runtime/telemetry/telemetry.ts";

/** A server or client that shows what it is told to. */
export class ToySource implements MetricSource {
  readonly attributes: Attributes;
  readonly collect: (observe: Observe) => void;

  constructor(attributes: Attributes, collect: (observe: Observe) => void) {
    this.attributes = attributes;
    this.collect = collect;
  }
}

/** A source of one counter and one gauge of a server. */
export function toyServer(member: string, created: number, sessions: number): ToySource {
  return new ToySource({ member }, (observe) => {
    observe("hawser.server.sessions.created", created);
    observe("hawser.server.sessions", sessions, { state: "connected" });
  });
}

/** Attaches a source and gives what ends it. */
export function attach(telemetry: Telemetry, source: MetricSource): () => void {
  const recorder = telemetry.attach(source);
  return () => recorder.detach();
}
