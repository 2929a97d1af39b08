// The shapes of rooms, as they travel.
import type { Conversation, MemberCard, Message } from "../wire.ts";

export interface ContentPolicy {
  pictures: boolean;
  files: boolean;
  emoji: boolean;
  links: boolean;
}

/** Muted: reads and does not write. Banned: not in the room. */
export interface Sanction {
  id: string;
  member: MemberCard;
  kind: "mute" | "ban";
  reason: string;
  by: { name: string };
  created_at: string;
  /** Null: until somebody lifts it. */
  until: string | null;
  lifted_at: string | null;
}

export interface RoomInfo {
  slug: string;
  /** The reader moderates here. */
  moderator: boolean;
  moderation: boolean;
  announcement_only: boolean;
  slow_mode_seconds: number;
  open: boolean;
  /** When it next opens, if it is closed. */
  opens_at: string | null;
  connected: number;
  content_policy: ContentPolicy;
  hold_first: number;
  /** One's own, in force. */
  sanction: Sanction | null;
}

/** A message that waits for a moderator. */
export interface Held {
  id: string;
  client_id: string;
  conversation_id: string;
  body: string;
  reason: "newcomer" | "word" | "link";
  at: string;
  state?: "waiting" | "rejected";
  note?: string | null;
  /** Told to moderators. */
  author?: MemberCard;
}

export interface Report {
  id: string;
  by: MemberCard;
  member: MemberCard;
  message: Message | null;
  /** What was said around it. */
  context: Message[];
  reason: string;
  created_at: string;
  state: "open" | "resolved";
}

/** Somebody who is in the room. */
export type Present = MemberCard & { can_whisper?: boolean; moderator?: boolean };

export interface PresentPage {
  items: Present[];
  next: string | null;
  count: number;
}

export type RoomEvent =
  | { type: "room.joined"; conversation_id: string; members: MemberCard[]; count: number }
  | { type: "room.left"; conversation_id: string; members: string[]; count: number }
  | { type: "room.updated"; conversation: Conversation }
  | { type: "held.updated"; held: Held }
  | { type: "moderation.updated"; conversation_id: string; open: number };

/** What this client did in a room, or asked for. */
export type RoomAction =
  | { type: "local.rooms"; items: Conversation[] }
  | { type: "local.inside"; conversation: Conversation; connected: number }
  | { type: "local.outside"; conversation_id: string | null }
  | { type: "local.reloaded"; conversation: string; items: Message[]; older: boolean }
  | { type: "local.held"; conversation_id: string; items: Held[] }
  | { type: "local.dismissed"; held: Held }
  | { type: "local.open"; conversation_id: string; open: number };
