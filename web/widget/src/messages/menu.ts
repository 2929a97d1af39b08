import type { Message } from "#client";
import type { Question } from "#ui/dialog/dialog.ts";
import type { MenuItem } from "#ui/menu/menu.ts";
import type { Context } from "../context.ts";

/** What can be done with a message. Withdrawing stays possible where writing is not. */
export function messageMenu(
  { i18n }: Context,
  message: Message,
  mine: boolean,
  canEdit: boolean,
  tell: (what: "edit" | "withdraw" | "readers") => void,
  readers = false,
): MenuItem[] {
  if (message.removed) return [];
  const items: MenuItem[] = [];
  if (mine && canEdit)
    items.push({ label: i18n.t("messages.edit"), icon: "edit", run: () => tell("edit") });
  items.push({
    label: i18n.t("messages.copy"),
    icon: "copy",
    run: () => void navigator.clipboard?.writeText(message.body),
  });
  if (readers)
    items.push({ label: i18n.t("groups.readers"), icon: "checks", run: () => tell("readers") });
  if (mine)
    items.push({
      label: i18n.t("messages.withdraw"),
      icon: "trash",
      danger: true,
      run: () => tell("withdraw"),
    });
  return items;
}

/** Before one withdraws a message. */
export function withdrawQuestion(i18n: Context["i18n"]): Question {
  return {
    title: i18n.t("messages.withdraw.title"),
    text: i18n.t("messages.withdraw.text"),
    yes: i18n.t("messages.withdraw.yes"),
    no: i18n.t("screen.cancel"),
  };
}
