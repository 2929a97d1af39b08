import type { State } from "../types.ts";
import type { Conversation, Message } from "../wire.ts";

/** Times are written without trailing zeros: as texts they do not compare. */
export const moment = (time: string | null): number => (time === null ? 0 : Date.parse(time));

/** The server's order: by activity, blocked ones last. */
function compare(a: Conversation, b: Conversation, oldestFirst: boolean): number {
  if (a.blocked !== b.blocked) return a.blocked ? 1 : -1;
  const apart = moment(a.last_at) - moment(b.last_at);
  const older = apart === 0 ? a.id < b.id : apart < 0;
  return older === oldestFirst ? -1 : 1;
}

/** Puts the list in order and counts the badge. */
export function arranged(state: State, conversations: readonly Conversation[]): State {
  const unread = conversations.reduce((sum, one) => sum + news(one), 0);
  return {
    ...state,
    conversations: [...conversations].sort((a, b) => compare(a, b, state.oldestFirst)),
    unread,
  };
}

/** What the badge counts: a mark made by hand is one. */
function news({ unread, marked_unread, blocked, muted }: Conversation): number {
  return blocked || muted ? 0 : unread || Number(marked_unread);
}

export function put(state: State, conversation: Conversation): State {
  const others = state.conversations.filter((one) => one.id !== conversation.id);
  const all = conversation.listed ? [...others, conversation] : others;
  const left = withId(state.left, conversation.id, false);
  return known(arranged({ ...state, left }, all), conversation.id);
}

export function patch(
  state: State,
  id: string,
  change: (one: Conversation) => Conversation,
): State {
  if (!state.conversations.some((one) => one.id === id)) return state;
  return arranged(
    state,
    state.conversations.map((one) => (one.id === id ? change(one) : one)),
  );
}

/** It is not on one's list any more; or, when `left`, one is not in it. */
export function take(state: State, id: string, left: boolean): State {
  const threads = new Map(state.threads);
  threads.delete(id);
  const rest = state.conversations.filter((one) => one.id !== id);
  return known(arranged({ ...state, threads, left: withId(state.left, id, left) }, rest), id);
}

/** Somebody spoke where this client has no conversation: it has to ask. */
export function unknown(state: State, id: string): State {
  return state.unknown.has(id) ? state : { ...state, unknown: withId(state.unknown, id, true) };
}

function withId(all: ReadonlySet<string>, id: string, has: boolean): ReadonlySet<string> {
  if (all.has(id) === has) return all;
  const others = [...all].filter((one) => one !== id);
  return new Set(has ? [...others, id] : others);
}

/** It has been asked for. */
export function known(state: State, id: string): State {
  return state.unknown.has(id) ? { ...state, unknown: withId(state.unknown, id, false) } : state;
}

/** A new message in the list: its preview, its place, and who has read how far: an author has read what they wrote. */
export function noticed(
  conversation: Conversation,
  message: Message,
  me: string | null,
): Conversation {
  const { seq, author, sent_at: last_at } = message;
  if (seq <= conversation.last_seq) return conversation;
  const seen = { ...conversation, last_seq: seq, last_at, last_message: message, listed: true };
  // Who has read a call's line is told: it is nothing new to those who talked, unless something before it is.
  if (message.system?.call) return marked(seen, seen.read_seq);
  if (isBy(message, me)) return seenBy(seen, seq);
  const peer = conversation.kind === "direct" || author.kind === "operator";
  const counted = marked(seen, seen.read_seq);
  return peer && seen.peer_read_seq !== null ? { ...counted, peer_read_seq: seq } : counted;
}

/** Read up to there, and no further back. What came after is unread. */
export function marked(conversation: Conversation, seq: number): Conversation {
  const read_seq = Math.max(conversation.read_seq, Math.min(seq, conversation.last_seq));
  return { ...conversation, read_seq, unread: conversation.last_seq - read_seq };
}

/** Read by its reader: a mark made by hand goes too. */
export function seenBy(conversation: Conversation, seq: number): Conversation {
  return { ...marked(conversation, seq), marked_unread: false };
}

/** An edit or a withdrawal, where the list shows that message. */
export function revised(conversation: Conversation, message: Message): Conversation {
  if (conversation.last_message?.seq !== message.seq) return conversation;
  return { ...conversation, last_message: message };
}

export function isMine(state: State, message: Message): boolean {
  return message.author.kind === "member" && message.author.id === state.me;
}

/** They wrote it, or it tells what they did: either way they have read it. */
function isBy({ author, system }: Message, id: string | null): boolean {
  return (author.kind === "member" ? author.id : system?.by?.id) === id;
}

/** Somebody else's, and not known before; of calls, those that one has missed. */
export function isNews(state: State, message: Message): boolean {
  const outcome = message.system?.call?.outcome;
  if (outcome === "ended" || outcome === "declined") return false;
  const conversation = state.conversations.find((one) => one.id === message.conversation_id);
  return !isBy(message, state.me) && message.seq > (conversation?.last_seq ?? 0);
}
