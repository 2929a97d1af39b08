import { html } from "lit";
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
function address({ client }: Context, url: string | null | undefined): string | null {
  try {
    return url ? new URL(url, client.options.origin).href : null;
  } catch {
    return null;
  }
}
