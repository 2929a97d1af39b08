// What passes between the loader and the widget bundle, and what the page sees as `window.parvis`.
import type { ParvisOptions } from "../../client/src/types.ts";

/** One of: a login (with or without @) or id of a member; a conversation's id; the organizers. */
export type OpenTarget = { member: string } | { conversation: string } | { organizer: true };

export interface Parvis {
  signIn(token: string): Promise<void>;
  signOut(): Promise<void>;
  open(target: OpenTarget): Promise<void>;
  load?(): Promise<void>;
}

/** What `web/widget/src/index.ts` exports: defines the elements and makes the page's one client. */
export interface WidgetModule {
  start(options: ParvisOptions): Parvis;
}
