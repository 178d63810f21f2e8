/** Integer types that may carry a length or a count on the wire. */
export type LengthType = "u8" | "u16" | "u32" | "i8" | "i16" | "i32";

/** Types without parts. `i53` and `u53` are eight bytes on the wire and a checked safe integer in TypeScript. */
export type PrimitiveType =
  | "bool"
  | "u8"
  | "u16"
  | "u32"
  | "u53"
  | "u64"
  | "i8"
  | "i16"
  | "i32"
  | "i53"
  | "i64"
  | "f32"
  | "f64"
  | "uuid";

/** A type as written in a schema, taken apart. */
export type TypeExpression =
  | { readonly kind: "primitive"; readonly name: PrimitiveType }
  | { readonly kind: "string"; readonly length: LengthType }
  | { readonly kind: "bytes"; readonly length: LengthType }
  | { readonly kind: "fixedBytes"; readonly byteCount: number }
  | { readonly kind: "list"; readonly length: LengthType; readonly element: TypeExpression }
  | { readonly kind: "map"; readonly length: LengthType; readonly key: TypeExpression; readonly value: TypeExpression }
  | { readonly kind: "message"; readonly length: LengthType }
  | { readonly kind: "named"; readonly name: string };

/** What a field's `type` says: the type, and whether the field may be absent (`T?`). */
export interface FieldType {
  readonly type: TypeExpression;
  readonly optional: boolean;
}
