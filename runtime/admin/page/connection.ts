/** The server wants a token, or another one. */
export class TokenNeeded extends Error {
  /** Whether it was given one. */
  readonly wasWrong: boolean;

  constructor(wasWrong: boolean) {
    super(wasWrong ? "this is not the token" : "a token is needed");
    this.wasWrong = wasWrong;
  }
}

/** Asks the server that the page came from. */
export class Connection {
  #token: string | undefined = remembered();

  /** Takes a token for all questions to come. It stays in this tab, and is in no address. */
  setToken(token: string): void {
    this.#token = token;
    try {
      sessionStorage.setItem(TOKEN_KEY, token);
    } catch {
      // A browser that stores nothing asks again after a reload.
    }
  }

  /** Asks. Rejects with `TokenNeeded`, and with another error where there is no good answer in time. */
  async get<Answer>(path: string): Promise<Answer> {
    const headers: Record<string, string> = this.#token === undefined ? {} : { Authorization: `Bearer ${this.#token}` };
    const response = await fetch(path, { headers, cache: "no-store", signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) });
    if (response.status === 401) {
      const wasWrong = this.#token !== undefined;
      this.#forget();
      throw new TokenNeeded(wasWrong);
    }
    const answer = await response.json();
    if (!response.ok) throw new Error(String(answer.error ?? `the server answered ${response.status}`));
    return answer;
  }

  #forget(): void {
    this.#token = undefined;
    try {
      sessionStorage.removeItem(TOKEN_KEY);
    } catch {
      // It was not stored either.
    }
  }
}

function remembered(): string | undefined {
  try {
    return sessionStorage.getItem(TOKEN_KEY) ?? undefined;
  } catch {
    return undefined;
  }
}

const TOKEN_KEY = "hawser-token";
const ANSWER_TIMEOUT_MS = 8_000;
