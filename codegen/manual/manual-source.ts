import type { SchemaDocument } from "../document.ts";
import { isPresent, layoutIn, layoutsOf } from "../layout.ts";
import type { Family, Lifetime, Message, NamedType, Protocol, Version } from "../protocol.ts";
import { anchorOfMessage } from "./anchors.ts";
import { type BadgeInline, badge, codeLink, type LinkInline } from "./block.ts";

/** What a manual is made from: the resolved schema, and the document for what is in no codec. */
export interface ManualSource {
  readonly protocol: Protocol;
  readonly document: SchemaDocument;
}

/** The versions in which a message or type is the same bytes, oldest first; one group for each layout. */
export function layoutGroups(owner: Message | NamedType, { protocol }: ManualSource): (readonly Version[])[] {
  const present = protocol.versions.filter((version) => isPresent(owner, version));
  return layoutsOf(owner, protocol).map(({ version }) =>
    present.filter((candidate) => layoutIn(owner, candidate, protocol).version === version),
  );
}

/** `version 1`, `versions 1 and 2`, `versions 1 to 4` */
export function versionsText(versions: readonly Version[]): string {
  const numbers = versions.map(({ number }) => number);
  const [first, second] = numbers;
  if (numbers.length === 1) return `version ${first}`;
  if (numbers.length === 2) return `versions ${first} and ${second}`;
  const last = numbers.at(-1) ?? 0;
  const isRun = last - (first ?? 0) + 1 === numbers.length;
  return isRun ? `versions ${first} to ${last}` : `versions ${numbers.slice(0, -1).join(", ")} and ${last}`;
}

/** In which of the versions that are spoken a thing is there; `no version` for what is on its way out. */
export function lifetimeText(lifetime: Lifetime, { protocol }: ManualSource): string {
  const present = protocol.versions.filter((version) => isPresent(lifetime, version));
  if (present.length === 0) return "no version";
  const { deprecated } = lifetime;
  return versionsText(present) + (deprecated === undefined ? "" : `, deprecated from version ${deprecated} on`);
}

/** The same in the column of a table: `v1, v2`. */
export function lifetimeNumbers(lifetime: Lifetime, { protocol }: ManualSource): string {
  const present = protocol.versions.filter((version) => isPresent(lifetime, version));
  const numbers = present.map(({ number }) =>
    isDeprecated(lifetime, number) ? `v${number} (deprecated)` : `v${number}`,
  );
  return numbers.length === 0 ? "none" : numbers.join(", ");
}

export function isDeprecated({ deprecated }: Lifetime, number: number): boolean {
  return deprecated !== undefined && deprecated <= number;
}

/** Of more than one version, which ones have a thing. */
export function lifetimeBadges(lifetime: Lifetime, source: ManualSource): readonly BadgeInline[] {
  return source.protocol.versions.length === 1 && isEverywhere(lifetime, source)
    ? []
    : [badge(lifetimeText(lifetime, source))];
}

/** Whether every version that is spoken has a thing, and none calls it deprecated. */
export function isEverywhere(lifetime: Lifetime, { protocol }: ManualSource): boolean {
  return lifetime.deprecated === undefined && protocol.versions.every((version) => isPresent(lifetime, version));
}

/** The messages of this name, with their families. */
export function messagesNamed(
  name: string,
  { protocol }: ManualSource,
): { readonly family: Family; readonly message: Message }[] {
  return protocol.families.flatMap((family) =>
    family.messages.flatMap((message) => (message.name === name ? [{ family, message }] : [])),
  );
}

export function messageLink(family: Family, message: Message, source: ManualSource): LinkInline {
  return codeLink(anchorOfMessage(family.name, message.name), messageTitle(family, message, source));
}

/** The name of a message; with its family where two have one of this name. */
export function messageTitle(family: Family, { name }: Message, source: ManualSource): string {
  return messagesNamed(name, source).length > 1 ? `${family.name}.${name}` : name;
}
