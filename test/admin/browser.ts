import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { describe } from "vitest";

const PROBLEM = "chromium is missing: apt-get install chromium";
const executablePath = (process.env["PATH"] ?? "")
  .split(delimiter)
  .map((folder) => join(folder, "chromium"))
  .find((file) => existsSync(file));

/** Tests that need a browser. Where it is missing they are skipped, and say what to install; on CI it has to be there. */
export const describeWithBrowser: typeof describe.skip = executablePath === undefined ? missing() : describe;

/** The system's Chromium. */
export function launchBrowser(): Promise<Browser> {
  if (executablePath === undefined) throw new Error(PROBLEM);
  // Its own sandbox needs rights that a container does not have; the only page that it opens is ours.
  return chromium.launch({ executablePath, args: ["--no-sandbox"] });
}

function missing(): typeof describe.skip {
  if (process.env["CI"] !== undefined) throw new Error(PROBLEM);
  console.warn(`skipped: tests of the admin page. ${PROBLEM}`);
  return describe.skip;
}
