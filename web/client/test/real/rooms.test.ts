// Rooms without a browser: what each client holds is what it would load afresh, and no trace of an aside elsewhere.
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Client, Message, Rooms } from "../../src/index.ts";
import { Server, until } from "./server.ts";

let server: Server;
let lobby: string;

beforeAll(async () => {
  server = await Server.begin();
  const operator = await server.operator();
  const room = { name: "Lobby", populations: [], moderators: [] };
  lobby = ((await operator("/rooms", "POST", room)) as { id: string }).id;
});
afterAll(() => server.end());

/** Somebody in the lobby, with the events of their network. */
async function visitor(login: string): Promise<{ client: Client; rooms: Rooms; net: EventTarget }> {
  const net = new EventTarget();
  const client = await server.member(login, { events: net });
  const rooms = await client.rooms();
  await until(rooms, () => rooms.state.loaded);
  rooms.enter(lobby);
  await inside(rooms);
  await rooms.loadHistory(lobby);
  return { client, rooms, net };
}

const inside = (rooms: Rooms) => until(rooms, () => rooms.state.rooms.get(lobby)?.inside);
const held = (rooms: Rooms): readonly Message[] => rooms.state.threads.get(lobby)?.messages ?? [];
const bodies = (rooms: Rooms) => held(rooms).map(({ body }) => body);
const heard = (rooms: Rooms, body: string) => until(rooms, () => bodies(rooms).includes(body));

async function afresh(login: string): Promise<readonly Message[]> {
  const { client, rooms } = await visitor(login);
  const messages = held(rooms);
  client.close();
  return messages;
}

it("an aside is between its author and those it names; numbers may be skipped", async () => {
  const [ada, bob, carl] = await Promise.all(["ada", "bob", "carl"].map(visitor));
  if (!ada || !bob || !carl) throw new Error("somebody is missing");
  const told: string[] = [];
  carl.rooms.addEventListener("message", (event) => {
    told.push((event as CustomEvent<Message>).detail.body);
  });
  ada.client.send(lobby, "aloud");
  ada.client.send(lobby, "@bob between us");
  ada.client.send(lobby, "aloud again");
  await Promise.all([ada, bob, carl].map(({ rooms }) => heard(rooms, "aloud again")));
  expect(bodies(bob.rooms)).toEqual(["aloud", "@bob between us", "aloud again"]);
  expect(bodies(carl.rooms)).toEqual(["aloud", "aloud again"]);
  expect(told).toEqual(["aloud", "aloud again"]);
  const room = carl.rooms.state.conversations.find(({ id }) => id === lobby);
  expect([room?.unread, room?.last_message?.body]).toEqual([2, "aloud again"]);
  expect(carl.rooms.state.threads.get(lobby)?.gap).toBe(false);
  expect(held(carl.rooms)).toEqual(await afresh("carl"));
  expect(held(bob.rooms)).toEqual(await afresh("bob"));
  // One's own conversations know nothing of rooms.
  expect([ada, bob, carl].map(({ client }) => client.state.conversations)).toEqual([[], [], []]);
  expect(ada.client.state.unread).toBe(0);
  for (const { client } of [ada, bob, carl]) client.close();
});

it("a whisper to nobody comes back with the names, and nothing was sent", async () => {
  const { client, rooms } = await visitor("dora");
  const pending = () => rooms.state.threads.get(lobby)?.pending ?? [];
  client.send(lobby, "@nobody @bob psst");
  await until(rooms, () => pending()[0]?.state === "failed");
  expect(pending()[0]?.problem).toMatchObject({ code: "whisper_refused", logins: ["nobody"] });
  client.close();
  expect((await afresh("bob")).some(({ body }) => body.includes("psst"))).toBe(false);
});

it("what was missed comes after a cut, asides too, each once and in order", async () => {
  const eve = await visitor("eve");
  const fay = await visitor("fay");
  for (const round of [1, 2, 3]) {
    eve.net.dispatchEvent(new Event("offline"));
    await until(eve.rooms, () => !eve.rooms.state.rooms.get(lobby)?.inside);
    fay.client.send(lobby, `missed ${round}`);
    fay.client.send(lobby, `@eve aside ${round}`);
    await heard(fay.rooms, `@eve aside ${round}`);
    eve.net.dispatchEvent(new Event("online"));
    await heard(eve.rooms, `@eve aside ${round}`);
    await inside(eve.rooms);
  }
  fay.client.send(lobby, "live again");
  await heard(eve.rooms, "live again");
  expect(held(eve.rooms)).toEqual(await afresh("eve"));
  const seqs = held(eve.rooms).map(({ seq }) => seq);
  expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => a - b));
  eve.client.close();
  fay.client.close();
});

it("after the server was away the room is loaded again, as far back as it was", async () => {
  const gus = await visitor("gus");
  for (let n = 0; n < 90; n += 1) gus.client.send(lobby, `line ${n}`);
  await heard(gus.rooms, "line 89");
  const before = held(gus.rooms).length;
  await server.stop("SIGKILL");
  await until(gus.client, () => gus.client.status === "offline");
  await server.start();
  await until(gus.client, () => gus.client.status === "online", 40_000);
  await inside(gus.rooms);
  gus.client.send(lobby, "and on");
  await heard(gus.rooms, "and on");
  expect(held(gus.rooms).length).toBeGreaterThanOrEqual(before);
  const seqs = held(gus.rooms).map(({ seq }) => seq);
  expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => a - b));
  gus.client.close();
});

it("whom one blocks calls in vain: not counted, not told, then as after coming back", async () => {
  const hal = await visitor("hal");
  const ida = await visitor("ida");
  const jo = await visitor("jo");
  const before = hal.rooms.state.conversations.find(({ id }) => id === lobby)?.mentions;
  await hal.client.contacts.block(ida.client.me?.id ?? "");
  const told: string[] = [];
  hal.rooms.addEventListener("message", (event) => {
    told.push((event as CustomEvent<Message>).detail.body);
  });
  ida.client.send(lobby, "look here, @hal");
  await heard(jo.rooms, "look here, @hal");
  jo.client.send(lobby, "and here, @hal");
  await heard(hal.rooms, "and here, @hal");
  const counted = ({ state }: Rooms) => {
    const room = state.conversations.find(({ id }) => id === lobby);
    return [room?.unread, room?.mentions];
  };
  expect(told).toEqual(["and here, @hal"]);
  expect(counted(hal.rooms)[1]).toBe((before ?? 0) + 1);
  const again = await visitor("hal");
  await until(again.rooms, () => again.rooms.state.blocks?.size);
  expect(counted(again.rooms)).toEqual(counted(hal.rooms));
  for (const { client } of [hal, ida, jo, again]) client.close();
});
