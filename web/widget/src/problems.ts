import { html } from "lit";
import { type Client, type Conversation, Problem } from "#client";
import type { I18n } from "./i18n/i18n.ts";
import type { Key } from "./i18n/texts.ts";
import { notice } from "./notice.ts";

/** One sentence for a person: ours for what the client knows best, else the server's, which speaks their language. */
export function sentenceFor(error: unknown, i18n: I18n): string {
  const { code, detail, status } = Problem.of(error);
  const known = i18n.find(`problem.${code}`);
  return known ?? (status > 0 && detail ? detail : i18n.t("problem.unknown"));
}

/** Why nothing can be written here; null when it can. */
export function whyNot(conversation: Conversation, i18n: I18n): string | null {
  if (conversation.can_write) return null;
  const why = conversation.cannot_write;
  return (why && (i18n.find(`cannot.${why.code}`) ?? why.detail)) || i18n.t("cannot.unknown");
}

/** Why a conversation that was there is not. */
export function whyGone({ state, site }: Client, id: string): Key {
  if (site?.features.member_chat === false) return "cannot.feature_off";
  return state.left.has(id) ? "groups.left" : "problem.not_found";
}

/** Where something should stand that could not be loaded. */
export function failure(error: unknown, i18n: I18n, again: () => void) {
  return notice({
    icon: "alert",
    alert: true,
    title: i18n.t("status.error.title"),
    text: sentenceFor(error, i18n),
    action: html`<button type="button" class="button soft" @click=${again}>${i18n.t("screen.retry")}</button>`,
  });
}
