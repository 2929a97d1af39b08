import type { Author, Conversation, MemberCard, Message, Present } from "#client";
import { sentenceFor } from "../problems.ts";
import type { Form } from "./form.ts";
import { namesOf, type RoomContext } from "./scene.ts";

/** A message, or somebody. */
export type Reported = Message | Present;

/** It happened in `room`. */
export function reportForm({ i18n, client }: RoomContext, room: string, what: Reported): Form {
  const message = "author" in what ? what : null;
  const name = "author" in what ? what.author.name : what.name;
  const target = message ? { message: message.id } : { member: what.id, conversation: room };
  return {
    title: i18n.t(message ? "rooms.report.title" : "rooms.report.member.title", { name }),
    text: i18n.t("rooms.report.text", { name }),
    fields: [{ name: "reason", label: i18n.t("rooms.report.reason"), kind: "text", most: 300 }],
    yes: i18n.t("rooms.report.yes"),
    no: i18n.t("screen.cancel"),
    send: ({ reason = "" }) => client.report(target, reason),
    explain: (error) => sentenceFor(error, i18n),
  };
}

/** A moderator removes a message, and may say why. */
export function removeForm({ i18n, client }: RoomContext, message: Message): Form {
  const { id, conversation_id: room, author } = message;
  return {
    title: i18n.t("rooms.remove.title", { name: author.name }),
    text: i18n.t("rooms.remove.text"),
    fields: [
      {
        name: "reason",
        label: i18n.t("rooms.remove.reason"),
        kind: "text",
        most: 300,
        optional: true,
      },
    ],
    yes: i18n.t("rooms.remove.yes"),
    no: i18n.t("screen.cancel"),
    danger: true,
    send: ({ reason }) => client.moderation.remove(room, id, reason),
    explain: (error) => sentenceFor(error, i18n),
  };
}

/** An aside goes on as a conversation of its own. */
export function groupForm(
  ctx: RoomContext,
  others: readonly (MemberCard | Author)[],
  made: (group: Conversation) => void,
): Form {
  const { i18n, client } = ctx;
  const names = namesOf(ctx, others);
  return {
    title: i18n.t("rooms.group.title", { names }),
    text: i18n.t("rooms.group.text"),
    fields: [
      {
        name: "name",
        label: i18n.t("rooms.group.name"),
        kind: "line",
        most: 80,
        value: [...names].slice(0, 80).join(""),
      },
    ],
    yes: i18n.t("rooms.group.yes"),
    no: i18n.t("screen.cancel"),
    send: async ({ name = "" }) =>
      made(
        await client.group(
          name,
          others.map(({ id }) => id),
        ),
      ),
    explain: (error) => sentenceFor(error, i18n),
  };
}
