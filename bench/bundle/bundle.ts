import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { buildSync, type Metafile } from "esbuild";

/** Bytes of a bundle, minified, and what gzip makes of that. */
export interface Size {
  readonly minified: number;
  readonly gzipped: number;
}

/** A bundle, and the part of it that is there for the messages: the rest is the library's own, however many there are. */
export interface BundleSize extends Size {
  readonly messages: Size;
}

/** Bundles a client for Node as a program would: one module, without what is not used, minified. */
export function bundle(entry: string): BundleSize {
  const { outputFiles, metafile } = buildSync({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: "client.js",
    bundle: true,
    minify: true,
    format: "esm",
    platform: "node",
    target: "node20",
    mainFields: ["module", "main"],
    conditions: ["hawser-source"],
    nodePaths: [`${root}node_modules`],
    legalComments: "none",
    metafile: true,
    write: false,
  });
  const contents = outputFiles[0]!.contents;
  const minified = messagesBytes(metafile);
  const gzipped = gzippedBytes(contents);
  return {
    minified: contents.length,
    gzipped,
    messages: { minified, gzipped: gzipped - gzippedBytes(contents.subarray(0, contents.length - minified)) },
  };
}

/** Of the modules that are not the library's own. They stand behind those that are, since they import them. */
function messagesBytes({ outputs }: Metafile): number {
  const { inputs } = Object.values(outputs)[0]!;
  const used = Object.entries(inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
  const first = used.findIndex(([path]) => !isRuntime(path));
  const own = used.slice(first === -1 ? used.length : first);
  const misplaced = own.find(([path]) => isRuntime(path));
  if (misplaced !== undefined)
    throw new Error(`${misplaced[0]} stands behind the messages: their bytes cannot be told`);
  return own.reduce((sum, [, { bytesInOutput }]) => sum + bytesInOutput, 0);
}

function isRuntime(path: string): boolean {
  return path.startsWith("node_modules/") || path.startsWith("runtime/wire/");
}

function gzippedBytes(bytes: Uint8Array): number {
  return gzipSync(bytes, { level: 9 }).length;
}

const root = fileURLToPath(new URL("../..", import.meta.url));
