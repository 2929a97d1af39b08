import { html, nothing } from "lit";
import { roundButton } from "./bar.ts";
import type { Context } from "./context.ts";
import type { Screen } from "./navigation.ts";

export const PARTS = "row, list, header, bubble, composer, send, avatar, presence, menu, dialog";

/** The way to the contact requests, and how many wait. There is none before they are known. */
export function requestsButton({ client, i18n }: Context, go: () => void) {
  const { received } = client.state.requests;
  if (!received) return nothing;
  const waiting = received.items.length;
  const title = i18n.t("contacts.requests");
  const label = waiting ? `${title}, ${i18n.plural("contacts.waiting", waiting)}` : title;
  const more = received.next === null ? "" : "+";
  return html`<span class="badged">${roundButton("ask", label, go)}
    ${waiting ? html`<span class="count" part="badge" aria-hidden="true">${i18n.number(waiting)}${more}</span>` : nothing}</span>`;
}

/** The screens that are fetched when one goes there. */
export function screenPart(
  ctx: Context,
  { name }: Screen,
  asks: boolean,
  before: unknown,
  after: unknown,
) {
  if (name === "people")
    return html`<parvis-people exportparts=${PARTS} data-shown .ctx=${ctx} .asks=${asks} .leading=${before} .trailing=${after}></parvis-people>`;
  if (name === "settings")
    return html`<parvis-settings exportparts=${PARTS} data-shown .ctx=${ctx} .leading=${before} .trailing=${after}></parvis-settings>`;
  if (name === "requests")
    return html`<parvis-requests exportparts=${PARTS} data-shown .ctx=${ctx} .leading=${before} .trailing=${after}></parvis-requests>`;
  return nothing;
}
