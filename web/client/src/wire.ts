// The shapes that travel, as the public contract names them. Everything the server may add stays readable:
// unknown fields are ignored, absent optional ones are undefined.

/** The least that identifies a member: in messages, conversations, lists. */
export interface MemberCard {
  id: string;
  /** What follows `@`. */
  login: string;
  name: string;
  /** A path is relative to the server: `new URL(avatar_url, client.options.origin)`. Null: draw the initials. */
  avatar_url: string | null;
  headline: string | null;
}

export type Member = MemberCard;

/** One's own profile. */
export interface Me extends MemberCard {
  external_id: string;
  email: string | null;
  locale: string | null;
  populations: string[];
  badges: string[];
  /** Themes with weights 0..1. */
  interests: Record<string, number>;
  contactable: boolean;
  /** Whether the organizers let one use the chat. */
  chat_enabled: boolean;
}

export interface Relation {
  can_message: boolean;
  can_call: boolean;
  can_request_contact: boolean;
  contact: "none" | "requested" | "received" | "accepted";
  blocked: boolean;
  conversation_id: string | null;
}

/** A member as another sees them. */
export interface MemberWithRelation extends MemberCard {
  populations: string[];
  badges: string[];
  interests: string[];
  relation: Relation;
  connected: boolean;
}

export interface MePatch {
  contactable: boolean;
  locale: string;
  headline: string | null;
  interests: string[] | Record<string, number>;
}

export type ConversationKind = "direct" | "group" | "room" | "organizer";

export interface Conversation {
  id: string;
  kind: ConversationKind;
  /** A group's name, or the organizer conversation's title in the reader's language; null if direct. */
  name: string | null;
  picture_url: string | null;
  /** The other member of a direct conversation. */
  peer: MemberCard | null;
  participants: number;
  /** How far the other side has read: the peer, the organizers; null in groups. */
  peer_read_seq: number | null;
  /** The last message's number; 0: none yet. */
  last_seq: number;
  /** When the last message was sent, or the conversation made. */
  last_at: string;
  /** How far the reader has read. */
  read_seq: number;
  unread: number;
  /** Null when there is none, or the reader cleared it. */
  last_message: Message | null;
  /** Whether it stands in the reader's list. */
  listed: boolean;
  can_write: boolean;
  /** Why not, when `can_write` is false. */
  cannot_write: { code: string; detail: string } | null;
  blocked?: boolean;
}

export interface Author {
  kind: "member" | "operator" | "system";
  id: string;
  name: string;
  /** Of members. */
  login?: string;
  avatar_url?: string | null;
  headline?: string | null;
}

export interface Message {
  id: string;
  conversation_id: string;
  seq: number;
  client_id: string;
  author: Author;
  body: string;
  sent_at: string;
  edited_at: string | null;
  removed: null | { by: "author" | "moderator"; at: string };
  whisper_to: Author[] | null;
  reply_to: string | null;
}

export interface Features {
  messaging: boolean;
  member_chat: boolean;
  groups: boolean;
  rooms: boolean;
  moderation: boolean;
  contact_requests: boolean;
  contact_organizer: boolean;
  video: boolean;
  matchmaking: boolean;
}

export interface SiteInfo {
  id: string;
  slug: string;
  name: string;
  features: Features;
  texts: Record<string, Record<string, string>>;
  list_template: number;
  detail_template: number;
  list_order: "newest_first" | "oldest_first";
  accounts: "token" | "password";
}

export interface Session {
  access_token: string;
  expires_at: string;
  member: Me;
  site: SiteInfo;
}

export interface Page<T> {
  items: T[];
  next: string | null;
}

/** RFC 9457. */
export interface ProblemBody {
  type?: string;
  title?: string;
  status: number;
  detail?: string;
  code: string;
  [extra: string]: unknown;
}

interface Cursor {
  cursor?: string;
}

/** Events of the socket, after `ready`. Types this client does not know are passed over. */
export type ServerEvent = Cursor &
  (
    | { type: "message.created"; message: Message }
    | { type: "message.updated"; message: Message }
    | { type: "conversation.updated"; conversation: Conversation }
    | { type: "conversation.removed"; conversation_id: string; cleared?: boolean }
    | {
        type: "conversation.read";
        conversation_id: string;
        seq: number;
        /** Null: the organizers. */
        member_id: string | null;
      }
    | { type: "typing"; conversation_id: string; member: MemberCard }
    | { type: "presence"; member_id: string; connected: boolean }
    | { type: "member.updated"; member: MemberCard }
    | { type: "site.updated"; site: SiteInfo }
  );

export type ServerFrame =
  | ServerEvent
  | { type: "ready"; cursor: string; member: Me }
  | { type: "resync" }
  | { type: "ok"; ref: string | number; message?: Message }
  | { type: "error"; ref: string | number; problem: ProblemBody };

export type CommandFrame =
  | {
      type: "message.send";
      conversation_id: string;
      client_id: string;
      body: string;
      reply_to?: string;
    }
  | { type: "conversation.read"; conversation_id: string; seq: number }
  | { type: "ping" };
