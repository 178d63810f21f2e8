/** What an element is given: attributes, and listeners by names such as `onclick`. */
export type Properties = Readonly<Record<string, string | number | boolean | ((event: Event) => void) | undefined>>;

/** Makes an element of HTML. Texts become text, whatever is in them. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: Properties = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  fill(made, properties, children);
  return made;
}

/** Makes an element of SVG. */
export function svgElement<Name extends keyof SVGElementTagNameMap>(
  name: Name,
  properties: Properties = {},
  ...children: readonly (Node | string)[]
): SVGElementTagNameMap[Name] {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  fill(made, properties, children);
  return made;
}

/** An element of the page that is there from the beginning. */
export function found<Made extends Element>(id: string, type: new () => Made): Made {
  const there = document.getElementById(id);
  if (there instanceof type) return there;
  throw new Error(`the page has no ${type.name} with the id ${id}`);
}

/** Sets a text where it is another one, so that what somebody has selected stays so. */
export function setText(node: Node, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}

function fill(made: Element, properties: Properties, children: readonly (Node | string)[]): void {
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === "function") made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== undefined) made.setAttribute(name, String(value));
  }
  made.append(...children);
}
