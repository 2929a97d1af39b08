// Being in rooms: entering those that somebody shows, again after every reconnect, and filling in what was missed.
import { Backoff } from "../backoff.ts";
import { Problem } from "../problem.ts";
import type { Store } from "../store.ts";
import type { Conversation, Message } from "../wire.ts";
import type { RoomCalls } from "./calls.ts";
import type { Dismissed } from "./dismissed.ts";
import type { RoomsHost } from "./keeper.ts";
import type { RoomsState } from "./types.ts";

/** So many pages at most are loaded again at once: what stands further back is loaded when one scrolls there. */
const MOST_PAGES = 8;

interface InsideParts {
  calls: RoomCalls;
  dismissed: Dismissed;
  complain: (problem: Problem) => void;
}

export class Inside {
  readonly #host: RoomsHost;
  readonly #store: Store<RoomsState>;
  readonly #calls: RoomCalls;
  readonly #dismissed: Dismissed;
  readonly #complain: (problem: Problem) => void;
  readonly #backoff: Backoff;
  /** How many show each room. */
  readonly #shown = new Map<string, number>();
  readonly #entering = new Map<string, Promise<void>>();
  /** Up to where what happened in each room is known. */
  readonly #cursors = new Map<string, string>();
  readonly #in = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #life = 0;

  constructor(
    host: RoomsHost,
    store: Store<RoomsState>,
    { calls, dismissed, complain }: InsideParts,
  ) {
    this.#host = host;
    this.#store = store;
    this.#calls = calls;
    this.#dismissed = dismissed;
    this.#complain = complain;
    this.#backoff = new Backoff(host.environment.random);
  }

  enter(room: string): void {
    this.#shown.set(room, (this.#shown.get(room) ?? 0) + 1);
    this.ready();
  }

  leave(room: string): void {
    const left = (this.#shown.get(room) ?? 0) - 1;
    if (left > 0) return void this.#shown.set(room, left);
    this.#shown.delete(room);
    this.#out(room);
    this.#cursors.delete(room);
    this.#host.socket.command({ type: "room.leave", conversation_id: room }).catch(() => {});
  }

  /** Enters what is shown and not entered. */
  ready(): void {
    if (!this.#host.socket.ready) return;
    clearTimeout(this.#timer);
    for (const room of this.#shown.keys())
      if (!this.#in.has(room) && !this.#entering.has(room) && this.#open(room)) this.#begin(room);
  }

  /** Another member, or nobody. */
  begin(): void {
    this.#cursors.clear();
    this.down();
  }

  down(): void {
    this.#life += 1;
    clearTimeout(this.#timer);
    this.#in.clear();
    this.#entering.clear();
    this.#store.dispatch({ type: "local.outside", conversation_id: null });
  }

  seen(cursor: string | undefined): void {
    if (cursor) for (const room of this.#in) this.#cursors.set(room, cursor);
  }

  removed(room: string): void {
    this.#in.delete(room);
    this.#cursors.delete(room);
  }

  /** Put out, or let in again. */
  changed({ id }: Conversation): void {
    if (this.#open(id)) return this.ready();
    this.#out(id);
    // What is said meanwhile is not theirs to hear afterwards by way of what was missed.
    this.#cursors.delete(id);
  }

  /** The newest page not before one is inside: nothing falls between the two. */
  async history(room: string, before?: number): Promise<void> {
    if (before === undefined) await this.#entering.get(room);
    await this.#store.load(
      () => this.#host.api.history(room, before),
      ({ items, next }) => ({
        type: "local.history",
        conversation: room,
        items,
        older: next !== null,
        newest: before === undefined,
      }),
    );
  }

  #open(room: string): boolean {
    const known = this.#store.state.conversations.find(({ id }) => id === room);
    return known !== undefined && known.room?.sanction?.kind !== "ban";
  }

  #out(room: string): void {
    this.#in.delete(room);
    this.#store.dispatch({ type: "local.outside", conversation_id: room });
  }

  #begin(room: string): void {
    const work = this.#enter(room).finally(() => {
      if (this.#entering.get(room) === work) this.#entering.delete(room);
    });
    this.#entering.set(room, work);
  }

  async #enter(conversation_id: string): Promise<void> {
    const life = this.#life;
    const resume = this.#cursors.get(conversation_id);
    const known = this.#store.state.threads.get(conversation_id)?.loaded ?? false;
    const frame = { type: "room.enter", conversation_id, resume } as const;
    try {
      const { cursor, missed } = await this.#store.load(
        () => this.#host.socket.command(frame),
        ({ conversation, connected = 0 }) =>
          conversation
            ? { type: "local.inside", conversation, connected }
            : { type: "local.outside", conversation_id },
      );
      if (life !== this.#life) return;
      this.#in.add(conversation_id);
      if (cursor) this.#cursors.set(conversation_id, cursor);
      this.#backoff.reset();
      void this.#waiting(conversation_id);
      if (known && (!resume || missed === "resync")) await this.#again(conversation_id);
    } catch (error) {
      if (life === this.#life) this.#refused(conversation_id, Problem.of(error));
    }
  }

  #refused(conversation_id: string, problem: Problem): void {
    if (problem.status === 404)
      this.#store.dispatch({ type: "conversation.removed", conversation_id });
    else if (problem.passing) this.#timer = setTimeout(() => this.ready(), this.#backoff.next());
    else
      this.#store
        .load(
          () => this.#host.api.conversation(conversation_id),
          (conversation) => ({ type: "local.conversation", conversation }),
        )
        .catch((error) => this.#complain(Problem.of(error)));
  }

  /** What was missed is not known: the thread afresh, as far back as it was, so that one's place in it stays. */
  async #again(room: string): Promise<void> {
    const first = this.#store.state.threads.get(room)?.messages[0]?.seq ?? 0;
    await this.#store.load(
      () => this.#pages(room, first),
      ({ items, older }) => ({ type: "local.reloaded", conversation: room, items, older }),
    );
  }

  async #pages(room: string, first: number): Promise<{ items: Message[]; older: boolean }> {
    let items: Message[] = [];
    for (let count = 0; count < MOST_PAGES; count += 1) {
      const page = await this.#host.api.history(room, items[0]?.seq);
      items = [...page.items, ...items];
      if (page.next === null) return { items, older: false };
      if ((items[0]?.seq ?? 0) <= first) break;
    }
    return { items, older: true };
  }

  /** One's own that wait for a moderator or were not accepted; moderators, how many wait for them. */
  async #waiting(room: string): Promise<void> {
    const info = this.#store.state.conversations.find(({ id }) => id === room)?.room;
    if (!info?.moderation) return;
    try {
      await this.#store.load(
        () => this.#calls.held(room),
        (items) => ({
          type: "local.held",
          conversation_id: room,
          items: this.#dismissed.without(items),
        }),
      );
      if (!info.moderator) return;
      await this.#store.load(
        () => this.#calls.waiting(room),
        ({ reports, held }) => ({
          type: "local.open",
          conversation_id: room,
          open: reports.length + held.length,
        }),
      );
    } catch {
      // The next entering asks again.
    }
  }
}
