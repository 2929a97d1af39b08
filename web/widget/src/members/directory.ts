import type { ReactiveController, ReactiveControllerHost } from "lit";
import { type Client, type MemberQuery, type MemberWithRelation, Problem } from "#client";
import { Relations } from "../relations.ts";

const PAUSE = 180;
const PAGE = 60;
/** How many items before its end the next page is asked for. */
const AHEAD = 40;

/** Which items of the list may be seen at this moment. */
export interface Seen {
  from: number;
  to: number;
}

interface Chunk {
  cursor: string | undefined;
  count: number;
}

/**
 * The directory as a list that is searched while one types and grows page by page. The last question asked wins. What
 * changed meanwhile is asked for again where one looks, and for the rest when one gets there.
 */
export class Directory implements ReactiveController {
  people: readonly MemberWithRelation[] = [];
  state: "idle" | "loading" | "more" | "done" | "failed" = "idle";
  error: unknown = null;
  #next: string | null = null;
  #query: MemberQuery = {};
  #chunks: Chunk[] = [];
  #ids = new Set<string>();
  /** So many at the beginning may be old. */
  #stale = 0;
  #asked = 0;
  #again: () => Promise<void> = async () => {};
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #relations = new Relations((id) => void (id === null ? this.refresh() : this.renew(id)));

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly client: () => Client,
    private readonly seen: () => Seen = () => ({ from: 0, to: this.people.length }),
  ) {
    host.addController(this);
  }

  get hasMore(): boolean {
    return this.#next !== null;
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
    this.#relations.follow(null);
  }

  hostUpdated(): void {
    if (this.state !== "done") return;
    this.#relations.follow(this.client());
    const { from, to } = this.seen();
    if (from < this.#stale) void this.refresh();
    else if (to + AHEAD > this.people.length) void this.more();
  }

  /** Asks at once. */
  load(query: MemberQuery): Promise<void> {
    clearTimeout(this.#timer);
    this.#query = query;
    this.#again = () => this.load(query);
    return this.#ask("loading", async (page) => {
      const first = await page(undefined);
      this.#chunks = [{ cursor: undefined, count: first.items.length }];
      this.#stale = 0;
      this.people = first.items;
      this.#ids = new Set(first.items.map(({ id }) => id));
      this.#next = first.next;
    });
  }

  /** Asks when the typing pauses. */
  loadSoon(query: MemberQuery): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.load(query), PAUSE);
  }

  async more(): Promise<void> {
    const cursor = this.#next;
    if (cursor === null || this.state !== "done") return;
    this.#again = () => {
      this.state = "done";
      return this.more();
    };
    await this.#ask("more", async (page) => {
      const { items, next } = await page(cursor);
      this.#add(this.people, this.#chunks, [{ cursor, items }]);
      this.#next = next;
    });
  }

  retry(): Promise<void> {
    return this.#again();
  }

  /** The pages that one looks at, afresh; those after them come again as one scrolls. */
  async refresh(): Promise<void> {
    if (this.state === "idle") return;
    if (this.state !== "done") return this.load(this.#query);
    const { from, to } = this.seen();
    let [kept, start] = [0, 0];
    for (const { count } of this.#chunks.slice(0, -1)) {
      if (start + count > from) break;
      start += count;
      kept += 1;
    }
    await this.#ask("done", async (page) => {
      let cursor = this.#chunks[kept]?.cursor ?? null;
      const fresh: { cursor: string | undefined; items: MemberWithRelation[] }[] = [];
      let count = 0;
      do {
        const { items, next } = await page(cursor ?? undefined);
        fresh.push({ cursor: cursor ?? undefined, items });
        count += items.length;
        cursor = next;
      } while (cursor !== null && start + count < to);
      this.#stale = start;
      this.#add(this.people.slice(0, start), this.#chunks.slice(0, kept), fresh);
      this.#next = cursor;
    });
  }

  /** One of them, as they are now. */
  async renew(id: string): Promise<void> {
    const wanted = this.#query.contact;
    if (!this.people.some((one) => one.id === id)) return wanted ? this.refresh() : undefined;
    const found = await this.client()
      .member(id)
      .catch((error) => (Problem.of(error).status === 404 ? null : undefined));
    const at = this.people.findIndex((one) => one.id === id);
    if (found === undefined || at < 0) return;
    const still = found && (!wanted || found.relation.contact === wanted);
    this.people = this.people.flatMap((one) => (one.id !== id ? one : still ? found : []));
    if (!still) this.#forget(id, at);
    this.host.requestUpdate();
  }

  #forget(id: string, at: number): void {
    this.#ids.delete(id);
    let end = 0;
    const chunk = this.#chunks.find(({ count }) => {
      end += count;
      return at < end;
    });
    if (chunk) chunk.count -= 1;
    if (at < this.#stale) this.#stale -= 1;
  }

  #add(
    people: readonly MemberWithRelation[],
    chunks: readonly Chunk[],
    fresh: readonly { cursor: string | undefined; items: readonly MemberWithRelation[] }[],
  ): void {
    // At the end of a very long list a page costs what it holds, not what stands before it.
    if (people !== this.people) this.#ids = new Set(people.map(({ id }) => id));
    const known = this.#ids;
    const all = [...people];
    this.#chunks = [...chunks];
    for (const { cursor, items } of fresh) {
      const added = items.filter(({ id }) => !known.has(id));
      for (const { id } of added) known.add(id);
      all.push(...added);
      this.#chunks.push({ cursor, count: added.length });
    }
    this.people = all;
  }

  /** `work` asks for pages; what it does after the last answer counts only while nothing else was asked. */
  async #ask(
    state: "loading" | "more" | "done",
    work: (page: (cursor: string | undefined) => ReturnType<Client["members"]>) => Promise<void>,
  ): Promise<void> {
    const turn = ++this.#asked;
    this.#become(state);
    try {
      await work(async (cursor) => {
        const page = await this.client().members({ ...this.#query, cursor, limit: PAGE });
        if (turn !== this.#asked) throw new Superseded();
        return page;
      });
      this.#become("done");
    } catch (error) {
      if (turn !== this.#asked) return;
      this.error = error;
      // What stands there already is better than nothing.
      this.#become(state === "done" ? "done" : "failed");
    }
  }

  #become(state: Directory["state"]): void {
    this.state = state;
    this.host.requestUpdate();
  }
}

class Superseded extends Error {}
