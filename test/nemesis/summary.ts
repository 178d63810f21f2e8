import type { HistoryVerdict } from "./checker.ts";
import { KILL_OF_THE_LEADER } from "./faults.ts";
import { type Gap, gapsAfter, median } from "./gaps.ts";
import { isAnswered, type Operation } from "./history.ts";
import type { Strike } from "./nemesis.ts";
import type { Judgement, Violation } from "./verdict.ts";

/** How many operations there were, of which kind, and what became of them. */
export function operationsLine(history: readonly Operation[]): string {
  const count = (isOne: (operation: Operation) => boolean) => history.filter(isOne).length;
  const of = (wanted: Operation["f"]) => count(({ f }) => f === wanted);
  const outcomes = (["not-applied", "applied", "unknown"] as const)
    .map((outcome) => `${number(count(({ failure }) => failure?.outcome === outcome))} ${outcome}`)
    .join(", ");
  const kinds = `${number(of("read"))} reads, ${number(of("write"))} writes, ${number(of("cas"))} cas`;
  return `${number(history.length)} operations: ${kinds}; ${number(count(isAnswered))} answered, ${outcomes}`;
}

/** Each kind of fault: how often, and how long everybody and each client was without an answer when it came alone. */
export function faultTable(strikes: readonly Strike[], history: readonly Operation[]): string {
  const gaps = gapsAfter(
    strikes.map(({ at }) => at),
    history,
  );
  const kinds = [...new Set(strikes.map(({ kind }) => kind))].toSorted();
  const rows = kinds.map((kind) => {
    const own = gaps.filter((_, at) => strikes[at]?.kind === kind && strikes[at]?.isAlone);
    const times = strikes.filter((strike) => strike.kind === kind).length;
    return [kind, String(times), ...figures(own)];
  });
  const head = ["fault", "times", "nobody answered: median", "worst", "a client: median", "worst"];
  const widths = head.map((title, column) => Math.max(...[head, ...rows].map((row) => (row[column] ?? title).length)));
  const lines = [head, ...rows].map((row) =>
    row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join("  "),
  );
  return lines.join("\n");
}

/** The fail-over of the serving server that is killed, in one line. */
export function failOverLine(strikes: readonly Strike[], history: readonly Operation[]): string {
  const instants = strikes.filter(({ kind, isAlone }) => kind === KILL_OF_THE_LEADER && isAlone).map(({ at }) => at);
  if (instants.length === 0) return "fail-over: the serving server was not killed";
  const [service, worst, client, worstClient] = figures(gapsAfter(instants, history));
  const times = `${instants.length} times`;
  return `fail-over after ${KILL_OF_THE_LEADER}, ${times}: median ${service}, worst ${worst}; of each client: median ${client}, worst ${worstClient}`;
}

/** What both checkers said. */
export function judgementLine({ ours, theirs }: Judgement): string {
  const told = (verdict: HistoryVerdict) => `${verdict.verdict} (${number(verdict.keys)} registers)`;
  return `our checker: ${told(ours)}; Porcupine: ${theirs === undefined ? "SKIPPED, there is no Go" : told(theirs)}`;
}

/** A promise that was not kept, with what shows it. */
export function violationText({ promise, details }: Violation): string {
  return [`VIOLATED ${promise}`, ...details.map((detail) => `  ${detail}`)].join("\n");
}

function figures(gaps: readonly Gap[]): readonly string[] {
  const service = gaps.map(({ serviceMs }) => serviceMs);
  const clients = gaps.flatMap(({ clientMs }) => clientMs);
  return [median(service), Math.max(...service), median(clients), Math.max(...clients)].map(seconds);
}

function seconds(milliseconds: number): string {
  if (!Number.isFinite(milliseconds)) return "–";
  return `${(milliseconds / 1_000).toFixed(2)} s`;
}

/** `12,345` */
function number(value: number): string {
  return value.toLocaleString("en");
}
