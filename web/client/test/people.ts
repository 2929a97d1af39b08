// Shapes for the tests of the pure parts.
import type { RoomInfo } from "../src/rooms/wire.ts";
import type { ContactRequest, Conversation, Member, Message, SiteInfo } from "../src/wire.ts";

export function member(id: string): Member {
  return {
    id,
    login: id,
    name: id.toUpperCase(),
    avatar_url: null,
    headline: null,
    badges: [],
  };
}

export function message(
  conversation: string,
  seq: number,
  author: string,
  more: Partial<Message> = {},
): Message {
  return {
    id: `${conversation}.${seq}`,
    conversation_id: conversation,
    seq,
    client_id: `${conversation}-${seq}`,
    author: { kind: "member", id: author, name: author },
    body: `text ${seq}`,
    sent_at: `2026-01-01T00:00:${String(seq).padStart(2, "0")}.000Z`,
    edited_at: null,
    removed: null,
    whisper_to: null,
    reply_to: null,
    ...more,
  };
}

export function conversation(id: string, more: Partial<Conversation> = {}): Conversation {
  return {
    id,
    kind: "direct",
    peer: { ...member("bob"), connected: false },
    name: null,
    picture_url: null,
    participants: 2,
    peer_read_seq: 0,
    last_seq: 0,
    last_at: "2026-01-01T00:00:00.000Z",
    read_seq: 0,
    unread: 0,
    last_message: null,
    listed: true,
    blocked: false,
    marked_unread: false,
    muted: false,
    my_role: null,
    history: null,
    can_write: true,
    cannot_write: null,
    can_call: true,
    can_call_denied: null,
    mentions: 0,
    room: null,
    ...more,
  };
}

/** Bob asks Alice, unless it says otherwise. */
export function request(id: string, more: Partial<ContactRequest> = {}): ContactRequest {
  return {
    id,
    from: member("bob"),
    to: member("alice"),
    note: null,
    state: "pending",
    created_at: "2026-01-01T00:00:00.000Z",
    answered_at: null,
    ...more,
  };
}

export const site: SiteInfo = {
  id: "s",
  slug: "forum",
  name: "Forum",
  theme: { accent: null, radius: null, font: null },
  features: {
    messaging: true,
    member_chat: true,
    groups: true,
    rooms: true,
    moderation: false,
    contact_requests: true,
    contact_organizer: true,
    video: false,
    matchmaking: false,
  },
  content_policy: { pictures: true, files: true, emoji: true, links: true },
  accounts: "token",
  texts: {},
  list_template: 1,
  detail_template: 1,
  list_order: "newest_first",
};

export function roomInfo(): RoomInfo {
  return {
    slug: "lobby",
    moderator: false,
    moderation: true,
    announcement_only: false,
    slow_mode_seconds: 0,
    open: true,
    opens_at: null,
    connected: 1,
    content_policy: { pictures: true, files: true, emoji: true, links: true },
    hold_first: 0,
    sanction: null,
  };
}
