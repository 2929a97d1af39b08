// The shapes of groups, as they travel.
import type { components } from "../generated/api.d.ts";
import type { MemberCard } from "../wire.ts";

type Schemas = components["schemas"];

export type Role = Schemas["Role"];
/** What newcomers see: everything, or what is said from when they join. */
export type History = Schemas["History"];
/** A picture that the server has. Its `url` may be relative to the server. */
export type Picture = Schemas["SentPicture"];
export type Participant = Omit<Schemas["ParticipantView"], "member"> & { member: MemberCard };

/** What happened to a group, as a line of its log; clients say it in the reader's language. */
export interface SystemLine {
  /** Those this client does not know are shown as the server words them. */
  event: string;
  /** Whoever did it; null: an operator, named as the author. */
  by: MemberCard | null;
  members?: readonly MemberCard[];
  name?: string;
  /** A call between the two that is over: `by` called. */
  call?: CallLine | null;
}

/** What was cancelled, missed or busy, whoever was called has missed. */
export type CallLine = Schemas["CallLine"];

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
