import type { DiagnosticSink, Span } from "../diagnostics.ts";
import {
  type Constraints,
  type FieldDefinition,
  type FieldDefinitions,
  fieldDefinition,
  type Lifetime,
  type SchemaDocument,
  type TypeDefinition,
} from "../document.ts";
import type { RuleId } from "../rules.ts";
import { child, type SchemaSource } from "../schema-source.ts";
import {
  type FieldType,
  parseFieldType,
  type TextSpan,
  type TypeExpression,
  TypeSyntaxError,
} from "../type-expression.ts";

/** A type expression of the schema, taken apart, and where it is written. */
export interface TypeSite {
  /** To the text of the expression. */
  readonly pointer: string;
  readonly type: TypeExpression;
  readonly optional: boolean;
  /** Where in the text each part is. */
  readonly spans: ReadonlyMap<TypeExpression, TextSpan>;
  /** Of the message that the expression is in; `undefined` in a named type. */
  readonly family: string | undefined;
}

/** A field, with its type taken apart; a field whose type is no type is not among them. */
export interface Field {
  readonly name: string;
  readonly pointer: string;
  readonly definition: FieldDefinition;
  readonly site: TypeSite;
  readonly lifetime: ResolvedLifetime;
}

/** What has fields: a message, a struct, or a case of a union. */
export interface FieldGroup {
  readonly kind: "message" | "struct" | "case";
  readonly name: string;
  /** To the definition. */
  readonly pointer: string;
  readonly family: string | undefined;
  /** The named type that it is, or that it is a case of. */
  readonly typeName: string | undefined;
  readonly lifetime: ResolvedLifetime;
  readonly fields: readonly Field[];
}

/** An alias of the schema, with its type taken apart. */
export interface Alias {
  readonly name: string;
  readonly pointer: string;
  readonly site: TypeSite;
  readonly constraints: Constraints;
}

/** Versions that have a thing: from `since` up to, not including, `removed`. */
export interface ResolvedLifetime {
  readonly since: number;
  readonly removed: number;
}

/** What a named type comes down to when aliases are followed, with every constraint on the way. */
export interface BaseType {
  /** A built-in type, or the name of an enum, union or struct. */
  readonly type: TypeExpression;
  readonly constraints: readonly Constraints[];
}

/** What the rules work on: the document with its types taken apart, and a way to say what is wrong with it. */
export class RuleContext {
  readonly document: SchemaDocument;
  readonly versions: readonly number[];
  readonly groups: readonly FieldGroup[];
  readonly aliases: ReadonlyMap<string, Alias>;
  readonly source: SchemaSource;
  readonly #sink: DiagnosticSink;
  readonly #damaged: readonly string[];

  constructor(document: SchemaDocument, source: SchemaSource, sink: DiagnosticSink, damaged: readonly string[]) {
    this.document = document;
    this.source = source;
    this.#sink = sink;
    this.#damaged = damaged;
    this.versions = Object.keys(document.versions)
      .map(Number)
      .toSorted((a, b) => a - b);
    this.aliases = this.#readAliases();
    this.groups = this.#readGroups();
  }

  /** Every type expression of the schema. */
  get sites(): TypeSite[] {
    const aliases = [...this.aliases.values()].map((alias) => alias.site);
    return [...aliases, ...this.groups.flatMap((group) => group.fields.map((field) => field.site))];
  }

  /** About the key at a pointer. */
  reportKey(rule: RuleId, pointer: string, message: string, hint?: string): void {
    this.#report(rule, pointer, this.source.key(pointer), message, hint);
  }

  /** About the value at a pointer. */
  reportValue(rule: RuleId, pointer: string, message: string, hint?: string): void {
    this.#report(rule, pointer, this.source.value(pointer), message, hint);
  }

  /** About a part of a type expression. */
  reportType(rule: RuleId, site: TypeSite, part: TypeExpression, message: string, hint?: string): void {
    const { offset, length } = site.spans.get(part) ?? { offset: 0, length: 1 };
    this.#report(rule, site.pointer, this.source.part(site.pointer, offset, length), message, hint);
  }

  /** Line number of the key at a pointer, to refer to from a message about something else. */
  lineOf(pointer: string): number {
    return this.#sink.lineOf(this.source.key(pointer).start);
  }

  /** The definition of a named type; names such as `constructor` are no types, although every object has them. */
  typeNamed(name: string): TypeDefinition | undefined {
    return Object.hasOwn(this.document.types, name) ? this.document.types[name] : undefined;
  }

  /** Follows aliases; `undefined` where they lead nowhere or in a circle. */
  baseOf(type: TypeExpression): BaseType | undefined {
    const constraints: Constraints[] = [];
    const seen = new Set<string>();
    let at = type;
    while (at.kind === "named") {
      const definition = this.typeNamed(at.name);
      if (definition === undefined || seen.has(at.name)) return undefined;
      if (!("type" in definition)) break;
      seen.add(at.name);
      const alias = this.aliases.get(at.name);
      if (alias === undefined) return undefined;
      constraints.push(alias.constraints);
      at = alias.site.type;
    }
    return { type: at, constraints };
  }

  #report(rule: RuleId, pointer: string, span: Span, message: string, hint: string | undefined): void {
    const inDamaged = this.#damaged.some((damaged) => pointer === damaged || pointer.startsWith(`${damaged}/`));
    if (!inDamaged) this.#sink.report(rule, span, message, hint);
  }

  #readAliases(): Map<string, Alias> {
    const aliases = new Map<string, Alias>();
    for (const [name, definition] of Object.entries(this.document.types)) {
      if (!("type" in definition)) continue;
      const pointer = child("/types", name);
      const site = this.#readType(`${pointer}/type`, definition.type, undefined);
      if (site !== undefined) aliases.set(name, { name, pointer, site, constraints: definition });
    }
    return aliases;
  }

  #readGroups(): FieldGroup[] {
    const groups: FieldGroup[] = [];
    const add = (
      group: Omit<FieldGroup, "fields" | "lifetime">,
      fieldsKey: "struct" | "fields",
      fields: FieldDefinitions | undefined,
      lifetime: ResolvedLifetime,
    ): void => {
      const pointer = `${group.pointer}/${fieldsKey}`;
      groups.push({ ...group, lifetime, fields: this.#readFields(fields ?? {}, pointer, group.family, lifetime) });
    };
    for (const [typeName, type] of Object.entries(this.document.types)) {
      const pointer = child("/types", typeName);
      const lifetime = lifetimeWithin(type, { since: 1, removed: Number.POSITIVE_INFINITY });
      if ("struct" in type) {
        add({ kind: "struct", name: typeName, pointer, family: undefined, typeName }, "struct", type.struct, lifetime);
      } else if ("union" in type) {
        for (const [name, definition] of Object.entries(type.cases)) {
          const group = {
            kind: "case",
            name,
            pointer: child(`${pointer}/cases`, name),
            family: undefined,
            typeName,
          } as const;
          add(group, "fields", definition.fields, lifetimeWithin(definition, lifetime));
        }
      }
    }
    for (const [family, messages] of Object.entries(this.document.messages)) {
      for (const [name, definition] of Object.entries(messages)) {
        const pointer = child(child("/messages", family), name);
        const lifetime = lifetimeWithin(definition, { since: 1, removed: Number.POSITIVE_INFINITY });
        add({ kind: "message", name, pointer, family, typeName: undefined }, "fields", definition.fields, lifetime);
      }
    }
    return groups;
  }

  #readFields(
    fields: FieldDefinitions,
    pointer: string,
    family: string | undefined,
    within: ResolvedLifetime,
  ): Field[] {
    return Object.entries(fields).flatMap(([name, written]) => {
      const definition = fieldDefinition(written);
      const at = child(pointer, name);
      const site = this.#readType(typeof written === "string" ? at : `${at}/type`, definition.type, family);
      if (site === undefined) return [];
      return [{ name, pointer: at, definition, site, lifetime: lifetimeWithin(definition, within) }];
    });
  }

  #readType(pointer: string, text: string, family: string | undefined): TypeSite | undefined {
    const spans = new Map<TypeExpression, TextSpan>();
    try {
      const parsed: FieldType = parseFieldType(text, spans);
      return { pointer, type: parsed.type, optional: parsed.optional, spans, family };
    } catch (error) {
      if (!(error instanceof TypeSyntaxError)) throw error;
      const span = this.source.part(pointer, error.span.offset, error.span.length);
      this.#report("T001", pointer, span, error.message, error.hint);
      return undefined;
    }
  }
}

/** The lifetime that a definition has inside what contains it. */
function lifetimeWithin(definition: Lifetime, container: ResolvedLifetime): ResolvedLifetime {
  return {
    since: Math.max(definition.since ?? container.since, container.since),
    removed: Math.min(definition.removed ?? container.removed, container.removed),
  };
}

/** Visits a type and the types in it, outer ones first. */
export function visitType(type: TypeExpression, visit: (part: TypeExpression) => void): void {
  visit(type);
  if (type.kind === "list") visitType(type.element, visit);
  if (type.kind === "map") {
    visitType(type.key, visit);
    visitType(type.value, visit);
  }
}

/** A type as it is written in a schema. */
export function typeText(type: TypeExpression): string {
  switch (type.kind) {
    case "primitive":
    case "named":
      return type.name;
    case "fixedBytes":
      return `bytes[${type.byteCount}]`;
    case "list":
      return `list<${type.length}, ${typeText(type.element)}>`;
    case "map":
      return `map<${type.length}, ${typeText(type.key)}, ${typeText(type.value)}>`;
    case "string":
    case "bytes":
    case "message":
      return `${type.kind}<${type.length}>`;
  }
}
