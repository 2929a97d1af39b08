import { html, nothing } from "lit";
import type { Held, Message, Report, Sanction } from "#client";
import { goneText } from "../messages/bubble.ts";
import type { RoomContext } from "../rooms/scene.ts";

interface Choice {
  label: string;
  press: () => void;
  look?: "danger" | "soft" | "plain";
  name?: string;
}

function choices(all: readonly Choice[]) {
  return html`<div class="choices">${all.map(
    ({ label, press, look = "plain", name }) =>
      html`<button type="button" class="button small ${look}" aria-label=${name ?? nothing} @click=${press}>${label}</button>`,
  )}</div>`;
}

export function heldItem(
  { i18n }: RoomContext,
  { author, body, reason, at }: Held,
  on: { approve: () => void; reject: () => void },
) {
  return html`<li>
    <p class="who" dir="auto">${author?.name} <span class="tag">${i18n.t(`moderation.held.${reason}`)}</span></p>
    <p class="said" dir="auto">${body}</p>
    <p class="when">${i18n.dates.full(at)}</p>
    ${choices([
      { label: i18n.t("moderation.approve"), press: on.approve, look: "soft" },
      { label: i18n.t("moderation.reject"), press: on.reject, look: "danger" },
    ])}
  </li>`;
}

export function reportItem(
  ctx: RoomContext,
  { by, member, message, context, reason, created_at }: Report,
  on: { remove: () => void; mute: () => void; ban: () => void; resolve: () => void },
) {
  const { i18n } = ctx;
  const { name } = member;
  const standing = message !== null && !message.removed;
  return html`<li>
    <p class="who" dir="auto">${i18n.t("moderation.reported", { by: by.name, name })}</p>
    ${message ? said(ctx, message) : nothing}
    <p class="why" dir="auto">${i18n.t("moderation.reason", { reason })}</p>
    <p class="when">${i18n.dates.full(created_at)}</p>
    ${context.length > 0 ? around(ctx, context) : nothing}
    ${choices([
      { label: i18n.t("moderation.resolve"), press: on.resolve, look: "soft" },
      ...(standing
        ? [{ label: i18n.t("moderation.remove"), press: on.remove, look: "danger" as const }]
        : []),
      { label: i18n.t("moderation.mute.yes"), press: on.mute },
      { label: i18n.t("moderation.ban.yes"), press: on.ban },
    ])}
  </li>`;
}

function said({ i18n }: RoomContext, { body, removed }: Message) {
  return removed
    ? html`<p class="said gone">${goneText(removed, i18n)}</p>`
    : html`<p class="said" dir="auto">${body}</p>`;
}

function around({ i18n }: RoomContext, context: readonly Message[]) {
  return html`<details><summary>${i18n.t("moderation.context")}</summary>${context.map(
    ({ author, body, sent_at, removed }) =>
      html`<p dir="auto"><b>${author.name}</b> ${i18n.dates.time(sent_at)} · ${removed ? "—" : body}</p>`,
  )}</details>`;
}

export function sanctionItem(
  { i18n }: RoomContext,
  { member, kind, reason, by, until }: Sanction,
  lift: () => void,
) {
  const { name } = member;
  const end = until
    ? i18n.t("moderation.until", { when: i18n.dates.fullWithin(until) })
    : i18n.t("moderation.forever");
  return html`<li>
    <p class="who" dir="auto">${name} <span class="tag">${i18n.t(kind === "ban" ? "moderation.banned" : "moderation.muted")}</span></p>
    <p class="why" dir="auto">${i18n.t("moderation.reason", { reason })}</p>
    <p class="when">${i18n.t("moderation.by", { name: by.name })}, ${end}</p>
    ${choices([
      {
        label: i18n.t("moderation.lift"),
        name: i18n.t("moderation.lift.label", { name }),
        press: lift,
        look: "soft",
      },
    ])}
  </li>`;
}
