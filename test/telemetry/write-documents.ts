import { writeFileSync } from "node:fs";
import { madeDocuments } from "./documents.ts";

for (const { path, text } of madeDocuments()) writeFileSync(path, text);
