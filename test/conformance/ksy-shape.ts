import { parse } from "yaml";

/** What a driver has to know of a .ksy in languages that cannot look at their own objects. */
export interface KsyShape {
  readonly id: string;
  /** The frame itself first; its name is empty. */
  readonly types: readonly KsyTypeShape[];
}

export interface KsyTypeShape {
  readonly name: string;
  readonly members: readonly KsyMember[];
}

export interface KsyMember {
  readonly id: string;
  /** `struct` has the name of one type, `switch` those of all that may stand there. */
  readonly kind: "bool" | "bytes" | "enum" | "float" | "integer" | "string" | "struct" | "switch";
  readonly types: readonly string[];
  readonly isRepeated: boolean;
  /** The flag that says whether the member is there. */
  readonly flag: { readonly id: string; readonly isBool: boolean } | undefined;
}

interface Attribute {
  readonly id: string;
  readonly type?: string | { readonly cases: Readonly<Record<string, string>> };
  readonly enum?: string;
  readonly if?: string;
  readonly repeat?: string;
}

interface ParsedKsy {
  readonly meta: { readonly id: string };
  readonly seq: readonly Attribute[];
  readonly types: Readonly<Record<string, { readonly seq: readonly Attribute[] }>>;
}

export function ksyShape(text: string): KsyShape {
  const ksy: ParsedKsy = parse(text);
  const types = [{ name: "", seq: ksy.seq }, ...Object.entries(ksy.types).map(([name, { seq }]) => ({ name, seq }))];
  return {
    id: ksy.meta.id,
    types: types.map(({ name, seq }) => ({ name, members: seq.filter(isShown).map(memberOf) })),
  };
}

/** `any_message` → `AnyMessage`, as Kaitai Struct names types. */
export function upperCamel(id: string): string {
  return id
    .split("_")
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join("");
}

/** What stands behind a message is there only in frames that are refused. */
function isShown({ id }: Attribute): boolean {
  return id !== "surplus";
}

function memberOf({ id, type, enum: enumName, if: condition, repeat }: Attribute): KsyMember {
  const [flag] = condition?.split(" == ") ?? [];
  return {
    id,
    ...kindOf(type, enumName),
    isRepeated: repeat !== undefined,
    flag: flag === undefined ? undefined : { id: flag, isBool: flag === condition },
  };
}

function kindOf(type: Attribute["type"], enumName: string | undefined): Pick<KsyMember, "kind" | "types"> {
  if (type === undefined) return { kind: "bytes", types: [] };
  if (typeof type !== "string") return { kind: "switch", types: Object.values(type.cases) };
  if (type === "str") return { kind: "string", types: [] };
  if (enumName !== undefined) return { kind: "enum", types: [] };
  if (type === "b1") return { kind: "bool", types: [] };
  if (/^f[48]$/.test(type)) return { kind: "float", types: [] };
  return /^(?:[us][1248]|b\d+)$/.test(type) ? { kind: "integer", types: [] } : { kind: "struct", types: [type] };
}
