// Becoming contacts, and blocking: asks the server, and tells whoever shows a member that what one may do towards
// them may have changed.
import type { Api } from "../api.ts";
import { Problem } from "../problem.ts";
import type { Store } from "../store.ts";
import type { Sync } from "../sync.ts";
import type { Contacts, State } from "../types.ts";
import type {
  Block,
  ContactRequest,
  Page,
  RequestAnswer,
  RequestBox,
  ServerEvent,
} from "../wire.ts";

/** The most that a list gives at once. */
const PAGE = 200;

export interface ContactsHost {
  /** What one may do towards this member (null: towards everybody) may be another than before. */
  told(member: string | null): void;
  complain(problem: Problem): void;
}

export class ContactsKeeper implements Contacts {
  readonly #api: Api;
  readonly #store: Store;
  readonly #sync: Sync;
  readonly #host: ContactsHost;
  /** Somebody needs to know the blocks. */
  #needed = false;

  constructor(api: Api, store: Store, sync: Sync, host: ContactsHost) {
    this.#api = api;
    this.#store = store;
    this.#sync = sync;
    this.#host = host;
  }

  async loadRequests(box: RequestBox, more = false): Promise<void> {
    const known = this.#store.state.requests[box];
    const cursor = more ? (known?.next ?? undefined) : undefined;
    if (more && cursor === undefined) return;
    await this.#store.load(
      () => this.#api.requests(box, cursor),
      ({ items, next }) => ({ type: "local.requests", box, items, next, append: more }),
    );
  }

  async ask(memberId: string, note?: string): Promise<ContactRequest> {
    return this.#requested(await this.#api.ask(memberId, note || undefined));
  }

  async answer(requestId: string, answer: RequestAnswer): Promise<ContactRequest> {
    return this.#requested(await this.#api.answer(requestId, answer));
  }

  blocks(cursor?: string): Promise<Page<Block>> {
    return this.#api.blocks(cursor);
  }

  block(memberId: string): Promise<void> {
    return this.#setBlock(memberId, true);
  }

  unblock(memberId: string): Promise<void> {
    return this.#setBlock(memberId, false);
  }

  knowBlocks(): void {
    if (!this.#needed) this.#loadBlocks();
  }

  /** Another member begins. */
  begin(): void {
    this.#needed = false;
  }

  /** What the server told, applied already: who is shown differently by it. */
  heard(event: ServerEvent, before: State): void {
    const { me } = this.#store.state;
    switch (event.type) {
      case "site.updated":
        return this.#host.told(null);
      case "member.updated":
        if (event.member.id !== me) this.#followBlock(event.member.id);
        return this.#host.told(event.member.id === me ? null : event.member.id);
      case "contact_request.updated": {
        const { from, to } = event.contact_request;
        return this.#host.told(from.id === me ? to.id : from.id);
      }
      case "conversation.updated": {
        const { id, peer, blocked, can_write } = event.conversation;
        const known = before.conversations.find((one) => one.id === id);
        if (peer && (known?.blocked !== blocked || known?.can_write !== can_write))
          this.#host.told(peer.id);
      }
    }
  }

  /** Nothing known before still holds. */
  refresh(): void {
    const { requests } = this.#store.state;
    for (const box of ["received", "sent"] as const)
      if (requests[box])
        this.loadRequests(box).catch((error) => this.#host.complain(Problem.of(error)));
    if (this.#needed) this.#loadBlocks();
    this.#host.told(null);
  }

  #requested(contact_request: ContactRequest): ContactRequest {
    const before = this.#store.state;
    const event = { type: "contact_request.updated", contact_request } as const;
    this.#store.dispatch(event);
    this.heard(event, before);
    return contact_request;
  }

  async #setBlock(member: string, blocked: boolean): Promise<void> {
    await this.#api.setBlock(member, blocked);
    this.#store.dispatch({ type: "local.block", member, blocked });
    this.#sync.memberChanged(member);
    this.#host.told(member);
  }

  /** Another tab may have blocked them. One whom the rules hide now is found in the whole list alone. */
  #followBlock(id: string): void {
    if (!this.#store.state.blocks) return;
    this.#api.member(id).then(
      ({ relation }) =>
        this.#store.dispatch({ type: "local.block", member: id, blocked: relation.blocked }),
      () => this.#loadBlocks(),
    );
  }

  #loadBlocks(): void {
    this.#needed = true;
    this.#store
      .load(
        () => this.#everyBlock(),
        (members) => ({ type: "local.blocks", members }),
      )
      .catch((error) => this.#host.complain(Problem.of(error)));
  }

  async #everyBlock(): Promise<string[]> {
    const members: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await this.#api.blocks(cursor, PAGE);
      members.push(...page.items.map(({ member }) => member.id));
      cursor = page.next ?? undefined;
    } while (cursor);
    return members;
  }
}
