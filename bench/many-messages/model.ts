/** A schema as data, from which it is written in hawser's language and in those of others. */
export interface Model {
  /** In an order in which each stands before what uses it. */
  readonly types: readonly NamedType[];
  readonly client: readonly Message[];
  readonly server: readonly Message[];
}

export interface Message {
  readonly name: string;
  readonly fields: readonly Field[];
  readonly isNew: boolean;
}

export interface Field {
  readonly name: string;
  readonly type: Type;
  readonly isOptional: boolean;
  /** Whether version 2 brought it. Such fields are optional and stand behind the others. */
  readonly isNew: boolean;
}

export type Type =
  | { readonly kind: "bool" }
  | { readonly kind: "named"; readonly type: NamedType }
  | { readonly kind: "list"; readonly element: NamedType }
  | { readonly kind: "map"; readonly key: Alias; readonly value: NamedType };

export type NamedType = Alias | Enumeration | Structure | Union;

/** A type of the language under another name, with what must hold for it. */
export interface Alias {
  readonly kind: "alias";
  readonly name: string;
  readonly base: Base;
  /** As in hawser's language, behind the type: `range: 1.., example: 12`. */
  readonly more: string;
}

/** What every language has a word for. */
export type Base = "u8" | "u16" | "u32" | "i32" | "u53" | "i53" | "i64" | "f64" | "uuid" | "text" | "bytes";

export interface Enumeration {
  readonly kind: "enum";
  readonly name: string;
  readonly values: readonly { readonly name: string; readonly isNew: boolean }[];
  /** Whether numbers without a name are kept. */
  readonly isOpen: boolean;
}

export interface Structure {
  readonly kind: "struct";
  readonly name: string;
  readonly fields: readonly Field[];
}

export interface Union {
  readonly kind: "union";
  readonly name: string;
  readonly cases: readonly Message[];
}
