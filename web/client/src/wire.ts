// The shapes that travel: those of HTTP are generated from the server's own description, those of the socket are
// written after the contract. Unknown fields are ignored.
import type { CallEvent } from "./calls/types.ts";
import type { components } from "./generated/api.d.ts";
import type { SystemLine } from "./groups/wire.ts";
import type { Held, RoomEvent, RoomInfo } from "./rooms/wire.ts";

/** What the server sends names every field: one that may be null is there all the same. */
type Sent<T> = T extends readonly (infer Item)[]
  ? Sent<Item>[]
  : T extends object
    ? { [Key in keyof T]-?: Sent<Exclude<T[Key], undefined>> }
    : T;
export type Schemas = { [Name in keyof components["schemas"]]: Sent<components["schemas"][Name]> };
export type Extended<T, More> = Omit<T, keyof More> & More;

/**
 * The least that identifies a member: in messages, conversations, lists. An `avatar_url` that is a path is relative
 * to the server: `new URL(avatar_url, client.options.origin)`. Null: draw the initials.
 */
export type MemberCard = Schemas["MemberCard"];
export type Member = MemberCard;

/** One's own profile. */
export type Me = Schemas["Me"];

export interface MePatch {
  contactable?: boolean;
  locale?: string;
  headline?: string | null;
  /** Themes, or themes with weights 0..1. */
  interests?: string[] | Record<string, number>;
  /** Themes one offers something in, and in which one looks for somebody. */
  offers?: string[];
  looks_for?: string[];
}

export type Contact = "none" | "requested" | "received" | "accepted";
export type Relation = Extended<Schemas["Relation"], { contact: Contact }>;

/** A member as another sees them. */
export type MemberWithRelation = Extended<Schemas["MemberView"], { relation: Relation }>;

/** Somebody whom one might want to meet, and why. */
export type Suggestion = Extended<
  Schemas["Suggestion"],
  { member: MemberWithRelation; relation: Relation }
>;
/** Somebody of whom one said "not for me". */
export type Dismissed = Schemas["Dismissed"];
/** What members choose their interests from. */
export type ThemesOfDomain = Schemas["ThemesOfDomain"];

export type ConversationKind = "direct" | "group" | "room" | "organizer";
/** The other member of a direct conversation. */
export type Peer = Schemas["Peer"];
export type Conversation = Extended<
  Schemas["ConversationView"],
  {
    kind: ConversationKind;
    last_message: Message | null;
    room: RoomInfo | null;
  }
>;

export interface Author {
  kind: "member" | "operator" | "system";
  id: string;
  name: string;
  /** Of members. */
  login?: string;
  avatar_url?: string | null;
  headline?: string | null;
  badges?: string[];
  /** In a room: they moderate it. */
  moderator?: boolean;
}

export type Message = Extended<
  Schemas["MessageView"],
  {
    author: Author;
    whisper_to: MemberCard[] | null;
    /** In place of a text that somebody wrote: what happened. */
    system?: SystemLine | null;
    /** Whom a public message of a room names. */
    mentions?: MemberCard[];
  }
>;

export type RequestBox = "received" | "sent";
export type RequestAnswer = "accept" | "decline" | "cancel" | "undo";

/** A member asks another to become a contact. Who asked never sees "declined". */
export type ContactRequest = Schemas["ContactRequest"];

/** Somebody whom one has blocked. */
export type Block = Schemas["Blocked"];

export type Features = Schemas["Features"];
/** What members may know of a site. */
export type SiteInfo = Schemas["SiteInfo"];
/** A named set of members. */
export type Population = Schemas["Population"];
export type Session = Extended<Schemas["MemberSession"], { site: SiteInfo }>;

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
    | {
        type: "conversation.removed";
        conversation_id: string;
        cleared?: boolean;
        /** One is not in the group any more. */
        left?: boolean;
      }
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
    | { type: "contact_request.updated"; contact_request: ContactRequest }
    | RoomEvent
    | CallEvent
  );

/** What a command is answered with. */
export interface Answer {
  message?: Message;
  /** Instead of the message: it waits for a moderator. */
  held?: Held;
  conversation?: Conversation;
  connected?: number;
  cursor?: string;
  missed?: "none" | "sent" | "resync";
}

export type ServerFrame =
  | ServerEvent
  | { type: "ready"; cursor: string; member: Me }
  | { type: "resync" }
  | ({ type: "ok"; ref: string | number } & Answer)
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
  | { type: "room.enter"; conversation_id: string; resume?: string }
  | { type: "room.leave"; conversation_id: string }
  | { type: "call.signal"; call_id: string; data: object; device?: string }
  | { type: "ping" };
