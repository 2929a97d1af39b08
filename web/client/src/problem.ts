import type { ProblemBody } from "./wire.ts";

/** An answer that says no: RFC 9457, with a stable code. `status` is 0 when the server could not be reached. */
export class Problem extends Error {
  readonly code: string;
  readonly status: number;
  readonly detail: string;
  /** Seconds, from `Retry-After`. */
  readonly retryAfter: number | null;
  readonly body: Readonly<Record<string, unknown>>;

  constructor(body: ProblemBody, retryAfter: number | null = null) {
    super(body.detail ?? body.title ?? body.code);
    this.name = "Problem";
    this.code = body.code;
    this.status = body.status;
    this.detail = this.message;
    this.retryAfter =
      retryAfter ?? (typeof body.retry_after === "number" ? body.retry_after : null);
    this.body = body;
  }

  static unreachable(): Problem {
    return new Problem({ code: "unreachable", status: 0, detail: "The server cannot be reached." });
  }

  static signedOut(): Problem {
    return new Problem({ code: "signed_out", status: 401, detail: "Nobody is signed in." });
  }

  static ended(): Problem {
    return new Problem({ code: "session_ended", status: 401, detail: "The session has ended." });
  }

  static of(error: unknown): Problem {
    if (error instanceof Problem) return error;
    return new Problem({ code: "internal", status: 0, detail: String(error) });
  }

  /** The same attempt may succeed later, without anybody changing anything. */
  get passing(): boolean {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500;
  }
}

/** The problem in an HTTP answer that is not a success, whatever stands in its body. */
export async function problemFrom(response: Response): Promise<Problem> {
  const body = (await response.json().catch(() => null)) as Partial<ProblemBody> | null;
  const after = Number.parseInt(response.headers.get("retry-after") ?? "", 10);
  const code = typeof body?.code === "string" ? body.code : `http_${response.status}`;
  return new Problem(
    { ...body, code, status: response.status },
    Number.isNaN(after) ? null : after,
  );
}
