// Rooms, as elements see them: a client whose `state` holds the rooms in place of one's own conversations.
import type { Client, State } from "../types.ts";
import type { Conversation, MemberCard } from "../wire.ts";
import type { Held, PresentPage, Report, Sanction } from "./wire.ts";

/** What this client knows of a room beside its conversation. */
export interface RoomLife {
  /** How many are connected in it. */
  readonly count: number;
  /** What happens in it is told to this client. */
  readonly inside: boolean;
  /** One's own messages that wait for a moderator, or were not accepted. */
  readonly held: readonly Held[];
  /** For moderators: how many reports and held messages wait. */
  readonly open: number;
}

export interface RoomsState extends State {
  readonly rooms: ReadonlyMap<string, RoomLife>;
}

export interface Penalty {
  member: string;
  kind: Sanction["kind"];
  minutes: number | null;
  reason: string;
}

/** A message, or somebody; with the room in which it happened its moderators see it. */
export type ReportSubject = { message: string } | { member: string; conversation?: string };

/** What moderators may do. Everybody else is answered "not found". */
export interface Moderation {
  /** Everybody in the room reads `reason` in the message's place. */
  remove(room: string, message: string, reason?: string): Promise<void>;
  restore(room: string, message: string): Promise<void>;
  sanction(room: string, penalty: Penalty): Promise<Sanction>;
  sanctions(room: string): Promise<Sanction[]>;
  lift(room: string, sanction: string): Promise<void>;
  waiting(room: string): Promise<{ reports: Report[]; held: Held[] }>;
  resolve(room: string, report: string, note?: string): Promise<void>;
  judge(room: string, held: string, verdict: "approve" | "reject", note?: string): Promise<void>;
}

/**
 * Events beside those of a client: "here" (CustomEvent, detail: RoomEvent) when somebody comes into a room one is
 * in, or leaves it. "message" says nothing of those whom one blocks.
 */
export interface Rooms extends Client {
  readonly state: RoomsState;
  readonly moderation: Moderation;
  /** The rooms that one may enter; done by itself whenever a session begins. */
  load(): Promise<void>;
  /** What happens in it is told from here on, until `leave` was called as often. */
  enter(room: string): void;
  leave(room: string): void;
  /** Those who are in it, by name. */
  connected(room: string, query?: string, cursor?: string): Promise<PresentPage>;
  /** Whose login begins so, among those whom one may whisper to. */
  logins(room: string, prefix: string): Promise<MemberCard[]>;
  /** A message of one's own that was not accepted: it has been seen. */
  dismiss(held: Held): void;
  report(what: ReportSubject, reason: string): Promise<void>;
  group(name: string, members: readonly string[]): Promise<Conversation>;
  /** When one last said something in a room, if it is known; what is held counts. */
  lastSaid(room: string): string | null;
}
