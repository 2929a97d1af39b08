// Keeps the state in step with the server: loads it, follows what is told, and mends what was missed.
import type { Api } from "./api.ts";
import { Backoff } from "./backoff.ts";
import type { Environment } from "./environment.ts";
import { Problem } from "./problem.ts";
import type { Store } from "./store.ts";

/** Without the socket by then, lists are loaded all the same. */
const PATIENCE = 4_000;
const TICK = 1_000;
const SPREAD = 2_000;

export class Sync {
  readonly #environment: Environment;
  readonly #api: Api;
  readonly #store: Store;
  readonly #complain: (problem: Problem) => void;
  readonly #backoff: Backoff;
  readonly #mending = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #ticking: ReturnType<typeof setTimeout> | undefined;
  #life = 0;

  constructor(
    environment: Environment,
    api: Api,
    store: Store,
    complain: (problem: Problem) => void,
  ) {
    this.#environment = environment;
    this.#api = api;
    this.#store = store;
    this.#complain = complain;
    this.#backoff = new Backoff(environment.random);
  }

  /** A session begins; its socket will say `ready`, or this loads without it. */
  start(): void {
    this.#timer = setTimeout(() => {
      if (!this.#store.state.loaded) void this.reload();
    }, PATIENCE);
  }

  stop(): void {
    this.#life += 1;
    clearTimeout(this.#timer);
    clearTimeout(this.#ticking);
    this.#mending.clear();
  }

  /** Live. When `fresh`, what was known before may be old. */
  ready(fresh: boolean): void {
    clearTimeout(this.#timer);
    if (fresh) {
      this.#store.dispatch({ type: "local.stale" });
      void this.reload();
    } else if (!this.#store.state.loaded) void this.reload();
    this.mend();
  }

  /** The list afresh; tried again for as long as it takes. */
  async reload(): Promise<void> {
    const life = this.#life;
    clearTimeout(this.#timer);
    try {
      const before = this.#store.state.conversations;
      await this.loadConversations(undefined);
      // Those further down that stand open were kept as they were.
      for (const one of this.#store.state.conversations)
        if (before.includes(one)) this.#once(one.id, () => this.#loadConversation(one.id));
      this.#backoff.reset();
    } catch (error) {
      const problem = Problem.of(error);
      if (life !== this.#life) return;
      if (problem.passing) this.#timer = setTimeout(() => void this.reload(), this.#backoff.next());
      else this.#complain(problem);
    }
  }

  /** Titles and who may write follow from the site's settings. Not everybody at the same moment. */
  reloadSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.reload(), this.#environment.random() * SPREAD);
  }

  /** Whether one may write depends on both; titles and reasons are in one's own language. */
  memberChanged(id: string): void {
    const { conversations, me } = this.#store.state;
    if (id === me) return this.reloadSoon();
    for (const one of conversations)
      if (one.peer?.id === id) this.#once(one.id, () => this.#loadConversation(one.id));
  }

  async loadConversations(cursor: string | undefined): Promise<void> {
    await this.#store.load(
      () => this.#api.conversations(cursor),
      ({ items, next }) => ({
        type: "local.conversations",
        items,
        next,
        append: cursor !== undefined,
      }),
    );
  }

  async loadMore(): Promise<void> {
    const cursor = this.#store.state.nextConversations;
    if (cursor !== null) await this.loadConversations(cursor);
  }

  async loadHistory(conversation: string, before?: number): Promise<void> {
    await this.#store.load(
      () => this.#api.history(conversation, before),
      ({ items, next }) => ({
        type: "local.history",
        conversation,
        items,
        older: next !== null,
        newest: before === undefined,
      }),
    );
  }

  /** Loads what events showed to be missing: conversations never seen, threads with a hole. */
  mend(): void {
    const { unknown, threads } = this.#store.state;
    for (const id of unknown) this.#once(id, () => this.#loadConversation(id));
    for (const [id, thread] of threads)
      if (thread.gap) this.#once(`${id}:history`, () => this.loadHistory(id));
  }

  /** Typing notices go stale by themselves. */
  tickLater(): void {
    clearTimeout(this.#ticking);
    this.#ticking = setTimeout(() => {
      this.#store.dispatch({ type: "local.tick" });
      const threads = [...this.#store.state.threads.values()];
      if (threads.some((thread) => thread.typing.length > 0)) this.tickLater();
    }, TICK);
  }

  #once(key: string, work: () => Promise<void>): void {
    if (this.#mending.has(key)) return;
    this.#mending.add(key);
    const life = this.#life;
    work()
      .catch((error) => this.#complain(Problem.of(error)))
      .finally(() => {
        if (life === this.#life) this.#mending.delete(key);
      });
  }

  async #loadConversation(id: string): Promise<void> {
    try {
      await this.#store.load(
        () => this.#api.conversation(id),
        (conversation) => ({ type: "local.conversation", conversation }),
      );
    } catch (error) {
      if (Problem.of(error).status !== 404) throw error;
      this.#store.dispatch({ type: "conversation.removed", conversation_id: id, left: true });
    }
  }
}
