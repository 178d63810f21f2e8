import { baseType } from "../layout.ts";
import type { Field, Lifetime, Protocol, Type } from "../protocol.ts";

/** When something is there, as a condition on `version`: `version >= 2 && version < 4`. */
export class VersionConditions {
  readonly #all: Lifetime;
  readonly #isVersioned: boolean;
  readonly #differing = new Map<Type, boolean>();

  constructor({ versions, frame }: Protocol) {
    const numbers = versions.map(({ number }) => number);
    this.#all = { since: Math.min(...numbers), removed: Math.max(...numbers) + 1, deprecated: undefined };
    this.#isVersioned = frame.version !== undefined;
  }

  /** Whether functions for messages need to know the version at all. */
  get isVersioned(): boolean {
    return this.#isVersioned;
  }

  /** In the versions that have its owner, of those that are not retired; `always` and `never` are about these alone. */
  of({ since, removed = Infinity }: Lifetime, owner: Lifetime = this.#all): "always" | "never" | string {
    const first = Math.max(owner.since, this.#all.since);
    const end = Math.min(owner.removed ?? Infinity, this.#all.removed ?? Infinity);
    if (since >= end || removed <= first) return "never";
    const parts = [
      ...(since > first ? [`version >= ${since}`] : []),
      ...(removed < end ? [`version < ${removed}`] : []),
    ];
    return parts.length === 0 ? "always" : parts.join(" && ");
  }

  /** Whether a type has other values in one version than in another. */
  differ(type: Type): boolean {
    const known = this.#differing.get(type);
    if (known !== undefined) return known;
    const differs = this.#compare(type);
    this.#differing.set(type, differs);
    return differs;
  }

  #compare(type: Type): boolean {
    const base = baseType(type);
    switch (base.kind) {
      case "list":
        return this.differ(base.element);
      case "map":
        return this.differ(base.key) || this.differ(base.value);
      case "enum":
        return base.values.some((value) => this.#comesOrGoes(value, base));
      case "union":
        return base.cases.some((unionCase) => {
          return this.#comesOrGoes(unionCase, base) || this.#fieldsDiffer(unionCase.fields, unionCase);
        });
      case "struct":
        return this.#fieldsDiffer(base.fields, base);
      case "message":
        return this.#isVersioned;
      default:
        return false;
    }
  }

  #fieldsDiffer(fields: readonly Field[], owner: Lifetime): boolean {
    return fields.some((field) => this.#comesOrGoes(field, owner) || this.differ(field.type));
  }

  #comesOrGoes(lifetime: Lifetime, owner: Lifetime): boolean {
    const condition = this.of(lifetime, owner);
    return condition !== "always" && condition !== "never";
  }
}
