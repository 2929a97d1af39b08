import { Problem } from "./problem.ts";

const READ_EVERY = 1_000;
const TYPING_EVERY = 3_000;

/** At most one typing signal per conversation in a while; the first goes at once. */
export class TypingThrottle {
  readonly #last = new Map<string, number>();

  allows(conversationId: string, now: number): boolean {
    if (now - (this.#last.get(conversationId) ?? Number.NEGATIVE_INFINITY) < TYPING_EVERY)
      return false;
    this.#last.set(conversationId, now);
    return true;
  }

  /** After sending, the next key press speaks at once again. */
  reset(conversationId: string): void {
    this.#last.delete(conversationId);
  }
}

/** Read marks: the first goes at once, then the furthest of each while; never backwards. */
export class ReadMarks {
  readonly #send: (conversationId: string, seq: number) => Promise<unknown>;
  readonly #wanted = new Map<string, number>();
  readonly #sent = new Map<string, number>();
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(send: (conversationId: string, seq: number) => Promise<unknown>) {
    this.#send = send;
  }

  mark(conversationId: string, seq: number): void {
    if (seq <= Math.max(this.#wanted.get(conversationId) ?? 0, this.#sent.get(conversationId) ?? 0))
      return;
    this.#wanted.set(conversationId, seq);
    if (!this.#timers.has(conversationId)) this.#flush(conversationId);
  }

  /** What could not be said before is said now. */
  again(): void {
    for (const id of this.#wanted.keys()) if (!this.#timers.has(id)) this.#flush(id);
  }

  clear(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    this.#wanted.clear();
    this.#sent.clear();
  }

  #flush(id: string): void {
    const seq = this.#wanted.get(id);
    this.#timers.delete(id);
    if (seq === undefined) return;
    this.#timers.set(
      id,
      setTimeout(() => this.#flush(id), READ_EVERY),
    );
    this.#wanted.delete(id);
    const before = this.#sent.get(id) ?? 0;
    this.#sent.set(id, seq);
    this.#send(id, seq).catch((error) => {
      this.#sent.set(id, before);
      if (!Problem.of(error).passing) return;
      this.#wanted.set(id, Math.max(seq, this.#wanted.get(id) ?? 0));
      clearTimeout(this.#timers.get(id));
      this.#timers.delete(id);
    });
  }
}
