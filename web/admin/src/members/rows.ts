// The rows of the grid, fetched a page at a time where the eye is.
import type { Api, Query } from "../shell/api.ts";
import type { GridMember, List } from "../wire.ts";

const PAGE = 100;
/** Pages that are kept: what one scrolled past is fetched again when one comes back. */
const KEPT = 40;

/** Tells "change" when rows arrive, and "problem" when they do not. */
export class Rows extends EventTarget {
  count: number | null = null;
  problem: unknown = null;
  readonly #api: Api;
  #query: Query = {};
  #pages = new Map<number, GridMember[]>();
  #asked = new Set<number>();
  #turn = 0;

  constructor(api: Api) {
    super();
    this.#api = api;
  }

  /** Another filter or order: everything anew. */
  begin(query: Query): void {
    this.#turn += 1;
    this.#query = query;
    this.#pages.clear();
    this.#asked.clear();
    this.count = null;
    this.problem = null;
    void this.#count();
    void this.#fetch(0);
  }

  /** The same rows, as they are now: what is shown stays until its successor is here. */
  refresh(): void {
    this.#turn += 1;
    this.#asked.clear();
    const last = [...this.#pages.keys()].slice(-3);
    void this.#count();
    for (const page of last) void this.#fetch(page);
  }

  at(index: number): GridMember | undefined {
    return this.#pages.get(Math.floor(index / PAGE))?.[index % PAGE];
  }

  /** What the website says of those who were fetched: names, and the values of each. */
  attributes(): Map<string, Set<string>> {
    const found = new Map<string, Set<string>>();
    for (const row of [...this.#pages.values()].flat())
      for (const [name, values] of Object.entries(row.attributes))
        found.set(name, new Set([...(found.get(name) ?? []), ...values]));
    return found;
  }

  /** The rows that may be seen. */
  near(first: number, last: number): void {
    for (let page = Math.floor(first / PAGE); page <= Math.floor(last / PAGE); page += 1)
      if (!this.#pages.has(page)) void this.#fetch(page);
  }

  /** A row that was changed elsewhere. */
  put(member: Partial<GridMember> & { id: string }): void {
    for (const rows of this.#pages.values()) {
      const at = rows.findIndex((one) => one.id === member.id);
      const row = rows[at];
      if (row) rows[at] = { ...row, ...member };
    }
    this.dispatchEvent(new Event("change"));
  }

  async #count(): Promise<void> {
    const turn = this.#turn;
    const { sort: _, ...filter } = this.#query;
    const found = await this.#api
      .get<{ count: number }>("/members/count", filter)
      .catch(() => null);
    if (turn !== this.#turn || !found) return;
    this.count = found.count;
    this.dispatchEvent(new Event("change"));
  }

  async #fetch(page: number): Promise<void> {
    if (this.#asked.has(page)) return;
    this.#asked.add(page);
    const turn = this.#turn;
    try {
      const query = { ...this.#query, offset: page * PAGE, limit: PAGE };
      const { items } = await this.#api.get<List<GridMember>>("/members", query);
      if (turn !== this.#turn) return;
      this.#pages.delete(page);
      this.#pages.set(page, items);
      for (const old of [...this.#pages.keys()].slice(0, -KEPT)) {
        this.#pages.delete(old);
        this.#asked.delete(old);
      }
      this.dispatchEvent(new Event("change"));
    } catch (error) {
      if (turn !== this.#turn) return;
      this.#asked.delete(page);
      this.problem = error;
      this.dispatchEvent(new Event("change"));
    }
  }
}
