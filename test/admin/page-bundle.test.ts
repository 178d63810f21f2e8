import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { adminPage } from "../../runtime/admin/generated/page.ts";
import { bundledPage, bundlePage } from "./bundle-page.ts";

test("the page that is delivered is the one in runtime/admin/page: npm run page", async () => {
  expect(readFileSync(bundledPage, "utf8")).toBe(await bundlePage());
});

test("it is one file that names no other", () => {
  const { html } = adminPage;
  expect(html.match(/<(link|script|style|img)\b[^>]*/g)).toEqual([
    '<link rel="icon" href="data:,"',
    "<style",
    '<script type="module"',
  ]);
  // The names of SVG and of nothing else are addresses.
  expect(html.match(/https?:\/\/[\w./]+/g)).toEqual(["http://www.w3.org/2000/svg"]);
  expect(html).not.toMatch(/@import|url\(|innerHTML|\bimport\(/);
  expect(Buffer.byteLength(html)).toBeLessThan(64 * 1024);
});
