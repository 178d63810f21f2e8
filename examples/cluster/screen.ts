import type { ServerStatus } from "../key-value/server-process.ts";
import type { EtcdStatus } from "./etcd-status.ts";
import type { ClientFigures } from "./steady-client.ts";

/** Everything that the view shows at one moment. */
export interface ClusterView {
  readonly runningMs: number;
  readonly servers: readonly ServerView[];
  readonly etcd: readonly EtcdView[];
  readonly client: ClientFigures;
  readonly events: readonly ClusterEvent[];
  /** What the keys do now. */
  readonly keys: string;
}

export interface ServerView {
  readonly name: string;
  readonly state: "up" | "paused" | "down" | "starting";
  readonly pid: number | undefined;
  readonly status: ServerStatus | undefined;
  readonly commandsPerSecond: number;
}

export interface EtcdView {
  readonly name: string;
  readonly state: "up" | "paused" | "down";
  readonly pid: number | undefined;
  readonly status: EtcdStatus | undefined;
}

export interface ClusterEvent {
  readonly atMs: number;
  readonly text: string;
}

/** The screen, line by line, none longer than it is wide; what does not fit is left out, the keys last of all. */
export function screenLines(view: ClusterView, size: { readonly columns: number; readonly rows: number }): string[] {
  const above = [
    [{ text: "hawser on etcd", style: "bold" }, plain(`   running for ${seconds(view.runningMs)}`)],
    [],
    ...table(SERVER_COLUMNS, view.servers.map(serverCells)),
    [],
    ...table(ETCD_COLUMNS, view.etcd.map(etcdCells)),
    [],
    ...table(CLIENT_COLUMNS, [clientCells(view.client)]),
    [],
  ] satisfies Line[];
  const room = Math.max(0, size.rows - above.length - 2);
  const events: Line[] = view.events
    .slice(Math.max(0, view.events.length - room))
    .map(({ atMs, text }) => [{ text: seconds(atMs).padStart(10), style: "dim" }, plain(`  ${text}`)]);
  const blank: Line[] = Array.from({ length: room - events.length + 1 }, () => []);
  const lines = [...above, ...events, ...blank].slice(0, Math.max(0, size.rows - 1));
  return [...lines, [{ text: view.keys, style: "dim" } satisfies Span]].map((line) => written(line, size.columns));
}

/** The same in one line, for a log. */
export function logLine({ runningMs, servers, etcd, client }: ClusterView): string {
  const leader = servers.find(({ status, state }) => state === "up" && status?.role === "leader");
  const applied = servers.map(({ state, status }) => (state === "up" ? count(status?.appliedIndex) : state));
  const members = etcd.map(
    ({ name, state, status }) => `${name} ${state === "up" && status?.isLeader ? "leads" : state}`,
  );
  return [
    `${seconds(runningMs)}  ${leader === undefined ? "no leader" : `${leader.name} leads in term ${leader.status?.term}`}`,
    `applied ${applied.join(", ")}`,
    `etcd ${members.join(", ")}`,
    `answered ${count(client.answered)}, in flight ${client.inFlight}, failed ${client.failed}`,
    `longest gap ${(client.longestGapMs / 1_000).toFixed(2)} s, applied twice ${client.appliedTwice}`,
  ].join(" · ");
}

interface Span {
  readonly text: string;
  readonly style?: Style;
}

type Style = "bold" | "dim" | "green" | "yellow" | "red";
type Line = readonly Span[];

/** A column with its width; numbers stand to the right. */
interface Column {
  readonly title: string;
  readonly width: number;
  readonly right?: boolean;
}

const SERVER_COLUMNS: readonly Column[] = [
  { title: "server", width: 10 },
  { title: "role", width: 10 },
  { title: "term", width: 8, right: true },
  { title: "commit index", width: 14, right: true },
  { title: "sessions", width: 10, right: true },
  { title: "commands/s", width: 12, right: true },
  { title: "process", width: 10, right: true },
];

const ETCD_COLUMNS: readonly Column[] = [
  { title: "etcd", width: 10 },
  { title: "role", width: 10 },
  { title: "raft term", width: 10, right: true },
  { title: "store", width: 12, right: true },
  { title: "process", width: 32, right: true },
];

const CLIENT_COLUMNS: readonly Column[] = [
  { title: "client", width: 10 },
  { title: "answered", width: 10, right: true },
  { title: "in flight", width: 11, right: true },
  { title: "failed", width: 10, right: true },
  { title: "longest gap", width: 15, right: true },
  { title: "applied twice", width: 18, right: true },
];

function serverCells({ name, state, pid, status, commandsPerSecond }: ServerView): Span[] {
  const isUp = state === "up" && status !== undefined;
  return [
    plain(name),
    stateSpan(state, status === undefined ? "up" : status.role, status?.role === "leader"),
    plain(isUp && status.term !== undefined ? count(status.term) : NONE),
    plain(isUp ? count(status.appliedIndex) : NONE),
    plain(isUp ? count(status.sessions) : NONE),
    plain(isUp ? count(Math.round(commandsPerSecond)) : NONE),
    plain(pid === undefined ? NONE : String(pid)),
  ];
}

function etcdCells({ name, state, pid, status }: EtcdView): Span[] {
  const role =
    status === undefined ? "silent" : status.isLeader ? "leader" : status.hasLeader ? "follower" : "no leader";
  return [
    plain(`etcd-${name}`),
    stateSpan(state, role, role === "leader"),
    plain(status === undefined ? NONE : count(status.raftTerm)),
    plain(status === undefined ? NONE : `${(status.storageBytes / 2 ** 20).toFixed(1)} MiB`),
    plain(pid === undefined ? NONE : String(pid)),
  ];
}

function clientCells(client: ClientFigures): Span[] {
  const warn = (value: number): Span => (value === 0 ? plain("0") : { text: count(value), style: "red" });
  return [
    plain(""),
    plain(count(client.answered)),
    plain(count(client.inFlight)),
    warn(client.failed),
    plain(`${(client.longestGapMs / 1_000).toFixed(2)} s`),
    warn(client.appliedTwice),
  ];
}

function stateSpan(state: ServerView["state"], role: string, leads: boolean): Span {
  if (state === "down") return { text: "down", style: "red" };
  if (state !== "up") return { text: state, style: "yellow" };
  return leads ? { text: role, style: "green" } : plain(role);
}

function table(columns: readonly Column[], rows: readonly (readonly Span[])[]): Line[] {
  const titles = columns.map(({ title }): Span => ({ text: title, style: "dim" }));
  return [titles, ...rows].map((cells) => columns.map((column, at) => padded(cells[at] ?? plain(""), column)));
}

function padded({ text, ...rest }: Span, { width, right }: Column): Span {
  return { ...rest, text: right ? text.padStart(width) : text.padEnd(width) };
}

function written(line: Line, columns: number): string {
  let left = columns;
  let text = "";
  for (const span of line) {
    const part = span.text.slice(0, left);
    left -= part.length;
    text += span.style === undefined || COLOURLESS ? part : `\x1b[${CODES[span.style]}m${part}\x1b[0m`;
  }
  return text;
}

function plain(text: string): Span {
  return { text };
}

function count(value: number | undefined): string {
  return value === undefined ? NONE : value.toLocaleString("en-GB");
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}

const NONE = "–";
const CODES: Readonly<Record<Style, number>> = { bold: 1, dim: 2, green: 32, yellow: 33, red: 31 };
/** https://no-color.org */
const COLOURLESS = (process.env["NO_COLOR"] ?? "") !== "";
