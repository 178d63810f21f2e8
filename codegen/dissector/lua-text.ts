/** A value as Lua has it. Keys without a value are left out. */
export type LuaValue = string | number | boolean | LuaCode | readonly LuaValue[] | LuaTable;

export interface LuaTable {
  readonly [key: string]: LuaValue | undefined;
}

/** An expression, written as it is. */
export class LuaCode {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** An integer of 64 bits as a call of `wide`: Lua 5.2 has no numbers for it. */
export function wideInteger(value: bigint): LuaCode {
  return new LuaCode(`wide(${value >> 32n}, ${value & 0xffff_ffffn})`);
}

/**
 * A value as Lua reads it, in one line where that fits and else one entry per line. `used` is how much of its first line
 * something else takes, beside the indentation.
 */
export function luaText(value: LuaValue, indentation = 0, used = 0): string {
  const inOneLine = lineText(value, lineWidth - indentation - used);
  if (inOneLine !== undefined) return inOneLine;
  const inner = indentation + 2;
  const lines = entriesOf(value).map(([key, entry]) => {
    return `${" ".repeat(inner)}${key}${luaText(entry, inner, key.length + 1)},\n`;
  });
  return `{\n${lines.join("")}${" ".repeat(indentation)}}`;
}

/** A value in one line; `undefined` for a table that has no room there. What is no table is never broken. */
function lineText(value: LuaValue, room: number): string | undefined {
  if (value instanceof LuaCode) return value.text;
  if (typeof value === "string") return luaString(value);
  if (typeof value !== "object") return String(value);
  let text = "";
  for (const [key, entry] of entriesOf(value)) {
    const entryText = lineText(entry, room);
    if (entryText === undefined) return undefined;
    text += `${text === "" ? "{ " : ", "}${key}${entryText}`;
    if (text.length + " }".length > room) return undefined;
  }
  return text === "" ? "{}" : `${text} }`;
}

/** A text in quotes, in one line: Lua 5.2 has no escapes for characters beyond ASCII, which stand as they are. */
export function luaString(text: string): string {
  const escaped = text.replace(/["\\\p{Cc}]/gu, (character) => {
    if (character === '"' || character === "\\") return `\\${character}`;
    return [...Buffer.from(character)].map((byte) => `\\${String(byte).padStart(3, "0")}`).join("");
  });
  return `"${escaped}"`;
}

/** The entries of a table, each with what stands before it: its name, or nothing in a list. */
function entriesOf(value: LuaValue): readonly (readonly [string, LuaValue])[] {
  if (typeof value !== "object" || value instanceof LuaCode) return [];
  if (isList(value)) return value.map((entry) => ["", entry]);
  return Object.entries(value).flatMap(([key, entry]) => (entry === undefined ? [] : [[`${keyText(key)} = `, entry]]));
}

function isList(value: readonly LuaValue[] | LuaTable): value is readonly LuaValue[] {
  return Array.isArray(value);
}

/** Names that are words of Lua, or begin with a digit, stand in brackets. */
function keyText(key: string): string {
  if (/^[0-9]+$/.test(key)) return `[${key}]`;
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(key) && !luaWords.has(key) ? key : `[${luaString(key)}]`;
}

const luaWords: ReadonlySet<string> = new Set(
  "and break do else elseif end false for function goto if in local nil not or repeat return then true until while".split(
    " ",
  ),
);

const lineWidth = 120;
