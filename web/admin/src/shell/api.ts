import type { Call, Http } from "../../../client/src/http.ts";
import { Problem, problemFrom } from "../../../client/src/problem.ts";

export type Query = Record<string, string | number | boolean | undefined>;

/** The back-office's API, as whoever is signed in on this site. */
export class Api {
  constructor(
    private readonly http: Http,
    private readonly token: () => string | null,
    private readonly ended: () => void,
  ) {}

  async call<T>(path: string, call: Call = {}): Promise<T> {
    try {
      return await this.http.call<T>(`/admin${path}`, { token: this.token(), ...call });
    } catch (error) {
      this.#heard(error);
      throw error;
    }
  }

  get<T>(path: string, query?: Query): Promise<T> {
    return this.call<T>(path, { query });
  }
  post<T>(path: string, body?: unknown): Promise<T> {
    return this.call<T>(path, { method: "POST", body });
  }
  put<T>(path: string, body?: unknown): Promise<T> {
    return this.call<T>(path, { method: "PUT", body });
  }
  patch<T>(path: string, body: unknown): Promise<T> {
    return this.call<T>(path, { method: "PATCH", body });
  }
  remove(path: string): Promise<void> {
    return this.call<void>(path, { method: "DELETE" });
  }

  /** Everything of a list that is short by nature: populations, views, rooms. */
  async all<T>(path: string, query: Query = {}, most = 2_000): Promise<T[]> {
    const found: T[] = [];
    let cursor: string | undefined;
    do {
      const page = await this.get<{ items: T[]; next: string | null }>(path, {
        limit: 200,
        ...query,
        cursor,
      });
      found.push(...page.items);
      cursor = page.next ?? undefined;
    } while (cursor && found.length < most);
    return found;
  }

  /** A file that the server makes: it is kept where the browser keeps what one downloads. */
  async download(path: string, name: string, call: { body?: unknown } = {}): Promise<void> {
    const response = await fetch(`/api/v1/admin${path}`, {
      method: call.body === undefined ? "GET" : "POST",
      headers: {
        authorization: `Bearer ${this.token() ?? ""}`,
        ...(call.body === undefined ? {} : { "content-type": "application/json" }),
      },
      body: call.body === undefined ? undefined : JSON.stringify(call.body),
      credentials: "omit",
    }).catch(() => {
      throw Problem.unreachable();
    });
    if (!response.ok) {
      const problem = await problemFrom(response);
      this.#heard(problem);
      throw problem;
    }
    save(await response.blob(), name);
  }

  #heard(error: unknown): void {
    if (error instanceof Problem && error.status === 401 && error.code === "unauthorized")
      this.ended();
  }
}

export function save(file: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 30_000);
}
