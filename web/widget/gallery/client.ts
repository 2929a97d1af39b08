import {
  type Calls,
  type Client,
  type Conversation,
  type MemberQuery,
  type MemberWithRelation,
  type Page,
  type PendingMessage,
  Problem,
  type Rooms,
  type State,
  type Status,
  type Thread,
} from "#client";
import type { Calling } from "./calls.ts";
import { GalleryContacts } from "./contacts.ts";
import { GalleryGroups } from "./groups.ts";
import { by, me, message, people, populations, site } from "./people.ts";
import { history } from "./states.ts";
import { GallerySuggestions } from "./suggestions.ts";

interface Fixed {
  state: State;
  status?: Status;
  signedIn?: boolean;
  site?: Partial<typeof site>;
  calling?: Calling;
}

/** Shows fixed states, and answers enough for the elements to be tried by hand. For the gallery alone. */
export class GalleryClient extends EventTarget implements Client {
  readonly options = { origin: location.origin, site: "demo" };
  readonly problem = null;
  status: Status;
  me: Client["me"];
  site: Client["site"];
  state: State;
  readonly contacts = new GalleryContacts(this);
  private readonly calling: Calling;
  #calls: Calls | null = null;
  #from = 360;

  constructor(fixed: Fixed) {
    super();
    this.state = fixed.state;
    this.status = fixed.status ?? "online";
    this.me = fixed.signedIn === false ? null : me;
    this.site = { ...site, ...fixed.site };
    this.calling = fixed.calling ?? "outgoing";
  }

  change(next: Partial<Pick<GalleryClient, "state" | "status" | "me" | "site">>): void {
    Object.assign(this, next);
    queueMicrotask(() => this.dispatchEvent(new Event("change")));
  }

  patch(id: string, change: Partial<Conversation>): void {
    const conversations = this.state.conversations.map((one) =>
      one.id === id ? { ...one, ...change } : one,
    );
    this.change({ state: { ...this.state, conversations } });
  }

  patchThread(id: string, patch: (one: Thread) => Thread): void {
    const one = this.state.threads.get(id);
    if (one)
      this.change({
        state: { ...this.state, threads: new Map(this.state.threads).set(id, patch(one)) },
      });
  }

  receive(id: string, body: string): void {
    this.patchThread(id, (one) => {
      const seq = (one.messages.at(-1)?.seq ?? 0) + 1;
      const claire = people[0];
      return claire
        ? { ...one, messages: [...one.messages, message(id, seq, by(claire), 0, body)] }
        : one;
    });
  }

  async rooms(): Promise<Rooms> {
    const { galleryRooms } = await import("./rooms.ts");
    return galleryRooms(this);
  }
  async signIn() {}
  async signInWithPassword(): Promise<void> {
    throw new Problem({ code: "wrong_credentials", status: 401 });
  }
  async signOut() {}
  async members({ query = "", connected }: MemberQuery): Promise<Page<MemberWithRelation>> {
    const wanted = query.toLowerCase();
    return {
      items: people.filter(
        (one) => one.name.toLowerCase().includes(wanted) && (!connected || one.connected),
      ),
      next: null,
    };
  }
  async member(idOrLogin: string) {
    const found = people.find(({ id, login }) => id === idOrLogin || `@${login}` === idOrLogin);
    if (!found) throw new Problem({ code: "not_found", status: 404 });
    return found;
  }
  async populations() {
    return { items: populations, next: null };
  }
  async loadConversations() {}
  async loadMoreConversations() {}
  async openDirect(memberId: string): Promise<Conversation> {
    return this.#find((one) => one.peer?.id === memberId);
  }
  async openOrganizer(): Promise<Conversation> {
    return this.#find((one) => one.kind === "organizer");
  }
  async loadHistory(_id: string, before?: number) {
    if (before === undefined) return;
    await new Promise((resolve) => setTimeout(resolve, 150));
    this.#from = Math.max(0, this.#from - 40);
    this.change({ state: history(this.#from) });
  }
  send(conversationId: string, body: string): PendingMessage {
    const pending: PendingMessage = {
      clientId: crypto.randomUUID(),
      conversationId,
      body,
      replyTo: null,
      createdAt: new Date().toISOString(),
      state: "sending",
      problem: null,
    };
    this.patchThread(conversationId, (one) => ({ ...one, pending: [...one.pending, pending] }));
    setTimeout(() => this.#sent(pending), 700);
    return pending;
  }
  retry() {}
  discard(clientId: string) {
    for (const id of this.state.threads.keys())
      this.patchThread(id, (one) => ({
        ...one,
        pending: one.pending.filter((entry) => entry.clientId !== clientId),
      }));
  }
  async edit(id: string, messageId: string, body: string) {
    this.#revise(id, messageId, { body, edited_at: new Date().toISOString() });
  }
  async withdraw(id: string, messageId: string) {
    this.#revise(id, messageId, {
      body: "",
      removed: { by: "author", at: new Date().toISOString(), reason: null },
    });
  }
  markRead(id: string, seq: number) {
    const conversations = this.state.conversations.map((one) =>
      one.id === id ? { ...one, unread: 0, read_seq: seq } : one,
    );
    const unread = conversations.reduce((sum, one) => sum + one.unread, 0);
    this.change({ state: { ...this.state, conversations, unread } });
  }
  async markUnread() {}
  async restore() {}
  async mute(id: string, muted: boolean) {
    this.patch(id, { muted });
  }
  async groups() {
    return new GalleryGroups(this);
  }
  async calls(): Promise<Calls> {
    const { GalleryCalls } = await import("./calls.ts");
    this.#calls ??= new GalleryCalls(this, this.calling);
    return this.#calls;
  }

  async suggestions() {
    return new GallerySuggestions();
  }
  typing() {}
  async remove(id: string) {
    this.change({
      state: {
        ...this.state,
        conversations: this.state.conversations.filter((one) => one.id !== id),
      },
    });
  }
  async updateMe(patch: object) {
    this.change({ me: { ...me, ...patch } });
  }
  close() {}

  #find(test: (one: Conversation) => boolean): Conversation {
    const found = this.state.conversations.find(test);
    if (!found) throw new Problem({ code: "not_found", status: 404 });
    return found;
  }

  #sent(pending: PendingMessage): void {
    this.patchThread(pending.conversationId, (one) => {
      const seq = (one.messages.at(-1)?.seq ?? 0) + 1;
      const sent = message(pending.conversationId, seq, by(me), 0, pending.body, {
        client_id: pending.clientId,
      });
      return {
        ...one,
        messages: [...one.messages, sent],
        pending: one.pending.filter((entry) => entry !== pending),
      };
    });
  }

  #revise(id: string, messageId: string, patch: object): void {
    this.patchThread(id, (one) => ({
      ...one,
      messages: one.messages.map((entry) =>
        entry.id === messageId ? { ...entry, ...patch } : entry,
      ),
    }));
  }
}
