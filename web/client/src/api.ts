// The member's API, call by call: names and paths, nothing else.
import type { Calls, Http } from "./http.ts";
import type { MemberQuery, PendingMessage } from "./types.ts";
import type {
  Answer,
  Block,
  ContactRequest,
  Conversation,
  Me,
  MemberWithRelation,
  MePatch,
  Message,
  Page,
  Population,
  RequestAnswer,
  RequestBox,
  SiteInfo,
} from "./wire.ts";

const path = encodeURIComponent;
const messages = (conversation: string) => `/conversations/${path(conversation)}/messages`;

/** What a message is made of, over HTTP and over the socket. */
export function draft(entry: PendingMessage) {
  const { clientId, body, replyTo, whisper } = entry;
  return {
    client_id: clientId,
    body,
    ...(replyTo === null ? {} : { reply_to: replyTo }),
    ...(whisper ? { whisper } : {}),
  };
}

export class Api {
  readonly #open: Http;
  readonly #call: Calls;

  /** `open` asks as anybody, `call` as the member. */
  constructor(open: Http, call: Calls) {
    this.#open = open;
    this.#call = call;
  }

  site(slug: string): Promise<SiteInfo> {
    return this.#open.call(`/sites/${path(slug)}`);
  }

  members(query: MemberQuery): Promise<Page<MemberWithRelation>> {
    return this.#call("/members", { query: { ...query } });
  }

  member(idOrLogin: string): Promise<MemberWithRelation> {
    const login = idOrLogin.startsWith("@");
    return this.#call(`/members/${login ? `@${path(idOrLogin.slice(1))}` : path(idOrLogin)}`);
  }

  populations(): Promise<Page<Population>> {
    return this.#call("/populations");
  }

  me(): Promise<Me> {
    return this.#call("/me");
  }

  updateMe(patch: MePatch): Promise<Me> {
    return this.#call("/me", { method: "PATCH", body: patch });
  }

  conversations(cursor: string | undefined): Promise<Page<Conversation>> {
    return this.#call("/conversations", { query: { cursor } });
  }

  conversation(id: string): Promise<Conversation> {
    return this.#call(`/conversations/${path(id)}`);
  }

  open(what: { kind: "direct"; member: string } | { kind: "organizer" }): Promise<Conversation> {
    return this.#call("/conversations", { method: "POST", body: what });
  }

  remove(id: string, clear: boolean): Promise<void> {
    const query = { clear: clear || undefined };
    return this.#call(`/conversations/${path(id)}`, { method: "DELETE", query });
  }

  change(id: string, body: { listed: true } | { muted: boolean }): Promise<Conversation> {
    return this.#call(`/conversations/${path(id)}`, { method: "PATCH", body });
  }

  history(id: string, before: number | undefined): Promise<Page<Message>> {
    return this.#call(messages(id), { query: { before } });
  }

  async send(entry: PendingMessage): Promise<Answer> {
    const where = messages(entry.conversationId);
    const answer = await this.#call<Message | Answer>(where, {
      method: "POST",
      body: draft(entry),
    });
    return "id" in answer ? { message: answer } : answer;
  }

  edit(id: string, message: string, body: string): Promise<Message> {
    return this.#call(`${messages(id)}/${path(message)}`, { method: "PATCH", body: { body } });
  }

  withdraw(id: string, message: string): Promise<Message | undefined> {
    return this.#call(`${messages(id)}/${path(message)}`, { method: "DELETE" });
  }

  read(id: string, seq: number): Promise<unknown> {
    return this.#call(`/conversations/${path(id)}/read`, { method: "POST", body: { seq } });
  }

  unread(id: string): Promise<void> {
    return this.#call(`/conversations/${path(id)}/unread`, { method: "POST" });
  }

  requests(box: RequestBox, cursor: string | undefined): Promise<Page<ContactRequest>> {
    return this.#call("/contact-requests", { query: { box, state: "pending", cursor } });
  }

  ask(member: string, note: string | undefined): Promise<ContactRequest> {
    return this.#call("/contact-requests", { method: "POST", body: { member, note } });
  }

  answer(id: string, answer: RequestAnswer): Promise<ContactRequest> {
    return this.#call(`/contact-requests/${path(id)}/${answer}`, { method: "POST" });
  }

  blocks(cursor: string | undefined, limit?: number): Promise<Page<Block>> {
    return this.#call("/blocks", { query: { cursor, limit } });
  }

  setBlock(member: string, blocked: boolean): Promise<void> {
    return this.#call(`/blocks/${path(member)}`, { method: blocked ? "PUT" : "DELETE" });
  }
}
