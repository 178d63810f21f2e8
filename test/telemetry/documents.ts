import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type MetricName, metrics, prometheusName } from "../../runtime/telemetry/metrics.ts";
import { alerts } from "./alerts.ts";
import { dashboard } from "./dashboard.ts";

/** A file of docs/ that says what the catalogue says. */
export interface MadeDocument {
  readonly path: string;
  /** As it is to be. */
  readonly text: string;
}

/** The documents that come from the catalogue of metrics: of docs/metrics.md the tables, the dashboard as a whole. */
export function madeDocuments(): readonly MadeDocument[] {
  const page = join(docs, "metrics.md");
  return [
    { path: page, text: withTables(readFileSync(page, "utf8")) },
    { path: join(docs, "grafana-dashboard.json"), text: `${JSON.stringify(dashboard(), null, 2)}\n` },
  ];
}

/** Puts each table between its marks, `<!-- metrics hawser.server. -->` and `<!-- end -->`. */
function withTables(page: string): string {
  return page.replace(
    /(<!-- (metrics|alerts) ?(\S*) -->\n)[\s\S]*?(<!-- end -->)/g,
    (_all, begin, what, prefix, end) => {
      const table = what === "alerts" ? alertTable() : metricTable(prefix);
      return `${begin}\n${table}\n\n${end}`;
    },
  );
}

function metricTable(prefix: string): string {
  const names = (Object.keys(metrics) as MetricName[]).filter((name) => name.startsWith(prefix));
  const rows = names.map((name) => {
    const { kind, unit, description, attributes } = metrics[name];
    const told = Object.entries(attributes).map(([attribute, values]) => {
      return `\`${attribute}\`: ${values.map((value) => `\`${value}\``).join(" ")}`;
    });
    return [`\`${name}\``, kind, `\`${unit}\``, [description, ...told].join("<br>"), `\`${prometheusName(name)}\``];
  });
  return table(["Metric", "Kind", "Unit", "What it says", "In Prometheus"], rows);
}

function alertTable(): string {
  const rows = alerts.map(({ name, expression, for: time, meaning }) => [
    `\`${name}\``,
    `\`${expression.replaceAll("|", "\\|")}\``,
    time === "0s" ? "at once" : time,
    meaning,
  ]);
  return table(["Alert", "When", "For", "What it means"], rows);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

const docs = join(import.meta.dirname, "../../docs");
