import { type MetricName, metrics, prometheusName } from "../../runtime/telemetry/metrics.ts";
import { alerts } from "./alerts.ts";

/** A dashboard for Grafana with one panel for each metric, in the form that its import takes. */
export function dashboard(): object {
  let y = 0;
  const panels = groups.flatMap(({ title, names }) => {
    const row = { type: "row", title, collapsed: false, panels: [], gridPos: { x: 0, y, w: WIDTH, h: 1 } };
    const inRow = names().map((name, index) => {
      const x = (index % PANELS_A_LINE) * PANEL.w;
      return panel(name, { x, y: y + 1 + Math.floor(index / PANELS_A_LINE) * PANEL.h, ...PANEL });
    });
    y += 1 + Math.ceil(inRow.length / PANELS_A_LINE) * PANEL.h;
    return [row, ...inRow];
  });
  return {
    title: "hawser",
    uid: "hawser",
    tags: ["hawser"],
    description: "Servers and clients of hawser, from the metrics of hawser/prometheus or hawser/opentelemetry.",
    schemaVersion: 39,
    editable: true,
    timezone: "browser",
    refresh: "10s",
    time: { from: "now-1h", to: "now" },
    templating: {
      list: [
        { name: "datasource", type: "datasource", query: "prometheus", label: "Data source" },
        {
          name: "member",
          type: "query",
          label: "Member",
          datasource: DATASOURCE,
          query: `label_values(${prometheusName("hawser.server.leader")}, member)`,
          refresh: 2,
          multi: true,
          includeAll: true,
          allValue: ".*",
        },
      ],
    },
    panels: panels.map((each, index) => ({ id: index + 1, ...each })),
  };
}

/** Every metric once. */
const groups: readonly { readonly title: string; readonly names: () => readonly MetricName[] }[] = [
  { title: "Log and leadership", names: () => ofServer(/^(leader|log|proposal|commit|apply|read_barrier|snapshot)/) },
  { title: "Sessions", names: () => ofServer(/^(sessions|table|handshakes|authorizations)/) },
  {
    title: "Requests and queries",
    names: () => ofServer(/^(requests|queries|server_requests|overloads|rate_limits|faults)/),
  },
  { title: "Connections", names: () => ofServer(/^(connections|frames|io|send_queue)/) },
  { title: "Clients", names: () => namesOf("hawser.client.") },
  { title: "Process", names: () => namesOf("hawser.process.") },
];

function namesOf(prefix: string): readonly MetricName[] {
  return (Object.keys(metrics) as MetricName[]).filter((name) => name.startsWith(prefix));
}

function ofServer(rest: RegExp): readonly MetricName[] {
  return namesOf(SERVER).filter((name) => rest.test(name.slice(SERVER.length)));
}

function panel(name: MetricName, gridPos: object): object {
  const { description, kind, unit } = metrics[name];
  const hints = alerts.filter(({ metric }) => metric === name);
  const told = hints.map((alert) => `Alert ${alert.name}: ${alert.expression} for ${alert.for}. ${alert.meaning}`);
  return {
    type: "timeseries",
    title: name.replace(/^hawser\.(server|client|process)\./, ""),
    description: [description, ...told].join("\n\n"),
    datasource: DATASOURCE,
    gridPos,
    fieldConfig: {
      defaults: { unit: grafanaUnit(kind, unit), min: 0, custom: { fillOpacity: 10, showPoints: "never" } },
      overrides: [],
    },
    options: { legend: { displayMode: "list", placement: "bottom" }, tooltip: { mode: "multi", sort: "desc" } },
    targets: queries(name).map((query, index) => ({ refId: "ABC"[index], datasource: DATASOURCE, ...query })),
  };
}

function queries(name: MetricName): readonly { readonly expr: string; readonly legendFormat: string }[] {
  const { kind, attributes } = metrics[name];
  const isOfServer = name.startsWith(SERVER);
  const chosen = isOfServer ? '{member=~"$member"}' : "";
  const known = prometheusName(name);
  const own = Object.keys(attributes);
  if (kind === "histogram") {
    const by = ["le", ...own].join(", ");
    const legend = own.map((attribute) => `{{${attribute}}}`).join(" ");
    return [0.5, 0.99].map((quantile) => ({
      expr: `histogram_quantile(${quantile}, sum by (${by}) (rate(${known}_bucket${chosen}[$__rate_interval])))`,
      legendFormat: `p${quantile * 100} ${legend}`.trim(),
    }));
  }
  const labels = isOfServer ? ["member", ...own] : own;
  const shown = kind === "counter" ? `rate(${known}${chosen}[$__rate_interval])` : `${known}${chosen}`;
  const summed = labels.length === 0 ? `sum(${shown})` : `sum by (${labels.join(", ")}) (${shown})`;
  return [{ expr: summed, legendFormat: labels.map((label) => `{{${label}}}`).join(" ") || "all" }];
}

function grafanaUnit(kind: string, unit: string): string {
  if (unit === "s") return "s";
  if (unit === "By") return kind === "counter" ? "Bps" : "bytes";
  return kind === "counter" ? "ops" : "short";
}

const SERVER = "hawser.server.";
const DATASOURCE = { type: "prometheus", uid: "$" + "{datasource}" };
const WIDTH = 24;
const PANELS_A_LINE = 3;
const PANEL = { w: WIDTH / PANELS_A_LINE, h: 8 };
