// The way to the server: where nobody answers, what was kept does.

/** So long is waited for an answer to what could be answered from here. */
const PATIENCE = 3_000;
/** And so long once it is known that nobody answers. */
const NO_PATIENCE = 300;
/** What stands between says so when there is no server behind it. */
const NOBODY_THERE = [502, 503, 504];

export class Network {
  /** The last answer came from what was kept. */
  away = false;
  readonly #kept: (path: string, query: URLSearchParams) => unknown;

  /** `kept`: what is known of something asked under `/api/v1`. */
  constructor(kept: (path: string, query: URLSearchParams) => unknown) {
    this.#kept = kept;
  }

  readonly fetch: typeof fetch = async (input, init) => {
    const asked = this.#ask(input, init);
    if (!this.#answer(input, init)) return asked;
    try {
      const response = await Promise.race([asked, impatient(this.away ? NO_PATIENCE : PATIENCE)]);
      if (!NOBODY_THERE.includes(response.status)) return response;
    } catch {
      // Nobody is there.
    }
    // The server may have spoken meanwhile: then its answer is waited for.
    const answer = this.#answer(input, init);
    if (!answer) return asked;
    this.away = true;
    return answer;
  };

  async #ask(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
    const response = await fetch(input, init);
    if (!NOBODY_THERE.includes(response.status)) this.away = false;
    return response;
  }

  #answer(input: RequestInfo | URL, init?: RequestInit): Response | null {
    if (init?.method && init.method !== "GET") return null;
    const { pathname, searchParams } = new URL(String(input), location.href);
    const known = this.#kept(pathname.replace(/^\/api\/v1/, ""), searchParams);
    return known === undefined ? null : new Response(JSON.stringify(known));
  }
}

function impatient(after: number): Promise<never> {
  return new Promise((_, reject) => setTimeout(reject, after));
}
