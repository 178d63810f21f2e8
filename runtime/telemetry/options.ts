import { InvalidArgumentError } from "../protocol/errors.ts";
import { describe, flag, withMethods } from "../shell/check-options.ts";
import { combined } from "./combined.ts";
import type { Logger, LoggingOptions } from "./logging.ts";
import type { Telemetry } from "./telemetry.ts";

/** How to watch a server or a client. */
export interface ObservationOptions {
  /**
   * Where figures and traces go: `openTelemetry()` of `hawser/opentelemetry`, `prometheus()` of `hawser/prometheus`, or
   * several. Default: nowhere, at no cost.
   */
  readonly telemetry?: Telemetry | readonly Telemetry[] | undefined;
  /** Takes what happens as lines of a log: a logger of pino, or anything of that shape. It must not throw. */
  readonly logger?: Logger | undefined;
  /** Whether the log may name sessions, and keys and addresses of clients. Payloads it never has. Default: false. */
  readonly logSessionIds?: boolean | undefined;
}

/** The same, checked. */
export interface CheckedObservation {
  readonly telemetry: Telemetry | undefined;
  /** `undefined` where nothing is to be logged. */
  readonly logging: LoggingOptions | undefined;
}

/** Throws `InvalidArgumentError` for the first option that is wrong. `fields` are in every line of the log. */
export function checkObservation(options: ObservationOptions, fields: LoggingOptions["fields"]): CheckedObservation {
  const { logger } = options;
  const logSessionIds = flag("logSessionIds", options.logSessionIds);
  if (logger !== undefined) withMethods("logger", logger, ["debug", "info", "warn", "error"]);
  const now = () => performance.now();
  return {
    telemetry: combined(telemetries(options.telemetry)),
    logging: logger === undefined ? undefined : { logger, fields, logSessionIds, now },
  };
}

function telemetries(value: ObservationOptions["telemetry"]): readonly Telemetry[] {
  const list: readonly unknown[] = value === undefined ? [] : Array.isArray(value) ? value : [value];
  for (const each of list) {
    const isTelemetry = typeof each === "object" && each !== null && typeof Reflect.get(each, "attach") === "function";
    if (isTelemetry) continue;
    throw new InvalidArgumentError(
      `telemetry is ${describe(each)}, it must be one of those that openTelemetry() and prometheus() make, or several`,
    );
  }
  return list as readonly Telemetry[];
}
