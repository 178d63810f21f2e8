import { Lexer, type YAMLError } from "yaml";
import type { Span } from "./diagnostics.ts";
import type { RuleId } from "./rules.ts";

/** What the YAML parser found, in the words of this project. */
export interface YamlProblem {
  readonly rule: RuleId;
  readonly span: Span;
  readonly message: string;
  readonly hint?: string;
}

/** Says what a YAML error means for someone who writes a schema, and points to the cause rather than to the symptom. */
export function describeYamlError(error: YAMLError, text: string): YamlProblem {
  const span = { start: error.pos[0], end: error.pos[1] };
  switch (error.code) {
    case "TAB_AS_INDENT":
      return { rule: "S002", span, message: "a tab cannot indent YAML", hint: "use two spaces" };
    case "MULTIPLE_DOCS": {
      const message = "a second document begins here";
      return { rule: "S001", span: { ...span, end: span.start + 3 }, message, hint: "one file holds one schema" };
    }
    case "BLOCK_AS_IMPLICIT_KEY":
    case "MULTILINE_IMPLICIT_KEY":
      return describeNestedMapping(error, text);
    case "BAD_INDENT":
      return describeBadIndent(span, text);
    case "BAD_SCALAR_START": {
      const message = `a text cannot begin with "${text.slice(span.start, span.end)}"`;
      return { rule: "S001", span, message, hint: "put the text in quotes" };
    }
    case "BAD_DQ_ESCAPE": {
      const message = `"${text.slice(span.start, span.start + 2)}" is not an escape sequence`;
      return { rule: "S001", span, message, hint: "write \\\\ for a backslash, or use single quotes" };
    }
    case "TAG_RESOLVE_FAILED": {
      const message = `the tag "${text.slice(span.start, span.end)}" is not part of the language`;
      return { rule: "S004", span, message, hint: "leave it out; quote a text that begins with !" };
    }
    case "MISSING_CHAR":
      if (error.message.startsWith("Missing closing")) return describeOpenQuote(text, span);
      if (error.message.startsWith("Flow ")) return describeOpenBracket(text, span);
  }
  return describeOther(error, span, text);
}

/** One colon too many (`a: b: c`), one too few, or a line that is indented although the line above has a value already. */
function describeNestedMapping(error: YAMLError, text: string): YamlProblem {
  const [start] = error.pos;
  const lineEnd = endOfLine(text, start);
  if (text.slice(0, start).split(/\r|\n/).at(-1)?.trim() === "") {
    const message = `"${text.slice(start, lineEnd)}" is a key without a value`;
    return {
      rule: "S001",
      span: { start, end: lineEnd },
      message,
      hint: "write name: value, with a space after the colon",
    };
  }
  const colon = text.slice(start, lineEnd).search(/:(\s|$)/);
  if (colon < 0) {
    const next = text.slice(lineEnd).search(/[^\s]/) + lineEnd;
    const span = { start: next, end: endOfLine(text, next) };
    const message = "this line is indented deeper than the one above, which has its value already";
    return { rule: "S001", span, message, hint: "indent both alike" };
  }
  const span = { start: start + colon, end: start + colon + 1 };
  return { rule: "S001", span, message: 'a second ": " in one line', hint: 'a text with ": " inside needs quotes' };
}

function describeBadIndent(span: Span, text: string): YamlProblem {
  const open = openBracketBefore(text, span.start);
  if (open !== undefined) return describeOpenBracket(text, span);
  const first = /[^\s]/.exec(text.slice(span.start));
  const start = span.start + (first?.index ?? 0);
  const message = "this line is indented like none of those it could belong to";
  return {
    rule: "S001",
    span: { start, end: endOfLine(text, start) },
    message,
    hint: "keys of one mapping start in the same column",
  };
}

function describeOpenBracket(text: string, span: Span): YamlProblem {
  const open = openBracketBefore(text, span.start) ?? span.start;
  const bracket = text[open] ?? "{";
  const message = `this "${bracket}" is never closed`;
  return {
    rule: "S001",
    span: { start: open, end: open + 1 },
    message,
    hint: `close it with "${bracket === "[" ? "]" : "}"}"; a " #" before the end would start a comment`,
  };
}

function describeOpenQuote(text: string, span: Span): YamlProblem {
  let offset = 0;
  let open = span.start;
  for (const token of tokensOf(text)) {
    if (token.startsWith('"') || token.startsWith("'")) open = offset;
    offset += token.length;
  }
  return {
    rule: "S001",
    span: { start: open, end: open + 1 },
    message: `this ${text[open]} is never closed`,
    hint: "close the quote",
  };
}

function describeOther(error: YAMLError, span: Span, text: string): YamlProblem {
  const found = text.slice(span.start, Math.min(span.end, endOfLine(text, span.start)));
  if (error.code === "UNEXPECTED_TOKEN" && error.message.includes("at node end")) {
    const message = `"${found}" follows a value that has ended`;
    return {
      rule: "S001",
      span,
      message,
      hint: "a quote inside a quoted text is written twice ('') or escaped (\\\")",
    };
  }
  if (error.message.includes("followed by map values")) {
    return {
      rule: "S001",
      span,
      message: "a key without a value",
      hint: "write name: value, with a space after the colon",
    };
  }
  const message = error.message.split(" at line ")[0]?.split("\n")[0] ?? error.message;
  return { rule: "S001", span, message: message.charAt(0).toLowerCase() + message.slice(1) };
}

/** The innermost bracket that is open at `offset`. */
function openBracketBefore(text: string, offset: number): number | undefined {
  const open: number[] = [];
  let at = 0;
  for (const token of tokensOf(text)) {
    if (at >= offset) break;
    if (token === "[" || token === "{") open.push(at);
    else if (token === "]" || token === "}") open.pop();
    at += token.length;
  }
  return open.at(-1);
}

/** The text cut into tokens; together they are the text again. */
export function* tokensOf(text: string): Generator<string> {
  for (const token of new Lexer().lex(text)) {
    if (token !== "\u0002" && token !== "\u0018" && token !== "\u001f") yield token;
  }
}

function endOfLine(text: string, offset: number): number {
  const end = text.slice(offset).search(/\r|\n/);
  return end < 0 ? text.length : offset + end;
}
