import { type Finding, type Outcome, warning } from "./finding.ts";
import type { CreatedSession } from "./session-problem.ts";

/**
 * How far the server's clock is from ours. It was read somewhere between question and answer: half of that time is how much
 * may be wrong with it.
 */
export function clockOutcome({ version, message, askedAt, answeredAt }: CreatedSession): Outcome<void> {
  const { serverTime } = message;
  if (serverTime === undefined) {
    const why = version === 1 ? "version 1 of the protocol cannot say" : "the server does not say";
    return { value: undefined, detail: `not known: ${why}` };
  }
  const toleranceMs = Math.max(0, answeredAt - askedAt) / 2;
  const aheadMs = serverTime - (askedAt + toleranceMs);
  const detail = `the server's is ${inWords(aheadMs)} ours (± ${formatMs(toleranceMs)})`;
  if (Math.abs(aheadMs) - toleranceMs <= differenceMaxMs) return { value: undefined, detail };
  return { value: undefined, detail, warnings: [differs(aheadMs)] };
}

function differs(aheadMs: number): Finding {
  return warning(
    "clock-differs",
    `The server's clock is ${inWords(aheadMs)} this machine's clock.`,
    "Let both machines take the time from the network (timedatectl, chronyc tracking). Sessions do not depend on it; times in logs, in commands and in certificates do.",
  );
}

function inWords(aheadMs: number): string {
  return aheadMs < 0 ? `${formatMs(-aheadMs)} behind` : `${formatMs(aheadMs)} ahead of`;
}

function formatMs(ms: number): string {
  return ms < 1_000 ? `${ms.toFixed(0)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}

const differenceMaxMs = 1_000;
