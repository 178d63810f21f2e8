import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { ConsensusEngine } from "../../runtime/server/consensus.ts";
import { lmdbEngine } from "../../runtime/server/lmdb-engine.ts";
import { bytes, Recorder } from "./recorder.ts";

/** A new directory that is removed with the test. */
export async function makeDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "hawser-lmdb-"));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

/** An engine on `directory` that is stopped with the test. */
export async function startEngine(directory: string): Promise<{ engine: ConsensusEngine; application: Recorder }> {
  const engine = lmdbEngine({ directory });
  onTestFinished(() => engine.stop());
  const application = new Recorder();
  await engine.start(application);
  return { engine, application };
}

/** Proposes `payloads` together and waits until they are applied. */
export async function proposeAll(engine: ConsensusEngine, payloads: readonly string[]): Promise<void> {
  await Promise.all(payloads.map((payload) => engine.propose(bytes(payload))));
  await engine.readBarrier();
}

/** `count` different payloads. */
export function payloadsOf(name: string, count: number): string[] {
  return Array.from({ length: count }, (_, number) => `${name}-${number}`);
}
