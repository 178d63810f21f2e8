/** A schema as plain data that can be changed. */
export type SchemaData = Record<string, unknown>;

/** Changes a schema at random as a hurried person would; many of the results are no schemas, and most break something. */
export class RandomEdits {
  readonly #random: () => number;
  #count = 0;

  constructor(random: () => number) {
    this.#random = random;
  }

  /** Makes one edit; its name says which kind it was. */
  edit(schema: SchemaData): string {
    const kinds = Object.keys(this.#edits);
    for (;;) {
      const kind = this.#pick(kinds);
      if (this.#edits[kind]?.(schema) === true) return kind;
    }
  }

  /** Each gives whether there was anything to edit. */
  readonly #edits: Readonly<Record<string, (schema: SchemaData) => boolean>> = {
    typeOfField: (schema) => this.#changeField(schema, (field) => this.#changeType(field)),
    typeOfAlias: (schema) => this.#change(this.#aliases(schema), (alias) => this.#changeType(alias)),
    constraintsOfField: (schema) => this.#changeField(schema, (field) => this.#changeConstraints(field)),
    constraintsOfAlias: (schema) => this.#change(this.#aliases(schema), (alias) => this.#changeConstraints(alias)),
    presence: (schema) =>
      this.#changeField(schema, (field) => {
        const type = String(field["type"]);
        field["type"] = type.endsWith("?") ? type.slice(0, -1) : `${type}?`;
      }),
    lifetimeOfField: (schema) => this.#changeField(schema, (field) => this.#changeLifetime(field)),
    lifetimeOfMember: (schema) => this.#change(this.#members(schema), (member) => this.#changeLifetime(member)),
    defaultOfField: (schema) =>
      this.#changeField(schema, (field) => {
        if (this.#chance(0.3)) delete field["default"];
        else field["default"] = this.#integer(0, 9);
      }),
    ignorable: (schema) =>
      this.#changeField(schema, (field) => {
        field["ignorable"] = field["ignorable"] !== true;
      }),
    exampleOfField: (schema) =>
      this.#changeField(schema, (field) => {
        field["example"] = this.#integer(1, 9);
      }),
    docOfField: (schema) =>
      this.#changeField(schema, (field) => {
        field["doc"] = "Said in another way.";
      }),
    orderOfFields: (schema) => this.#changeRecord(this.#fieldGroups(schema), (group) => this.#shuffleTwo(group, false)),
    namesOfFields: (schema) => this.#changeRecord(this.#fieldGroups(schema), (group) => this.#shuffleTwo(group, true)),
    orderOfMembers: (schema) =>
      this.#changeRecord(this.#memberGroups(schema), (group) => this.#shuffleTwo(group, false)),
    namesOfMembers: (schema) =>
      this.#changeRecord(this.#memberGroups(schema), (group) => this.#shuffleTwo(group, true)),
    renameField: (schema) => this.#changeRecord(this.#fieldGroups(schema), (group) => this.#rename(group, "field")),
    renameMember: (schema) => this.#changeRecord(this.#memberGroups(schema), (group) => this.#rename(group, "Member")),
    deleteField: (schema) => this.#changeRecord(this.#fieldGroups(schema), (group) => this.#drop(group)),
    deleteMember: (schema) => this.#changeRecord(this.#memberGroups(schema), (group) => this.#drop(group)),
    addField: (schema) => this.#changeRecord(this.#fieldGroups(schema), (group) => this.#addField(group)),
    addMember: (schema) => this.#changeRecord(this.#memberGroups(schema), (group) => this.#addMember(group)),
    tag: (schema) =>
      this.#change(this.#members(schema), (member) => {
        member["tag"] = this.#integer(1, 6);
      }),
    tagType: (schema) => this.#changeTagType(schema),
    unknown: (schema) =>
      this.#change(this.#types(schema, "enum"), (type) => {
        type["unknown"] = type["unknown"] === "keep" ? "reject" : "keep";
      }),
    enumToUnion: (schema) => this.#change(this.#types(schema, "enum"), (type) => this.#enumToUnion(type)),
    inlineAlias: (schema) => this.#inlineAlias(schema),
    inlineStruct: (schema) => this.#inlineStruct(schema),
    renameType: (schema) => this.#renameType(schema),
    frame: (schema) => this.#change([entry(schema, "frame")], (frame) => this.#changeFrame(frame)),
    versions: (schema) =>
      this.#change(Object.values(entry(schema, "versions")).map(asData), (version) => this.#changeVersion(version)),
  };

  #changeField(schema: SchemaData, change: (field: SchemaData) => void): boolean {
    const groups = this.#fieldGroups(schema).filter((group) => Object.keys(group).length > 0);
    if (groups.length === 0) return false;
    const group = this.#pick(groups);
    const name = this.#pick(Object.keys(group));
    const written = group[name];
    const field = typeof written === "string" ? { type: written } : asData(written);
    change(field);
    group[name] = field;
    return true;
  }

  #change(candidates: readonly SchemaData[], change: (candidate: SchemaData) => void): boolean {
    if (candidates.length === 0) return false;
    change(this.#pick(candidates));
    return true;
  }

  /** Changes the keys of a record: `change` gives the new entries. */
  #changeRecord(
    records: readonly SchemaData[],
    change: (entries: [string, unknown][]) => [string, unknown][],
  ): boolean {
    if (records.length === 0) return false;
    const record = this.#pick(records);
    const entries = change(Object.entries(record));
    for (const key of Object.keys(record)) delete record[key];
    Object.assign(record, Object.fromEntries(entries));
    return true;
  }

  #changeType(target: SchemaData): void {
    const type = String(target["type"]);
    const edits = [
      () => type.replace(/u8|u16|u32|u53|u64/, (found) => this.#other(["u8", "u16", "u32", "u53", "u64"], found)),
      () => type.replace(/<u(8|16|32)/, "<i$1"),
      () => type.replace(/^(string|bytes)</, (found) => (found === "string<" ? "bytes<" : "string<")),
      () =>
        this.#pick(["u8", "u16", "u32", "u53", "bool", "string<u8>", "bytes<u16>", "Id", "Text", "State", "Payment"]),
    ];
    target["type"] = this.#pick(edits)();
  }

  #changeConstraints(target: SchemaData): void {
    const key = this.#pick(["range", "length", "count", "not", "pattern", "check"]);
    if (target[key] !== undefined && this.#chance(0.3)) delete target[key];
    else if (key === "check") target[key] = this.#pick(["encode", "both"]);
    else if (key === "not") target[key] = [this.#integer(0, 20)];
    else if (key === "pattern") target[key] = this.#pick(["[a-z]*", ".*", "[a-y]+"]);
    else target[key] = this.#pick(["0..", "1..", "..9", "1..9", "..200", "1..1000", "2..5000"]);
  }

  #changeLifetime(target: SchemaData): void {
    const key = this.#pick(["since", "removed", "deprecated"]);
    if (target[key] !== undefined && this.#chance(0.5)) delete target[key];
    else target[key] = this.#integer(1, 3);
    if (key !== "deprecated" && this.#chance(0.5)) target["default"] = this.#integer(0, 5);
  }

  #changeFrame(frame: SchemaData): void {
    const edits = [
      () => Object.assign(frame, { magic: this.#pick(["shop", "shoq", "s"]) }),
      () => Object.assign(frame, { tag: this.#pick(["u8", "u16"]) }),
      () => Object.assign(frame, { version: this.#pick(["u8", "u16"]) }),
      () => Object.assign(frame, { byteOrder: this.#pick(["big", "little"]) }),
      () => Object.assign(frame, { trailing: this.#pick(["reject", "ignore"]) }),
      () => Object.assign(frame, { maxSize: "1MiB" }),
    ];
    this.#pick(edits)();
  }

  #changeVersion(version: SchemaData): void {
    if (this.#chance(0.5)) version["packing"] = this.#pick(["bit", "byte"]);
    else version["status"] = this.#pick(["draft", "frozen", "retired"]);
  }

  #changeTagType(schema: SchemaData): boolean {
    const types = [...this.#types(schema, "enum"), ...this.#types(schema, "union")];
    return this.#change(types, (type) => {
      type["enum" in type ? "enum" : "union"] = this.#pick(["u8", "u16"]);
    });
  }

  #shuffleTwo(entries: [string, unknown][], isNameOnly: boolean): [string, unknown][] {
    const [a, b] = [this.#integer(0, entries.length - 1), this.#integer(0, entries.length - 1)];
    const [first, second] = [entries[a], entries[b]];
    if (first === undefined || second === undefined) return entries;
    const changed = [...entries];
    changed[a] = isNameOnly ? [second[0], first[1]] : second;
    changed[b] = isNameOnly ? [first[0], second[1]] : first;
    return changed;
  }

  #rename(entries: [string, unknown][], prefix: string): [string, unknown][] {
    const at = this.#integer(0, entries.length - 1);
    return entries.map(([name, value], index) => [index === at ? this.#newName(prefix) : name, value]);
  }

  #drop(entries: [string, unknown][]): [string, unknown][] {
    const at = this.#integer(0, entries.length - 1);
    return entries.filter((_, index) => index !== at);
  }

  #addField(entries: [string, unknown][]): [string, unknown][] {
    const type = this.#pick(["u8", "u32", "u8?", "Id", "Id?"]);
    const field: SchemaData = { type, example: 1, doc: "New." };
    if (this.#chance(0.8)) field["since"] = this.#integer(1, 3);
    if (this.#chance(0.6)) field["default"] = this.#integer(0, 3);
    if (this.#chance(0.3)) field["ignorable"] = true;
    const at = this.#chance(0.8) ? entries.length : this.#integer(0, entries.length);
    return entries.toSpliced(at, 0, [this.#newName("field"), field]);
  }

  #addMember(entries: [string, unknown][]): [string, unknown][] {
    const member: SchemaData = { tag: this.#integer(1, 9), doc: "New." };
    if (this.#chance(0.8)) member["since"] = this.#integer(1, 3);
    return [...entries, [this.#newName("Member"), member]];
  }

  #enumToUnion(type: SchemaData): void {
    Object.assign(type, { union: type["enum"], cases: type["values"] });
    for (const key of ["enum", "values", "unknown"]) delete type[key];
  }

  #inlineAlias(schema: SchemaData): boolean {
    const [name, alias] = this.#pick(
      Object.entries(entry(schema, "types")).filter(([, type]) => "type" in asData(type)),
    );
    return this.#changeField(schema, (field) => {
      const type = String(field["type"]).replace("?", "");
      if (type !== name) return;
      const isOptional = String(field["type"]).endsWith("?");
      const written = asData(alias);
      Object.assign(field, { ...written, ...field, type: `${String(written["type"])}${isOptional ? "?" : ""}` });
    });
  }

  #inlineStruct(schema: SchemaData): boolean {
    const structs = entry(schema, "types");
    return this.#changeRecord(this.#fieldGroups(schema), (entries) =>
      entries.flatMap(([name, field]): [string, unknown][] => {
        const type = typeof field === "string" ? asData(structs[field]) : {};
        return "struct" in type ? Object.entries(asData(type["struct"])) : [[name, field]];
      }),
    );
  }

  #renameType(schema: SchemaData): boolean {
    const name = this.#pick(Object.keys(entry(schema, "types")));
    const next = this.#newName("Type");
    const text = JSON.stringify(schema).replaceAll(new RegExp(`\\b${name}\\b`, "g"), next);
    Object.assign(schema, JSON.parse(text));
    return true;
  }

  #aliases(schema: SchemaData): SchemaData[] {
    return this.#types(schema, "type");
  }

  #types(schema: SchemaData, kind: "type" | "enum" | "union" | "struct"): SchemaData[] {
    return Object.values(entry(schema, "types"))
      .map(asData)
      .filter((type) => kind in type);
  }

  /** Families, and the members of enums and unions, by name. */
  #memberGroups(schema: SchemaData): SchemaData[] {
    return [
      ...Object.values(entry(schema, "messages")).map(asData),
      ...this.#types(schema, "enum").map((type) => entry(type, "values")),
      ...this.#types(schema, "union").map((type) => entry(type, "cases")),
    ];
  }

  #members(schema: SchemaData): SchemaData[] {
    return this.#memberGroups(schema).flatMap((group) => Object.values(group).map(asData));
  }

  #fieldGroups(schema: SchemaData): SchemaData[] {
    const owners = this.#members(schema).filter((member) => "fields" in member);
    return [
      ...owners.map((owner) => entry(owner, "fields")),
      ...this.#types(schema, "struct").map((type) => entry(type, "struct")),
    ];
  }

  #newName(prefix: string): string {
    this.#count += 1;
    return `${prefix}${this.#count}`;
  }

  #other<Item>(items: readonly Item[], not: Item): Item {
    return this.#pick(items.filter((item) => item !== not));
  }

  #pick<Item>(items: readonly Item[]): Item {
    const item = items[this.#integer(0, items.length - 1)];
    if (item === undefined) throw new Error("there is nothing to pick from");
    return item;
  }

  #integer(min: number, max: number): number {
    return min + Math.floor(this.#random() * (max - min + 1));
  }

  #chance(probability: number): boolean {
    return this.#random() < probability;
  }
}

function asData(value: unknown): SchemaData {
  return typeof value === "object" && value !== null ? (value as SchemaData) : {};
}

function entry(data: SchemaData, key: string): SchemaData {
  return asData(data[key]);
}
