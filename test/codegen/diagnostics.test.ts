import { describe, expect, test } from "vitest";
import { DiagnosticSink, renderDiagnostics } from "../../codegen/diagnostics.ts";

/** Renders one diagnostic about the first place of `marked` in `text`. */
function rendered(text: string, marked: string, hint?: string): string {
  const sink = new DiagnosticSink(text, "bad.yaml");
  const start = text.indexOf(marked);
  sink.report("S011", { start, end: start + marked.length }, "wrong", hint);
  return renderDiagnostics(sink.diagnostics);
}

describe("renderDiagnostics", () => {
  test("shows the place, the line, a caret under what is meant, and the hint", () => {
    expect(rendered("a: 1\nbad: 2\n", "bad", "good")).toBe(
      ["bad.yaml:2:1 S011 key: wrong", "  |", "2 | bad: 2", "  | ^^^ good", ""].join("\n"),
    );
  });

  test("repeats tabs below tabs", () => {
    expect(rendered("\t\tbad", "bad")).toContain("1 | \t\tbad\n  | \t\t^^^\n");
  });

  test("counts columns as editors do, and places the caret as terminals do", () => {
    expect(rendered("漢👋é bad", "bad")).toBe(
      ["bad.yaml:1:6 S011 key: wrong", "  |", "1 | 漢👋é bad", "  |       ^^^", ""].join("\n"),
    );
  });

  test("marks no more than the line", () => {
    expect(rendered("bad: [\n  1,\n]\n", "bad: [\n  1,\n]")).toContain("  | ^^^^^^\n");
  });

  test("shows the part of a long line that is meant", () => {
    const output = rendered(`${"x".repeat(1000)}bad${"y".repeat(1000)}`, "bad");
    const [, , line = "", carets = ""] = output.split("\n");
    expect(line).toMatch(/^1 \| …x+bady+…$/);
    expect(line.indexOf("bad")).toBe(carets.indexOf("^^^"));
    expect(line.length).toBeLessThan(180);
  });

  test("sends no control characters to the terminal", () => {
    expect(rendered("\u001b[31mbad", "bad", "\u0007")).toBe(
      ["bad.yaml:1:6 S011 key: wrong", "  |", "1 | ␛[31mbad", "  |      ^^^ ␇", ""].join("\n"),
    );
  });

  test("separates diagnostics by an empty line, in the order of the text, each once", () => {
    const sink = new DiagnosticSink("a\nb\n", "bad.yaml");
    sink.report("S011", { start: 2, end: 3 }, "second");
    sink.report("S011", { start: 0, end: 1 }, "first");
    sink.report("S011", { start: 0, end: 1 }, "first");
    expect(renderDiagnostics(sink.diagnostics)).toBe(
      "bad.yaml:1:1 S011 key: first\n  |\n1 | a\n  | ^\n\nbad.yaml:2:1 S011 key: second\n  |\n2 | b\n  | ^\n",
    );
  });
});
