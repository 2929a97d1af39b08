// What one does with the conversations of one's own list: it shows nowhere else.
import type { Api } from "./api.ts";
import type { Outgoing } from "./outgoing.ts";
import type { Store } from "./store.ts";
import type { Conversation } from "./wire.ts";

export class OwnList {
  readonly #api: Api;
  readonly #store: Store;
  readonly #outgoing: Outgoing;

  constructor(api: Api, store: Store, outgoing: Outgoing) {
    this.#api = api;
    this.#store = store;
    this.#outgoing = outgoing;
  }

  markRead(conversation_id: string, seq: number): void {
    const { me: member_id } = this.#store.state;
    const known = this.#find(conversation_id);
    const further = !known || seq > known.read_seq;
    if (!member_id || !(further || known.marked_unread)) return;
    this.#store.dispatch({ type: "conversation.read", conversation_id, member_id, seq });
    if (further) this.#outgoing.reads.mark(conversation_id, seq);
    // Nothing is read further, but the mark made by hand goes: a mark that stays is only a nuisance.
    else this.#api.read(conversation_id, seq).catch(() => {});
  }

  async markUnread(id: string): Promise<void> {
    await this.#api.unread(id);
    const conversation = this.#find(id);
    if (conversation)
      this.#store.dispatch({
        type: "local.conversation",
        conversation: { ...conversation, marked_unread: true },
      });
  }

  async remove(conversation_id: string, clear = false): Promise<void> {
    await this.#api.remove(conversation_id, clear);
    this.#store.dispatch({ type: "conversation.removed", conversation_id });
  }

  async change(id: string, patch: Parameters<Api["change"]>[1]): Promise<void> {
    await this.#store.load(
      () => this.#api.change(id, patch),
      (conversation) => ({ type: "local.conversation", conversation }),
    );
  }

  #find(id: string): Conversation | undefined {
    return this.#store.state.conversations.find((one) => one.id === id);
  }
}
