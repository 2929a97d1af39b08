import { html, nothing } from "lit";
import type { Participant } from "#client";
import { icon } from "#ui/icon/icon.ts";
import type { Context } from "../context.ts";
import { badges, face } from "../face.ts";

export interface ParticipantOptions {
  index: number;
  /** How many there are; -1: more than are known. */
  size: number;
  tabbable: boolean;
  menu: (anchor: HTMLElement) => void;
}

/** Somebody in a group: who they are, what they are in it. */
export function participantRow(
  ctx: Context,
  { member, role }: Participant,
  { index, size, tabbable, menu }: ParticipantOptions,
) {
  const { i18n, client } = ctx;
  const me = member.id === client.me?.id;
  const online = me || client.state.connected.has(member.id);
  const open = (event: Event) => menu(event.currentTarget as HTMLElement);
  const onContextMenu = (event: MouseEvent) => {
    event.preventDefault();
    open(event);
  };
  return html`<li class="person-row" aria-posinset=${index + 1} aria-setsize=${size}>
    <button type="button" class="row person" part="row" data-index=${index} tabindex=${tabbable ? 0 : -1} aria-haspopup="menu" @click=${open} @contextmenu=${onContextMenu}>
      ${face(ctx, member, online)}
      <span class="text">
        <span class="named"><span class="name" dir="auto">${member.name}</span>${me ? html`<span class="you">(${i18n.t("groups.you")})</span>` : nothing}${badges(member)}</span>
        ${online ? html`<span class="quietly">, ${i18n.t("conversations.connected")}</span>` : nothing}
        ${member.headline ? html`<span class="preview" dir="auto">${member.headline}</span>` : nothing}
      </span>
      <span class="side can">${role === "admin" ? html`<span class="tag strong">${i18n.t("groups.admin")}</span>` : nothing}${icon("more")}</span>
    </button>
  </li>`;
}
