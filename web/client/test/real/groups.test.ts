import { afterAll, beforeAll, expect, it } from "vitest";
import type { Client, Conversation, Message } from "../../src/index.ts";
import { Server, until } from "./server.ts";

let server: Server;
beforeAll(async () => {
  server = await Server.begin();
});
afterAll(() => server.end());

const NAMES = ["ann", "ben", "cyd", "dan"] as const;

/** What a client shows of its groups. Who is connected is a matter of moments. */
function view({ state }: Client): unknown {
  const plain = ({ client_id: _, ...message }: Message) => message;
  return {
    unread: state.unread,
    groups: state.conversations.map((one: Conversation) => ({
      ...one,
      last_message: one.last_message && plain(one.last_message),
      messages: state.threads.get(one.id)?.messages.map(plain),
    })),
  };
}

/** As one that loads afresh would have it. */
async function afresh(name: string): Promise<unknown> {
  const client = await server.member(name);
  for (const { id } of client.state.conversations) await client.loadHistory(id);
  const shown = view(client);
  client.close();
  return shown;
}

it("whatever happens to a group, everybody's open window holds what a fresh one would load", async () => {
  const clients = await Promise.all(NAMES.map((name) => server.member(name)));
  const [ann, ben, cyd, dan] = clients as [Client, Client, Client, Client];
  const id = (client: Client) => client.me?.id ?? "";
  const groups = await ann.groups();
  const { id: group } = await groups.create({ name: "Books", members: [id(ben), id(cyd)] });
  for (const one of [ann, ben, cyd]) {
    await until(one, () => one.state.conversations.length === 1);
    await one.loadHistory(group);
  }
  const say = async (client: Client, text: string) => {
    client.send(group, text);
    await until(client, () => client.state.threads.get(group)?.pending.length === 0);
  };
  const png = new Blob([new Uint8Array([1, 2, 3])], { type: "image/png" });
  const steps: (() => Promise<unknown>)[] = [
    () => say(ben, "Hello"),
    () => groups.change(group, { name: "Books and more" }),
    () => groups.add(group, id(dan)),
    () => say(dan, "Here I am"),
    async () => (await ben.groups()).leave(group),
    () => groups.setRole(group, id(cyd), "admin"),
    () => ben.updateMe({ headline: "Reader" }),
    async () => (await cyd.groups()).setRole(group, id(ann), "member"),
    () => expect(groups.change(group, { name: "No more" })).rejects.toMatchObject({ status: 403 }),
    () => expect(groups.upload(png)).rejects.toMatchObject({ status: 415 }),
    async () => (await cyd.groups()).add(group, id(ben)),
    () => ann.mute(group, true),
    () => say(ben, "Back"),
    async () => (await cyd.groups()).take(group, id(dan)),
    () => say(ann, "Bye Dan"),
    async () => (await cyd.groups()).leave(group),
  ];
  for (const [at, step] of steps.entries()) {
    await step();
    for (const [index, client] of clients.entries()) {
      // A window that was never opened at the conversation knows no messages of it.
      for (const one of client.state.conversations)
        if (!client.state.threads.get(one.id)?.loaded) await client.loadHistory(one.id);
      const fresh = JSON.stringify(await afresh(NAMES[index] ?? ""), null, 1);
      await until(client, () => JSON.stringify(view(client), null, 1) === fresh, 5_000).catch(() =>
        expect(JSON.stringify(view(client), null, 1), `${NAMES[index]} after step ${at}`).toBe(
          fresh,
        ),
      );
    }
  }
  expect(dan.state.left.has(group)).toBe(true);
  expect(ann.state.unread).toBe(0);
  // Whoever looked after it left: the one who has been in it longest does now.
  expect(ann.state.conversations[0]?.my_role).toBe("admin");
  expect(ben.state.conversations[0]?.participants).toBe(2);
});

it("who has read, and how far each has, is what they did", async () => {
  const [eve, fay] = await Promise.all([server.member("eve"), server.member("fay")]);
  const groups = await eve.groups();
  const { id } = await groups.create({ name: "Two", members: [fay.me?.id ?? ""] });
  await eve.loadHistory(id);
  eve.send(id, "Read this");
  await until(eve, () => eve.state.threads.get(id)?.messages.length === 2);
  const message = eve.state.threads.get(id)?.messages.at(-1);
  expect(await groups.readers(id, message?.id ?? "")).toEqual([]);
  await until(fay, () => fay.state.conversations[0]?.unread === 2);
  fay.markRead(id, message?.seq ?? 0);
  await expect
    .poll(async () => (await groups.readers(id, message?.id ?? "")).map(({ login }) => login))
    .toEqual(["fay"]);
  const { items } = await groups.participants(id);
  expect(items.map(({ role }) => role).sort()).toEqual(["admin", "member"]);
  expect(items.map(({ connected }) => connected)).toEqual([true, true]);
  expect(items.find(({ member }) => member.login === "fay")?.read_seq).toBe(message?.seq);
});
