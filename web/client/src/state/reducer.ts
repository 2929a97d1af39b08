// (state, action) -> state, without I/O, clock or chance: what happened and when are arguments. A client that feeds
// it each event once and in order holds what a client that loads afresh would hold.
import { asJson } from "../json.ts";
import type { State, Thread } from "../types.ts";
import type { Conversation, MemberCard, Message, SiteInfo } from "../wire.ts";
import { type Action, EMPTY_STATE, EMPTY_THREAD } from "./actions.ts";
import * as contacts from "./contacts.ts";
import {
  arranged,
  known,
  noticed,
  patch,
  put,
  revised,
  seenBy,
  take,
  unknown,
} from "./conversations.ts";
import * as thread from "./thread.ts";

export function reduce(state: State, action: Action, now: number): State {
  switch (action.type) {
    case "message.created":
      return onCreated(state, action.message);
    case "message.updated":
      return onUpdated(state, action.message);
    case "conversation.updated":
    case "local.conversation":
      return onConversation(state, action.conversation);
    case "conversation.removed":
      return take(state, action.conversation_id, action.left === true);
    case "conversation.read":
      return onRead(state, action.conversation_id, action.member_id, action.seq);
    case "typing":
      return onTyping(state, action.conversation_id, action.member, now);
    case "presence":
      return withPresence(state, [{ id: action.member_id, connected: action.connected }]);
    case "member.updated":
      return onMember(state, action.member);
    case "local.started":
      return ordered({ ...EMPTY_STATE, me: action.me }, action.site);
    case "site.updated":
    case "local.site":
      return ordered(state, action.site);
    case "local.conversations":
      return onConversations(state, action.items, action.next, action.append);
    case "local.history":
      return onThread(state, action.conversation, (one) =>
        action.newest
          ? thread.newestPage(one, action.items, action.older)
          : thread.olderPage(one, action.items, action.older),
      );
    case "local.pending":
      return onPending(state, action.pending);
    case "local.presence":
      return withPresence(state, action.seen);
    case "contact_request.updated":
      return contacts.requested(state, action.contact_request);
    case "local.requests":
    case "local.blocks":
    case "local.block":
      return contacts.known(state, action);
    case "local.stale":
      return onStale(state);
    case "local.tick":
      return everyThread(state, (one) => thread.ticked(one, now));
    default:
      return state;
  }
}

/** What was missed is not known: threads are loaded again. */
function onStale(state: State): State {
  return everyThread({ ...state, connected: new Set() }, (one) =>
    one.loaded ? { ...one, gap: true, typing: [] } : one,
  );
}

/** The site says how lists are ordered. */
function ordered(state: State, site: SiteInfo): State {
  const oldestFirst = site.list_order === "oldest_first";
  if (oldestFirst === state.oldestFirst) return state;
  return arranged({ ...state, oldestFirst }, state.conversations);
}

function onThread(state: State, id: string, change: (one: Thread) => Thread): State {
  const old = state.threads.get(id) ?? EMPTY_THREAD;
  const changed = change(old);
  if (changed === old) return state;
  return { ...state, threads: new Map(state.threads).set(id, changed) };
}

function everyThread(state: State, change: (one: Thread) => Thread): State {
  return [...state.threads.keys()].reduce((all, id) => onThread(all, id, change), state);
}

function onCreated(state: State, message: Message): State {
  const id = message.conversation_id;
  const conversation = state.conversations.find((one) => one.id === id);
  const mayskip = conversation?.kind === "room";
  const told = onThread(state, id, (one) => thread.created(one, message, mayskip));
  if (!conversation) return unknown(told, id);
  return patch(told, id, (one) => noticed(one, message, state.me));
}

function onUpdated(state: State, message: Message): State {
  const id = message.conversation_id;
  const told = state.threads.has(id)
    ? onThread(state, id, (one) => thread.updated(one, message))
    : state;
  return patch(told, id, (one) => revised(one, message));
}

/** As the server has it now. After a block its thread misses what was said meanwhile. */
function onConversation(state: State, conversation: Conversation): State {
  if (conversation.kind === "room") return known(state, conversation.id);
  const before = state.conversations.find(({ id }) => id === conversation.id);
  const all = withPeers(put(state, conversation), [conversation]);
  if (!before?.blocked || conversation.blocked) return all;
  return onThread(all, conversation.id, (one) => (one.loaded ? { ...one, gap: true } : one));
}

/** Of this member, in any tab, or of the other side: the peer, the organizers. */
function onRead(state: State, id: string, member: string | null, seq: number): State {
  return patch(state, id, (one) => {
    if (member === state.me) return seenBy(one, seq);
    if (one.peer_read_seq === null) return one;
    return { ...one, peer_read_seq: Math.max(one.peer_read_seq, seq) };
  });
}

function onTyping(state: State, id: string, member: MemberCard, now: number): State {
  if (member.id === state.me || !state.conversations.some((one) => one.id === id)) return state;
  return onThread(state, id, (one) => thread.typed(one, member.id, member.name, now));
}

/** Who is here: known by id, and on the conversations with them. */
function withPresence(state: State, seen: readonly { id: string; connected: boolean }[]): State {
  const news = new Map(seen.map((one) => [one.id, one.connected]));
  for (const [id, here] of news) if (state.connected.has(id) === here) news.delete(id);
  if (news.size === 0) return state;
  const connected = new Set(state.connected);
  for (const [id, here] of news) {
    if (here) connected.add(id);
    else connected.delete(id);
  }
  const conversations = state.conversations.map((one) => {
    const here = one.peer ? news.get(one.peer.id) : undefined;
    return one.peer && here !== undefined
      ? { ...one, peer: { ...one.peer, connected: here } }
      : one;
  });
  return { ...state, connected, conversations };
}

/** What the list tells of who is here holds for everything else. */
function withPeers(state: State, conversations: readonly Conversation[]): State {
  return withPresence(
    state,
    conversations.flatMap(({ peer }) => peer ?? []),
  );
}

/** A name or picture changed: wherever this client shows it, old messages included, as a load would. */
function onMember(state: State, member: MemberCard): State {
  const signed = (message: Message) => thread.signed(message, member);
  const conversations = state.conversations.map((one) => {
    const last_message = one.last_message && signed(one.last_message);
    const peer = one.peer?.id === member.id ? { ...one.peer, ...member } : one.peer;
    return peer === one.peer && last_message === one.last_message
      ? one
      : { ...one, peer, last_message };
  });
  const renamed = everyThread(state, (one) => ({ ...one, messages: one.messages.map(signed) }));
  return { ...renamed, conversations };
}

function onConversations(
  state: State,
  items: Conversation[],
  next: string | null,
  append: boolean,
): State {
  const fresh = new Set(items.map((one) => one.id));
  // What stands open further down than the first page stays: whoever reads it loses nothing by a fresh list.
  const open = (id: string) => next !== null && state.threads.get(id)?.loaded;
  const kept = state.conversations.filter(({ id }) => !fresh.has(id) && (append || open(id)));
  const loaded = { ...state, loaded: true, nextConversations: next, unknown: new Set<string>() };
  const all = withPeers(arranged(loaded, [...kept, ...items]), items);
  return next === null ? onlyListed(all) : all;
}

/** The whole list is known: what is not on it is not there, or not now. Messages on their way stay. */
function onlyListed(state: State): State {
  const listed = new Set(state.conversations.map((one) => one.id));
  const threads = [...state.threads].flatMap(([id, one]): [string, Thread][] => {
    if (listed.has(id)) return [[id, one]];
    return one.pending.length > 0 ? [[id, { ...EMPTY_THREAD, pending: one.pending }]] : [];
  });
  return { ...state, threads: new Map(threads) };
}

function onPending(
  state: State,
  pending: Extract<Action, { type: "local.pending" }>["pending"],
): State {
  const ids = new Set([...state.threads.keys(), ...pending.map((entry) => entry.conversationId)]);
  return [...ids].reduce((all, id) => {
    const mine = pending.filter((entry) => entry.conversationId === id);
    return onThread(all, id, (one) => (same(one.pending, mine) ? one : { ...one, pending: mine }));
  }, state);
}

function same(a: Thread["pending"], b: Thread["pending"]): boolean {
  return a.length === b.length && a.every((entry, index) => asJson(entry) === asJson(b[index]));
}
