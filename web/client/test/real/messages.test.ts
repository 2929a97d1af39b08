// Two members talk through the real server. After each kind of action, what a client holds by following events is
// what a client that loads afresh holds.
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Client, Message } from "../../src/index.ts";
import { Server, until } from "./server.ts";

let server: Server;
let alice: Client;
let bob: Client;
let conversation: string;
let staff: Awaited<ReturnType<Server["operator"]>>;

beforeAll(async () => {
  server = await Server.begin();
  alice = await server.member("alice");
  bob = await server.member("bob");
  staff = await server.operator();
});
afterAll(() => server.end());

const thread = (client: Client, id = conversation) => client.state.threads.get(id);
const bodies = (client: Client) => thread(client)?.messages.map((one) => one.body);
const listed = (client: Client) =>
  client.state.conversations.find((one) => one.id === conversation);

/** Everything that both ways of knowing must agree on. */
function holding(client: Client) {
  const { conversations, threads, unread } = client.state;
  const histories = [...threads].filter(([, one]) => one.loaded);
  return { conversations, unread, threads: histories.map(([id, one]) => [id, one.messages]) };
}

/** As far back as the other has read. */
async function readBack(client: Client, id: string, first = 1): Promise<void> {
  await client.loadHistory(id);
  const oldest = () => thread(client, id)?.messages[0]?.seq ?? 1;
  while (oldest() > first) await client.loadHistory(id, oldest());
}

async function inSync(...logins: [string, Client][]): Promise<void> {
  for (const [login, client] of logins) {
    const fresh = await server.member(login);
    for (const [id, one] of client.state.threads)
      if (one.loaded) await readBack(fresh, id, one.messages[0]?.seq);
    await expect.poll(() => holding(client)).toEqual(holding(fresh));
    fresh.close();
  }
}

async function said(client: Client, text: string): Promise<Message> {
  await until(client, () => bodies(client)?.includes(text));
  return thread(client)?.messages.find((one) => one.body === text) as Message;
}

it("they find each other and open one conversation, whoever presses", async () => {
  const found = await alice.members({ query: "bob" });
  expect(found.items.map((one) => [one.login, one.relation.can_message, one.connected])).toEqual([
    ["bob", true, true],
  ]);
  const her = await bob.member("@alice");
  const [one, other] = await Promise.all([
    alice.openDirect(found.items[0]?.id ?? ""),
    bob.openDirect(her.id),
  ]);
  expect(one.id).toBe(other.id);
  conversation = one.id;
  await alice.loadHistory(conversation);
  await bob.loadHistory(conversation);
  await inSync(["alice", alice], ["bob", bob]);
});

it("a message arrives, is counted and announced", async () => {
  const announced: string[] = [];
  bob.addEventListener("message", (event) =>
    announced.push((event as CustomEvent<Message>).detail.body),
  );
  const pending = alice.send(conversation, "Bonjour Bob");
  expect(thread(alice)?.pending.map((one) => one.clientId)).toEqual([pending.clientId]);
  await said(bob, "Bonjour Bob");
  await said(alice, "Bonjour Bob");
  expect(thread(alice)?.pending).toEqual([]);
  expect(bob.state.unread).toBe(1);
  expect(announced).toEqual(["Bonjour Bob"]);
  await inSync(["alice", alice], ["bob", bob]);
});

it("reading shows on both sides", async () => {
  bob.markRead(conversation, 1);
  expect(bob.state.unread).toBe(0);
  await until(alice, () => listed(alice)?.peer_read_seq === 1);
  await inSync(["alice", alice], ["bob", bob]);
});

it("another tab of the reader follows", async () => {
  const tab = await server.member("bob");
  alice.send(conversation, "Encore là ?");
  await until(tab, () => tab.state.unread === 1);
  await until(bob, () => bob.state.unread === 1);
  bob.markRead(conversation, 2);
  await until(tab, () => tab.state.unread === 0);
  tab.close();
});

it("typing shows, and ends with the message", async () => {
  bob.typing(conversation);
  await until(alice, () => thread(alice)?.typing.length === 1);
  expect(thread(alice)?.typing[0]?.name).toBe("Bob");
  bob.send(conversation, "Oui !");
  await said(alice, "Oui !");
  expect(thread(alice)?.typing).toEqual([]);
  await inSync(["alice", alice], ["bob", bob]);
});

it("an edit and a withdrawal reach the other", async () => {
  const message = await said(bob, "Oui !");
  await bob.edit(conversation, message.id, "Oui, bien sûr !");
  expect((await said(alice, "Oui, bien sûr !")).edited_at).not.toBeNull();
  await inSync(["alice", alice], ["bob", bob]);
  await bob.withdraw(conversation, message.id);
  await until(alice, () => thread(alice)?.messages.at(-1)?.removed?.by === "author");
  await until(bob, () => thread(bob)?.messages.at(-1)?.removed?.by === "author");
  await inSync(["alice", alice], ["bob", bob]);
});

it("a refused message stays with the reason until it is discarded", async () => {
  const { clientId } = alice.send(conversation, "x".repeat(4001));
  await until(alice, () => thread(alice)?.pending[0]?.state === "failed");
  expect(thread(alice)?.pending[0]?.problem?.code).toBe("content_rejected");
  alice.discard(clientId);
  await until(alice, () => thread(alice)?.pending.length === 0);
});

it("a conversation taken out of the list comes back with the next message", async () => {
  await bob.remove(conversation);
  await until(bob, () => !listed(bob));
  await inSync(["bob", bob]);
  alice.send(conversation, "Tu es parti ?");
  await until(bob, () => listed(bob)?.unread === 1);
  await bob.loadHistory(conversation);
  expect(bodies(bob)?.at(-1)).toBe("Tu es parti ?");
  await inSync(["alice", alice], ["bob", bob]);
});

it("older pages are loaded when asked for", async () => {
  for (let index = 0; index < 70; index += 1) alice.send(conversation, `numéro ${index}`);
  await said(bob, "numéro 69");
  const late = await server.member("bob");
  await late.loadHistory(conversation);
  expect(thread(late)?.hasOlder).toBe(true);
  while (thread(late)?.hasOlder)
    await late.loadHistory(conversation, thread(late)?.messages[0]?.seq);
  expect(thread(late)?.messages).toEqual(thread(bob)?.messages);
  late.close();
});

it("who leaves and comes is seen", async () => {
  const other = await server.member("carol");
  await other.members({});
  await expect
    .poll(async () => (await alice.members({ query: "carol" })).items[0]?.connected)
    .toBe(true);
  other.close();
  await expect
    .poll(async () => (await alice.members({ query: "carol" })).items[0]?.connected)
    .toBe(false);
});

it("the list shows who is here, as it changes", async () => {
  const carol = await server.member("carol");
  const { id } = await alice.openDirect(carol.me?.id ?? "");
  const peer = () => alice.state.conversations.find((one) => one.id === id)?.peer;
  await until(alice, () => peer()?.connected && alice.state.connected.has(carol.me?.id ?? ""));
  await inSync(["alice", alice]);
  carol.close();
  await until(alice, () => peer()?.connected === false && alice.state.connected.size > 0);
  await inSync(["alice", alice]);
});

it("the organizers can be written to, and answer under their name", async () => {
  const organizer = await alice.openOrganizer();
  expect(organizer.kind).toBe("organizer");
  expect((await alice.openOrganizer()).id).toBe(organizer.id);
  await alice.loadHistory(organizer.id);
  alice.send(organizer.id, "Une question");
  await until(alice, () => thread(alice, organizer.id)?.messages.length === 1);
  await staff(`/conversations/${organizer.id}/messages`, "POST", {
    client_id: crypto.randomUUID(),
    body: "Une réponse",
  });
  await until(alice, () => thread(alice, organizer.id)?.messages.length === 2);
  const answer = thread(alice, organizer.id)?.messages[1];
  expect([answer?.author.kind, answer?.author.name, answer?.body]).toEqual([
    "operator",
    "Odile",
    "Une réponse",
  ]);
  await inSync(["alice", alice]);
});

it("a switch of the site hides conversations, and brings them back as they were", async () => {
  const before = holding(alice);
  await staff("/settings", "PATCH", { features: { member_chat: false } });
  for (const client of [alice, bob])
    await until(client, () => client.state.conversations.every((one) => one.kind === "organizer"));
  expect(alice.site?.features.member_chat).toBe(false);
  await inSync(["alice", alice], ["bob", bob]);
  await staff("/settings", "PATCH", { features: { member_chat: true } });
  for (const client of [alice, bob])
    await until(client, () => client.state.conversations.some((one) => one.id === conversation));
  expect(holding(alice).conversations).toEqual(before.conversations);
  await inSync(["alice", alice], ["bob", bob]);
});

it("the site's own title and order of the list are followed", async () => {
  const texts = { en: { "organizer.title": "The {site} desk" } };
  await staff("/settings", "PATCH", { texts, list_order: "oldest_first" });
  const titled = () => alice.state.conversations.find((one) => one.kind === "organizer")?.name;
  await until(alice, () => titled() === "The Forum desk" && alice.state.oldestFirst);
  await inSync(["alice", alice], ["bob", bob]);
  await staff("/settings", "PATCH", { list_order: "newest_first" });
  await until(alice, () => !alice.state.oldestFirst);
  await inSync(["alice", alice], ["bob", bob]);
});

it("one's profile changes in every tab", async () => {
  const tab = await server.member("alice");
  await alice.updateMe({ headline: "Libraire", contactable: false });
  await until(tab, () => tab.me?.headline === "Libraire" && tab.me.contactable === false);
  expect(alice.me?.headline).toBe("Libraire");
  await inSync(["alice", alice], ["bob", bob]);
  tab.close();
});
