/**
 * A schema as it is written: the YAML as plain, validated, read-only data.
 *
 * `loadSchema` makes it and vouches for it: the shape is that of schema/meta-schema.json and every semantic rule holds
 * (types exist, tags are unique, examples fit, ...). Nothing is resolved here: type expressions are still text, and what
 * a definition leaves out is left out. Record keys keep the order of the file, which is the order on the wire.
 */
export interface SchemaDocument {
  /** Lower-case name of the protocol. */
  readonly protocol: string;
  readonly doc: string;
  /** By number, from 1 without gaps. More than one only where `frame.version` is there to tell them apart. */
  readonly versions: Readonly<Record<string, VersionDefinition>>;
  readonly frame: FrameDefinition;
  readonly types: Readonly<Record<string, TypeDefinition>>;
  /** Messages by family; tags are unique in a family. */
  readonly messages: Readonly<Record<string, FamilyDefinition>>;
  /** By family: tags and names of removed messages, which no message may take again. */
  readonly reserved?: Readonly<Record<string, readonly ReservedEntry[]>>;
  readonly flows?: Readonly<Record<string, FlowDefinition>>;
}

export interface VersionDefinition {
  readonly status: "draft" | "frozen" | "retired";
  /** How bools and presence flags are written: one bit (what follows is not realigned) or one byte. */
  readonly packing: "bit" | "byte";
  readonly doc: string;
}

export interface FrameDefinition {
  /** ASCII text that opens every message. */
  readonly magic?: string;
  /** Integer type of the version on the wire; without it the schema has exactly one version. */
  readonly version?: "u8" | "u16";
  /** Type of the tags of messages; with `string<u8>` they are texts. */
  readonly tag: "u8" | "u16" | "string<u8>";
  /** Default: big. */
  readonly byteOrder?: "big" | "little";
  /** Default of a local limit on one message: a number of bytes, or of KiB, MiB, GiB (`64MiB`). */
  readonly maxSize?: string;
  /** What a decoder does with bytes after the last field. Default: reject. */
  readonly trailing?: "ignore" | "reject";
}

/** The four kinds of type, told apart by the one key that each has: `type`, `enum`, `union` or `struct`. */
export type TypeDefinition = AliasDefinition | EnumDefinition | UnionDefinition | StructDefinition;

/** From which version on something is there, no longer there, or not to be used any more. */
export interface Lifetime {
  /** First version that has this. Default: that of what contains it, or 1. */
  readonly since?: number;
  /** First version that no longer has this. */
  readonly removed?: number;
  /** First version in which this should not be used any more. */
  readonly deprecated?: number;
}

/** What a value must satisfy beyond its type. */
export interface Constraints {
  /** Of an integer: `1..36`, `0..`, `..1024`; both ends included. Text, so that 64-bit bounds keep every digit. */
  readonly range?: string;
  /** Values (of an integer or string) that are refused. */
  readonly not?: readonly (number | bigint | string)[];
  /** Of a string or bytes, in bytes; written as a range. */
  readonly length?: string;
  /** Of a list or map, in entries; written as a range. */
  readonly count?: string;
  /** Regular expression (of JavaScript, flag u) that a string must match as a whole. */
  readonly pattern?: string;
  /** Who checks: both sides (default), or the encoder only, so that a decoder accepts what breaks a constraint. */
  readonly check?: "both" | "encode";
}

export interface AliasDefinition extends Constraints, Pick<Lifetime, "since" | "deprecated"> {
  /** A type expression; never optional. */
  readonly type: string;
  /** What an integer means; for documentation and tools. Has a `unit`. */
  readonly as?: "instant" | "duration";
  readonly unit?: Unit;
  readonly example?: SchemaValue;
  readonly doc: string;
}

export type Unit = "ns" | "us" | "ms" | "s" | "bytes";

export interface EnumDefinition extends Pick<Lifetime, "since" | "deprecated"> {
  /** Integer type on the wire. */
  readonly enum: "u8" | "u16" | "u32";
  /** What a decoder does with a number that no value has: refuse it (default), or give `{ unknown: number }`. */
  readonly unknown?: "reject" | "keep";
  readonly values: Readonly<Record<string, EnumValueDefinition>>;
  readonly reserved?: readonly ReservedEntry[];
  readonly example?: string;
  readonly doc: string;
}

export interface EnumValueDefinition extends Lifetime {
  readonly tag: number;
  readonly doc: string;
}

export interface UnionDefinition extends Pick<Lifetime, "since" | "deprecated"> {
  /** Integer type of the tag on the wire. */
  readonly union: "u8" | "u16";
  readonly cases: Readonly<Record<string, CaseDefinition>>;
  readonly reserved?: readonly ReservedEntry[];
  readonly example?: SchemaValue;
  readonly doc: string;
}

export interface CaseDefinition extends Lifetime {
  readonly tag: number;
  readonly doc: string;
  readonly fields?: FieldDefinitions;
}

export interface StructDefinition extends Pick<Lifetime, "since" | "deprecated"> {
  readonly struct: FieldDefinitions;
  readonly example?: SchemaValue;
  readonly doc: string;
}

/**
 * A tag, an inclusive range of tags (`10..19`), or a name, that was used once and is not to be used again. Where tags are
 * texts, a text is both a tag and a name.
 */
export type ReservedEntry = number | string;

/** Fields by name, in the order of the wire. A field without more to say is its type expression alone. */
export type FieldDefinitions = Readonly<Record<string, string | FieldDefinition>>;

export interface FieldDefinition extends Constraints, Lifetime {
  /** A type expression; `T?` is optional. */
  readonly type: string;
  /** What a decoder reports, and an encoder takes as "nothing lost", where the version lacks the field. */
  readonly default?: SchemaValue;
  /** true: encoding for a version without the field drops the value. false (default): it fails unless it is the default. */
  readonly ignorable?: boolean;
  readonly example?: SchemaValue;
  readonly unit?: Unit;
  readonly doc?: string;
}

export type FamilyDefinition = Readonly<Record<string, MessageDefinition>>;

export interface MessageDefinition extends Lifetime {
  /** A number, or printable ASCII where `frame.tag` is `string<u8>`. */
  readonly tag: number | string;
  readonly doc: string;
  readonly fields?: FieldDefinitions;
  /** Further examples by name: the fields that differ from the examples of their types; null is absent. */
  readonly examples?: Readonly<Record<string, Readonly<Record<string, SchemaValue>>>>;
}

/** Which message asks and which answer; names may be in different families. */
export interface FlowDefinition {
  readonly ask: string;
  readonly answer: readonly string[];
  /** The field of the asking message that every answer repeats; each of them has it, of the same type. */
  readonly match?: string;
  readonly doc?: string;
}

/**
 * A value in a schema (`example`, `default`), by the type it is of:
 * bool → boolean; integers → number, or bigint beyond the safe integers; f32, f64 → number; string, uuid, enum → string;
 * bytes → text (its UTF-8) or `{ hex: "00 ff" }`; list → sequence; map and struct → mapping;
 * union → mapping with `type` (the name of the case) and the fields of the case; an absent optional → null or left out.
 */
export type SchemaValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly SchemaValue[]
  | { readonly [key: string]: SchemaValue };

/** The long form of a field. */
export function fieldDefinition(field: string | FieldDefinition): FieldDefinition {
  return typeof field === "string" ? { type: field } : field;
}
