// What an admin does with those who are in a group, and everybody with themselves.
import { type Conversation, type Participant, Problem } from "#client";
import type { MenuItem } from "#ui/menu/menu.ts";
import { attempt, type Stage } from "../conversations/actions.ts";

export interface Place extends Pick<Stage, "ctx" | "ask"> {
  tell: (name: "done" | "failed" | "removed" | "person" | "profile", detail: unknown) => void;
}

/** In the order of the menu. `admin`: the reader looks after the group. */
export function doingsWith(
  place: Place,
  group: Conversation,
  one: Participant,
  admin: boolean,
): MenuItem[] {
  const me = one.member.id === place.ctx.client.me?.id;
  return [
    ...(me ? [] : seeing(place, one)),
    ...(admin ? role(place, group, one, me) : []),
    ...(admin && !me ? [removal(place, group, one)] : []),
  ];
}

/** Somebody whom one may not see has nothing to show, and can't be written to. */
function seeing({ ctx, tell }: Place, { member }: Participant): MenuItem[] {
  const { client, i18n } = ctx;
  const found = async (then: "person" | "profile") => {
    try {
      const one = await client.member(member.id);
      tell(then, then === "person" ? one : { member: one });
    } catch (error) {
      tell("failed", Problem.of(error));
    }
  };
  return [
    { label: i18n.t("members.message"), icon: "chat", run: () => found("person") },
    { label: i18n.t("members.profile.see"), icon: "people", run: () => found("profile") },
  ];
}

function role(place: Place, { id }: Conversation, one: Participant, me: boolean): MenuItem[] {
  const { client, i18n } = place.ctx;
  const { member } = one;
  const { name } = member;
  const set = (to: "admin" | "member") => async () =>
    (await client.groups()).setRole(id, member.id, to);
  if (one.role === "member") {
    if (me) return [];
    const done = { text: i18n.t("groups.admin.made", { name }), undo: set("member") };
    const run = () => attempt(place, set("admin"), done);
    return [{ label: i18n.t("groups.admin.make"), icon: "contact", run }];
  }
  // Whoever steps down can't take it back.
  const done = me
    ? { text: i18n.t("groups.admin.unmade.own") }
    : { text: i18n.t("groups.admin.unmade", { name }), undo: set("admin") };
  const run = () => attempt(place, set("member"), done);
  const label = i18n.t(me ? "groups.admin.step_down" : "groups.admin.unmake");
  return [{ label, icon: "block", run }];
}

function removal(place: Place, { id }: Conversation, { member }: Participant): MenuItem {
  const { client, i18n } = place.ctx;
  const { name } = member;
  const run = async () => {
    const sure = await place.ask({
      title: i18n.t("groups.remove.title", { name }),
      text: i18n.t("groups.remove.text"),
      yes: i18n.t("groups.remove.yes"),
      no: i18n.t("screen.cancel"),
    });
    const take = async () => (await client.groups()).take(id, member.id);
    if (sure) await attempt(place, take, { text: i18n.t("groups.removed", { name }) });
  };
  return { label: i18n.t("groups.remove"), icon: "trash", danger: true, run };
}
