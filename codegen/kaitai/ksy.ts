/** What a .ksy file says, in the words of Kaitai Struct. Keys stand in the order in which they are printed. */
export interface Ksy {
  readonly meta: Readonly<Record<string, string | number>>;
  readonly doc: string;
  readonly seq: readonly KsyAttribute[];
  readonly types: Readonly<Record<string, KsyType>>;
  readonly enums?: Readonly<Record<string, KsyEnum>>;
}

export interface KsyType {
  readonly doc?: string;
  readonly seq: readonly KsyAttribute[];
}

export type KsyEnum = Readonly<Record<string, { readonly id: string; readonly doc: string }>>;

export interface KsyAttribute {
  readonly id: string;
  readonly doc?: string;
  readonly if?: string;
  readonly contents?: readonly number[];
  readonly type?: string | KsySwitch;
  readonly enum?: string;
  readonly size?: number | string;
  readonly "size-eos"?: true;
  readonly encoding?: "UTF-8" | "ASCII";
  readonly repeat?: "expr" | "eos";
  readonly "repeat-expr"?: number | string;
  readonly valid?: KsyValid;
}

export interface KsySwitch {
  readonly "switch-on": string;
  readonly cases: Readonly<Record<string, string>>;
}

export type KsyValid =
  | number
  | boolean
  | { readonly min?: number; readonly max?: number }
  | { readonly expr: string }
  | { readonly "any-of": readonly (number | string)[] };

/** The type of a message inside another one. */
export const innerMessage = "inner_message";

/** No number is valid. As an expression, C# could not compile it where the attribute may be absent. */
export const nothing: KsyValid = { min: 1, max: 0 };

/** The first byte behind a message that has to fill what it is in: where there is one, the frame is refused. */
export const surplus: KsyAttribute = {
  id: "surplus",
  doc: "The first byte behind the last field; a frame that has one is refused.",
  if: "not _io.eof",
  type: "u1",
  valid: nothing,
};
