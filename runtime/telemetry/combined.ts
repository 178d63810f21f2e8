import type { Recorder, Telemetry } from "./telemetry.ts";

/** Several telemetries as one: each gets every figure, and the first that takes spans gets those. */
export function combined(telemetries: readonly Telemetry[]): Telemetry | undefined {
  if (telemetries.length < 2) return telemetries[0];
  return {
    attach(source): Recorder {
      const recorders = telemetries.map((telemetry) => telemetry.attach(source));
      return {
        tracer: recorders.find(({ tracer }) => tracer !== undefined)?.tracer,
        histogram(name, attributes) {
          const takers = recorders.map((recorder) => recorder.histogram(name, attributes));
          return (seconds) => {
            for (const take of takers) take(seconds);
          };
        },
        detach() {
          for (const recorder of recorders) recorder.detach();
        },
      };
    },
  };
}
