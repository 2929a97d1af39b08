// Making groups and looking after them: fetched when somebody does.
import type { Call, Calls } from "../http.ts";
import type { Store } from "../store.ts";
import type { Conversation, MemberCard, Page } from "../wire.ts";
import type { Groups } from "./types.ts";
import type { Crop, GroupDraft, GroupPatch, Participant, Picture, Role } from "./wire.ts";

/** The most that a list gives at once. */
const PAGE = 200;

const path = encodeURIComponent;
const group = (id: string) => `/conversations/${path(id)}`;
const participant = (id: string, member: string) => `${group(id)}/participants/${path(member)}`;

export class GroupsKeeper implements Groups {
  readonly #call: Calls;
  readonly #store: Store;

  constructor(call: Calls, store: Store) {
    this.#call = call;
    this.#store = store;
  }

  create(draft: GroupDraft): Promise<Conversation> {
    const body = { kind: "group", ...draft };
    return this.#conversation("/conversations", { method: "POST", body });
  }

  upload(file: Blob, crop?: Crop): Promise<Picture> {
    return this.#call("/pictures", { method: "POST", file, query: { ...crop } });
  }

  async change(id: string, patch: GroupPatch): Promise<void> {
    await this.#conversation(group(id), { method: "PATCH", body: patch });
  }

  async participants(id: string, cursor?: string): Promise<Page<Participant>> {
    const query = { limit: PAGE, cursor };
    const page = await this.#call<Page<Participant>>(`${group(id)}/participants`, { query });
    const seen = page.items.map(({ member, connected }) => ({ id: member.id, connected }));
    this.#store.dispatch({ type: "local.presence", seen });
    return page;
  }

  add(id: string, member: string): Promise<Participant> {
    return this.#call(participant(id, member), { method: "PUT" });
  }

  setRole(id: string, member: string, role: Role): Promise<Participant> {
    return this.#call(participant(id, member), { method: "PUT", body: { role } });
  }

  take(id: string, member: string): Promise<void> {
    return this.#call(participant(id, member), { method: "DELETE" });
  }

  async leave(id: string): Promise<void> {
    const { me } = this.#store.state;
    if (me === null) return;
    await this.take(id, me);
    this.#store.dispatch({ type: "conversation.removed", conversation_id: id, left: true });
  }

  async readers(id: string, message: string): Promise<MemberCard[]> {
    const where = `${group(id)}/messages/${path(message)}/readers`;
    return (await this.#call<{ items: MemberCard[] }>(where)).items;
  }

  #conversation(where: string, call: Call): Promise<Conversation> {
    return this.#store.load(
      () => this.#call<Conversation>(where, call),
      (conversation) => ({ type: "local.conversation", conversation }),
    );
  }
}
