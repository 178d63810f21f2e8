/** Who sends keep-alives when told to. */
export interface Paced {
  readonly sent: number;
  readonly answered: number;
  keepAlive(): void;
}

/**
 * Keep-alives at an even pace, in turn over all clients: each comes alone, as in life, and not with those of others.
 *
 * The process stays awake meanwhile. A server whose answer wakes a process on the same machine pays for that as well;
 * clients on other machines cost it nothing of the kind.
 */
export class Pace {
  #clients: readonly Paced[] = [];
  #timer: NodeJS.Timeout | undefined;
  #nextTurn: NodeJS.Immediate | undefined;

  /** How many were sent and answered by those whose turn it is, since they exist. */
  get counts(): { readonly sent: number; readonly answered: number } {
    let sent = 0;
    let answered = 0;
    for (const client of this.#clients) {
      sent += client.sent;
      answered += client.answered;
    }
    return { sent, answered };
  }

  /** Sends so many a second from here on; 0 ends it. */
  set(clients: readonly Paced[], perSecond: number): void {
    clearInterval(this.#timer);
    clearImmediate(this.#nextTurn);
    this.#clients = clients;
    if (perSecond === 0) return;
    const startedAt = performance.now();
    let sent = 0;
    this.#timer = setInterval(() => {
      const due = Math.floor(((performance.now() - startedAt) * perSecond) / 1_000);
      for (; sent < due; sent++) clients[sent % clients.length]?.keepAlive();
    }, 1);
    this.#stayAwake();
  }

  #stayAwake(): void {
    this.#nextTurn = setImmediate(() => this.#stayAwake());
  }
}
