import type { Present, Sanction } from "#client";
import { sentenceFor } from "../problems.ts";
import type { Form } from "../rooms/form.ts";
import type { RoomContext } from "../rooms/scene.ts";

const DURATIONS = ["10", "60", "1440", "10080", "0"] as const;

/** How long, and why: the person concerned reads it. */
export function penaltyForm(
  { i18n, client }: RoomContext,
  room: string,
  { id: member, name }: Pick<Present, "id" | "name">,
  kind: Sanction["kind"],
): Form {
  return {
    title: i18n.t(kind === "ban" ? "moderation.ban.title" : "moderation.mute.title", { name }),
    text: i18n.t(kind === "ban" ? "moderation.ban.text" : "moderation.mute.text", { name }),
    fields: [
      {
        name: "minutes",
        label: i18n.t("moderation.for"),
        kind: DURATIONS.map((minutes) => [minutes, i18n.t(`moderation.for.${minutes}`)] as const),
        value: "60",
      },
      { name: "reason", label: i18n.t("moderation.why", { name }), kind: "text", most: 300 },
    ],
    yes: i18n.t(kind === "ban" ? "moderation.ban.yes" : "moderation.mute.yes"),
    no: i18n.t("screen.cancel"),
    danger: true,
    send: ({ minutes, reason = "" }) =>
      client.moderation.sanction(room, { member, kind, minutes: Number(minutes) || null, reason }),
    explain: (error) => sentenceFor(error, i18n),
  };
}

export function penaltyDone({ i18n }: RoomContext, kind: Sanction["kind"], name: string): string {
  return i18n.t(kind === "ban" ? "moderation.ban.done" : "moderation.mute.done", { name });
}
