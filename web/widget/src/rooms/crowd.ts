import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { Present, PresentPage, RoomEvent, Rooms } from "#client";
import { came, matches, NOBODY, type Order, type PresentList, went, withPage } from "./present.ts";

const PAUSE = 150;
/** How many before the end of what is loaded the next page is asked for. */
const AHEAD = 40;
/** When many came or went at once, the list is asked for again: not by everybody at the same moment. */
const SPREAD = 1_500;

type Movement = Extract<RoomEvent, { type: "room.joined" | "room.left" }>;

/** The people in a room, searched while one types, page by page, and live. The last question asked wins. */
export class Crowd implements ReactiveController {
  list: PresentList = NOBODY;
  state: "loading" | "done" | "failed" = "loading";
  error: unknown = null;
  #count = 0;
  #room = "";
  #query = "";
  #asked = 0;
  #more = false;
  /** What was told while an answer is on its way, which may be older: it is applied again after it. */
  #told: Movement[] = [];
  #flights = 0;
  #client: Rooms | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly order: () => Order,
    /** Up to which of them one looks at this moment, or has the focus. */
    private readonly seen: () => number,
  ) {
    host.addController(this);
  }

  get people(): readonly Present[] {
    return this.list.people;
  }

  /** How many the list has; -1: more than are known. */
  get size(): number {
    if (this.list.next === null) return this.people.length;
    return this.#query ? -1 : this.#count;
  }

  hostDisconnected(): void {
    this.#asked += 1;
    this.#told = [];
    clearTimeout(this.#timer);
    this.#client?.removeEventListener("here", this.#heard);
    this.#client = null;
    this.#room = "";
  }

  hostUpdated(): void {
    if (this.state === "done" && this.seen() + AHEAD > this.people.length) void this.#next();
  }

  /** `inside`: what happens is told. Coming in, the list is asked for again: who came before was not told. */
  follow(client: Rooms, room: string, inside: boolean): void {
    if (client === this.#client && room === this.#room) return;
    if (!inside) return;
    this.hostDisconnected();
    this.#client = client;
    this.#room = room;
    this.list = NOBODY;
    this.#query = "";
    client.addEventListener("here", this.#heard);
    void this.load();
  }

  /** After a time without connection. */
  again(): void {
    void this.#refresh();
  }

  search(query: string): void {
    this.#query = query.trim();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.load(), PAUSE);
  }

  async load(): Promise<void> {
    this.state = "loading";
    await this.#ask(undefined, (page) => {
      this.list = { people: page.items, next: page.next };
    });
  }

  async #next(): Promise<void> {
    const { next } = this.list;
    if (next === null || this.#more) return;
    this.#more = true;
    await this.#ask(next, (page) => {
      this.list = withPage(this.list, page.items, page.next);
    });
    this.#more = false;
  }

  /** Quietly: as many as one has come to see. */
  async #refresh(): Promise<void> {
    const turn = ++this.#asked;
    await this.#fly(async () => {
      let fresh = NOBODY;
      do {
        const page = await this.#page(fresh.next ?? undefined);
        if (turn !== this.#asked || !page) return;
        fresh = withPage(fresh, page.items, page.next);
        this.#count = page.count;
      } while (fresh.next !== null && fresh.people.length < this.seen() + AHEAD);
      this.list = fresh;
      this.state = "done";
      // Where it fails, what stands there is better than nothing.
    }).catch(() => {});
    this.host.requestUpdate();
  }

  async #ask(cursor: string | undefined, use: (page: PresentPage) => void): Promise<void> {
    const turn = ++this.#asked;
    try {
      await this.#fly(async () => {
        const page = await this.#page(cursor);
        if (turn !== this.#asked || !page) return;
        use(page);
        this.#count = page.count;
        this.state = "done";
      });
    } catch (error) {
      if (turn !== this.#asked) return;
      this.error = error;
      if (cursor === undefined) this.state = "failed";
    }
    this.host.requestUpdate();
  }

  #page(cursor: string | undefined): Promise<PresentPage> | undefined {
    return this.#client?.connected(this.#room, this.#query, cursor);
  }

  async #fly(work: () => Promise<void>): Promise<void> {
    this.#flights += 1;
    try {
      await work();
      for (const one of this.#told) this.#apply(one);
    } finally {
      this.#flights -= 1;
      if (this.#flights === 0) this.#told = [];
    }
  }

  readonly #heard = (event: Event): void => {
    const told = (event as CustomEvent<Movement>).detail;
    if (told.conversation_id !== this.#room) return;
    if (this.#flights > 0) this.#told.push(told);
    this.#apply(told);
  };

  #apply(told: Movement): void {
    this.#count = told.count;
    if (told.members.length === 0) return this.#later();
    const before = this.list;
    if (told.type === "room.left") this.list = went(this.list, told.members);
    else {
      const wanted = told.members.filter((one) => !this.#query || matches(one, this.#query));
      this.list = came(this.list, wanted, this.order());
    }
    if (this.list !== before) this.host.requestUpdate();
  }

  #later(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#refresh(), Math.random() * SPREAD);
  }
}
