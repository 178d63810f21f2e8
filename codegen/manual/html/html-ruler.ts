import type { RulerBlock } from "../block.ts";
import { type Segment, startText } from "../ruler.ts";
import { escapeHtml } from "./html-text.ts";

/** A ruler as boxes that wrap, each as wide as what it holds is long, with a tick where a byte or bit begins. */
export function rulerHtml({ caption, ruler }: RulerBlock): string {
  const boxes = ruler.segments.map(segmentHtml).join("");
  return `<figure><figcaption>${escapeHtml(caption)}</figcaption><ol class="ruler" role="list">${boxes}</ol></figure>`;
}

/** What the colours and borders mean. */
export function rulerKeyHtml(): string {
  const entries = [
    ["frame", "before every message"],
    ["prefix", "length, count or tag"],
    ["flag", "flag"],
    ["", "value"],
    ["fill", "zeros to the byte"],
    ["maybe", "only if the flag is set"],
    ["open", "its size differs"],
  ];
  return `<ul class="key">${entries.map(([name, text]) => `<li class="${name}">${text}</li>`).join("")}</ul>`;
}

function segmentHtml(segment: Segment): string {
  const { name, role, bits, size, detail, target, start, isConditional } = segment;
  const classes = [role, ...(isConditional ? ["maybe"] : []), ...(bits === undefined ? ["open"] : [])].join(" ");
  const text = escapeHtml(detail);
  const type = target === undefined ? text : `<a href="#${target}">${text}</a>`;
  const parts = [
    `<span>${startText(start)}</span>`,
    `<b>${escapeHtml(name)}</b>`,
    `<code>${type}</code>`,
    `<small>${escapeHtml(isConditional ? `${size}, if present` : size)}</small>`,
  ];
  return `<li class="${classes}"${style(segment)}>${parts.join("")}</li>`;
}

/**
 * Width and ticks. Bytes have a tick each, up to a number that can be told apart; less than a byte has one for each bit. In
 * a bit-packed version the first byte of a value begins inside of it.
 */
function style({ bits, phase }: Segment): string {
  if (bits === undefined) return "";
  if (bits < 8) return ` style="--w:${bits / 4};--p:${percent(1, bits)}"`;
  const width = Math.min(bits / 8, widestBytes);
  if (phase === undefined || bits / 8 > widestBytes) return ` style="--w:${width}"`;
  const offset = phase === 0 ? "" : `;--o:${percent(8 - phase, bits)}`;
  return ` style="--w:${width};--p:${percent(8, bits)}${offset}"`;
}

function percent(part: number, whole: number): string {
  return `${Number(((part / whole) * 100).toFixed(3))}%`;
}

const widestBytes = 8;
