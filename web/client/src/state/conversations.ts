import type { State } from "../types.ts";
import type { Conversation, Message } from "../wire.ts";

const activity = (conversation: Conversation) => conversation.last_activity_at ?? "";

/** The server's order: newest activity first, blocked ones last. */
function compare(a: Conversation, b: Conversation): number {
  if (Boolean(a.blocked) !== Boolean(b.blocked)) return a.blocked ? 1 : -1;
  if (activity(a) !== activity(b)) return activity(a) < activity(b) ? 1 : -1;
  return a.id < b.id ? 1 : -1;
}

/** Puts the list in order and counts the badge. */
export function arranged(state: State, conversations: readonly Conversation[]): State {
  const unread = conversations.reduce((sum, one) => sum + one.unread, 0);
  return { ...state, conversations: [...conversations].sort(compare), unread };
}

export function put(state: State, conversation: Conversation): State {
  const others = state.conversations.filter((one) => one.id !== conversation.id);
  return known(arranged(state, [...others, conversation]), conversation.id);
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

export function take(state: State, id: string): State {
  const threads = new Map(state.threads);
  threads.delete(id);
  const rest = state.conversations.filter((one) => one.id !== id);
  return known(arranged({ ...state, threads }, rest), id);
}

/** Somebody spoke where this client has no conversation: it has to ask. */
export function unknown(state: State, id: string): State {
  if (state.unknown.has(id)) return state;
  return { ...state, unknown: new Set([...state.unknown, id]) };
}

function known(state: State, id: string): State {
  if (!state.unknown.has(id)) return state;
  return { ...state, unknown: new Set([...state.unknown].filter((other) => other !== id)) };
}

/** A new message in the list: its preview, its place and the count of unread ones. */
export function noticed(
  conversation: Conversation,
  message: Message,
  me: string | null,
): Conversation {
  const newest = conversation.last_message?.seq ?? 0;
  if (message.seq <= newest) return conversation;
  const seen = { ...conversation, last_message: message, last_activity_at: message.sent_at };
  const mine = message.author.kind === "member" && message.author.id === me;
  if (mine) return { ...seen, unread: 0, read_seq: message.seq };
  return message.seq > (conversation.read_seq ?? 0) ? { ...seen, unread: seen.unread + 1 } : seen;
}

/** An edit or a withdrawal, where the list shows that message. */
export function revised(conversation: Conversation, message: Message): Conversation {
  if (conversation.last_message?.seq !== message.seq) return conversation;
  return { ...conversation, last_message: message };
}
