import { html, nothing, type TemplateResult } from "lit";
import type { MemberWithRelation } from "#client";
import { type IconName, icon } from "#ui/icon/icon.ts";
import type { MenuItem } from "#ui/menu/menu.ts";
import type { Context } from "../context.ts";
import { badges, face } from "../face.ts";
import type { Key } from "../i18n/texts.ts";

/** Somebody's profile, perhaps with the form to ask them open. */
export interface ProfileRequest {
  member: MemberWithRelation;
  asking?: boolean;
}

export interface PersonOptions {
  index: number;
  /** How many there are; -1: more than are known. */
  size: number;
  tabbable: boolean;
  /** Asking to become contacts is offered here. */
  asks: boolean;
  open: () => void;
  menu: (anchor: HTMLElement) => void;
}

/** Somebody in a list: who they are, what can be done with them. */
export function personRow(ctx: Context, person: MemberWithRelation, options: PersonOptions) {
  const { i18n } = ctx;
  const online = ctx.client.state.connected.has(person.id);
  const tab = options.tabbable ? 0 : -1;
  return html`<li class="person-row" aria-posinset=${options.index + 1} aria-setsize=${options.size}>
    <button type="button" class="row person ${person.relation.blocked ? "blocked" : ""}" part="row" data-id=${person.id} data-index=${options.index}
      tabindex=${tab} @click=${options.open} @contextmenu=${(event: MouseEvent) => onContextMenu(event, options)}>
      ${face(ctx, person, online)}
      <span class="text">
        <span class="named"><span class="name" dir="auto">${person.name}</span>${badges(person)}</span>
        ${online ? html`<span class="quietly">, ${i18n.t("conversations.connected")}</span>` : nothing}
        ${person.headline ? html`<span class="preview" dir="auto">${person.headline}</span>` : nothing}
      </span>
      <span class="side can">${marks(ctx, person, options.asks)}</span>
    </button>
    <button type="button" class="round more" tabindex=${tab} aria-haspopup="menu"
      aria-label=${i18n.t("conversations.actions", { name: person.name })}
      @click=${(event: Event) => options.menu(event.currentTarget as HTMLElement)}>${icon("more")}</button>
  </li>`;
}

function onContextMenu(event: MouseEvent, options: PersonOptions): void {
  event.preventDefault();
  options.menu(event.currentTarget as HTMLElement);
}

/** What is between the two, and what one may do: a picture each, said in words to who listens. */
export function marks({ i18n }: Context, { relation }: MemberWithRelation, asks: boolean) {
  const found: [boolean, IconName, Key][] = [
    [relation.blocked, "block", "contacts.is.blocked"],
    [relation.contact === "accepted", "contact", "contacts.is.accepted"],
    [relation.contact === "requested", "clock", "contacts.is.requested"],
    [relation.contact === "received", "ask", "contacts.is.received"],
    [asks && relation.can_request_contact, "ask", "contacts.can.ask"],
    [relation.can_message, "chat", "contacts.can.write"],
  ];
  return found
    .filter(([holds]) => holds)
    .map(([, name, key]): TemplateResult => {
      const text = i18n.t(key);
      return html`<span class="mark ${name}" title=${text}>${icon(name)}<span class="quietly">, ${text}</span></span>`;
    });
}

/** May be opened as a conversation: to be written to, read, or unblocked. */
export function talks({ relation }: MemberWithRelation): boolean {
  return relation.can_message || relation.conversation_id !== null || relation.blocked;
}

export function personMenu(
  { i18n }: Context,
  member: MemberWithRelation,
  asks: boolean,
  tell: (name: "person" | "profile", detail: MemberWithRelation | ProfileRequest) => void,
): MenuItem[] {
  const items: MenuItem[] = [];
  if (talks(member))
    items.push({
      label: i18n.t("members.message"),
      icon: "chat",
      run: () => tell("person", member),
    });
  if (asks && member.relation.can_request_contact)
    items.push({
      label: i18n.t("contacts.ask"),
      icon: "ask",
      run: () => tell("profile", { member, asking: true }),
    });
  items.push({
    label: i18n.t("members.profile.see"),
    icon: "people",
    run: () => tell("profile", { member }),
  });
  return items;
}
