// Where two people stand as contacts, and the small form to ask: on a profile.
import { html, nothing } from "lit";
import { type MemberWithRelation, Problem } from "#client";
import { icon } from "#ui/icon/icon.ts";
import type { Context } from "../context.ts";
import type { I18n } from "../i18n/i18n.ts";
import { sentenceFor } from "../problems.ts";

const DAY = 86_400;
/** The most that a note holds. */
const NOTE = 300;

interface Shown {
  /** Asking is offered. */
  asks: boolean;
  busy: boolean;
  /** What they wrote when they asked. */
  note: string | null;
}

export function contactState(
  ctx: Context,
  { relation, name }: MemberWithRelation,
  { asks, busy, note }: Shown,
  act: (what: "ask" | "accept" | "decline" | "cancel") => void,
) {
  const { i18n } = ctx;
  const button = (what: Parameters<typeof act>[0], look: string, label: string) =>
    html`<button type="button" class="button ${look}" ?disabled=${busy} @click=${() => act(what)}>${label}</button>`;
  switch (relation.contact) {
    case "accepted":
      return html`<p class="state is-contact">${icon("contact")}<span>${i18n.t("contacts.is.accepted")}</span></p>`;
    case "requested":
      return html`<p class="state">${icon("clock")}<span>${i18n.t("contacts.pending")}</span></p>
        ${relation.contact_request_id ? button("cancel", "plain", i18n.t("contacts.cancel")) : nothing}`;
    case "received":
      return html`<p class="state">${i18n.t("contacts.asks_you", { name })}</p>
        ${note ? html`<p class="note" dir="auto">${note}</p>` : nothing}
        <div class="pair">${button("decline", "plain", i18n.t("contacts.decline"))} ${button("accept", "", i18n.t("contacts.accept"))}</div>`;
    default:
      return asks && relation.can_request_contact
        ? button("ask", "soft", i18n.t("contacts.ask"))
        : nothing;
  }
}

export function askForm(
  { i18n }: Context,
  busy: boolean,
  on: { send: (note: string) => void; cancel: () => void },
) {
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const note = new FormData(event.target as HTMLFormElement).get("note");
    on.send(String(note ?? "").trim());
  };
  return html`<form @submit=${submit}>
    <div class="field">
      <label for="note">${i18n.t("contacts.note")}</label>
      <textarea class="input" id="note" name="note" rows="3" maxlength=${NOTE} dir="auto" aria-describedby="note-hint"></textarea>
      <p class="hint" id="note-hint">${i18n.t("contacts.note.hint")}</p>
    </div>
    <div class="pair">
      <button type="button" class="button plain" @click=${on.cancel}>${i18n.t("screen.cancel")}</button>
      <button class="button" ?disabled=${busy}>${i18n.t("contacts.note.send")}</button>
    </div>
  </form>`;
}

/** After a request that came to nothing one waits some days: then the wait is what to say. */
export function whyNotAsked(error: unknown, i18n: I18n): string {
  const { code, retryAfter } = Problem.of(error);
  if (code !== "rate_limited" || (retryAfter ?? 0) < DAY / 24) return sentenceFor(error, i18n);
  return i18n.plural("contacts.cooldown", Math.ceil((retryAfter ?? 0) / DAY));
}
