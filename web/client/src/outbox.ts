// Messages on their way. Each is one entry of local storage, so that tabs never overwrite each other's; it stays
// until the server has acknowledged it. The `client_id` makes sending it again harmless, the lock makes it rare.
// Order holds within a conversation: one that has to wait keeps no other waiting.

import { Backoff } from "./backoff.ts";
import { type Environment, uuid } from "./environment.ts";
import { asJson } from "./json.ts";
import { Problem } from "./problem.ts";
import type { PendingMessage } from "./types.ts";
import type { Answer } from "./wire.ts";

/** Seconds, where the server asks to wait and does not say how long. */
const PAUSE = 5;

interface Entry extends PendingMessage {
  /** Grows with each message that this browser writes. */
  readonly order: number;
}

export interface OutboxHost {
  /** Over the socket or HTTP; rejects with a `Problem`. */
  deliver(entry: PendingMessage): Promise<Answer>;
  sent(answer: Answer): void;
  changed(pending: readonly PendingMessage[]): void;
  /** Nothing can be sent before this is true. */
  ready(): boolean;
}

export class Outbox {
  readonly #environment: Environment;
  readonly #prefix: string;
  readonly #host: OutboxHost;
  readonly #backoff: Backoff;
  #order = 0;
  #flushing = false;
  #again = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Conversations in which one has to wait, and what ends it. */
  readonly #paused = new Map<string, ReturnType<typeof setTimeout>>();
  #closed = false;

  /** `owner` tells apart server, site and member: what one wrote another never sends. */
  constructor(environment: Environment, owner: string, host: OutboxHost) {
    this.#environment = environment;
    this.#prefix = `parvis:outbox:${owner}:`;
    this.#host = host;
    this.#backoff = new Backoff(environment.random);
    environment.events?.addEventListener("storage", this.#onStorage);
    environment.events?.addEventListener("online", this.flush);
  }

  close(): void {
    this.#closed = true;
    for (const timer of [this.#timer, ...this.#paused.values()]) clearTimeout(timer);
    this.#environment.events?.removeEventListener("storage", this.#onStorage);
    this.#environment.events?.removeEventListener("online", this.flush);
  }

  /** In the order written. */
  entries(): readonly PendingMessage[] {
    const { local } = this.#environment;
    const keys = Array.from({ length: local.length }, (_, index) => local.key(index));
    return keys
      .filter((key): key is string => key?.startsWith(this.#prefix) ?? false)
      .flatMap((key) => read(local.getItem(key)))
      .sort((a, b) => a.order - b.order || (a.clientId < b.clientId ? -1 : 1));
  }

  add(
    conversationId: string,
    body: string,
    replyTo: string | null,
    whisper = false,
  ): PendingMessage {
    const now = this.#environment.now();
    this.#order = Math.max(this.#order + 1, now * 1000);
    const createdAt = new Date(now).toISOString();
    const entry: Entry = {
      clientId: uuid(),
      conversationId,
      body,
      replyTo,
      whisper,
      createdAt,
      order: this.#order,
      state: "sending",
      problem: null,
    };
    this.#write(entry);
    this.#tell();
    this.flush();
    return entry;
  }

  retry(clientId: string): void {
    const entry = this.#find(clientId);
    if (!entry) return;
    this.#write({ ...entry, state: "sending", problem: null });
    this.#tell();
    this.flush();
  }

  /** Takes a message back before it left, or after it was refused; also when the server shows that it has it. */
  discard(clientId: string): void {
    if (this.#environment.local.getItem(this.#prefix + clientId) === null) return;
    this.#environment.local.removeItem(this.#prefix + clientId);
    this.#tell();
  }

  clear(): void {
    for (const entry of this.entries())
      this.#environment.local.removeItem(this.#prefix + entry.clientId);
    this.#tell();
  }

  /** Sends what waits, if nobody else does; called again whenever something may have changed. */
  readonly flush = (): void => {
    if (this.#flushing) {
      this.#again = true;
      return;
    }
    if (this.#closed || !this.#host.ready() || !this.#next()) return;
    clearTimeout(this.#timer);
    this.#flushing = true;
    this.#again = false;
    this.#alone(() => this.#sendAll())
      .catch((error) => this.#later(Problem.of(error)))
      .finally(() => {
        this.#flushing = false;
        if (this.#again) this.flush();
      });
  };

  /** One tab at a time. Without locks (no TLS) the client_id alone keeps it to once. */
  async #alone(work: () => Promise<void>): Promise<void> {
    const { locks } = this.#environment;
    if (locks) await locks.request(`${this.#prefix}flush`, work);
    else await work();
  }

  async #sendAll(): Promise<void> {
    for (let entry = this.#next(); entry; entry = this.#next()) {
      if (this.#closed || !this.#host.ready()) return;
      await this.#sendOne(entry);
    }
  }

  async #sendOne(entry: PendingMessage): Promise<void> {
    try {
      const answer = await this.#host.deliver(entry);
      this.#backoff.reset();
      this.#environment.local.removeItem(this.#prefix + entry.clientId);
      this.#host.sent(answer);
    } catch (error) {
      const problem = Problem.of(error);
      if (problem.status === 429) return this.#pause(entry.conversationId, problem.retryAfter);
      if (problem.passing || problem.status === 401) throw problem;
      const { code, detail, body } = problem;
      const why = { code, detail, logins: body.logins as string[] | undefined };
      const still = this.#find(entry.clientId);
      if (still) this.#write({ ...still, state: "failed", problem: why });
    }
    this.#tell();
  }

  #later(problem: Problem): void {
    if (this.#closed || problem.status === 401) return;
    const wait = problem.retryAfter === null ? this.#backoff.next() : problem.retryAfter * 1000;
    this.#timer = setTimeout(this.flush, wait);
  }

  #pause(conversation: string, seconds: number | null): void {
    const goOn = () => {
      this.#paused.delete(conversation);
      this.flush();
    };
    if (!this.#closed) this.#paused.set(conversation, setTimeout(goOn, (seconds || PAUSE) * 1000));
  }

  #next(): PendingMessage | undefined {
    return this.entries().find(
      ({ state, conversationId }) => state === "sending" && !this.#paused.has(conversationId),
    );
  }

  #find(clientId: string): Entry | undefined {
    return read(this.#environment.local.getItem(this.#prefix + clientId))[0];
  }

  #write(entry: PendingMessage): void {
    this.#environment.local.setItem(this.#prefix + entry.clientId, asJson(entry));
  }

  #tell(): void {
    if (!this.#closed) this.#host.changed(this.entries());
  }

  readonly #onStorage = (event: Event): void => {
    const { key } = event as StorageEvent;
    if (key === null || key?.startsWith(this.#prefix)) this.#tell();
  };
}

function read(text: string | null): Entry[] {
  if (text === null) return [];
  try {
    const entry = JSON.parse(text) as Entry;
    return typeof entry.clientId === "string" && typeof entry.body === "string" ? [entry] : [];
  } catch {
    return [];
  }
}
