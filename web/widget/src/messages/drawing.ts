import { html, nothing } from "lit";
import type { Conversation, Message, Thread } from "#client";
import { icon } from "#ui/icon/icon.ts";
import type { Context } from "../context.ts";
import { isFolded, oneLine } from "../conversations/naming.ts";
import { notice } from "../notice.ts";
import { bubble, pendingBubble } from "./bubble.ts";
import type { Row } from "./grouping.ts";
import type { Look } from "./look.ts";
import { happened } from "./system.ts";

/** What the log knows when it draws its rows. */
interface Scene {
  conversation: Conversation;
  pictures: boolean;
  thread: Thread | undefined;
  /** The row that the tab key finds. */
  stop: string | null;
  /** Rows of blocked members that one wanted to see. */
  unfolded: ReadonlySet<string>;
  unfold: (key: string) => void;
  menu: (anchor: HTMLElement, message: Message) => void;
  look: Look | undefined;
}

/** What is said aloud of a message that has just come. */
export function arrived(ctx: Context, message: Message, conversation: Conversation): string {
  if (isFolded(message, conversation, ctx.client)) return ctx.i18n.t("messages.folded");
  const { author, body } = message;
  if (message.system) return happened(ctx, message);
  return ctx.i18n.t("messages.arrived", { name: author.name, text: oneLine(body) });
}

export function drawRow(ctx: Context, list: readonly Row[], scene: Scene) {
  const { conversation, pictures, unfold, menu, look } = scene;
  const said = list.filter((row) => row.type === "message");
  const stop = said.some(({ key }) => key === scene.stop) ? scene.stop : said.at(-1)?.key;
  const newest = said.findLast((row) => row.mine)?.key;
  const hidden = (key: string, message: Message) =>
    !scene.unfolded.has(key) && isFolded(message, conversation, ctx.client);
  const find = (id: string) =>
    scene.thread?.messages.find((one) => one.id === id && !hidden(id, one));
  return (row: Row) => {
    if (row.type === "day")
      return html`<p class="day" data-key=${row.key}>${ctx.i18n.dates.day(row.at, Date.now())}</p>`;
    if (row.type === "unread")
      return html`<p class="unread" data-key="unread">${ctx.i18n.t("messages.unread")}</p>`;
    if (row.type === "pending")
      return pendingBubble(
        ctx,
        row,
        {
          retry: ({ clientId }) => ctx.client.retry(clientId),
          discard: ({ clientId }) => ctx.client.discard(clientId),
        },
        look,
      );
    return bubble(ctx, row, {
      conversation,
      pictures,
      tabbable: row.key === stop,
      newest: row.key === newest,
      folded: hidden(row.key, row.message),
      unfold,
      find,
      menu,
      look,
    });
  };
}

/** Where nothing was said yet. */
export function beginning({ i18n }: Context, { kind }: Conversation, name: string) {
  const organizer = kind === "organizer";
  return notice({
    icon: organizer ? "organizer" : "chat",
    title: name,
    text: organizer ? i18n.t("organizer.hint") : i18n.t("messages.empty", { name }),
  });
}

/** Up to where one had read. */
export function since({ i18n }: Context, busy: boolean, go: () => void) {
  return html`<button type="button" class="latest since" ?disabled=${busy} @click=${go}>
    ${icon("up")}<span class="label">${i18n.t(busy ? "screen.loading" : "messages.since")}</span></button>`;
}

/** Back to the newest, and how many have come meanwhile. */
export function latest({ i18n }: Context, fresh: number, go: () => void) {
  return html`<button type="button" class="latest" aria-label=${i18n.t("messages.latest")} @click=${go}>
    ${icon("down")}${fresh ? html`<span class="label">${i18n.plural("messages.new", fresh)}</span>` : nothing}</button>`;
}
