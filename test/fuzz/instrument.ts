import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { createInstrumenter, readInitialCoverage } from "istanbul-lib-instrument";
import { ts } from "ts-morph";
import { ModuleCounters, type Work } from "./coverage.ts";

const root = join(import.meta.dirname, "../..");

/** A module whose code counts what it does. */
export interface InstrumentedModule {
  readonly exports: Readonly<Record<string, unknown>>;
  readonly counters: readonly ModuleCounters[];
}

/**
 * Modules that count their steps, beside the real ones: TypeScript becomes JavaScript, istanbul puts the counters in, and
 * what comes out is imported from a folder of its own.
 */
export class InstrumentedCode {
  readonly #folder = mkdtempSync(join(tmpdir(), "hawser-fuzz-"));
  readonly #work: Work;
  readonly #wire: readonly ModuleCounters[];

  constructor(work: Work) {
    this.#work = work;
    writeFileSync(join(this.#folder, "package.json"), '{ "type": "module" }');
    mkdirSync(join(this.#folder, "wire"));
    const names = readdirSync(join(root, "runtime/wire"));
    this.#wire = names.map((name) =>
      this.#write(`wire/${name}`, readFileSync(join(root, "runtime/wire", name), "utf8")),
    );
  }

  /** A codec from its source. It gets the instrumented `runtime/wire`, wherever it imports that from. */
  async codec(name: string, source: string): Promise<InstrumentedModule> {
    const text = source.replace(/(import \* as wire from )"[^"]+"/, '$1"./wire/index.ts"');
    const counters = this.#write(`${name}.ts`, text);
    const exports: unknown = await import(this.#url(`${name}.js`));
    return { exports: exports as InstrumentedModule["exports"], counters: [...this.#wire, counters] };
  }

  /** The classes and functions of the instrumented `runtime/wire`. */
  async wire(): Promise<InstrumentedModule["exports"]> {
    const exports: unknown = await import(this.#url("wire/index.js"));
    return exports as InstrumentedModule["exports"];
  }

  /** Modules that are imported already go on working. */
  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #write(name: string, source: string): ModuleCounters {
    const path = join(this.#folder, name.replace(/\.ts$/, ".js"));
    const { outputText } = ts.transpileModule(source, { compilerOptions });
    const text = createInstrumenter({ esModules: true, coverageVariable }).instrumentSync(outputText, path);
    const initial = readInitialCoverage(text);
    if (initial === null) throw new Error(`${name} was given no counters`);
    const counters = new ModuleCounters(initial, this.#work);
    // The code takes the object that stands here for its path and hash, before it makes one.
    coverageByPath[path] = counters;
    writeFileSync(path, text);
    return counters;
  }

  #url(name: string): string {
    return pathToFileURL(join(this.#folder, name)).href;
  }
}

const compilerOptions: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  verbatimModuleSyntax: true,
  rewriteRelativeImportExtensions: true,
};

/** Name of the global variable by which instrumented code finds its counters. */
const coverageVariable = "__hawserFuzz__";
const coverageByPath: Record<string, ModuleCounters> = {};
Reflect.set(globalThis, coverageVariable, coverageByPath);
