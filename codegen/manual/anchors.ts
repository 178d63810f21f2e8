/**
 * Ids of what a manual describes. They are made of names in the schema alone, so that a link to one goes on working when
 * something is added before it. Names hold no hyphens: no two of these can be the same.
 */
export function anchorOfMessage(family: string, message: string): string {
  return `message-${family}-${message}`;
}

export function anchorOfType(type: string): string {
  return `type-${type}`;
}

/** A field of a message, struct or case, a case of a union, or a value of an enum. */
export function anchorWithin(owner: string, name: string): string {
  return `${owner}-${name}`;
}

export function anchorOfFamily(family: string): string {
  return `family-${family}`;
}

export function anchorOfFlow(flow: string): string {
  return `flow-${flow}`;
}

export function anchorOfVersion(number: number): string {
  return `version-${number}`;
}
