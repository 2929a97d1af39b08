// The shapes of rooms, as they travel.
import type { Conversation, Extended, MemberCard, Message, Schemas } from "../wire.ts";

/** Muted: reads and does not write. Banned: not in the room. */
export type Sanction = Schemas["Sanction"];

/** What a member may know of a room beside its talk; `sanction` is their own, in force. */
export type RoomInfo = Schemas["RoomInfo"];

/** A message that waits for a moderator, or was not accepted. */
export type Held = Schemas["Held"];

export type Report = Extended<
  Schemas["Report"],
  { message: Message | null /** What was said around it. */; context: Message[] }
>;

/** Somebody who is in the room; of one who has just come it is not known whether one may whisper to them. */
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
