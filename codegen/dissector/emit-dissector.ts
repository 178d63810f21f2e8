import type { SchemaDocument } from "../document.ts";
import type { GeneratedFile, GenerateOptions } from "../generate.ts";
import { generatedHeader } from "../generated-header.ts";
import type { Protocol } from "../protocol.ts";
import { directionLua } from "./lua/direction.ts";
import { fieldsLua } from "./lua/fields.ts";
import { framesLua } from "./lua/frames.ts";
import { integersLua } from "./lua/integers.ts";
import { readingLua } from "./lua/reading.ts";
import { streamsLua } from "./lua/streams.ts";
import { valuesLua } from "./lua/values.ts";
import { zmtpLua } from "./lua/zmtp.ts";
import { luaText } from "./lua-text.ts";
import { schemaTable } from "./schema-tables.ts";

/** `<protocol>.lua`, for Wireshark: the schema as tables of Lua, and behind it the same program for every schema. */
export function emitDissector(
  protocol: Protocol,
  { sourceName }: Pick<GenerateOptions, "sourceName">,
  document: SchemaDocument,
): readonly GeneratedFile[] {
  const parts = [
    `-- ${generatedHeader(sourceName)}
--
-- A dissector of the protocol ${protocol.name} for Wireshark 4, with Lua 5.2 or 5.4. It goes into the folder of personal Lua
-- plugins (Help > About Wireshark > Folders); once: tshark -X lua_script:${protocol.name}.lua -r FILE.
`,
    integersLua,
    `-- The protocol as its schema describes it.
local schema = ${luaText(schemaTable(protocol, document))}
`,
    fieldsLua,
    readingLua,
    valuesLua,
    directionLua,
    framesLua,
    zmtpLua,
    streamsLua,
  ];
  return [{ name: `${protocol.name}.lua`, text: parts.join("\n") }];
}
