import type { InitialCoverage } from "istanbul-lib-instrument";

/**
 * How much an execution may do, counted in places of the code that it passes. Unlike time it is the same on every
 * machine, and what never ends runs out of it.
 */
export class Work {
  #spent = 0;
  #limit = Number.POSITIVE_INFINITY;

  /** From here on so much is allowed. */
  allow(limit: number): void {
    this.#spent = 0;
    this.#limit = limit;
  }

  get spent(): number {
    return this.#spent;
  }

  /** Throws again and again once the limit is passed, so that no `catch` of the code under test can hide it. */
  spend(): void {
    this.#spent += 1;
    if (this.#spent > this.#limit) throw new WorkExceeded(this.#limit);
  }
}

export class WorkExceeded extends Error {
  override readonly name = "WorkExceeded";

  constructor(limit: number) {
    super(`does more than ${limit} steps`);
  }
}

/**
 * The counters of one module: its statements, functions and the ways its branches can go. Takes the place of the object
 * in which istanbul's code counts, with all counters in one array, and with a price for each step.
 */
export class ModuleCounters {
  readonly hash: string;
  readonly hits: Uint32Array;
  readonly #statements: Uint32Array;
  readonly #functions: Uint32Array;
  readonly #branches: readonly Uint32Array[];
  readonly #work: Work;

  constructor({ hash, coverageData }: InitialCoverage, work: Work) {
    const statementCount = Object.keys(coverageData.s).length;
    const functionCount = Object.keys(coverageData.f).length;
    const branchSizes = Object.values<readonly number[]>(coverageData.b).map(({ length }) => length);
    this.hash = hash;
    this.hits = new Uint32Array(branchSizes.reduce((sum, size) => sum + size, statementCount + functionCount));
    this.#statements = this.hits.subarray(0, statementCount);
    let end = statementCount + functionCount;
    this.#functions = this.hits.subarray(statementCount, end);
    this.#branches = branchSizes.map((size) => {
      end += size;
      return this.hits.subarray(end - size, end);
    });
    this.#work = work;
  }

  /** The three names are istanbul's: its code counts by `s[3]++`, `f[0]++` and `b[2][1]++`. */
  get s(): Uint32Array {
    this.#work.spend();
    return this.#statements;
  }

  get f(): Uint32Array {
    this.#work.spend();
    return this.#functions;
  }

  get b(): readonly Uint32Array[] {
    this.#work.spend();
    return this.#branches;
  }
}

/**
 * What the inputs of one target have reached: pairs of a counter and of how often, roughly, an input passed it. A loop
 * that runs ten times is news after one that ran twice; one that runs eleven times is not.
 */
export class Coverage {
  readonly modules: readonly ModuleCounters[];
  /** A bit for each size of a count, for each counter. */
  readonly #seen: readonly Uint8Array[];

  constructor(modules: readonly ModuleCounters[]) {
    this.modules = modules;
    this.#seen = modules.map(({ hits }) => new Uint8Array(hits.length));
  }

  /** Begins an execution. */
  clear(): void {
    for (const { hits } of this.modules) hits.fill(0);
  }

  /** Ends an execution: takes in what it reached, and says whether any of it is new. */
  observe(): boolean {
    let isNew = false;
    for (const [index, { hits }] of this.modules.entries()) {
      const seen = this.#seen[index] as Uint8Array;
      for (let counter = 0; counter < hits.length; counter++) {
        const count = hits[counter] as number;
        if (count === 0) continue;
        const bit = sizeBit(count);
        if (((seen[counter] as number) & bit) !== 0) continue;
        seen[counter] = (seen[counter] as number) | bit;
        isNew = true;
      }
    }
    return isNew;
  }

  /** What an execution reached, to be compared with what another did: the sizes of all counts. */
  snapshot(): string {
    return this.modules.map(({ hits }) => Buffer.from(Array.from(hits, sizeBit)).toString("latin1")).join("");
  }

  /** The sizes of counts that each counter of a module was seen with; 0 for one that was never reached. */
  seen(module: ModuleCounters): Uint8Array {
    return this.#seen[this.modules.indexOf(module)] ?? new Uint8Array(module.hits.length);
  }
}

/** One of eight bits: for 1, 2, 3, up to 7, up to 15, up to 31, up to 127, and more. */
function sizeBit(count: number): number {
  if (count <= 3) return count === 0 ? 0 : 1 << (count - 1);
  if (count <= 7) return 8;
  if (count <= 15) return 16;
  if (count <= 31) return 32;
  return count <= 127 ? 64 : 128;
}
