import { afterAll, beforeAll, expect, it } from "vitest";
import type { Client, ContactRequest } from "../../src/index.ts";
import { Server, until } from "./server.ts";

let server: Server;
beforeAll(async () => {
  server = await Server.begin();
});
afterAll(() => server.end());

/** Who has been told of, in order; null: everybody. */
function told(client: Client): (string | null)[] {
  const heard: (string | null)[] = [];
  client.addEventListener("relations", (event) => heard.push((event as CustomEvent).detail));
  return heard;
}

const waiting = (client: Client) => client.state.requests.received?.items ?? [];

it("a request, its answer and its undoing arrive on both sides", async () => {
  const [ann, ben] = await Promise.all([server.member("ann"), server.member("ben")]);
  await ben.contacts.loadRequests("received");
  await ann.contacts.loadRequests("sent");
  const heard = told(ann);
  const asked = await ann.contacts.ask(ben.me?.id ?? "", "Hello\nBen");
  await until(ben, () => waiting(ben).length === 1);
  expect(waiting(ben)[0]).toMatchObject({ note: "Hello\nBen", state: "pending" });
  expect(ann.state.requests.sent?.items.map(({ id }) => id)).toEqual([asked.id]);

  await ben.contacts.answer(asked.id, "accept");
  await until(ann, () => ann.state.requests.sent?.items.length === 0);
  expect((await ann.member("@ben")).relation).toMatchObject({
    contact: "accepted",
    contact_request_id: asked.id,
  });
  await ben.contacts.answer(asked.id, "undo");
  await until(ann, () => ann.state.requests.sent?.items.length === 1);
  expect(waiting(ben)).toHaveLength(1);
  // Refused, it waits for ever on the side of who asked.
  await ben.contacts.answer(asked.id, "decline");
  expect(waiting(ben)).toEqual([]);
  await ann.contacts.loadRequests("sent");
  const sent = ann.state.requests.sent?.items[0] as ContactRequest;
  expect(sent).toMatchObject({ state: "pending", answered_at: null });
  await ann.contacts.answer(asked.id, "cancel");
  expect(ann.state.requests.sent?.items).toEqual([]);
  expect(new Set(heard)).toEqual(new Set([ben.me?.id]));
});

it("while it lasts a block hides what comes; then it is there, in its place, on every device", async () => {
  const [cyd, dan] = await Promise.all([server.member("cyd"), server.member("dan")]);
  const tablet = await server.member("dan");
  const id = (await cyd.openDirect(dan.me?.id ?? "")).id;
  cyd.send(id, "Before");
  await until(dan, () => dan.state.conversations[0]?.last_message?.body === "Before");
  await dan.loadHistory(id);
  tablet.contacts.knowBlocks();
  await until(tablet, () => tablet.state.blocks !== null);
  await dan.contacts.block(cyd.me?.id ?? "");
  await until(dan, () => dan.state.conversations[0]?.blocked === true);
  await until(tablet, () => tablet.state.conversations[0]?.blocked === true);
  await until(tablet, () => tablet.state.blocks?.has(cyd.me?.id ?? "") === true);
  expect(dan.state.unread).toBe(0);

  cyd.send(id, "Meanwhile");
  cyd.send(id, "And again");
  await until(cyd, () => cyd.state.threads.get(id)?.pending.length === 0);
  expect(dan.state.threads.get(id)?.messages.map(({ body }) => body)).toEqual(["Before"]);
  await dan.contacts.unblock(cyd.me?.id ?? "");
  await until(dan, () => dan.state.threads.get(id)?.messages.length === 3);
  await until(tablet, () => tablet.state.unread === 3);
  await until(dan, () => dan.state.unread === 3);
  expect(dan.state.conversations[0]).toMatchObject({ blocked: false, can_write: true });
  expect((await dan.contacts.blocks()).items).toEqual([]);
});

it("much that waited behind a block is all there when it ends, on an open connection", async () => {
  const [gil, hal] = await Promise.all([server.member("gil"), server.member("hal")]);
  const id = (await gil.openDirect(hal.me?.id ?? "")).id;
  gil.send(id, "First");
  await until(hal, () => hal.state.unread === 1);
  await hal.loadHistory(id);
  await hal.contacts.block(gil.me?.id ?? "");
  for (let n = 2; n <= 150; n += 1) gil.send(id, `Number ${n}`);
  await until(gil, () => gil.state.threads.get(id)?.pending.length === 0, 50_000);
  await hal.contacts.unblock(gil.me?.id ?? "");
  // That it is no longer across a block is told after what waited there.
  await until(hal, () => hal.state.unread === 150);
  await until(hal, () => {
    const { messages, gap } = hal.state.threads.get(id) ?? { messages: [], gap: true };
    return !gap && messages.at(-1)?.seq === 150;
  });
  // Without a hole, as far back as it goes.
  const seqs = hal.state.threads.get(id)?.messages.map(({ seq }) => seq) ?? [];
  expect(seqs).toEqual(Array.from({ length: seqs.length }, (_, n) => 151 - seqs.length + n));
  expect(hal.state.conversations[0]?.last_seq).toBe(150);
});

it("marks made by hand, deleting and putting back hold on every device", async () => {
  const [eve, fay] = await Promise.all([server.member("eve"), server.member("fay")]);
  const other = await server.member("fay");
  const id = (await eve.openDirect(fay.me?.id ?? "")).id;
  eve.send(id, "Hello");
  await until(fay, () => fay.state.unread === 1);
  fay.markRead(id, 1);
  await until(other, () => other.state.unread === 0);
  await fay.markUnread(id);
  await until(other, () => other.state.conversations[0]?.marked_unread === true);
  expect(other.state.unread).toBe(1);
  other.markRead(id, 1);
  await until(fay, () => fay.state.unread === 0);
  await fay.remove(id);
  await until(other, () => other.state.conversations.length === 0);
  await fay.restore(id);
  await until(other, () => other.state.conversations.length === 1);
});
