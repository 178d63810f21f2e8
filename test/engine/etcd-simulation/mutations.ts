/**
 * A bug that is put into a copy of the sources: exact texts in the place of others, each of which must be there once.
 */
export interface Mutation {
  readonly name: string;
  /** What is wrong then. */
  readonly doc: string;
  readonly edits: readonly Edit[];
}

export interface Edit {
  /** A file below `runtime/server/etcd`. */
  readonly file: string;
  readonly original: string;
  readonly mutated: string;
}

/** One bug for each mechanism that a rule of `ConsensusEngine` rests on. */
export const mutations: readonly Mutation[] = [
  {
    name: "term-not-compared",
    doc: "writes of a leader do not depend on its term",
    edits: [
      {
        file: "store-transactions.ts",
        original: "return [this.#isStore(storeId), { key: this.keys.leader, modRevision: term }];",
        mutated: "return term < 0 ? [] : [this.#isStore(storeId)];",
      },
    ],
  },
  {
    name: "head-not-compared",
    doc: "an append does not depend on the length of the log",
    edits: [
      {
        file: "store-transactions.ts",
        original: "compare: [...guard, { key: keys.head, value: encodeHead(head) }],",
        mutated: "compare: guard,",
      },
    ],
  },
  {
    name: "identity-not-compared",
    doc: "another store is taken for this one",
    edits: [
      {
        file: "known-store.ts",
        original: "if (this.storeId !== undefined && view.storeId !== this.storeId) {",
        mutated: "if (this.storeId === '') {",
      },
    ],
  },
  {
    name: "watch-not-verified",
    doc: "what a new stream shows is believed before the store is looked at",
    edits: [
      {
        file: "log-watch.ts",
        original: 'if (this.#state === "verified") {\n      this.#pass',
        mutated: "{\n      this.#pass",
      },
    ],
  },
  {
    name: "watch-without-a-load",
    doc: "a watch is followed by one from the present on, and nothing loads what was missed",
    edits: [
      {
        file: "log-follower.ts",
        original: "const goal: Goal = { index: view.head ?? 0,",
        mutated: "const goal: Goal = { index: this.#known.committedIndex,",
      },
    ],
  },
  {
    name: "delivered-twice",
    doc: "an entry that comes a second time is given to the application again",
    edits: [
      {
        file: "log-follower.ts",
        original: "      if (entry.index <= this.#known.committedIndex) continue;\n",
        mutated: "",
      },
      {
        file: "log-follower.ts",
        original: "index === undefined || index <= this.#known.committedIndex ? []",
        mutated: "index === undefined ? []",
      },
    ],
  },
  {
    name: "barrier-shared-in-flight",
    doc: "a read barrier joins the question that is under way",
    edits: [
      {
        file: "read-barriers.ts",
        original: "    this.#waiting.push({ barrierId, sinceMs: this.#output.now });",
        mutated:
          "    if (this.#asked !== undefined) (this.#asked as Barrier[]).push({ barrierId, sinceMs: this.#output.now });\n    else this.#waiting.push({ barrierId, sinceMs: this.#output.now });",
      },
    ],
  },
  {
    name: "barrier-without-fence",
    doc: "a read barrier does not depend on the term",
    edits: [
      {
        file: "store-transactions.ts",
        original:
          'return { compare: guard, success: kind === "write" ? [this.#beat(), head] : [head], failure: this.#view };',
        mutated: "return { compare: guard.slice(0, 1), success: [head], failure: this.#view };",
      },
    ],
  },
  {
    name: "barrier-not-awaited",
    doc: "a read barrier is reached before the application has taken what it stands for",
    edits: [
      {
        file: "read-barriers.ts",
        original: "for (const barrierId of barrierIds) this.#confirmed.push({ barrierId, index });",
        mutated: "for (const barrierId of barrierIds) this.#confirmed.push({ barrierId, index: Math.min(index, 0) });",
      },
    ],
  },
  {
    name: "leads-before-applied",
    doc: "a member claims while its application is behind",
    edits: [
      {
        file: "member.ts",
        original: "this.#follower.isLive && appliedIndex === committedIndex;",
        mutated: "this.#follower.isLive && appliedIndex <= committedIndex;",
      },
    ],
  },
  {
    name: "claims-blindly",
    doc: "a claim does not depend on what the claimant has seen of the log",
    edits: [
      {
        file: "store-transactions.ts",
        original: "        { key: head, value: encodeHead(grounds.head) },\n",
        mutated: "",
      },
    ],
  },
  {
    name: "proposed-again-elsewhere",
    doc: "what may have been written is proposed again, in whatever place comes next",
    edits: [
      {
        file: "log-appender.ts",
        original: "      if (isOver) this.#doubt(failure.message);\n",
        mutated:
          "      if (this.#options.isLeading(append.term)) {\n        this.#append = undefined;\n        this.#queue.unshift(...append.proposals);\n        this.#options.barriers.refuse(append.barrierIds, this.#notLeader());\n      } else if (isOver) this.#doubt(failure.message);\n",
      },
    ],
  },
  {
    name: "unknown-means-refused",
    doc: "what may have been written is reported as refused",
    edits: [
      {
        file: "log-appender.ts",
        original: 'if (failure.outcome === "unknown") append.mayBeWritten = true;',
        mutated: "",
      },
    ],
  },
  {
    name: "doubt-means-refused",
    doc: "an append that nobody knows about is reported as refused when its time is over",
    edits: [
      {
        file: "log-appender.ts",
        original: "if (isOver) this.#doubt(failure.message);",
        mutated: "if (isOver) this.#refuse(unavailable(failure));",
      },
    ],
  },
  {
    name: "truncated-means-refused",
    doc: "an empty place in a log that goes on behind it is taken for an entry that never was",
    edits: [
      {
        file: "log-appender.ts",
        original: "} else if (view.head !== append.head) {",
        mutated: "} else if (view.head !== append.head) {\n      this.#refuse(this.#notLeader());",
      },
    ],
  },
  {
    name: "later-term-means-refused",
    doc: "an append is refused at the sight of a later term, whatever the log holds by then",
    edits: [
      { file: "log-appender.ts", original: "term > append.term && head <= append.head", mutated: "term > append.term" },
    ],
  },
  {
    name: "settled-by-a-stranger",
    doc: "an append is taken for committed when its place is taken by an entry of another term",
    edits: [
      {
        file: "log-appender.ts",
        original: "if (entry.term === append.term) this.#commit(append);",
        mutated: "if (entry.term >= append.term) this.#commit(append);",
      },
    ],
  },
  {
    name: "appends-before-the-tail",
    doc: "the next append goes behind what was given out, though more was committed",
    edits: [{ file: "log-appender.ts", original: "this.#known.committedIndex >= this.#tailIndex;", mutated: "true;" }],
  },
  {
    name: "leads-into-a-later-term",
    doc: "a leader does not step down when it sees a later term",
    edits: [
      {
        file: "member.ts",
        original: "if (leading !== undefined && leading.term < this.#known.term) this.#stepDown();",
        mutated: "if (leading !== undefined && leading.term < 0) this.#stepDown();",
      },
      {
        file: "member.ts",
        original: "if (leading !== undefined && entry.term > leading.term) this.#stepDown();",
        mutated: "",
      },
    ],
  },
  {
    name: "restores-too-early",
    doc: "a snapshot is given to an application that is still at work on entries",
    edits: [
      {
        file: "log-follower.ts",
        original: "if (state.isAsked || this.#known.appliedIndex < this.#known.committedIndex) return;",
        mutated: "if (state.isAsked) return;",
      },
    ],
  },
];
