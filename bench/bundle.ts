/** `npm run bench:bundle`: what a client's codec adds to a bundle, beside other libraries. See bench/README.md. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundle } from "./bundle/bundle.ts";
import { compilers } from "./bundle/compilers.ts";
import { type BundleFigures, readmeTable } from "./bundle/tables.ts";
import { recordFigures } from "./figures.ts";
import { manyMessages } from "./many-messages/many-messages.ts";
import { writeTable } from "./readme.ts";

/** Those of the codec's benchmark, without what is no library and what is part of Node. */
const libraries = [
  "hawser",
  "hawser-two-versions",
  "protobufjs",
  "protobuf-es",
  "avsc",
  "msgpackr",
  "bebop",
  "flatbuffers",
  "compact-encoding",
  "sia",
] as const;

/** Messages of version 1 of schema/messages.yaml, of which a client encodes one half and decodes the other. */
const messageCount = 17;
/** Those of both versions. */
const messageCountOfBoth = 21;

const folder = mkdtempSync(join(tmpdir(), "hawser-bench-"));
try {
  const figures = measure();
  console.table(
    figures.map(({ library, messageCount: count, few, many }) => ({
      library,
      minified: few.minified,
      gzipped: few.gzipped,
      "each, minified": Math.round(few.messages.minified / count),
      "each, gzipped": Math.round(few.messages.gzipped / count),
      "200: minified": many?.minified,
      "200: gzipped": many?.gzipped,
    })),
  );
  recordFigures("bundle", { libraries: figures });
  writeTable("README.md", "bench:bundle", readmeTable(figures));
} finally {
  rmSync(folder, { recursive: true });
}

function measure(): readonly BundleFigures[] {
  const model = manyMessages();
  return libraries.map((library) => {
    console.error(`${library} …`);
    const few = bundle(fileURLToPath(new URL(`./bundle/clients/${library}.ts`, import.meta.url)));
    const count = library === "hawser-two-versions" ? messageCountOfBoth : messageCount;
    const compile = compilers[library];
    const compiled = compile === undefined ? {} : { many: bundle(compile(model, join(folder, library))) };
    return { library, messageCount: count, few, ...compiled };
  });
}
