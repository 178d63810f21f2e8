import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { bundledPage, bundlePage } from "./bundle-page.ts";

mkdirSync(dirname(bundledPage), { recursive: true });
writeFileSync(bundledPage, await bundlePage());
