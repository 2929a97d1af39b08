// Contact requests, blocks, and marks made by hand.
import { describe, expect, it } from "vitest";
import { type Action, EMPTY_STATE } from "../src/state/actions.ts";
import { reduce } from "../src/state/reducer.ts";
import type { State } from "../src/types.ts";
import type { ContactRequest } from "../src/wire.ts";
import { conversation, member, message, request, site } from "./people.ts";

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

describe("marks made by hand", () => {
  const hand = apply(begun, {
    type: "local.conversation",
    conversation: conversation("c1", { marked_unread: true, last_seq: 3, read_seq: 3 }),
  });
  const read: Action = {
    type: "conversation.read",
    conversation_id: "c1",
    member_id: "alice",
    seq: 3,
  };

  it("count as one, and go when it is read again, at the number one was at", () => {
    expect(hand.unread).toBe(1);
    const seen = apply(hand, read);
    expect(seen.unread).toBe(0);
    expect(seen.conversations[0]?.marked_unread).toBe(false);
  });

  it("stay when somebody else writes, and add nothing to what is unread", () => {
    const state = apply(hand, created(4));
    expect(state.conversations[0]?.marked_unread).toBe(true);
    expect(state.unread).toBe(1);
  });
});

describe("blocks", () => {
  const blocked = (is: boolean, more = {}): Action => ({
    type: "conversation.updated",
    conversation: conversation("c1", { blocked: is, ...more }),
  });

  it("count for nothing in the badge", () => {
    expect(apply(begun, created(1), blocked(true, { unread: 1, last_seq: 1 })).unread).toBe(0);
  });

  it("leave a hole when they end, which is then loaded", () => {
    const ended = apply(opened, created(1), blocked(true, { last_seq: 1 }), blocked(false));
    expect(ended.threads.get("c1")?.gap).toBe(true);
    expect(apply(opened, created(1), blocked(false)).threads.get("c1")?.gap).toBe(false);
  });

  it("are followed where the list of them is known, and only there", () => {
    const block = (is: boolean): Action => ({ type: "local.block", member: "bob", blocked: is });
    expect(apply(begun, block(true))).toBe(begun);
    const known = apply(begun, { type: "local.blocks", members: ["eve"] }, block(true));
    expect([...(known.blocks ?? [])]).toEqual(["eve", "bob"]);
    expect([...(apply(known, block(false)).blocks ?? [])]).toEqual(["eve"]);
  });
});

describe("contact requests", () => {
  const page = (box: "received" | "sent", ...ids: string[]): Action => ({
    type: "local.requests",
    box,
    items: ids.map((id) => request(id)),
    next: null,
    append: false,
  });
  const told = (id: string, more: Partial<ContactRequest> = {}): Action => ({
    type: "contact_request.updated",
    contact_request: request(id, more),
  });
  const ids = (state: State, box: "received" | "sent") =>
    state.requests[box]?.items.map(({ id }) => id);

  it("stand in their box while they wait, newest first, and leave it when answered", () => {
    const late = { created_at: "2026-02-01T00:00:00Z" };
    const state = apply(begun, page("received", "r1"), told("r2", late), told("r2", late));
    expect(ids(state, "received")).toEqual(["r2", "r1"]);
    for (const answer of ["accepted", "declined", "cancelled"] as const)
      expect(ids(apply(state, told("r1", { state: answer })), "received")).toEqual(["r2"]);
    const undone = apply(state, told("r1", { state: "declined" }), told("r1"));
    expect(ids(undone, "received")).toEqual(["r2", "r1"]);
  });

  it("go to the box of those one sent when they are one's own", () => {
    const mine = { from: member("alice"), to: member("bob") };
    const state = apply(begun, page("received"), page("sent"), told("r1", mine));
    expect(ids(state, "sent")).toEqual(["r1"]);
    expect(ids(state, "received")).toEqual([]);
  });

  it("are not gathered before somebody looked", () => {
    expect(apply(begun, told("r1"))).toBe(begun);
  });
});
