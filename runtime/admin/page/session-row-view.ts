import type { SessionRow, SortKey } from "../answers.ts";
import { element, setText } from "./element.ts";
import { formatDuration, formatNumber } from "./format.ts";

/** A column of the table. */
export interface Column {
  readonly sort: SortKey;
  readonly title: string;
  /** Prepares a cell; what is returned shows a row in it. */
  readonly prepare: (cell: HTMLElement) => (row: SessionRow) => void;
  /** Whether it is a short number. */
  readonly isCount?: boolean;
}

/** What is shown of a session, in this order. */
export const COLUMNS: readonly Column[] = [
  { sort: "sessionId", title: "Session", prepare: shortened(({ sessionId }) => sessionId, "session id") },
  { sort: "state", title: "State", prepare: stateBadge },
  { sort: "age", title: "Age", prepare: text(({ ageMs }) => formatDuration(ageMs)) },
  { sort: "leaseLeft", title: "Lease left", prepare: text(leaseText) },
  { sort: "requestsPending", title: "Pending", prepare: number((row) => row.requestsPending), isCount: true },
  {
    sort: "serverRequestsPending",
    title: "To client",
    prepare: number((row) => row.serverRequestsPending),
    isCount: true,
  },
  { sort: "workHeld", title: "Work", prepare: number((row) => row.workHeld), isCount: true },
  { sort: "protocolVersion", title: "Version", prepare: number((row) => row.protocolVersion), isCount: true },
  { sort: "owner", title: "Owner", prepare: shortened(({ owner }) => owner, "owner's key") },
  { sort: "address", title: "Address", prepare: text(({ address }) => address?.replace(/^tcp:\/\//, "") ?? "–") },
];

/** One row of the table. */
export class SessionRowView {
  readonly element: HTMLTableRowElement = element("tr", { role: "row" });
  readonly #cells: readonly ((row: SessionRow) => void)[] = COLUMNS.map((column, index) => {
    const { title, prepare, isCount = false } = column;
    const properties = { "data-label": title, class: isCount ? "count" : "" };
    const cell =
      index === 0
        ? element("th", { role: "rowheader", scope: "row", ...properties })
        : element("td", { role: "cell", ...properties });
    this.element.append(cell);
    return prepare(cell);
  });

  show(row: SessionRow): void {
    for (const fill of this.#cells) fill(row);
    this.element.title = row.capabilities === "" ? "" : `Capabilities: ${row.capabilities}`;
  }
}

function text(textOf: (row: SessionRow) => string): Column["prepare"] {
  return (cell) => {
    const value = cell.appendChild(element("span"));
    return (row) => setText(value, textOf(row));
  };
}

function number(numberOf: (row: SessionRow) => number | null): Column["prepare"] {
  return text((row) => {
    const value = numberOf(row);
    return value === null ? "–" : formatNumber(value);
  });
}

function stateBadge(cell: HTMLElement): (row: SessionRow) => void {
  const badge = cell.appendChild(element("span"));
  return ({ state }) => {
    badge.className = `state ${state}`;
    setText(badge, state);
  };
}

/** The beginning of something long, and a button that copies the whole. */
function shortened(wholeOf: (row: SessionRow) => string | null, what: string): Column["prepare"] {
  return (cell) => {
    let shown: string | null | undefined;
    return (row) => {
      const whole = wholeOf(row);
      if (whole === shown) return;
      shown = whole;
      cell.replaceChildren(whole === null ? "–" : withCopy(whole, what));
    };
  };
}

function withCopy(whole: string, what: string): HTMLElement {
  const beginning = whole.slice(0, 8);
  const short = element("code", { title: whole }, `${beginning}…`);
  const copy = element("button", { type: "button", class: "copy", "aria-label": `Copy ${what} ${beginning}` }, "copy");
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(whole);
      setText(copy, "copied");
      setTimeout(() => setText(copy, "copy"), COPIED_MS);
    } catch {
      // Over plain HTTP from elsewhere a page has no clipboard: the whole is selected instead, to be copied by hand.
      setText(short, whole);
      getSelection()?.selectAllChildren(short);
    }
  });
  return element("span", { class: "shortened" }, short, copy);
}

function leaseText({ leaseLeftMs, sessionTimeoutMs }: SessionRow): string {
  if (leaseLeftMs === null || sessionTimeoutMs === null) return "–";
  return `${formatDuration(leaseLeftMs)} of ${formatDuration(sessionTimeoutMs)}`;
}

const COPIED_MS = 1_500;
