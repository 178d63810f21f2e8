import type { StateMachine } from "hawser/server";

/**
 * A list to which commands append lines. The result of a command is the position of its line, so an answer can be held
 * against the list later; the query `all` gives the whole list, one line each.
 */
export class Journal implements StateMachine {
  #lines: string[] = [];

  apply(command: Uint8Array): Uint8Array {
    const line = Buffer.from(command).toString();
    if (line === "refuse") throw new Error("the journal refuses this line");
    this.#lines.push(line);
    return bytes(String(this.#lines.length));
  }

  query(query: Uint8Array): Uint8Array {
    const [verb, argument] = Buffer.from(query).toString().split(" ");
    if (verb === "count") return bytes(String(this.#lines.length));
    if (verb !== "from") throw new Error(`there is no query "${verb}"`);
    return bytes(this.#lines.slice(Number(argument), Number(argument) + PAGE_LINES).join("\n"));
  }

  *snapshot(): Generator<Uint8Array> {
    for (const line of this.#lines) yield bytes(line);
  }

  async restore(chunks: AsyncIterable<Uint8Array>): Promise<void> {
    this.#lines = [];
    for await (const chunk of chunks) this.#lines.push(Buffer.from(chunk).toString());
  }
}

/** Everything in the journal behind `client`, oldest first. */
export async function readJournal(query: (text: string) => Promise<string>): Promise<readonly string[]> {
  const count = Number(await query("count"));
  const lines: string[] = [];
  while (lines.length < count) lines.push(...(await query(`from ${lines.length}`)).split("\n"));
  return lines;
}

function bytes(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text));
}

/** Lines in one answer: well below the longest result. */
const PAGE_LINES = 10_000;
