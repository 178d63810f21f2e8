/** An element of a page, or the page itself. */
export interface HtmlElement {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (HtmlElement | string)[];
}

/**
 * Reads a page that is stricter than HTML has to be: every element is closed, every attribute has quotes, and every `<`,
 * `>`, `&` and quote of the text is written as a number. Throws for anything else.
 */
export function readHtml(text: string): HtmlElement {
  const reader = new HtmlReader(text);
  return reader.page();
}

/** What a person reads of an element. */
export function textOf(element: HtmlElement | string): string {
  if (typeof element === "string") return element;
  if (element.tag === "br") return "\n";
  return element.children.map(textOf).join("");
}

/** Every element inside of one, itself included, in their order. */
export function* elementsOf(element: HtmlElement): Generator<HtmlElement> {
  yield element;
  for (const child of element.children) {
    if (typeof child !== "string") yield* elementsOf(child);
  }
}

class HtmlReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  page(): HtmlElement {
    this.#take(/<!doctype html>\n<!-- (?:(?!--)[\s\S])* -->\n/y, "the beginning of a page");
    const page = this.#element();
    this.#take(/\n$/y, "the end of the page");
    return page;
  }

  #element(): HtmlElement {
    const [, tag = "", written = "", closed] = this.#take(
      /<([a-z][a-z0-9]*)((?: [a-zA-Z-]+="[^"<>]*")*)(\/?)>/y,
      "a tag",
    );
    const pairs = [...written.matchAll(/ ([a-zA-Z-]+)="([^"]*)"/g)].map(([, name = "", value = ""]) => {
      if (name !== "content" || !value.startsWith("default-src")) return [name, unescaped(value)] as const;
      return [name, value] as const;
    });
    if (new Set(pairs.map(([name]) => name)).size !== pairs.length) throw this.#error("an attribute stands twice");
    const attributes = Object.fromEntries(pairs);
    if (closed === "/") return { tag, attributes, children: [] };
    if (voidTags.has(tag)) return { tag, attributes, children: [] };
    if (tag === "style" || tag === "script") {
      const [raw = ""] = this.#take(/[^<]*(?:<(?!\/)[^<]*)*/y, "raw text");
      this.#close(tag);
      return { tag, attributes, children: [raw] };
    }
    const children: (HtmlElement | string)[] = [];
    while (!this.#text.startsWith("</", this.#at)) {
      children.push(this.#text[this.#at] === "<" ? this.#element() : this.#content());
    }
    this.#close(tag);
    const inner = children.filter((child) => typeof child !== "string");
    if (tag === "p" && inner.some((child) => !phrasingTags.has(child.tag))) throw this.#error("a block in a paragraph");
    return { tag, attributes, children };
  }

  #content(): string {
    const [found] = this.#take(/[^<>"']+/y, "text");
    return unescaped(found);
  }

  #close(tag: string): void {
    this.#take(new RegExp(`</${tag}>`, "y"), `the end of ${tag}`);
  }

  #take(pattern: RegExp, what: string): RegExpExecArray {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (match === null) throw this.#error(`expected ${what}`);
    this.#at = pattern.lastIndex;
    return match;
  }

  #error(problem: string): Error {
    return new Error(`${problem} at ${this.#at}: ${this.#text.slice(this.#at, this.#at + 80)}`);
  }
}

function unescaped(text: string): string {
  if (/&(?!#[0-9]+;)/.test(text)) throw new Error(`an ampersand that is no reference: ${text.slice(0, 80)}`);
  return text.replace(/&#([0-9]+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
}

const voidTags = new Set(["meta", "br", "wbr"]);
const phrasingTags = new Set(["a", "b", "br", "code", "small", "span"]);
