import type { GenerateTask } from "./commands/generate.ts";

/** Every schema of the repository, and where its files go. Paths are relative to the root of the repository. */
export const projectTasks: readonly Omit<GenerateTask, "check">[] = [
  {
    schema: "schema/messages.yaml",
    out: "generated/protocol",
    emit: ["typescript", "kaitai", "dissector", "vectors", "arbitraries", "manual"],
    wireImport: "../../runtime/wire/index.ts",
    importExtension: ".ts",
  },
  {
    schema: "schema/log.yaml",
    out: "generated/log",
    emit: ["typescript", "kaitai", "vectors", "arbitraries", "manual"],
    wireImport: "../../runtime/wire/index.ts",
    importExtension: ".ts",
  },
  {
    schema: "schema/client-session.yaml",
    out: "generated/client-session",
    emit: ["typescript", "kaitai", "vectors", "arbitraries"],
    wireImport: "../../runtime/wire/index.ts",
    importExtension: ".ts",
  },
  {
    schema: "schema/zmtp-greeting.yaml",
    out: "generated/zmtp-greeting",
    emit: ["typescript", "kaitai", "vectors"],
    wireImport: "../../runtime/wire/index.ts",
    importExtension: ".ts",
  },
  {
    schema: "schema/zmtp-command.yaml",
    out: "generated/zmtp-command",
    emit: ["typescript", "kaitai", "vectors"],
    wireImport: "../../runtime/wire/index.ts",
    importExtension: ".ts",
  },
  {
    schema: "examples/key-value/kv.yaml",
    out: "examples/key-value/generated",
    emit: ["typescript", "kaitai", "vectors"],
    wireImport: "hawser/wire",
    importExtension: ".ts",
  },
  {
    schema: "examples/counter/counter.yaml",
    out: "examples/counter/generated",
    emit: ["typescript"],
    wireImport: "hawser/wire",
    importExtension: ".ts",
  },
  {
    schema: "examples/work-queue/work.yaml",
    out: "examples/work-queue/generated",
    emit: ["typescript"],
    wireImport: "hawser/wire",
    importExtension: ".ts",
  },
  {
    schema: "bench/codec/schemas/batch.yaml",
    out: "bench/codec/generated/batch",
    emit: ["typescript"],
    wireImport: "hawser/wire",
    importExtension: ".ts",
  },
  {
    schema: "bench/codec/schemas/version-1.yaml",
    out: "bench/codec/generated/version-1",
    emit: ["typescript"],
    wireImport: "hawser/wire",
    importExtension: ".ts",
  },
  {
    schema: "test/nemesis/registers.yaml",
    out: "test/nemesis/generated",
    emit: ["typescript"],
    wireImport: "hawser/wire",
    importExtension: ".ts",
  },
  {
    schema: "test/soak/tally.yaml",
    out: "test/soak/generated",
    emit: ["typescript"],
    wireImport: "hawser/wire",
    importExtension: ".ts",
  },
];
