import { css, html, nothing } from "lit";
import type { Conversation } from "#client";
import "#ui/avatar/avatar.ts";
import type { Context } from "./context.ts";

interface Person {
  id: string;
  name: string;
  avatar_url?: string | null;
}

/** The picture of somebody; the dot says that they are connected. */
export function face(ctx: Context, person: Person, online = false) {
  return html`<parvis-avatar exportparts="avatar, presence" .name=${person.name} .seed=${person.id}
    .src=${address(ctx, person.avatar_url)} ?online=${online}></parvis-avatar>`;
}

export function conversationFace(ctx: Context, conversation: Conversation, title: string) {
  const { peer, kind, id, picture_url } = conversation;
  if (peer) return face(ctx, peer, isConnected(ctx, conversation));
  return html`<parvis-avatar exportparts="avatar" .name=${title} .seed=${id} .src=${address(ctx, picture_url)}
    .icon=${kind === "organizer" ? "organizer" : kind === "group" ? "people" : null}></parvis-avatar>`;
}

export function isConnected({ client }: Context, { peer }: Conversation): boolean {
  return peer !== null && client.state.connected.has(peer.id);
}

/** Addresses from the server may be relative to it. */
export function address({ client }: Context, url: string | null | undefined): string | null {
  try {
    return url ? new URL(url, client.options.origin).href : null;
  } catch {
    return null;
  }
}

/** How many badges stand beside a name before the others are counted. */
const SHOWN = 2;

/** What sets somebody apart on this site, beside their name. */
export function badges({ badges = [] }: { badges?: readonly string[] }) {
  const more = badges.slice(SHOWN);
  const badge = (text: string, title = text) =>
    html`<span class="badge" title=${title}>${text}</span>`;
  if (badges.length === 0) return nothing;
  return html`<span class="badges">${badges.slice(0, SHOWN).map((one) => badge(one))}${more.length ? badge(`+${more.length}`, more.join(", ")) : nothing}</span>`;
}

export const badgesStyles = css`
  /* One line: a badge that finds no room beside the name is not there, rather than in pieces. */
  .named {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--p-space-2) var(--p-space-15);
    max-block-size: 1.4em;
    overflow: hidden;
  }
  .named > :first-child {
    flex: 1 1 65%;
    min-inline-size: 0;
    max-inline-size: max-content;
  }
  .named > .badges {
    display: contents;
  }
  .badges {
    display: inline-flex;
    gap: var(--p-space-1);
    margin-inline-start: var(--p-space-15);
    vertical-align: bottom;
  }
  .badge {
    max-inline-size: 14ch;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    padding: 1px var(--p-space-2);
    border-radius: 99px;
    background: var(--p-accent-soft);
    color: var(--p-accent-text);
    font-size: var(--p-type-1);
    font-weight: 600;
    line-height: 16px;
  }
`;
