import type { ClusterFigures } from "../cluster/commands.ts";
import type { LibraryFigures } from "../codec/tables.ts";
import type { HandshakeFigures } from "../curve/handshakes.ts";
import type { ScaleFigures } from "../sessions/scale.ts";
import type { EchoFigures } from "../transport/echo.ts";
import { type Bar, type BarChart, drawBars, type Group } from "./bar-chart.ts";
import type { Machine, RecordedFigures } from "./recorded.ts";

/** One picture. */
export interface ChartFile {
  readonly name: string;
  readonly svg: string;
}

/** What bench/README.md shows between `<!-- bench:name -->` and `<!-- /bench:name -->`. */
export interface Section {
  readonly name: string;
  readonly charts: readonly ChartFile[];
  readonly markdown: string;
}

/** Every section. One whose figures are missing says how to get them. */
export function sectionsOf(figures: RecordedFigures): readonly Section[] {
  const { rpc, codec, sessions, cluster, curve, transport } = figures;
  return [
    rpc === undefined ? missing("rpc") : rpcSection(rpc.rows, rpc.machine, rpc.diskSyncsPerSecond),
    codec === undefined ? missing("codec") : codecSection(codec.libraries, codec.machine),
    sessions === undefined ? missing("sessions") : sessionsSection(sessions.rows, sessions.machine),
    curve === undefined ? missing("curve") : curveSection(curve.echoes, curve.handshakes),
    cluster === undefined ? missing("cluster") : clusterSection(cluster.rows, cluster.machine),
    transport === undefined ? missing("transport") : transportSection(transport.echoes, transport.machine),
  ];
}

function missing(name: string): Section {
  return { name, charts: [], markdown: `No figures were recorded yet: \`npm run bench:${name}\`.` };
}

function rpcSection(rows: readonly EchoFigures[], machine: Machine, diskSyncsPerSecond: number): Section {
  const note = `${machineText(machine)}; its disk syncs ${count(diskSyncsPerSecond)} times a second`;
  const rates = chartFile("rpc-rates", {
    title: "Requests of 64 bytes and their answers, per second",
    subtitle: "requests per second, logarithmic; longer is better",
    description: "The rate of hawser and of others, at three numbers of requests in flight, on one connection.",
    scale: "log",
    groups: rateGroups(rows),
    note,
  });
  const latencies = chartFile("rpc-latency", {
    title: "From a request of 64 bytes to its answer",
    subtitle: "µs, logarithmic; median, and the 99th percentile in the pale part; shorter is better",
    description: "Median and 99th percentile of the time to an answer, of hawser and of others.",
    scale: "log",
    groups: inFlightGroups(rows, (row): Bar => {
      const { stack, p50Us, p99Us } = row;
      const isLong = p99Us >= LONG_US;
      const text = isLong
        ? `${tenths(p50Us / 1_000)} / ${tenths(p99Us / 1_000)} ms`
        : `${tenths(p50Us)} / ${tenths(p99Us)} µs`;
      return { label: stack, value: p50Us, upTo: p99Us, text, isOurs: isOurs(stack) };
    }),
    note,
  });
  return section("rpc", [rates, latencies], echoTable(rows, "tcp"));
}

function transportSection(echoes: readonly EchoFigures[], machine: Machine): Section {
  const rows = echoes.filter(({ payloadBytes }) => payloadBytes === 64);
  const rates = chartFile("transport-rates", {
    title: "Echoes of 64 bytes on one connection, per second",
    subtitle: "echoes per second, logarithmic; longer is better",
    description: "The rate of hawser's transports and of others, at three numbers of messages in flight.",
    scale: "log",
    groups: rateGroups(rows),
    note: machineText(machine),
  });
  return section("transport", [rates], echoTable(rows, "tcp"));
}

function curveSection(echoes: readonly EchoFigures[], handshakes: readonly HandshakeFigures[]): Section {
  const bySize = [...new Set(echoes.map(({ payloadBytes }) => payloadBytes))].map((size) => {
    const rows = echoes.filter(({ payloadBytes }) => payloadBytes === size);
    return `Echoes of ${count(size)} bytes:\n\n${echoTable(rows, "hawser-zmtp")}`;
  });
  const connections = handshakes.map((row) => [row.stack, count(row.perSecond), count(row.serverCpuUs)]);
  const heads = ["connections", "per second", "server CPU µs"];
  return section("curve", [], [...bySize, `Connections:\n\n${table(heads, connections)}`].join("\n\n"));
}

function codecSection(libraries: readonly LibraryFigures[], machine: Machine): Section {
  // The others are forms of hawser, and what is still to be won.
  const shown = libraries.filter(({ library }) => !/^(hawser|hand)-/.test(library));
  const nanosecondsOf = ({ cases }: LibraryFigures, part: "encodeNs" | "decodeNs"): number =>
    cases.find(({ name }) => name === CODEC_CASE)?.[part] ?? 0;
  const group = (label: string, part: "encodeNs" | "decodeNs"): Group => ({
    label,
    bars: shown
      .toSorted((a, b) => nanosecondsOf(a, part) - nanosecondsOf(b, part))
      .map((figures): Bar => {
        const { library: label } = figures;
        const value = nanosecondsOf(figures, part);
        return { label, value, text: `${count(value)} ns`, isOurs: isOurs(label) };
      }),
  });
  const times = chartFile("codec", {
    title: "Encoding and decoding a message of the mixed stream",
    subtitle: "ns, logarithmic; shorter is better",
    description: "The time that hawser's codec and other libraries take to encode and to decode a message.",
    scale: "log",
    groups: [group("encode", "encodeNs"), group("decode", "decodeNs")],
    note: `${machineText(machine)}; what each library refuses to decode differs, see the tables`,
  });
  const rows = shown.map((figures) => {
    const { library: name, strictness } = figures;
    const { refused, all } = strictness.cutFrames;
    const cells = [nanosecondsOf(figures, "encodeNs"), nanosecondsOf(figures, "decodeNs")].map(count);
    return [name, ...cells, `${count(refused)} of ${count(all)}`];
  });
  return section("codec", [times], table(["library", "encode ns", "decode ns", "refuses of cut frames"], rows));
}

function sessionsSection(rows: readonly ScaleFigures[], machine: Machine): Section {
  const note = machineText(machine);
  const group = (label: string, figureOf: (row: ScaleFigures) => number, textOf: (value: number) => string): Group => ({
    label,
    bars: rows.map((row): Bar => {
      const value = figureOf(row);
      return { label: `${count(row.sessions)} sessions`, value, text: textOf(value), isOurs: true };
    }),
  });
  const memory = chartFile("sessions-memory", {
    title: "What one session costs a server",
    subtitle: "KiB; the same at each number where memory grows in proportion",
    description: "Heap and resident memory of the server for each session, at several numbers of sessions.",
    scale: "linear",
    groups: [
      group("heap, detached session", ({ heapBytesPerDetached }) => heapBytesPerDetached / 1_024, kibibytes),
      group("heap, connected session", ({ heapBytesPerConnected }) => heapBytesPerConnected / 1_024, kibibytes),
      group("resident memory, connected session", (row) => row.residentBytesPerConnected / 1_024, kibibytes),
    ],
    note,
  });
  const times = chartFile("sessions-time", {
    title: "What all sessions do at once",
    subtitle: "ms, logarithmic; shorter is better",
    description:
      "How long it takes until all clients are back after the server was killed, and until all have expired.",
    scale: "log",
    groups: [
      group("all are back after the server was killed", ({ allBackAfterMs }) => allBackAfterMs, milliseconds),
      group("all have expired", ({ expiryMs }) => expiryMs, milliseconds),
      group(
        "p99 of the commands of one more client until all are back",
        ({ duringReturn }) => p99Of(duringReturn),
        milliseconds,
      ),
    ],
    note,
  });
  const figures = rows.map((row) => [
    count(row.sessions),
    count(row.connected),
    count(row.createdPerSecond),
    kibibytes(row.heapBytesPerDetached / 1_024),
    kibibytes(row.heapBytesPerConnected / 1_024),
    kibibytes(row.residentBytesPerConnected / 1_024),
    [row.idle, row.bareIdle].map(cpuPercent).join(", "),
    cpuPercent(row.each10s),
    [row.many, row.bareMany].map(cpuPercent).join(", "),
    milliseconds(row.allBackAfterMs),
    milliseconds(row.expiryMs),
    [row.calm, row.duringReturn, row.duringExpiry].map((times) => milliseconds(p99Of(times))).join(", "),
  ]);
  const heads = [
    ["sessions", "connected", "created per second", "heap, detached", "heap, connected", "resident, connected"],
    ["CPU, a keep-alive each 30 s, the same bytes by node:net", "CPU, a keep-alive each 10 s"],
    ["CPU, 10,000 keep-alives a second, the same bytes by node:net"],
    ["all back", "all expired", "command p99: calm, return, expiry"],
  ].flat();
  return section("sessions", [memory, times], table(heads, figures));
}

function clusterSection(rows: readonly ClusterFigures[], machine: Machine): Section {
  const rates = chartFile("cluster", {
    title: "Commands through three members on etcd, beside one put for each",
    subtitle: "per second, logarithmic; longer is better",
    description: "The rate of commands through hawser and of puts into etcd, at three numbers in flight.",
    scale: "log",
    groups: inFlightGroups(rows, ({ what, perSecond }): Bar => {
      const isHawser = what.includes("hawser");
      return { label: isHawser ? "hawser" : what, value: perSecond, text: count(perSecond), isOurs: isHawser };
    }),
    note: `${machineText(machine)}, which all seven processes share`,
  });
  const cells = rows.map(({ what, inFlight, perSecond, p50Ms, p99Ms }) => {
    return [what, count(inFlight), count(perSecond), p50Ms.toFixed(2), p99Ms.toFixed(2)];
  });
  return section("cluster", [rates], table(["what", "in flight", "per second", "p50 ms", "p99 ms"], cells));
}

function chartFile(name: string, chart: BarChart): ChartFile {
  return { name: `${name}.svg`, svg: drawBars(chart) };
}

function section(name: string, charts: readonly ChartFile[], figures: string): Section {
  const pictures = charts.map((chart) => `![${titleOf(chart)}](charts/${chart.name})`);
  return { name, charts, markdown: [...pictures, figures].join("\n\n") };
}

function titleOf({ svg }: ChartFile): string {
  return /<title[^>]*>([^<]*)</.exec(svg)?.[1] ?? "";
}

function rateGroups(rows: readonly EchoFigures[]): readonly Group[] {
  return inFlightGroups(rows, ({ stack, perSecond }): Bar => {
    return { label: stack, value: perSecond, text: count(perSecond), isOurs: isOurs(stack) };
  });
}

function inFlightGroups<Row extends { readonly inFlight: number }>(
  rows: readonly Row[],
  barOf: (row: Row) => Bar,
): readonly Group[] {
  return [...new Set(rows.map(({ inFlight }) => inFlight))].map((inFlight) => ({
    label: `${count(inFlight)} in flight`,
    bars: rows.filter((row) => row.inFlight === inFlight).map(barOf),
  }));
}

/** Ratios are to the yardstick in the same row. */
function echoTable(rows: readonly EchoFigures[], yardstick: string): string {
  const cells = rows.map((row) => {
    const base = rows.find(({ stack, inFlight }) => stack === yardstick && inFlight === row.inFlight);
    const ratio = base === undefined ? "" : (row.perSecond / base.perSecond).toFixed(2);
    const cpu = [row.serverCpuUs, row.clientCpuUs].map((value) => value.toFixed(1));
    return [row.stack, count(row.inFlight), count(row.perSecond), ratio, tenths(row.p50Us), tenths(row.p99Us), ...cpu];
  });
  const heads = [
    "stack",
    "in flight",
    "per second",
    `rate to ${yardstick}`,
    "p50 µs",
    "p99 µs",
    "server CPU µs",
    "client CPU µs",
  ];
  return table(heads, cells);
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(heads), line(heads.map((_, index) => (index === 0 ? "---" : "---:"))), ...rows.map(line)].join("\n");
}

function isOurs(name: string): boolean {
  return name.startsWith("hawser");
}

function machineText({ cpu, cores, node }: Machine): string {
  return `${cpu}, ${cores} cores, Node ${node}`;
}

function count(value: number): string {
  return Math.round(value).toLocaleString("en");
}

function tenths(value: number): string {
  return value < 100 ? value.toFixed(1) : count(value);
}

function kibibytes(value: number): string {
  return `${value.toFixed(2)} KiB`;
}

/** 0 where there was no command in the time. */
function p99Of({ commands, p99Ms }: ScaleFigures["calm"]): number {
  return commands === 0 ? 0 : p99Ms;
}

function cpuPercent(load: ScaleFigures["idle"]): string {
  return `${load.cpuPercent.toFixed(1)} %`;
}

function milliseconds(value: number): string {
  if (value === 0) return "none";
  return `${value < 10 ? value.toFixed(1) : count(value)} ms`;
}

/** Above it latencies are given in milliseconds. */
const LONG_US = 1_000;
const CODEC_CASE = "mixed stream";
