import { prometheus } from "hawser/prometheus";
import { expect, test } from "vitest";
import { checkObservation, type ObservationOptions } from "../../runtime/telemetry/options.ts";
import type { Telemetry, Tracer } from "../../runtime/telemetry/telemetry.ts";
import { toyServer } from "./figures.ts";

const logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

test("several telemetries get the same, and spans go to the first that takes them", () => {
  const [one, other] = [prometheus(), prometheus()];
  const tracer: Tracer = { startSpan: () => ({ context: undefined, end: () => {} }) };
  const tracing: Telemetry = { attach: () => ({ tracer, histogram: () => () => {}, detach: () => {} }) };
  const { telemetry } = checkObservation({ telemetry: [one, tracing, other] }, {});
  const recorder = telemetry?.attach(toyServer("a", 1, 1));
  recorder?.histogram("hawser.server.apply.duration", {})(0.001);
  expect(recorder?.tracer).toBe(tracer);
  expect(one.text()).toContain('hawser_server_apply_duration_seconds_count{member="a"} 1\n');
  expect(other.text().replace(/.*event_loop.*\n/g, "")).toBe(one.text().replace(/.*event_loop.*\n/g, ""));
  recorder?.detach();
  expect(one.text()).not.toContain("hawser_server_sessions{");
});

test("without one, or with an empty list of them, there is none", () => {
  expect(checkObservation({}, {})).toEqual({ telemetry: undefined, logging: undefined });
  expect(checkObservation({ telemetry: [] }, {}).telemetry).toBeUndefined();
});

test.each<[options: object, message: string]>([
  [{ telemetry: {} }, "telemetry is an object, it must be one of those that openTelemetry() and prometheus() make"],
  [{ telemetry: [prometheus(), "prometheus"] }, 'telemetry is "prometheus", it must be one of those'],
  [{ logger: { ...logger, warn: undefined } }, "logger must be an object with a method warn()"],
  [{ logger, logSessionIds: "yes" }, "logSessionIds"],
])("%o is refused", (options, message) => {
  expect(() => checkObservation(options as ObservationOptions, {})).toThrow(
    expect.objectContaining({ code: "ERR_INVALID_ARGUMENT", message: expect.stringContaining(message) }),
  );
});
