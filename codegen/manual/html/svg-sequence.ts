import type { Arrow, SequenceBlock } from "../block.ts";
import { escapeHtml } from "./html-text.ts";

/** Who sends what to whom: two lines of life, an arrow for the message that asks, one for each that may answer. */
export function svgSequence({ caption, asker, answerer, ask, answers }: SequenceBlock): string {
  const arrows = [ask, ...answers];
  const longest = Math.max(...arrows.map(({ message, note }) => Math.max(message.length * 8.2, note.length * 6.4)));
  const width = Math.max(360, Math.ceil(longest) + 2 * margin + 24);
  const left = margin;
  const right = width - margin;
  const bottom = firstArrow + (arrows.length - 1) * step + 44;
  const lines = [left, right].map((x) => `<path class="life" d="M${x} 34V${bottom}"/>`);
  const heads = [
    `<text class="head" x="${left}" y="22">${escapeHtml(asker)}</text>`,
    `<text class="head" x="${right}" y="22">${escapeHtml(answerer)}</text>`,
  ];
  const drawn = arrows.map((arrow, index) => arrowSvg(arrow, { left, right, y: firstArrow + index * step, index }));
  const frame = answers.length > 1 ? [alternativesSvg({ left, right, bottom, count: answers.length })] : [];
  return [
    `<figure class="flow"><svg viewBox="0 0 ${width} ${bottom + 6}" width="${width}" role="img" aria-label="${escapeHtml(caption)}">`,
    ...lines,
    ...heads,
    ...frame,
    ...drawn,
    "</svg></figure>",
  ].join("");
}

interface Place {
  readonly left: number;
  readonly right: number;
  readonly y: number;
  readonly index: number;
}

function arrowSvg({ message, target, note }: Arrow, { left, right, y, index }: Place): string {
  const isAsk = index === 0;
  const [from, to] = isAsk ? [left, right] : [right, left];
  const tip = isAsk ? -9 : 9;
  const middle = (left + right) / 2;
  return [
    `<path class="${isAsk ? "ask" : "answer"}" d="M${from} ${y}H${to}"/>`,
    `<path class="tip" d="M${to} ${y}l${tip} -4.5v9z"/>`,
    `<a href="#${target}"><text x="${middle}" y="${y - 8}">${escapeHtml(message)}</text></a>`,
    note === "" ? "" : `<text class="note" x="${middle}" y="${y + 16}">${escapeHtml(note)}</text>`,
  ].join("");
}

/** A frame around the answers, of which one is sent, with a line between each two. */
function alternativesSvg(place: { left: number; right: number; bottom: number; count: number }): string {
  const { left, right, bottom, count } = place;
  const top = firstArrow + step / 2 + 2;
  const lines = Array.from({ length: count - 1 }, (_, index) => {
    return `<path class="or" d="M${left - 14} ${top + (index + 1) * step}H${right + 14}"/>`;
  });
  const label = `<text class="alt" x="${left - 8}" y="${top + 15}">one of</text>`;
  return `<rect class="or" x="${left - 14}" y="${top}" width="${right - left + 28}" height="${bottom - top - 4}" rx="3"/>${lines.join("")}${label}`;
}

const margin = 56;
const firstArrow = 68;
const step = 60;
