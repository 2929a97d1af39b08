import type { Environment } from "./environment.ts";
import { asJson } from "./json.ts";
import { Problem, problemFrom } from "./problem.ts";

const TIMEOUT = 20_000;
/** A large picture over a slow line. */
const FILE_TIMEOUT = 180_000;

export interface Call {
  method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  query?: Record<string, string | number | boolean | undefined>;
  body?: unknown;
  /** Sent as it is, in place of a body. */
  file?: Blob;
  token?: string | null;
}

/** Asks as the member. */
export type Calls = <T>(where: string, call?: Call) => Promise<T>;

/** Calls under `{origin}/api/v1`: the answer's JSON, or a `Problem`. */
export class Http {
  readonly #environment: Environment;
  readonly #base: string;

  constructor(environment: Environment, origin: string) {
    this.#environment = environment;
    this.#base = `${origin}/api/v1`;
  }

  async call<T>(path: string, call: Call = {}): Promise<T> {
    const response = await this.#send(path, call);
    if (!response.ok) throw await problemFrom(response);
    if (response.status === 204) return undefined as T;
    const answer = await response.json().catch(() => {
      throw Problem.unreachable();
    });
    return answer as T;
  }

  async #send(path: string, call: Call): Promise<Response> {
    const headers: Record<string, string> = { accept: "application/json" };
    if (call.token) headers.authorization = `Bearer ${call.token}`;
    if (call.body !== undefined) headers["content-type"] = "application/json";
    if (call.file) headers["content-type"] = call.file.type || "application/octet-stream";
    try {
      return await this.#environment.fetch(this.#base + path + queryString(call.query), {
        method: call.method ?? "GET",
        headers,
        body: call.file ?? (call.body === undefined ? undefined : asJson(call.body)),
        credentials: "omit",
        cache: "no-store",
        referrerPolicy: "no-referrer",
        signal: AbortSignal.timeout(call.file ? FILE_TIMEOUT : TIMEOUT),
      });
    } catch {
      throw Problem.unreachable();
    }
  }
}

function queryString(query: Call["query"]): string {
  const given = Object.entries(query ?? {}).filter(
    ([, value]) => value !== undefined && value !== "",
  );
  if (given.length === 0) return "";
  return `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
}
