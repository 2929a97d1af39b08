import type { Conversation, MemberCard, Page } from "../wire.ts";
import type { Crop, GroupDraft, GroupPatch, Participant, Picture, Role } from "./wire.ts";

/** Making groups and looking after them. What changes arrives in `state`, as everything does. */
export interface Groups {
  create(draft: GroupDraft): Promise<Conversation>;
  /** Gives the server a picture, which it makes small and square; unused ones it forgets. */
  upload(file: Blob, crop?: Crop): Promise<Picture>;
  change(group: string, patch: GroupPatch): Promise<void>;
  participants(group: string, cursor?: string): Promise<Page<Participant>>;
  add(group: string, member: string): Promise<Participant>;
  setRole(group: string, member: string, role: Role): Promise<Participant>;
  take(group: string, member: string): Promise<void>;
  leave(group: string): Promise<void>;
  /** Who has read a message; its author is not among them. */
  readers(group: string, message: string): Promise<MemberCard[]>;
}
