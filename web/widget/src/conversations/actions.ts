import type { Conversation } from "#client";
import type { ParvisDialog } from "#ui/dialog/dialog.ts";
import type { MenuItem } from "#ui/menu/menu.ts";
import type { Context } from "../context.ts";

/** What can be done with a conversation from its menu. */
export function menuFor(
  ctx: Context,
  one: Conversation,
  dots: boolean,
  remove: () => void,
): MenuItem[] {
  const { i18n, client } = ctx;
  const items: MenuItem[] = [];
  const last = one.last_message?.seq;
  if (dots && one.unread > 0 && last) {
    items.push({
      label: i18n.t("conversations.read"),
      icon: "checks",
      run: () => client.markRead(one.id, last),
    });
  }
  items.push({ label: i18n.t("conversations.delete"), icon: "trash", danger: true, run: remove });
  return items;
}

/** True when it was asked, answered yes, and done. */
export async function askToDelete(
  dialog: ParvisDialog,
  { i18n, client }: Context,
  one: Conversation,
): Promise<boolean> {
  const yes = await dialog.ask({
    title: i18n.t("conversations.delete.title"),
    text: i18n.t("conversations.delete.text"),
    yes: i18n.t("conversations.delete.yes"),
    no: i18n.t("screen.cancel"),
  });
  if (!yes) return false;
  try {
    await client.remove(one.id);
    return true;
  } catch (error) {
    client.dispatchEvent(new CustomEvent("problem", { detail: error }));
    return false;
  }
}
