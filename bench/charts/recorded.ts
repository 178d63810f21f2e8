import { existsSync, readFileSync } from "node:fs";
import type { ClusterFigures } from "../cluster/commands.ts";
import type { LibraryFigures } from "../codec/tables.ts";
import type { HandshakeFigures } from "../curve/handshakes.ts";
import type { ScaleFigures } from "../sessions/scale.ts";
import type { EchoFigures } from "../transport/echo.ts";

/** Where something was measured. */
export interface Machine {
  readonly node: string;
  readonly cpu: string;
  readonly cores: number;
}

interface Part {
  readonly machine: Machine;
}

/** What was recorded of what is drawn. A part that was never measured is missing. */
export interface RecordedFigures {
  readonly rpc?: Part & { readonly rows: readonly EchoFigures[]; readonly diskSyncsPerSecond: number };
  readonly codec?: Part & { readonly libraries: readonly LibraryFigures[] };
  readonly sessions?: Part & { readonly rows: readonly ScaleFigures[] };
  readonly curve?: Part & {
    readonly echoes: readonly EchoFigures[];
    readonly handshakes: readonly HandshakeFigures[];
  };
  readonly cluster?: Part & { readonly rows: readonly ClusterFigures[] };
  readonly transport?: (Part & { readonly echoes: readonly EchoFigures[] }) | undefined;
}

/** Those of bench/figures.json and bench/transport-figures.json. */
export function recordedFigures(): RecordedFigures {
  return { ...read<RecordedFigures>("../figures.json"), transport: read("../transport-figures.json") };
}

function read<Figures>(name: string): Figures | undefined {
  const file = new URL(name, import.meta.url);
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}
