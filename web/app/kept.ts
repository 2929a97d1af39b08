// What this page keeps in the browser, so that it opens without a network: the last state of whoever is signed in, and
// of nobody else. Signing out takes all of it away.
import type { Client } from "#client";
import { LastingSession, memberIn } from "./session.ts";
import {
  answerFrom,
  isKept,
  MOST_THREADS,
  type Snapshot,
  snapshotOf,
  written,
} from "./snapshot.ts";

/** Written down so long after a change, with those that follow. */
const SOON = 2_000;

export class Kept {
  readonly storage: Storage;
  readonly session: LastingSession;
  readonly #site: string;
  readonly #key: string;
  #snapshot: Snapshot | null;
  #client: Client | null = null;
  /** Who is signed in here; before that is known, who was. */
  #member: string | null;
  #here = false;
  /** The server has spoken in this window: from then on it alone is asked. */
  #live = false;
  #written = "";
  #timer: ReturnType<typeof setTimeout> | undefined;
  #fetching = false;

  /** Null where the browser keeps nothing. */
  static of(origin: string, site: string): Kept | null {
    try {
      return new Kept(globalThis.localStorage, `${origin}:${site}`);
    } catch {
      return null;
    }
  }

  private constructor(storage: Storage, site: string) {
    this.storage = storage;
    this.session = new LastingSession(storage);
    this.#site = site;
    this.#key = `parvis:kept:${site}`;
    this.#snapshot = parse(storage.getItem(this.#key));
    this.#member = memberIn(storage.getItem(this.#sessionKey)) ?? this.#snapshot?.member ?? null;
  }

  get #sessionKey(): string {
    return `parvis:session:${this.#site}`;
  }

  /** What the server would answer to who is signed in, as far as it is known and nothing newer was heard. */
  answer(path: string, query: URLSearchParams): unknown {
    const { me, status } = this.#client ?? {};
    this.#live ||= status === "online";
    if (this.#live || !me || this.#snapshot?.member !== me.id) return undefined;
    return answerFrom(this.#snapshot, path, query);
  }

  follow(client: Client): void {
    this.#client = client;
    client.addEventListener("change", this.#onChange);
    addEventListener("storage", this.#onStorage);
    // A page that is put away may never come back.
    document.addEventListener("visibilitychange", this.#save);
    this.#onChange();
  }

  readonly #onChange = (): void => {
    const { me, status, problem } = this.#client ?? {};
    this.#live ||= status === "online";
    if (me) {
      if (this.#member !== null && this.#member !== me.id) this.#forget(this.#member);
      this.#member = me.id;
      this.#here = true;
      this.#timer ??= setTimeout(this.#save, SOON);
    } else if (status !== "connecting") {
      // Whose session has run out comes back to what they wrote. Who signed out leaves nothing.
      if (this.#here && !problem && this.#member !== null) this.#forget(this.#member);
      else this.#drop();
      this.#here = false;
    }
  };

  readonly #save = (): void => {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const client = this.#client;
    // What came from here need not be kept again.
    if (!client?.me || !client.site || client.status !== "online" || !client.state.loaded) return;
    this.#snapshot = snapshotOf(client.state, client.site, this.#snapshot);
    if (!this.#snapshot) return;
    const text = written(this.#snapshot);
    try {
      if (text !== this.#written) this.storage.setItem(this.#key, text);
      this.#written = text;
    } catch {
      // Full: what is written is worth more than what can be loaded again.
      this.#drop();
    }
    void this.#complete(client);
  };

  /** Fetches what was said lately, so that it can be read without a network though nobody looked at it yet. */
  async #complete(client: Client): Promise<void> {
    if (this.#fetching) return;
    this.#fetching = true;
    const { conversations } = client.state;
    for (const one of conversations.slice(0, MOST_THREADS / 2))
      if (!client.state.threads.get(one.id)?.loaded && !isKept(this.#snapshot, one))
        await client.loadHistory(one.id).catch(() => {});
    this.#fetching = false;
  }

  /** Another window of this browser signed out, or signed somebody else in: so it is here. */
  readonly #onStorage = ({ key, newValue }: StorageEvent): void => {
    if (!this.#here || (key !== null && key !== this.#sessionKey)) return;
    const other = memberIn(newValue);
    if (other === this.#member || this.session.outlasts(this.#sessionKey, newValue)) return;
    // Nothing is kept any more on the way out.
    this.#client = null;
    if (this.#member !== null) this.#forget(this.#member);
    location.reload();
  };

  #drop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#snapshot = null;
    this.#written = "";
    this.storage.removeItem(this.#key);
  }

  /** All that was kept for a member: what they were shown, what they wrote and what they had begun to write. */
  #forget(member: string): void {
    this.#drop();
    for (const storage of [this.storage, sessionStorage])
      for (const key of Object.keys(storage))
        if (
          key.startsWith(`parvis:outbox:${this.#site}:${member}:`) ||
          key.startsWith(`parvis:draft:${this.#site}:${member}:`)
        )
          storage.removeItem(key);
  }
}

function parse(text: string | null): Snapshot | null {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return null;
  }
}
