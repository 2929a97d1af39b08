// What the elements build on. Methods that ask the server reject with `Problem`.

import type { Calls } from "./calls/types.ts";
import type { Groups } from "./groups/types.ts";
import type { Problem } from "./problem.ts";
import type { Rooms } from "./rooms/types.ts";
import type { Suggestions } from "./suggestions/types.ts";
import type {
  Block,
  Contact,
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

export interface ParvisOptions {
  /** Where the server is, e.g. "https://chat.example.com". */
  origin: string;
  /** The site's slug. */
  site: string;
  token?: string;
  /** Answers a member token: as text, a JSON string, or `{"token": "…"}`. Asked again before it expires. */
  tokenUrl?: string;
  /**
   * Take up the tab's session after a reload although no token is given: for pages of our own. A website that gives
   * no token means "nobody is signed in", and then a session made by a token is not taken up.
   */
  keepSession?: boolean;
}

/**
 * signed-out: nobody is signed in; connecting: first time; online; offline: was online, or shows what was kept, and
 * is trying again;
 * refused: the server will not have this site, origin or token (`client.problem` says why).
 */
export type Status = "signed-out" | "connecting" | "online" | "offline" | "refused";

/** A message on its way. It is in the outbox, which survives a reload, until the server has it. */
export interface PendingMessage {
  readonly clientId: string;
  readonly conversationId: string;
  readonly body: string;
  readonly replyTo: string | null;
  /** Its author was shown that it is for some alone: it is never said aloud. */
  readonly whisper?: boolean;
  readonly createdAt: string;
  readonly state: "sending" | "failed";
  /** Why it was refused, when failed. */
  readonly problem: { code: string; detail: string; logins?: string[] } | null;
}

export interface Typist {
  readonly memberId: string;
  readonly name: string;
  /** Milliseconds since the epoch after which the notice is stale. */
  readonly until: number;
}

export interface Thread {
  /** Ascending by `seq`. */
  readonly messages: readonly Message[];
  /** Older ones exist on the server. */
  readonly hasOlder: boolean;
  /** History was loaded at least once; before that `messages` is empty. */
  readonly loaded: boolean;
  /** Something was missed: the client is loading it. */
  readonly gap: boolean;
  readonly pending: readonly PendingMessage[];
  readonly typing: readonly Typist[];
}

export interface State {
  /** The id of the member whose state this is. */
  readonly me: string | null;
  /** By activity (newest first unless the site says otherwise), blocked ones last. */
  readonly conversations: readonly Conversation[];
  readonly oldestFirst: boolean;
  /** Conversations have been loaded at least once. */
  readonly loaded: boolean;
  /** Groups and rooms of which one is told that one is not in them any more. */
  readonly left: ReadonlySet<string>;
  /** Conversations that the client heard of and does not have yet: it is loading them. */
  readonly unknown: ReadonlySet<string>;
  /** Cursor of the next page of conversations, or null. */
  readonly nextConversations: string | null;
  readonly threads: ReadonlyMap<string, Thread>;
  /** Ids of members known to be connected, as far as the directory or a conversation showed them. */
  readonly connected: ReadonlySet<string>;
  /** Total of unread messages, for the badge; a conversation marked by hand counts as one. */
  readonly unread: number;
  /** Contact requests that wait for an answer, newest first; null until somebody looked. */
  readonly requests: Readonly<Record<RequestBox, Requests | null>>;
  /** Ids of the members whom one blocks; null until somebody needed to know. */
  readonly blocks: ReadonlySet<string> | null;
}

export interface Requests {
  readonly items: readonly ContactRequest[];
  /** Cursor of the next page, or null. */
  readonly next: string | null;
}

export interface MemberQuery {
  query?: string;
  population?: string;
  connected?: boolean;
  contact?: Exclude<Contact, "none">;
  cursor?: string;
  limit?: number;
}

/** Becoming contacts, and blocking. Both sides' changes arrive in `state`. */
export interface Contacts {
  /** Fills `state.requests`; with `more` the next page. */
  loadRequests(box: RequestBox, more?: boolean): Promise<void>;
  /** Asks somebody; accepted at once when they had asked already. */
  ask(memberId: string, note?: string): Promise<ContactRequest>;
  answer(requestId: string, answer: RequestAnswer): Promise<ContactRequest>;
  blocks(cursor?: string): Promise<Page<Block>>;
  block(memberId: string): Promise<void>;
  unblock(memberId: string): Promise<void>;
  /** Fills `state.blocks`, once. */
  knowBlocks(): void;
}

/**
 * Events: "change" after every change of `state`, `status`, `me` or `site` (once per microtask);
 * "message" (CustomEvent, detail: Message) for each message of somebody else that arrives live;
 * "problem" (CustomEvent, detail: Problem) for what no caller waits for;
 * "call" (CustomEvent, detail: CallEvent) for what happens to one's calls;
 * "relations" (CustomEvent, detail: a member's id, or null for everybody) when what one may do towards them may be
 * another than before: who shows it asks again.
 */
export interface Client extends EventTarget {
  readonly options: Readonly<ParvisOptions>;
  readonly status: Status;
  /** The last reason for being refused or signed out. */
  readonly problem: Problem | null;
  readonly me: Me | null;
  /** Also while nobody is signed in: how to sign in, the site's texts. */
  readonly site: SiteInfo | null;
  readonly state: State;
  readonly contacts: Contacts;
  /** Fetched when first asked for. */
  groups(): Promise<Groups>;
  /** Whom one might want to meet, fetched when somebody looks. */
  suggestions(): Promise<Suggestions>;
  /** Calls from this page. Fetched when first asked for. */
  calls(): Promise<Calls>;
  /** The rooms that one may enter. Fetched when first asked for. */
  rooms(): Promise<Rooms>;
  signIn(token: string): Promise<void>;
  signInWithPassword(login: string, password: string): Promise<void>;
  signOut(): Promise<void>;
  members(query: MemberQuery): Promise<Page<MemberWithRelation>>;
  /** "@login" or an id. */
  member(idOrLogin: string): Promise<MemberWithRelation>;
  /** By which one may look through the directory. */
  populations(): Promise<Page<Population>>;
  loadConversations(): Promise<void>;
  loadMoreConversations(): Promise<void>;
  openDirect(memberId: string): Promise<Conversation>;
  openOrganizer(): Promise<Conversation>;
  /** Fills `state.threads`; with `before` the page that ends just before that seq. */
  loadHistory(conversationId: string, before?: number): Promise<void>;
  send(
    conversationId: string,
    body: string,
    replyTo?: string | null,
    whisper?: boolean,
  ): PendingMessage;
  retry(clientId: string): void;
  discard(clientId: string): void;
  edit(conversationId: string, messageId: string, body: string): Promise<void>;
  withdraw(conversationId: string, messageId: string): Promise<void>;
  /** Throttled; never goes backwards. */
  markRead(conversationId: string, seq: number): void;
  /** Throttled. */
  typing(conversationId: string): void;
  /** Until it is read again. */
  markUnread(conversationId: string): Promise<void>;
  /** Takes the conversation out of the caller's own list; with `clear` its old messages are gone for the caller. */
  remove(conversationId: string, clear?: boolean): Promise<void>;
  /** Puts back what was taken out. */
  restore(conversationId: string): Promise<void>;
  /** Whether notice is given of what is said there. */
  mute(conversationId: string, muted: boolean): Promise<void>;
  updateMe(patch: MePatch): Promise<void>;
  /** Stops everything (timers, socket) without signing out. */
  close(): void;
}
