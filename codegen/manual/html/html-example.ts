import type { FramePart } from "../../explain/frame-part.ts";
import type { ExampleBlock } from "../block.ts";
import { prosePhrase } from "../prose.ts";
import { startText } from "../ruler.ts";
import { escapeHtml, phraseHtml } from "./html-text.ts";

/** A frame in hexadecimal, with a table that says what each part of it means. */
export function exampleHtml({ caption, frame, explanation }: ExampleBlock): string {
  const said = new Set<string>();
  const rows = explanation.parts.map((part) => {
    const doc = part.path.startsWith("frame.") ? "" : firstSentence(part.doc ?? "");
    const isNew = !said.has(doc);
    said.add(doc);
    return partRow(part, frame, isNew ? doc : "");
  });
  return [
    `<figure class="example"><figcaption>${escapeHtml(caption)}</figcaption>`,
    `<pre class="dump" tabindex="0">${dumpHtml(explanation.parts, frame)}</pre>`,
    `<div class="scroll" tabindex="0" role="region" aria-label="${escapeHtml(caption)}"><table class="parts">`,
    "<thead><tr>",
    ...["Byte", "Holds", "Field", "Value"].map((title) => `<th scope="col">${title}</th>`),
    `</tr></thead><tbody>${rows.join("")}</tbody></table></div></figure>`,
  ].join("");
}

function partRow({ bit, bitCount, bytes, path, text }: FramePart, frame: Uint8Array, doc: string): string {
  const held = bytes.length === 0 && bitCount > 0 ? bitsOf(frame, bit, bitCount) : hexOf(bytes);
  const value = escapeHtml(text) + (doc === "" ? "" : ` <small>${phraseHtml(prosePhrase(doc))}</small>`);
  return `<tr><td>${startText(bit)}</td><td>${held}</td><td>${pathHtml(path)}</td><td>${value}</td></tr>`;
}

/** A path, which a narrow column breaks before a name or an index. */
function pathHtml(path: string): string {
  return escapeHtml(path).replace(/(?!^)(?=[.[])/g, "<wbr>");
}

/** The frame, each part of it set apart: in hexadecimal, and bit by bit from where parts no longer begin with a byte. */
function dumpHtml(parts: readonly FramePart[], frame: Uint8Array): string {
  const firstBit = parts.find(({ bit, bitCount }) => bit % 8 !== 0 || bitCount % 8 !== 0)?.bit;
  const wholeEnd = firstBit === undefined ? frame.length * 8 : firstBit - (firstBit % 8);
  const whole = parts
    .filter(({ bit, bitCount }) => bit < wholeEnd && bitCount > 0)
    .map(({ bit, bitCount }, index) => span(index, hexOf(frame.subarray(bit / 8, (bit + bitCount) / 8))));
  const single = parts
    .filter(({ bit, bitCount }) => bit >= wholeEnd && bitCount > 0)
    .map(
      ({ bit, bitCount }, index) => span(index, bitsOf(frame, bit, bitCount)) + (endsByte(bit + bitCount) ? " " : ""),
    );
  const bits = single.length === 0 ? "" : `\n${single.join("").trimEnd()}`;
  return whole.join(" ") + bits;
}

function span(index: number, text: string): string {
  return index % 2 === 0 ? `<span>${text}</span>` : `<b>${text}</b>`;
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
}

/** Some bits of the frame, with a space where a byte begins. */
function bitsOf(frame: Uint8Array, start: number, count: number): string {
  return Array.from({ length: count }, (_, index) => {
    const bit = start + index;
    const digit = ((frame[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1;
    return index > 0 && bit % 8 === 0 ? ` ${digit}` : String(digit);
  }).join("");
}

function endsByte(bit: number): boolean {
  return bit % 8 === 0;
}

function firstSentence(doc: string): string {
  const text = doc.replaceAll(/\s+/g, " ").trim();
  return /^.*?[.!?](?= \p{Lu}|$)/u.exec(text)?.[0] ?? text;
}
