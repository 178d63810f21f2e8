/**
 * What every generated file says near its beginning, whatever its syntax makes of it: by this a file is known to be ours to
 * replace or remove. Without a date or the version of anything, so that the same schema always gives the same bytes.
 */
export function generatedHeader(sourceName: string): string {
  return `Generated from ${sourceName} by "hawser generate". Do not edit: change the schema and generate again.`;
}

/** Whether a file has that header in its first lines, behind whatever begins a comment; quotes may be escaped. */
export function hasGeneratedHeader(text: string): boolean {
  return /Generated from .+ by (?:\\?"|&quot;)hawser generate(?:\\?"|&quot;)\./.test(text.slice(0, 500));
}
