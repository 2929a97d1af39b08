import { html, nothing } from "lit";
import type { Context } from "../context.ts";
import { notice } from "../notice.ts";

/** What stands where there is no conversation: a way to begin one. */
export function emptyList(
  { i18n, client }: Context,
  query: string,
  tell: (name: "go" | "organizer", detail?: { name: "people" }) => void,
) {
  if (query) return notice({ icon: "search", title: i18n.t("conversations.none", { query }) });
  const button = (label: string, press: () => void) =>
    html`<button type="button" class="button" @click=${press}>${label}</button>`;
  const features = client.site?.features;
  const compose = features?.member_chat;
  return notice({
    icon: "chat",
    title: i18n.t("conversations.empty.title"),
    text: i18n.t("conversations.empty.text"),
    action: compose
      ? button(i18n.t("conversations.compose"), () => tell("go", { name: "people" }))
      : features?.contact_organizer
        ? button(i18n.t("organizer.button"), () => tell("organizer"))
        : nothing,
  });
}
