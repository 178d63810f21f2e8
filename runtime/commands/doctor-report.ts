import type { CommandOutput } from "../../codegen/commands/command.ts";
import type { Examination, LocatedFinding, Step } from "../doctor/index.ts";

type Paint = CommandOutput["paint"];

/** One line for a step, while the others are on their way. */
export function stepLine({ name, status, durationMs, detail }: Step, paint: Paint): string {
  const { sign, style } = marks[status];
  const time = durationMs === undefined ? "" : paint("faint", `  ${formatMs(durationMs)}`);
  return `  ${paint(style, sign)} ${name.padEnd(nameWidth)}  ${detail}${time}`;
}

/** What was found, and what to do about it. */
export function conclusion({ endpoint, healthy, steps, findings }: Examination, paint: Paint): string {
  const shown = findings.map((finding) => findingText(finding, endpoint, paint));
  const totalMs = steps.reduce((sum, { durationMs = 0 }) => sum + durationMs, 0);
  const verdict = healthy
    ? paint("added", `Clients are served: a session was opened and closed, in ${formatMs(totalMs)}.`)
    : paint("error", "Clients are not served here.");
  return [...shown, verdict].join("\n\n");
}

function findingText({ severity, code, address, what, cure }: LocatedFinding, endpoint: string, paint: Paint): string {
  const { sign, style } = severity === "problem" ? marks.failed : marks.warning;
  const where = address === endpoint ? "" : ` at ${address}`;
  return `${paint(style, sign)} ${paint("strong", `${code}${where}`)}\n  ${what}\n  ${paint("name", "What to do:")} ${cure}`;
}

function formatMs(ms: number): string {
  return `${ms.toFixed(ms < 10 ? 1 : 0)} ms`;
}

const marks = {
  fine: { sign: "✓", style: "added" },
  warning: { sign: "!", style: "warning" },
  failed: { sign: "✗", style: "error" },
} as const;

/** Of the longest name of a step. */
const nameWidth = "handshake".length;
