import type { CommandContext, StateMachine } from "../../runtime/protocol/state-machine.ts";

/**
 * The smallest application with everything in it. Commands: `add TEXT` (the result is how many notes there are), `send
 * SESSION TEXT` (a server request), `work CAPABILITY TEXT` (work, told as `ID TEXT`), `done ID` (completes it; throws when
 * another session has it), `refuse` (throws). Queries: `count`, `refuse`.
 */
export class Notebook implements StateMachine {
  notes: string[] = [];

  apply(command: Uint8Array, context: CommandContext): Uint8Array {
    const [verb, ...rest] = Buffer.from(command).toString().split(" ");
    if (verb === "add") this.notes.push(rest.join(" "));
    else if (verb === "send") context.send(rest[0] ?? "", Buffer.from(rest.slice(1).join(" ")));
    else if (verb === "work")
      context.work.add(rest[0] ?? "", (workId) => Buffer.from([workId, ...rest.slice(1)].join(" ")));
    else if (verb === "done") this.#done(Number(rest[0]), context);
    else throw new Error(`there is no command "${verb}"`);
    return this.#count();
  }

  query(query: Uint8Array): Uint8Array {
    const text = Buffer.from(query).toString();
    if (text !== "count") throw new Error(`there is no query "${text}"`);
    return this.#count();
  }

  *snapshot(): Generator<Uint8Array> {
    for (const note of this.notes) yield Buffer.from(note);
  }

  async restore(chunks: AsyncIterable<Uint8Array>): Promise<void> {
    this.notes = [];
    for await (const chunk of chunks) this.notes.push(Buffer.from(chunk).toString());
  }

  #done(workId: number, context: CommandContext): void {
    if (!context.work.complete(workId)) throw new Error(`work ${workId} is not yours`);
  }

  #count(): Uint8Array {
    return new Uint8Array(Buffer.from(String(this.notes.length)));
  }
}
