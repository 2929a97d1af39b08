import { expect, it } from "vitest";
import { type Environment, MemoryStorage, pageEnvironment } from "../src/environment.ts";
import type { RoomCalls } from "../src/rooms/calls.ts";
import { Dismissed } from "../src/rooms/dismissed.ts";
import { Inside } from "../src/rooms/inside.ts";
import type { RoomsHost } from "../src/rooms/keeper.ts";
import type { RoomsState } from "../src/rooms/types.ts";
import type { Held } from "../src/rooms/wire.ts";
import type { reduce } from "../src/state/reducer.ts";
import { EMPTY_ROOMS, reduceRooms } from "../src/state/rooms.ts";
import { Store } from "../src/store.ts";
import type { Client } from "../src/types.ts";
import { conversation, roomInfo } from "./people.ts";

const lobby = conversation("lobby", { kind: "room", peer: null, room: roomInfo() });

const held = (id: string, state: Held["state"] = "rejected"): Held => ({
  id,
  client_id: `c-${id}`,
  conversation_id: "lobby",
  body: id,
  reason: "word",
  at: "2026-01-01T00:00:00Z",
  author: null,
  note: "No adverts",
  state,
});

/** A page of a member: the server tells it of `items` whenever it enters the lobby. */
function page(local: Storage, items: readonly Held[], member = "alice") {
  const environment: Environment = { ...pageEnvironment(), local };
  const how = { empty: EMPTY_ROOMS, reduce: reduceRooms as unknown as typeof reduce };
  const store = new Store<RoomsState>(environment, () => {}, how);
  store.dispatch({ type: "local.rooms", items: [lobby] });
  const client = { options: { origin: "", site: "forum" }, me: { id: member } } as Client;
  const command = async () => ({ conversation: lobby, connected: 1, cursor: "1" });
  const host = { client, environment, socket: { ready: true, command } } as unknown as RoomsHost;
  const calls = { held: async () => items } as unknown as RoomCalls;
  const dismissed = new Dismissed(host);
  const inside = new Inside(host, store, { calls, dismissed, complain: () => {} });
  const shown = () => store.state.rooms.get("lobby")?.held.map(({ id }) => id) ?? [];
  const enter = async () => {
    inside.down();
    store.dispatch({ type: "local.held", conversation_id: "lobby", items: [held("before")] });
    inside.enter("lobby");
    await expect.poll(shown).not.toContain("before");
    return shown();
  };
  return { enter, dismissed };
}

it("what was not accepted is shown until one has seen it, also by whoever comes back", async () => {
  const local = new MemoryStorage();
  const items = [held("h1"), held("h2"), held("h3", "waiting")];
  const first = page(local, items);
  expect(await first.enter()).toEqual(["h1", "h2", "h3"]);
  first.dismissed.add(held("h1"));
  expect(await first.enter()).toEqual(["h2", "h3"]);
  expect(await page(local, items).enter()).toEqual(["h2", "h3"]);
  expect(await page(local, items, "bob").enter()).toEqual(["h1", "h2", "h3"]);
});

it("no more is kept than may come again", async () => {
  const local = new MemoryStorage();
  const { dismissed } = page(local, []);
  for (let n = 0; n < 150; n += 1) dismissed.add(held(`h${n}`));
  dismissed.add(held("h149"));
  expect(local.length).toBe(1);
  expect(JSON.parse(local.getItem(local.key(0) ?? "") ?? "")).toHaveLength(100);
  expect(dismissed.without([held("h49"), held("h50"), held("h149")]).map(({ id }) => id)).toEqual([
    "h49",
  ]);
});

it("what else lies in the storage harms nothing", async () => {
  const local = new MemoryStorage();
  const { dismissed } = page(local, []);
  dismissed.add(held("h1"));
  local.setItem(local.key(0) ?? "", "{broken");
  expect(dismissed.without([held("h1")])).toHaveLength(1);
});
