/** One clear line about what is wrong with the command line, then how it is used; exit code 2. */
export function exitWithUsage(error: unknown, usage: string): never {
  const problem = error instanceof Error ? error.message.split(". ")[0] : String(error);
  console.error(`${problem}\n${usage}`);
  process.exit(2);
}

/** Runs `stop` on the first Ctrl+C or SIGTERM; the second one ends the process at once. */
export function onInterrupt(stop: () => Promise<unknown>): void {
  let stopping = false;
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(130);
      stopping = true;
      void stop();
    });
  }
}
