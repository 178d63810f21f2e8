import type { AdminStatus } from "../answers.ts";
import { element, setText } from "./element.ts";
import { formatDate, formatDuration, formatNumber } from "./format.ts";

/** What one has to know of a member before everything else. */
export class MemberHead {
  readonly #heading: HTMLElement = element("h1");
  readonly #readiness: HTMLElement = element("span", { class: "badge" });
  readonly #role: HTMLElement = element("p", { class: "role" });
  readonly #facts = new Map<string, HTMLElement>();
  readonly #about: HTMLElement;

  constructor(section: HTMLElement, about: HTMLElement) {
    this.#about = about;
    const facts = element("dl", { class: "facts" });
    for (const name of ["Role", "Leader", "Term", "Applied", "Committed", "Sessions"]) {
      const value = element("dd", {}, "–");
      this.#facts.set(name, value);
      facts.append(element("div", {}, element("dt", {}, name), value));
    }
    section.append(element("div", { class: "title" }, this.#heading, this.#readiness), this.#role, facts);
  }

  show({ member, readiness, hawserVersion, startedAtUnixMs, nowUnixMs }: AdminStatus): void {
    const { memberId, role, leader, term, appliedIndex, committedIndex, sessionCount, phase } = member;
    setText(this.#heading, memberId);
    setText(this.#readiness, readiness.ready ? "ready" : `not ready: ${readiness.reason}`);
    this.#readiness.className = readiness.ready ? "badge good" : "badge bad";
    setText(this.#role, roleText(member));
    this.#set("Role", phase === "serving" ? role : `${role}, ${phase}`);
    this.#set("Leader", leader ?? "nobody known");
    this.#set("Term", term === null ? "–" : formatNumber(term));
    this.#set("Applied", WHOLE.format(appliedIndex));
    this.#set("Committed", committedIndex === null ? "–" : WHOLE.format(committedIndex));
    this.#set("Sessions", formatNumber(sessionCount));
    const since = `started ${formatDate(startedAtUnixMs)}, ${formatDuration(nowUnixMs - startedAtUnixMs)} ago`;
    setText(this.#about, `hawser ${hawserVersion}, clients at ${member.address}, this endpoint ${since}`);
    document.title = `${memberId}, ${role} · hawser`;
  }

  /** Nobody knows how it is now. */
  gone(): void {
    setText(this.#readiness, "no answer");
    this.#readiness.className = "badge";
    document.title = "no answer · hawser";
  }

  #set(name: string, text: string): void {
    const value = this.#facts.get(name);
    if (value !== undefined) setText(value, text);
  }
}

function roleText({ role, leader }: AdminStatus["member"]): string {
  if (role === "leader") return "";
  if (leader === null) return "Nobody is known to lead: nothing can be committed until somebody does.";
  return `This member follows ${leader}. Connections, leases and what is pending are known to ${leader} alone: open the page of ${leader}.`;
}

const WHOLE = new Intl.NumberFormat("en");
