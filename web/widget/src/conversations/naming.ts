import type { Client, Conversation, Message } from "#client";
import type { Context } from "../context.ts";
import { happened } from "../messages/system.ts";

/** What a conversation is called for this reader. */
export function titleOf(conversation: Conversation, { i18n, client }: Context): string {
  if (conversation.kind === "organizer")
    return i18n.t("organizer.title", { site: client.site?.name ?? "" });
  return conversation.peer?.name ?? conversation.name ?? i18n.t("conversations.group");
}

/** The second line of a row: the last message in one line, with who said it where that is not plain. */
export function previewOf(conversation: Conversation, ctx: Context): string {
  const { i18n, client } = ctx;
  const last = conversation.last_message;
  if (!last) return i18n.t("preview.none");
  if (isFolded(last, conversation, client)) return i18n.t("messages.folded");
  const text = last.removed ? i18n.t("preview.removed") : oneLine(happened(ctx, last));
  if (isMine(last, client.me?.id)) return i18n.t("preview.you", { text });
  const several = conversation.kind !== "direct" && last.author.kind !== "system";
  return several ? i18n.t("preview.author", { name: last.author.name, text }) : text;
}

export function isMine(message: Message, me: string | null | undefined): boolean {
  return message.author.kind === "member" && message.author.id === me;
}

export function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** Of somebody whom one has blocked, where others talk too: it is there, and not shown at once. */
export function isFolded(message: Message, { kind }: Conversation, { state }: Client): boolean {
  const { author } = message;
  return kind !== "direct" && author.kind === "member" && (state.blocks?.has(author.id) ?? false);
}

/** Without accents and case, as people search. */
export function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();
}
