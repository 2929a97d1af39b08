import { describe, expect, it } from "vitest";
import type { RoomsState } from "../src/rooms/types.ts";
import type { Held, Sanction } from "../src/rooms/wire.ts";
import type { Action } from "../src/state/actions.ts";
import { EMPTY_ROOMS, lastSaid, reduceRooms } from "../src/state/rooms.ts";
import type { Conversation, Message } from "../src/wire.ts";
import { conversation, member, message, roomInfo, site } from "./people.ts";

const apply = (state: RoomsState, ...actions: Action[]): RoomsState =>
  actions.reduce((one, action) => reduceRooms(one, action, 1_000_000), state);

const room = (id: string, more: Partial<Conversation> = {}): Conversation =>
  conversation(id, { kind: "room", name: id, peer: null, mentions: 0, room: roomInfo(), ...more });
const created = (seq: number, author = "bob", more: Partial<Message> = {}): Action => ({
  type: "message.created",
  message: message("lobby", seq, author, more),
});
const shown = ({ conversations }: RoomsState) => conversations.find(({ id }) => id === "lobby");
const counts = (state: RoomsState) => [shown(state)?.unread, shown(state)?.mentions];
const seqs = (state: RoomsState) => state.threads.get("lobby")?.messages.map(({ seq }) => seq);
const named = { mentions: [member("alice")] };

const begun = apply(
  EMPTY_ROOMS,
  { type: "local.started", me: "alice", site },
  { type: "local.rooms", items: [room("lobby", { last_seq: 3, read_seq: 3 }), room("bar")] },
);
const inside = apply(
  begun,
  { type: "local.inside", conversation: room("lobby", { last_seq: 3, read_seq: 3 }), connected: 4 },
  { type: "local.history", conversation: "lobby", items: [], older: true, newest: true },
);

describe("a room", () => {
  it("counts what is new, though numbers are skipped; mentions apart", () => {
    const state = apply(inside, created(7), created(12, "bob", named), created(12, "bob", named));
    expect(counts(state)).toEqual([2, 1]);
    expect(seqs(state)).toEqual([7, 12]);
    expect(state.threads.get("lobby")?.gap).toBe(false);
  });

  it("is read up to where one looked, and wholly once one speaks", () => {
    const told = apply(inside, created(7), created(9, "bob", named), created(12));
    const read = (seq: number): Action => ({
      type: "conversation.read",
      conversation_id: "lobby",
      member_id: "alice",
      seq,
    });
    expect(counts(apply(told, read(7)))).toEqual([2, 1]);
    expect(counts(apply(told, read(9)))).toEqual([1, 0]);
    expect(counts(apply(told, read(12)))).toEqual([0, 0]);
    expect(counts(apply(told, created(13, "alice")))).toEqual([0, 0]);
  });

  it("does not count that somebody calls one by name whom one blocks, as the server does not", () => {
    const known = apply(inside, { type: "local.blocks", members: ["bob"] });
    const told = apply(known, created(7, "bob", named), created(9, "carl", named));
    expect(counts(told)).toEqual([2, 1]);
    const read: Action = {
      type: "conversation.read",
      conversation_id: "lobby",
      member_id: "alice",
      seq: 3,
    };
    expect(counts(apply(told, read))).toEqual([2, 1]);
  });

  it("knows how many are there, and whether one is among them", () => {
    expect(inside.rooms.get("lobby")).toMatchObject({ count: 4, inside: true });
    const joined = apply(inside, {
      type: "room.joined",
      conversation_id: "lobby",
      members: [],
      count: 1_200,
    });
    expect(joined.rooms.get("lobby")?.count).toBe(1_200);
    const down = apply(joined, { type: "local.outside", conversation_id: null });
    expect(down.rooms.get("lobby")).toMatchObject({ count: 1_200, inside: false });
  });

  it("puts a banned member out, and stays in the list with the reason", () => {
    const sanction = { kind: "ban", reason: "Noise" } as Sanction;
    const banned = apply(inside, {
      type: "conversation.updated",
      conversation: room("lobby", { can_write: false, room: { ...roomInfo(), sanction } }),
    });
    expect(banned.rooms.get("lobby")?.inside).toBe(false);
    expect(shown(banned)?.room?.sanction?.reason).toBe("Noise");
  });

  it("is gone when one may not enter it any more", () => {
    const gone = apply(inside, { type: "conversation.removed", conversation_id: "lobby" });
    expect(gone.conversations.map(({ id }) => id)).toEqual(["bar"]);
    expect(gone.threads.has("lobby")).toBe(false);
    expect(gone.rooms.has("lobby")).toBe(false);
  });

  it("shows again what a moderator removed and restored, and not what its author withdrew", () => {
    const removed = (by: "author" | "moderator"): Action => ({
      type: "message.updated",
      message: message("lobby", 7, "bob", {
        body: "",
        removed: { by, at: "2026-01-02T00:00:00Z", reason: null },
      }),
    });
    const back: Action = { type: "message.updated", message: message("lobby", 7, "bob") };
    const body = (state: RoomsState) => state.threads.get("lobby")?.messages[0]?.body;
    const said = apply(inside, created(7));
    expect(body(apply(said, removed("moderator")))).toBe("");
    expect(body(apply(said, removed("moderator"), back))).toBe("text 7");
    expect(body(apply(said, removed("author"), back))).toBe("");
  });

  it("is loaded again without what is no longer there, and with what came meanwhile", () => {
    const before = apply(inside, created(4), created(5), created(9));
    const items = [4, 6].map((seq) => message("lobby", seq, "bob"));
    const after = apply(before, {
      type: "local.reloaded",
      conversation: "lobby",
      items,
      older: true,
    });
    expect(seqs(after)).toEqual([4, 6, 9]);
    expect(after.threads.get("lobby")?.hasOlder).toBe(true);
  });

  it("keeps what waits for a moderator until it is let through, or has been seen as refused", () => {
    const held: Held = {
      id: "h1",
      client_id: "lobby-8",
      conversation_id: "lobby",
      body: "buy this",
      reason: "word",
      at: "2026-01-01T00:00:00Z",
      author: null,
      note: null,
      state: "waiting",
    };
    const waiting = apply(inside, { type: "held.updated", held });
    expect(waiting.rooms.get("lobby")?.held).toHaveLength(1);
    expect(apply(waiting, created(8, "alice")).rooms.get("lobby")?.held).toEqual([]);
    const through: Action = { type: "held.updated", held: { ...held, state: "approved" } };
    expect(apply(waiting, created(8, "alice"), through).rooms.get("lobby")?.held).toEqual([]);
    const refused: Held = { ...held, state: "rejected", note: "No adverts" };
    const told = apply(waiting, { type: "held.updated", held: refused });
    expect(told.rooms.get("lobby")?.held).toEqual([refused]);
    const seen = apply(told, { type: "local.dismissed", held: refused });
    expect(seen.rooms.get("lobby")?.held).toEqual([]);
  });

  it("knows when one last spoke, also when what one said is held", () => {
    const said = apply(inside, created(7, "alice"), created(9, "bob"));
    expect(lastSaid(inside, "lobby")).toBeNull();
    expect(lastSaid(said, "lobby")).toBe("2026-01-01T00:00:07.000Z");
    const of = (at: string): Action => ({
      type: "held.updated",
      held: { id: at, conversation_id: "lobby", at, state: "waiting" } as Held,
    });
    expect(lastSaid(apply(inside, of("2026-01-01T00:00:05Z")), "lobby")).toBe(
      "2026-01-01T00:00:05Z",
    );
    expect(lastSaid(apply(said, of("2026-01-01T00:00:05Z")), "lobby")).toBe(
      "2026-01-01T00:00:07.000Z",
    );
    expect(lastSaid(apply(said, of("2026-01-01T00:00:08Z")), "lobby")).toBe("2026-01-01T00:00:08Z");
  });

  it("never mixes with a room one is not in the list of", () => {
    const items = [room("bar")];
    const state = apply(inside, created(7), { type: "local.rooms", items });
    expect([...state.rooms.keys()]).toEqual(["bar"]);
    expect(state.threads.has("lobby")).toBe(false);
  });
});
