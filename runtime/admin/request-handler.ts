import type { IncomingMessage, ServerResponse } from "node:http";
import { limits } from "../protocol/limits.ts";
import { namesThisMachine } from "./address.ts";
import type { AdminAnswers } from "./admin-answers.ts";
import type { ErrorAnswer } from "./answers.ts";
import { adminPage } from "./generated/page.ts";
import { readSessionsQuestion } from "./session-page.ts";
import type { Token } from "./token.ts";

/** What a request is held against. */
export interface RequestHandlerOptions {
  readonly answers: AdminAnswers;
  readonly token: Token | undefined;
  /** Whether this machine alone can ask. */
  readonly isLocal: boolean;
}

/** Refuses what is not to be answered, and answers the rest. */
export class RequestHandler {
  readonly #answers: AdminAnswers;
  readonly #token: Token | undefined;
  readonly #isLocal: boolean;
  /** By path. */
  readonly #routes: Readonly<Record<string, Route>> = {
    "/": { isOpen: true, answer: () => page() },
    "/healthz": { isOpen: true, answer: () => json(200, { phase: this.#answers.phase }) },
    "/readyz": { isOpen: true, answer: () => this.#readyz() },
    "/metrics": { isOpen: false, answer: () => this.#metrics() },
    "/api/status": { isOpen: false, answer: (parameters) => this.#status(parameters) },
    "/api/sessions": { isOpen: false, answer: (parameters, isWanted) => this.#sessions(parameters, isWanted) },
  };

  constructor({ answers, token, isLocal }: RequestHandlerOptions) {
    this.#answers = answers;
    this.#token = token;
    this.#isLocal = isLocal;
  }

  /** Answers a request, in time or not at all. Never rejects. */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const late = setTimeout(() => response.destroy(), limits.adminAnswerTimeoutMs);
    response.once("close", () => clearTimeout(late));
    const isWanted = () => !response.destroyed;
    const answer = await this.#answer(request, isWanted).catch((error: unknown) =>
      refusal(500, `the answer could not be made: ${messageOf(error)}`),
    );
    if (answer !== undefined && isWanted()) send(response, answer, request.method === "HEAD");
  }

  async #answer(request: IncomingMessage, isWanted: () => boolean): Promise<Answer | undefined> {
    const problem = this.#problem(request);
    if (problem !== undefined) return problem;
    const { path, parameters } = parsed(request.url ?? "");
    const route = Object.hasOwn(this.#routes, path) ? this.#routes[path] : undefined;
    if (route === undefined)
      return refusal(404, `there is nothing here; look at ${Object.keys(this.#routes).join(", ")}`);
    if (!route.isOpen && this.#token?.isIn(request.headers.authorization) === false) {
      const { authorization } = request.headers;
      const what = authorization === undefined ? "a token is needed" : "this is not the token";
      return {
        ...refusal(401, `${what}: send it in a header, Authorization: Bearer TOKEN`),
        headers: { "WWW-Authenticate": 'Bearer realm="hawser"' },
      };
    }
    return route.answer(parameters, isWanted);
  }

  /** What is wrong with a request whatever it asks for. */
  #problem({ method, url = "", headers }: IncomingMessage): Answer | undefined {
    if (method !== "GET" && method !== "HEAD") {
      return { ...refusal(405, `${method} is not possible here, GET and HEAD are`), headers: { Allow: "GET, HEAD" } };
    }
    if (headers["transfer-encoding"] !== undefined || (headers["content-length"] ?? "0") !== "0") {
      return { ...refusal(400, "a question has no body: send none"), headers: { Connection: "close" } };
    }
    if (this.#isLocal && !namesThisMachine(headers.host)) {
      return refusal(421, "the header Host does not name this machine: ask localhost or 127.0.0.1");
    }
    return url.startsWith("/") ? undefined : refusal(400, "ask for a path, such as /healthz");
  }

  #readyz(): Answer {
    const readiness = this.#answers.readiness();
    return json(readiness.ready ? 200 : 503, readiness);
  }

  #metrics(): Answer {
    const metrics = this.#answers.metrics();
    if (metrics === undefined) {
      const cure = "const telemetry = prometheus(), of hawser/prometheus, for startServer and startAdminEndpoint both";
      return refusal(404, `the endpoint was started without a telemetry: ${cure}`);
    }
    return { status: 200, contentType: metrics.contentType, body: metrics.text };
  }

  #status(parameters: URLSearchParams): Answer {
    const after = parameters.get("after") ?? "0";
    if (!/^\d{1,15}$/.test(after)) return refusal(400, "after must be the number of a sample, or 0");
    return json(200, this.#answers.status(Number(after)));
  }

  async #sessions(parameters: URLSearchParams, isWanted: () => boolean): Promise<Answer | undefined> {
    const question = readSessionsQuestion(parameters);
    if (typeof question === "string") return refusal(400, question);
    const found = await this.#answers.sessions(question, isWanted);
    if (found !== "busy") return found && json(200, found);
    return { ...refusal(503, "many are looking through the sessions: ask again"), headers: { "Retry-After": "2" } };
  }
}

interface Route {
  /** Whether no token is needed: it says nothing that one should not know. */
  readonly isOpen: boolean;
  answer(parameters: URLSearchParams, isWanted: () => boolean): Answer | undefined | Promise<Answer | undefined>;
}

interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

function send(response: ServerResponse, { status, contentType, body, headers }: Answer, isHead: boolean): void {
  const bytes = Buffer.from(body);
  response.writeHead(status, {
    ...HEADERS,
    "Content-Type": contentType,
    "Content-Length": bytes.length,
    ...headers,
  });
  response.end(isHead ? undefined : bytes);
}

function page(): Answer {
  const { html, scriptHash, styleHash } = adminPage;
  const policy = [
    ...POLICY,
    `script-src '${scriptHash}'`,
    `style-src '${styleHash}'`,
    "connect-src 'self'",
    "img-src data:",
    "require-trusted-types-for 'script'",
  ];
  const headers = { "Content-Security-Policy": policy.join("; ") };
  return { status: 200, contentType: "text/html; charset=utf-8", body: html, headers };
}

function json(status: number, value: unknown): Answer {
  return { status, contentType: "application/json; charset=utf-8", body: `${JSON.stringify(value)}\n` };
}

function refusal(status: number, error: string): Answer {
  return json(status, { error } satisfies ErrorAnswer);
}

function parsed(url: string): { readonly path: string; readonly parameters: URLSearchParams } {
  const [path = "", ...rest] = url.split("?");
  return { path, parameters: new URLSearchParams(rest.join("?")) };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Nothing from elsewhere, in no frame, and no base or form that leads away. */
const POLICY: readonly string[] = [
  "default-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
];

/** Of every answer: nobody keeps it, guesses its type, or has it in a page of another origin. */
const HEADERS: Readonly<Record<string, string>> = {
  "Cache-Control": "no-store",
  "Content-Security-Policy": POLICY.join("; "),
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
};
