import { html, nothing } from "lit";
import type { Conversation } from "#client";
import { icon } from "#ui/icon/icon.ts";
import type { Context } from "../context.ts";
import { badges, conversationFace, isConnected } from "../face.ts";
import type { ListTemplate } from "../templates/list.ts";
import type { Action } from "./actions.ts";
import { previewOf, titleOf } from "./naming.ts";

export interface RowOptions {
  look: ListTemplate;
  current: boolean;
  tabbable: boolean;
  now: number;
  open: () => void;
  menu: (anchor: HTMLElement) => void;
  /** What stands behind the row while it is drawn aside. */
  acts: readonly Action[] | null;
  act: (action: Action) => void;
}

export function conversationRow(ctx: Context, one: Conversation, options: RowOptions) {
  const { i18n } = ctx;
  const title = titleOf(one, ctx);
  const fresh = options.look.dots && !one.blocked && (one.unread > 0 || one.marked_unread);
  const tab = options.tabbable ? 0 : -1;
  return html`<li class=${options.acts ? "drawn" : ""}>
    <button type="button" part="row" data-id=${one.id} tabindex=${tab} aria-current=${options.current ? "true" : nothing}
      class="row ${options.look.pictures ? "" : "bare"} ${fresh ? "unread" : ""} ${one.blocked ? "blocked" : ""} ${one.muted ? "muted" : ""}" @click=${options.open}
      @contextmenu=${(event: MouseEvent) => onContextMenu(event, options)}>
      ${options.look.pictures ? conversationFace(ctx, one, title) : nothing}
      <span class="text">
        <span class="named"><span class="name" dir="auto">${title}</span>${one.peer ? badges(one.peer) : nothing}</span>
        ${isConnected(ctx, one) ? html`<span class="quietly">, ${i18n.t("conversations.connected")}</span>` : nothing}
        ${one.blocked ? html`<span class="preview">${i18n.t("contacts.is.blocked")}</span>` : secondLine(ctx, one)}
      </span>
      <span class="side">${when(ctx, one, options.now)} <span class="signs">${one.muted ? muted(ctx) : nothing}${fresh ? news(ctx, one) : nothing}</span></span>
    </button>
    <button type="button" class="round more" tabindex=${tab} aria-haspopup="menu"
      aria-label=${i18n.t("conversations.actions", { name: title })}
      @click=${(event: Event) => options.menu(event.currentTarget as HTMLElement)}>${icon("more")}</button>
    ${options.acts ? behind(options.acts, options.act) : nothing}
  </li>`;
}

function news({ i18n }: Context, { unread }: Conversation) {
  if (!unread)
    return html`<span class="count dot"></span><span class="quietly">, ${i18n.t("conversations.unread.marked")}</span>`;
  return html`<span class="count" aria-hidden="true">${unread > 99 ? "99+" : i18n.number(unread)}</span>
    <span class="quietly">, ${i18n.plural("conversations.unread", unread)}</span>`;
}

function muted({ i18n }: Context) {
  return html`${icon("mute")}<span class="quietly">, ${i18n.t("groups.muted")}</span>`;
}

function behind(acts: readonly Action[], act: (action: Action) => void) {
  return html`<div class="acts">${acts.map(
    (action) =>
      html`<button type="button" class=${action.danger ? "danger" : ""} @click=${() => act(action)}>${icon(action.icon)}<span>${action.brief}</span></button>`,
  )}</div>`;
}

function secondLine(ctx: Context, one: Conversation) {
  const { i18n, client } = ctx;
  const thread = client.state.threads.get(one.id);
  if (thread?.typing.length)
    return html`<span class="preview typing">${i18n.t("conversations.typing")}</span>`;
  if (thread?.pending.some((entry) => entry.state === "failed")) {
    return html`<span class="preview unsent">${i18n.t("preview.unsent")}</span>`;
  }
  return html`<span class="preview" dir="auto">${previewOf(one, ctx)}</span>`;
}

function when({ i18n }: Context, one: Conversation, now: number) {
  const at = one.last_message?.sent_at ?? one.last_at;
  if (!at) return nothing;
  return html`<time datetime=${at} title=${i18n.dates.full(at)}>${i18n.dates.brief(at, now)}</time>`;
}

function onContextMenu(event: MouseEvent, options: RowOptions): void {
  event.preventDefault();
  const row = event.currentTarget as HTMLElement;
  const more = row.parentElement?.querySelector<HTMLElement>(".more");
  options.menu(more?.checkVisibility({ opacityProperty: true }) ? more : row);
}
