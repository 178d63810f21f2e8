/**
 * A field that finds names, for those who have scripts: the page has everything without it. It looks in the index, which
 * holds every name; `/` leads to it, arrows choose, Enter goes there, and Escape ends it.
 */
export const pageScript = `
"use strict";
(() => {
  const places = [...document.querySelectorAll(".index div")].flatMap((entry) =>
    [...entry.querySelectorAll("a")].map((a) => ({ name: entry.firstChild.textContent, what: a.textContent, href: a.getAttribute("href") })));
  const nav = document.querySelector("nav");
  const make = (tag, attributes, text) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    if (text !== undefined) element.textContent = text;
    return element;
  };
  const box = make("search", {});
  const input = make("input", { type: "search", placeholder: "Find a name ( / )", "aria-label": "Find a name", role: "combobox",
    "aria-expanded": "false", "aria-controls": "found", "aria-autocomplete": "list", autocomplete: "off", spellcheck: "false" });
  const list = make("div", { id: "found", role: "listbox", class: "found", "aria-label": "Names found" });
  const status = make("p", { role: "status", class: "skip" });
  box.append(input, list, status);
  nav.prepend(box);
  let chosen = -1;

  const rank = (name, text) => {
    const at = name.toLowerCase().indexOf(text);
    return at < 0 ? Infinity : at === 0 ? name.length : 1000 + at;
  };
  const choose = (next) => {
    const options = [...list.children];
    chosen = options.length === 0 ? -1 : (next + options.length) % options.length;
    options.forEach((option, index) => option.setAttribute("aria-selected", String(index === chosen)));
    const option = options[chosen];
    if (option === undefined) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  };
  const find = () => {
    const text = input.value.trim().toLowerCase();
    const found = text === "" ? [] : places.filter(({ name }) => rank(name, text) < Infinity)
      .sort((a, b) => rank(a.name, text) - rank(b.name, text)).slice(0, 30);
    list.replaceChildren(...found.map(({ name, what, href }, index) => {
      const option = make("a", { href, role: "option", id: "found-" + index, tabindex: "-1" }, name + " ");
      option.append(make("small", {}, what));
      return option;
    }));
    input.setAttribute("aria-expanded", String(found.length > 0));
    status.textContent = text === "" ? "" : found.length + " found";
    choose(0);
  };
  const end = () => {
    input.value = "";
    find();
  };
  input.addEventListener("input", find);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") choose(chosen + 1);
    else if (event.key === "ArrowUp") choose(chosen - 1);
    else if (event.key === "Enter") list.children[chosen]?.click();
    else if (event.key === "Escape") end();
    else return;
    event.preventDefault();
  });
  list.addEventListener("click", () => setTimeout(() => { end(); input.blur(); }));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea")) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
})();
`;
