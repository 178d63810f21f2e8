import { emitArbitraries } from "./arbitraries/emit-arbitraries.ts";
import { emitDissector } from "./dissector/emit-dissector.ts";
import type { SchemaDocument } from "./document.ts";
import type { GeneratedFile, GenerateOptions } from "./generate.ts";
import { emitKaitai } from "./kaitai/emit-kaitai.ts";
import { emitManual } from "./manual/emit-manual.ts";
import type { OutputName } from "./output-names.ts";
import type { Protocol } from "./protocol.ts";
import { emitCodec } from "./typescript/emit-codec.ts";
import { emitMessages } from "./typescript/emit-messages.ts";
import { emitVectors } from "./vectors/emit-vectors.ts";

/** The files of one kind that a schema gives; the document has what is in no codec: examples, flows, what is reserved. */
export type Emit = (protocol: Protocol, options: GenerateOptions, document: SchemaDocument) => readonly GeneratedFile[];

/** How each kind of output is made. */
export const outputs: Readonly<Record<OutputName, Emit>> = {
  typescript: (protocol, options) => [
    { name: "messages.ts", text: emitMessages(protocol, options) },
    { name: "codec.ts", text: emitCodec(protocol, options) },
  ],
  kaitai: emitKaitai,
  vectors: emitVectors,
  dissector: emitDissector,
  manual: emitManual,
  arbitraries: emitArbitraries,
};
