import type { AdminStatus } from "../answers.ts";
import { Charts } from "./charts.ts";
import { Connection, TokenNeeded } from "./connection.ts";
import { element, found } from "./element.ts";
import { formatDuration, formatTime } from "./format.ts";
import { MemberHead } from "./member-head.ts";
import { SessionsTable } from "./sessions-table.ts";
import { offerThemes } from "./theme.ts";

/** The page: asks how the server is doing, again and again, shows it, and says so when no answer comes. */
class Page {
  readonly #connection = new Connection();
  readonly #content = found("content", HTMLDivElement);
  readonly #loading = found("loading", HTMLParagraphElement);
  readonly #notice = found("notice", HTMLDivElement);
  readonly #parts = found("parts", HTMLElement);
  readonly #tokenForm = found("token-form", HTMLFormElement);
  readonly #token = found("token", HTMLInputElement);
  readonly #tokenProblem = found("token-problem", HTMLParagraphElement);
  readonly #head = new MemberHead(found("member", HTMLElement), found("about", HTMLElement));
  readonly #chartsContainer = found("charts", HTMLDivElement);
  readonly #charts = new Charts(this.#chartsContainer);
  readonly #sessions = new SessionsTable(found("sessions", HTMLElement), this.#connection);
  #instanceId: string | undefined;
  #timer: number | undefined;
  #isAsking = false;
  /** When the server answered for the last time, by the clock of this machine; `undefined` while it does. */
  #goneSince: number | undefined;
  #lastAnswer: number | undefined;

  begin(): void {
    offerThemes(found("theme", HTMLFieldSetElement));
    this.#tokenForm.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#connection.setToken(this.#token.value.trim());
      this.#token.value = "";
      void this.#ask();
    });
    // A page that nobody sees asks nothing; the server keeps what it will want to draw.
    document.addEventListener("visibilitychange", () => void this.#ask());
    setInterval(() => this.#showElapsed(), 1_000);
    void this.#ask();
  }

  async #ask(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#isAsking || document.hidden) return;
    this.#isAsking = true;
    let pauseMs = PAUSE_MS;
    try {
      const status = await this.#connection.get<AdminStatus>(`/api/status?after=${this.#charts.newest}`);
      pauseMs = status.samples?.intervalMs ?? PAUSE_MS;
      await this.#show(status);
      this.#answered();
    } catch (error) {
      if (error instanceof TokenNeeded) {
        this.#isAsking = false;
        this.#askForToken(error);
        return;
      }
      this.#gone(error);
    }
    this.#isAsking = false;
    this.#timer = setTimeout(() => void this.#ask(), pauseMs);
  }

  async #show(status: AdminStatus): Promise<void> {
    if (this.#instanceId !== undefined && this.#instanceId !== status.instanceId) {
      this.#instanceId = undefined;
      this.#charts.reset();
      // What came answers a question about the samples of another process.
      status = await this.#connection.get<AdminStatus>("/api/status?after=0");
    }
    this.#instanceId = status.instanceId;
    this.#head.show(status);
    if (status.samples === null) this.#withoutTelemetry();
    else this.#charts.add(status.samples);
    this.#loading.hidden = true;
    this.#tokenForm.hidden = true;
    this.#content.hidden = false;
    this.#parts.hidden = false;
    await this.#sessions.refresh();
  }

  #withoutTelemetry(): void {
    const cure = "start the server and this endpoint with telemetry: prometheus(), of hawser/prometheus.";
    this.#chartsContainer.replaceChildren(element("p", { class: "notice" }, `There is nothing to draw: ${cure}`));
  }

  #askForToken({ wasWrong }: TokenNeeded): void {
    this.#loading.hidden = true;
    this.#content.hidden = true;
    this.#parts.hidden = true;
    this.#tokenForm.hidden = false;
    this.#notice.replaceChildren();
    this.#tokenProblem.textContent = wasWrong ? "This is not the token." : "";
    this.#token.focus();
  }

  #answered(): void {
    this.#lastAnswer = Date.now();
    if (this.#goneSince === undefined) return;
    this.#goneSince = undefined;
    this.#content.classList.remove("stale");
    this.#notice.replaceChildren();
  }

  #gone(error: unknown): void {
    if (this.#goneSince !== undefined) return;
    this.#goneSince = this.#lastAnswer ?? Date.now();
    this.#loading.hidden = true;
    this.#content.classList.add("stale");
    this.#head.gone();
    const why = error instanceof Error && error.name !== "TypeError" ? ` (${error.message})` : "";
    // The seconds change all the time, and nobody wants to hear that.
    const elapsed = element("span", { id: "elapsed", "aria-hidden": "true" });
    const since = `The server has not answered since ${formatTime(this.#goneSince)}`;
    const rest = `${why}. What is shown is from then; it is asked again and again.`;
    this.#notice.replaceChildren(element("p", { class: "notice bad" }, since, elapsed, rest));
    this.#showElapsed();
  }

  #showElapsed(): void {
    const elapsed = document.getElementById("elapsed");
    if (elapsed === null || this.#goneSince === undefined) return;
    elapsed.textContent = `, for ${formatDuration(Date.now() - this.#goneSince)}`;
  }
}

/** Between two questions, where the server does not say. */
const PAUSE_MS = 2_000;

new Page().begin();
