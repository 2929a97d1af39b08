import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { Client, MemberQuery, MemberWithRelation } from "#client";

const PAUSE = 180;
const PAGE = 40;

/** The directory as a list that is searched while one types and grows page by page. The last question asked wins. */
export class Directory implements ReactiveController {
  people: readonly MemberWithRelation[] = [];
  state: "idle" | "loading" | "more" | "done" | "failed" = "idle";
  error: unknown = null;
  #next: string | null = null;
  #query: MemberQuery = {};
  #asked = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly client: () => Client,
  ) {
    host.addController(this);
  }

  get hasMore(): boolean {
    return this.#next !== null;
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }

  /** Asks at once. */
  load(query: MemberQuery): Promise<void> {
    clearTimeout(this.#timer);
    this.#query = query;
    this.#next = null;
    return this.#ask("loading");
  }

  /** Asks when the typing pauses. */
  loadSoon(query: MemberQuery): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.load(query), PAUSE);
  }

  async more(): Promise<void> {
    if (this.#next !== null && this.state === "done") await this.#ask("more");
  }

  retry(): Promise<void> {
    return this.load(this.#query);
  }

  async #ask(state: "loading" | "more"): Promise<void> {
    const turn = ++this.#asked;
    this.#become(state);
    try {
      const cursor = state === "more" ? (this.#next ?? undefined) : undefined;
      const page = await this.client().members({ ...this.#query, cursor, limit: PAGE });
      if (turn !== this.#asked) return;
      this.people = state === "more" ? [...this.people, ...page.items] : page.items;
      this.#next = page.next;
      this.#become("done");
    } catch (error) {
      if (turn !== this.#asked) return;
      this.error = error;
      this.#become("failed");
    }
  }

  #become(state: Directory["state"]): void {
    this.state = state;
    this.host.requestUpdate();
  }
}
