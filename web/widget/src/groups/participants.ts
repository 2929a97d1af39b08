import type { ReactiveControllerHost } from "lit";
import type { Client, Participant } from "#client";

/** Those who are in a group: page by page, and again whenever what is told of it may concern them. */
export class Participants {
  items: readonly Participant[] = [];
  state: "idle" | "loading" | "done" | "failed" = "idle";
  error: unknown = null;
  #next: string | null = null;
  #of = "";
  #as = "";
  #asked = 0;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly client: () => Client,
  ) {}

  get all(): boolean {
    return this.state === "done" && this.#next === null;
  }

  /** `as` changes whenever the list may be another than before. */
  follow(group: string, as: string): void {
    if (group === this.#of && as === this.#as) return;
    if (group !== this.#of) this.items = [];
    this.#of = group;
    this.#as = as;
    void this.load();
  }

  /** So many as were there before, at least one page. */
  async load(): Promise<void> {
    const wanted = this.items.length;
    await this.#ask(async (page) => {
      let items: Participant[] = [];
      do {
        const found = await page();
        items = [...items, ...found];
      } while (this.#next !== null && items.length < wanted);
      this.items = items;
    }, true);
  }

  async more(): Promise<void> {
    if (this.#next === null || this.state !== "done") return;
    await this.#ask(async (page) => {
      const known = new Set(this.items.map(({ member }) => member.id));
      const found = await page();
      this.items = [...this.items, ...found.filter(({ member }) => !known.has(member.id))];
    });
  }

  async #ask(
    work: (page: () => Promise<Participant[]>) => Promise<void>,
    fresh = false,
  ): Promise<void> {
    const turn = ++this.#asked;
    this.#become("loading");
    if (fresh) this.#next = null;
    try {
      const groups = await this.client().groups();
      await work(async () => {
        const { items, next } = await groups.participants(this.#of, this.#next ?? undefined);
        if (turn !== this.#asked) throw new Error("asked again");
        this.#next = next;
        return items;
      });
      this.#become("done");
    } catch (error) {
      if (turn !== this.#asked) return;
      this.error = error;
      this.#become("failed");
    }
  }

  #become(state: Participants["state"]): void {
    this.state = state;
    this.host.requestUpdate();
  }
}

/** Oneself first, then those who look after the group, then the others as they came. */
export function arranged(
  all: readonly Participant[],
  me: string | undefined,
): readonly Participant[] {
  const rank = ({ member, role }: Participant) => (member.id === me ? 0 : role === "admin" ? 1 : 2);
  return [...all].sort((a, b) => rank(a) - rank(b));
}
