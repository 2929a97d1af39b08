// What a client knows of rooms: the same as of conversations, and who is in them. Pure, like the reducer it builds on.
import type { RoomLife, RoomsState } from "../rooms/types.ts";
import type { Held } from "../rooms/wire.ts";
import type { Thread } from "../types.ts";
import type { Conversation, Message } from "../wire.ts";
import { type Action, EMPTY_STATE, EMPTY_THREAD } from "./actions.ts";
import { arranged, isMine, isNews, moment, patch, put } from "./conversations.ts";
import { reduce } from "./reducer.ts";

const EMPTY_LIFE: RoomLife = { count: 0, inside: false, held: [], open: 0 };
export const EMPTY_ROOMS: RoomsState = { ...EMPTY_STATE, rooms: new Map() };

export function reduceRooms(state: RoomsState, action: Action, now: number): RoomsState {
  switch (action.type) {
    case "local.started":
      return { ...EMPTY_ROOMS, me: action.me };
    case "local.rooms":
      return onRooms(state, action.items);
    case "local.inside":
      return onLife(withRoom(state, action.conversation), action.conversation.id, {
        inside: true,
        count: action.connected,
      });
    case "local.outside":
      return onOutside(state, action.conversation_id);
    case "room.joined":
    case "room.left":
      return onLife(state, action.conversation_id, { count: action.count });
    case "room.updated":
    case "conversation.updated":
    case "local.conversation":
      return withRoom(state, action.conversation);
    case "conversation.removed":
      return onRemoved(base(state, action, now), action.conversation_id);
    case "message.created":
      return onCreated(state, action, now);
    case "conversation.read":
      return onRead(base(state, action, now), action);
    case "local.reloaded":
      return onReloaded(state, action.conversation, action.items, action.older);
    default:
      return onHeld(state, action) ?? base(state, action, now);
  }
}

/** What rooms have in common with every conversation: it keeps what it does not know of. */
const base = reduce as unknown as (state: RoomsState, action: Action, now: number) => RoomsState;

function onLife(state: RoomsState, id: string, change: Partial<RoomLife>): RoomsState {
  const life = { ...(state.rooms.get(id) ?? EMPTY_LIFE), ...change };
  return { ...state, rooms: new Map(state.rooms).set(id, life) };
}

/** A room stands in the list for as long as one may enter it, whatever one did with other conversations. */
function listed(room: Conversation): Conversation {
  return { ...room, listed: true, blocked: false };
}

function withRoom(state: RoomsState, room: Conversation): RoomsState {
  if (room.kind !== "room") return state;
  const all = put(state, listed(room)) as RoomsState;
  const known = state.rooms.get(room.id);
  const banned = room.room?.sanction?.kind === "ban";
  if (!known) return onLife(all, room.id, { count: room.room?.connected ?? 0 });
  return banned && known.inside ? onLife(all, room.id, { inside: false }) : all;
}

/** All that one may enter: what is not among them is not there. */
function onRooms(state: RoomsState, items: Conversation[]): RoomsState {
  const ids = new Set(items.map(({ id }) => id));
  const loaded = { ...state, loaded: true, unknown: new Set<string>() };
  const all = arranged(loaded, items.map(listed));
  const rooms = new Map(
    items.map(({ id, room }) => [
      id,
      state.rooms.get(id) ?? { ...EMPTY_LIFE, count: room?.connected ?? 0 },
    ]),
  );
  const threads = [...state.threads].filter(([id, one]) => ids.has(id) || one.pending.length > 0);
  return { ...all, rooms, threads: new Map(threads) };
}

function onOutside(state: RoomsState, id: string | null): RoomsState {
  const rooms = [...state.rooms].map(([room, life]): [string, RoomLife] => [
    room,
    (id === null || room === id) && life.inside ? { ...life, inside: false } : life,
  ]);
  return { ...state, rooms: new Map(rooms) };
}

function onRemoved(state: RoomsState, id: string): RoomsState {
  const rooms = new Map(state.rooms);
  rooms.delete(id);
  return { ...state, rooms };
}

/** Numbers may be skipped here: what is unread is counted, not subtracted. */
function onCreated(
  state: RoomsState,
  action: Extract<Action, { type: "message.created" }>,
  now: number,
): RoomsState {
  const { message } = action;
  const id = message.conversation_id;
  const before = state.conversations.find((one) => one.id === id);
  const news = isNews(state, message);
  const mine = isMine(state, message);
  const told = withoutHeld(base(state, action, now), message);
  if (!before) return told;
  const later = message.seq > before.last_seq;
  const change = (one: Conversation): Conversation => {
    if (!later) return one;
    if (mine) return { ...one, unread: 0, mentions: 0 };
    const named = news && names(state, message);
    return {
      ...one,
      unread: before.unread + Number(news),
      mentions: (before.mentions ?? 0) + Number(named),
    };
  };
  return patch(told, id, change) as RoomsState;
}

/** It calls one by name. Whom one blocks may do so in vain: the server does not count it either. */
function names(state: RoomsState, message: Message): boolean {
  const named = message.mentions?.some(({ id }) => id === state.me) ?? false;
  return named && !isBlocked(state, message);
}

export function isBlocked({ blocks }: RoomsState, { author }: Message): boolean {
  return author.kind === "member" && (blocks?.has(author.id) ?? false);
}

function onRead(
  state: RoomsState,
  { conversation_id: id, member_id }: Extract<Action, { type: "conversation.read" }>,
): RoomsState {
  if (member_id !== state.me) return state;
  const change = (one: Conversation): Conversation => {
    const after = (state.threads.get(id)?.messages ?? []).filter(
      (message) => message.seq > one.read_seq && !isMine(state, message),
    );
    const mentions = after.filter((message) => names(state, message)).length;
    return { ...one, unread: after.length, mentions };
  };
  return patch(state, id, change) as RoomsState;
}

/** The thread as the server has it now, from its newest back to where this client had read. */
function onReloaded(
  state: RoomsState,
  id: string,
  items: Message[],
  hasOlder: boolean,
): RoomsState {
  const one = state.threads.get(id) ?? EMPTY_THREAD;
  const end = items.at(-1)?.seq ?? 0;
  const arrived = one.messages.filter(({ seq }) => seq > end);
  const messages = [...items, ...arrived];
  const fresh: Thread = { ...one, messages, hasOlder, loaded: true, gap: false, typing: [] };
  return { ...state, threads: new Map(state.threads).set(id, fresh) };
}

function onHeld(state: RoomsState, action: Action): RoomsState | null {
  switch (action.type) {
    case "local.held":
      return onLife(state, action.conversation_id, { held: action.items });
    case "local.dismissed":
      return withHeld(state, action.held, []);
    case "held.updated":
      return withHeld(state, action.held, action.held.state === "approved" ? [] : [action.held]);
    case "local.open":
    case "moderation.updated":
      return onLife(state, action.conversation_id, { open: action.open });
    default:
      return null;
  }
}

function withHeld(state: RoomsState, held: Held, now: readonly Held[]): RoomsState {
  const id = held.conversation_id;
  const others = (state.rooms.get(id)?.held ?? []).filter((one) => one.id !== held.id);
  return onLife(state, id, { held: [...others, ...now] });
}

/** It was let through. */
function withoutHeld(state: RoomsState, message: Message): RoomsState {
  const held = state.rooms.get(message.conversation_id)?.held ?? [];
  const rest = held.filter(({ client_id }) => client_id !== message.client_id);
  if (rest.length === held.length) return state;
  return onLife(state, message.conversation_id, { held: rest });
}

/** When one last said something there, as far as is known; what waits for a moderator was said too. */
export function lastSaid(state: RoomsState, id: string): string | null {
  const last = state.threads.get(id)?.messages.findLast((one) => isMine(state, one));
  const held = (state.rooms.get(id)?.held ?? []).map(({ at }) => at);
  return held.reduce((a, b) => (moment(b) > moment(a) ? b : a), last?.sent_at ?? null);
}
