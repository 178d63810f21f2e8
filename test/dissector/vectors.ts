import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Shape } from "./shown-message.ts";

/** A message with its bytes. */
export interface Vector {
  readonly id: string;
  readonly family: string;
  readonly message: Shape;
  readonly hex: string;
}

/** A frame that is no message, and what has to be said of it. */
export interface Refusal {
  readonly id: string;
  readonly family: string;
  readonly hex: string;
  readonly code: string;
  readonly path: string;
  readonly offset: number;
}

const byHand = join(import.meta.dirname, "../conformance/vectors");
const generated = join(import.meta.dirname, "../../generated/protocol/vectors");

/** Every vector of hawser's protocol, of both versions: those that are derived by hand, and those that are generated. */
export const golden: readonly Vector[] = [
  ...["protocol-1.json", "protocol-2.json"].flatMap((name) => read<Vector>(byHand, name)),
  ...generatedNames(false).flatMap((name) => read<Vector>(generated, name)),
];

/** What codecs of both versions refuse. In the first of these files are frames that only version 1 refuses. */
export const refused: readonly Refusal[] = [
  ...read<Refusal>(byHand, "protocol-1-refused.json").filter(({ id }) => id !== "version.2"),
  ...read<Refusal>(byHand, "protocol-2-refused.json"),
  ...generatedNames(true).flatMap((name) => read<Refusal>(generated, name)),
];

function generatedNames(areRefused: boolean): readonly string[] {
  if (!existsSync(generated)) return [];
  return readdirSync(generated).filter(
    (name) => name.endsWith(".json") && name.endsWith("-refused.json") === areRefused,
  );
}

function read<T>(folder: string, name: string): readonly T[] {
  const content: unknown = JSON.parse(readFileSync(join(folder, name), "utf8"));
  return (Array.isArray(content) ? content : (content as { readonly vectors: readonly T[] }).vectors) as readonly T[];
}
