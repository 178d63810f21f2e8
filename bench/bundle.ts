/** `npm run bench:bundle`: what a client's codec adds to a bundle, beside other libraries. See bench/README.md. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundle } from "./bundle/bundle.ts";
import { compileHawser, compilers } from "./bundle/compilers.ts";
import { type BundleFigures, readmeTable } from "./bundle/tables.ts";
import { recordFigures } from "./figures.ts";
import { manyMessages } from "./many-messages/many-messages.ts";
import { writeReadmeTable } from "./readme.ts";

/** Those of the codec's benchmark, without what is no library and what is part of Node. */
const libraries = [
  "hawser",
  "protobufjs",
  "protobuf-es",
  "avsc",
  "msgpackr",
  "bebop",
  "flatbuffers",
  "compact-encoding",
  "sia",
] as const;

/** Messages of schema/messages.yaml, of which a client encodes one half and decodes the other. */
const messageCount = 17;

const folder = mkdtempSync(join(tmpdir(), "hawser-bench-"));
try {
  const figures = measure();
  console.table(
    figures.map(({ library, few, many }) => ({
      library,
      minified: few.minified,
      gzipped: few.gzipped,
      "each, minified": Math.round(few.messages.minified / messageCount),
      "each, gzipped": Math.round(few.messages.gzipped / messageCount),
      "200: minified": many?.minified,
      "200: gzipped": many?.gzipped,
    })),
  );
  const twoVersions = bundle(compileHawser(manyMessages(), join(folder, "two-versions"), 2));
  console.log("hawser, 200 messages in two versions:", twoVersions);
  recordFigures("bundle", { messageCount, libraries: figures, twoVersions });
  writeReadmeTable("bench:bundle", readmeTable(figures, messageCount));
} finally {
  rmSync(folder, { recursive: true });
}

function measure(): readonly BundleFigures[] {
  const model = manyMessages();
  return libraries.map((library) => {
    console.error(`${library} …`);
    const few = bundle(fileURLToPath(new URL(`./bundle/clients/${library}.ts`, import.meta.url)));
    const compile = compilers[library];
    return compile === undefined
      ? { library, few }
      : { library, few, many: bundle(compile(model, join(folder, library))) };
  });
}
