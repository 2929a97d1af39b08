import { html } from "lit";
import type { Desk } from "./desk.ts";
import { icon } from "./icons.ts";

/** A button that copies a text, and says so. */
export function copy(desk: Desk, text: string, label = desk.i18n.t("copy")) {
  const run = () => desk.try(() => navigator.clipboard.writeText(text), desk.i18n.t("copied"));
  return html`<button type="button" class="button small outline" @click=${run}>${icon("copy")}${label}</button>`;
}
