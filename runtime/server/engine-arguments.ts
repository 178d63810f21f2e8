import { InvalidArgumentError } from "../protocol/errors.ts";
import { limits } from "../protocol/limits.ts";

/** What is wrong with a payload that is proposed to an engine; `undefined` where nothing is. */
export function payloadProblem(payload: unknown): InvalidArgumentError | undefined {
  if (!(payload instanceof Uint8Array)) {
    return new InvalidArgumentError(`payload is ${typeof payload}, not a Uint8Array`);
  }
  if (payload.length <= limits.entryBytesMax) return undefined;
  return new InvalidArgumentError(`payload is ${payload.length} bytes, the limit is ${limits.entryBytesMax}`);
}

/** Where an engine stands with snapshots. */
export interface SnapshotProgress {
  /** Whether one is being saved. */
  readonly isSaving: boolean;
  /** Of the last one; 0 where there is none. */
  readonly snapshotIndex: number;
  /** The last entry that the application was given. */
  readonly deliveredIndex: number;
}

/** Throws `InvalidArgumentError` unless a snapshot of the state after entry `index` can be saved now. */
export function checkSnapshot(index: number, { isSaving, snapshotIndex, deliveredIndex }: SnapshotProgress): void {
  if (isSaving) throw new InvalidArgumentError("a snapshot is being saved; wait for it before saving another");
  if (Number.isSafeInteger(index) && index > snapshotIndex && index <= deliveredIndex) return;
  const range = `above ${snapshotIndex}, the last snapshot, and at most ${deliveredIndex}, the last entry given out`;
  throw new InvalidArgumentError(`the index of a snapshot must be ${range}, not ${index}`);
}
