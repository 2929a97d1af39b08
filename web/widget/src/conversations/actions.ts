// What can be done with a conversation: from its row (drawn aside, menu, keyboard), and from itself when it is open.
import type { Conversation } from "#client";
import type { Question } from "#ui/dialog/dialog.ts";
import type { MenuItem } from "#ui/menu/menu.ts";
import type { Context } from "../context.ts";
import { titleOf } from "./naming.ts";

/** What was done, as the element around tells it; `undo` takes it back. Without words: what was told before goes. */
export interface Done {
  text: string;
  undo?: () => Promise<unknown>;
}

/** How it went. */
export type Tell = (name: "done" | "failed" | "removed", detail: unknown) => void;

/** What the actions need of the part that they are offered in. */
export interface Stage {
  ctx: Context;
  ask: (question: Question) => Promise<boolean>;
  tell: (name: "done" | "failed" | "removed" | "go" | "group", detail: unknown) => void;
}

export interface Action extends MenuItem {
  /** One word, for where a row is drawn aside. */
  brief?: string;
}

/** In the order of the menu. `dots`: the list shows what is unread. */
export function actionsFor(stage: Stage, one: Conversation, dots: boolean): Action[] {
  return [
    ...(dots && !one.blocked ? readAction(stage, one) : []),
    muteAction(stage, one),
    ...groupActions(stage, one),
    ...blockAction(stage, one),
    removeAction(stage, one),
    clearAction(stage, one),
  ];
}

function readAction(stage: Stage, one: Conversation): Action[] {
  const { i18n, client } = stage.ctx;
  const read = async () => client.markRead(one.id, one.last_seq);
  const unread = () => client.markUnread(one.id);
  if (one.unread > 0 || one.marked_unread)
    return [
      {
        label: i18n.t("conversations.read"),
        brief: i18n.t("conversations.read.brief"),
        icon: "checks",
        run: () =>
          attempt(stage, read, {
            text: i18n.t("conversations.read.done"),
            undo: unread,
          }),
      },
    ];
  if (one.last_seq === 0) return [];
  const text = i18n.t("conversations.unread.done");
  return [
    {
      label: i18n.t("conversations.unread.mark"),
      brief: i18n.t("conversations.unread.brief"),
      icon: "unread",
      run: () => attempt(stage, unread, { text, undo: read }, one.id),
    },
  ];
}

function muteAction(stage: Stage, { id, muted = false }: Conversation): Action {
  const { i18n, client } = stage.ctx;
  const text = i18n.t(muted ? "groups.unmuted.done" : "groups.muted.done");
  const undo = () => client.mute(id, muted);
  const run = () => attempt(stage, () => client.mute(id, !muted), { text, undo });
  return {
    label: i18n.t(muted ? "groups.unmute" : "groups.mute"),
    icon: muted ? "bell" : "mute",
    run,
  };
}

function groupActions({ ctx: { i18n }, tell }: Stage, { id, kind }: Conversation): Action[] {
  if (kind !== "group") return [];
  return [
    {
      label: i18n.t("groups.info"),
      icon: "people",
      run: () => tell("go", { name: "group", id }),
    },
    {
      label: i18n.t("groups.leave"),
      icon: "leave",
      danger: true,
      run: () => tell("group", { what: "leave", id }),
    },
  ];
}

function blockAction(stage: Stage, one: Conversation): Action[] {
  const { i18n } = stage.ctx;
  if (!one.peer) return [];
  const { id } = one.peer;
  return [
    {
      label: i18n.t(one.blocked ? "contacts.unblock" : "contacts.block"),
      brief: i18n.t(one.blocked ? "contacts.unblock" : "contacts.block"),
      icon: "block",
      danger: !one.blocked,
      run: () => setBlock(stage, { id, name: titleOf(one, stage.ctx) }, !one.blocked),
    },
  ];
}

/** Blocks or unblocks somebody, and offers the way back. */
export function setBlock(
  stage: { ctx: Context; tell: Tell },
  { id, name }: { id: string; name: string },
  blocked: boolean,
): Promise<boolean> {
  const { i18n, client } = stage.ctx;
  const block = () => client.contacts.block(id);
  const unblock = () => client.contacts.unblock(id);
  return blocked
    ? attempt(stage, block, { text: i18n.t("contacts.blocked.done", { name }), undo: unblock })
    : attempt(stage, unblock, { text: i18n.t("contacts.unblocked.done", { name }), undo: block });
}

function removeAction(stage: Stage, one: Conversation): Action {
  const { i18n, client } = stage.ctx;
  return {
    label: i18n.t("conversations.delete"),
    brief: i18n.t("conversations.delete.yes"),
    icon: "trash",
    danger: true,
    run: () => {
      const text = i18n.t("conversations.delete.done");
      const undo = () => client.restore(one.id);
      return attempt(stage, () => client.remove(one.id), { text, undo }, one.id);
    },
  };
}

function clearAction(stage: Stage, one: Conversation): Action {
  const { i18n, client } = stage.ctx;
  const question = {
    title: i18n.t("conversations.clear.title"),
    text: i18n.t("conversations.clear.text"),
    yes: i18n.t("conversations.clear.yes"),
    no: i18n.t("screen.cancel"),
  };
  const run = async () => {
    if (!(await stage.ask(question))) return;
    const text = i18n.t("conversations.clear.done");
    await attempt(stage, () => client.remove(one.id, true), { text }, one.id);
  };
  return { label: i18n.t("conversations.clear"), icon: "close", danger: true, run };
}

/** Does it and tells; `gone` is the conversation that one leaves by it. */
export async function attempt(
  { tell }: { tell: Tell },
  work: () => Promise<unknown>,
  done: Done,
  gone?: string,
): Promise<boolean> {
  // An "undo" that still stands would take back something else than what is seen to change now.
  tell("done", { text: "" });
  try {
    await work();
  } catch (error) {
    tell("failed", error);
    return false;
  }
  if (gone) tell("removed", gone);
  tell("done", done);
  return true;
}

/** Before one writes to somebody whom one has blocked. */
export function unblockQuestion(i18n: Context["i18n"], name: string): Question {
  return {
    title: i18n.t("contacts.unblock.title", { name }),
    text: i18n.t("contacts.unblock.text"),
    yes: i18n.t("contacts.unblock.yes"),
    no: i18n.t("screen.cancel"),
    mild: true,
  };
}
