import { expect, test } from "vitest";
import type { Message, PendingMessage } from "#client";
import { type Row, rows } from "./grouping.ts";

const DAY = "2026-03-03T";

function said(seq: number, author: string, time: string, more: Partial<Message> = {}): Message {
  return {
    id: `c.${seq}`,
    conversation_id: "c",
    seq,
    client_id: `k${seq}`,
    author: { kind: "member", id: author, name: author },
    body: `${seq}`,
    sent_at: `${DAY}${time}:00Z`,
    edited_at: null,
    removed: null,
    whisper_to: null,
    reply_to: null,
    ...more,
  };
}

const waiting = (time: string): PendingMessage => ({
  clientId: "p",
  conversationId: "c",
  body: "p",
  replyTo: null,
  createdAt: `${DAY}${time}:00Z`,
  state: "sending",
  problem: null,
});

function draw(
  messages: Message[],
  more: { pending?: PendingMessage[]; unreadAfter?: number | null; hasOlder?: boolean } = {},
): string[] {
  const list = rows({
    messages,
    pending: more.pending ?? [],
    me: "me",
    unreadAfter: more.unreadAfter ?? null,
    hasOlder: more.hasOlder ?? false,
    dayKey: (iso) => iso.slice(0, 10),
  });
  return list.map(line);
}

function line(row: Row): string {
  if (row.type === "day" || row.type === "unread") return row.type;
  const what = row.type === "pending" ? "pending" : row.message.seq;
  return `${what}${row.first ? " first" : ""}${row.last ? " last" : ""}`;
}

test("messages of one author that follow closely stand together", () => {
  const list = draw([
    said(1, "a", "10:00"),
    said(2, "a", "10:04"),
    said(3, "a", "10:10"),
    said(4, "me", "10:11"),
  ]);
  expect(list).toEqual(["day", "1 first", "2 last", "3 first last", "4 first last"]);
});

test("a day begins with a line, and a run ends there", () => {
  const list = draw([
    said(1, "a", "23:59"),
    said(2, "a", "00:01", { sent_at: "2026-03-04T00:01:00Z" }),
  ]);
  expect(list).toEqual(["day", "1 first last", "day", "2 first last"]);
});

test("the unread line stands once, before the first unread message of somebody else", () => {
  const list = draw(
    [said(1, "a", "10:00"), said(2, "me", "10:01"), said(3, "a", "10:02"), said(4, "a", "10:03")],
    { unreadAfter: 1 },
  );
  expect(list).toEqual(["day", "1 first last", "2 first last", "unread", "3 first", "4 last"]);
  expect(draw([said(1, "a", "10:00")], { unreadAfter: 1 })).toEqual(["day", "1 first last"]);
});

test("the unread line waits until its place is loaded", () => {
  const page = [said(5, "a", "10:00"), said(6, "a", "10:01")];
  const further = { unreadAfter: 2, hasOlder: true };
  expect(draw(page, further)).not.toContain("unread");
  expect(draw(page, { unreadAfter: 2 })[1]).toBe("unread");
  expect(draw(page, { unreadAfter: 4, hasOlder: true })[1]).toBe("unread");
  const before = [said(1, "a", "09:59"), said(3, "a", "09:59"), ...page];
  expect(draw(before, further)).toEqual([
    "day",
    "1 first last",
    "unread",
    "3 first",
    "5",
    "6 last",
  ]);
});

test("what is being sent joins one's own run", () => {
  expect(draw([said(1, "me", "10:00")], { pending: [waiting("10:01")] })).toEqual([
    "day",
    "1 first",
    "pending last",
  ]);
});

test("two operators are two people, a member and an operator with one id as well", () => {
  const operator = (name: string): Message["author"] => ({ kind: "operator", id: "x", name });
  const list = draw([
    said(1, "x", "10:00"),
    said(2, "", "10:00", { author: operator("A") }),
    said(3, "", "10:00", { author: operator("B") }),
  ]);
  expect(list).toEqual(["day", "1 first last", "2 first last", "3 first last"]);
});

test("a message keeps its key from sending to sent", () => {
  const list = rows({
    messages: [said(1, "me", "10:00", { client_id: "p" })],
    pending: [],
    me: "me",
    unreadAfter: null,
    dayKey: () => "",
  });
  expect(list.at(-1)?.key).toBe(waiting("10:00").clientId);
});

test("what is between some alone stands apart from what was said to everybody, and from other asides", () => {
  const to = (...ids: string[]) => ({
    whisper_to: ids.map((id) => ({ id, name: id })) as Message["whisper_to"],
  });
  const list = draw([
    said(1, "a", "10:00"),
    said(2, "a", "10:01", to("me")),
    said(3, "a", "10:01", to("me")),
    said(4, "a", "10:02", to("me", "b")),
    said(5, "a", "10:02"),
  ]);
  expect(list).toEqual([
    "day",
    "1 first last",
    "2 first",
    "3 last",
    "4 first last",
    "5 first last",
  ]);
});

test("who takes in several, one after the other, has it told in one line", () => {
  const by = (who: string, event: string, members: string[]) => ({
    author: { kind: "system" as const, id: who, name: who },
    system: {
      event,
      by: { id: who, name: who },
      members: members.map((id) => ({ id, name: id })),
    } as unknown as Message["system"],
  });
  const list = rows({
    messages: [
      said(1, "x", "10:00", by("ada", "members_added", ["bob"])),
      said(2, "x", "10:01", by("ada", "members_added", ["carl", "bob"])),
      said(3, "x", "10:02", by("eve", "members_added", ["dan"])),
      said(4, "x", "10:02", by("eve", "member_removed", ["dan"])),
      said(5, "x", "10:20", by("eve", "member_removed", ["bob"])),
      said(6, "x", "10:21", by("eve", "member_left", [])),
      said(7, "x", "10:21", by("eve", "member_left", [])),
      said(8, "x", "10:22", by("ada", "members_added", ["kim"])),
      said(9, "x", "10:22", by("ada", "members_added", ["lou"])),
    ],
    pending: [],
    me: "me",
    unreadAfter: 8,
    dayKey: (iso) => iso.slice(0, 10),
  });
  const told = list.map((row) =>
    row.type === "message" ? row.message.system?.members?.map(({ id }) => id).join() : row.type,
  );
  // Not the same person, not the same thing, too long after, nobody named, or unread: each by itself.
  expect(told).toEqual(["day", "bob,carl", "dan", "dan", "bob", "", "", "kim", "unread", "lou"]);
});
