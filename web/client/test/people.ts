// Shapes for the tests of the pure parts.
import type { Conversation, Member, Message } from "../src/wire.ts";

export function member(id: string): Member {
  return {
    id,
    login: id,
    name: id.toUpperCase(),
    avatar_url: null,
    headline: null,
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
    peer: member("bob"),
    name: null,
    picture_url: null,
    unread: 0,
    last_message: null,
    can_write: true,
    last_activity_at: "2026-01-01T00:00:00.000Z",
    read_seq: 0,
    ...more,
  };
}
