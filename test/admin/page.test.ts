import axe from "axe-core";
import { limits } from "hawser/server";
import { memoryEngine } from "hawser/server/memory";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { describeWithBrowser, launchBrowser } from "./browser.ts";
import { changed, cleanup, open, type Served, serve, token } from "./stage.ts";

// A browser on a busy machine takes its time.
vi.setConfig({ testTimeout: 60_000 });

/** What one sees in a browser. */
describeWithBrowser("the page", () => {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await launchBrowser();
  }, 60_000);
  afterAll(() => browser?.close());

  function newContext(options: BrowserContextOptions = {}): Promise<BrowserContext> {
    if (browser === undefined) throw new Error("the browser was not started");
    return browser.newContext(options);
  }

  /** Opens the page, and holds it to what is always so: no error in its console, and no request to elsewhere. */
  async function look({ admin }: Pick<Served, "admin">, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await newContext(options);
    const page = await context.newPage();
    const { origin } = new URL(admin.address);
    const trouble: string[] = [];
    page.on("console", (message) => trouble.push(message.text()));
    page.on("pageerror", (error) => trouble.push(error.message));
    page.on("request", (request) => {
      const { origin: asked, protocol } = new URL(request.url());
      if (asked !== origin && protocol !== "data:") trouble.push(`asked ${request.url()}`);
    });
    cleanup(async () => {
      await context.close();
      // What cannot be reached, or needs a token, the browser itself complains of.
      expect(trouble.filter((text) => !/ERR_CONNECTION_REFUSED|status of 401/.test(text))).toEqual([]);
    });
    await page.goto(admin.address);
    return page;
  }

  async function crowded(count: number): Promise<Served> {
    const served = await serve();
    for (let number = 0; number < count; number++) {
      await open(served, { capabilities: { zone: number % 3 === 0 ? "eu" : "us" } });
    }
    return served;
  }

  test("shows who the member is, and draws what it does", async () => {
    const served = await serve();
    const client = await open(served);
    const page = await look(served);
    await page.getByRole("heading", { level: 1, name: "a", exact: true }).waitFor();
    expect(await page.locator(".badge").textContent()).toBe("ready");
    const facts = await page.locator(".facts > div").allTextContents();
    expect(facts).toEqual([
      "Roleleader",
      "Leadera",
      "Term1",
      `Applied${served.server.appliedIndex}`,
      `Committed${served.server.appliedIndex}`,
      "Sessions1",
    ]);
    for (let count = 0; count < 50; count++) await client.submit(Buffer.from("add x"));
    const chart = page.locator("figure", { has: page.getByRole("heading", { name: "Bytes of frames" }) });
    // A line, and not a point: at least two samples.
    await chart.locator("path.line-1[d*=L]").waitFor();
    const drawn = chart.getByRole("img", { name: /^Bytes of frames: received [\d.,]+ (KiB|B)\/s, sent / });
    await drawn.waitFor();
    const sessions = page.getByRole("img", { name: "Sessions: connected 1, detached 0, ending 0" });
    await sessions.waitFor();
    const cutOff = "[...document.querySelectorAll('figure text')].filter((text) => text.getBBox().x < 0).length";
    expect(await page.evaluate(cutOff)).toBe(0);
    expect(await page.locator("figure").count()).toBe(14);
    expect(
      await page.locator("figure svg").evaluateAll((all) => all.every((svg) => svg.innerHTML.includes("<text"))),
    ).toBe(true);
  });

  test("is read at an earlier moment, with the keyboard and the pointer", async () => {
    const served = await serve();
    const page = await look(served);
    const slider = page.getByRole("slider", { name: "Moment" });
    await page.locator("#moment[max='2']").waitFor();
    await slider.focus();
    await page.keyboard.press("ArrowLeft");
    const moment = page.locator("output");
    expect(await moment.textContent()).toMatch(/^\d\d:\d\d:\d\d, \d s ago$/);
    expect(await page.locator("figure .cursor").count()).toBe(14);
    await page.getByRole("button", { name: "Back to now" }).click();
    expect(await moment.textContent()).toBe("now");
    const box = await page.locator("figure svg").first().boundingBox();
    await page.mouse.move((box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + 50);
    await page.locator("figure .cursor").first().waitFor({ state: "attached" });
    await page.mouse.move(1, 1);
    await page.locator("figure .cursor").first().waitFor({ state: "detached" });
  });

  test("has no sessions at first, and then has", async () => {
    const served = await serve();
    const page = await look(served);
    await page.getByText("No sessions. A client that connects gets one, and is shown here.").waitFor();
    const { sessionId } = await open(served);
    await page.getByRole("rowheader", { name: sessionId.slice(0, 8) }).waitFor();
    expect(await page.locator(".summary").textContent()).toBe("1–1 of 1");
  });

  test("sorts, filters and pages through sessions", async () => {
    const served = await crowded(60);
    const page = await look(served);
    const ids = served.server.sessions().map(({ sessionId }) => `${sessionId.slice(0, 8)}…`);
    const shown = () => page.locator("tbody th code").allTextContents();
    const summary = page.locator(".summary");
    await summary.getByText("1–25 of 60", { exact: true }).waitFor();
    expect(await shown()).toEqual(ids.slice(0, 25));

    await page.getByRole("button", { name: "Next" }).click();
    await summary.getByText("26–50 of 60").waitFor();
    expect(await shown()).toEqual(ids.slice(25, 50));
    expect(await page.getByRole("button", { name: "Previous" }).isEnabled()).toBe(true);

    await page.getByRole("columnheader", { name: "Session" }).getByRole("button").click();
    await page.locator("th[aria-sort=ascending]", { hasText: "Session" }).waitFor();
    await summary.getByText("1–25 of 60").waitFor();
    expect(await shown()).toEqual([...ids].sort().slice(0, 25));
    await page.getByRole("columnheader", { name: "Session" }).getByRole("button").click();
    await page.locator("th[aria-sort=descending]", { hasText: "Session" }).waitFor();
    await page
      .locator("tbody th code")
      .first()
      .getByText([...ids].sort().at(-1) ?? "")
      .waitFor();

    await page.getByLabel("Filter").fill("zone=eu");
    await summary.getByText("1–20 of 20, 60 in all").waitFor();
    expect(await page.getByRole("button", { name: "Next" }).isDisabled()).toBe(true);
    await page.getByRole("combobox", { name: "State" }).selectOption("detached");
    await page.getByText("No session matches.").waitFor();
    await page.getByRole("combobox", { name: "State" }).selectOption("connected");
    await summary.getByText("1–20 of 20, 60 in all").waitFor();
  });

  test("copies a whole session id", async () => {
    const served = await serve();
    const { sessionId } = await open(served);
    const page = await look(served, { permissions: ["clipboard-read", "clipboard-write"] });
    const copy = page.getByRole("button", { name: `Copy session id ${sessionId.slice(0, 8)}` });
    await copy.focus();
    await page.keyboard.press("Enter");
    await copy.getByText("copied").waitFor();
    expect(await page.evaluate("navigator.clipboard.readText()")).toBe(sessionId);
  });

  test("selects it where there is no clipboard", async () => {
    const served = await serve();
    const { sessionId } = await open(served);
    const page = await look(served);
    await page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })");
    await page.getByRole("button", { name: "Copy session id" }).click();
    expect(await page.evaluate("getSelection().toString()")).toBe(sessionId);
  });

  test("is light or dark as the system is, or as one likes", async () => {
    const served = await serve();
    const brightness = async (page: Page): Promise<number> => {
      const color = String(await page.evaluate("getComputedStyle(document.body).backgroundColor"));
      return Math.max(...(color.match(/\d+/g) ?? []).slice(0, 3).map(Number));
    };
    const dark = await look(served, { colorScheme: "dark" });
    expect(await brightness(dark)).toBeLessThan(40);
    const page = await look(served, { colorScheme: "light" });
    expect(await brightness(page)).toBeGreaterThan(215);
    await page.getByRole("radio", { name: "Dark" }).check();
    expect(await brightness(page)).toBeLessThan(40);
    await page.reload();
    expect(await page.getByRole("radio", { name: "Dark" }).isChecked()).toBe(true);
    expect(await brightness(page)).toBeLessThan(40);
    await page.getByRole("radio", { name: "System" }).check();
    expect(await brightness(page)).toBeGreaterThan(215);
  });

  test.each([360, 768, 1_440])("fits into %i pixels", async (width) => {
    for (const count of [0, 30]) {
      const page = await look(await crowded(count), { viewport: { width, height: 900 } });
      await page
        .locator(count === 0 ? ".empty:visible" : "tbody tr")
        .first()
        .waitFor();
      const [needed, there] = (await page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]",
      )) as [number, number];
      expect(needed).toBeLessThanOrEqual(there);
      expect(await page.getByLabel("Sort by").isVisible()).toBe(width === 360);
    }
  });

  test.each(["light", "dark"] as const)("can be used by everybody, %s", async (colorScheme) => {
    const violations = async (page: Page): Promise<unknown> => {
      await page.evaluate(axe.source);
      const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
      const run = `axe.run(document, { runOnly: ${JSON.stringify(tags)} })`;
      const found = (await page.evaluate(`${run}.then(({ violations }) => violations)`)) as readonly Violation[];
      return found.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }));
    };
    const served = await crowded(3);
    for (const width of [360, 1_440]) {
      const page = await look(served, { colorScheme, viewport: { width, height: 900 } });
      await page.locator("tbody tr").first().waitFor();
      expect(await violations(page)).toEqual([]);
    }
    const closed = await look(await serve({ token }), { colorScheme });
    await closed.getByLabel("Token").waitFor();
    expect(await violations(closed)).toEqual([]);
    const gone = await look(served, { colorScheme });
    await gone.locator("tbody tr").first().waitFor();
    await served.admin.stop();
    await gone.getByText("The server has not answered since").waitFor();
    expect(await violations(gone)).toEqual([]);
  });

  test("moves nothing for those who do not want that", async () => {
    const page = await look(await serve(), { reducedMotion: "reduce" });
    const moving =
      "[...document.querySelectorAll('*')].filter((one) => getComputedStyle(one).transitionDuration !== '0s').length";
    expect(await page.evaluate(moving)).toBe(0);
  });

  test("says that the server is gone, since when, and shows it when it is back", async () => {
    const served = await serve();
    const page = await look(served);
    await page.getByRole("heading", { level: 1, name: "a", exact: true }).waitFor();
    await served.server.stop();
    const notice = page
      .getByRole("status")
      .getByText(/has not answered since \d\d:\d\d:\d\d, for \d+ s\. What is shown/);
    await notice.waitFor();
    expect(await page.title()).toBe("no answer · hawser");
    expect(await page.locator(".badge").textContent()).toBe("no answer");
    // What was known stays to be seen.
    expect(await page.getByRole("heading", { level: 1, name: "a", exact: true }).isVisible()).toBe(true);

    await serve({ address: served.admin.address }, { memberId: "b" });
    await page.getByRole("heading", { level: 1, name: "b", exact: true }).waitFor();
    await notice.waitFor({ state: "detached" });
    expect(await page.title()).toBe("b, leader · hawser");
  });

  test("says that it asks, until it knows", async () => {
    const served = await serve();
    const context = await newContext();
    cleanup(() => context.close());
    const page = await context.newPage();
    let answer = () => {};
    const held = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await page.route("**/api/status*", async (route) => {
      await held;
      await route.continue();
    });
    await page.goto(served.admin.address);
    expect(await page.getByText("Asking the server…").isVisible()).toBe(true);
    answer();
    await page.getByText("Asking the server…").waitFor({ state: "hidden" });
  });

  test("of a follower says who leads", async () => {
    const engine = memoryEngine();
    let leader: string | undefined = "b";
    const following = changed(engine, "leadership", () => ({ role: "follower", leader }));
    const page = await look(await serve({}, { engine: following }));
    await page.getByText("This member follows b.").waitFor();
    expect(await page.locator(".badge").textContent()).toBe("ready");
    leader = undefined;
    await page.getByText("Nobody is known to lead").waitFor();
    expect(await page.locator(".badge").textContent()).toBe("not ready: no leader is known");
  });

  test("asks for the token, and keeps it in its tab", async () => {
    const page = await look(await serve({ token }));
    const field = page.getByLabel("Token");
    await field.fill("not the token at all");
    await page.getByRole("button", { name: "Show the server" }).click();
    await page.getByText("This is not the token.").waitFor();
    expect(await page.evaluate("sessionStorage.length")).toBe(0);
    await field.fill(token);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "a", exact: true }).waitFor();
    expect(await field.isVisible()).toBe(false);
    expect(page.url()).not.toContain(token);
    expect(await page.evaluate("JSON.stringify(localStorage) + document.cookie")).not.toContain(token);
    await page.reload();
    await page.getByRole("heading", { level: 1, name: "a", exact: true }).waitFor();
    const other = await page.context().newPage();
    await other.goto(page.url());
    await other.getByLabel("Token").waitFor();
  });

  test("without a telemetry says what is missing", async () => {
    const page = await look(await serve({ telemetry: undefined }));
    await page.getByText("There is nothing to draw").waitFor();
    await page.getByRole("heading", { level: 2, name: "Sessions" }).waitFor();
  });

  test("shows what clients call themselves as text", async () => {
    const served = await serve();
    await open(served, { capabilities: { "<img src=x onerror=alert(1)>": "<script>alert(1)</script>" } });
    const page = await look(served);
    await page.locator("tbody tr[title*='<script>']").waitFor();
    expect(await page.locator("img").count()).toBe(0);
  });

  test("knows the bounds of the server", async () => {
    const served = await serve();
    const page = await look(served);
    expect(await page.getByLabel("Filter").getAttribute("maxlength")).toBe(String(limits.adminFilterCharactersMax));
  });
});

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}
