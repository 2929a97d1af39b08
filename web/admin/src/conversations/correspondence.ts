// What was said between one member and the organizers, as it grows.
import { uuid } from "../../../client/src/environment.ts";
import type { Desk } from "../shell/desk.ts";
import type { LiveEvent } from "../shell/live.ts";
import type { Message } from "../wire.ts";

interface Page {
  items: Message[];
  next: string | null;
}

/** A conversation with a member, of which operators are told. */
interface Opened {
  id: string;
  member?: { id: string } | null;
}

/** Tells "change". */
export class Correspondence extends EventTarget {
  id: string | null = null;
  messages: Message[] = [];
  loaded = false;
  /** There are older ones. */
  more = false;
  problem: unknown = null;
  readonly #desk: Desk;
  readonly #off: () => void;
  readonly #member: string | null;
  /** Questions on their way, and what came meanwhile: their answers may not know of it. */
  #asked = 0;
  #meanwhile: Message[] = [];

  constructor(desk: Desk, of: { member: string } | { conversation: string }) {
    super();
    this.#desk = desk;
    this.#member = "member" in of ? of.member : null;
    this.id = "conversation" in of ? of.conversation : null;
    this.#off = desk.live.on(this.#heard, () => void this.load());
    void this.load();
  }

  end(): void {
    this.#off();
  }

  async load(): Promise<void> {
    const { api } = this.#desk;
    this.#asked += 1;
    try {
      const found = !this.id && this.#member ? await this.#find(this.#member) : null;
      // It may have begun meanwhile, which was told.
      this.id ??= found;
      if (this.id) {
        const page = await api.get<Page>(`/conversations/${this.id}/messages`, { limit: 50 });
        this.messages = page.items;
        this.more = (page.items[0]?.seq ?? 1) > 1;
        for (const message of this.#meanwhile) this.#place(message);
        void this.read();
      }
      this.loaded = true;
      this.problem = null;
    } catch (error) {
      this.problem = error;
    }
    this.#asked -= 1;
    if (this.#asked === 0) this.#meanwhile = [];
    this.#tell();
  }

  /** The member's conversation with us, when there is one. */
  async #find(member: string): Promise<string | null> {
    const said = await this.#desk.api.get<Page>(`/members/${member}/messages`, { limit: 1 });
    return said.items[0]?.conversation_id ?? null;
  }

  async older(): Promise<void> {
    const before = this.messages[0]?.seq;
    if (!this.id || !before) return;
    const page = await this.#desk.try(() =>
      this.#desk.api.get<Page>(`/conversations/${this.id}/messages`, { before, limit: 50 }),
    );
    if (!page) return;
    this.messages = [...page.items, ...this.messages];
    this.more = page.items.length > 0 && (this.messages[0]?.seq ?? 1) > 1;
    this.#tell();
  }

  /** True when it is sent. The same draft sent again is one message. */
  async send(body: string, draft: string): Promise<boolean> {
    const { api } = this.#desk;
    const sent = await this.#desk.try(async () => {
      this.id ??= (
        await api.post<{ id: string }>("/conversations", {
          kind: "organizer",
          member: this.#member,
        })
      ).id;
      return api.post<Message>(`/conversations/${this.id}/messages`, { client_id: draft, body });
    });
    if (sent) this.#put(sent);
    return sent !== undefined;
  }

  async read(): Promise<void> {
    const seq = this.messages.at(-1)?.seq;
    if (this.id && seq)
      await this.#desk.api.post(`/conversations/${this.id}/read`, { seq }).catch(() => {});
  }

  readonly #heard = (event: LiveEvent): void => {
    const { conversation, message } = event as { conversation?: Opened; message?: Message };
    // Somebody else begins it.
    if (!this.id && conversation?.member?.id === this.#member) this.id = conversation?.id ?? null;
    if (!message) return;
    if (!this.id && message.author.id === this.#member) return void this.load();
    if (message.conversation_id !== this.id) return;
    this.#put(message);
    if (event.type === "message.created" && !document.hidden) void this.read();
  };

  #put(message: Message): void {
    if (this.#asked > 0) this.#meanwhile.push(message);
    this.#place(message);
    this.#tell();
  }

  #place(message: Message): void {
    const at = this.messages.findIndex((one) => one.seq === message.seq);
    if (at >= 0) this.messages = this.messages.with(at, message);
    else this.messages = [...this.messages, message].sort((a, b) => a.seq - b.seq);
  }

  #tell(): void {
    this.dispatchEvent(new Event("change"));
  }
}

export const newDraft = uuid;
