import { describeType } from "./documentation.ts";
import type { Family, PrimitiveTypeNode, Type } from "./protocol.ts";

/**
 * The TypeScript type of a schema type. `family` is that of the messages which `message<L>` stands for; `use` is told of
 * every generated type that the text names, and gives the name.
 */
export function typeText(type: Type, family: Family | undefined, use: (name: string) => string = String): string {
  switch (type.kind) {
    case "primitive":
      return primitiveTypeText(type);
    case "string":
      return "string";
    case "bytes":
    case "fixedBytes":
      return "Uint8Array";
    case "list":
      return `ReadonlyArray<${typeText(type.element, family, use)}>`;
    case "map":
      return `Readonly<Record<string, ${typeText(type.value, family, use)}>>`;
    case "message":
      if (family === undefined) throw new Error(`${describeType(type)} can only be used in a field of a message`);
      return use(family.typeName);
    default:
      return use(type.name);
  }
}

function primitiveTypeText(type: PrimitiveTypeNode): string {
  switch (type.name) {
    case "bool":
      return "boolean";
    case "u64":
    case "i64":
      return "bigint";
    case "uuid":
      return "string";
    default:
      return "number";
  }
}
