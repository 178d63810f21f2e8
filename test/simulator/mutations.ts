/**
 * A bug that is put into a copy of the sources, to see whether the simulator finds it: one exact text in the place of another.
 * A text that is not there, or there more than once, is an error: the list is kept up with the sources.
 */
export interface Mutation {
  readonly name: string;
  /** What is wrong then, for the table in docs/guarantees.md. */
  readonly doc: string;
  /** A file below `runtime/protocol`. */
  readonly file: string;
  readonly original: string;
  readonly mutated: string;
}

/** Bugs of the kinds that are known from systems of this sort, one for each mechanism that a promise rests on. */
export const mutations: readonly Mutation[] = [
  {
    name: "dedup-off",
    doc: "a command that comes twice is applied twice",
    file: "session-table.ts",
    original: "const known = session.lookup(requestId);",
    mutated: 'const known: CommandState = { state: "new" } as CommandState;',
  },
  {
    name: "eviction-off-by-one",
    doc: "the answer to the oldest command that a client waits for is forgotten with those before it",
    file: "kept-responses.ts",
    original: "response.requestId >= requestId) break;",
    mutated: "response.requestId > requestId) break;",
  },
  {
    name: "eviction-off",
    doc: "answers are kept for ever",
    file: "session.ts",
    original: "    this.#responses?.dropBelow(lowestPendingRequestId);\n",
    mutated: "",
  },
  {
    name: "ack-before-commit",
    doc: "a command is answered when it is proposed",
    file: "session-requests.ts",
    original: "      session.proposals.add(requestId);\n",
    mutated:
      '      session.proposals.add(requestId);\n      this.#output.send(recipient, { type: "ClientResponse", requestId, result: new Uint8Array(4), commitIndex: 0 });\n',
  },
  {
    name: "runs-with-gaps",
    doc: "commands share a record although their request ids do not follow one another",
    file: "command-run.ts",
    original: "requestId !== record.firstRequestId + payloads.length || ",
    mutated: "",
  },
  {
    name: "ambiguous-means-refused",
    doc: "a client is told that a command is not in the log when nobody knows",
    file: "session-requests.ts",
    original: ' || failure.type === "ambiguous") return;',
    mutated: ") return;",
  },
  {
    name: "outcome-guessed",
    doc: "a command without an answer is reported as not applied",
    file: "call.ts",
    original: 'return call.inDoubt > 0 && call.type === "submit" ? "unknown" : "not-applied";',
    mutated: 'return "not-applied";',
  },
  {
    name: "barrier-off",
    doc: "a query is answered at once, from what this member has applied",
    file: "session-requests.ts",
    original: 'this.#reads.add({ type: "query", recipient, sessionId, correlationId, payload });',
    mutated: 'this.answerQuery({ type: "query", recipient, sessionId, correlationId, payload });',
  },
  {
    name: "barrier-shared-in-flight",
    doc: "a query joins the read barrier that is under way",
    file: "pending-reads.ts",
    original: "    this.#waiting.push(read);\n",
    mutated:
      "    if (this.#started !== undefined) {\n      this.#started = { ...this.#started, reads: [...this.#started.reads, read] };\n      return;\n    }\n    this.#waiting.push(read);\n",
  },
  {
    name: "denied-without-barrier",
    doc: "a member that does not know a session denies it without asking whether it still leads",
    file: "server-handshakes.ts",
    original: '      this.#reads.add({ type: "continue", recipient, sessionId, nonce });',
    mutated: '      this.reject(recipient, nonce, "SessionExpired");',
  },
  {
    name: "expiry-by-a-deposed-leader",
    doc: "a leader ends a session when its lease is over, before the log says so",
    file: "server-endpoint.ts",
    original: '      this.#requests.end(session, { type: "ExpireSession", sessionId, unlessActiveAfter });',
    mutated:
      '      this.#requests.end(session, { type: "ExpireSession", sessionId, unlessActiveAfter });\n      this.#ended(session, "Expired");',
  },
  {
    name: "expiry-not-overtaken",
    doc: "a session expires although a sign of life reached the log first",
    file: "session-table.ts",
    original: "if (session.activeIndex > record.unlessActiveAfter)",
    mutated: "if (session.activeIndex > record.unlessActiveAfter + 1_000_000)",
  },
  {
    name: "continued-while-ending",
    doc: "a session is continued while its end is on its way into the log",
    file: "server-handshakes.ts",
    original: "    } else if (session.ending) {",
    mutated: "    } else if (Number.isNaN(now)) {",
  },
  {
    name: "lease-not-renewed-by-requests",
    doc: "only handshakes and batches are signs of life",
    file: "session-requests.ts",
    original: "      this.#live.renew(session, now);\n      this.#request(",
    mutated: "      this.#request(",
  },
  {
    name: "half-a-lease-from-a-new-leader",
    doc: "a new leader grants half of a lease",
    file: "server-handshakes.ts",
    original: "state?.sessionTimeoutMs ?? this.#options.sessionTimeoutMs, now);",
    mutated: "(state?.sessionTimeoutMs ?? this.#options.sessionTimeoutMs) / 2, now);",
  },
  {
    name: "snapshot-without-answers",
    doc: "a member that restarts has forgotten which commands were applied",
    file: "session-table.ts",
    original: "        session?.remember([{ requestId, index, result, refusal }]);",
    mutated: "        void [session, requestId, index, result, refusal];",
  },
  {
    name: "server-request-skipped",
    doc: "an acknowledgement takes one server request more out of the outbox",
    file: "session.ts",
    original: "this.#outbox.splice(0, requestId - first.requestId + 1);",
    mutated: "this.#outbox.splice(0, requestId - first.requestId + 2);",
  },
  {
    name: "server-request-twice",
    doc: "a client takes a server request again that was sent again",
    file: "server-request-inbox.ts",
    original: "if (requestId !== this.#deliveredId + 1 || ",
    mutated: "if (requestId > this.#deliveredId + 1 || ",
  },
  {
    name: "no-redelivery-on-continue",
    doc: "server requests that were lost with a connection are not sent on the next one",
    file: "server-request-delivery.ts",
    original: "    session.sentRequestId = session.ackedRequestId;\n    this.deliver(session, now);\n",
    mutated: "    this.deliver(session, now);\n",
  },
  {
    name: "not-sent-again",
    doc: "what waits for an answer is not sent on a new connection",
    file: "client-calls.ts",
    original: "    for (const call of this.#pending.all()) this.send(call, now);",
    mutated: "    void now;",
  },
  {
    name: "request-ids-not-reserved",
    doc: "a process that goes on with a session uses request ids of the one before",
    file: "request-id-reserve.ts",
    original: "    return this.#savingBefore;\n",
    mutated: "    return nextRequestId;\n",
  },
  {
    name: "acknowledgement-ahead-ignored",
    doc: "a new leader takes no acknowledgement of what only the one before it has sent",
    file: "server-request-delivery.ts",
    original: "if (requestId > lastId || ",
    mutated: "if (requestId > Math.min(lastId, session.sentRequestId) || ",
  },
  {
    name: "end-in-doubt-forgotten",
    doc: "a session is continued although a former end of it may yet get into the log",
    file: "server-endpoint.ts",
    original: 'else if (failure.type === "ambiguous") this.#live.doubt(session, record, this.#now);',
    mutated: "",
  },
  {
    name: "owner-not-checked",
    doc: "whoever knows a session's id can go on with it",
    file: "server-handshakes.ts",
    original: "?.owner !== client.publicKey) {",
    mutated: "?.owner !== client.publicKey && Number.isNaN(now)) {",
  },
  {
    name: "nonce-of-another-key",
    doc: "whoever repeats the handshake that created a session gets that session",
    file: "server-handshakes.ts",
    original: "if (unclaimed === undefined || unclaimed.owner !== owner) return false;",
    mutated: "if (unclaimed === undefined) return false;",
  },
  {
    name: "snapshot-without-owners",
    doc: "a member that restarts has forgotten whose the sessions are",
    file: "session-table.ts",
    original: "        owner: session.owner,\n",
    mutated: "",
  },
  {
    name: "no-means-yes",
    doc: "a client that was refused gets its session",
    file: "server-handshakes.ts",
    original: 'decision.type === "no"',
    mutated: 'decision.type === "no" && Number.isNaN(now)',
  },
  {
    name: "failure-means-yes",
    doc: "a client about which nobody could decide gets its session",
    file: "server-endpoint.ts",
    original: "this.#handshakes.authorizationFailed(event.authorizationId, event.error);",
    mutated: "this.#handshakes.authorized(event.authorizationId, true, this.#now);",
  },
  {
    name: "not-asked-about-those-who-come-back",
    doc: "a session is continued without a decision",
    file: "server-handshakes.ts",
    original: "this.#options.authorizes === true && this.#live.all.has(sessionId)",
    mutated: "this.#options.authorizes === undefined",
  },
  {
    name: "rates-of-a-client-off",
    doc: "only what all clients ask for together is limited",
    file: "client-accounts.ts",
    original: 'exceeded(own, charge, "client", now) ?? ',
    mutated: "",
  },
  {
    name: "rates-begin-anew-with-a-connection",
    doc: "what a client has had is forgotten with its last connection",
    file: "client-accounts.ts",
    original: "if (guest.account.connections === 0) this.#rest(guest.account, now);",
    mutated: "if (guest.account.connections === 0) this.#accounts.delete(guest.account.key);",
  },
  {
    name: "rates-begin-anew-with-a-decision",
    doc: "a client that is given rates of its own may ask for a whole burst again",
    file: "token-bucket.ts",
    original: "this.#tokens = allowance.burst - taken;",
    mutated: "this.#tokens = allowance.burst + 0 * taken;",
  },
  {
    name: "refused-counts-against-all",
    doc: "what one client is refused is taken from the share of the others",
    file: "client-accounts.ts",
    original: "    const excess = exceeded(own,",
    mutated: "    take(this.#total, charge);\n    const excess = exceeded(own,",
  },
  {
    name: "impatient-requests",
    doc: "a client asks again at once for what a server has refused for now",
    file: "client-calls.ts",
    original: "Math.max(reason.retryAfter, limits.backoffMinMs)",
    mutated: "limits.backoffMinMs",
  },
  {
    name: "impatient-handshakes",
    doc: "a client comes back before the server wants it",
    file: "client-session.ts",
    original: "this.#route.delayMs(retryAfterMs)",
    mutated: "this.#route.delayMs(0 * retryAfterMs)",
  },
];
