// What the parts of a room are given, and small things they share.
import { html, nothing } from "lit";
import type { Author, Conversation, MemberCard, Message, Present, Rooms } from "#client";
import type { Context } from "../context.ts";
import type { I18n } from "../i18n/i18n.ts";

export interface RoomContext extends Context {
  readonly client: Rooms;
}

export function roomContext(ctx: Context, client: Rooms): RoomContext {
  return { client, i18n: ctx.i18n };
}

/** "Anna, Bob and Carl". */
export function listOf({ i18n }: Context, names: readonly string[]): string {
  return new Intl.ListFormat(i18n.lang, { type: "conjunction" }).format(names);
}

export const namesOf = (ctx: Context, members: readonly { name: string }[]): string =>
  listOf(
    ctx,
    members.map(({ name }) => name),
  );

/** Everybody a whisper is between, but the reader. */
export function othersIn(message: Message, me: string | undefined): (MemberCard | Author)[] {
  return [message.author, ...(message.whisper_to ?? [])].filter(({ id }) => id !== me);
}

/** They moderate this room. */
export function moderates({ i18n }: Context, one: Present | Author) {
  return one.moderator
    ? html` <span class="moderates">${i18n.t("rooms.moderator")}</span>`
    : nothing;
}

/** By name: the server orders them by what was last said. */
export function byName({ client, i18n }: RoomContext): Conversation[] {
  const order = new Intl.Collator(i18n.lang).compare;
  return [...client.state.conversations].sort((a, b) => order(a.name ?? "", b.name ?? ""));
}

/** The seconds until a moment; 0 once it has passed. */
export function secondsTo(iso: string | null, now: number): number {
  return iso === null ? 0 : Math.max(0, Math.ceil((Date.parse(iso) - now) / 1_000));
}

/** A moment to come: "today at 15:20", "Monday 23 November at 18:00". */
export function moment(i18n: I18n, iso: string, now = new Date()): string {
  const { dates } = i18n;
  const time = dates.time(iso);
  if (dates.dayKey(iso) === dates.dayKey(now.toISOString())) return i18n.t("rooms.today", { time });
  return i18n.t("rooms.day", { day: dates.dayWithin(iso, now.getTime()), time });
}
