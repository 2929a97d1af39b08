// A room that is moderated, without a browser: what one does in it, and what its moderators see.
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Rooms } from "../../src/index.ts";
import { Server, until } from "./server.ts";

const MODERATORS = "moderators";
let server: Server;
let lobby: string;

beforeAll(async () => {
  server = await Server.begin();
  const operator = await server.operator();
  await operator("/populations", "POST", { slug: MODERATORS, name: "Moderators" });
  await operator("/settings", "PATCH", { features: { moderation: true } });
  const room = { name: "Lobby", populations: [], moderators: [MODERATORS], moderation: true };
  lobby = ((await operator("/rooms", "POST", room)) as { id: string }).id;
});
afterAll(() => server.end());

async function visitor(login: string, claims: Record<string, unknown> = {}): Promise<Rooms> {
  const client = server.page({ token: server.token(login, claims) });
  await until(client, () => client.status === "online");
  const rooms = await client.rooms();
  await until(rooms, () => rooms.state.loaded);
  rooms.enter(lobby);
  await until(rooms, () => rooms.state.rooms.get(lobby)?.inside);
  return rooms;
}

it("who is reported from a room is shown to those who moderate it", async () => {
  const [carla, ada, bob] = await Promise.all([
    visitor("carla", { populations: [MODERATORS] }),
    visitor("ada"),
    visitor("bob"),
  ]);
  const member = bob.me?.id ?? "";
  await ada.report({ member, conversation: lobby }, "Noise");
  await until(carla, () => carla.state.rooms.get(lobby)?.open === 1);
  const { reports } = await carla.moderation.waiting(lobby);
  expect(reports.map(({ reason }) => reason)).toEqual(["Noise"]);
  // Elsewhere it is for the staff alone.
  await ada.report({ member }, "Elsewhere");
  expect((await carla.moderation.waiting(lobby)).reports).toHaveLength(1);
});
