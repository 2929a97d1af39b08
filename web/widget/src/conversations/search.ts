import { html } from "lit";
import { icon } from "#ui/icon/icon.ts";
import type { Context } from "../context.ts";

/** Where one looks for a conversation or somebody. */
export function searchField(
  { i18n }: Context,
  query: string,
  typed: (event: Event) => void,
  key: (event: KeyboardEvent) => void,
) {
  const label = i18n.t("conversations.search.people");
  return html`<div class="filter" role="search" aria-label=${label}>
    <label class="search">${icon("search")}<span class="quietly">${label}</span>
      <input class="input" type="search" autocomplete="off" placeholder=${i18n.t("conversations.search")}
        .value=${query} @input=${typed} @keydown=${key} />
    </label>
  </div>`;
}

export function moreButton({ i18n }: Context, load: () => void) {
  return html`<button type="button" class="button plain small load-more" @click=${load}>${i18n.t("conversations.more")}</button>`;
}
