import { seededRandom } from "../../test/seeded-random.ts";
import type { Alias, Enumeration, Field, Message, Model, NamedType, Structure, Type, Union } from "./model.ts";
import {
  aliases,
  answers,
  fieldNames,
  flags,
  problems,
  requestId,
  requests,
  states,
  structures,
  things,
  title,
} from "./vocabulary.ts";

/**
 * A schema of 200 messages such as a business would have: half of them are a client's and half a server's. Which messages
 * a thing has and which fields a message has is chosen by chance, and is the same each time.
 */
export function manyMessages(): Model {
  const choices = new Choices();
  const kinds = things.map((thing) => choices.thing(thing));
  const client = kinds.flatMap((thing) => choices.messages(thing, requests, (name) => name + thing.name));
  const server = kinds.flatMap((thing) => choices.messages(thing, answers, (name) => thing.name + name));
  return { types: usedTypes([...client, ...server]), client, server };
}

/** What messages are about, with the types that are its own. */
interface Thing {
  readonly name: string;
  readonly id: Alias;
  readonly state: Enumeration;
  readonly details: Structure;
  readonly problem: Union;
}

class Choices {
  readonly #random = seededRandom(0x200);
  /** Types that no thing has for itself. */
  readonly #shared: readonly NamedType[] = [...aliases, ...sharedStructures()];

  thing(name: string): Thing {
    const id = this.#pick([
      { base: "u53", more: `range: 1.., example: ${this.#integer(1, 90_000)}` },
      { base: "uuid", more: "example: 6f1c1f0a-92a4-4a7e-8a39-0c53c0e1b7d5" },
      { base: "text", more: `length: 1..40, example: ${name.toLowerCase()}-7` },
    ] as const);
    const own = {
      id: { kind: "alias", name: `${name}Id`, ...id },
      state: this.#state(`${name}State`),
    } as const;
    return {
      name,
      ...own,
      details: {
        kind: "struct",
        name: `${name}Details`,
        fields: [plainField("state", own.state), ...this.#fields(this.#integer(2, 8))],
      },
      problem: this.#problem(`${name}Problem`),
    };
  }

  /** Five of the messages that a thing can have. */
  messages(thing: Thing, verbs: readonly string[], nameOf: (verb: string) => string): readonly Message[] {
    return this.#some(verbs, 5).map((verb) => {
      const fields = distinct([...this.#head(thing, verb), ...this.#fields(this.#integer(0, 4))]);
      const isNew = this.#chance(0.08);
      // Where the message is new its fields are not newer.
      return { name: nameOf(verb), isNew, fields: isNew ? fields.map((each) => ({ ...each, isNew: false })) : fields };
    });
  }

  /** The fields that make a message what its name says. */
  #head(thing: Thing, verb: string): readonly Field[] {
    const request = plainField("requestId", requestId);
    const id = plainField(`${thing.name.toLowerCase()}Id`, thing.id);
    switch (verb) {
      case "Create":
      case "Found":
        return [request, plainField("details", thing.details)];
      case "Change":
      case "Changed":
      case "Reported":
        return [id, plainField("details", thing.details)];
      case "Import":
      case "Listed":
        return [request, field("entries", { kind: "list", element: thing.details })];
      case "List":
      case "Watch":
        return [request, field("states", { kind: "list", element: thing.state })];
      case "Assign":
      case "Archived":
        return [field("ids", { kind: "list", element: thing.id })];
      case "Refused":
        return [request, plainField("problem", thing.problem)];
      case "Progressed":
        return [id, plainField("state", thing.state)];
      default:
        return [request, id];
    }
  }

  #state(name: string): Enumeration {
    const values = this.#some(states, this.#integer(3, 7));
    return {
      kind: "enum",
      name,
      values: values.map((value, index) => ({ name: value, isNew: index > 2 && this.#chance(0.3) })),
      isOpen: this.#chance(0.3),
    };
  }

  #problem(name: string): Union {
    const cases = this.#some(problems, this.#integer(2, 5)).map((problem, index) => ({
      name: problem,
      isNew: index > 0 && this.#chance(0.2),
      fields: this.#fields(this.#integer(0, 2)).filter(({ isNew }) => !isNew),
    }));
    return { kind: "union", name, cases };
  }

  /** Fields of shared types; those of version 2 last. */
  #fields(count: number): readonly Field[] {
    const fields = Array.from({ length: count }, () => {
      const isNew = this.#chance(0.1);
      return { ...this.#field(), ...(isNew ? { isNew, isOptional: true } : {}) };
    });
    return distinct(fields.toSorted((a, b) => Number(a.isNew) - Number(b.isNew)));
  }

  #field(): Field {
    if (this.#chance(0.15)) return field(this.#pick(flags), { kind: "bool" });
    const type = this.#pick(this.#shared);
    const name = this.#pick(fieldNames[type.name] ?? []);
    if (this.#chance(0.12)) return field(`${name}List`, { kind: "list", element: type });
    if (this.#chance(0.06)) return field(`${name}ByName`, { kind: "map", key: title, value: type });
    return { ...plainField(name, type), isOptional: this.#chance(0.2) };
  }

  #some<Item>(items: readonly Item[], count: number): readonly Item[] {
    const chosen = new Set<Item>();
    while (chosen.size < count) chosen.add(this.#pick(items));
    return items.filter((item) => chosen.has(item));
  }

  #pick<Item>(items: readonly Item[]): Item {
    return items[this.#integer(0, items.length - 1)]!;
  }

  #integer(min: number, max: number): number {
    return min + Math.floor(this.#random() * (max - min + 1));
  }

  #chance(probability: number): boolean {
    return this.#random() < probability;
  }
}

function sharedStructures(): readonly Structure[] {
  const aliasNamed = new Map(aliases.map((alias) => [alias.name, alias]));
  return Object.entries(structures).map(([name, fields]) => ({
    kind: "struct",
    name,
    fields: Object.entries(fields).map(([field, type]) => plainField(field, aliasNamed.get(type)!)),
  }));
}

function plainField(name: string, type: NamedType): Field {
  return field(name, { kind: "named", type });
}

function field(name: string, type: Type): Field {
  return { name, type, isOptional: false, isNew: false };
}

/** Without fields whose name another has already. */
function distinct(fields: readonly Field[]): readonly Field[] {
  return fields.filter(({ name }, index) => fields.findIndex((other) => other.name === name) === index);
}

/** Every type that a message needs, each before what uses it. */
function usedTypes(messages: readonly Message[]): readonly NamedType[] {
  const types = new Set<NamedType>();
  const addFields = (fields: readonly Field[]): void => {
    for (const { type } of fields) {
      if (type.kind === "map") add(type.key);
      if (type.kind !== "bool")
        add(type.kind === "named" ? type.type : type.kind === "list" ? type.element : type.value);
    }
  };
  const add = (type: NamedType): void => {
    if (type.kind === "struct") addFields(type.fields);
    if (type.kind === "union") for (const { fields } of type.cases) addFields(fields);
    types.add(type);
  };
  for (const { fields } of messages) addFields(fields);
  return [...types];
}
