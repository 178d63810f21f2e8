import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Packs hawser, and installs it in a project of its own with the generator's dependencies of this checkout. */
export function installPackage(folder: string): string {
  const packed = execFileSync("npm", ["pack", "--json", "--silent", "--pack-destination", folder], {
    cwd: root,
    encoding: "utf8",
  });
  const [{ filename }]: readonly [{ readonly filename: string }] = JSON.parse(packed.slice(packed.indexOf("[")));
  const consumer = join(folder, "consumer");
  const modules = join(consumer, "node_modules");
  mkdirSync(join(modules, "hawser"), { recursive: true });
  execFileSync("tar", ["-xzf", join(folder, filename), "--strip-components=1", "-C", join(modules, "hawser")]);
  for (const name of ["ajv", "ts-morph", "yaml"]) symlinkSync(join(root, "node_modules", name), join(modules, name));
  writeFileSync(join(consumer, "package.json"), JSON.stringify({ name: "consumer", type: "module", private: true }));
  return consumer;
}

const root = fileURLToPath(new URL("../..", import.meta.url));
