import type { SessionRow, SessionsAnswer, SortKey } from "../answers.ts";
import type { Connection } from "./connection.ts";
import { element, setText } from "./element.ts";
import { formatNumber } from "./format.ts";
import { COLUMNS, type Column, SessionRowView } from "./session-row-view.ts";

/** The sessions, a page of them at a time: sorted and filtered by the server, which has them all. */
export class SessionsTable {
  readonly #connection: Connection;
  readonly #body: HTMLTableSectionElement = element("tbody", { role: "rowgroup" });
  readonly #summary: HTMLElement = element("p", { class: "summary", role: "status" });
  readonly #filter: HTMLInputElement;
  readonly #state: HTMLSelectElement;
  readonly #sortChoice: HTMLSelectElement;
  readonly #table: HTMLTableElement;
  readonly #emptiness: HTMLElement = element("p", { class: "empty", hidden: true });
  readonly #former: HTMLButtonElement;
  readonly #next: HTMLButtonElement;
  readonly #heads = new Map<SortKey, HTMLTableCellElement>();
  readonly #rows = new Map<string, SessionRowView>();
  #sort: SortKey = "age";
  #descending = true;
  #offset = 0;
  /** Counts questions, so that an answer that was overtaken is not shown. */
  #questions = 0;

  constructor(section: HTMLElement, connection: Connection) {
    this.#connection = connection;
    this.#filter = element("input", {
      id: "filter",
      type: "search",
      maxlength: FILTER_CHARACTERS_MAX,
      spellcheck: "false",
      autocomplete: "off",
      placeholder: "id, owner, address or capability",
      oninput: () => this.#from(0),
    });
    this.#state = element("select", { id: "state", onchange: () => this.#from(0) }, ...STATES.map(optionOf));
    this.#sortChoice = element("select", { id: "sort", onchange: () => this.#sortAsChosen() });
    this.#sortChoice.append(...COLUMNS.flatMap(({ sort, title }) => sortOptions(sort, title)));
    this.#former = element("button", { type: "button", onclick: () => this.#from(this.#offset - ROWS) }, "Previous");
    this.#next = element("button", { type: "button", onclick: () => this.#from(this.#offset + ROWS) }, "Next");
    const head = element(
      "thead",
      { role: "rowgroup" },
      element("tr", { role: "row" }, ...COLUMNS.map((column) => this.#headOf(column))),
    );
    this.#table = element(
      "table",
      { role: "table" },
      element("caption", { class: "unseen" }, "Sessions"),
      head,
      this.#body,
    );
    section.append(
      element("h2", { id: "sessions-heading" }, "Sessions"),
      element(
        "div",
        { class: "controls" },
        element("label", { class: "wide" }, "Filter", this.#filter),
        element("label", {}, "State", this.#state),
        element("label", { class: "narrow-only" }, "Sort by", this.#sortChoice),
      ),
      element("div", { class: "scroll" }, this.#table),
      this.#emptiness,
      element("div", { class: "pages" }, this.#summary, this.#former, this.#next),
    );
    this.#showSort();
  }

  /** Asks for the page that is shown, as it is now. Rejects as the connection does. */
  async refresh(): Promise<void> {
    this.#questions += 1;
    const question = this.#questions;
    const parameters = new URLSearchParams({
      sort: this.#sort,
      order: this.#descending ? "desc" : "asc",
      filter: this.#filter.value.trim(),
      state: this.#state.value,
      offset: String(this.#offset),
      limit: String(ROWS),
    });
    const answer = await this.#connection.get<SessionsAnswer>(`/api/sessions?${parameters}`);
    if (question !== this.#questions) return;
    if (answer.rows.length === 0 && this.#offset > 0) {
      // Those of this page have ended.
      this.#offset = Math.max(0, Math.floor((answer.matching - 1) / ROWS) * ROWS);
      await this.refresh();
      return;
    }
    this.#show(answer);
  }

  /** Another page, sorting or filter: what goes wrong is seen by the next question that is asked in any case. */
  #from(offset: number): void {
    this.#offset = Math.max(0, offset);
    this.refresh().catch(() => {});
  }

  #headOf({ sort, title }: Column): HTMLTableCellElement {
    const sorting = element("button", { type: "button", onclick: () => this.#sortBy(sort) }, title);
    const cell = element("th", { role: "columnheader", scope: "col" }, sorting);
    this.#heads.set(sort, cell);
    return cell;
  }

  #sortBy(sort: SortKey): void {
    this.#descending = this.#sort === sort ? !this.#descending : !TEXTS.has(sort);
    this.#sort = sort;
    this.#showSort();
    this.#from(0);
  }

  #sortAsChosen(): void {
    const [sort, order] = this.#sortChoice.value.split(" ");
    this.#sort = sort as SortKey;
    this.#descending = order === "desc";
    this.#showSort();
    this.#from(0);
  }

  #showSort(): void {
    for (const [sort, cell] of this.#heads) {
      if (sort === this.#sort) cell.setAttribute("aria-sort", this.#descending ? "descending" : "ascending");
      else cell.removeAttribute("aria-sort");
    }
    this.#sortChoice.value = `${this.#sort} ${this.#descending ? "desc" : "asc"}`;
  }

  #show({ rows, matching, total, offset }: SessionsAnswer): void {
    this.#showRows(rows);
    this.#table.hidden = rows.length === 0;
    this.#emptiness.hidden = rows.length > 0;
    const nothing =
      total === 0 ? "No sessions. A client that connects gets one, and is shown here." : "No session matches.";
    setText(this.#emptiness, nothing);
    const range = rows.length === 0 ? "0" : `${formatNumber(offset + 1)}–${formatNumber(offset + rows.length)}`;
    const all = matching === total ? "" : `, ${formatNumber(total)} in all`;
    setText(this.#summary, `${range} of ${formatNumber(matching)}${all}`);
    this.#former.disabled = offset === 0;
    this.#next.disabled = offset + rows.length >= Math.min(matching, DEPTH_MAX);
  }

  /** Rows stay the same elements while their sessions are shown, so that a selection or the focus in them stays too. */
  #showRows(rows: readonly SessionRow[]): void {
    const wanted = rows.map((row) => {
      const view = this.#rows.get(row.sessionId) ?? new SessionRowView();
      this.#rows.set(row.sessionId, view);
      view.show(row);
      return view.element;
    });
    const shown = new Set(rows.map(({ sessionId }) => sessionId));
    for (const sessionId of this.#rows.keys()) if (!shown.has(sessionId)) this.#rows.delete(sessionId);
    const isSame =
      wanted.length === this.#body.children.length && wanted.every((row, at) => row === this.#body.children[at]);
    if (isSame) return;
    const focused = document.activeElement;
    this.#body.replaceChildren(...wanted);
    if (focused instanceof HTMLElement && this.#body.contains(focused)) focused.focus();
  }
}

function optionOf([value, label]: readonly [string, string]): HTMLOptionElement {
  return element("option", { value }, label);
}

function sortOptions(sort: SortKey, title: string): readonly HTMLOptionElement[] {
  const [up, down] = TEXTS.has(sort) ? ["A to Z", "Z to A"] : ["least first", "most first"];
  return [optionOf([`${sort} desc`, `${title}, ${down}`]), optionOf([`${sort} asc`, `${title}, ${up}`])];
}

const STATES: readonly (readonly [string, string])[] = [
  ["all", "all"],
  ["connected", "connected"],
  ["detached", "detached"],
  ["ending", "ending"],
];

/** Sorted from A at first; numbers from the greatest. */
const TEXTS: ReadonlySet<SortKey> = new Set<SortKey>(["sessionId", "state", "owner", "address"]);
const ROWS = 25;
/** What the server answers at the most; these are its `adminSessionsDepthMax` and `adminFilterCharactersMax`. */
const DEPTH_MAX = 10_000;
const FILTER_CHARACTERS_MAX = 128;
