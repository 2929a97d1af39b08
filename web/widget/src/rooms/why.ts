import { html, nothing } from "lit";
import type { Conversation, Sanction } from "#client";
import { icon } from "#ui/icon/icon.ts";
import { notice } from "../notice.ts";
import { moment, type RoomContext } from "./scene.ts";

/** Why one may not write in a room; null where a room is not the reason. */
export function whyNotHere({ i18n }: RoomContext, { can_write, cannot_write, room }: Conversation) {
  if (can_write || !room) return null;
  if (room.sanction?.kind === "mute") return muted(i18n, room.sanction);
  if (cannot_write?.code === "room_closed")
    return room.opens_at
      ? i18n.t("rooms.closed.until", { when: moment(i18n, room.opens_at) })
      : i18n.t("rooms.closed");
  return cannot_write?.code === "read_only" ? i18n.t("rooms.read_only") : null;
}

function muted(i18n: RoomContext["i18n"], { until, reason, by }: Sanction) {
  const text = until
    ? i18n.t("rooms.muted.until", { when: moment(i18n, until), reason })
    : i18n.t("rooms.muted", { reason });
  return html`${text} <span class="by">${i18n.t("rooms.muted.by", { name: by.name })}</span>`;
}

/** Stands in place of a room from which one is banned. */
export function bannedFrom({ i18n }: RoomContext, { until, reason, by }: Sanction) {
  const back = until ? i18n.t("rooms.banned.until", { when: moment(i18n, until) }) : "";
  return notice({
    icon: "block",
    title: i18n.t("rooms.banned.title"),
    text: `${i18n.t("rooms.banned", { name: by.name, reason })} ${back}`,
  });
}

/** What the banner of an element says while the connection is away. */
export function offline({ client, i18n }: RoomContext) {
  if (client.status !== "offline") return nothing;
  return html`<p class="banner" role="status">${icon("offline")}<span>${i18n.t("status.offline")}</span></p>`;
}
