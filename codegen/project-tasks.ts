import type { GenerateTask } from "./commands/generate.ts";

/** Every schema of the repository, and where its files go. Paths are relative to the root of the repository. */
export const projectTasks: readonly Omit<GenerateTask, "check">[] = [
  {
    schema: "schema/messages.yaml",
    out: "generated/protocol",
    wireImport: "../../runtime/wire/index.ts",
    importExtension: ".ts",
  },
  {
    schema: "schema/log.yaml",
    out: "generated/log",
    wireImport: "../../runtime/wire/index.ts",
    importExtension: ".ts",
  },
  {
    schema: "schema/client-session.yaml",
    out: "generated/client-session",
    wireImport: "../../runtime/wire/index.ts",
    importExtension: ".ts",
  },
  {
    schema: "schema/zmtp-greeting.yaml",
    out: "generated/zmtp-greeting",
    wireImport: "../../runtime/wire/index.ts",
    importExtension: ".ts",
  },
  {
    schema: "schema/zmtp-command.yaml",
    out: "generated/zmtp-command",
    wireImport: "../../runtime/wire/index.ts",
    importExtension: ".ts",
  },
  {
    schema: "examples/key-value/kv.yaml",
    out: "examples/key-value/generated",
    wireImport: "hawser/wire",
    importExtension: ".ts",
  },
  {
    schema: "examples/counter/counter.yaml",
    out: "examples/counter/generated",
    wireImport: "hawser/wire",
    importExtension: ".ts",
  },
  {
    schema: "examples/work-queue/work.yaml",
    out: "examples/work-queue/generated",
    wireImport: "hawser/wire",
    importExtension: ".ts",
  },
  {
    schema: "bench/codec/schemas/batch.yaml",
    out: "bench/codec/generated/batch",
    wireImport: "hawser/wire",
    importExtension: ".ts",
  },
  {
    schema: "bench/codec/schemas/version-1.yaml",
    out: "bench/codec/generated/version-1",
    wireImport: "hawser/wire",
    importExtension: ".ts",
  },
  {
    schema: "test/nemesis/registers.yaml",
    out: "test/nemesis/generated",
    wireImport: "hawser/wire",
    importExtension: ".ts",
  },
];
