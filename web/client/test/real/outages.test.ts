// The server dies, the page is reloaded, tabs share one outbox: every message is there once, in order.
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Client, MemoryStorage } from "../../src/index.ts";
import { browserLocks, Server, until } from "./server.ts";

let server: Server;
let alice: Client;
let bob: Client;
let conversation: string;

beforeAll(async () => {
  server = await Server.begin();
  alice = await server.member("alice");
  bob = await server.member("bob");
  conversation = (await alice.openDirect(bob.me?.id ?? "")).id;
});
afterAll(() => server.end());

/** All that the server holds, as somebody who arrives now reads it. */
async function history(login: string): Promise<{ seq: number; body: string }[]> {
  const reader = await server.member(login);
  await reader.loadHistory(conversation);
  const thread = () => reader.state.threads.get(conversation);
  while (thread()?.hasOlder) await reader.loadHistory(conversation, thread()?.messages[0]?.seq);
  const messages = thread()?.messages ?? [];
  reader.close();
  return messages.map(({ seq, body }) => ({ seq, body }));
}

const numbered = (bodies: string[], from = 1) =>
  bodies.map((body, index) => ({ seq: from + index, body }));

it("survives kill -9 in the middle of sending, again and again", async () => {
  await bob.loadHistory(conversation);
  const bodies = Array.from({ length: 150 }, (_, index) => `message ${index}`);
  for (const body of bodies) alice.send(conversation, body);
  for (const share of [20, 60, 110]) {
    await until(
      bob,
      () => (bob.state.threads.get(conversation)?.messages.at(-1)?.seq ?? 0) >= share,
    );
    await server.stop("SIGKILL");
    await until(bob, () => bob.status === "offline");
    await server.start();
    await until(bob, () => bob.status === "online", 40_000);
  }
  await until(
    bob,
    () => bob.state.threads.get(conversation)?.messages.at(-1)?.body === bodies.at(-1),
    40_000,
  );
  await until(alice, () => alice.state.threads.get(conversation)?.pending.length === 0);
  expect(await history("bob")).toEqual(numbered(bodies));
  const seen = bob.state.threads.get(conversation)?.messages ?? [];
  expect(seen.map((one) => one.seq)).toEqual([...new Set(seen.map((one) => one.seq))]);
  expect(bob.state.unread).toBe(150);
});

it("what was written while the server was away is sent by the page that comes after", async () => {
  const local = new MemoryStorage();
  const session = new MemoryStorage();
  const first = await server.member("alice", { local, session });
  await server.stop("SIGTERM");
  await until(first, () => first.status === "offline");
  for (const body of ["un", "deux", "trois"]) first.send(conversation, body);
  expect(first.state.threads.get(conversation)?.pending.map((one) => one.body)).toEqual([
    "un",
    "deux",
    "trois",
  ]);
  first.close();
  const second = server.page({ token: server.token("alice") }, { local, session });
  await until(second, () => second.state.threads.get(conversation)?.pending.length === 3);
  await server.start();
  await until(second, () => second.status === "online" && local.length === 0, 40_000);
  expect((await history("bob")).slice(150)).toEqual(numbered(["un", "deux", "trois"], 151));
});

it("tabs that share an outbox send each message once", async () => {
  const before = (await history("bob")).length;
  const shared = { local: new MemoryStorage(), locks: browserLocks() };
  const tabs = await Promise.all([1, 2, 3].map(() => server.member("alice", shared)));
  for (let round = 0; round < 10; round += 1)
    for (const [index, tab] of tabs.entries()) tab.send(conversation, `onglet ${index}, ${round}`);
  await expect.poll(() => shared.local.length, { timeout: 20_000 }).toBe(0);
  const sent = (await history("bob")).slice(before).map((one) => one.body);
  expect(sent.length).toBe(30);
  expect(new Set(sent).size).toBe(30);
  for (const index of [0, 1, 2]) {
    const own = sent.filter((body) => body.startsWith(`onglet ${index}`));
    expect(own).toEqual(Array.from({ length: 10 }, (_, round) => `onglet ${index}, ${round}`));
  }
});

it("a short break is resumed without loading again", async () => {
  const fetched: string[] = [];
  let socket: WebSocket | undefined;
  const { default: WebSocketOfNode } = await import("ws");
  class Watched extends WebSocketOfNode {
    constructor(url: string) {
      super(url);
      socket = this as unknown as WebSocket;
    }
  }
  const carol = await server.member("bob", {
    WebSocket: Watched as unknown as typeof WebSocket,
    fetch: (input, init) => {
      fetched.push(String(input));
      return fetch(input, init);
    },
  });
  await carol.loadHistory(conversation);
  const calls = fetched.length;
  socket?.close();
  await until(carol, () => carol.status === "offline");
  alice.send(conversation, "pendant la coupure");
  await until(
    carol,
    () => carol.state.threads.get(conversation)?.messages.at(-1)?.body === "pendant la coupure",
  );
  await until(carol, () => carol.status === "online");
  expect(fetched.length).toBe(calls);
});
