import type { Span } from "../diagnostics.ts";
import type { FieldDefinition, SchemaDocument } from "../document.ts";
import type { ResolvedLifetime, RuleContext, TypeSite } from "../rules/rule-context.ts";
import { child } from "../schema-source.ts";
import type { TypeExpression } from "../type-expression.ts";
import type { LintId } from "./lints.ts";

/** What a lint has to say, before it is known whether somebody allows it. */
export interface Finding {
  readonly lint: LintId;
  readonly span: Span;
  readonly message: string;
  readonly hint: string;
}

/** What lints work on: a schema that keeps every rule, and a way to say what could be better. */
export class LintContext {
  readonly schema: RuleContext;
  readonly findings: Finding[] = [];
  /** The first version that may still change; infinite where there is none. */
  readonly #firstDraft: number;

  constructor(schema: RuleContext) {
    this.schema = schema;
    const drafts = Object.entries(schema.document.versions).filter(([, { status }]) => status === "draft");
    this.#firstDraft = Math.min(...drafts.map(([number]) => Number(number)));
  }

  get document(): SchemaDocument {
    return this.schema.document;
  }

  /**
   * Whether what has this lifetime may still be made in another way. What a frozen version has may not: advice about its
   * bytes, or about what is accepted, would come too late.
   */
  isOpen({ since }: Pick<ResolvedLifetime, "since">): boolean {
    return since >= this.#firstDraft;
  }

  /** The lifetime of a named type. */
  lifetimeOf(typeName: string): Pick<ResolvedLifetime, "since"> {
    return { since: this.schema.typeNamed(typeName)?.since ?? 1 };
  }

  /** About the key at a pointer. */
  reportKey(lint: LintId, pointer: string, message: string, hint: string): void {
    this.findings.push({ lint, span: this.schema.source.key(pointer), message, hint });
  }

  /** About a part of a type expression. */
  reportType(lint: LintId, site: TypeSite, part: TypeExpression, message: string, hint: string): void {
    const { offset, length } = site.spans.get(part) ?? { offset: 0, length: 1 };
    this.findings.push({ lint, span: this.schema.source.part(site.pointer, offset, length), message, hint });
  }

  /** About the value at a pointer. */
  reportValue(lint: LintId, pointer: string, message: string, hint: string): void {
    this.findings.push({ lint, span: this.schema.source.value(pointer), message, hint });
  }
}

/** A field or alias: what has a type, constraints and perhaps a unit. */
export interface TypedThing {
  readonly name: string;
  /** To its definition. */
  readonly pointer: string;
  readonly site: TypeSite;
  readonly definition: FieldDefinition;
  readonly lifetime: Pick<ResolvedLifetime, "since">;
}

/** Every alias and every field. */
export function* typedThings(context: LintContext): Generator<TypedThing> {
  const { aliases, groups } = context.schema;
  for (const { name, site, pointer } of aliases.values()) {
    const definition = context.document.types[name];
    if (definition !== undefined && "type" in definition) {
      yield { name, pointer, site, definition, lifetime: context.lifetimeOf(name) };
    }
  }
  for (const group of groups) yield* group.fields;
}

/** A definition that has a doc, with the names that it stands under. */
export interface DocumentedThing {
  readonly names: readonly string[];
  /** To the doc. */
  readonly pointer: string;
  readonly doc: string;
}

/** Every doc of the schema. */
export function* documentedThings(context: LintContext): Generator<DocumentedThing> {
  yield* docsWithin(context.document, "", []);
}

/** A schema has docs in mappings, and the keys on the way to them are names; examples and defaults hold no docs. */
function* docsWithin(value: unknown, pointer: string, names: readonly string[]): Generator<DocumentedThing> {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return;
  for (const [key, entry] of Object.entries(value)) {
    const isDoc = key === "doc" && typeof entry === "string";
    if (isDoc) yield { names, pointer: child(pointer, key), doc: entry };
    else if (!valueKeys.has(key)) yield* docsWithin(entry, child(pointer, key), [...names, key]);
  }
}

const valueKeys: ReadonlySet<string> = new Set(["default", "example", "examples"]);
