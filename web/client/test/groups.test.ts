import { expect, test } from "vitest";
import { type Action, EMPTY_STATE } from "../src/state/actions.ts";
import { reduce } from "../src/state/reducer.ts";
import type { State } from "../src/types.ts";
import type { Conversation, Message } from "../src/wire.ts";
import { conversation, member, message, site } from "./people.ts";

const group = (more: Partial<Conversation> = {}) =>
  conversation("g", { kind: "group", peer: null, name: "Reading", peer_read_seq: null, ...more });
const begun = (...conversations: Conversation[]): State =>
  [
    { type: "local.started", me: "alice", site } as const,
    { type: "local.conversations", items: conversations, next: null, append: false } as const,
  ].reduce((state, action) => reduce(state, action, 0), EMPTY_STATE);
const line = (seq: number, by: string, more: Partial<Message["system"]> = {}): Message =>
  message("g", seq, by, {
    author: { kind: "system", id: by, name: by },
    system: { event: "renamed", by: member(by), name: "Books", ...more },
  });

test("what is said where one wants no notice does not count in the badge", () => {
  const loud = begun(group({ last_seq: 3, unread: 3 }));
  expect(loud.unread).toBe(3);
  const muted = { ...group({ last_seq: 3, unread: 3 }), muted: true };
  const quiet = reduce(loud, { type: "conversation.updated", conversation: muted }, 0);
  expect(quiet.unread).toBe(0);
  const more = reduce(quiet, { type: "message.created", message: message("g", 4, "bob") }, 0);
  expect([more.unread, more.conversations[0]?.unread]).toEqual([0, 4]);
});

test("a line of what another did is unread, of what one did oneself it is not", () => {
  const other = reduce(begun(group()), { type: "message.created", message: line(1, "bob") }, 0);
  expect(other.conversations[0]?.unread).toBe(1);
  const mine = reduce(other, { type: "message.created", message: line(2, "alice") }, 0);
  expect(mine.conversations[0]).toMatchObject({ unread: 0, read_seq: 2 });
});

test("one who is not in it any more is known to have left; in again, it is as before", () => {
  const state = begun(group());
  const deleted = reduce(
    state,
    { type: "conversation.removed", conversation_id: "g", cleared: false },
    0,
  );
  expect([deleted.conversations, deleted.left.has("g")]).toEqual([[], false]);
  const out = reduce(
    state,
    { type: "conversation.removed", conversation_id: "g", cleared: false, left: true },
    0,
  );
  expect([out.conversations, out.left.has("g")]).toEqual([[], true]);
  const back = reduce(out, { type: "conversation.updated", conversation: group() }, 0);
  expect([back.conversations.length, back.left.has("g")]).toEqual([1, false]);
});

test("a new name stands in the lines that tell of somebody, as a load would have it", () => {
  const first = line(1, "bob", { event: "members_added", members: [member("carl")] });
  const told: Action[] = [
    { type: "local.history", conversation: "g", items: [first], older: false, newest: true },
    { type: "member.updated", member: { ...member("carl"), name: "Carlos" } },
    { type: "member.updated", member: { ...member("bob"), name: "Robert" } },
  ];
  const state = told.reduce(
    (all, action) => reduce(all, action, 0),
    begun(group({ last_message: first })),
  );
  for (const one of [state.threads.get("g")?.messages[0], state.conversations[0]?.last_message]) {
    expect(one?.system?.by?.name).toBe("Robert");
    expect(one?.system?.members?.[0]?.name).toBe("Carlos");
    expect(one?.author.name).toBe("bob");
  }
});
