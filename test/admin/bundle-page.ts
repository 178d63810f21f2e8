import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

const root = join(import.meta.dirname, "../..");
const folder = join(root, "runtime/admin/page");

/** Where the module with the page is kept. */
export const bundledPage: string = join(root, "runtime/admin/generated/page.ts");

/** The text of that module: the page with its style and its script in it, and what a policy needs to know of these. */
export async function bundlePage(): Promise<string> {
  const style = ["base.css", "charts.css", "sessions.css"]
    .map((file) => readFileSync(join(folder, file), "utf8"))
    .join("\n");
  const script = await scriptOf(join(folder, "main.ts"));
  const html = readFileSync(join(folder, "page.html"), "utf8")
    .replace("/* style */", () => style)
    .replace("/* script */", () => script);
  const lines = html.split("\n").map((line) => `    ${JSON.stringify(line)},`);
  return `// Generated from runtime/admin/page by \`npm run page\`. Do not edit.

/** The page of the admin endpoint, and the hashes of its script and its style for a Content-Security-Policy. */
export const adminPage: { readonly html: string; readonly scriptHash: string; readonly styleHash: string } = {
  scriptHash: "${hashOf(script)}",
  styleHash: "${hashOf(style)}",
  html: [
${lines.join("\n")}
  ].join("\\n"),
};
`;
}

async function scriptOf(entryPoint: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entryPoint],
    absWorkingDir: root,
    bundle: true,
    charset: "utf8",
    format: "esm",
    target: "es2022",
    write: false,
    legalComments: "none",
    logLevel: "silent",
  });
  const script = outputFiles[0]?.text ?? "";
  if (script === "" || script.includes("</script")) throw new Error("the script of the page cannot stand in a page");
  return script;
}

function hashOf(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
