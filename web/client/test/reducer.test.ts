import { describe, expect, it } from "vitest";
import { type Action, EMPTY_STATE } from "../src/state/actions.ts";
import { reduce } from "../src/state/reducer.ts";
import type { State } from "../src/types.ts";
import { conversation, member, message, site } from "./people.ts";

const NOW = 1_000_000;

function apply(state: State, ...actions: Action[]): State {
  return actions.reduce((one, action) => reduce(one, action, NOW), state);
}

const begun = apply(
  EMPTY_STATE,
  { type: "local.started", me: "alice", site },
  {
    type: "local.conversations",
    items: [conversation("c1"), conversation("c2", { last_at: "2025-01-01T00:00:00.000Z" })],
    next: null,
    append: false,
  },
);
const opened = apply(begun, {
  type: "local.history",
  conversation: "c1",
  items: [],
  older: false,
  newest: true,
});
const created = (seq: number, author = "bob", id = "c1"): Action => ({
  type: "message.created",
  message: message(id, seq, author),
});
const seqs = (state: State, id = "c1") => state.threads.get(id)?.messages.map((one) => one.seq);

describe("messages", () => {
  it("are shown once, however often they are told", () => {
    const state = apply(opened, created(1), created(2), created(1), created(2));
    expect(seqs(state)).toEqual([1, 2]);
    expect(state.unread).toBe(2);
  });

  it("bring their conversation to the top and count as unread, own ones not", () => {
    const state = apply(begun, created(1, "bob", "c2"), created(2, "alice", "c1"));
    expect(state.conversations.map((one) => [one.id, one.unread])).toEqual([
      ["c1", 0],
      ["c2", 1],
    ]);
    expect(state.unread).toBe(1);
  });

  it("of a call change no mark by themselves: what is nothing new is told", () => {
    const call = (seq: number, by: string, outcome: "ended" | "missed"): Action => ({
      type: "message.created",
      message: message("c1", seq, by, {
        author: { kind: "system", id: by, name: by },
        system: { event: "call", by: member(by), call: { media: "video", outcome, seconds: 0 } },
      }),
    });
    const read = (who: string, seq: number): Action => ({
      type: "conversation.read",
      conversation_id: "c1",
      member_id: who,
      seq,
    });
    const missed = apply(opened, call(1, "bob", "missed"));
    expect(missed.conversations[0]).toMatchObject({ unread: 1, read_seq: 0, peer_read_seq: 0 });
    expect(apply(missed, read("bob", 1)).conversations[0]).toMatchObject({ peer_read_seq: 1 });
    const own = apply(opened, created(1), call(2, "alice", "missed"));
    expect(own.conversations[0]).toMatchObject({ unread: 2, read_seq: 0 });
    const talked = apply(opened, call(1, "alice", "ended"), read("alice", 1), read("bob", 1));
    expect(talked.conversations[0]).toMatchObject({ unread: 0, peer_read_seq: 1 });
  });

  it("show by their number that one is missing, and the newest page mends it", () => {
    const holed = apply(opened, created(1), created(3));
    expect(holed.threads.get("c1")?.gap).toBe(true);
    const items = [1, 2, 3].map((seq) => message("c1", seq, "bob"));
    const mended = apply(holed, {
      type: "local.history",
      conversation: "c1",
      items,
      older: false,
      newest: true,
    });
    expect(seqs(mended)).toEqual([1, 2, 3]);
    expect(mended.threads.get("c1")?.gap).toBe(false);
  });

  it("leave rooms out of one's own conversations", () => {
    const room = conversation("r1", { kind: "room", peer: null });
    const state = apply(begun, { type: "conversation.updated", conversation: room });
    expect(state).toBe(begun);
  });

  it("of a conversation never seen make the client ask for it", () => {
    const state = apply(begun, created(7, "carol", "c9"));
    expect([...state.unknown]).toEqual(["c9"]);
    const known = apply(state, {
      type: "local.conversation",
      conversation: conversation("c9", { unread: 1 }),
    });
    expect([...known.unknown]).toEqual([]);
    expect(known.unread).toBe(1);
  });

  it("change in the thread and in the list alike", () => {
    const edited = message("c1", 1, "bob", { body: "better", edited_at: "2026-01-02T00:00:00Z" });
    const state = apply(opened, created(1), { type: "message.updated", message: edited });
    expect(state.threads.get("c1")?.messages[0]?.body).toBe("better");
    expect(state.conversations[0]?.last_message?.body).toBe("better");
  });

  it("stay removed when an older page still shows them", () => {
    const gone = message("c1", 1, "bob", {
      body: "",
      removed: { by: "author", at: "2026-01-02T00:00:00Z", reason: null },
    });
    const state = apply(
      opened,
      created(1),
      { type: "message.updated", message: gone },
      {
        type: "local.history",
        conversation: "c1",
        items: [message("c1", 1, "bob")],
        older: false,
        newest: true,
      },
    );
    expect(state.threads.get("c1")?.messages[0]?.removed).not.toBeNull();
  });
});

describe("history", () => {
  it("grows backwards page by page", () => {
    const page = (from: number, to: number, newest: boolean): Action => ({
      type: "local.history",
      conversation: "c1",
      items: Array.from({ length: to - from + 1 }, (_, index) =>
        message("c1", from + index, "bob"),
      ),
      older: from > 1,
      newest,
    });
    const state = apply(begun, page(4, 6, true), page(1, 3, false));
    expect(seqs(state)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(state.threads.get("c1")?.hasOlder).toBe(false);
  });

  it("keeps what came live while the page was under way", () => {
    const items = [message("c1", 1, "bob")];
    const state = apply(opened, created(1), created(2), {
      type: "local.history",
      conversation: "c1",
      items,
      older: false,
      newest: true,
    });
    expect(seqs(state)).toEqual([1, 2]);
  });
});

describe("reading", () => {
  const unread = apply(opened, created(1), created(2), created(3));

  it("counts what is left", () => {
    const read = (seq: number): Action => ({
      type: "conversation.read",
      conversation_id: "c1",
      member_id: "alice",
      seq,
    });
    expect(apply(unread, read(2)).unread).toBe(1);
    expect(apply(unread, read(3)).unread).toBe(0);
    expect(apply(unread, read(3), read(1)).unread).toBe(0);
  });

  it("of the other shows how far they are", () => {
    const state = apply(unread, {
      type: "conversation.read",
      conversation_id: "c1",
      member_id: "bob",
      seq: 2,
    });
    expect(state.conversations[0]?.peer_read_seq).toBe(3);
    expect(state.unread).toBe(3);
  });
});

describe("signals", () => {
  const typing: Action = { type: "typing", conversation_id: "c1", member: member("bob") };

  it("typing ends with the message, and with time", () => {
    const state = apply(opened, typing);
    expect(state.threads.get("c1")?.typing[0]?.name).toBe("BOB");
    expect(apply(state, created(1)).threads.get("c1")?.typing).toEqual([]);
    expect(reduce(state, { type: "local.tick" }, NOW + 10_000).threads.get("c1")?.typing).toEqual(
      [],
    );
    expect(reduce(state, { type: "local.tick" }, NOW + 1_000)).toBe(state);
  });

  it("one's own typing elsewhere is not shown", () => {
    expect(apply(opened, { ...typing, member: member("alice") })).toBe(opened);
  });

  it("presence follows, and says nothing when nothing changed", () => {
    const here = apply(begun, { type: "presence", member_id: "bob", connected: true });
    expect(here.connected.has("bob")).toBe(true);
    expect(apply(here, { type: "presence", member_id: "bob", connected: true })).toBe(here);
    expect(
      apply(here, { type: "presence", member_id: "bob", connected: false }).connected.size,
    ).toBe(0);
  });
});

describe("the list", () => {
  it("loaded afresh keeps what stands open further down than its first page", () => {
    const state = apply(opened, {
      type: "local.conversations",
      items: [conversation("c2")],
      next: "more",
      append: false,
    });
    expect(state.conversations.map((one) => one.id).sort()).toEqual(["c1", "c2"]);
  });

  it("puts blocked ones last", () => {
    const blocked = conversation("c0", {
      blocked: true,
      last_at: "2027-01-01T00:00:00.000Z",
    });
    const state = apply(begun, { type: "conversation.updated", conversation: blocked });
    expect(state.conversations.map((one) => one.id)).toEqual(["c1", "c2", "c0"]);
  });

  it("goes by time, however it is written", () => {
    const [earlier, later] = ["2026-05-01T00:00:00.97Z", "2026-05-01T00:00:00.971Z"];
    const items = [
      conversation("c1", { last_at: earlier }),
      conversation("c2", { last_at: later }),
    ];
    const state = apply(begun, { type: "local.conversations", items, next: null, append: false });
    expect(state.conversations.map((one) => one.id)).toEqual(["c2", "c1"]);
  });

  it("follows the site's order", () => {
    const state = apply(begun, {
      type: "site.updated",
      site: { ...site, list_order: "oldest_first" },
    });
    expect(state.conversations.map((one) => one.id)).toEqual(["c2", "c1"]);
  });

  it("leaves out what was taken out elsewhere", () => {
    const state = apply(begun, {
      type: "conversation.updated",
      conversation: conversation("c1", { listed: false }),
    });
    expect(state.conversations.map((one) => one.id)).toEqual(["c2"]);
  });

  it("forgets a removed one with its thread", () => {
    const state = apply(opened, created(1), {
      type: "conversation.removed",
      conversation_id: "c1",
    });
    expect(state.conversations.map((one) => one.id)).toEqual(["c2"]);
    expect(state.threads.has("c1")).toBe(false);
    expect(state.unread).toBe(0);
  });

  it("shows a member's new name", () => {
    const state = apply(opened, created(1), {
      type: "member.updated",
      member: { ...member("bob"), name: "Robert" },
    });
    expect(state.conversations[0]?.peer?.name).toBe("Robert");
    expect(state.threads.get("c1")?.messages[0]?.author.name).toBe("Robert");
  });

  it("passes over what it does not know", () => {
    expect(apply(begun, { type: "weather.changed" } as unknown as Action)).toBe(begun);
  });
});
