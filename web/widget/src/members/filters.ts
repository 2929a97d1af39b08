import { html, nothing } from "lit";
import type { MemberQuery } from "#client";
import type { Context } from "../context.ts";

export type Filter = "all" | "here" | "contacts";

/** The question that goes with a filter and what was typed. */
export function questionFor(filter: Filter, query: string): MemberQuery {
  return {
    query: query.trim() || undefined,
    connected: filter === "here" || undefined,
    contact: filter === "contacts" ? "accepted" : undefined,
  };
}

/** Everyone, those who are here, one's contacts where a site has them. */
export function filterButtons(
  { i18n, client }: Context,
  chosen: Filter,
  choose: (filter: Filter) => void,
) {
  const button = (filter: Filter, label: string, before: unknown = nothing) =>
    html`<button type="button" aria-pressed=${chosen === filter ? "true" : "false"} @click=${() => choose(filter)}>${before}${label}</button>`;
  return html`<div class="segments" role="group" aria-label=${i18n.t("members.filter")}>
    ${button("all", i18n.t("members.all"))} ${button("here", i18n.t("members.here"), html`<i></i>`)}
    ${client.site?.features.contact_requests ? button("contacts", i18n.t("members.contacts")) : nothing}
  </div>`;
}
