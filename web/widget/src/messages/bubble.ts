import { html, nothing } from "lit";
import type { Conversation, Message, PendingMessage, Typist } from "#client";
import { icon } from "#ui/icon/icon.ts";
import type { Context } from "../context.ts";
import { oneLine } from "../conversations/naming.ts";
import { badges, face } from "../face.ts";
import type { MessageRow, PendingRow } from "./grouping.ts";
import { linkify } from "./linkify.ts";
import type { Look } from "./look.ts";
import { happened } from "./system.ts";

/** What the log gives each bubble. */
export interface BubbleOptions {
  conversation: Conversation;
  /** Detail templates with pictures: that of the author stands beside the last bubble of a run. */
  pictures: boolean;
  tabbable: boolean;
  /** Of somebody whom one has blocked, until one wants to see it. */
  folded: boolean;
  unfold: (key: string) => void;
  /** This is the newest of one's own: its state is written out. */
  newest: boolean;
  find: (id: string) => Message | undefined;
  menu: (anchor: HTMLElement, message: Message) => void;
  look?: Look | undefined;
}

export function bubble(ctx: Context, row: MessageRow, options: BubbleOptions) {
  const { message, mine, first, last } = row;
  const { look } = options;
  if (message.author.kind === "system") return systemLine(ctx, row);
  if (options.folded) return foldedLine(ctx, row, options);
  const { i18n } = ctx;
  const time = i18n.dates.time(message.sent_at);
  const name = mine
    ? i18n.t("messages.by.you", { time })
    : i18n.t("messages.by", { name: message.author.name, time });
  return html`<article class="${classes(mine, first, last)} ${look?.kind(message)}" data-key=${row.key} data-id=${message.id}
      tabindex=${options.tabbable ? 0 : -1} aria-label=${look?.label(message, name) ?? name} aria-describedby=${row.key} @contextmenu=${(event: MouseEvent) => onLongPress(event, message, options)}>
    ${mine || !options.pictures ? nothing : html`<span class="face">${last ? face(ctx, message.author) : nothing}</span>`}
    <div class="stack">
      ${!mine && first && options.conversation.kind !== "direct" ? html`<p class="author" aria-hidden="true" dir="auto">${message.author.name}${badges(message.author)}${look?.beside(message)}</p>` : nothing}
      ${look?.above(message)}
      <div class="line">
        ${message.removed ? withdrawn(ctx, row) : spoken(ctx, row, options)}
        ${message.removed ? nothing : moreButton(ctx, message, options)}
      </div>
      ${look?.below(message, options.tabbable)} ${last ? meta(ctx, row, options) : nothing}
    </div>
  </article>`;
}

function classes(mine: boolean, first: boolean, last: boolean): string {
  return `message ${mine ? "mine" : ""} ${first ? "first" : ""} ${last ? "last" : ""}`;
}

function systemLine(ctx: Context, { message, key }: MessageRow) {
  return html`<p class="system" data-key=${key} title=${ctx.i18n.dates.full(message.sent_at)} dir="auto">${happened(ctx, message)} ${message.system?.call ? html`<parvis-call-back .ctx=${ctx} .message=${message}></parvis-call-back>` : nothing}</p>`;
}

function foldedLine({ i18n }: Context, { key }: MessageRow, { tabbable, unfold }: BubbleOptions) {
  return html`<article class="message first last" data-key=${key} tabindex=${tabbable ? 0 : -1} aria-label=${i18n.t("messages.folded")}>
    <button type="button" class="folded" tabindex=${tabbable ? 0 : -1} aria-expanded="false" @click=${() => unfold(key)}>${i18n.t("messages.folded")}
      <span>${i18n.t("messages.unfold")}</span></button>
  </article>`;
}

function spoken(ctx: Context, { message, key }: MessageRow, options: BubbleOptions) {
  return html`<div class="bubble" id=${key} part="bubble" title=${ctx.i18n.dates.full(message.sent_at)}>
    ${quote(message, options)}${options.look?.body(message) ?? body(message.body, ctx)}
    ${message.edited_at ? html`<span class="edited" title=${ctx.i18n.dates.full(message.edited_at)}>${ctx.i18n.t("messages.edited")}</span>` : nothing}
  </div>`;
}

function withdrawn({ i18n }: Context, { message, key }: MessageRow) {
  return html`<div class="bubble gone" id=${key} part="bubble" dir="auto">${goneText(message.removed, i18n)}</div>`;
}

/** What stands in the place of a message that is gone. */
export function goneText(removed: Message["removed"], i18n: Context["i18n"]): string {
  if (removed?.by !== "moderator") return i18n.t("messages.removed.author");
  const { reason } = removed;
  return reason
    ? i18n.t("messages.removed.because", { reason })
    : i18n.t("messages.removed.moderator");
}

function quote(message: Message, { find }: BubbleOptions) {
  const quoted = message.reply_to ? find(message.reply_to) : undefined;
  if (!quoted || quoted.removed) return nothing;
  return html`<blockquote dir="auto"><b>${quoted.author.name}</b>${oneLine(quoted.body)}</blockquote>`;
}

/** Always text nodes; an address becomes a link that knows nothing of this page. `mark` may set off words. */
export function body(text: string, { i18n }: Context, mark = (words: string): unknown => words) {
  const pieces = linkify(text).map((piece) =>
    typeof piece === "string"
      ? mark(piece)
      : html`<a href=${piece.href} target="_blank" rel="noopener noreferrer nofollow">${piece.text}<span class="quietly"> (${i18n.t("messages.link")})</span></a>`,
  );
  return html`<p class="body" dir="auto">${pieces}</p>`;
}

function moreButton({ i18n }: Context, message: Message, options: BubbleOptions) {
  return html`<button type="button" class="round more" tabindex=${options.tabbable ? 0 : -1} aria-haspopup="menu"
    aria-label=${i18n.t("messages.actions")}
    @click=${(event: Event) => options.menu(event.currentTarget as HTMLElement, message)}>${icon("more")}</button>`;
}

function onLongPress(event: MouseEvent, message: Message, options: BubbleOptions): void {
  // A mouse keeps the browser's own menu: it copies, looks up, translates.
  if (message.removed || !matchMedia("(hover: none)").matches) return;
  event.preventDefault();
  options.menu(event.currentTarget as HTMLElement, message);
}

function meta(
  { i18n }: Context,
  { message, mine }: MessageRow,
  { conversation, newest }: BubbleOptions,
) {
  // The article is called by it already.
  const time = html`<time aria-hidden="true" datetime=${message.sent_at}>${i18n.dates.time(message.sent_at)}</time>`;
  if (!mine || message.removed || conversation.kind === "room")
    return html`<p class="meta" aria-hidden="true">${time}</p>`;
  const read = (conversation.peer_read_seq ?? 0) >= message.seq;
  const state = i18n.t(read ? "messages.state.read" : "messages.state.sent");
  return html`<p class="meta ${read ? "read" : ""}">${time}${icon(read ? "checks" : "check")}<span class=${newest ? "" : "quietly"}>${state}</span></p>`;
}

export function pendingBubble(
  ctx: Context,
  row: PendingRow,
  on: { retry: (one: PendingMessage) => void; discard: (one: PendingMessage) => void },
  look?: Look,
) {
  const { pending, first, last } = row;
  const failed = pending.state === "failed";
  return html`<article class="${classes(true, first, last || failed)} ${failed ? "failed" : "sending"} ${look?.kind(pending)}" data-key=${row.key} tabindex="-1"
      aria-label=${ctx.i18n.t(failed ? "messages.state.failed" : "messages.state.sending")}>
    <div class="stack">
      ${look?.above(pending)}
      <div class="line"><div class="bubble" part="bubble">${look?.body(pending) ?? body(pending.body, ctx)}</div></div>
      ${failed ? failure(ctx, pending, on) : last ? html`<p class="meta">${icon("clock")}<span>${ctx.i18n.t("messages.state.sending")}</span></p>` : nothing}
    </div>
  </article>`;
}

function failure(
  { i18n }: Context,
  pending: PendingMessage,
  on: Parameters<typeof pendingBubble>[2],
) {
  const code = pending.problem?.code;
  const why =
    (code && (i18n.find(`problem.${code}`) ?? i18n.find(`cannot.${code}`))) ??
    pending.problem?.detail;
  return html`<p class="meta failed" role="alert">${icon("alert")}<span>${i18n.t("messages.state.failed")}${why ? html` · ${why}` : nothing}</span></p>
    <p class="choices">
      <button type="button" class="button soft small" @click=${() => on.retry(pending)}>${i18n.t("messages.retry")}</button>
      <button type="button" class="button plain small" @click=${() => on.discard(pending)}>${i18n.t("messages.discard")}</button>
    </p>`;
}

/** Who is writing at this moment. Between two people the dots say it all. */
export function typists({ i18n }: Context, typing: readonly Typist[], direct: boolean) {
  const first = typing[0];
  if (!first) return nothing;
  const words = i18n.plural("messages.typing", typing.length, { name: first.name });
  return html`<p class="typing"><span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>
    <span class=${direct ? "quietly" : ""}>${words}</span></p>`;
}
