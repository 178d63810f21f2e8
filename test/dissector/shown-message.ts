import type { Item } from "./tshark.ts";

/**
 * The message that a dissector shows, in the form of the one that is expected: what is a number there, or an enum, or a
 * map, tells how the items are to be read. What is shown beyond that is in it under its filter name.
 */
export function shownMessage(frame: readonly Item[], protocol: string, expected: Shape): unknown {
  const message = frame.find(({ name }) => !isOwn(name, protocol));
  if (message === undefined) return undefined;
  const type = message.children.find(({ name }) => name === `${protocol}.message`)?.show;
  return { type, ...shownFields(message.children, message.name, expected, protocol) };
}

/** A value as Wireshark can show it: its texts have no zeros. */
export function asShown(value: unknown): unknown {
  if (typeof value === "string") return value.replaceAll("\0", "\u2400");
  if (Array.isArray(value)) return value.map(asShown);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value as Shape).map(([name, item]) => [asShown(name), asShown(item)]));
}

/** A value of a vector. */
export type Shape = { readonly [name: string]: unknown };

function shownFields(items: readonly Item[], prefix: string, expected: Shape, protocol: string): Shape {
  const fields: Record<string, unknown> = {};
  const known = new Set<string>();
  for (const [name, value] of Object.entries(expected)) {
    if (name === "type") continue;
    const filter = `${prefix}.${snakeCase(name)}`;
    const item = items.find((candidate) => candidate.name === filter);
    known.add(filter);
    if (item !== undefined) fields[name] = shownValue(item, value, protocol);
  }
  for (const { name, show } of items) {
    if (!known.has(name) && !isOwn(name, protocol) && !name.endsWith(".presence")) fields[name] = show;
  }
  return fields;
}

function shownValue(item: Item, expected: unknown, protocol: string): unknown {
  const named = /: ([A-Za-z0-9]+) \(\d+\)$/.exec(item.line)?.[1];
  if (Array.isArray(expected)) return shownList(item, expected, protocol);
  if (typeof expected === "boolean") return item.show === "1" || item.show === "True";
  if (typeof expected === "number") return shownNumber(item.show, expected);
  if (typeof expected === "string") return named ?? item.show;
  const shape = expected as Shape;
  if ("$bigint" in shape) return { $bigint: item.show };
  if ("$float" in shape) return { $float: floatNames[item.show] ?? item.show };
  if ("$bytes" in shape) return { $bytes: item.show.replaceAll(":", "") };
  if ("unknown" in shape) return { unknown: Number(item.show) };
  if (typeof shape["type"] === "string" && named !== undefined) {
    const prefix = `${item.name}.${snakeCase(named)}`;
    return { type: named, ...shownFields(item.children, prefix, shape, protocol) };
  }
  const keys = item.children.filter(({ name }) => name === `${item.name}.key`);
  if (item.children.some(({ name }) => name === `${item.name}.count`)) {
    const values = item.children.filter(({ name }) => name === `${item.name}.value`);
    return Object.fromEntries(
      keys.map(({ show }, index) => {
        const value = values[index];
        return [show, value && shownValue(value, shape[show] ?? "", protocol)];
      }),
    );
  }
  return shownFields(item.children, item.name, shape, protocol);
}

function shownList({ name, children }: Item, expected: readonly unknown[], protocol: string): readonly unknown[] {
  const elements = children.filter((child) => child.name === `${name}.element`);
  return elements.map((element, index) => {
    const isMessage = element.children.some((child) => child.name === `${protocol}.frame.tag`);
    if (isMessage) return shownMessage(element.children, protocol, (expected[index] ?? {}) as Shape);
    return shownValue(element, expected[index] ?? "", protocol);
  });
}

/** Wireshark rounds floating-point numbers to six digits, or fifteen. */
function shownNumber(show: string, expected: number): number {
  const number = Number(show);
  const isRounded =
    !Number.isSafeInteger(expected) && Number(expected.toPrecision(6)) === Number(number.toPrecision(6));
  return isRounded || Number(expected.toPrecision(15)) === number ? expected : number;
}

const floatNames: Readonly<Record<string, string>> = {
  inf: "Infinity",
  "-inf": "-Infinity",
  nan: "NaN",
  "-nan": "NaN",
  "-0": "-0",
};

/** What belongs to the dissector and to no message. */
function isOwn(name: string, protocol: string): boolean {
  const rest = name.startsWith(`${protocol}.`) ? name.slice(protocol.length + 1) : undefined;
  return (
    rest === undefined ||
    /^(zmtp|frame|error|expert)\.|^(message|family|response_in|request_in|response_time)$/.test(rest)
  );
}

function snakeCase(name: string): string {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replaceAll(/([A-Z])([A-Z][a-z])/g, "$1_$2")
    .toLowerCase();
}
