import { html, nothing } from "lit";
import { roundButton } from "./bar.ts";
import type { Context } from "./context.ts";
import type { GroupTask, Screen } from "./navigation.ts";
import type { Piece } from "./pieces.ts";

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

export function pieceOf({ name }: Screen): Piece | null {
  if (name === "list" || name === "conversation") return null;
  return name === "group" || name === "new-group" ? "groups" : "more";
}

/** The screens that are fetched when one goes there. */
export function screenPart(
  ctx: Context,
  screen: Screen,
  asks: boolean,
  before: unknown,
  after: unknown,
) {
  const { name } = screen;
  if (name === "people")
    return html`<parvis-people exportparts=${PARTS} data-shown .ctx=${ctx} .asks=${asks} .leading=${before} .trailing=${after}></parvis-people>`;
  if (name === "settings")
    return html`<parvis-settings exportparts=${PARTS} data-shown .ctx=${ctx} .leading=${before} .trailing=${after}></parvis-settings>`;
  if (name === "requests")
    return html`<parvis-requests exportparts=${PARTS} data-shown .ctx=${ctx} .leading=${before} .trailing=${after}></parvis-requests>`;
  if (name === "new-group")
    return html`<parvis-new-group exportparts=${PARTS} data-shown .ctx=${ctx} .given=${screen.members} .trailing=${after}></parvis-new-group>`;
  if (name === "group")
    return html`<parvis-group exportparts=${PARTS} data-shown .ctx=${ctx} .conversation=${screen.id} .trailing=${after}></parvis-group>`;
  return nothing;
}

/** Asked about a group, over whatever is shown. */
export function taskDialog(ctx: Context, task: GroupTask, closed: () => void) {
  return html`<parvis-group-task exportparts="dialog, avatar" .ctx=${ctx} .task=${task} @closed=${closed}></parvis-group-task>`;
}
