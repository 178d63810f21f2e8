/** `sessionRejected` → `SessionRejected`. Names in a schema are camel case or Pascal case already. */
export function pascalCase(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** `SessionRejected` → `sessionRejected`. */
export function camelCase(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
