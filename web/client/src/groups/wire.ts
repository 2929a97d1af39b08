// The shapes of groups, as they travel.
import type { MemberCard } from "../wire.ts";

export type Role = "admin" | "member";
/** What newcomers see: everything, or what is said from when they join. */
export type History = "all" | "from_joining";

/** What happened to a group, as a line of its log; clients say it in the reader's language. */
export interface SystemLine {
  /** Those this client does not know are shown as the server words them. */
  event: string;
  /** Whoever did it; null: an operator, named as the author. */
  by: MemberCard | null;
  members?: readonly MemberCard[];
  name?: string;
}

export interface Participant {
  member: MemberCard;
  role: Role;
  joined_at: string;
  /** How far they have read. */
  read_seq: number;
  connected: boolean;
}

export interface Picture {
  id: string;
  /** May be relative to the server. */
  url: string;
}

/** A square of a picture, in pixels as people see it. */
export interface Crop {
  x: number;
  y: number;
  size: number;
}

export interface GroupDraft {
  name: string;
  /** Ids of the others. */
  members: readonly string[];
  /** The id of a picture. */
  picture?: string;
  history?: History;
}

export interface GroupPatch {
  name?: string;
  /** The id of a picture; null: none. */
  picture?: string | null;
}
